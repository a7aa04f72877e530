"""The name of the file that a report is saved as; its ending says in which form. A file that is there is never lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from studytui.face import Row, sentence
from studytui.problems import Problem
from studytui.text import clean_line
from studytui.tui.keys import key
from studytui.tui.reporting import telling
from studytui.tui.screens.page import Page
from studytui.tui.widgets.answer_field import AnswerField

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studytui.quiz.report import Report, ReportLine

_FORMS = ".html, .md or .json"


class SaveReportScreen(Page):
    """One field: enter writes the file, escape leaves without."""

    BINDINGS: ClassVar[list[BindingType]] = [key("page.close", "escape", "close", "back", "Back without saving")]

    def __init__(self, report: Report, lines: Sequence[ReportLine]) -> None:
        super().__init__("Save the report")
        self._report, self._lines = report, lines

    def rows(self, width: int) -> list[Row]:
        """What is asked."""
        return [
            Row((("Save the report as", "title"),)),
            Row(),
            *sentence(
                f"The ending says in which form: {_FORMS}. A file that is there already is left as it is.", width
            ),
            Row(),
            *sentence(f"In {clean_line(str(Path.cwd()))}", width, "muted"),
        ]

    def compose(self) -> ComposeResult:
        """The page with a field at its end."""
        yield from super().compose()
        yield AnswerField()

    def on_screen_resume(self) -> None:
        """A name to begin with stands in the field."""
        field = self.query_one(AnswerField)
        field.value = f"quiz-{self._report.number or self._report.plan.seed}.html"
        field.cursor_position = len(field.value)
        field.focus()

    def on_answer_field_entered(self, event: AnswerField.Entered) -> None:
        """The name was entered."""
        event.stop()
        with telling(self):
            path = save_report(event.text, self._report, self._lines)
            self.dismiss()
            self.app.notify(f"Saved: {clean_line(str(path))}", markup=False)


def save_report(name: str, report: Report, lines: Sequence[ReportLine]) -> Path:
    """Writes a report into a new file, in the form of the name's ending. Raises Problem, with what to do."""
    from studytui.quiz_pages.data import as_json
    from studytui.quiz_pages.html import as_html
    from studytui.quiz_pages.markdown import as_markdown

    shown = clean_line(name)
    path = Path(name.strip()).expanduser()
    match path.suffix.lower():
        case ".html" | ".htm":
            text = as_html(report, lines)
        case ".md":
            text = as_markdown(report, lines)
        case ".json":
            text = json.dumps(as_json(report, lines), ensure_ascii=False, indent=2) + "\n"
        case _:
            raise Problem(f"“{shown}” has none of the endings {_FORMS}: add one")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise Problem(f"{shown} is there already: choose another name") from None
    except (OSError, ValueError) as error:
        raise Problem(f"{shown} cannot be written ({getattr(error, 'strerror', None) or error})") from None
    return path
