"""Brute force for boxes and rankings: areas are cut up, sizes searched for, and every selection of boxes tried."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from reference_impl import detection as ref
from reference_impl.arrays import Matrix, Rows, Vector


def _search(rises: Callable[[float], float], target: float, low: float, high: float) -> float:
    """Where a rising function reaches its target, by halving down to the last digit."""
    while low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if rises(middle) < target else (low, middle)
    return high


def _anchor(scale: float, ratio: float) -> tuple[float, float]:
    """Tries widths, each with the height that the ratio asks for, until the area is that of a square of the scale."""
    width = _search(lambda width: width * (ratio * width), scale * scale, 0, scale * 100)
    return width, ratio * width


@ref.anchor_size.witness("brute force")
def search_width(scale: float, ratio: float) -> Vector:
    """Tries widths until ratio and area are right."""
    return _anchor(scale, ratio)


@ref.anchors.witness("brute force")
def search_widths(scales: Vector, ratios: Vector) -> Matrix:
    """Tries widths for each scale and each ratio."""
    found = []
    for scale in scales:
        for ratio in ratios:
            found.append(_anchor(scale, ratio))  # noqa: PERF401 - loops that say what they do
    return tuple(found)


@ref.anchor_box.witness("brute force")
def push_into_place(center_x: float, center_y: float, scale: float, ratio: float) -> Vector:
    """Tries widths, and then pushes the box along both axes until its middle lies on the centre."""
    starts, ends = [], []
    for center, side in zip((center_x, center_y), _anchor(scale, ratio), strict=True):
        start = _search(lambda start, side=side: (start + (start + side)) / 2, center, center - side, center)  # type: ignore[misc]  # bound early
        starts.append(start)
        ends.append(start + side)
    return (*starts, *ends)


def _pieces(box: Vector, other: Vector) -> Iterator[tuple[float, bool, bool]]:
    """Cuts the plane along every side of both boxes: the area of each piece, and whether it lies in each box."""
    xs = sorted({box[0], box[2], other[0], other[2]})
    ys = sorted({box[1], box[3], other[1], other[3]})
    for left, right in pairwise(xs):
        for top, bottom in pairwise(ys):
            inside = [
                each[0] <= left and right <= each[2] and each[1] <= top and bottom <= each[3] for each in (box, other)
            ]
            yield (right - left) * (bottom - top), inside[0], inside[1]


def _zero(box: Vector, other: Vector) -> float:
    """0, or 0.0 where any corner is a float."""
    return 0 * sum((*box, *other))


@ref.intersection_area.witness("brute force")
def pieces_in_both(box: Vector, other: Vector) -> float:
    """Cuts the plane along all sides and adds up the pieces that lie in both boxes."""
    return sum((area for area, one, two in _pieces(box, other) if one and two), _zero(box, other))


@ref.union_area.witness("brute force")
def pieces_in_either(box: Vector, other: Vector) -> float:
    """Cuts the plane along all sides and adds up the pieces that lie in a box."""
    return sum((area for area, one, two in _pieces(box, other) if one or two), _zero(box, other))


@ref.iou.witness("brute force")
def share_of_pieces(box: Vector, other: Vector) -> float:
    """Cuts the plane along all sides: of the pieces that lie in a box, the share that lies in both."""
    return pieces_in_both(box, other) / pieces_in_either(box, other)


@ref.nms.witness("brute force")
def try_selections(boxes: Rows, scores: Vector, iou_threshold: float = 0.5) -> Vector:
    """Tries all selections for the one in which a box is left out exactly if a better one, selected, overlaps it."""
    count = len(boxes)
    #: For each box, one bit for each better box that overlaps it too much.
    rivals = [0] * count
    for box in range(count):
        for other in range(count):
            better = scores[other] > scores[box] or (scores[other] == scores[box] and other < box)
            if better and share_of_pieces(boxes[box], boxes[other]) > iou_threshold:  # type: ignore[arg-type]  # rows of four
                rivals[box] |= 1 << other
    fitting = [
        selection
        for selection in range(1 << count)
        if all((selection >> box & 1) == (selection & rivals[box] == 0) for box in range(count))
    ]
    (selection,) = fitting
    kept: list[int] = []
    for box in range(count):
        if selection >> box & 1:
            ahead = [place for place, other in enumerate(kept) if scores[other] < scores[box]]
            kept.insert(ahead[0] if ahead else len(kept), box)
    return tuple(kept)


@ref.decode_box.witness("brute force")
def search_box(proposal: Vector, deltas: Vector) -> Vector:
    """Tries boxes until the network's four targets for them are these outputs."""
    x, y, width, height = proposal
    found = []
    for center, side, delta in ((x, width, deltas[0]), (y, height, deltas[1])):
        reach = 11 * side
        found.append(
            _search(lambda at, center=center, side=side: (at - center) / side, delta, center - reach, center + reach)  # type: ignore[misc]  # bound early
        )
    for side, delta in ((width, deltas[2]), (height, deltas[3])):
        found.append(_search(lambda size, side=side: math.log(size / side), delta, side * 1e-5, side * 1e5))  # type: ignore[misc]  # bound early
    return tuple(found)


