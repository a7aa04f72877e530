"""Statistics once more, from the journal's entries alone: plain Python, entry by entry, without SQL and without arrays.

Where a card stood before an answer is what the scheduler itself says, by folding all entries of the card.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from sqlite3 import connect
from statistics import median

from studytui.journal import Journal
from studytui.journal.rows import APPEND, entry_row
from studytui.memory.model import Action, Entry, Moment, State
from studytui.memory.recall import retrievability
from studytui.memory.replay import CardState, apply, standing
from studytui.memory.schedule import Scheduler

EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Answer:
    """One answer that stands, and what its card was before it."""

    entry: Entry
    kind: str
    spaced: bool
    interval: int

    @property
    def passed(self) -> bool:
        return self.entry.rating is not None and self.entry.rating > 1

    @property
    def hour(self) -> int:
        zone = timezone(timedelta(minutes=self.entry.offset))
        return datetime.fromtimestamp(self.entry.time_ms / 1000, zone).hour


@dataclass(frozen=True)
class Recount:
    """Everything about some cards."""

    answers: list[Answer]
    states: dict[str, CardState]
    today: int
    scheduler: Scheduler

    def within(self, first: int, last: int) -> list[Answer]:
        return [answer for answer in self.answers if first <= answer.entry.day <= last]


def write(path: Path, entries: Iterable[Entry], scheduler: Scheduler) -> None:
    """Puts entries into a journal past the program, and has it derive everything else."""
    with closing(connect(path)) as connection, connection:
        connection.executemany(APPEND, (entry_row(entry) for entry in entries))
    with Journal.open(path, scheduler) as journal:
        journal.rebuild()


def recount(entries: Iterable[Entry], cards: Iterable[str], scheduler: Scheduler, today: int) -> Recount:
    """Folds the entries of each card; `cards` are those of the decks, in which new ones are, too."""
    by_card: dict[str, list[Entry]] = {card: [] for card in cards}
    for entry in entries:
        if entry.card in by_card:
            by_card[entry.card].append(entry)
    answers, states = [], {}
    for card, all_ in by_card.items():
        state = CardState()
        for entry in standing(all_):
            if entry.action is Action.REVIEW:
                answers.append(_answer(entry, state))
            state = apply(state, entry, scheduler)
        states[card] = state
    return Recount(answers, states, today, scheduler)


def _answer(entry: Entry, state: CardState) -> Answer:
    memory = state.memory
    if memory is None:
        return Answer(entry, "learning", spaced=False, interval=0)
    interval = max(entry.day - memory.last_day, 0)
    if memory.state is not State.REVIEW:
        return Answer(entry, memory.state.value, spaced=False, interval=interval)
    return Answer(entry, "young" if interval < 21 else "mature", spaced=interval > 0, interval=interval)


def expected(count: Recount, days: int | None, now: Moment) -> dict[str, dict[str, list[float | None]]]:
    """By statistic and series: the numbers, row by row."""
    known = [answer.entry.day for answer in count.answers if answer.entry.day <= count.today + 2]
    last = max([count.today, *known])
    first = count.today - days + 1 if days is not None else min([count.today, *known])
    some = count.within(first, last)
    span = range(first, last + 1)
    year = range(min(first, last - 370), last + 1)
    kinds = ("learning", "relearning", "young", "mature")
    spaced = [answer for answer in some if answer.spaced]
    bands = [1, 2, 3, 4, 7, 14, 21, 30, 60, 90, 180, 365, 10**9]

    def per(rows, key, of):
        counts = Counter(key(each) for each in of)
        return [counts[row] for row in rows]

    def ratio(parts, wholes):
        return [100 * part / whole if whole else None for part, whole in zip(parts, wholes, strict=True)]

    def by_day(of, rows=span):
        return per(rows, lambda answer: answer.entry.day, of)

    def band(answer):
        return next(place for place in range(12) if bands[place] <= answer.interval < bands[place + 1])

    found = {
        "reviews": {kind: by_day(answer for answer in some if answer.kind == kind) for kind in kinds},
        "calendar": {"answers": by_day(count.answers, year)},
        "buttons": {
            kind: per(range(1, 5), lambda answer: answer.entry.rating, [each for each in some if each.kind == kind])
            for kind in kinds
        },
        "hours": {"answers": per(range(24), lambda answer: answer.hour, some)},
    }
    minutes = Counter()
    for answer in some:
        minutes[answer.entry.day] += answer.entry.duration_ms
    found["time"] = {"time": [minutes[day] / 60_000 for day in span]}
    right = [answer for answer in some if answer.passed]
    found["hours"]["not again"] = ratio(per(range(24), lambda answer: answer.hour, right), found["hours"]["answers"])
    good = [answer for answer in spaced if answer.passed]
    found["retention"] = {"answered": by_day(spaced), "remembered": by_day(good)}
    found["retention"]["retention"] = ratio(found["retention"]["remembered"], found["retention"]["answered"])
    found["retention-by-interval"] = {
        "answered": per(range(12), band, spaced),
        "remembered": per(range(12), band, good),
    }
    found["true-retention"] = _true_retention(count)
    found["slips"] = _slips(some)
    return found | _held(count, days, now)


def _true_retention(count: Recount) -> dict[str, list[float | None]]:
    spans = [(0, 0), (1, 1), (6, 0), (29, 0), (364, 0), None]
    found: dict[str, list[float | None]] = {}
    for name, kinds in (("young", {"young"}), ("mature", {"mature"}), ("all", {"young", "mature"})):
        found[name] = []
        for span in spans:
            of = [
                answer.passed
                for answer in count.answers
                if answer.spaced
                and answer.kind in kinds
                and (span is None or count.today - span[0] <= answer.entry.day <= count.today - span[1])
            ]
            found[name].append(100 * sum(of) / len(of) if of else None)
    return found


def _slips(some: list[Answer]) -> dict[str, list[float | None]]:
    made = [(name, answer.entry.card) for answer in some if answer.entry.slip for name in answer.entry.slip.split(", ")]
    times = Counter(name for name, _ in made)
    names = sorted(times, key=lambda name: (-times[name], name))
    return {
        "times": [times[name] for name in names],
        "cards": [len({card for other, card in made if other == name}) for name in names],
    }


def _held(count: Recount, days: int | None, now: Moment) -> dict[str, dict[str, list[float | None]]]:
    memories = {card: state.memory for card, state in count.states.items() if state.memory is not None}
    due = Counter()
    for card, memory in memories.items():
        if not count.states[card].suspended:
            learning = count.scheduler.day_of(Moment(memory.due_ms, now.offset))
            due[max(memory.due_day if memory.state is State.REVIEW else learning, count.today)] += 1
    ahead = (
        range(count.today, count.today + days) if days is not None else range(count.today, max([count.today, *due]) + 1)
    )
    stood = Counter()
    for state in count.states.values():
        memory = state.memory
        if state.suspended:
            stood["suspended"] += 1
        elif memory is None:
            stood["new"] += 1
        elif memory.state is not State.REVIEW:
            stood[memory.state.value] += 1
        else:
            stood["young" if memory.due_day - memory.last_day < 21 else "mature"] += 1
    lows = [0, 1, 3, 7, 14, 21, 30, 60, 90, 180, 365, 730, 1825, 10**9]
    stabilities, difficulties, chances = [0] * 13, [0] * 9, [0] * 20
    remembered = []
    for memory in memories.values():
        stabilities[next(at for at in range(13) if lows[at] <= memory.stability < lows[at + 1])] += 1
        difficulties[min(int(memory.difficulty), 9) - 1] += 1
        chance = retrievability(memory.stability, count.today - memory.last_day, count.scheduler.decay)
        remembered.append(chance)
        chances[min(int(100 * chance) // 5, 19)] += 1
    names = ("new", "learning", "relearning", "young", "mature", "suspended")
    return {
        "future-due": {"cards": [due[day] for day in ahead]},
        "states": {"cards": [stood[name] for name in names]},
        "stability": {"cards": stabilities},
        "difficulty": {"cards": difficulties},
        "retrievability": {"cards": chances},
        "facts": {
            "remembered": [sum(remembered)],
            "median stability": [median(memory.stability for memory in memories.values()) if memories else None],
        },
    }
