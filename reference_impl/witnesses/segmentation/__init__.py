"""Witnesses of the topic `segmentation`."""

from reference_impl.witnesses.segmentation import brute, pytorch

__all__ = ["brute", "pytorch"]
