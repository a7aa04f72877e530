"""YOLO: the image is cut into a grid, and each cell says at once what lies in it and where.

`version` 1 predicts the classes once for each cell; from version 2 on they are predicted for each box. Sources: Redmon
and others, “You only look once” (2016); Redmon and Farhadi, “YOLO9000” (2017).
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from reference_impl import checks
from reference_impl.arrays import Shape, Vector
from reference_impl.domain import Domain, choice, stepped, whole
from reference_impl.reference import reference

LARGEST_GRID = 1_000
MOST_BOXES = 100
#: YOLO9000 has 9,418.
MOST_CLASSES = 10_000

_HEAD = {
    "grid_size": choice(1, 2, 3, 7, 13, 19),
    "boxes_per_cell": choice(1, 2, 3, 5),
    "classes": choice(1, 3, 10, 20, 80),
    "version": choice(1, 2),
}
_DEPTH = {"boxes_per_cell": whole(1, 9), "classes": choice(1, 2, 3, 5, 10, 20, 80), "version": choice(1, 2)}


@reference(domain=Domain(_DEPTH))
def yolo_depth(boxes_per_cell: int, classes: int, version: int = 1) -> int:
    """Numbers that YOLO predicts for each cell of its grid: five for each box, and one for each class.

    The five are x, y, width, height and confidence. Version 1 has one set of classes for each cell, 5·B + C; version 2
    has one for each box, B·(5 + C).
    """
    checks.whole(1, MOST_BOXES, boxes_per_cell=boxes_per_cell)
    checks.whole(1, MOST_CLASSES, classes=classes)
    checks.one_of((1, 2), version=version)
    # 5·B + C; B·(5 + C)
    return 5 * boxes_per_cell + classes if version == 1 else boxes_per_cell * (5 + classes)


@yolo_depth.slip("In version 1 a cell has one set of classes; from version 2 on each of its boxes has its own.")
def classes_of_the_other_version(boxes_per_cell: int, classes: int, version: int) -> int:
    return yolo_depth(boxes_per_cell, classes, 3 - version)


@yolo_depth.slip("Each box has five numbers: x, y, width, height, and a confidence.")
def confidence_forgotten(boxes_per_cell: int, classes: int, version: int) -> int:
    return yolo_depth(boxes_per_cell, classes, version) - boxes_per_cell


@yolo_depth.slip("A cell predicts several boxes: each of them has its five numbers.")
def one_box(classes: int) -> int:
    return 5 + classes


@yolo_depth.slip("The classes are predicted, too.")
def classes_forgotten(boxes_per_cell: int) -> int:
    return 5 * boxes_per_cell


@reference(domain=Domain(_HEAD))
def yolo_output_shape(grid_size: int, boxes_per_cell: int, classes: int, version: int = 1) -> Shape:
    """Shape of YOLO's output: (grid_size, grid_size, numbers for each cell). 7, 2 and 20 give 7×7×30."""
    checks.whole(1, LARGEST_GRID, grid_size=grid_size)
    # S × S × (5·B + C)
    return (grid_size, grid_size, yolo_depth(boxes_per_cell, classes, version))


@yolo_output_shape.slip("In version 1 a cell has one set of classes; from version 2 on each of its boxes has its own.")
def shape_of_the_other_version(grid_size: int, boxes_per_cell: int, classes: int, version: int) -> Shape:
    return yolo_output_shape(grid_size, boxes_per_cell, classes, 3 - version)


@yolo_output_shape.slip("Each box has five numbers: x, y, width, height, and a confidence.")
def shape_without_confidence(grid_size: int, boxes_per_cell: int, classes: int, version: int) -> Shape:
    return (grid_size, grid_size, confidence_forgotten(boxes_per_cell, classes, version))


@yolo_output_shape.slip("The channels come last here: the output is a grid of cells, each with its numbers.")
def cells_behind(grid_size: int, boxes_per_cell: int, classes: int, version: int) -> Shape:
    return (yolo_depth(boxes_per_cell, classes, version), grid_size, grid_size)


@reference(domain=Domain(_HEAD))
def yolo_output_size(grid_size: int, boxes_per_cell: int, classes: int, version: int = 1) -> int:
    """Numbers in YOLO's whole output: S·S·(5·B + C). 7, 2 and 20 give 1,470.

    From version 2 on S·S·B·(5 + C), since the classes are predicted for each box: 2,450.
    """
    checks.whole(1, LARGEST_GRID, grid_size=grid_size)
    # S·S·(5·B + C)
    return grid_size * grid_size * yolo_depth(boxes_per_cell, classes, version)


@yolo_output_size.slip("In version 1 a cell has one set of classes; from version 2 on each of its boxes has its own.")
def size_of_the_other_version(grid_size: int, boxes_per_cell: int, classes: int, version: int) -> int:
    return yolo_output_size(grid_size, boxes_per_cell, classes, 3 - version)


@yolo_output_size.slip("The grid has rows and columns: multiply by grid_size twice.")
def one_row_of_cells(grid_size: int, boxes_per_cell: int, classes: int, version: int) -> int:
    return grid_size * yolo_depth(boxes_per_cell, classes, version)


@yolo_output_size.slip("Each box has five numbers: x, y, width, height, and a confidence.")
def size_without_confidence(grid_size: int, boxes_per_cell: int, classes: int, version: int) -> int:
    return grid_size * grid_size * confidence_forgotten(boxes_per_cell, classes, version)


@yolo_output_size.slip("Every cell has these numbers: multiply by the cells of the grid.")
def one_cell(boxes_per_cell: int, classes: int, version: int) -> int:
    return yolo_depth(boxes_per_cell, classes, version)


