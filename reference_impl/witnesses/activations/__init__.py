"""Witnesses of the topic `activations`."""

from reference_impl.witnesses.activations import brute, pytorch

__all__ = ["brute", "pytorch"]
