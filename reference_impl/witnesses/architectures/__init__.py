"""Witnesses of the topic `architectures`: the quick ones. Those that run PyTorch are loaded when all are asked for."""

from reference_impl.witnesses.architectures import brute_blocks, brute_counts, published

__all__ = ["WITH_PYTORCH", "brute_blocks", "brute_counts", "published"]

WITH_PYTORCH = ("pytorch", "pytorch_blocks")
