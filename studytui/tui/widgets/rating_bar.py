"""The four ratings with the interval that each one gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.widget import Widget

from studytui.memory.model import Rating
from studytui.text import display_width

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events

_COLOURS = {
    Rating.AGAIN: "$text-error",
    Rating.HARD: "$text-warning",
    Rating.GOOD: "$text-success",
    Rating.EASY: "$text-primary",
}


class RatingBar(Widget):
    """`1 again 1m  2 hard 6m  [3 good 10m]  4 easy 8d`: the suggested rating stands in brackets."""

    DEFAULT_CSS = """
    RatingBar { height: auto; max-height: 2; padding: 0 1; background: $boost; }
    """

    class Chosen(Message):
        """A rating was clicked."""

        def __init__(self, rating: Rating) -> None:
            super().__init__()
            self.rating = rating

    def __init__(self) -> None:
        super().__init__()
        self._intervals: Mapping[Rating, str] = {}
        self._suggested: Rating | None = None
        self._places: list[tuple[int, int, int, Rating]] = []

    def show(self, intervals: Mapping[Rating, str], suggested: Rating) -> None:
        """Shows the intervals of a card that was just judged."""
        self._intervals, self._suggested = intervals, suggested
        self.refresh(layout=True)

    def _labels(self) -> list[tuple[Rating, str]]:
        labels = []
        for rating, interval in self._intervals.items():
            label = f"{rating.value} {rating.name.lower()} {interval}"
            labels.append((rating, f"[{label}]" if rating is self._suggested else f" {label} "))
        return labels

    def get_content_height(self, _container: object, _viewport: object, width: int) -> int:
        """One row, or two where the terminal is narrow."""
        return 1 if sum(display_width(label) + 1 for _, label in self._labels()) <= width + 1 else 2

    def render(self) -> Content:
        """The ratings side by side, on two rows where one has no room."""
        labels = self._labels()
        per_row = 4 if self.content_size.height < 2 else 2
        self._places = []
        rows = []
        for start in range(0, len(labels), per_row):
            parts, used = [], 0
            for rating, label in labels[start : start + per_row]:
                style = f"bold {_COLOURS[rating]}" if rating is self._suggested else _COLOURS[rating]
                parts.append(Content.styled(label, style))
                self._places.append((start // per_row, used, used + display_width(label), rating))
                used += display_width(label) + 1
            rows.append(Content(" ").join(parts))
        return Content("\n").join(rows)

    def on_click(self, event: events.Click) -> None:
        """A click on a rating gives it."""
        offset = event.get_content_offset(self)
        for row, start, end, rating in self._places:
            if offset is not None and offset.y == row and start <= offset.x < end:
                self.post_message(self.Chosen(rating))
                return
