"""The search language: a line of text becomes a tree of terms, or an explained error. Nothing here finds any card."""

from __future__ import annotations

from studytui.search.parse import SearchError, parse
from studytui.search.tree import Query, unparse

__all__ = ["Query", "SearchError", "parse", "unparse"]
