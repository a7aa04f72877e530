"""When a card is asked again: FSRS-6 for memory, Anki's rules for learning steps. Clock and card are passed in.

Stability and difficulty are fsrs-rs's, which computes in 32-bit floats. py-fsrs gives the same within 1e-4 on histories
in whole days, with one difference: fsrs-rs lets no stability grow beyond 36,500 days.
"""

from __future__ import annotations

import hashlib
import os
from functools import cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.memory.days import DAY_START, MINUTE_MS, carried, day_of, elapsed_days, from_the_future, waiting_until
from studytui.memory.model import Memory, Moment, Rating, State
from studytui.memory.turn import Turn

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import fsrs_rs_python as fsrs

    from studytui.memory.replay import CardState

#: FSRS-6's default parameters, from the fsrs-rs repository (src/inference.rs).
DEFAULT_PARAMETERS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
#: Between these FSRS-6 keeps each parameter (fsrs-rs, src/parameter_clipper.rs): what lies outside is a mistake.
LEAST_PARAMETERS = (
    0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001,
    0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1,
)  # fmt: skip
GREATEST_PARAMETERS = (
    100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5,
    5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8,
)  # fmt: skip
LONGEST_INTERVAL = 36_500

#: Learning cards may be shown so long before they are due when nothing else is left (Anki's default).
LEARN_AHEAD_MS = 20 * MINUTE_MS

#: Raised whenever the rules of this room change what a history of reviews leads to.
_RULES = 1


class Scheduler:
    """The rules by which a review changes a card's memory. Never altered once made.

    Steps are in minutes, `maximum_interval` in days, `day_start` in minutes after midnight. `deck_retention` has the
    desired retention of the decks that have one of their own, by their ids. Raises ValueError for values that no
    schedule can be made of.
    """

    def __init__(
        self,
        parameters: Sequence[float] = DEFAULT_PARAMETERS,
        *,
        desired_retention: float = 0.9,
        learning_steps: Sequence[float] = (1.0, 10.0),
        relearning_steps: Sequence[float] = (10.0,),
        maximum_interval: int = LONGEST_INTERVAL,
        day_start: int = DAY_START,
        deck_retention: Mapping[str, float] | None = None,
    ) -> None:
        own = dict(deck_retention or {})
        if len(parameters) != len(DEFAULT_PARAMETERS) or not all(abs(value) < 1e6 for value in parameters):
            raise ValueError(f"FSRS-6 has {len(DEFAULT_PARAMETERS)} parameters, all of them finite numbers")
        for retention in (desired_retention, *own.values()):
            if not 0 < retention < 1:
                raise ValueError(f"the desired retention must lie between 0 and 1, not at {retention}")
        if not 1 <= maximum_interval <= LONGEST_INTERVAL:
            raise ValueError(f"the maximum interval must be 1 to {LONGEST_INTERVAL} days, not {maximum_interval}")
        if not all(0 < step < float("inf") for step in (*learning_steps, *relearning_steps)):
            raise ValueError("learning steps must be minutes above 0")
        self.parameters = tuple(float(value) for value in parameters)
        self.desired_retention = desired_retention
        self.deck_retention = own
        self.maximum_interval = maximum_interval
        self.day_start = day_start
        self._learning = _milliseconds(learning_steps)
        self._relearning = _milliseconds(relearning_steps)

    # -- what it is --------------------------------------------------------------------------------------------------

    @cached_property
    def engine(self) -> str:
        """The engine and its version, as a review records it."""
        return f"FSRS-6 fsrs-rs-python {_engine_version()}"

    @cached_property
    def identity(self) -> str:
        """Equal for two schedulers that lead every history of reviews to the same memory."""
        rules = (
            _RULES, self.engine, self.parameters, self.desired_retention, self.maximum_interval,
            self._learning, self._relearning, *sorted(self.deck_retention.items()),
        )  # fmt: skip
        return hashlib.sha256(repr(rules).encode()).hexdigest()[:32]

    @property
    def decay(self) -> float:
        """How steeply memories fade, for `recall.retrievability`: FSRS-6's last parameter."""
        return self.parameters[-1]

    @property
    def is_ordered(self) -> bool:
        """Whether a better rating is sure to leave no smaller stability, but for a first answer: so FSRS means it."""
        gain, hard, easy, same_day = (self.parameters[index] for index in (10, 15, 16, 17))
        return gain >= 0 and 0 <= hard <= 1 <= easy and same_day >= 0

    def retention_of(self, card: str) -> float:
        """The desired retention of a card: its deck's own, or the one of all."""
        return self.deck_retention.get(card.partition("/")[0], self.desired_retention)

    def day_of(self, moment: Moment) -> int:
        """The learner's day of a moment."""
        return day_of(moment, self.day_start)

    def still_due(self, state: CardState, now: Moment) -> bool:
        """Whether a card can be asked now: it may have been answered or set aside since the queue was made."""
        if state.suspended or state.buried(self.day_of(now)):
            return False
        return state.memory is None or self.is_due(state.memory, now, ahead_ms=LEARN_AHEAD_MS)

    def is_due(self, memory: Memory, now: Moment, *, ahead_ms: int = 0) -> bool:
        """Whether a card's time has come; for a learning card, whether it comes within `ahead_ms`."""
        if memory.state is State.REVIEW:
            day = self.day_of(now)
            return memory.due_day <= day or from_the_future(memory.last_day, day)
        return waiting_until(memory.due_ms, memory.last_ms, now.ms) <= now.ms + ahead_ms

    # -- reviews -------------------------------------------------------------------------------------------------------

    def turn(self, memory: Memory | None, card: str, now: Moment) -> Turn:
        """All that can become of a card that is answered now; None is new."""
        return Turn(self, memory, card, now.ms, self.day_of(now))

    def review(self, memory: Memory | None, card: str, rating: Rating, now: Moment) -> Memory:
        """The memory that a rating leaves."""
        return self.reviewed(memory, card, rating, now.ms, self.day_of(now))

    def reviewed(
        self, memory: Memory | None, card: str, rating: Rating, time_ms: int, day: int, spread: float | None = None
    ) -> Memory:
        """`review` at a time and on a day as the journal holds them: replay must not depend on today's `day_start`.

        `spread` is where among the possible days it was put, when it was not left to chance.
        """
        return Turn(self, memory, card, time_ms, day).after(rating, spread)

    def outcomes(self, memory: Memory | None, card: str, day: int) -> tuple[int, fsrs.NextStates]:
        """The day on which a review counts, and what each rating makes of the memory."""
        if memory is None:
            last, elapsed, remembered = day, 0, None
        else:
            last = carried(memory.last_day, day)
            elapsed = min(elapsed_days(memory.last_day, day), LONGEST_INTERVAL)
            remembered = self._memory_state(memory.stability, memory.difficulty)
        # Mostly no deck has a retention of its own.
        retention = self.retention_of(card) if self.deck_retention else self.desired_retention
        return last, self.next_states(remembered, retention, elapsed)

    def step(self, memory: Memory | None, rating: Rating) -> tuple[int, int] | None:
        """The learning steps then done, and the milliseconds to the next showing; None for a card that graduates."""
        if memory is not None and memory.state is State.REVIEW:
            return (0, self._relearning[0]) if rating is Rating.AGAIN and self._relearning else None
        steps = self._relearning if memory is not None and memory.state is State.RELEARNING else self._learning
        if not steps or rating is Rating.EASY:
            return None
        done = min(memory.step, len(steps) - 1) if memory is not None else 0
        if rating is Rating.AGAIN:
            return 0, steps[0]
        if rating is Rating.HARD:
            return done, _hard_delay(steps, done)
        return (done + 1, steps[done + 1]) if done + 1 < len(steps) else None

    # -- the engine, imported when the first review is looked at -------------------------------------------------------

    @cached_property
    def next_states(self) -> Callable[[fsrs.MemoryState | None, float, int], fsrs.NextStates]:
        """fsrs-rs's own function: what each rating leads to."""
        import fsrs_rs_python

        return fsrs_rs_python.FSRS(self.parameters).next_states

    @cached_property
    def _memory_state(self) -> type[fsrs.MemoryState]:
        import fsrs_rs_python

        return fsrs_rs_python.MemoryState


