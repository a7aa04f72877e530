"""Domains: the arguments over which a reference is compared with its witnesses, as axes that multiply out.

What a reference accepts is wider, and said in `checks.py`.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from random import Random

#: How long an array is along an axis: a number, the name of a size, or a multiple of one.
Extent = int | str | tuple[int, str]

#: A domain of at most so many points is gone through whole.
WHOLE = 20_000
#: A draw gives up when the predicate has refused so many candidates in a row.
_PATIENCE = 10_000


class Axis(NamedTuple):
    """The values that one argument takes."""

    values: Sequence[object]

    def draw(self, source: Random) -> Any:
        """One value, each as likely as the next."""
        return self.values[int(source.random() * len(self.values))]  # random() alone is stable between versions


class Array(NamedTuple):
    """An argument that is a nested tuple: its extent along each axis, and its entries."""

    shape: tuple[Extent, ...]
    entries: Axis

    def draw(self, source: Random, sizes: Mapping[str, int]) -> Any:
        """One array, entry by entry."""
        return self._draw(source, [_length(extent, sizes) for extent in self.shape])

    def _draw(self, source: Random, shape: Sequence[int]) -> Any:
        if not shape:
            return self.entries.draw(source)
        return tuple([self._draw(source, shape[1:]) for _ in range(shape[0])])


def whole(low: int, high: int) -> Axis:
    """Every whole number from low to high, both included."""
    return Axis(range(low, high + 1))


def stepped(low: float, high: float, step: float) -> Axis:
    """The numbers low, low + step, … up to high."""
    last = math.floor((high - low) / step + 1e-9)
    # 0.47, not 0.47000000000000003: draws are shown as examples
    return Axis(tuple([round(low + step * index, 12) for index in range(last + 1)]))


def choice(*values: object) -> Axis:
    """One of a few values."""
    return Axis(values)


def flag() -> Axis:
    """False and True."""
    return Axis((False, True))


def array(*shape: Extent, of: Axis) -> Array:
    """An array of entries, for example `array((4, "units"), 3, of=stepped(-1, 1, 0.25))`: 4·units rows, 3 columns."""
    return Array(shape, of)


def _length(extent: Extent, sizes: Mapping[str, int]) -> int:
    if isinstance(extent, tuple):
        return extent[0] * sizes[extent[1]]
    return sizes[extent] if isinstance(extent, str) else extent


def _anything(**_: object) -> bool:
    return True


class Domain(NamedTuple):
    """All combinations of the axes that satisfy `where`.

    `sizes` are drawn first; arrays name them, so that their shapes fit together. `where` takes the arguments by name.
    """

    axes: Mapping[str, Axis | Array]
    where: Callable[..., bool] = _anything
    sizes: Mapping[str, Axis] = {}

    def __or__(self, other: Domain) -> Either:
        return Either((self, other))

    @property
    def points(self) -> float:
        """The number of combinations before `where`; infinity with arrays, which are always drawn."""
        counts = [len(axis.values) if isinstance(axis, Axis) else math.inf for axis in self.axes.values()]
        return math.prod(counts)

    def draws(self, seed: int, count: int) -> Iterator[Mapping[str, Any]]:
        """The whole domain if it has at most `WHOLE` points, else `count` draws that depend on the seed alone."""
        return self._every() if self.points <= WHOLE else self._drawn(seed, count)

    def _every(self) -> Iterator[Mapping[str, Any]]:
        axes = [axis.values for axis in self.axes.values() if isinstance(axis, Axis)]
        for values in itertools.product(*axes):
            arguments = dict(zip(self.axes, values, strict=True))
            if self.where(**arguments):
                yield arguments

    def _drawn(self, seed: int, count: int) -> Iterator[Mapping[str, Any]]:
        import random

        source = random.Random(seed)  # noqa: S311 - draws are no secrets
        for _ in range(count):
            yield self._draw(source)

    def _draw(self, source: Random) -> Mapping[str, Any]:
        for _ in range(_PATIENCE):
            sizes = {name: axis.draw(source) for name, axis in self.sizes.items()}
            arguments = {
                name: axis.draw(source) if isinstance(axis, Axis) else axis.draw(source, sizes)
                for name, axis in self.axes.items()
            }
            if self.where(**arguments):
                return arguments
        raise ValueError(f"the domain of {', '.join(self.axes)} is almost empty: loosen its where")


class Either(NamedTuple):
    """Domains side by side, written `one | other`: numbers or vectors, say. Draws are shared out evenly."""

    parts: tuple[Domain, ...]

    def __or__(self, other: Domain) -> Either:
        return Either((*self.parts, other))

    def draws(self, seed: int, count: int) -> Iterator[Mapping[str, Any]]:
        """The draws of every part, one part after the other."""
        share = math.ceil(count / len(self.parts))
        return itertools.chain.from_iterable(part.draws(seed, share) for part in self.parts)
