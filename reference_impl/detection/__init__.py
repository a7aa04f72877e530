"""Object detection: regions, anchors, YOLO's grid, boxes and what is left of them, and how good the detections are."""

from reference_impl.detection.boxes import intersection_area, iou, union_area
from reference_impl.detection.precision import average_precision, precision_at, recall_at
from reference_impl.detection.proposals import (
    anchor_box,
    anchor_size,
    anchor_total,
    anchors,
    anchors_per_position,
    rpn_channels,
    rpn_parameters,
)
from reference_impl.detection.regions import bin_range, cnn_passes, roi_on_map, roi_pool, roi_pool_at, spp_length
from reference_impl.detection.regression import decode_box, encode_box
from reference_impl.detection.suppression import nms
from reference_impl.detection.yolo import (
    yolo_boxes,
    yolo_cell,
    yolo_depth,
    yolo_offset,
    yolo_output_shape,
    yolo_output_size,
)

# In the order in which one learns them, which is that of the catalogue.
__all__ = [  # noqa: RUF022 - not that of the alphabet
    "cnn_passes",
    "spp_length",
    "bin_range",
    "roi_pool_at",
    "roi_pool",
    "roi_on_map",
    "anchors_per_position",
    "anchor_size",
    "anchors",
    "anchor_box",
    "anchor_total",
    "rpn_channels",
    "rpn_parameters",
    "encode_box",
    "decode_box",
    "yolo_cell",
    "yolo_offset",
    "yolo_depth",
    "yolo_output_shape",
    "yolo_output_size",
    "yolo_boxes",
    "intersection_area",
    "union_area",
    "iou",
    "nms",
    "precision_at",
    "recall_at",
    "average_precision",
]
