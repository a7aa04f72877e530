"""Cramming: a sitting over any cards that records nothing, so that no schedule changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.judging import Judged
from studytui.memory.model import Action, Entry, Rating
from studytui.session import Session

if TYPE_CHECKING:
    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Question, Response
    from studytui.memory.model import Memory, Moment
    from studytui.memory.replay import CardState
    from studytui.reviews import Progress

#: What the rating keys say in place of an interval.
AGAIN, DONE = "again", "done"


class CramSession(Session):
    """Again brings a card back at the end; every other rating is the last. Cards that are not due are asked, too."""

    cram = True

    def begin(self) -> None:
        """Asks the first card."""
        self._past: list[tuple[Entry, Memory | None]] = []
        self._future: list[Entry] = []
        super().begin()

    def _judged(
        self,
        question: Question,  # noqa: ARG002 - every card offers the same
        response: Response,
        verdict: Verdict | None,
        now: Moment,
    ) -> Judged:
        intervals = {rating: AGAIN if rating is Rating.AGAIN else DONE for rating in Rating}
        suggested = self._suggestion(verdict, now.ms - self._asked.ms)
        return Judged(response, verdict, now, {}, intervals, suggested, {})

    def rate(self, rating: Rating) -> None:
        """Counts the answer in this sitting alone, and asks the next card."""
        if self.judged is None or self.question is None:
            return
        card, now = self.question.card.id, self.judged.moment
        duration = max(now.ms - self._asked.ms, 0)
        entry = Entry(
            card, Action.REVIEW, now.ms, now.offset, self._scheduler.day_of(now), rating=rating,
            seed=self.question.seed, duration_ms=duration,
        )  # fmt: skip
        self._past.append((entry, self._memory))
        self._future.clear()
        self._done(entry, self._memory)

    def _done(self, entry: Entry, memory: Memory | None) -> None:
        self._count(entry, 1)
        if entry.rating is Rating.AGAIN:
            self._queue.at_the_end(entry.card, memory)
        else:
            self._queue.remove(entry.card)
        self._next()

    def undo(self, progress: Progress | None = None) -> Entry | None:  # noqa: ARG002 - nothing takes long
        """Takes back the last answer of this sitting; the journal's entries are left alone."""
        if not self._past:
            return None
        entry, memory = self._past.pop()
        self._future.append(entry)
        if self.question is not None and self.question.card.id != entry.card:
            self._queue.put_back(self.question.card.id, self._memory)
        self._count(entry, -1)
        self._queue.put_back(entry.card, memory)
        self._next(seed=entry.seed)
        return entry

    def redo(self, progress: Progress | None = None) -> Entry | None:  # noqa: ARG002 - as above
        """Takes the last undo of this sitting back."""
        if not self._future:
            return None
        entry = self._future.pop()
        memory = self._reviews.state(entry.card).memory
        self._past.append((entry, memory))
        self._done(entry, memory)
        return entry

    def _set_aside(self, action: Action, due_day: int = 0) -> str | None:  # noqa: ARG002 - nothing is done
        self.notices.append("While you cram no schedule changes: leave, and do it in Study or Browse")
        return None

    def _known(self, otherwise: str) -> bool:  # noqa: ARG002 - of every card the same is said
        return True

    def _hidden(self, state: CardState, now: Moment) -> bool:  # noqa: ARG002 - who asks for a card gets it
        return False

    def _still_due(self, state: CardState, now: Moment) -> bool:  # noqa: ARG002 - the day does not matter
        return True
