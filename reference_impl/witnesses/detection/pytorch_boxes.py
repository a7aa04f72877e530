"""PyTorch for boxes and rankings: equations are solved, masks counted, matrices multiplied, suppression iterated."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reference_impl import detection as ref
from reference_impl.arrays import Matrix, Rows, Vector, plain

if TYPE_CHECKING:
    from torch import Tensor


def _sizes(scales: Tensor, ratios: Tensor) -> Tensor:
    """Widths and heights (k, 2), from two equations: ln w + ln h = 2·ln s and ln h − ln w = ln r.

    Logarithms lose digits, so a step of Newton's method on w·(r·w) = s² follows.
    """
    import torch

    equations = torch.tensor([[1, 1], [-1, 1]], dtype=torch.float64)
    known = torch.stack([2 * scales.log(), ratios.log()])
    widths = torch.linalg.solve(equations, known)[0].exp()
    widths = widths - (widths * ratios * widths - scales**2) / (2 * ratios * widths)
    return torch.stack([widths, ratios * widths], dim=1)


def _double(values: Any) -> Tensor:
    import torch

    return torch.tensor(values, dtype=torch.float64)


@ref.anchor_size.witness("PyTorch")
def solve_for_size(scale: float, ratio: float) -> Vector:
    """Solves for the logarithms of width and height."""
    found: Vector = plain(_sizes(_double([scale]), _double([ratio]))[0])
    return found


@ref.anchors.witness("PyTorch")
def solve_for_sizes(scales: Vector, ratios: Vector) -> Matrix:
    """Solves for the logarithms of all widths and heights, for torch.cartesian_prod of scales and ratios."""
    import torch

    pairs = torch.cartesian_prod(_double(scales), _double(ratios))
    found: Matrix = plain(_sizes(pairs[:, 0], pairs[:, 1]))
    return found


@ref.anchor_box.witness("PyTorch")
def corners_of_square(center_x: float, center_y: float, scale: float, ratio: float) -> Vector:
    """Maps the corners of a square around 0 by a matrix that stretches and shifts."""
    import torch

    width, height = _sizes(_double([scale]), _double([ratio]))[0]
    corners = _double([[-0.5, 0.5], [-0.5, 0.5], [1, 1]])  # one column for each corner
    found: Vector = plain(
        (_affine(_double([center_x, center_y]), torch.stack([width, height])) @ corners)[:2].T.flatten()
    )
    return found


def _affine(shift: Tensor, stretch: Tensor) -> Tensor:
    """The 3×3 matrix that stretches along both axes and then shifts."""
    import torch

    matrix = torch.eye(3, dtype=torch.float64)
    matrix[[0, 1], [0, 1]] = stretch
    matrix[:2, 2] = shift
    return matrix


def _overlaps(boxes: Tensor) -> tuple[Tensor, Tensor]:
    """Intersections and unions (n, n) of boxes (n, 4), from masks of the pieces between all sides."""
    import torch

    inside, lengths = [], []
    for axis in (0, 1):
        lines = boxes[:, [axis, axis + 2]].unique()  # sorted
        low, high = lines[:-1], lines[1:]
        inside.append((boxes[:, axis, None] <= low) & (high <= boxes[:, axis + 2, None]))  # (n, pieces)
        lengths.append(high - low)
    masks = (inside[1][:, :, None] & inside[0][:, None, :]).flatten(1)  # (n, pieces of the plane)
    areas = torch.outer(lengths[1], lengths[0]).flatten()
    one, two = masks[:, None], masks[None]
    return ((one & two) * areas).sum(dim=2), ((one | two) * areas).sum(dim=2)


def _pair(box: Vector, other: Vector) -> tuple[float, float]:
    """Intersection and union of two boxes: whole numbers for whole numbers."""
    import torch

    whole = all(type(corner) is int for corner in (*box, *other))
    boxes = torch.tensor([list(box), list(other)], dtype=torch.int64 if whole else torch.float64)
    common, union = _overlaps(boxes)
    return plain(common[0, 1]), plain(union[0, 1])


@ref.intersection_area.witness("PyTorch")
def both_masks(box: Vector, other: Vector) -> float:
    """Area where both masks hold."""
    return _pair(box, other)[0]


@ref.union_area.witness("PyTorch")
def either_mask(box: Vector, other: Vector) -> float:
    """Area where either mask holds."""
    return _pair(box, other)[1]


@ref.iou.witness("PyTorch")
def ratio_of_masks(box: Vector, other: Vector) -> float:
    """Ratio of the two areas."""
    common, union = _pair(box, other)
    return common / union


@ref.nms.witness("PyTorch")
def iterate_to_rest(boxes: Rows, scores: Vector, iou_threshold: float = 0.5) -> Vector:
    """All at once: keep what no kept box before it overlaps too much, again and again until nothing changes."""
    import torch

    order = torch.tensor(scores, dtype=torch.float64).argsort(descending=True, stable=True)
    common, union = _overlaps(torch.tensor(boxes)[order])
    suppresses = (common.double() / union > iou_threshold).triu(diagonal=1)  # [i, j]: i, if kept, suppresses j
    kept = torch.ones(len(order), dtype=torch.bool)
    while True:
        after = ~(suppresses & kept[:, None]).any(dim=0)
        if after.equal(kept):
            found: Vector = plain(order[kept])
            return found
        kept = after


@ref.decode_box.witness("PyTorch")
def product_of_matrices(proposal: Vector, deltas: Vector) -> Vector:
    """A box is the matrix that stretches and shifts a square: the proposal's matrix times that of the outputs."""
    import torch

    box, outputs = _double(proposal), _double(deltas)
    stretch = torch.linalg.matrix_exp(outputs[2:].diag()).diagonal()
    product = _affine(box[:2], box[2:]) @ _affine(outputs[:2], stretch)
    found: Vector = plain(torch.cat([product[:2, 2], product.diagonal()[:2]]))
    return found


