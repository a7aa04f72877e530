"""Witnesses of the topic `sequence`."""

from reference_impl.witnesses.sequence import brute_characters, brute_decoding, brute_tables, pytorch, pytorch_decoding

__all__ = ["brute_characters", "brute_decoding", "brute_tables", "pytorch", "pytorch_decoding"]
