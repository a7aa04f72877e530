"""What the learner is entering, without a screen: options being picked, items moved, rows paired, a line typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from studytui.deck.model import Arrange, Fill, Filled, Line, Pair, Pick, Reveal
from studytui.frozen import frozen

if TYPE_CHECKING:
    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Form, Response


@frozen
class Picking:
    """A choice under way: the option under the cursor and the options picked so far."""

    count: int
    several: bool
    cursor: int = 0
    picked: frozenset[int] = frozenset()

    def move(self, by: int) -> Picking:
        """The cursor goes up or down, round the ends."""
        return replace(self, cursor=(self.cursor + by) % self.count)

    def press(self, place: int) -> Picking:
        """An option is picked, or given back; where only one may be right it takes the place of another."""
        if not 0 <= place < self.count:
            return self
        if not self.several:
            return replace(self, cursor=place, picked=frozenset({place}))
        return replace(self, cursor=place, picked=self.picked ^ {place})

    @property
    def response(self) -> Response:
        """The picked options; with a single answer wanted and nothing picked, the one under the cursor."""
        return self.picked if self.picked or self.several else frozenset({self.cursor})


@frozen
class Arranging:
    """Items being put in order. `order` holds the places shown, first to last; the held item moves with the cursor."""

    order: tuple[int, ...]
    cursor: int = 0
    held: bool = False

    def move(self, by: int) -> Arranging:
        """The cursor, or the held item, goes up or down; it stops at the ends."""
        target = min(max(self.cursor + by, 0), len(self.order) - 1)
        if not self.held or target == self.cursor:
            return replace(self, cursor=target)
        order = list(self.order)
        order.insert(target, order.pop(self.cursor))
        return replace(self, order=tuple(order), cursor=target)

    def carry(self, by: int) -> Arranging:
        """The item under the cursor goes up or down at once."""
        return replace(replace(self, held=True).move(by), held=False)

    def press(self, place: int) -> Arranging:
        """Takes hold of an item, or puts the held one down at a place."""
        if not 0 <= place < len(self.order):
            return self
        if self.held:
            return replace(self.move(place - self.cursor), held=False)
        return replace(self, cursor=place, held=True)

    @property
    def response(self) -> Response:
        """The order as it stands."""
        return self.order


@frozen
class Pairing:
    """Rows being paired: for every row on the left the place on the right, or -1 for none yet."""

    partners: tuple[int, ...]
    cursor: int = 0

    def move(self, by: int) -> Pairing:
        """The cursor goes up or down among the rows on the left, round the ends."""
        return replace(self, cursor=(self.cursor + by) % len(self.partners))

    def press(self, place: int) -> Pairing:
        """Gives the row under the cursor its partner, which any other row loses, and goes on to the next open row."""
        if not 0 <= place < len(self.partners):
            return self
        partners = [-1 if partner == place else partner for partner in self.partners]
        partners[self.cursor] = place
        count = len(partners)
        following = [(self.cursor + step) % count for step in range(1, count)]
        cursor = next((row for row in following if partners[row] < 0), self.cursor)
        return replace(self, partners=tuple(partners), cursor=cursor)

    def row(self, row: int) -> Pairing:
        """The cursor goes to a row on the left."""
        return replace(self, cursor=row) if 0 <= row < len(self.partners) else self

    @property
    def response(self) -> Response:
        """The partners chosen; a row without one counts as wrong."""
        return self.partners


@frozen
class Filling:
    """Several lines being typed, one for each part: what stands in each so far, and the part that is being typed."""

    lines: tuple[str, ...]
    cursor: int = 0

    def move(self, by: int) -> Filling:
        """The cursor goes up or down among the parts; it stops at the ends."""
        return replace(self, cursor=min(max(self.cursor + by, 0), len(self.lines) - 1))

    def press(self, place: int) -> Filling:
        """The cursor goes to a part."""
        return replace(self, cursor=place) if 0 <= place < len(self.lines) else self

    def write(self, line: str) -> Filling:
        """The line of the part under the cursor becomes another one."""
        lines = self.lines
        return replace(self, lines=(*lines[: self.cursor], line, *lines[self.cursor + 1 :]))

    @property
    def line(self) -> str:
        """What stands in the part under the cursor."""
        return self.lines[self.cursor]

    @property
    def at_end(self) -> bool:
        """Whether the cursor is in the last part."""
        return self.cursor == len(self.lines) - 1

    @property
    def empty(self) -> tuple[int, ...]:
        """The places, from 0, of the parts in which nothing stands."""
        return tuple(place for place, line in enumerate(self.lines) if not line.strip())

    @property
    def response(self) -> Filled:
        """The lines as they stand."""
        return Filled(tuple(line.strip() for line in self.lines))


Entering = Picking | Arranging | Pairing | Filling


def begin(form: Form) -> Entering | None:
    """What entering an answer begins with; None where one line is typed, or the answer is only revealed."""
    match form:
        case Pick():
            return Picking(len(form.options), form.several)
        case Arrange():
            return Arranging(tuple(range(len(form.items))))
        case Pair():
            return Pairing((-1,) * len(form.left))
        case Fill():
            return Filling(("",) * len(form.parts))
        case _:
            return None


def take_up(form: Form, response: Response) -> Entering | None:
    """What entering goes on with where a response stands already; as `begin` where none does."""
    entering = begin(form)
    match entering, response:
        case Picking(), frozenset() as picked:
            return replace(entering, picked=picked, cursor=min(picked, default=0))
        case Arranging(), tuple() as order:
            return replace(entering, order=order)
        case Pairing(), tuple() as partners:
            return replace(entering, partners=partners)
        case Filling(), Filled(lines=lines):
            return replace(entering, lines=lines)
    return entering


def read_line(form: Form, typed: str) -> Response | Verdict:
    """The response that a typed line means for a form, None for an empty one; or the verdict that says why none can."""
    if not typed.strip() or isinstance(form, Reveal):
        return None
    return typed if isinstance(form, Line) else _read_places(form, typed)


def _read_places(form: Pick | Arrange | Pair | Fill, typed: str) -> Response | Verdict:
    """The response that a line means where it names several things."""
    from studytui.answer import read_choice, read_order, read_pairs, read_parts

    match form:
        case Pick():
            return read_choice(typed, len(form.options), several=form.several)
        case Arrange():
            return read_order(typed, len(form.items))
        case Pair():
            return read_pairs(typed, len(form.left))
        case Fill():
            lines = read_parts(typed, len(form.parts))
            return Filled(lines) if isinstance(lines, tuple) else lines
