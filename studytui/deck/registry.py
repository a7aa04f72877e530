"""The kinds of card, each registered by one line. A kind's module is imported when a card of it is first met."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytui.deck.kinds.kind import Kind

#: In the order in which sections are offered to them; recall takes what is left.
KINDS = {
    "computed": "studytui.deck.kinds.computed",
    "text": "studytui.deck.kinds.text",
    "cloze": "studytui.deck.kinds.cloze",
    "order": "studytui.deck.kinds.order",
    "match": "studytui.deck.kinds.match",
    "choice": "studytui.deck.kinds.choice",
    "recall": "studytui.deck.kinds.recall",
}
#: The classes that a heading may name, and the kinds that can be told not to be asked as a choice.
CLASSES = ("cloze", "order", "match", "nochoice")
NOT_AS_CHOICE = ("computed", "recall")


@cache
def kind_of(name: str) -> Kind:
    """The kind of a name. Raises KeyError for an unknown one."""
    kind: Kind = import_module(KINDS[name]).KIND
    return kind


def all_kinds() -> tuple[Kind, ...]:
    """Every kind, in the order of `KINDS`."""
    return tuple(kind_of(name) for name in KINDS)
