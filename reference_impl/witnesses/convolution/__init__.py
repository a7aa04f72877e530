"""Witnesses of the topic `convolution`: the quick ones. Those that run PyTorch are loaded when all are asked for."""

from reference_impl.witnesses.convolution import brute_sizes, brute_values

__all__ = ["WITH_PYTORCH", "brute_sizes", "brute_values"]

WITH_PYTORCH = ("pytorch", "pytorch_more")
