"""Witnesses of the topic `gradients`."""

from reference_impl.witnesses.gradients import brute_gains, brute_networks, pytorch

__all__ = ["brute_gains", "brute_networks", "pytorch"]
