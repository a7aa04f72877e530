"""Figures of the topic `detection`: bins of RoI pooling, anchors, YOLO's grid, boxes that overlap, and rankings."""

from __future__ import annotations

from collections.abc import Sequence

from reference_impl import detection as ref
from reference_impl.arrays import Rows, Vector
from reference_impl.detection.regions import METHODS
from reference_impl.figures import Bar, Bars, Box, Boxes, Curves, Frame, Grid, Series

#: More cells than this along an axis, or more boxes, are not drawn.
WIDEST = 40
MOST_BOXES = 12


@ref.cnn_passes.figure
def passes_of_methods(regions: int) -> Bars:
    """Passes of every method, for as many regions."""
    bars = tuple([Bar(method, ref.cnn_passes(method, regions)) for method in METHODS])
    return Bars(f"Through the convolutions, for {regions:,} regions", "passes per image", bars)


@ref.bin_range.figure
def bins_of_axis(input_size: int, output_size: int) -> Grid | None:
    """A row of cells with all bins framed."""
    if max(input_size, output_size) > WIDEST:
        return None
    frames = []
    for index in range(output_size):
        start, end = map(int, ref.bin_range(input_size, output_size, index))
        frames.append(Frame(f"bin {index}", 0, start, 1, end - start))
    row = tuple(map(str, range(input_size)))
    return Grid(f"{output_size} bins on {input_size} cells", (row,), tuple(frames))


@ref.roi_pool.figure
def bins_of_box(feature_map: Rows, box: Vector, output_height: int, output_width: int) -> Grid | None:
    """The feature map with the bins of the box framed; they overlap where they share cells."""
    if max(len(feature_map), len(feature_map[0]), output_height * output_width) > WIDEST:
        return None
    x1, y1, x2, y2 = map(int, box)
    frames = []
    for row in range(output_height):
        top, bottom = map(int, ref.bin_range(y2 - y1, output_height, row))
        for column in range(output_width):
            left, right = map(int, ref.bin_range(x2 - x1, output_width, column))
            frames.append(Frame(f"bin {row}, {column}", y1 + top, x1 + left, bottom - top, right - left))
    cells = tuple([tuple([f"{value:g}" for value in row]) for row in feature_map])
    return Grid(f"{output_height}×{output_width} bins on a box of {y2 - y1}×{x2 - x1} cells", cells, tuple(frames))


@ref.roi_pool_at.figure
def one_bin_of_box(
    feature_map: Rows, box: Vector, output_height: int, output_width: int, row: int, column: int
) -> Grid | None:
    """The feature map with the box and this bin framed."""
    whole = bins_of_box(feature_map, box, output_height, output_width)
    if whole is None:
        return None
    x1, y1, x2, y2 = map(int, box)
    framed = (Frame("box", y1, x1, y2 - y1, x2 - x1), whole.frames[row * output_width + column])
    return Grid(whole.title, whole.cells, framed)


@ref.anchors.figure
def anchors_of_place(scales: Vector, ratios: Vector) -> Boxes | None:
    """All anchors around one centre."""
    if len(scales) * len(ratios) > MOST_BOXES:
        return None
    return _around_one_centre("Anchors of one place: those of one scale have one area", scales, ratios)


@ref.anchor_size.figure
def anchor_and_square(scale: float, ratio: float) -> Boxes:
    """The anchor over the square of the same area."""
    return _around_one_centre("An anchor, and the square of its area", (scale,), (1, ratio))


def _around_one_centre(title: str, scales: Vector, ratios: Vector) -> Boxes:
    sizes = ref.anchors(scales, ratios)
    side = max(map(max, sizes))
    names = [f"{scale:g}, ratio {ratio:g}" for scale in scales for ratio in ratios]
    boxes = [
        Box(name, (side - width) / 2, (side - height) / 2, (side + width) / 2, (side + height) / 2)
        for name, (width, height) in zip(names, sizes, strict=True)
    ]
    return Boxes(title, side, side, tuple(boxes))


@ref.yolo_cell.figure
def responsible_cell(
    center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int
) -> Grid | None:
    """The grid with the responsible cell marked."""
    if grid_size > WIDEST:
        return None
    row, column = map(int, ref.yolo_cell(center_x, center_y, image_width, image_height, grid_size))
    cells = [["·"] * grid_size for _ in range(grid_size)]
    cells[row][column] = "●"
    return Grid(
        f"{grid_size}×{grid_size} cells on {image_width}×{image_height} pixels",
        tuple(map(tuple, cells)),
        (Frame("responsible", row, column, 1, 1),),
        f"the centre is at x = {center_x:g}, y = {center_y:g}",
    )


def _boxes(title: str, named: dict[str, Vector], note: str = "") -> Boxes:
    """Boxes over an image that reaches from 0 to the farthest of them."""
    right = max(1.0, *[float(box[2]) for box in named.values()])
    bottom = max(1.0, *[float(box[3]) for box in named.values()])
    return Boxes(title, right, bottom, tuple([Box(name, *map(float, box)) for name, box in named.items()]), note)


@ref.intersection_area.figure
def overlap(box: Vector, other: Vector) -> Boxes:
    """Both boxes, and what they have in common."""
    named = {"box": box, "other": other}
    if ref.intersection_area(box, other):
        corners = (max(box[0], other[0]), max(box[1], other[1]), min(box[2], other[2]), min(box[3], other[3]))
        named["intersection"] = corners
    return _boxes("What two boxes have in common", named)


@ref.iou.figure
def areas_of_iou(box: Vector, other: Vector) -> Boxes:
    """Both boxes and their intersection, with the two areas that are divided."""
    common, union = ref.intersection_area(box, other), ref.union_area(box, other)
    return overlap(box, other)._replace(title="Intersection over union", note=f"{common:g} / {union:g}")


@ref.nms.figure
def kept_boxes(boxes: Rows, scores: Vector, iou_threshold: float) -> Boxes:
    """All boxes, each named by its index, its score, and whether it is kept."""
    kept = ref.nms(tuple(map(tuple, boxes)), scores, iou_threshold)
    named = {}
    for index, (box, score) in enumerate(zip(boxes, scores, strict=True)):
        fate = "kept" if index in kept else "dropped"
        named[f"{index}: {score:g}, {fate}"] = tuple(box)
    return _boxes(f"{len(kept)} of {len(boxes)} boxes are kept", named, f"threshold {iou_threshold:g}")


@ref.average_precision.figure
def precision_over_ranks(hits: Sequence[int], ground_truths: int) -> Curves:
    """Precision, the best precision from there on, and recall, rank by rank."""
    ranks = range(1, len(hits) + 1)
    precisions = [ref.precision_at(hits, rank) for rank in ranks]
    curves = (
        Series("precision", tuple(precisions)),
        Series("best from here on", tuple([max(precisions[place:]) for place in range(len(precisions))])),
        Series("recall", tuple([ref.recall_at(hits, ground_truths, rank) for rank in ranks])),
    )
    return Curves("Precision and recall down the ranking", "rank", "share", tuple(map(float, ranks)), curves)
