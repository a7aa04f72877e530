"""Witnesses of the topic `recurrent`: the quick ones. Those that run PyTorch are loaded when all are asked for."""

from reference_impl.witnesses.recurrent import brute_cells, brute_counts, brute_sequences

__all__ = ["WITH_PYTORCH", "brute_cells", "brute_counts", "brute_sequences"]

WITH_PYTORCH = ("pytorch", "pytorch_sequences")
