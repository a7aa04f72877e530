"""What the questions of a quiz are drawn from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from studytui.desk import Desk
    from studytui.journal import Journal
    from studytui.quiz.paper import Paper
    from studytui.quiz.plan import Plan
    from studytui.quiz.pool import Pool


class Papers:
    """Papers of quizzes over the open decks."""

    def __init__(self, desk: Desk, journal: Journal) -> None:
        self._desk, self._journal = desk, journal

    def pool(self, language: str | None = None) -> Pool:
        """What a quiz can be drawn from: the open decks, in the learner's language if no other is given.

        The decks stand in the order of their files' names, wherever these are: that is how one learns them.
        """
        from studytui.quiz.pool import Pool, PoolCard, PoolDeck

        spoken, library = self._desk.language if language is None else language, self._desk.decks.library
        decks = tuple(
            PoolDeck(
                deck.id,
                deck.title_in(spoken),
                tuple([PoolCard(card.id, deck.id, card.kind, card.family, card.tags) for card in cards]),
            )
            for deck in sorted(self._desk.decks.open.values(), key=lambda deck: (Path(deck.file).name, deck.id))
            if (cards := library.cards(deck.id))
        )
        return Pool(decks, library.read, spoken, self._weakest)

    def paper(self, plan: Plan) -> Paper:
        """The questions of a quiz. Raises Problem when there are none."""
        from studytui.quiz.paper import draw_paper

        return draw_paper(plan, self.pool())

    def _weakest(self, decks: Sequence[str]) -> list[str]:
        from studytui.memory.recall import weakest_first

        decay = self._desk.schedule.scheduler.decay
        return weakest_first(self._journal.remembered(decks), self._desk.day.today, decay)
