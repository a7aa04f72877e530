"""Witnesses of the topic `detection`: the quick ones. Those that run PyTorch are loaded when all are asked for."""

from reference_impl.witnesses.detection import brute_boxes, brute_counts, published

__all__ = ["WITH_PYTORCH", "brute_boxes", "brute_counts", "published"]

WITH_PYTORCH = ("pytorch_boxes", "pytorch_counts")
