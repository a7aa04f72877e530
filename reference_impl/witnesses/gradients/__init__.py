"""Witnesses of the topic `gradients`: the quick ones. Those that run PyTorch are loaded when all are asked for."""

from reference_impl.witnesses.gradients import brute_gains, brute_networks

__all__ = ["WITH_PYTORCH", "brute_gains", "brute_networks"]

WITH_PYTORCH = ("pytorch",)