@ref.encode_box.witness("PyTorch")
def quotient_of_matrices(proposal: Vector, ground_truth: Vector) -> Vector:
    """Solves for the matrix by which the proposal's has to be multiplied to become that of the object."""
    import torch

    box, target = _double(proposal), _double(ground_truth)
    quotient = torch.linalg.solve(_affine(box[:2], box[2:]), _affine(target[:2], target[2:]))
    found: Vector = plain(torch.cat([quotient[:2, 2], quotient.diagonal()[:2].log()]))
    return found


@ref.precision_at.witness("PyTorch")
def mean_of_hits(hits: Sequence[int], rank: int) -> float:
    """The mean of the first entries."""
    return float(_double(hits)[:rank].mean())


@ref.recall_at.witness("PyTorch")
def objects_found_by_then(hits: Sequence[int], ground_truths: int, rank: int) -> float:
    """Writes beside each object the place at which it is found, infinity where it is not; the mean of those in time."""
    import torch

    found_at = torch.full((ground_truths,), torch.inf, dtype=torch.float64)
    places = _double(hits).nonzero().flatten()
    found_at[: len(places)] = places.double()
    return float((found_at < rank).double().mean())


@ref.average_precision.witness("PyTorch")
def area_below_curve(hits: Sequence[int], ground_truths: int, interpolation: str = "all-point") -> float:
    """torch.cummax from the end makes the curve; the area below its steps, or torch.searchsorted for 11 recalls."""
    import torch

    found = _double(hits).cumsum(0)
    precision = found / torch.arange(1, len(found) + 1)
    curve = precision.flip(0).cummax(0).values.flip(0)
    if interpolation == "11-point":
        # recalls as whole numbers: found / ground_truths ≥ tenths / 10
        ranks = torch.searchsorted((10 * found).long(), torch.arange(11) * ground_truths)
        return float(torch.cat([curve, curve.new_zeros(1)])[ranks].mean())
    steps = torch.diff(found / ground_truths, prepend=found.new_zeros(1))
    return float(steps @ curve)
