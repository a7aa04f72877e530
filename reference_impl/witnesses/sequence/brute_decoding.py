"""Brute force for encoder and decoder: unit after unit, token after token, with the textbook's exponentials."""

# ruff: noqa: A002 - `input` is PyTorch's name

from __future__ import annotations

import math
from collections.abc import Sequence

from reference_impl import sequence as ref
from reference_impl.arrays import Matrix, Numbers, Rows, Vector, Weights
from reference_impl.witnesses.recurrent.brute_cells import like, listed, squash


def _next_state(input: Sequence[float], hidden: Sequence[float], weight_ih: Weights, weight_hh: Weights) -> list[float]:
    """Each unit adds up, wire after wire, what it reads of the input and of all units, and squashes it."""
    found = []
    for from_input, from_units in zip(listed(weight_ih), listed(weight_hh), strict=True):
        total = 0.0
        for weight, value in zip(listed(from_input), input, strict=True):
            total += weight * value
        for weight, value in zip(listed(from_units), hidden, strict=True):
            total += weight * value
        found.append(squash(total))
    return found


@ref.encode.witness("brute force")
def read_on(inputs: Vector | Rows, weight_ih: Weights, weight_hh: Weights) -> Numbers:
    """Starts at zeros and replaces the state at each input."""
    state = [0.0] * len(listed(weight_hh))
    for step in inputs:
        state = _next_state(listed(step), state, weight_ih, weight_hh)
    return like(weight_hh if isinstance(weight_hh, (int, float)) else state, state)


@ref.mean_pool.witness("brute force")
def balance_point(inputs: Vector | Rows) -> Numbers:
    """Reads backwards, and moves the mean so far towards each input, by the part that this input has of all so far."""
    mean = [0.0] * len(listed(inputs[-1]))
    for read, step in enumerate(reversed(inputs), 1):
        mean = [middle + (value - middle) / read for middle, value in zip(mean, listed(step), strict=True)]
    return like(inputs[0], mean)


@ref.one_to_many.witness("brute force")
def read_once(input: Numbers, time_steps: int, weight_ih: Weights, weight_hh: Weights) -> Vector | Matrix:
    """Reads the input, then lets the units read nothing but each other."""
    state = _next_state(listed(input), [0.0] * len(listed(weight_hh)), weight_ih, weight_hh)
    states = [like(input, state)]
    while len(states) < time_steps:
        state = [squash(math.fsum(map(math.prod, zip(listed(row), state, strict=True)))) for row in listed(weight_hh)]
        states.append(like(input, state))
    return tuple(states)  # type: ignore[return-value]  # all numbers, or all vectors


def _score(token: int, hidden: Sequence[float], weights: tuple[Rows, Rows, Rows]) -> tuple[list[float], list[float]]:
    """The new state, and the scores, of a decoder that reads the token as a one-hot vector."""
    weight_ih, weight_hh, weight_ho = weights
    read = [0.0] * len(weight_ho)
    read[token] = 1.0
    state = _next_state(read, hidden, weight_ih, weight_hh)
    return state, [math.fsum(map(math.prod, zip(row, state, strict=True))) for row in weight_ho]


def _chances(scores: Sequence[float]) -> list[float]:
    """Each token's odds against every other one: p = 1 / Σ e^(other score − own score)."""
    return [1 / math.fsum([math.exp(min(other - own, 700)) for other in scores]) for own in scores]


def _likeliest(scores: Sequence[float]) -> int:
    """The winner of a knock-out: the token that holds against all others."""
    winner = 0
    for token, score in enumerate(scores):
        if score > scores[winner]:
            winner = token
    return winner


@ref.decoder_scores.witness("brute force")
def scores_by_hand(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    """Multiplies the whole one-hot vector, zeros included."""
    return tuple(_score(token, hidden, (weight_ih, weight_hh, weight_ho))[1])


@ref.decoder_probabilities.witness("brute force")
def odds_of_each(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    """Weighs each token against every other one."""
    return tuple(_chances(_score(token, hidden, (weight_ih, weight_hh, weight_ho))[1]))


@ref.greedy_decode.witness("brute force")
def emit_one_by_one(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, max_length: int, sos: int = 0, eos: int = 1
) -> Vector:
    """Begins anew for each place: reads all that was emitted so far, and appends the likeliest token."""
    written = [sos]
    while len(written) <= max_length and eos not in written[1:]:
        state, scores = list(context), [0.0]
        for token in written:
            state, scores = _score(token, state, (weight_ih, weight_hh, weight_ho))
        written.append(_likeliest(scores))
    return tuple(written[1:])


@ref.teacher_inputs.witness("brute force")
def token_of_the_step_before(target: Sequence[int], sos: int = 0) -> Vector:
    """For each step looks up the true token of the step before; before the first step that is sos."""
    known = {0: sos, **dict(enumerate(target, 1))}
    return tuple([known[step - 1] for step in range(1, len(target) + 1)])


@ref.teacher_forced_loss.witness("brute force")
def probability_along_target(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int = 0
) -> float:
    """Adds up the surprise at each true token, read in turn."""
    state, surprises, read = list(context), [], sos
    for wanted in target:
        state, scores = _score(read, state, (weight_ih, weight_hh, weight_ho))
        surprises.append(_surprise(scores, wanted))
        read = wanted
    return math.fsum(surprises)


@ref.free_running_loss.witness("brute force")
def probability_without_teacher(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int = 0
) -> float:
    """Adds up the surprise at each true token, while the likeliest ones are read."""
    state, surprises, read = list(context), [], sos
    for wanted in target:
        state, scores = _score(read, state, (weight_ih, weight_hh, weight_ho))
        surprises.append(_surprise(scores, wanted))
        read = _likeliest(scores)
    return math.fsum(surprises)


def _surprise(scores: Sequence[float], token: int) -> float:
    """Surprise ln (1 / p), from the odds against the token: ln (1 + Σ of the others' odds)."""
    odds = [math.exp(min(score - scores[token], 700)) for place, score in enumerate(scores) if place != token]
    return math.log1p(math.fsum(odds))
