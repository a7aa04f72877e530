"""Witnesses of the topic `activations`: the quick ones. Those that run PyTorch are loaded when all are asked for."""

from reference_impl.witnesses.activations import brute

__all__ = ["WITH_PYTORCH", "brute"]

WITH_PYTORCH = ("pytorch",)
