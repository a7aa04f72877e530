"""What the running program holds in memory, and what PyTorch holds in a process of its own beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from benchmarks.figures import Row, within
from benchmarks.place import Place
from benchmarks.program import Program, children, resident
from benchmarks.start import HELLO, PROGRAM

#: Half of what a Textual client on Anki's backend holds.
BUDGET_MIB = 45.5
ANSWERS = 50
_CONFIRMED = re.compile(rb"PyTorch [^ ]*\xe2\x9c\x93")  # PyTorch ✓


def rows(computed: Place, large: Place) -> Iterator[Row]:
    """Resident memory, as the system counts it: what other programs share is in it."""
    with Program(HELLO, large.environment()) as hello:
        hello.wait_for(b"Hello, world!")
        hello.drain(1)
        empty = resident(hello.pid)
    held = _after_answers(large.copy("memory", new_per_day=0))
    unlimited = _after_answers(large.copy("memory-unlimited", new_per_day=0, reviews_per_day=9_999))
    note = f"after {ANSWERS} answers, 200 reviews a day; hello-world Textual: {empty:.1f} MiB"
    yield within("memory at 100,000 cards", held, BUDGET_MIB, "MiB", note=note)
    yield Row("memory at 100,000 cards with 5,000 reviews in one sitting", f"{unlimited:.1f} MiB")
    yield from _proving(computed)


def _after_answers(place: Place) -> float:
    with Program([PROGRAM, "study"], place.environment()) as program:
        program.wait_for(b"Question ")
        program.drain(1)
        for _ in range(ANSWERS):
            program.press(b" ")
            program.wait_for(b"The answer of card")
            program.drain(0.02)
            program.press(b"3")
            program.wait_for(b"Question ")
            program.drain(0.02)
        return resident(program.pid)


def _proving(computed: Place) -> Iterator[Row]:
    """A computed card was answered, and confirmed by PyTorch in the referee."""
    with Program([PROGRAM, "study", "b-computed"], computed.environment()) as program:
        program.wait_for(b"An image")
        program.drain(1)
        program.press(b"1\r")
        program.wait_until(_CONFIRMED.search, "PyTorch's opinion", seconds=60)
        held = resident(program.pid)
        referee = sum(map(resident, children(program.pid)))
    yield Row("memory after a computed card", f"{held:.1f} MiB")
    yield Row("memory of the referee (PyTorch), a process of its own", f"{referee:.0f} MiB")
