"""The referee's process: started when PyTorch's witnesses are first asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Future

    from reference_impl.compare import Opinion
    from studytui.deck.model import Call
    from studytui.referee.client import Referee


class Witnesses:
    """PyTorch's witnesses, asked through a referee."""

    def __init__(self, referee: Referee | None = None) -> None:
        self._referee = referee

    def ask(self, calls: Sequence[Call], heard: Callable[[Mapping[int, Sequence[Opinion]]], None]) -> None:
        """Asks PyTorch's witnesses about calls; `heard` is called from another thread with their opinions by call."""
        if self._referee is None:
            from studytui.referee.client import Referee

            self._referee = Referee()
        for number, call in enumerate(calls):
            self._referee.ask([call]).add_done_callback(partial(_tell, heard, number))

    def close(self) -> None:
        """Ends the referee's process."""
        if self._referee is not None:
            self._referee.close()


def _tell(
    heard: Callable[[Mapping[int, Sequence[Opinion]]], None], number: int, asked: Future[tuple[Opinion, ...]]
) -> None:
    heard({number: asked.result()})
