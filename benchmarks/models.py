"""The reference models: closed forms, a whole network's table, one step of an LSTM, and the sweep of all witnesses."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from benchmarks.figures import Row, within
from reference_impl.architectures.tables import VARIANTS, build_table
from reference_impl.catalogue import references
from reference_impl.recurrent import lstm_step

if TYPE_CHECKING:
    from reference_impl.reference import Reference

#: Microseconds, microseconds, a share of PyTorch's time, the same of its cell's, seconds.
CLOSED_FORM, TABLE, SHARE_OF_BUILDING, STEP, SWEEP = 10.0, 200.0, 1 / 30, 1.0, 60.0
#: Types of arguments of a closed form: numbers alone, no lists, and no text, which would name a network.
NUMBERS = {"int", "float", "bool", "int | None"}
#: Input size and hidden size of the LSTM cells.
CELLS = ((3, 3), (10, 20), (32, 64))
TESTS = Path(__file__).parents[1] / "tests" / "unit" / "test_reference_witnesses.py"


def rows(rounds: int) -> Iterator[Row]:
    """Medians, in this process; the sweep is the tests' own, in a process of its own."""
    yield _closed_forms(rounds)
    yield from _tables(rounds)
    for input_size, hidden_size in CELLS:
        yield _lstm_step(input_size, hidden_size, rounds)
    yield _sweep()


def _closed_forms(rounds: int) -> Row:
    """The slowest of the references that take numbers alone, each over its own draws."""
    taken = {each.name: _microseconds_a_call(each, rounds) for each in references() if _is_closed_form(each)}
    slowest = max(taken, key=lambda name: taken[name])
    note = f"{slowest}; the median of {len(taken)} is {statistics.median(taken.values()):.1f} µs"
    return within("a closed form, the slowest", taken[slowest], CLOSED_FORM, "µs", note=note)


def _is_closed_form(reference: Reference[..., object]) -> bool:
    return all(parameter.type in NUMBERS for parameter in reference.parameters)


def _microseconds_a_call(reference: Reference[..., object], rounds: int) -> float:
    draws = [arguments for arguments, _ in zip(reference.draws(1, 100), range(100), strict=False)]

    def all_draws() -> None:
        for arguments in draws:
            reference(**arguments)

    return 1e6 * _median(all_draws, rounds) / len(draws)


def _tables(rounds: int) -> Iterator[Row]:
    """Every net in every variant: its table computed anew, beside its modules built on the meta device."""
    from reference_impl.witnesses.architectures.torch_nets import build

    tables, shares = {}, {}
    for name, variant in [(name, variant) for name, variants in VARIANTS.items() for variant in variants]:
        net = f"{name} ({variant})"
        tables[net] = 1e6 * _median(partial(build_table, name, variant, aux_heads=False, input_size=224), rounds)
        shares[net] = tables[net] / (1e6 * _median(partial(build, name, variant, aux_heads=False), 3))
    slowest, nearest = max(tables, key=lambda net: tables[net]), max(shares, key=lambda net: shares[net])
    yield within("a whole network's table, the slowest", tables[slowest], TABLE, "µs", note=slowest)
    yield Row(
        "a whole network's table beside building it on the meta device, the nearest",
        f"1/{1 / shares[nearest]:.0f} ({nearest}, {len(shares)} nets)",
        f"1/{1 / SHARE_OF_BUILDING:.0f}",
        shares[nearest] <= SHARE_OF_BUILDING,
    )


def _lstm_step(input_size: int, hidden_size: int, rounds: int) -> Row:
    """Both are given arrays that are ready, and compute in float64 on one thread."""
    import numpy as np
    import torch

    torch.set_num_threads(1)
    source = np.random.default_rng(1)
    cell = torch.nn.LSTMCell(input_size, hidden_size, dtype=torch.float64)
    arguments: dict[str, Any] = {
        "input": source.normal(size=input_size),
        "hidden": source.normal(size=hidden_size),
        "cell": source.normal(size=hidden_size),
        "weight_ih": source.normal(size=(4 * hidden_size, input_size)),
        "weight_hh": source.normal(size=(4 * hidden_size, hidden_size)),
        "bias": source.normal(size=4 * hidden_size),
    }
    x, h, c = (torch.tensor(arguments[name]) for name in ("input", "hidden", "cell"))
    ours, theirs = [], []
    with torch.inference_mode():
        for _ in range(5):  # in turn
            ours.append(_median(lambda: lstm_step(**arguments), 20 * rounds))
            theirs.append(_median(lambda: cell(x, (h, c)), 20 * rounds))
    mine, its = statistics.median(ours), statistics.median(theirs)
    what = f"`recurrent.lstm_step`, {input_size} inputs and {hidden_size} units, beside nn.LSTMCell"
    return within(what, mine / its, STEP, "×", note=f"{1e6 * mine:.1f} µs against {1e6 * its:.1f} µs")


def _sweep() -> Row:
    begun = time.perf_counter()
    subprocess.run([sys.executable, "-m", "pytest", "-q", "-n", "2", str(TESTS)], check=True, capture_output=True)
    what = "every witness over its whole domain, on two cores"
    return within(what, time.perf_counter() - begun, SWEEP, "s", note=f"{len(references())} references")


def _median(work: Callable[[], object], rounds: int) -> float:
    """Seconds."""
    taken = []
    for _ in range(rounds + 2):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken[2:])
