"""Figures of the topic `extras`: how the money adds up, year by year."""

from __future__ import annotations

from reference_impl import extras as ref
from reference_impl.figures import Bar, Bars

#: Most years that are drawn.
LONGEST = 20


@ref.total_funding.figure
def paid_so_far(yearly_funding: float, institutes: int, years: int) -> Bars | None:
    """What has been paid to all institutes by the end of each year."""
    if years > LONGEST:
        return None
    bars = [Bar(f"year {year}", ref.total_funding(yearly_funding, institutes, year)) for year in range(1, years + 1)]
    return Bars("Paid so far", "million dollars", tuple(bars))


@ref.yearly_funding.figure
def shared_out(total: float, institutes: int, years: int) -> Bars:
    """The share of one year, of one institute, and the whole of which they are shares."""
    return Bars(
        "How the money is shared out",
        "million dollars",
        (
            Bar("in all", total),
            Bar("one institute", total / institutes),
            Bar("one institute, one year", ref.yearly_funding(total, institutes, years)),
        ),
    )
