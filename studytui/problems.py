"""The one base of every error that a user can cause: its text is the whole message, with what to do next."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 - a problem of the user's world, not an error of the program
    """Something outside the program is not as it must be."""
