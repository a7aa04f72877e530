"""Non-maximum suppression: of boxes that find the same object, only the one with the highest score is kept.

Source: `torchvision.ops.nms`, whose parameter names are used.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from reference_impl import checks
from reference_impl.arrays import Rows, Vector
from reference_impl.detection.boxes import box_of, boxes_within, iou_of
from reference_impl.domain import Domain, array, choice, stepped, whole
from reference_impl.reference import reference

#: A witness goes through all selections of the boxes.
MOST_BOXES = 12


def _check_boxes(boxes: Rows, scores: Vector, iou_threshold: float) -> tuple[list[Vector], Vector]:
    corners = [box_of("every box of boxes", row) for row in checks.steps("boxes", boxes, MOST_BOXES, "boxes")]
    for row in corners:
        # whole pixels: whether an IoU is above the threshold must not hang on a rounding
        checks.wholes("every box of boxes", row, -checks.LARGEST, checks.LARGEST, 4)
    ranks = checks.vector("scores", scores, MOST_BOXES)
    checks.same_length(boxes=corners, scores=ranks)
    checks.number(0, 1, iou_threshold=iou_threshold)
    return corners, ranks


@reference(
    domain=Domain(
        {
            "boxes": array("count", of=choice(*boxes_within(7, 2, least=2))),
            "scores": array("count", of=stepped(0, 1, 0.05)),
            "iou_threshold": choice(0.2, 0.25, 0.3, 0.4, 0.5),
        },
        sizes={"count": whole(3, 7)},
    )
)
def nms(boxes: Rows, scores: Vector, iou_threshold: float = 0.5) -> Vector:
    """Indexes, from 0, of the boxes that non-maximum suppression keeps, the highest score first.

    boxes (n, 4) as x1, y1, x2, y2 in whole pixels; scores (n). A box is dropped if its IoU with a box of a higher
    score, which is kept, is above `iou_threshold`. Of equal scores the first counts as higher. Source:
    `torchvision.ops.nms`.
    """
    corners, ranks = _check_boxes(boxes, scores, iou_threshold)
    kept: list[int] = []
    for index in _order(ranks):
        # keep b if IoU(b, k) ≤ threshold for every k that is kept
        if all(iou_of(corners[index], corners[other]) <= iou_threshold for other in kept):
            kept.append(index)
    return tuple(kept)


def _order(scores: Vector) -> list[int]:
    """Indexes by score, the highest first; of equals the first stays first."""
    return sorted(range(len(scores)), key=lambda index: -scores[index])


@nms.slip("Begin with the highest score: the best box suppresses the others, not the worst.")
def lowest_first(boxes: Rows, scores: Vector, iou_threshold: float) -> Vector:
    return nms(boxes, tuple([-score for score in scores]), iou_threshold)


@nms.slip("A box that is suppressed suppresses no other: compare with the boxes that are kept.")
def suppressed_ones_suppress(boxes: Rows, scores: Vector, iou_threshold: float) -> Vector:
    order = _order(scores)
    return tuple(
        [
            index
            for place, index in enumerate(order)
            if all(iou_of(boxes[index], boxes[other]) <= iou_threshold for other in order[:place])
        ]
    )


@nms.slip("Only boxes that overlap a better one are dropped; each object keeps its own.")
def best_box_only(scores: Vector) -> Vector:
    return (_order(scores)[0],)


@nms.slip("What is kept is listed by score, the highest first, not by index.")
def listed_by_index(boxes: Rows, scores: Vector, iou_threshold: float) -> Vector:
    return tuple(sorted(nms(boxes, scores, iou_threshold)))
