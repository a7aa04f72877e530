"""The reference models: closed forms, a whole network's table, one step of an LSTM, and the sweep of all witnesses."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.figures import Row, within
from reference_impl.catalogue import references
from reference_impl.recurrent import lstm_step

if TYPE_CHECKING:
    from reference_impl.reference import Reference

CLOSED_FORM, STEP, SWEEP = 10.0, 1.0, 60.0
#: Types of arguments of a closed form: numbers alone, no lists, and no text, which would name a network.
NUMBERS = {"int", "float", "bool", "int | None"}
#: Input size and hidden size of the LSTM cells.
CELLS = ((3, 3), (10, 20), (32, 64))
TESTS = Path(__file__).parents[1] / "tests" / "unit" / "test_reference_witnesses.py"


def rows(rounds: int) -> Iterator[Row]:
    """Medians, in this process; the sweep is the tests' own, in a process of its own."""
    yield _closed_forms(rounds)
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


def _lstm_step(input_size: int, hidden_size: int, rounds: int) -> Row:
    """Both are given arrays that are ready, and compute in float64 on one thread."""
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
    subprocess.run([sys.executable, "-m", "pytest", "-q", str(TESTS)], check=True, capture_output=True)
    return within("every witness over its whole domain, PyTorch loaded", time.perf_counter() - begun, SWEEP, "s")


def _median(work: Callable[[], object], rounds: int) -> float:
    """Seconds."""
    taken = []
    for _ in range(rounds + 2):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken[2:])
