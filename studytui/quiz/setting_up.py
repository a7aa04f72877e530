"""A quiz being set up: fields under a cursor, what is chosen in each, and the plan that comes of it. No screen here.

What changes gives a new state; only the plan knows whether what was typed can be used.
"""

from __future__ import annotations

from dataclasses import field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from studytui.frozen import frozen
from studytui.problems import Problem
from studytui.quiz.plan import MOST_MINUTES, MOST_QUESTIONS, AskedAs, Feedback, Order, Plan, read_seed
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping


class Field(StrEnum):
    """The fields, from the top."""

    RESUME = "resume"
    GIVE_UP = "give up"
    DECKS = "decks"
    TAGS = "tags"
    KINDS = "kinds"
    COUNT = "questions"
    MINUTES = "minutes"
    ORDER = "order"
    FEEDBACK = "feedback"
    COMPUTED = "computed"
    SEED = "seed"


#: What is ticked in a list, what is typed as a number, what is one of a few.
LISTS = (Field.DECKS, Field.TAGS, Field.KINDS)
NUMBERS = (Field.COUNT, Field.MINUTES, Field.SEED)
_ONE_OF: Mapping[Field, type[StrEnum]] = {Field.ORDER: Order, Field.FEEDBACK: Feedback, Field.COMPUTED: AskedAs}
#: How far left and right go in a number.
_STEP = 5
_LONGEST_NUMBER = 40


@frozen
class Choice:
    """A deck, a tag or a kind that can be ticked: its name in a plan, its title, and how many questions it has."""

    name: str
    title: str
    cards: int


@frozen
class Waiting:
    """A quiz that waits to be gone on with: its number, and what there is to say of it."""

    number: int
    words: str


@frozen
class Place:
    """Where the cursor can be: on a field, on one of the choices of the list that is unfolded, on a quiz that waits."""

    field: Field
    choice: Choice | None = None
    waiting: Waiting | None = None


@frozen
class Outlook:
    """What a quiz set up so would be, in one line; `sound` when it can begin."""

    words: str
    sound: bool


