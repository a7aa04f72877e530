"""The figure of a use of a reference, where the reference offers one: data, drawn in `studytui.drawing`."""

from __future__ import annotations

import contextlib
import math
from typing import TYPE_CHECKING, Any

from studytui.deck.expression import find_reference
from studytui.deck.plan import Computed, plan_of

if TYPE_CHECKING:
    from reference_impl.figures import Figure
    from studytui.deck.model import Call, Question


class NoFigure(LookupError):  # noqa: N818 - not an error: most references offer none
    """There is no figure here; the text says why."""


def figure_of(call: Call | None) -> Figure:
    """The figure of a use of a reference, as `evaluate_text` finds it. Raises NoFigure, with a sentence."""
    if call is None:
        raise NoFigure("a figure is of one reference: write that one alone")
    reference = find_reference(call.reference)
    if not reference.offers_figure:
        raise NoFigure(f"{call.reference} offers none")
    figure = reference.figure_for(call.arguments)
    if figure is None:
        raise NoFigure(f"{call.reference} offers none of these arguments")
    return figure


def figure_of_answer(question: Question) -> Figure | None:
    """The figure of a computed card's answer, when it is one use of a reference; None for any other card.

    Of a card with steps it is that of the first part that has one: the earlier a part, the more it is of the numbers
    that were drawn. A figure that fails is none: the answer, which is proved, stands without it.
    """
    content, variant = question.card.content, question.variant
    if variant is None or not isinstance(content, Computed):
        return None
    values = [*(step.answer for step in variant.steps), variant.answer]
    for stage, value in zip(plan_of(content).stages, values, strict=True):
        root = stage.expression.root
        call = next((call for call in variant.calls if call.reference == root and call.value == value), None)
        with contextlib.suppress(Exception):
            return figure_of(call)
    return None


def as_data(figure: Figure) -> dict[str, object]:
    """The figure for JSON: `{"kind": "bars", "title": …}`; a number that JSON cannot write is null."""
    data: dict[str, object] = _plain(figure)
    return {"kind": type(figure).__name__.lower(), **data}


def _plain(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {name: _plain(part) for name, part in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value
