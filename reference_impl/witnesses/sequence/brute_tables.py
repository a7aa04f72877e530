"""Brute force for probabilities and tables: intervals are cut, sequences and histories are listed and counted."""

# ruff: noqa: FBT001, FBT002 - `homogeneous` is a boolean, as in the reference

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from fractions import Fraction

from reference_impl import sequence as ref
from reference_impl.arrays import Rows, Vector


@ref.chain_probability.witness("brute force")
def cut_shorter_and_shorter(conditionals: Vector) -> float:
    """Takes a stick of length 1 and cuts off, each time, the share that does not go on. Exact fractions."""
    left = Fraction(1)
    for probability in conditionals:
        left -= (1 - Fraction(probability)) * left
    return float(left)


@ref.markov_probability.witness("brute force")
def cut_an_interval(initial: Vector, transition: Rows, sequence: Sequence[int]) -> float:
    """Cuts the interval from 0 to 1 into a piece for each first item, that piece into one for each second item, ….

    All sequences together fill the interval, so the length of its piece is a sequence's probability. Exact fractions.
    """
    begin, end = Fraction(0), Fraction(1)
    row: Sequence[float] = initial
    for item in sequence:
        bounds = [begin]
        for probability in row:
            bounds.append(bounds[-1] + Fraction(probability) * (end - begin))
        begin, end = bounds[item : item + 2]
        row = transition[item]
    return float(end - begin)


@ref.joint_table_size.witness("brute force")
def fill_tables_by_history(num_states: int, time_steps: int) -> int:
    """By the chain rule: goes from item to item, and gives each history a row in which all states but one are free."""
    free, histories = 0, 1
    for _ in range(time_steps):
        free += histories * (num_states - 1)
        histories = sum([histories] * num_states)  # each history goes on in as many ways
    return free


@ref.markov_table_size.witness("brute force")
def list_free_cells(num_states: int, time_steps: int, homogeneous: bool = True) -> int:
    """Names the table that each step behind the first reads, then goes through their rows and counts the free cells."""
    tables = {2 if homogeneous else step for step in range(2, time_steps + 1)}
    free = num_states - 1
    for _ in tables:
        for _ in range(num_states):
            free += num_states - 1
    return free


@ref.context_length.witness("brute force")
def remember_items(step: int, order: int | None = None) -> int:
    """Goes along the sequence with a memory of so many items, and looks into it when the item is reached."""
    memory: deque[int] = deque(maxlen=order)
    for item in range(1, step):
        memory.append(item)
    return len(memory)


@ref.conditioning_items.witness("brute force")
def look_at_each(time_steps: int, order: int | None = None) -> int:
    """Goes along the sequence once, and counts what is in its memory at each item."""
    memory: deque[int] = deque(maxlen=order)
    looked_at = 0
    for item in range(1, time_steps + 1):
        looked_at += len(memory)
        memory.append(item)
    return looked_at
