"""One use of a reference that shows something: computed from its own domain, so that no example can be wrong."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NamedTuple

from studytui.deck.expression import LONGEST, plain
from studytui.deck.written import on_one_line, rounded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reference_impl.reference import Reference

#: The draws that are looked at: so many, from among the first so many of the domain. Longer ones are hard to read.
CANDIDATES, LOOKED_AT, READABLE = 60, 6000, 140
SEED = 7


class Example(NamedTuple):
    """An expression for `studytui compute`, and its value. `drawn` says whether it has a figure."""

    expression: str
    value: object
    drawn: bool


def example_of(reference: Reference[..., Any]) -> Example | None:
    """The draw on which most slips give another answer, written as briefly as can be; None where all are too long."""
    draws = list(itertools.islice(reference.draws(SEED, CANDIDATES), LOOKED_AT))
    step = max(len(draws) // CANDIDATES, 1)
    written = [(arguments, _written(reference, arguments)) for arguments in draws[step // 2 :: step]]
    fitting = [(arguments, text) for arguments, text in written if len(text) <= LONGEST]
    if not fitting:
        return None
    arguments, text = min(fitting, key=lambda each: _worth(reference, *each))
    return Example(text, plain(reference(**arguments)), reference.figure_for(arguments) is not None)


def _written(reference: Reference[..., Any], arguments: Mapping[str, object]) -> str:
    """The call with its arguments by name, without those that are left at their defaults."""
    defaults = {parameter.name: parameter.default for parameter in reference.parameters}
    listed = [
        f"{name}={on_one_line(value)}" for name, value in arguments.items() if repr(defaults[name]) != repr(value)
    ]
    return f"{reference.name}({', '.join(listed)})"


def _worth(reference: Reference[..., Any], arguments: Mapping[str, object], text: str) -> tuple[float, ...]:
    """Less is better: a text that can be read, with a figure where figures are offered, that tells many slips apart.

    Sizes of 1 and arrays of one entry show little: two of them weigh as much as a slip.
    """
    if len(text) > READABLE:
        return 1, 0, len(text), 0
    answers = {rounded(plain(reference(**arguments)))}
    for slip in reference.slips:
        try:
            answers.add(rounded(plain(slip.function(**arguments))))
        except ValueError:  # the mistake leads to no value here
            continue
    no_figure = reference.offers_figure and reference.figure_for(arguments) is None
    trivial = sum(_shows_little(arguments[parameter.name]) for parameter in reference.parameters if parameter.required)
    return 0, no_figure, trivial / 2 - len(answers), len(text)


def _shows_little(value: object) -> bool:
    if isinstance(value, tuple):
        return len(value) < 2
    return not isinstance(value, str) and value in {0, 1}
