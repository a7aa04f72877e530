"""Numbers of statistics in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from studytui.statistics.model import Fact, Value

#: Stands where there is nothing to take a share of.
NOTHING = "–"


def told(value: Value) -> str:
    """A number: whole ones whole, others with one digit behind the point, from 1000 on with none."""
    if value is None:
        return NOTHING
    if isinstance(value, int):
        return str(value)
    return f"{value:.1f}" if abs(value) < 1000 else f"{value:.0f}"


def with_unit(value: Value, unit: str) -> str:
    """A number with its unit: `88.1 %`, `3 h 25 min`, `1 card`."""
    if value is None:
        return NOTHING
    if unit == "minutes" and value >= 60:
        hours, minutes = divmod(round(value), 60)
        return f"{hours} h {minutes:02} min"
    if unit in {"minutes", "seconds"}:
        unit = {"minutes": "min", "seconds": "s"}[unit]
    elif value == 1 and unit.endswith("s"):
        unit = unit.removesuffix("s")
    return f"{told(value)} {unit}".rstrip()


def fact_text(fact: Fact) -> str:
    """`tomorrow: 12 cards`."""
    return f"{fact.name}: {with_unit(fact.value, fact.unit)}"
