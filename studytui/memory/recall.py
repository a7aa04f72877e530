"""How well cards are remembered now, and which of them worst."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Chances that differ by less than this are one: then lapses and slips decide.
_BAND = 0.05


@frozen
class Remembered:
    """What is told of a card that was answered: its memory, and how the last answer went.

    `failed` is whether that answer was rated again, `slipped` whether it was a slip, whatever its rating.
    """

    card: str
    stability: float
    last_day: int
    lapses: int
    failed: bool
    slipped: bool


def retrievability(stability: float, days: float, decay: float) -> float:
    """The chance that a card is remembered so many days after its last answer, by FSRS-6.

    R(t, S) = (1 + f·t/S)^(−decay), with f such that R(S, S) is 0.9.
    """
    factor = 0.9 ** (-1 / decay) - 1
    return float((1 + factor * max(days, 0) / stability) ** -decay)


def weakest_first(cards: Iterable[Remembered], day: int, decay: float) -> list[str]:
    """The ids of cards, worst remembered first.

    First come those that were not known the last time; then by the chance that they are remembered now, in steps of
    five points; among equals those with more lapses, those whose last answer was a slip, and the smaller chance.
    """

    def rank(card: Remembered) -> tuple[bool, int, int, bool, float, str]:
        chance = retrievability(card.stability, day - card.last_day, decay)
        return not card.failed, int(chance / _BAND), -card.lapses, not card.slipped, chance, card.card

    return [card.card for card in sorted(cards, key=rank)]
