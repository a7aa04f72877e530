"""Brute force for counts and tensors: regions are run one by one, bins, anchors and predictions listed and counted."""

# ruff: noqa: FBT001, FBT002 - `bias` is a boolean, as in PyTorch

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from reference_impl import detection as ref
from reference_impl.arrays import Matrix, Rows, Shape, Vector


@ref.cnn_passes.witness("brute force")
def run_detector(method: str, regions: int) -> int:
    """Goes through the steps of the method and notes each image that enters the convolutions."""
    entered = []
    if method == "R-CNN":
        for region in range(regions):
            entered.append(f"region {region}, warped")  # noqa: PERF401 - one step of the detector each
    else:
        entered.append("the whole image")
    return len(entered)


@ref.spp_length.witness("brute force")
def list_bins(channels: int, levels: Sequence[int]) -> int:
    """Lists the bins of every level, and gives each of them a number from every channel."""
    bins = [(level, row, column) for level in levels for row in range(level) for column in range(level)]
    length = 0
    for _ in range(channels):
        length += len(bins)
    return length


def _cells_of(input_size: int, output_size: int, index: int) -> list[int]:
    """The cells that a bin, of the exact width input_size / output_size, reaches into."""
    # the bin lies between index/output_size and (index + 1)/output_size of the whole: all multiplied by output_size
    return [
        cell
        for cell in range(input_size)
        if (cell + 1) * output_size > index * input_size and cell * output_size < (index + 1) * input_size
    ]


@ref.bin_range.witness("brute force")
def scan_cells(input_size: int, output_size: int, bin_index: int) -> Vector:
    """Goes through the cells and sees which of them the bin reaches into."""
    cells = _cells_of(input_size, output_size, bin_index)
    return (cells[0], cells[-1] + 1)


@ref.roi_pool.witness("brute force")
def hand_out_cells(feature_map: Rows, box: Vector, output_height: int, output_width: int) -> Matrix:
    """Goes through the cells of the box, hands each to the bins that reach into it, and keeps the largest."""
    x1, y1, x2, y2 = map(int, box)
    bins: dict[tuple[int, int], float] = {}
    rows = [_cells_of(y2 - y1, output_height, row) for row in range(output_height)]
    columns = [_cells_of(x2 - x1, output_width, column) for column in range(output_width)]
    for i, cells in enumerate(rows):
        for y in cells:
            for j, places in enumerate(columns):
                for x in places:
                    value = float(feature_map[y1 + y][x1 + x])
                    bins[i, j] = value if value > bins.get((i, j), value) else bins.get((i, j), value)
    return tuple([tuple([bins[i, j] for j in range(output_width)]) for i in range(output_height)])


@ref.roi_pool_at.witness("brute force")
def one_of_the_bins(
    feature_map: Rows, box: Vector, output_height: int, output_width: int, row: int, column: int
) -> float:
    """Makes the whole output and reads off the value."""
    return hand_out_cells(feature_map, box, output_height, output_width)[row][column]


@ref.roi_on_map.witness("brute force")
def paint_pixels(box: Vector, stride: int) -> Vector:
    """Paints the pixels of the box, one column and one row of them, and sees which cells have paint on them."""
    ends = []
    for low, high in ((box[0], box[2]), (box[1], box[3])):
        painted, cell, pixel = [], 0, 0
        while pixel < high:
            if any(low <= each < high for each in range(pixel, pixel + stride)):
                painted.append(cell)
            cell += 1
            pixel += stride
        ends.append((painted[0], painted[-1] + 1))
    (x1, x2), (y1, y2) = ends
    return (x1, y1, x2, y2)


@ref.anchors_per_position.witness("brute force")
def list_pairs(num_scales: int, num_ratios: int) -> int:
    """Lists every scale with every ratio."""
    pairs = [(scale, ratio) for scale in range(num_scales) for ratio in range(num_ratios)]
    return len(pairs)


@ref.anchor_total.witness("brute force")
def visit_places(height: int, width: int, num_anchors: int = 9) -> int:
    """Goes through the places of one row, then through the rows."""
    row = total = 0
    for _ in range(width):
        row += num_anchors
    for _ in range(height):
        total += row
    return total


