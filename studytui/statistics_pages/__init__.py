"""Statistics told: as JSON, and as rows of text with small drawings, for the terminal and for the screen."""

from studytui.statistics_pages.data import as_json
from studytui.statistics_pages.rows import numbers_rows, page_text, statistic_rows

__all__ = ["as_json", "numbers_rows", "page_text", "statistic_rows"]
