"""Witnesses of the topic `recurrent`."""

from reference_impl.witnesses.recurrent import brute_cells, brute_counts, pytorch

__all__ = ["brute_cells", "brute_counts", "pytorch"]
