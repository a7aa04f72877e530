"""Figures of the topic `sequence`: how contexts and tables grow, and what a decoder finds likely."""

# ruff: noqa: FBT001 - `homogeneous` is a boolean, as in the reference

from __future__ import annotations

from collections.abc import Callable, Sequence

from reference_impl import sequence as ref
from reference_impl.arrays import Numbers, Rows, Vector, Weights
from reference_impl.figures import Bar, Bars, Curves, Grid, Series
from reference_impl.figures.recurrent import by_unit, over_time

#: Most steps of a curve, and most cells of a row, that are drawn.
LONGEST, WIDEST = 64, 40


def _over_steps(
    title: str, y_label: str, last: int, curves: dict[str, Callable[[int], int]], *, logarithmic: bool = False
) -> Curves | None:
    """Curves over steps 1 to `last`; one step alone is no curve."""
    if not 1 < last <= LONGEST:
        return None
    steps = range(1, last + 1)
    series = [Series(name, tuple([float(value(step)) for step in steps])) for name, value in curves.items()]
    return Curves(title, "step", y_label, tuple(map(float, steps)), tuple(series), logarithmic)


@ref.context_length.figure
def contexts(step: int, order: int | None) -> Curves | None:
    """The context of every item up to this one: of the whole past, of this order, and of a Markov model."""
    curves: dict[str, Callable[[int], int]] = {"whole past": ref.context_length}
    if order is not None and order > 1:
        curves[f"order {order}"] = lambda item: ref.context_length(item, order)
    curves["Markov"] = lambda item: ref.context_length(item, 1)
    return _over_steps("How many earlier items are looked at", "items", step, curves)


@ref.conditioning_items.figure
def items_so_far(time_steps: int, order: int | None) -> Curves | None:
    """How many items have been looked at in all, up to each step."""
    curves: dict[str, Callable[[int], int]] = {"whole past": ref.conditioning_items}
    if order is not None:
        curves[f"order {order}"] = lambda steps: ref.conditioning_items(steps, order)
    return _over_steps("How many items have been looked at in all", "items", time_steps, curves)


def _tables(num_states: int, time_steps: int, homogeneous: bool) -> Curves | None:
    """The joint table beside that of a Markov model, on a logarithmic axis; with one state nothing is free."""
    if num_states == 1:
        return None
    curves: dict[str, Callable[[int], int]] = {
        "joint": lambda steps: ref.joint_table_size(num_states, steps),
        "Markov": lambda steps: ref.markov_table_size(num_states, steps, homogeneous),
    }
    title = f"Free numbers for {num_states} states"
    return _over_steps(title, "free numbers", time_steps, curves, logarithmic=True)


@ref.joint_table_size.figure
def joint_beside_markov(num_states: int, time_steps: int) -> Curves | None:
    """Both tables, the Markov model homogeneous."""
    return _tables(num_states, time_steps, homogeneous=True)


@ref.markov_table_size.figure
def markov_beside_joint(num_states: int, time_steps: int, homogeneous: bool) -> Curves | None:
    """Both tables."""
    return _tables(num_states, time_steps, homogeneous)


@ref.training_pairs.figure
def shifted_text(text: str) -> Grid | None:
    """The text as it is read, and below it what is to be predicted."""
    if len(text) - 1 > WIDEST:
        return None
    cells = tuple(map(_visible, text))
    return Grid("Inputs above, targets below", (cells[:-1], cells[1:]))


def _visible(character: str) -> str:
    """A character as a cell shows it: a space as a bracket that lies open, what cannot be printed as its escape."""
    return "␣" if character == " " else character if character.isprintable() else ascii(character).strip("'")


@ref.decoder_probabilities.figure
def likely_tokens(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Bars:
    """The probability of each token."""
    probabilities = ref.decoder_probabilities(token, hidden, weight_ih, weight_hh, weight_ho)
    bars = [Bar(f"token {number}", probability) for number, probability in enumerate(probabilities)]
    return Bars("The next token", "probability", tuple(bars))


def _loss_by_step(losses: Callable[[Sequence[int]], float], target: Sequence[int]) -> Bars:
    """What each token of the target adds to the loss."""
    totals = [0.0, *[losses(target[:steps]) for steps in range(1, len(target) + 1)]]
    bars = [
        Bar(f"step {step}: token {token}", max(totals[step] - totals[step - 1], 0.0))
        for step, token in enumerate(target, 1)
    ]
    return Bars("Loss of each step", "nats", tuple(bars))


@ref.teacher_forced_loss.figure
def forced_losses(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int
) -> Bars:
    """What each step adds when the true tokens are read."""
    weights = (weight_ih, weight_hh, weight_ho)
    return _loss_by_step(lambda part: ref.teacher_forced_loss(context, *weights, part, sos), target)


@ref.free_running_loss.figure
def free_losses(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int
) -> Bars:
    """What each step adds when the decoder's own predictions are read."""
    weights = (weight_ih, weight_hh, weight_ho)
    return _loss_by_step(lambda part: ref.free_running_loss(context, *weights, part, sos), target)


@ref.one_to_many.figure
def fading_states(input: Numbers, time_steps: int, weight_ih: Weights, weight_hh: Weights) -> Curves | None:  # noqa: A002 - PyTorch's name
    """The state of each unit at each step: what zeros as input leave of it."""
    states = ref.one_to_many(input, time_steps, weight_ih, weight_hh)
    rows = [state if isinstance(state, tuple) else (state,) for state in states]
    return over_time("Hidden state over time", "hidden state", 1, by_unit(rows))
