"""What a quiz tells memory: the reviews that come of a result. Pure: states, scheduler and moment are passed in.

A quiz asks cards whether they are due or not, so a right answer may not count for more than it would in Study:

- right is good, and close is hard, where the card was due; otherwise they change nothing, and a new card stays new;
- wrong, or a slip, is again, due or not;
- right where the answer was picked though the card has no options of its own is hard: to recognise is not to recall;
- a card that was asked several times has one review, of the worst of its answers;
- its next day is chosen as in Study: one with little to do, within the spread of its interval;
- no answer, or one that could not be read, is no review; neither is anything of a drill, nor of a suspended card, which
  the learner has taken out. A buried card was only put off: its answers count like any other's.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.answer.verdict import Outcome
from studytui.memory.balance import Load
from studytui.memory.model import Rating
from studytui.reviewing import review_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from studytui.memory.model import Entry, Moment
    from studytui.memory.replay import CardState
    from studytui.memory.schedule import Scheduler
    from studytui.quiz.result import Marked, Result


#: Without an account of what is due when: days are left to chance.
_BY_CHANCE = Load(None, ())


def entries_of(
    result: Result,
    state_of: Callable[[str], CardState],
    scheduler: Scheduler,
    moment: Moment,
    load: Load = _BY_CHANCE,
) -> list[Entry]:
    """The reviews of a result that is handed in at a moment, at most one a card, in the order of the paper."""
    if result.paper.plan.slip:
        return []
    worst: dict[str, tuple[Rating, Marked]] = {}
    for marked in result.marked:
        rating = rating_of(marked)
        card = marked.question.card.id
        if rating is not None and (card not in worst or rating < worst[card][0]):
            worst[card] = rating, marked
    day = scheduler.day_of(moment)
    entries = []
    for card, (rating, marked) in worst.items():
        state = state_of(card)
        if _counts(rating, state, scheduler, moment):
            turn, answer = scheduler.turn(state.memory, card, moment), marked.answer
            spread = turn.spreads(load).get(rating)
            entry = review_of(marked.question, answer.response, marked.verdict, rating, moment, day, answer.spent_ms)
            entries.append(replace(entry, spread=spread))
            load.moved(state.memory, turn.after(rating, spread))
    return entries


def rating_of(marked: Marked) -> Rating | None:
    """What an answer is worth as a review; None for none."""
    if marked.verdict is None:
        return None
    match marked.verdict.outcome:
        case Outcome.UNREADABLE:
            return None
        case Outcome.RIGHT:
            return Rating.GOOD if marked.question.recast is None else Rating.HARD
        case Outcome.CLOSE:
            return Rating.HARD
        case _:
            return Rating.AGAIN


def _counts(rating: Rating, state: CardState, scheduler: Scheduler, moment: Moment) -> bool:
    if state.suspended:
        return False
    return rating is Rating.AGAIN or (state.memory is not None and scheduler.is_due(state.memory, moment))
