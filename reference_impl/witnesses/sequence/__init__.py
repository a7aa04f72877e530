"""Witnesses of the topic `sequence`: the quick ones. Those that run PyTorch are loaded when all are asked for."""

from reference_impl.witnesses.sequence import brute_characters, brute_decoding, brute_tables

__all__ = ["WITH_PYTORCH", "brute_characters", "brute_decoding", "brute_tables"]

WITH_PYTORCH = ("pytorch", "pytorch_decoding")