def _outputs(num_anchors: int, objectness_outputs: int) -> Iterator[str]:
    """The names of the outputs at one place."""
    judged = ["object", "background"] if objectness_outputs == 2 else ["object or not"]
    for anchor in range(num_anchors):
        for name in ("tx", "ty", "tw", "th", *judged):
            yield f"{name} of anchor {anchor}"


@ref.rpn_channels.witness("brute force")
def name_channels(num_anchors: int = 9, objectness_outputs: int = 2) -> int:
    """Names the channels one by one."""
    return len(set(_outputs(num_anchors, objectness_outputs)))


@ref.rpn_parameters.witness("brute force")
def wire_channels(in_channels: int, num_anchors: int = 9, objectness_outputs: int = 2, bias: bool = True) -> int:
    """Wires each output to every input channel, and to its bias."""
    wires = len(range(in_channels + 1) if bias else range(in_channels))
    count = 0
    for _ in _outputs(num_anchors, objectness_outputs):
        count += wires
    return count


def _cell(boxes_per_cell: int, classes: int, version: int) -> list[str]:
    """What one cell predicts, by name."""
    names = [f"class {each}" for each in range(classes)]
    predicted = []
    for box in range(boxes_per_cell):
        predicted += [f"{name} of box {box}" for name in ("x", "y", "width", "height", "confidence")]
        if version == 2:
            predicted += names
    return predicted if version == 2 else predicted + names


@ref.yolo_depth.witness("brute force")
def name_predictions(boxes_per_cell: int, classes: int, version: int = 1) -> int:
    """Names what one cell predicts."""
    return len(_cell(boxes_per_cell, classes, version))


@ref.yolo_output_shape.witness("brute force")
def lay_out_cells(grid_size: int, boxes_per_cell: int, classes: int, version: int = 1) -> Shape:
    """Lays the cells out in rows and columns, and measures the list, one row, one cell."""
    cell = _cell(boxes_per_cell, classes, version)
    row = [cell for _ in range(grid_size)]
    grid = [row for _ in range(grid_size)]
    return (len(grid), len(grid[0]), len(grid[0][0]))


@ref.yolo_output_size.witness("brute force")
def count_predictions(grid_size: int, boxes_per_cell: int, classes: int, version: int = 1) -> int:
    """Goes through the cells of one row, then through the rows."""
    cell = len(_cell(boxes_per_cell, classes, version))
    row = total = 0
    for _ in range(grid_size):
        row += cell
    for _ in range(grid_size):
        total += row
    return total


@ref.yolo_boxes.witness("brute force")
def count_boxes(grid_size: int, boxes_per_cell: int) -> int:
    """Goes through the boxes of one cell, the cells of one row, and the rows."""
    cell = row = total = 0
    for _ in range(boxes_per_cell):
        cell += 1
    for _ in range(grid_size):
        row += cell
    for _ in range(grid_size):
        total += row
    return total


def _strips(center: float, side: int, grid_size: int) -> tuple[int, Fraction]:
    """Walks along one axis to the strip of the grid that holds the centre; how far into it the centre lies."""
    strip, length = 0, Fraction(side, grid_size)
    start, end = Fraction(0), length
    while not start <= Fraction(center) < end:
        strip += 1
        start, end = end, end + length
    return strip, (Fraction(center) - start) / length


@ref.yolo_cell.witness("brute force")
def walk_to_cell(center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int) -> Vector:
    """Walks down the rows and along the columns until the cell holds the centre, on exact fractions."""
    return (_strips(center_y, image_height, grid_size)[0], _strips(center_x, image_width, grid_size)[0])


@ref.yolo_offset.witness("brute force")
def measure_in_cell(center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int) -> Vector:
    """Walks to the cell that holds the centre, and measures how far into it the centre lies, on exact fractions."""
    x, y = _strips(center_x, image_width, grid_size)[1], _strips(center_y, image_height, grid_size)[1]
    return (float(x), float(y))
