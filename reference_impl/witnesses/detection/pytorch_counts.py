"""PyTorch for counts and tensors: layers are built or run on the meta device, bins are found by autograd."""

# ruff: noqa: FBT001, FBT002 - `bias` is a boolean, as in PyTorch

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reference_impl import detection as ref
from reference_impl.arrays import Matrix, Rows, Shape, Vector, plain

if TYPE_CHECKING:
    from torch import Tensor, nn


@ref.cnn_passes.witness("PyTorch")
def images_seen(method: str, regions: int) -> int:
    """Runs a convolution on what the method gives it, and counts the images in its output."""
    import torch
    from torch.nn import functional

    image = torch.empty(1, 3, 8, 8, device="meta")
    entering = image.expand(regions, -1, -1, -1) if method == "R-CNN" else image
    return int(functional.conv2d(entering, torch.empty(4, 3, 3, 3, device="meta")).shape[0])


@ref.spp_length.witness("PyTorch")
def pooled_lengths(channels: int, levels: Sequence[int]) -> int:
    """The length of adaptive_max_pool2d's outputs, flattened and put behind one another."""
    import torch
    from torch.nn import functional

    features = torch.empty(channels, 13, 13, device="meta")
    pooled = [functional.adaptive_max_pool2d(features, level).flatten() for level in levels]
    return int(torch.cat(pooled).numel())


@ref.bin_range.witness("PyTorch")
def cells_with_gradient(input_size: int, output_size: int, bin_index: int) -> Vector:
    """Autograd: the cells that have a gradient from one output of adaptive_avg_pool1d."""
    import torch
    from torch.nn import functional

    cells = torch.zeros(1, 1, input_size, requires_grad=True)
    functional.adaptive_avg_pool1d(cells, output_size)[0, 0, bin_index].backward()
    touched = cells.grad.nonzero()[:, -1].tolist()
    return (touched[0], touched[-1] + 1)


@ref.roi_pool.witness("PyTorch")
def adaptive_max_pool2d_of_crop(feature_map: Rows, box: Vector, output_height: int, output_width: int) -> Matrix:
    """The values of adaptive_max_pool2d on the crop."""
    import torch
    from torch.nn import functional

    x1, y1, x2, y2 = map(int, box)
    crop = torch.tensor(feature_map, dtype=torch.float64)[y1:y2, x1:x2]
    matrix: Matrix = plain(functional.adaptive_max_pool2d(crop[None], (output_height, output_width))[0])
    return matrix


@ref.roi_pool_at.witness("PyTorch")
def one_of_the_pooled(
    feature_map: Rows, box: Vector, output_height: int, output_width: int, row: int, column: int
) -> float:
    """One of the values of adaptive_max_pool2d on the crop."""
    return adaptive_max_pool2d_of_crop(feature_map, box, output_height, output_width)[row][column]


@ref.roi_on_map.witness("PyTorch")
def pooled_paint(box: Vector, stride: int) -> Vector:
    """Paints the columns and the rows of the box, and pools them: the cells that are not 0."""
    import torch
    from torch.nn import functional

    ends = []
    for low, high in ((int(box[0]), int(box[2])), (int(box[1]), int(box[3]))):
        pixels = torch.zeros(1, 1, high)
        pixels[..., low:] = 1
        cells = functional.max_pool1d(functional.pad(pixels, (0, stride)), stride)[0, 0]
        painted = cells.nonzero()[:, 0].tolist()
        ends.append((painted[0], painted[-1] + 1))
    (x1, x2), (y1, y2) = ends
    return (x1, y1, x2, y2)


@ref.anchors_per_position.witness("PyTorch")
def cartesian_product(num_scales: int, num_ratios: int) -> int:
    """The rows of torch.cartesian_prod."""
    import torch

    return int(torch.cartesian_prod(torch.arange(num_scales), torch.arange(num_ratios)).shape[0])


def _head(in_channels: int, num_anchors: int, objectness_outputs: int, *, bias: bool) -> nn.ModuleList:
    """The two 1×1 convolutions, one for the offsets and one for the objectness."""
    from torch import nn

    widths = (4 * num_anchors, objectness_outputs * num_anchors)
    return nn.ModuleList([nn.Conv2d(in_channels, width, 1, bias=bias, device="meta") for width in widths])