@frozen
class SettingUp:
    """The fields as they stand.

    `lists` has what can be ticked, `ticked` the names that are; `typed` the numbers as they stand in their fields, and
    `picked` the one of a few. `fresh` is whether the next digit replaces the number under the cursor. `unfinished`
    has the quizzes that wait to be gone on with, the latest first.
    """

    lists: Mapping[Field, tuple[Choice, ...]]
    ticked: Mapping[Field, frozenset[str]]
    typed: Mapping[Field, str]
    picked: Mapping[Field, StrEnum] = field(
        default_factory=lambda: {
            Field.ORDER: Order.RANDOM,
            Field.FEEDBACK: Feedback.AT_END,
            Field.COMPUTED: AskedAs.TYPED,
        }
    )
    cursor: int = 0
    unfolded: Field | None = None
    fresh: bool = True
    unfinished: tuple[Waiting, ...] = ()

    # -- looks ---------------------------------------------------------------------------------------------------------

    @property
    def places(self) -> tuple[Place, ...]:
        """All places of the cursor, from the top."""
        about = (Field.RESUME, Field.GIVE_UP)
        places = [Place(each, waiting=waiting) for waiting in self.unfinished for each in about]
        for each in Field:
            if each in about:
                continue
            if each in LISTS and not self.lists[each]:
                continue
            places.append(Place(each))
            if each is self.unfolded:
                places += [Place(each, choice) for choice in self.lists[each]]
        return tuple(places)

    @property
    def place(self) -> Place:
        """Where the cursor is."""
        return self.places[self.cursor]

    def is_ticked(self, place: Place) -> bool:
        """Whether a choice of a list is ticked."""
        return place.choice is not None and place.choice.name in self.ticked[place.field]

    # -- the cursor ----------------------------------------------------------------------------------------------------

    def move(self, by: int) -> SettingUp:
        """The cursor goes up or down, round the ends."""
        return self.at((self.cursor + by) % len(self.places))

    def at(self, cursor: int) -> SettingUp:
        """The cursor at a place, by its number."""
        return replace(self, cursor=min(max(cursor, 0), len(self.places) - 1), fresh=True)

    def on(self, wanted: Field) -> SettingUp:
        """The cursor on a field."""
        return self.at(next((at for at, place in enumerate(self.places) if place.field is wanted), 0))

    # -- changes -------------------------------------------------------------------------------------------------------

    def change(self, by: int) -> SettingUp:
        """Right (1) and left (-1): unfolds or folds a list, raises or lowers a number, picks the next of a few."""
        here = self.place.field
        if here in LISTS:
            return replace(self, unfolded=here).on(here) if by > 0 else self._folded()
        if here in _ONE_OF:
            all_ = list(_ONE_OF[here])
            return replace(self, picked={**self.picked, here: all_[(all_.index(self.picked[here]) + by) % len(all_)]})
        if here is Field.COUNT:
            return self._write(str(_stepped(self.typed[here], by, 1, MOST_QUESTIONS)))
        if here is Field.MINUTES:
            minutes = _stepped(self.typed[here], by, 0, MOST_MINUTES)
            return self._write(str(minutes) if minutes else "")
        return self

    def press(self) -> SettingUp:
        """Space: ticks or unticks what is under the cursor, folds or unfolds its list, picks the next of a few."""
        here = self.place
        if here.choice is not None:
            return self._tick(here.field, self.ticked[here.field] ^ {here.choice.name})
        if here.field in LISTS and self.unfolded is here.field:
            return self._folded()
        return self.change(1)

    def tick_all(self) -> SettingUp:
        """All of the list under the cursor; none where all are ticked."""
        here = self.place.field
        if here not in LISTS:
            return self
        names = frozenset(choice.name for choice in self.lists[here])
        return self._tick(here, frozenset() if self.ticked[here] == names else names)

    def type(self, text: str) -> SettingUp:
        """Something typed or pasted goes behind the number under the cursor; the first time, in its place."""
        here = self.place.field
        if here not in NUMBERS:
            return self
        before = "" if self.fresh else self.typed[here]
        return replace(self._write((before + clean_line(text))[:_LONGEST_NUMBER]), fresh=False)

    def rub_out(self) -> SettingUp:
        """Takes the last digit away."""
        here = self.place.field
        return replace(self._write(self.typed[here][:-1]), fresh=False) if here in NUMBERS else self

    def redraw(self, seed: int) -> SettingUp:
        """Another seed."""
        return replace(self, typed={**self.typed, Field.SEED: str(seed)}, fresh=True)

    def _write(self, text: str) -> SettingUp:
        return replace(self, typed={**self.typed, self.place.field: text})

    def _tick(self, where: Field, names: frozenset[str]) -> SettingUp:
        return replace(self, ticked={**self.ticked, where: names})

    def _folded(self) -> SettingUp:
        return replace(self, unfolded=None).on(self.place.field)

    # -- the plan ------------------------------------------------------------------------------------------------------

    def plan(self) -> Plan:
        """The plan of these fields. Raises Problem, with what to do, when one of them cannot be used."""
        chosen = {each: self._chosen(each) for each in LISTS}
        minutes = self._number(Field.MINUTES, MOST_MINUTES)
        return Plan(
            read_seed(self.typed[Field.SEED]),
            chosen[Field.DECKS],
            chosen[Field.TAGS],
            chosen[Field.KINDS],
            self._number(Field.COUNT, MOST_QUESTIONS) or 0,
            minutes,
            Order(self.picked[Field.ORDER]),
            Feedback(self.picked[Field.FEEDBACK]),
            AskedAs(self.picked[Field.COMPUTED]),
        )

    def outlook(self, cards: Callable[[Plan], int]) -> Outlook:
        """What would come of beginning now. `cards` counts the questions that there are for a plan."""
        try:
            plan = self.plan()
        except Problem as problem:
            return Outlook(str(problem), sound=False)
        there = cards(plan)
        if not there:
            return Outlook("no card chosen here is graded by machine: tick more decks, tags or kinds", sound=False)
        some = "1 card" if there == 1 else f"{there} cards"
        if plan.count > there:
            return Outlook(f"{some}: all asked, there are not {plan.count}", sound=True)
        return Outlook(f"{some}, {plan.count} asked", sound=True)

    def _chosen(self, where: Field) -> tuple[str, ...]:
        """The ticked names in the list's order; none stand for all."""
        names = [choice.name for choice in self.lists[where]]
        ticked = tuple(name for name in names if name in self.ticked[where])
        if names and not ticked:
            raise Problem(f"no {where.value[:-1]} is ticked: a ticks all {where.value}, space ticks one")
        return () if len(ticked) == len(names) else ticked

    def _number(self, where: Field, most: int) -> int | None:
        """The number in a field; None for no minutes."""
        text = self.typed[where]
        if where is Field.MINUTES and text.strip("0") == "":
            return None
        if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER and 1 <= int(text) <= most:
            return int(text)
        none = ", or nothing for no limit" if where is Field.MINUTES else ""
        wrong = f"“{text}” cannot be used: " if text else ""
        raise Problem(f"{where.value}: {wrong}type a number from 1 to {most}{none}")


def set_up(
    lists: Mapping[Field, tuple[Choice, ...]],
    seed: int,
    *,
    decks: Iterable[str] | None = None,
    unfinished: Iterable[Waiting] = (),
) -> SettingUp:
    """A setup to begin with: everything ticked, or of the decks only those that were named."""
    ticked = {each: frozenset(choice.name for choice in lists[each]) for each in LISTS}
    if decks is not None:
        ticked[Field.DECKS] &= frozenset(decks)
    return SettingUp(
        lists, ticked, {Field.COUNT: "20", Field.MINUTES: "", Field.SEED: str(seed)}, unfinished=tuple(unfinished)
    )


def _stepped(text: str, by: int, least: int, most: int) -> int:
    """The next number that five divides, up or down."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
    step = number - number % _STEP + _STEP if by > 0 else number - (number % _STEP or _STEP)
    return min(max(step, least), most)
