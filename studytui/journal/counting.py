"""Statistics counted beside everything else: by two connections that only read, one in a thread of its own."""

from __future__ import annotations

import threading
from contextlib import closing
from typing import TYPE_CHECKING, Self

from studytui.journal import statistics
from studytui.journal.store import inspect_store
from studytui.memory.days import TRAVEL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from types import TracebackType

    from studytui.memory.model import Moment
    from studytui.memory.schedule import Scheduler
    from studytui.statistics.held import Held
    from studytui.statistics.history import Past
    from studytui.statistics.model import Period, Statistic

#: Before all days and after them: bounds of no period.
_EVER = 1 << 40


class Counter:
    """Counts statistics, and keeps what it read while it stays the same: another period then costs little.

    Used from the thread that opened it. Raises JournalError; a count that `goes_on` no longer wants raises it, too.
    """

    def __init__(self, path: Path, scheduler: Scheduler, goes_on: Callable[[], bool] = lambda: True) -> None:
        self._path = path
        self._scheduler = scheduler
        self._goes_on = goes_on
        self._store = inspect_store(path)
        self._store.watch(goes_on)
        self._read: tuple[object, Past, Held] | None = None

    def close(self) -> None:
        """Closes the connection."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def count(
        self,
        now: Moment,
        period: Period,
        decks: Sequence[str],
        *,
        everything: bool = False,
        cards: Sequence[str] | None = None,
    ) -> tuple[Statistic, ...]:
        """All statistics, as `Journal.statistics` has them."""
        day, answered = self._scheduler.day_of(now), None if everything else decks
        version = self._store.rows("PRAGMA data_version")
        of = (version, day, now.offset, everything, tuple(decks), cards if cards is None else tuple(cards))
        first = day - period.days + 1 if period.days is not None else -_EVER
        if self._read is not None and self._read[0] == of:
            slips = statistics.slips(self._store, answered, cards, first, day + TRAVEL)
        else:
            self._read = None
            # The million answers are read while numpy is imported and everything else is read.
            with _Answers(self._path, answered, cards, self._goes_on) as answers:
                held = statistics.held(self._store, decks, cards, now, day, self._scheduler.day_start)
                slips = statistics.slips(self._store, answered, cards, first, day + TRAVEL)
                from studytui.statistics.history import past, unpacked

                self._read = of, past(unpacked(answers.packed()), self._scheduler), held
        from studytui.statistics.collected import all_statistics

        _, before, held = self._read
        return all_statistics(before, held, slips, day, period, self._scheduler.decay)


class _Answers:
    """All answers, packed: SQLite puts them together without Python, so another thread does as much meanwhile."""

    def __init__(
        self, path: Path, decks: Sequence[str] | None, cards: Sequence[str] | None, goes_on: Callable[[], bool]
    ) -> None:
        self._path, self._decks, self._cards = path, decks, cards
        self._goes_on = goes_on
        self._left = False
        self._packed = ""
        self._error: Exception | None = None
        self._thread = threading.Thread(target=self._work, name="answers", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._left = True
        self._thread.join()

    def packed(self) -> str:
        """Waits for them."""
        self._thread.join()
        if self._error is not None:
            raise self._error
        return self._packed

    def _work(self) -> None:
        try:
            with closing(inspect_store(self._path)) as store:
                store.watch(lambda: not self._left and self._goes_on())
                self._packed = statistics.events(store, self._decks, self._cards)
        except Exception as error:
            self._error = error
