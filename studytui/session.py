"""A sitting as a state machine, without a screen: ask, judge, rate, undo, redo, suspend, bury, reset, set due.

The journal and the deck files are passed in as protocols; the clock, too. Whatever shows a sitting (a screen, line
mode, a test) calls the verbs and looks at `phase`, `question` and `judged`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

from studytui.answer.verdict import Outcome
from studytui.asking import fresh_seed, proved_question
from studytui.deck.ask import grade
from studytui.deck.proof import contradiction
from studytui.deck.retelling import retold
from studytui.judging import Judged, retold_verdict
from studytui.memory.balance import Load
from studytui.memory.leeches import LEECH_LAPSES, is_leech, told_again
from studytui.memory.model import Action, Entry, Rating
from studytui.memory.schedule import describe_interval

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reference_impl.compare import Opinion
    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Call, Card, Question, Response
    from studytui.memory.model import Memory, Moment
    from studytui.memory.queue import Queue
    from studytui.memory.replay import CardState
    from studytui.memory.schedule import Scheduler
    from studytui.reviews import Progress, Reviews, Turned


class Phase(Enum):
    """Where a sitting stands."""

    ASKING = "asking"
    JUDGED = "judged"
    WAITING = "waiting"
    DONE = "done"


@dataclass(slots=True)
class Tally:
    """What was done in this sitting."""

    reviews: int = 0
    right: int = 0
    milliseconds: int = 0


class Session:
    """One sitting over a queue of cards."""

    #: Whether nothing is recorded.
    cram = False

    def __init__(
        self,
        reviews: Reviews,
        cards: Callable[[str], Card | None],
        queue: Queue,
        scheduler: Scheduler,
        clock: Callable[[], Moment],
        *,
        quick_seconds: int = 5,
        load: Load | None = None,
        leech_lapses: int = LEECH_LAPSES,
    ) -> None:
        """`load` says which days have little to do; without it intervals are put where chance puts them."""
        self._leech_lapses = leech_lapses
        self._reviews, self._cards, self._queue = reviews, cards, queue
        self._scheduler, self._clock, self._quick = scheduler, clock, quick_seconds
        self._load = load or Load(None, ())
        self.phase = Phase.DONE
        self.question: Question | None = None
        #: The question in the words in which it was asked: it stays the same one when the language changes.
        self.original: Question | None = None
        self.judged: Judged | None = None
        self.unread: Verdict | None = None
        self.opinions: dict[int, tuple[Opinion, ...]] = {}
        self.notices: list[str] = []
        self.withdrawn: dict[str, str] = {}
        self.tally = Tally()
        self.finished = False
        self._asked: Moment = clock()
        self._again = False
        self._memory: Memory | None = None
        self._recorded: set[int] = set()
        self._undone: set[int] = set()

    def begin(self) -> None:
        """Asks the first card."""
        self._next()

    @property
    def counts(self) -> tuple[int, int, int]:
        """New, learning and review cards that are still to come today, the one on screen included."""
        return self._queue.counts()

    @property
    def next_due_ms(self) -> int | None:
        """When waiting: the moment at which the next learning card comes."""
        return self._queue.next_due_ms()

    @property
    def leech(self) -> bool:
        """Whether the card on screen was forgotten so often that it is a leech."""
        return self.question is not None and is_leech(self._memory, self._leech_lapses)

    # -- answering ---------------------------------------------------------------------------------------------------

    def answer(self, response: Response) -> None:
        """Judges a response, None being “show me”. One that cannot be read changes nothing but `unread`."""
        if self.phase is not Phase.ASKING or self.question is None:
            return
        verdict = grade(self.question, response)
        if verdict is not None and not verdict.counts:
            self.unread = verdict
            return
        now = self._clock()
        self.unread = None
        self.judged = self._judged(self.question, response, verdict, now)
        self.phase = Phase.JUDGED

    def _judged(self, question: Question, response: Response, verdict: Verdict | None, now: Moment) -> Judged:
        """What each rating would give, as of now."""
        turn = self._scheduler.turn(self._memory, question.card.id, now)
        spreads = turn.spreads(self._load)
        options = turn.options(spreads)
        intervals = {rating: describe_interval(after, now) for rating, after in options.items()}
        suggested = self._suggestion(verdict, now.ms - self._asked.ms)
        return Judged(response, verdict, now, options, intervals, suggested, spreads)

    def _suggestion(self, verdict: Verdict | None, milliseconds: int) -> Rating:
        """Good for right (easy when quick), hard for close, again for the rest; good for what the learner judges.

        A question that comes back after an undo or an edit was seen before: to be quick then means nothing.
        """
        if verdict is None:
            return Rating.GOOD
        match verdict.outcome:
            case Outcome.RIGHT:
                quick = 0 <= milliseconds < 1000 * self._quick and not self._again
                return Rating.EASY if quick else Rating.GOOD
            case Outcome.CLOSE:
                return Rating.HARD
            case _:
                return Rating.AGAIN

    def rate(self, rating: Rating) -> None:
        """Records the review, durable on return, and asks the next card.

        Where another program has answered the card since it was asked, the keys' intervals no longer hold, and the card
        has had its turn: the answer is not recorded, and a notice says so.
        """
        if self.phase is not Phase.JUDGED or self.judged is None or self.question is None:
            return
        judged, question = self.judged, self.question
        from studytui.reviewing import review_of  # no card waits for it to be painted

        day, spread = self._scheduler.day_of(judged.moment), judged.spreads.get(rating)
        duration = max(judged.moment.ms - self._asked.ms, 0)
        entry = review_of(question, judged.response, judged.verdict, rating, judged.moment, day, duration, spread)
        recorded = self._reviews.record_review(entry, self._memory)
        if recorded is None:
            self._queue.after(entry.card, self._reviews.state(entry.card).memory)
            self.notices.append(f"{entry.card} was answered in another program meanwhile; that answer counts")
            self._next()
            return
        self._load.moved(self._memory, judged.options[rating])
        self._recorded.add(recorded.entry.id)
        self._count(entry, 1)
        if told_again(self._memory, recorded.state.memory, self._leech_lapses):
            self._tell_leech(question.card.id, recorded.state.memory)
        self._queue.after(question.card.id, recorded.state.memory)
        self._next()

    def _tell_leech(self, card: str, memory: Memory | None) -> None:
        times = memory.lapses if memory is not None else 0
        slips = "".join(f"; {name} ×{count}" for name, count in self._reviews.slips(card))
        self.notices.append(f"{card} is a leech: forgotten {times} times{slips}")

    # -- the learner's other verbs -------------------------------------------------------------------------------------

    def undo(self, progress: Progress | None = None) -> Entry | None:
        """Takes back the journal's last entry and shows its card again, with the same variant.

        What was recorded in one go is taken back in one go: its cards come when their turn is, and what is on screen
        stays.
        """
        from studytui.reviews import undone

        turned = undone(self._reviews, self._clock(), progress)
        return self.undone(turned) if turned is not None else None

    def undone(self, turned: Turned) -> Entry:
        """Goes on from an undo that the journal has."""
        entry = turned.entry
        self._load.forget()
        if turned.count > 1:
            self._changed(turned.memories)
            return entry
        if self.question is not None and self.question.card.id != entry.card:
            self._queue.put_back(self.question.card.id, self._memory)
        if entry.id in self._recorded:
            self._recorded.remove(entry.id)
            self._undone.add(entry.id)
            self._count(entry, -1)
        self._queue.put_back(entry.card, turned.memories[entry.card])
        self._next(seed=entry.seed if entry.action is Action.REVIEW else None)
        return entry

    def redo(self, progress: Progress | None = None) -> Entry | None:
        """Takes the last undo back: what it took back stands again, and the cards have had their turn."""
        from studytui.reviews import redone

        turned = redone(self._reviews, self._clock(), progress)
        return self.redone(turned) if turned is not None else None

    def redone(self, turned: Turned) -> Entry:
        """Goes on from a redo that the journal has."""
        entry = turned.entry
        self._load.forget()
        if entry.id in self._undone:
            self._undone.remove(entry.id)
            self._recorded.add(entry.id)
            self._count(entry, 1)
        for card, memory in turned.memories.items():
            self._queue.after(card, memory)
        if self.question is None or self.question.card.id in turned.memories:
            self._next()
        return entry

    def _changed(self, memories: Mapping[str, Memory | None]) -> None:
        """What is known of cards has changed: the one on screen is asked as it stands now."""
        if self.question is not None and self.question.card.id in memories:
            self._queue.put_back(self.question.card.id, memories[self.question.card.id])
            self._next(seed=self.question.seed)

    def _count(self, entry: Entry, sign: int) -> None:
        self.tally.reviews += sign
        self.tally.right += sign * (entry.rating is not Rating.AGAIN)
        self.tally.milliseconds += sign * entry.duration_ms

    def suspend(self) -> str | None:
        """Takes the card out of study until it is resumed; gives its id."""
        return self._set_aside(Action.SUSPEND)

    def bury(self) -> str | None:
        """Hides the card until tomorrow; gives its id."""
        return self._set_aside(Action.BURY)

    def reset(self) -> str | None:
        """Makes the card new again; its history stays. Gives its id, or None where it is new."""
        return self._set_aside(Action.RESET) if self._known("it is new already") else None

    def set_due(self, day: int) -> str | None:
        """Has the card come on a day; gives its id, or None where it is new and comes with the new cards."""
        return self._set_aside(Action.SET_DUE, day) if self.can_set_due() else None

    def can_set_due(self) -> bool:
        """Whether the card on screen has a day to set; a notice says why it has none."""
        return self._known("it is new, and comes with the new cards")

    def _known(self, otherwise: str) -> bool:
        if self.question is not None and self._memory is None:
            self.notices.append(f"{self.question.card.id}: {otherwise}")
        return self._memory is not None

    def finish(self) -> None:
        """Nothing more is asked in this sitting: the learner has finished the day."""
        self.finished = True
        self._queue.clear()
        self._next()

    def _set_aside(self, action: Action, due_day: int = 0) -> str | None:
        if self.question is None or self.phase not in {Phase.ASKING, Phase.JUDGED}:
            return None
        card, now = self.question.card.id, self._clock()
        day = self._scheduler.day_of(now)
        recorded = self._reviews.record(Entry(card, action, now.ms, now.offset, day, due_day=due_day))
        self._load.forget()
        self._queue.remove(card)
        if action is Action.SET_DUE and due_day <= day:
            self._queue.at_the_end(card, recorded.state.memory)
        self._next()
        return card

    def reload(self) -> None:
        """The card's file was edited: asks the card on screen again as it now stands, with the same seed."""
        if self.question is None:
            return
        card, seed = self.question.card.id, self.question.seed
        self._queue.put_back(card, self._memory)
        self._next(seed=seed)

    def retell(self) -> bool:
        """The learner's language has changed: the same question in its words, answer and rating as they stand.

        False where the card's file was changed meanwhile, so that it is no longer the same question: it is asked again.
        """
        before = self.question
        if before is None:
            return True
        question = retold(before, self._cards)
        if question is None:
            self.reload()
            return False
        self.question = question
        if self.judged is not None:
            self.judged = replace(self.judged, verdict=retold_verdict(question, self.judged))
        return True

    def wake(self) -> None:
        """When waiting: looks whether the next learning card has come."""
        if self.phase in {Phase.WAITING, Phase.DONE}:
            self._next()

    # -- proof ---------------------------------------------------------------------------------------------------------

    @property
    def calls(self) -> tuple[Call, ...]:
        """The uses of references that the witnesses of the card on screen have to confirm."""
        variant = self.question.variant if self.question is not None else None
        return variant.calls if variant is not None else ()

    def testify(self, question: Question, opinions: Mapping[int, Sequence[Opinion]]) -> bool:
        """Adds what the referee's witnesses say, by call; a disagreement withdraws the card. True when it did.

        What comes after the card was rated withdraws it from the rest of the sitting.
        """
        card, shown = question.card.id, self.question
        on_screen = question is self.original or question is shown
        if on_screen:
            for call, said in opinions.items():
                self.opinions[call] = (*self.opinions.get(call, ()), *said)
        against = contradiction(opinions.values())
        if against is None or card in self.withdrawn:
            return False
        self._withdraw(card, against if on_screen else f"{against}; undo takes its last review back")
        if shown is not None and shown.card.id == card:
            self._next()
        return True

    def _withdraw(self, card: str, reason: str) -> None:
        self.withdrawn[card] = reason
        self.notices.append(f"{card} is withdrawn: {reason}")
        self._queue.remove(card)

    # -- choosing the next card ----------------------------------------------------------------------------------------

    @property
    def coming(self) -> str | None:
        """The card that comes after this one, as far as can be foreseen: its models can be loaded meanwhile."""
        return self._queue.behind(self.question.card.id if self.question is not None else None)

    def _next(self, *, seed: int | None = None) -> None:
        """Goes on to the next card that can be asked; without one, to waiting or done.

        A journal that cannot be read leaves the sitting waiting, to be woken.
        """
        self.question = self.original = self.judged = self.unread = None
        self.opinions = {}
        self.phase = Phase.WAITING
        while True:
            now = self._clock()
            card_id = self._queue.next(now)
            if card_id is None:
                self.phase = Phase.WAITING if self._queue.next_due_ms() is not None else Phase.DONE
                return
            if self._ask(card_id, now, seed):
                self.phase = Phase.ASKING
                return
            seed = None

    def _hidden(self, state: CardState, now: Moment) -> bool:
        return state.suspended or state.buried(self._scheduler.day_of(now))

    def _still_due(self, state: CardState, now: Moment) -> bool:
        return self._scheduler.still_due(state, now)

    def _ask(self, card_id: str, now: Moment, seed: int | None) -> bool:
        """Makes the question, proved by the quick witnesses; False, and the card moved on, when it cannot be asked."""
        card = self._cards(card_id)
        state = self._reviews.state(card_id)
        hidden = self._hidden(state, now)
        if card is None or card_id in self.withdrawn or hidden:
            self._queue.remove(card_id)
            return False
        if not self._still_due(state, now):
            self._queue.after(card_id, state.memory)  # another program has asked it meanwhile
            return False
        again = seed is not None
        if seed is None:
            seed = fresh_seed(card_id, now)
        try:
            question, opinions = proved_question(card, seed, self._reviews)
        except ValueError as error:
            self._withdraw(card_id, str(error))
            return False
        self.question = self.original = question
        self.opinions = opinions
        self._asked, self._again, self._memory = now, again, state.memory
        return True
