"""What was typed becomes a verdict: expressions, numbers, choices, orders, matches, text.

The types are here at once; the graders are loaded when one is first asked for, since no card needs them to be painted.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from studytui.answer.verdict import Mark, Outcome, Slip, Verdict

if TYPE_CHECKING:
    from studytui.answer.answer_type import AnswerType
    from studytui.answer.choices import grade_choice, grade_match, grade_order
    from studytui.answer.expression import evaluate
    from studytui.answer.grading import grade_value
    from studytui.answer.selection import read_choice, read_order, read_pairs, read_parts
    from studytui.answer.texts import grade_text
    from studytui.answer.unreadable import UnreadableError

__all__ = [
    "AnswerType",
    "Mark",
    "Outcome",
    "Slip",
    "UnreadableError",
    "Verdict",
    "evaluate",
    "grade_choice",
    "grade_match",
    "grade_order",
    "grade_text",
    "grade_value",
    "read_choice",
    "read_order",
    "read_pairs",
    "read_parts",
]

_MODULES = {
    "AnswerType": "answer_type",
    "UnreadableError": "unreadable",
    "evaluate": "expression",
    "grade_choice": "choices",
    "grade_match": "choices",
    "grade_order": "choices",
    "grade_text": "texts",
    "grade_value": "grading",
    "read_choice": "selection",
    "read_order": "selection",
    "read_pairs": "selection",
    "read_parts": "selection",
}


if not TYPE_CHECKING:  # so that a mistyped name stays an error for the type checker

    def __getattr__(name: str) -> object:
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
