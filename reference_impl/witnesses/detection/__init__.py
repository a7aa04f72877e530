"""Witnesses of the topic `detection`."""

from reference_impl.witnesses.detection import brute_boxes, brute_counts, published, pytorch_boxes, pytorch_counts

__all__ = ["brute_boxes", "brute_counts", "published", "pytorch_boxes", "pytorch_counts"]
