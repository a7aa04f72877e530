"""Box regression: the four numbers by which a network moves and stretches a proposal (or an anchor) onto an object.

A box is given by its centre and its size here: (x, y, width, height). Source: Girshick and others, “Rich feature
hierarchies for accurate object detection and semantic segmentation” (2014), appendix C; Faster R-CNN has the same.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import math
from typing import Any

from reference_impl import checks
from reference_impl.arrays import Vector
from reference_impl.domain import Domain, array, stepped
from reference_impl.reference import reference

LARGEST_COORDINATE = 10_000
SMALLEST_SIZE = 0.001
#: No object is e¹⁰ times as large as a proposal for it.
LARGEST_DELTA = 10

_BOXES = array(4, of=stepped(1, 64, 0.5))


def _centered(name: str, box: Any) -> tuple[float, float, float, float]:
    entries = checks.vector(name, box, 4)
    if len(entries) != 4:
        raise ValueError(f"{name} must be x, y, width and height, not {checks.shown(entries)}")
    x, y, width, height = entries
    checks.number(-LARGEST_COORDINATE, LARGEST_COORDINATE, **{f"x of {name}": x, f"y of {name}": y})
    checks.number(SMALLEST_SIZE, LARGEST_COORDINATE, **{f"width of {name}": width, f"height of {name}": height})
    return float(x), float(y), float(width), float(height)


@reference(domain=Domain({"proposal": _BOXES, "deltas": array(4, of=stepped(-1, 1, 0.0625))}))
def decode_box(proposal: Vector, deltas: Vector) -> Vector:
    """The box (x, y, width, height), by its centre, that four outputs (tx, ty, tw, th) make of a proposal.

    tx and ty are counted in widths and heights of the proposal; tw and th are logarithms.
    """
    x, y, width, height = _centered("proposal", proposal)
    tx, ty, tw, th = _deltas(deltas)
    # x̂ = x + w·tx, ŷ = y + h·ty, ŵ = w·e^tw, ĥ = h·e^th
    return (x + width * tx, y + height * ty, width * math.exp(tw), height * math.exp(th))


def _deltas(deltas: Any) -> Vector:
    entries = checks.vector("deltas", deltas, 4)
    if len(entries) != 4:
        raise ValueError(f"deltas must be tx, ty, tw and th, not {checks.shown(entries)}")
    checks.elements(-LARGEST_DELTA, LARGEST_DELTA, deltas=entries)
    return entries


@decode_box.slip("The centre moves by tx widths and ty heights of the proposal, not by that many pixels.")
def moved_by_pixels(proposal: Vector, deltas: Vector) -> Vector:
    decoded = decode_box(proposal, deltas)
    return (float(proposal[0] + deltas[0]), float(proposal[1] + deltas[1]), *decoded[2:])


@decode_box.slip("The sizes are multiplied by e^tw and e^th: tw and th themselves are logarithms.")
def exponential_forgotten(proposal: Vector, deltas: Vector) -> Vector:
    decoded = decode_box(proposal, deltas)
    return (*decoded[:2], float(proposal[2] * deltas[2]), float(proposal[3] * deltas[3]))


@decode_box.slip("The shift of x goes with the width, that of y with the height.")
def other_side_for_the_shift(proposal: Vector, deltas: Vector) -> Vector:
    x, y, width, height = proposal
    shifts = (float(x + height * deltas[0]), float(y + width * deltas[1]))
    return (*shifts, *decode_box(proposal, deltas)[2:])


@reference(domain=Domain({"proposal": _BOXES, "ground_truth": _BOXES}))
def encode_box(proposal: Vector, ground_truth: Vector) -> Vector:
    """The targets (tx, ty, tw, th) that a network learns for a proposal and its object; the way back of `decode_box`.

    Both boxes as (x, y, width, height), by their centres.
    """
    x, y, width, height = _centered("proposal", proposal)
    true_x, true_y, true_width, true_height = _centered("ground_truth", ground_truth)
    # tx = (x* − x) / w, ty = (y* − y) / h, tw = ln(w* / w), th = ln(h* / h)
    return (
        (true_x - x) / width,
        (true_y - y) / height,
        math.log(true_width / width),
        math.log(true_height / height),
    )


@encode_box.slip("Distances are counted in widths and heights of the proposal: divide by them.")
def distance_in_pixels(proposal: Vector, ground_truth: Vector) -> Vector:
    distances = (float(ground_truth[0] - proposal[0]), float(ground_truth[1] - proposal[1]))
    return (*distances, *encode_box(proposal, ground_truth)[2:])


@encode_box.slip("Divide by the size of the proposal, which is known, not by that of the object.")
def divided_by_the_object(proposal: Vector, ground_truth: Vector) -> Vector:
    x, y = [(ground_truth[axis] - proposal[axis]) / ground_truth[axis + 2] for axis in (0, 1)]
    return (x, y, *encode_box(proposal, ground_truth)[2:])


@encode_box.slip("The sizes are compared by the logarithm of their ratio, which is 0 where they are the same.")
def logarithm_forgotten(proposal: Vector, ground_truth: Vector) -> Vector:
    ratios = (ground_truth[2] / proposal[2], ground_truth[3] / proposal[3])
    return (*encode_box(proposal, ground_truth)[:2], *ratios)


@encode_box.slip("The targets lead from the proposal to the object, not the other way round.")
def from_object_to_proposal(proposal: Vector, ground_truth: Vector) -> Vector:
    return encode_box(ground_truth, proposal)
