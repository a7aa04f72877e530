"""The pages of a quiz's report: rows of text, JSON, Markdown, HTML. Pure: a report goes in, a page comes out."""

from studytui.quiz_pages.data import as_json, list_json
from studytui.quiz_pages.html import as_html
from studytui.quiz_pages.markdown import as_markdown
from studytui.quiz_pages.text import as_text, list_text, rows

__all__ = ["as_html", "as_json", "as_markdown", "as_text", "list_json", "list_text", "rows"]