def _hard_delay(steps: tuple[int, ...], done: int) -> int:
    """The same step again; the first one is drawn half-way to the second, or by half when it is the only one."""
    if done > 0:
        return steps[done]
    return (steps[0] + steps[1]) // 2 if len(steps) > 1 else steps[0] * 3 // 2


def _milliseconds(minutes: Sequence[float]) -> tuple[int, ...]:
    return tuple(max(round(step * MINUTE_MS), 1) for step in minutes)


def _engine_version() -> str:
    """The version by the name of the engine's folder: importlib.metadata would cost 20 ms, the engine itself one."""
    spec = find_spec("fsrs_rs_python")
    if spec is None or spec.origin is None:
        return "unknown"
    beside = os.listdir(Path(spec.origin).parent.parent)  # noqa: PTH208 - names are wanted, not paths
    found = [name.split("-")[1].removesuffix(".dist") for name in beside if name.startswith("fsrs_rs_python-")]
    return found[0] if found else "unknown"


def describe_interval(after: Memory, now: Moment) -> str:
    """The time until a card is asked again, for a rating key: `10m`, `3d`, `1.2mo`."""
    if after.state is State.REVIEW:
        return _days(after.due_day - after.last_day)
    seconds = max(round((after.due_ms - now.ms) / 1000), 0)
    if seconds < 60:
        return f"{seconds}s"
    if (minutes := round(seconds / 60)) < 60:
        return f"{minutes}m"
    if (hours := round(seconds / 3600, 1)) < 24:
        return f"{hours:g}h"
    return _days(round(seconds / 86_400, 1))


def _days(days: float) -> str:
    if days < 30.5:
        return f"{days:g}d"
    if (months := round(days / 30.4375, 1)) < 12:
        return f"{months:g}mo"
    return f"{round(days / 365.25, 1):g}y"
