"""Regions: how often the convolutions run for them, and how any box becomes a feature of one fixed size.

Sources: Girshick and others, “Rich feature hierarchies” (R-CNN, 2014); He and others, “Spatial pyramid pooling in deep
convolutional networks” (SPPNet, 2014); Girshick, “Fast R-CNN” (2015); `torch.nn.AdaptiveMaxPool2d`.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from reference_impl import checks
from reference_impl.arrays import Matrix, Rows, Vector
from reference_impl.detection.boxes import box_of, boxes_within
from reference_impl.domain import Array, Axis, Domain, array, choice, stepped, whole
from reference_impl.reference import reference

METHODS = ("R-CNN", "SPPNet", "Fast R-CNN", "Faster R-CNN", "YOLO")

MOST_REGIONS = 10_000
#: Bins along one axis, and levels of a pyramid.
MOST_BINS = 64
MOST_LEVELS = 16
LARGEST_STRIDE = 1_000
LARGEST_COORDINATE = 10_000


@reference(domain=Domain({"method": choice(*METHODS), "regions": choice(1, 2, 3, 10, 64, 100, 300, 500, 1000, 2000)}))
def cnn_passes(method: str, regions: int) -> int:
    """Images, whole or cut out, that go through the convolutions to detect the objects of one image.

    R-CNN warps every region and runs the network on each. The others run it once on the whole image: SPPNet and Fast
    R-CNN cut the regions out of the feature map, Faster R-CNN finds them there, YOLO has none. At one image scale.
    """
    checks.one_of(METHODS, method=method)
    checks.whole(1, MOST_REGIONS, regions=regions)
    return regions if method == "R-CNN" else 1


@cnn_passes.slip("R-CNN knows no shared feature map: each region goes through the network by itself.")
def always_shared() -> int:
    return 1


@cnn_passes.slip("Only R-CNN runs the network once per region; the others share one feature map.")
def never_shared(regions: int) -> int:
    return regions


@cnn_passes.slip("R-CNN runs on the regions alone, the others on the whole image alone: nothing runs on both.")
def image_and_regions(method: str, regions: int) -> int:
    return cnn_passes(method, regions) + 1


#: Pyramids of one to six levels, the finest first.
_PYRAMIDS = [levels for count in range(1, 7) for levels in itertools.combinations(range(6, 0, -1), count)]


@reference(
    domain=Domain(
        {
            "channels": choice(1, 2, 3, 4, 8, 10, 16, 32, 50, 64, 96, 100, 128, 256, 384, 512),
            "levels": choice(*_PYRAMIDS),
        }
    )
)
def spp_length(channels: int, levels: Sequence[int]) -> int:
    """Length of the vector that spatial pyramid pooling makes of a feature map of any size.

    A level of n has n×n bins, each with one maximum per channel. 256 channels and levels 4, 2, 1 give 5,376.
    """
    checks.whole(1, channels=channels)
    sides = checks.wholes("levels", levels, 1, MOST_BINS, MOST_LEVELS)
    # C·Σ n²
    return channels * sum(side**2 for side in sides)


@spp_length.slip("A level of n has n×n bins, not n.")
def sides_for_bins(channels: int, levels: Sequence[int]) -> int:
    return channels * sum(levels)


@spp_length.slip("Each bin holds one maximum per channel: multiply by the channels.")
def channels_forgotten(levels: Sequence[int]) -> int:
    return sum(side**2 for side in levels)


@spp_length.slip("The levels are put behind one another: all of them count, not the finest alone.")
def finest_level_only(channels: int, levels: Sequence[int]) -> int:
    return channels * max(levels) ** 2


@spp_length.slip("Square each level before they are added up, not their sum.")
def sum_squared(channels: int, levels: Sequence[int]) -> int:
    return channels * sum(levels) ** 2


@reference(
    domain=Domain(
        {"input_size": whole(1, 24), "output_size": whole(1, 8), "bin_index": whole(0, 7)},
        where=lambda input_size, output_size, bin_index: bin_index < output_size,  # noqa: ARG005 - given by name
    )
)
def bin_range(input_size: int, output_size: int, bin_index: int) -> Vector:
    """Where a bin of RoI pooling begins and ends along one axis: its first cell, and the one behind its last.

    Bins and cells count from 0. Neighbouring bins share a cell where output_size does not divide input_size. Source:
    `torch.nn.AdaptiveMaxPool1d`.
    """
    checks.whole(1, checks.LARGEST_KERNEL, input_size=input_size)
    checks.whole(1, MOST_BINS, output_size=output_size)
    checks.whole(0, bin_index=bin_index)
    if bin_index >= output_size:
        raise ValueError(f"bin_index must be below output_size, {output_size}, not {bin_index}")
    return _bin(input_size, output_size, bin_index)


def _bin(input_size: int, output_size: int, index: int) -> tuple[int, int]:
    # ⌊i·H / oh⌋ to ⌈(i + 1)·H / oh⌉
    return index * input_size // output_size, -((index + 1) * input_size // -output_size)


@bin_range.slip("A bin ends behind every cell that it reaches into: round its end up, so that bins may overlap.")
def without_overlap(input_size: int, output_size: int, bin_index: int) -> Vector:
    return (bin_index * input_size // output_size, (bin_index + 1) * input_size // output_size)


@bin_range.slip("Bins are not all of ⌊input_size / output_size⌋ cells: no cell is left out at the far end.")
def equal_bins(input_size: int, output_size: int, bin_index: int) -> Vector:
    side = input_size // output_size
    return (bin_index * side, (bin_index + 1) * side)


@bin_range.slip("A bin begins with the first cell that it reaches into: round its start down.")
def start_rounded_up(input_size: int, output_size: int, bin_index: int) -> Vector:
    return (-(bin_index * input_size // -output_size), _bin(input_size, output_size, bin_index)[1])


_MAP: dict[str, Axis | Array] = {
    "feature_map": array(5, 6, of=stepped(-2, 9, 0.5)),
    "box": choice(*boxes_within(6, 5)),
    "output_height": whole(1, 3),
    "output_width": whole(1, 3),
}


def _crop(feature_map: Rows, box: Any) -> Matrix:
    """The cells of the box, as floats."""
    rows = checks.matrix("feature_map", feature_map)
    x1, y1, x2, y2 = checks.wholes("box", box_of("box", box), 0, LARGEST_COORDINATE, 4)
    if x2 > len(rows[0]) or y2 > len(rows):
        raise ValueError(f"box must lie on the feature map, which is {len(rows[0])} wide and {len(rows)} high")
    return tuple([tuple(map(float, row[x1:x2])) for row in rows[y1:y2]])


def _bin_values(crop: Matrix, output_height: int, output_width: int, row: int, column: int) -> list[float]:
    """The values of the bin."""
    top, bottom = _bin(len(crop), output_height, row)
    left, right = _bin(len(crop[0]), output_width, column)
    return [value for line in crop[top:bottom] for value in line[left:right]]


@reference(domain=Domain(_MAP))
def roi_pool(feature_map: Rows, box: Vector, output_height: int, output_width: int) -> Matrix:
    """RoI pooling: the maximum of each bin of a box, whatever its size, as (output_height, output_width).

    feature_map (H, W), one channel; box (x1, y1, x2, y2) in its cells, x2 and y2 behind the last. Bin (i, j) of a box
    of h×w cells has the rows ⌊i·h / oh⌋ to ⌈(i + 1)·h / oh⌉, columns alike. Source: `torch.nn.AdaptiveMaxPool2d`.
    """
    crop = _crop(feature_map, box)
    checks.whole(1, MOST_BINS, output_height=output_height, output_width=output_width)
    return tuple(
        [
            tuple([max(_bin_values(crop, output_height, output_width, row, column)) for column in range(output_width)])
            for row in range(output_height)
        ]
    )


@roi_pool.slip("RoI pooling takes the maximum of each bin, not the average.")
def averages(feature_map: Rows, box: Vector, output_height: int, output_width: int) -> Matrix:
    crop = _crop(feature_map, box)
    rows = []
    for row in range(output_height):
        bins = [_bin_values(crop, output_height, output_width, row, column) for column in range(output_width)]
        rows.append(tuple([sum(values) / len(values) for values in bins]))
    return tuple(rows)


@roi_pool.slip("A bin takes in every cell that it reaches into: round its end up, so that bins may overlap.")
def rows_without_overlap(feature_map: Rows, box: Vector, output_height: int, output_width: int) -> Matrix:
    places = itertools.product(range(output_height), range(output_width))
    found = [bins_without_overlap(feature_map, box, output_height, output_width, *place) for place in places]
    return tuple([tuple(found[first : first + output_width]) for first in range(0, len(found), output_width)])


@roi_pool.slip("The box alone is pooled, not the whole feature map.")
def whole_map(feature_map: Rows, output_height: int, output_width: int) -> Matrix:
    return roi_pool(feature_map, _whole(feature_map), output_height, output_width)


def _whole(feature_map: Rows) -> Vector:
    return (0, 0, len(feature_map[0]), len(feature_map))


@roi_pool.slip("Columns are counted by x and rows by y; the box was read with its axes swapped.")
def box_turned(feature_map: Rows, box: Vector, output_height: int, output_width: int) -> Matrix:
    return roi_pool(feature_map, (box[1], box[0], box[3], box[2]), output_height, output_width)


@roi_pool.slip("The column x2 and the row y2 lie behind the box; they do not belong to it.")
def one_cell_more(feature_map: Rows, box: Vector, output_height: int, output_width: int) -> Matrix:
    return roi_pool(feature_map, (*box[:2], box[2] + 1, box[3] + 1), output_height, output_width)


@reference(
    domain=Domain(
        {**_MAP, "row": whole(0, 2), "column": whole(0, 2)},
        where=lambda output_height, output_width, row, column, **_: row < output_height and column < output_width,
    )
)
def roi_pool_at(feature_map: Rows, box: Vector, output_height: int, output_width: int, row: int, column: int) -> float:
    """One value of `roi_pool`: the maximum of the bin at this row and column, which count from 0."""
    crop = _crop(feature_map, box)
    checks.whole(1, MOST_BINS, output_height=output_height, output_width=output_width)
    checks.whole(0, row=row, column=column)
    if row >= output_height or column >= output_width:
        raise ValueError(
            f"row and column must be a bin of the output, which is {output_height}×{output_width}, "
            f"not ({row}, {column})"
        )
    return max(_bin_values(crop, output_height, output_width, row, column))


@roi_pool_at.slip("RoI pooling takes the maximum of each bin, not the average.")
def average_here(feature_map: Rows, box: Vector, output_height: int, output_width: int, row: int, column: int) -> float:
    return averages(feature_map, box, output_height, output_width)[row][column]


@roi_pool_at.slip("A bin takes in every cell that it reaches into: round its end up, so that bins may overlap.")
def bins_without_overlap(
    feature_map: Rows, box: Vector, output_height: int, output_width: int, row: int, column: int
) -> float:
    crop = _crop(feature_map, box)
    top, bottom = without_overlap(len(crop), output_height, row)
    left, right = without_overlap(len(crop[0]), output_width, column)
    return max([value for line in crop[int(top) : int(bottom)] for value in line[int(left) : int(right)]])


@roi_pool_at.slip("The row is counted downwards, the column to the right.")
def row_and_column_swapped(
    feature_map: Rows, box: Vector, output_height: int, output_width: int, row: int, column: int
) -> float:
    return roi_pool_at(feature_map, box, output_height, output_width, column, row)


@roi_pool_at.slip("The box alone is pooled, not the whole feature map.")
def whole_map_here(feature_map: Rows, output_height: int, output_width: int, row: int, column: int) -> float:
    return roi_pool_at(feature_map, _whole(feature_map), output_height, output_width, row, column)


@reference(
    domain=Domain({"box": choice(*boxes_within(7, 7, 9), *boxes_within(5, 6, 16)), "stride": choice(2, 5, 8, 16)})
)
def roi_on_map(box: Vector, stride: int) -> Vector:
    """Cells of the feature map that a box of the image reaches into: (x1, y1, x2, y2), x2 and y2 behind the last.

    box in whole pixels of the image; stride: pixels of the image from one cell to the next. Fast R-CNN's own code
    rounds all four to the nearest cell instead.
    """
    x1, y1, x2, y2 = checks.wholes("box", box_of("box", box), 0, LARGEST_COORDINATE, 4)
    checks.whole(1, LARGEST_STRIDE, stride=stride)
    # ⌊x1 / s⌋, ⌊y1 / s⌋, ⌈x2 / s⌉, ⌈y2 / s⌉
    return (x1 // stride, y1 // stride, -(x2 // -stride), -(y2 // -stride))


@roi_on_map.slip("The box has coordinates of the image; divide them by the stride of the feature map.")
def not_scaled(box: Vector) -> Vector:
    return tuple(box)


@roi_on_map.slip("The far sides are rounded up, so that the cells there are not lost.")
def all_rounded_down(box: Vector, stride: int) -> Vector:
    return tuple([corner // stride for corner in box])


@roi_on_map.slip("Cells that the box reaches into in part belong to it, too.")
def whole_cells_only(box: Vector, stride: int) -> Vector:
    x1, y1, x2, y2 = box
    return (-(x1 // -stride), -(y1 // -stride), x2 // stride, y2 // stride)
