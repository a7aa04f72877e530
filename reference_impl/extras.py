"""Extras: the sums of money in the news that the notes quote."""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from reference_impl import checks
from reference_impl.domain import Domain, stepped, whole
from reference_impl.reference import reference

#: Most institutes, and most years.
MOST = 1_000


def _check(institutes: int, years: int) -> None:
    checks.whole(1, MOST, institutes=institutes, years=years)


@reference(domain=Domain({"yearly_funding": stepped(0.5, 8, 0.5), "institutes": whole(1, 12), "years": whole(1, 5)}))
def total_funding(yearly_funding: float, institutes: int, years: int) -> float:
    """All the money, in million dollars, when each institute gets the same amount each year for so many years.

    yearly_funding: million dollars a year for one institute. Whole amounts give a whole total. Eleven institutes with 4
    a year for five years get 220. Source: the National Science Foundation (2021), on its institutes for AI research.
    """
    checks.number(0, yearly_funding=yearly_funding)
    _check(institutes, years)
    # total = yearly · institutes · years
    return yearly_funding * institutes * years


@total_funding.slip("The amount comes every year: multiply by the years, too.")
def years_forgotten(yearly_funding: float, institutes: int) -> float:
    return yearly_funding * institutes


@total_funding.slip("Each institute gets the amount: multiply by the institutes, too.")
def institutes_forgotten(yearly_funding: float, years: int) -> float:
    return yearly_funding * years


@total_funding.slip("Each institute gets the amount in each year: multiply institutes by years, do not add them.")
def institutes_and_years_added(yearly_funding: float, institutes: int, years: int) -> float:
    return yearly_funding * (institutes + years)


_TOTALS = Domain({"total": whole(0, 20), "institutes": whole(1, 12), "years": whole(1, 5)}) | Domain(
    {"total": stepped(1.5, 226.5, 25), "institutes": whole(1, 12), "years": whole(1, 5)}
)


@reference(domain=_TOTALS)
def institute_funding(total: float, institutes: int, years: int) -> float:
    """Million dollars that one institute gets in all, when a total is shared out evenly; it lasts for all the years.

    220 for eleven institutes are 20 for each of them, over however many years. Source: the National Science Foundation
    (2021), on its institutes for AI research.
    """
    checks.number(0, total=total)
    _check(institutes, years)
    # part = total / institutes
    return total / institutes


@institute_funding.slip("The total is for all years together: what an institute gets in all is not multiplied by them.")
def read_as_yearly(total: float, institutes: int, years: int) -> float:
    return total / institutes * years


@institute_funding.slip("That is what an institute gets in one year; in all it gets as much for each of the years.")
def one_year_only(total: float, institutes: int, years: int) -> float:
    return total / (institutes * years)


@institute_funding.slip("The money is shared out over the institutes: divide by them, do not multiply.")
def multiplied_by_institutes(total: float, institutes: int) -> float:
    return float(total * institutes)


@reference(domain=_TOTALS)
def yearly_funding(total: float, institutes: int, years: int) -> float:
    """Million dollars that one institute gets in one year, when a total is shared out evenly.

    220 for eleven institutes over five years are 4 a year for each of them: 20 each, but over five years. Source: the
    National Science Foundation (2021), on its institutes for AI research.
    """
    checks.number(0, total=total)
    _check(institutes, years)
    # yearly = total / (institutes · years)
    return total / (institutes * years)


@yearly_funding.slip("That is what an institute gets in all: it has to last for all the years.")
def all_years_in_one(total: float, institutes: int) -> float:
    return total / institutes


@yearly_funding.slip("That is the money of one year for all institutes together: divide by the institutes, too.")
def all_institutes_together(total: float, years: int) -> float:
    return total / years


@yearly_funding.slip("The money is shared out over the years: divide by them, do not multiply.")
def multiplied_by_years(total: float, institutes: int, years: int) -> float:
    return total / institutes * years
