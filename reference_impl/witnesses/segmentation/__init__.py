"""Witnesses of the topic `segmentation`: the quick ones. Those that run PyTorch are loaded when all are asked for."""

from reference_impl.witnesses.segmentation import brute

__all__ = ["WITH_PYTORCH", "brute"]

WITH_PYTORCH = ("pytorch",)
