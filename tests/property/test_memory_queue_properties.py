from __future__ import annotations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from studytui.memory.days import MINUTE_MS
from studytui.memory.model import Memory, Moment, State
from studytui.memory.queue import Due, DueCard, Mix, Queue
from studytui.memory.schedule import LEARN_AHEAD_MS

NAMES = [f"card-{number}" for number in range(12)]
START = 1_000_000 * MINUTE_MS
END = START + 24 * 60 * MINUTE_MS


class QueueMachine(RuleBasedStateMachine):
    """A sitting against a plain model: a dictionary of who is still to come, and when."""

    @initialize(
        learning=st.lists(st.tuples(st.sampled_from(NAMES), st.integers(-30, 90)), max_size=5),
        review=st.lists(st.sampled_from(NAMES), max_size=6),
        new=st.lists(st.sampled_from(NAMES), max_size=6),
        families=st.lists(st.sampled_from(["", "", "f", "g"]), min_size=len(NAMES), max_size=len(NAMES)),
        mix=st.sampled_from(Mix),
    )
    def start(
        self, learning: list[tuple[str, int]], review: list[str], new: list[str], families: list[str], mix: Mix
    ) -> None:
        self.now = START
        family = dict(zip(NAMES, families, strict=True))
        self.kinds: dict[str, str] = {}
        self.steps: dict[str, int] = {}
        self.front: list[str] = []
        for name, minutes in learning:
            if name not in self.kinds:
                self.kinds[name], self.steps[name] = "learning", START + minutes * MINUTE_MS
        for kind, names in (("review", review), ("new", new)):
            for name in names:
                taken = {family[other] for other in self.kinds}
                if name not in self.kinds and not (family[name] and family[name] in taken):
                    self.kinds[name] = kind
        self.queue = Queue(
            Due(
                20_000,
                END,
                tuple(DueCard(name, family=family[name], due_ms=START + step * MINUTE_MS) for name, step in learning),
                tuple(DueCard(name, family=family[name]) for name in review),
                tuple(DueCard(name, family=family[name]) for name in new),
            ),
            mix=mix,
        )

    def leave(self, name: str) -> None:
        self.kinds.pop(name, None)
        self.steps.pop(name, None)
        self.front = [other for other in self.front if other != name]

    @rule(minutes=st.integers(0, 45))
    def wait(self, minutes: int) -> None:
        self.now += minutes * MINUTE_MS

    @rule(minutes=st.integers(1, 300))
    def clock_is_set_back(self, minutes: int) -> None:
        self.queue.next(Moment(self.now))
        self.now -= minutes * MINUTE_MS
        self.steps = {name: due - minutes * MINUTE_MS for name, due in self.steps.items()}

    @rule(step=st.none() | st.sampled_from([1, 10, 60, 3000]))
    def answer(self, step: int | None) -> None:
        name = self.queue.next(Moment(self.now))
        if name is None:
            return
        self.leave(name)
        due_ms = self.now + (step or 0) * MINUTE_MS
        state = State.REVIEW if step is None else State.LEARNING
        self.queue.after(name, Memory(name, state, 1.0, 5.0, 20_001, due_ms, 0, self.now, 20_000, 1, 0))
        if step is not None and due_ms < END:
            self.kinds[name], self.steps[name] = "learning", due_ms

    @rule(name=st.sampled_from(NAMES))
    def set_aside(self, name: str) -> None:
        self.queue.remove(name)
        self.leave(name)

    @rule(name=st.sampled_from(NAMES), state=st.sampled_from([None, *State]))
    def undo(self, name: str, state: State | None) -> None:
        memory = None if state is None else Memory(name, state, 1.0, 5.0, 20_000, self.now, 0, self.now, 20_000, 1, 0)
        self.queue.put_back(name, memory)
        self.leave(name)
        self.kinds[name] = "new" if state is None else "review" if state is State.REVIEW else "learning"
        self.front.append(name)

    @invariant()
    def nobody_is_lost_or_doubled(self) -> None:
        kinds = list(self.kinds.values())
        assert self.queue.counts() == (kinds.count("new"), kinds.count("learning"), kinds.count("review"))

    @invariant()
    def the_right_one_comes_next(self) -> None:
        name = self.queue.next(Moment(self.now))
        assert name == self.queue.next(Moment(self.now))
        first = min(self.steps.values(), default=None)
        others = [other for other in self.kinds if other not in self.steps and other not in self.front]
        if self.front:
            assert name == self.front[-1]
        elif first is not None and first <= self.now:
            assert name is not None
            assert self.steps[name] == first
        elif others:
            assert name in others
        elif first is not None and first <= self.now + LEARN_AHEAD_MS:
            assert name is not None
            assert self.steps[name] <= self.now + LEARN_AHEAD_MS
        else:
            assert name is None
            assert self.queue.next_due_ms() == first

    @precondition(lambda self: not self.steps)
    @rule()
    def everybody_comes_in_the_end(self) -> None:
        while (name := self.queue.next(Moment(self.now))) is not None:
            assert name in self.kinds
            self.leave(name)
            self.queue.remove(name)
        assert self.kinds == {}


TestQueue = QueueMachine.TestCase
TestQueue.settings = settings(max_examples=80, stateful_step_count=30, deadline=None)
