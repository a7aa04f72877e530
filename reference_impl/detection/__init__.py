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

__all__ = [
    "anchor_box",
    "anchor_size",
    "anchor_total",
    "anchors",
    "anchors_per_position",
    "average_precision",
    "bin_range",
    "cnn_passes",
    "decode_box",
    "encode_box",
    "intersection_area",
    "iou",
    "nms",
    "precision_at",
    "recall_at",
    "roi_on_map",
    "roi_pool",
    "roi_pool_at",
    "rpn_channels",
    "rpn_parameters",
    "spp_length",
    "union_area",
    "yolo_boxes",
    "yolo_cell",
    "yolo_depth",
    "yolo_offset",
    "yolo_output_shape",
    "yolo_output_size",
]
