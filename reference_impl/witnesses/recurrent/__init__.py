"""Witnesses of the topic `recurrent`."""

from reference_impl.witnesses.recurrent import (
    brute_cells,
    brute_counts,
    brute_sequences,
    pytorch,
    pytorch_sequences,
)

__all__ = ["brute_cells", "brute_counts", "brute_sequences", "pytorch", "pytorch_sequences"]
