"""Textual: the only place that imports it."""
