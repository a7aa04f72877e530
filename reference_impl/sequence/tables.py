"""How much a model of sequences has to remember: table sizes, and how many earlier items are looked at.

Items are counted from 1: item t has t − 1 items before it.
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - `homogeneous` is given by place or name in decks

from __future__ import annotations

from reference_impl import checks
from reference_impl.domain import Domain, choice, flag, whole
from reference_impl.reference import reference

MOST_STATES = 1_000
#: Most items of a sequence whose table is counted, and of one whose conditions are.
LONGEST_TABLE = 64
LONGEST = 1_000

_TABLES = {"num_states": whole(1, 8), "time_steps": whole(1, 12)}


@reference(domain=Domain(_TABLES))
def joint_table_size(num_states: int, time_steps: int) -> int:
    """Free numbers in the joint distribution of `time_steps` items that can each be in one of `num_states` states.

    One probability for each sequence, less one: they add up to 1. With 4 states and 5 items that is 1,023.
    """
    _check_table(num_states, time_steps)
    # K^T − 1
    return int(num_states**time_steps) - 1


def _check_table(num_states: int, time_steps: int) -> None:
    checks.whole(1, MOST_STATES, num_states=num_states)
    checks.whole(1, LONGEST_TABLE, time_steps=time_steps)


@joint_table_size.slip("The probabilities add up to 1, so the last one is fixed by the others: one less is free.")
def last_one_counted(num_states: int, time_steps: int) -> int:
    return int(num_states**time_steps)


@joint_table_size.slip("Each item multiplies the number of sequences by the number of states; it does not add to it.")
def states_times_items(num_states: int, time_steps: int) -> int:
    return num_states * time_steps


@joint_table_size.slip("Each of T items has K states: K^T sequences, not T^K.")
def base_and_exponent_swapped(num_states: int, time_steps: int) -> int:
    return int(time_steps**num_states) - 1


@joint_table_size.slip("That holds for independent items; a joint distribution has a number for each whole sequence.")
def independent_tables(num_states: int, time_steps: int) -> int:
    return (num_states - 1) * time_steps


@joint_table_size.slip("Only the whole table adds up to 1: one is subtracted once, at the end, not from each item.")
def one_less_everywhere(num_states: int, time_steps: int) -> int:
    return int((num_states - 1) ** time_steps)


@reference(domain=Domain({**_TABLES, "homogeneous": flag()}))
def markov_table_size(num_states: int, time_steps: int, homogeneous: bool = True) -> int:
    """Free numbers in a first-order Markov model: the distribution of the first item, and what follows each state.

    `homogeneous` models use one transition table at all steps, others one at each of the T − 1 steps. With 4 states
    and 5 items that is 15 and 51.
    """
    _check_table(num_states, time_steps)
    checks.flag(homogeneous=homogeneous)
    # (K − 1) + K·(K − 1), or (K − 1) + (T − 1)·K·(K − 1); a single item has nothing that follows it
    transitions = min(1, time_steps - 1) if homogeneous else time_steps - 1
    return (num_states - 1) + transitions * num_states * (num_states - 1)


@markov_table_size.slip("Homogeneous means: the same transition table at every step; else each step has its own.")
def other_homogeneity(num_states: int, time_steps: int, homogeneous: bool) -> int:
    return markov_table_size(num_states, time_steps, not homogeneous)


@markov_table_size.slip("Every row adds up to 1, so one number of each is fixed by the others.")
def rows_not_fixed(num_states: int, time_steps: int, homogeneous: bool) -> int:
    transitions = min(1, time_steps - 1) if homogeneous else time_steps - 1
    return num_states + transitions * num_states**2


@markov_table_size.slip("The first item follows nothing: its own distribution, K − 1 numbers, is needed, too.")
def first_item_forgotten(num_states: int, time_steps: int, homogeneous: bool) -> int:
    return markov_table_size(num_states, time_steps, homogeneous) - (num_states - 1)


@markov_table_size.slip("A Markov model looks at the item just before only; that is the table of the whole past.")
def whole_joint_table(num_states: int, time_steps: int) -> int:
    return joint_table_size(num_states, time_steps)


@markov_table_size.slip("Each state has a row of its own in the transition table: K rows of K − 1 numbers.")
def one_row_only(num_states: int, time_steps: int, homogeneous: bool) -> int:
    transitions = min(1, time_steps - 1) if homogeneous else time_steps - 1
    return (num_states - 1) * (1 + transitions)


_ORDERS = choice(None, 1, 2, 3, 5, 8, 12)


@reference(domain=Domain({"step": whole(1, 24), "order": _ORDERS}))
def context_length(step: int, order: int | None = None) -> int:
    """How many earlier items the model of item `step` looks at; the first item is number 1.

    All of them without `order`; an autoregressive model of order τ looks at the last τ, or at those that there are. A
    Markov model has order 1.
    """
    checks.whole(1, LONGEST, step=step)
    _check_order(order)
    # t − 1, or min(t − 1, τ)
    return step - 1 if order is None else min(step - 1, order)


def _check_order(order: int | None) -> None:
    if order is not None:
        checks.whole(1, LONGEST, order=order)


@context_length.slip("An item is not among those that it is predicted from: item t has t − 1 items before it.")
def item_itself_counted(step: int, order: int | None) -> int:
    return step if order is None else min(step, order)


@context_length.slip("An autoregressive model of order τ forgets what is more than τ items back.")
def whole_past(step: int) -> int:
    return step - 1


@context_length.slip("Near the beginning there are fewer than τ items to look at.")
def always_order(step: int, order: int | None) -> int:
    return step - 1 if order is None else order


@context_length.slip("That is a Markov model; this one looks at more than the item just before.")
def item_before_only(step: int) -> int:
    return min(step - 1, 1)


@reference(domain=Domain({"time_steps": whole(1, 24), "order": _ORDERS}))
def conditioning_items(time_steps: int, order: int | None = None) -> int:
    """How many items are looked at in all when each of `time_steps` items is modelled: the sum of `context_length`.

    T·(T − 1)/2 without `order`.
    """
    checks.whole(1, LONGEST, time_steps=time_steps)
    _check_order(order)
    # Σ_{t=1..T} min(t − 1, τ): a triangle while the context grows, then τ at each step
    growing = time_steps if order is None else min(time_steps, order)
    return growing * (growing - 1) // 2 + (time_steps - growing) * growing


@conditioning_items.slip("Item t has t − 1 items before it, the first one none: T·(T − 1)/2, not T·(T + 1)/2.")
def items_themselves_counted(time_steps: int, order: int | None) -> int:
    growing = time_steps if order is None else min(time_steps, order)
    return growing * (growing + 1) // 2 + (time_steps - growing) * growing


@conditioning_items.slip("A pair of items counts once: the earlier one is looked at for the later one, not both ways.")
def both_ways(time_steps: int, order: int | None) -> int:
    return 2 * conditioning_items(time_steps, order)


@conditioning_items.slip("That is the context of the last item; those of all the others are added to it.")
def last_context_only(time_steps: int, order: int | None) -> int:
    return context_length(time_steps, order)


@conditioning_items.slip("Every item but the first looks at one item at least; the context of item t is t − 1, or τ.")
def one_each(time_steps: int) -> int:
    return time_steps - 1
