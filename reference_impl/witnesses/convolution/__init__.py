"""Witnesses of the topic `convolution`."""

from reference_impl.witnesses.convolution import brute_sizes, brute_values, pytorch, pytorch_more

__all__ = ["brute_sizes", "brute_values", "pytorch", "pytorch_more"]
