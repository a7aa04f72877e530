"""What is wrong in the deck files, as `studytui check` would say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.blocks import Span
from studytui.deck.layout import wrap_spans
from studytui.face import Row
from studytui.tui.screens.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.deck.model import Finding


class FindingsScreen(Page):
    """One finding after another, each with its place."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(f"Findings · {len(findings)}")
        self._findings = findings

    def rows(self, width: int) -> list[Row]:
        """The findings at a width."""
        rows: list[Row] = []
        for finding in self._findings:
            place = Span(f"{finding.file}:{finding.line} ", "strong")
            text = Span(f"{finding.level.value} {finding.code}: {finding.message}")
            wrapped = wrap_spans([place, text], width, (), (Span("  "),))
            rows += [Row(tuple((span.text, span.style) for span in row)) for row in wrapped]
        return rows