@ref.anchor_total.witness("PyTorch")
def objectness_map(height: int, width: int, num_anchors: int = 9) -> int:
    """The values of a 1×1 convolution that gives one number for each anchor."""
    import torch
    from torch.nn import functional

    features = torch.empty(1, 1, height, width, device="meta")
    return int(functional.conv2d(features, torch.empty(num_anchors, 1, 1, 1, device="meta")).numel())


@ref.rpn_channels.witness("PyTorch")
def channels_of_head(num_anchors: int = 9, objectness_outputs: int = 2) -> int:
    """The channels that the two 1×1 convolutions give."""
    import torch

    features = torch.empty(1, 1, 1, 1, device="meta")
    return int(
        torch.cat([layer(features) for layer in _head(1, num_anchors, objectness_outputs, bias=True)], 1).shape[1]
    )


@ref.rpn_parameters.witness("PyTorch")
def parameters_of_head(in_channels: int, num_anchors: int = 9, objectness_outputs: int = 2, bias: bool = True) -> int:
    """The parameters of the two 1×1 convolutions."""
    head = _head(in_channels, num_anchors, objectness_outputs, bias=bias)
    return sum(each.numel() for each in head.parameters())


def _output(grid_size: int, boxes_per_cell: int, classes: int, version: int) -> Tensor:
    """YOLO's output, put together from boxes and classes."""
    import torch

    boxes = torch.empty(grid_size, grid_size, boxes_per_cell, 5, device="meta")
    if version == 1:
        per_cell = torch.empty(grid_size, grid_size, classes, device="meta")
        return torch.cat([boxes.flatten(2), per_cell], dim=2)
    per_box = torch.empty(grid_size, grid_size, boxes_per_cell, classes, device="meta")
    return torch.cat([boxes, per_box], dim=3).flatten(2)


@ref.yolo_depth.witness("PyTorch")
def depth_of_tensor(boxes_per_cell: int, classes: int, version: int = 1) -> int:
    """The depth of the tensor."""
    return int(_output(1, boxes_per_cell, classes, version).shape[-1])


@ref.yolo_output_shape.witness("PyTorch")
def shape_of_tensor(grid_size: int, boxes_per_cell: int, classes: int, version: int = 1) -> Shape:
    """The shape of the tensor."""
    return tuple(_output(grid_size, boxes_per_cell, classes, version).shape)


@ref.yolo_output_size.witness("PyTorch")
def size_of_tensor(grid_size: int, boxes_per_cell: int, classes: int, version: int = 1) -> int:
    """The numbers in the tensor."""
    return int(_output(grid_size, boxes_per_cell, classes, version).numel())


@ref.yolo_boxes.witness("PyTorch")
def rows_of_boxes(grid_size: int, boxes_per_cell: int) -> int:
    """The rows of the tensor when there is one row for each box."""
    return int(_output(grid_size, boxes_per_cell, 1, 2).view(-1, 6).shape[0])


def _strip(center: float, side: int, grid_size: int) -> int:
    """The strip of the grid that holds the centre, by torch.searchsorted."""
    import torch

    # whole numbers: everything is multiplied by 2·grid_size
    lines = torch.arange(grid_size + 1) * 2 * side
    return int(torch.searchsorted(lines, int(2 * center) * grid_size, right=True)) - 1


def _between_lines(center: float, side: int, grid_size: int) -> float:
    """How far the centre is from the line before it to the line behind it: the weights that mix the two lines to it."""
    import torch

    strip = _strip(center, side, grid_size)
    lines = torch.linspace(0, side, grid_size + 1, dtype=torch.float64)[strip : strip + 2]
    mixture = torch.linalg.solve(torch.stack([lines, torch.ones_like(lines)]), lines.new_tensor([center, 1.0]))
    return float(mixture[1])


@ref.yolo_cell.witness("PyTorch")
def searchsorted_cell(center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int) -> Vector:
    """torch.searchsorted among the lines of the grid."""
    return (_strip(center_y, image_height, grid_size), _strip(center_x, image_width, grid_size))


@ref.yolo_offset.witness("PyTorch")
def mixtures_of_lines(center_x: float, center_y: float, image_width: int, image_height: int, grid_size: int) -> Vector:
    """torch.linalg.solve: how much of the line behind the centre, and of that before it, makes the centre."""
    return (_between_lines(center_x, image_width, grid_size), _between_lines(center_y, image_height, grid_size))
