"""Published: figures of the papers, where there are some."""

# ruff: noqa: FBT001, FBT002 - `bias` is a boolean, as in PyTorch

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from reference_impl import detection as ref
from reference_impl.arrays import Shape
from reference_impl.reference import NoOpinion

T = TypeVar("T")


def _printed(table: Mapping[Any, T], *arguments: object) -> T:
    if arguments not in table:
        raise NoOpinion("no paper prints this figure")
    return table[arguments]


@ref.spp_length.witness("published")
def pyramids(channels: int, levels: Sequence[int]) -> int:
    """He and others, “Spatial pyramid pooling in deep convolutional networks” (2014), section 4.1: 256×50."""
    return _printed({(256, (6, 3, 2, 1)): 12_800}, channels, tuple(levels))


@ref.anchors_per_position.witness("published")
def default_anchors(num_scales: int, num_ratios: int) -> int:
    """Ren and others, “Faster R-CNN” (2015), section 3.1.1: 3 scales and 3 ratios yield 9 anchors."""
    return _printed({(3, 3): 9}, num_scales, num_ratios)


@ref.rpn_parameters.witness("published")
def output_layer(in_channels: int, num_anchors: int = 9, objectness_outputs: int = 2, bias: bool = True) -> int:
    """Ren and others, “Faster R-CNN” (2015), section 3.1.1: 512 × (4 + 2) × 9 for VGG-16, rounded there to 2.8·10⁴."""
    return _printed({(512, 9, 2, False): 27_648}, in_channels, num_anchors, objectness_outputs, bias)


@ref.yolo_output_shape.witness("published")
def tensors(grid_size: int, boxes_per_cell: int, classes: int, version: int = 1) -> Shape:
    """Redmon and others, “You only look once” (2016), section 2: 7×7×30. “YOLO9000” (2017), section 3: 13×13×125."""
    table: dict[object, Shape] = {(7, 2, 20, 1): (7, 7, 30), (13, 5, 20, 2): (13, 13, 125)}
    return _printed(table, grid_size, boxes_per_cell, classes, version)


@ref.yolo_boxes.witness("published")
def boxes_per_image(grid_size: int, boxes_per_cell: int) -> int:
    """Redmon and others, “You only look once” (2016), section 2.3: 98 boxes per image."""
    return _printed({(7, 2): 98}, grid_size, boxes_per_cell)