@reference(domain=Domain({"grid_size": whole(1, 20), "boxes_per_cell": whole(1, 9)}))
def yolo_boxes(grid_size: int, boxes_per_cell: int) -> int:
    """Number of boxes that YOLO predicts for one image: S·S·B. A grid of 7 with 2 boxes has 98."""
    checks.whole(1, LARGEST_GRID, grid_size=grid_size)
    checks.whole(1, MOST_BOXES, boxes_per_cell=boxes_per_cell)
    return grid_size * grid_size * boxes_per_cell


@yolo_boxes.slip("The grid has rows and columns: multiply by grid_size twice.")
def boxes_of_one_row(grid_size: int, boxes_per_cell: int) -> int:
    return grid_size * boxes_per_cell


@yolo_boxes.slip("Each cell predicts several boxes: multiply by boxes_per_cell.")
def one_box_per_cell(grid_size: int) -> int:
    return grid_size * grid_size


@yolo_boxes.slip("That is how many numbers the boxes have; each has five.")
def numbers_of_boxes(grid_size: int, boxes_per_cell: int) -> int:
    return 5 * grid_size * grid_size * boxes_per_cell


_CENTERS = Domain(
    {
        "center_x": stepped(0, 640, 0.5),
        "center_y": stepped(0, 480, 0.5),
        "image_width": choice(100, 224, 448, 500, 640),
        "image_height": choice(100, 224, 333, 448, 480),
        "grid_size": choice(3, 4, 7, 13),
    },
    where=lambda center_x, center_y, image_width, image_height, grid_size: (  # noqa: ARG005 - given by name
        center_x < image_width and center_y < image_height
    ),
)


def _scaled(name: str, center: float, side_name: str, side: int) -> int:
    """Twice the centre: a box of whole pixels has its centre on whole or half ones, and so no rounding comes in."""
    checks.number(0, checks.LARGEST, **{name: center})
    if 2 * center != int(2 * center):
        raise ValueError(f"{name} must be a whole or a half number of pixels, not {checks.shown(center)}")
    if center >= side:
        raise ValueError(f"{name} must be below {side_name}, {side}, to lie in the image, not {checks.shown(center)}")
    return int(2 * center)


def _cells(
    center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Row and column, and what is left over of each, in 1 / (2·height) and 1 / (2·width) of a cell."""
    checks.whole(1, image_width=image_width, image_height=image_height)
    checks.whole(1, LARGEST_GRID, grid_size=grid_size)
    x = _scaled("center_x", center_x, "image_width", image_width)
    y = _scaled("center_y", center_y, "image_height", image_height)
    # row = ⌊cy·S / H⌋, col = ⌊cx·S / W⌋
    return divmod(y * grid_size, 2 * image_height), divmod(x * grid_size, 2 * image_width)


@reference(domain=_CENTERS)
def yolo_cell(center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int) -> Vector:
    """Row and column, from 0, of the cell that is responsible for an object: the one that holds its centre.

    Pixels; the centre on whole or half ones. A centre on the line between two cells belongs to the one behind it.
    """
    (row, _), (column, _) = _cells(center_x, center_y, image_width, image_height, grid_size)
    return (row, column)


@yolo_cell.slip("The row comes first, and follows from y; the column follows from x.")
def column_first(center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int) -> Vector:
    return yolo_cell(center_x, center_y, image_width, image_height, grid_size)[::-1]


@yolo_cell.slip("Rows and columns count from 0.")
def counted_from_one(center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int) -> Vector:
    row, column = yolo_cell(center_x, center_y, image_width, image_height, grid_size)
    return (row + 1, column + 1)


@yolo_cell.slip("The cell that holds the centre is asked for: round down, not to the nearest line of the grid.")
def nearest_line(center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int) -> Vector:
    return (int(center_y * grid_size / image_height + 0.5), int(center_x * grid_size / image_width + 0.5))


@yolo_cell.slip("Divide y by the height of the image, and x by its width.")
def width_for_both(center_x: float, center_y: float, image_width: int, grid_size: int) -> Vector:
    return (int(center_y * grid_size / image_width), int(center_x * grid_size / image_width))


@reference(domain=_CENTERS)
def yolo_offset(center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int) -> Vector:
    """Where an object's centre lies in its cell: (x, y), each from 0 at the left and top to 1. What YOLO predicts.

    Pixels; the centre on whole or half ones.
    """
    (_, below), (_, beside) = _cells(center_x, center_y, image_width, image_height, grid_size)
    # x = cx·S / W − col, y = cy·S / H − row
    return (beside / (2 * image_width), below / (2 * image_height))


@yolo_offset.slip("The offset is counted from the cell's own corner, not from that of the image.")
def share_of_image(center_x: float, center_y: float, image_width: int, image_height: int) -> Vector:
    return (center_x / image_width, center_y / image_height)


@yolo_offset.slip("Take the column and the row off: the offset lies between 0 and 1.")
def cell_not_taken_off(center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int) -> Vector:
    return (center_x * grid_size / image_width, center_y * grid_size / image_height)


@yolo_offset.slip("The offset is counted in cells, not in pixels.")
def offset_in_pixels(center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int) -> Vector:
    x, y = yolo_offset(center_x, center_y, image_width, image_height, grid_size)
    return (x * image_width / grid_size, y * image_height / grid_size)


@yolo_offset.slip("Here x comes first, then y; row and column stand the other way round.")
def y_first(center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int) -> Vector:
    return yolo_offset(center_x, center_y, image_width, image_height, grid_size)[::-1]
