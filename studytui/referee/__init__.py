"""The subprocess that runs PyTorch witnesses, and its client."""

from studytui.referee.client import Call, Referee

__all__ = ["Call", "Referee"]
