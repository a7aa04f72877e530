"""Mutants that no witness can catch, each with the reason: (file, definition, code before, code after)."""

from __future__ import annotations

EXCUSED: dict[tuple[str, str, str, str], str] = {}
