"""Witnesses of the topic `extras`: money is handed out year by year, and laid out as a table."""

from __future__ import annotations

from fractions import Fraction

from reference_impl import extras as ref


@ref.total_funding.witness("brute force")
def pay_every_year(yearly_funding: float, institutes: int, years: int) -> float:
    """Pays each institute in each year, and adds up."""
    paid = yearly_funding - yearly_funding
    for _ in range(years):
        for _ in range(institutes):
            paid += yearly_funding
    return paid


@ref.total_funding.witness("PyTorch")
def sum_of_table(yearly_funding: float, institutes: int, years: int) -> float:
    """The sum of a tensor with a row for each institute and a column for each year."""
    import torch

    kind = torch.int64 if isinstance(yearly_funding, int) else torch.float64
    total: float = torch.full((institutes, years), yearly_funding, dtype=kind).sum().item()
    return total


@ref.institute_funding.witness("brute force")
def pay_in_rounds(total: float, institutes: int, years: int) -> float:
    """Pays every institute an exact share each year, and empties the first one's account at the end."""
    accounts = [Fraction(0)] * institutes
    for _ in range(years):
        accounts = [account + Fraction(total) / (institutes * years) for account in accounts]
    return float(accounts[0])


@ref.institute_funding.witness("PyTorch")
def row_of_table(total: float, institutes: int, years: int) -> float:
    """The sum of one row of a table of institutes and years in which all entries are equal and add up to the total."""
    import torch

    table = torch.ones(institutes, years, dtype=torch.float64)
    return float((table * (total / table.sum()))[0].sum())


@ref.yearly_funding.witness("brute force")
def hand_out_shares(total: float, institutes: int, years: int) -> float:
    """Cuts the total into one exact share for each institute and year, and takes one."""
    shares = [(institute, year) for institute in range(institutes) for year in range(years)]
    return float(Fraction(total) / len(shares))


@ref.yearly_funding.witness("PyTorch")
def mean_of_table(total: float, institutes: int, years: int) -> float:
    """The mean of a table of institutes and years in which one entry holds all the money."""
    import torch

    table = torch.zeros(institutes, years, dtype=torch.float64)
    table[-1, -1] = total
    return float(table.mean())
