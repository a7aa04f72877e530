"""Witnesses of the topic `architectures`."""

from reference_impl.witnesses.architectures import brute_blocks, brute_counts, published, pytorch, pytorch_blocks

__all__ = ["brute_blocks", "brute_counts", "published", "pytorch", "pytorch_blocks"]
