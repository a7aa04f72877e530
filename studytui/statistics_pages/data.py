"""Statistics as data for other programs: one JSON object, whose keys docs/statistics.md lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytui.statistics.model import Statistic, Statistics, Value

#: Digits behind the point: a tenth of a second of a minute, and more than anyone reads of a share.
_DIGITS = 4


def as_json(statistics: Statistics) -> dict[str, object]:
    """All of them by name."""
    return {
        "day": statistics.day,
        "period": statistics.period.key,
        "decks": list(statistics.decks) if statistics.decks is not None else None,
        "search": statistics.search or None,
        "statistics": {statistic.name: _statistic(statistic) for statistic in statistics},
    }


def _statistic(statistic: Statistic) -> dict[str, object]:
    return {
        "title": statistic.title,
        "about": statistic.about,
        "label": statistic.label,
        "labels": list(statistic.labels),
        "series": [
            {"name": series.name, "unit": series.unit, "values": [_number(value) for value in series.values]}
            for series in statistic.series
        ],
        "facts": [{"name": fact.name, "value": _number(fact.value), "unit": fact.unit} for fact in statistic.facts],
    }


def _number(value: Value) -> Value:
    return round(value, _DIGITS) if isinstance(value, float) else value
