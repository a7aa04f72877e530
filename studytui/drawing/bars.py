"""Bars: one row an amount, told as a number, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.drawing.paper import cut, number, padded, wrapped
from studytui.text import clean_line, display_width

if TYPE_CHECKING:
    from reference_impl.figures import Bar, Bars

#: Fewer bars than this are shown only where there are no more; a bar is at least so many columns long.
FEWEST, SHORTEST = 3, 4
_EIGHTHS = " ▏▎▍▌▋▊▉"


def draw_bars(figure: Bars, width: int, height: int) -> list[str] | None:
    """Title and unit, then the bars in their order. What has no room is the smallest, and is counted."""
    above = wrapped(f"{figure.title} ({figure.unit})" if figure.unit else figure.title, width)
    bars, more = list(figure.bars), ""
    if len(above) + len(bars) > height:
        kept = height - len(above) - 1
        if kept < FEWEST:
            return None
        largest = sorted(range(len(bars)), key=lambda place: bars[place].value, reverse=True)[:kept]
        more = f"… and {len(bars) - kept} smaller ones"
        bars = [bars[place] for place in sorted(largest)]
    if not bars:
        return None
    values = [number(bar.value) for bar in bars]
    wide = max(map(display_width, values))
    labels = _labels(bars, (width - wide - 2) * 2 // 5)
    room = width - max(map(display_width, labels)) - wide - 2
    if room < SHORTEST:
        return None
    margin, most = max(map(display_width, labels)), max(bar.value for bar in bars)
    rows = [
        f"{padded(label, margin)} {padded(drawn(bar.value, most, room), room)} {padded(value, wide, right=True)}"
        for bar, label, value in zip(bars, labels, values, strict=True)
    ]
    return above + rows + ([cut(more, width)] if more else [])


def _labels(bars: list[Bar], most: int) -> list[str]:
    """The labels, within `most` columns: of those that are too long the end is kept, which is where they differ."""
    return [_end(clean_line(bar.label), max(most, 4)) for bar in bars]


def _end(label: str, width: int) -> str:
    while display_width(label) > width:
        label = "…" + label[2:]
    return label


def drawn(value: float, most: float, room: int) -> str:
    """A bar in eighths of a column; what is more than nothing is seen."""
    eighths = round(value / most * room * 8) if most > 0 else 0
    if value > 0:
        eighths = max(eighths, 1)
    return ("█" * (eighths // 8) + _EIGHTHS[eighths % 8]).rstrip()
