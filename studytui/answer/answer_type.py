"""The types of true values: what a card asks for. Apart from grading, which no card needs to be painted."""

from __future__ import annotations

from enum import StrEnum


class AnswerType(StrEnum):
    """How a true value is asked and graded."""

    INTEGER = "integer"
    REAL = "real"
    SHAPE = "shape"
    VECTOR = "vector"
    TEXT = "text"
    YES_NO = "yes or no"

    @classmethod
    def of(cls, truth: object) -> AnswerType:
        """The type that a Python value asks for: a tuple is a shape, a list a vector. Raises ValueError for others."""
        for python_type, answer_type in _BY_PYTHON_TYPE:
            if isinstance(truth, python_type):
                return answer_type
        raise ValueError(
            f"a {type(truth).__name__} cannot be asked for: answers are int, float, tuple, list, str or bool"
        )


_BY_PYTHON_TYPE: tuple[tuple[type, AnswerType], ...] = (
    (bool, AnswerType.YES_NO),
    (int, AnswerType.INTEGER),
    (float, AnswerType.REAL),
    (tuple, AnswerType.SHAPE),
    (list, AnswerType.VECTOR),
    (str, AnswerType.TEXT),
)
