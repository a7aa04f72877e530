"""Boxes: what two of them have in common, and how well they match.

A box is (x1, y1, x2, y2): x to the right, y downwards, x2 and y2 behind the last pixel, so that x2 − x1 is the width.
Source: `torchvision.ops.box_iou`.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from reference_impl import checks
from reference_impl.arrays import Matrix, Vector, alike
from reference_impl.domain import Domain, choice
from reference_impl.reference import reference


def box_of(name: str, box: Any) -> Vector:
    """A box of some width and height."""
    corners = checks.vector(name, box, 4)
    if len(corners) != 4 or not (corners[0] < corners[2] and corners[1] < corners[3]):
        raise ValueError(f"{name} must be x1, y1, x2, y2 with x1 < x2 and y1 < y2, not {checks.shown(corners)}")
    return corners


def boxes_within(width: int, height: int, unit: float = 1, least: int = 1) -> list[Vector]:
    """All boxes with corners on a raster of units, at least so many units wide and high, to draw from."""
    spans = [
        [(low * unit, high * unit) for low in range(side) for high in range(low + least, side + 1)]
        for side in (width, height)
    ]
    return [(x1, y1, x2, y2) for (x1, x2), (y1, y2) in itertools.product(*spans)]


_WHOLE = choice(*boxes_within(6, 5, least=2))
_QUARTERS = choice(*boxes_within(6, 5, 0.25, least=2))
_PAIRS = (
    Domain({"box": _WHOLE, "other": _WHOLE})
    | Domain({"box": _QUARTERS, "other": _QUARTERS})
    | Domain({"box": _WHOLE, "other": _QUARTERS})
)


def _overlap(box: Sequence[float], other: Sequence[float]) -> float:
    # max(0, min(x2, x2′) − max(x1, x1′)) · max(0, min(y2, y2′) − max(y1, y1′))
    left, top, right, bottom = box
    x1, y1, x2, y2 = other
    zero = type(left)(0)
    width = max(zero, min(right, x2) - max(left, x1))
    height = max(zero, min(bottom, y2) - max(top, y1))
    return width * height


def _area(box: Sequence[float]) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


@reference(domain=_PAIRS)
def intersection_area(box: Vector, other: Vector) -> float:
    """Area that two boxes (x1, y1, x2, y2) have in common, in square pixels; 0 where they do not meet.

    A whole number for whole numbers.
    """
    return _overlap(*_alike(box=box, other=other))


def _alike(**boxes: Vector) -> Matrix:
    """The boxes, of whole numbers or all of floats."""
    (found,) = alike([box_of(name, corners) for name, corners in boxes.items()])
    return found


@intersection_area.slip("The last coordinate lies behind the last pixel: a width is x2 − x1, without + 1.")
def last_pixels_counted(box: Vector, other: Vector) -> float:
    return intersection_area(_one_longer(box), _one_longer(other))


def _one_longer(box: Vector) -> Vector:
    """The box as if x2 and y2 were its last pixels."""
    return (box[0], box[1], box[2] + 1, box[3] + 1)


@intersection_area.slip("A box ends where its corner is: x2 and y2 are coordinates, not width and height.")
def corners_read_as_sizes(box: Vector, other: Vector) -> float:
    return intersection_area(_read_as_sizes(box), _read_as_sizes(other))


def _read_as_sizes(box: Vector) -> Vector:
    """The box as if x2 and y2 were its width and height."""
    return (box[0], box[1], box[0] + box[2], box[1] + box[3])


@intersection_area.slip("The smaller box lies in the common area only as far as it lies in the other box.")
def smaller_box(box: Vector, other: Vector) -> float:
    return min(map(_area, _alike(box=box, other=other)))


@reference(domain=_PAIRS)
def union_area(box: Vector, other: Vector) -> float:
    """Area that at least one of two boxes (x1, y1, x2, y2) covers, in square pixels.

    A whole number for whole numbers.
    """
    one, two = _alike(box=box, other=other)
    # |A| + |B| − |A ∩ B|: what both cover is counted once
    return _area(one) + _area(two) - _overlap(one, two)


@union_area.slip("What both boxes cover is in both areas: take it off once.")
def overlap_counted_twice(box: Vector, other: Vector) -> float:
    return _area(box) + _area(other)


@union_area.slip("That is the smallest box around both; the union leaves out what neither covers.")
def box_around_both(box: Vector, other: Vector) -> float:
    one, two = _alike(box=box, other=other)
    width = max(one[2], two[2]) - min(one[0], two[0])
    return width * (max(one[3], two[3]) - min(one[1], two[1]))


@union_area.slip("The last coordinate lies behind the last pixel: a width is x2 − x1, without + 1.")
def last_pixels_in_union(box: Vector, other: Vector) -> float:
    return union_area(_one_longer(box), _one_longer(other))


@union_area.slip("The larger box alone is the union only where it covers the other one.")
def larger_box(box: Vector, other: Vector) -> float:
    return max(map(_area, _alike(box=box, other=other)))


@reference(domain=_PAIRS)
def iou(box: Vector, other: Vector) -> float:
    """Intersection over union of two boxes (x1, y1, x2, y2): 0 where they do not meet, 1 where they are the same.

    Source: `torchvision.ops.box_iou`; the Jaccard index.
    """
    return iou_of(*_alike(box=box, other=other))


def iou_of(box: Sequence[float], other: Sequence[float]) -> float:
    """`iou` of boxes that are checked already."""
    overlap = _overlap(box, other)
    # |A ∩ B| / |A ∪ B|
    return overlap / (_area(box) + _area(other) - overlap)


@iou.slip("The union counts what both boxes cover once: take the intersection off the sum of the areas.")
def union_not_reduced(box: Vector, other: Vector) -> float:
    return _overlap(box, other) / (_area(box) + _area(other))


@iou.slip("Divide by the union of both boxes, not by the smaller one.")
def over_the_smaller(box: Vector, other: Vector) -> float:
    return _overlap(box, other) / min(_area(box), _area(other))


@iou.slip("The last coordinate lies behind the last pixel: a width is x2 − x1, without + 1.")
def last_pixels_in_iou(box: Vector, other: Vector) -> float:
    return iou(_one_longer(box), _one_longer(other))


@iou.slip("That is the Dice coefficient, 2·|A ∩ B| / (|A| + |B|), which is larger.")
def dice(box: Vector, other: Vector) -> float:
    return 2 * _overlap(box, other) / (_area(box) + _area(other))


@iou.slip("The union leaves out what neither box covers; it is not the smallest box around both.")
def over_the_box_around(box: Vector, other: Vector) -> float:
    return _overlap(box, other) / box_around_both(box, other)