@ref.encode_box.witness("brute force")
def search_deltas(proposal: Vector, ground_truth: Vector) -> Vector:
    """Tries outputs until the box that they make of the proposal is the object."""
    found = []
    for axis in (0, 1):
        start, side = proposal[axis], proposal[axis + 2]
        reach = 1 + 2 * max(map(abs, (*proposal, *ground_truth))) / side
        found.append(
            _search(lambda delta, start=start, side=side: start + side * delta, ground_truth[axis], -reach, reach)  # type: ignore[misc]  # bound early
        )
    for axis in (2, 3):
        side = proposal[axis]
        found.append(_search(lambda delta, side=side: side * math.exp(delta), ground_truth[axis], -20, 20))  # type: ignore[misc]  # bound early
    return tuple(found)


def _counted(hits: Sequence[int], rank: int) -> tuple[int, int]:
    """True and false detections down to a rank, counted one by one."""
    true = false = 0
    for place, hit in enumerate(hits, 1):
        if place <= rank:
            true, false = (true + 1, false) if hit else (true, false + 1)
    return true, false


@ref.precision_at.witness("brute force")
def count_true_and_false(hits: Sequence[int], rank: int) -> float:
    """Counts true and false detections."""
    true, false = _counted(hits, rank)
    return true / (true + false)


@ref.recall_at.witness("brute force")
def tick_off_objects(hits: Sequence[int], ground_truths: int, rank: int) -> float:
    """Ticks an object off for each true detection."""
    objects = ["missed"] * ground_truths
    true, _ = _counted(hits, rank)
    for place in range(true):
        objects[place] = "found"
    return objects.count("found") / len(objects)


@ref.average_precision.witness("brute force")
def look_for_best(hits: Sequence[int], ground_truths: int, interpolation: str = "all-point") -> float:
    """For each recall that is asked for, looks through all ranks for the best precision at that recall or more.

    All points: every object is one step of recall. 11 points: in tenths, compared as whole numbers.
    """
    counted = [_counted(hits, rank) for rank in range(1, len(hits) + 1)]

    def best(enough: Callable[[int], bool]) -> float:
        return max([true / (true + false) for true, false in counted if enough(true)], default=0.0)

    if interpolation == "11-point":
        points = [best(lambda true, tenths=tenths: true * 10 >= tenths * ground_truths) for tenths in range(11)]  # type: ignore[misc]  # bound early
    else:
        points = [best(lambda true, objects=objects: true >= objects) for objects in range(1, ground_truths + 1)]  # type: ignore[misc]  # bound early
    return sum(points) / len(points)
