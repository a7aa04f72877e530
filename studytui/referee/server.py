"""The referee's server: reads calls of references as JSON lines, answers with what their witnesses say.

A process of its own, so that PyTorch's import stalls nobody. It says `{"ready": …}` once, then answers
`{"id", "reference", "arguments", "value", "only"}` with `{"id", "opinions": [{"name", "value", "agrees", "error",
"seconds"}]}`, or with `{"id", "error"}` when the request itself is at fault. It ends when its input or its parent does.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
import threading
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from collections.abc import Mapping

_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_NICENESS = 10


def main() -> None:
    """Serves until the input ends. The first argument, if any, is the parent's process number."""
    with contextlib.suppress(OSError, AttributeError):  # not everywhere, and not always allowed
        os.nice(_NICENESS)
    _die_with_parent(int(sys.argv[1]) if len(sys.argv) > 1 else None)
    channel = _take_stdout()
    requests: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_read, args=(requests,), daemon=True).start()
    _say(channel, _make_ready())
    while True:
        _say(channel, answer(requests.get()))


def _die_with_parent(parent: int | None) -> None:
    """Asks Linux to kill this process with its parent, also if the parent was killed before it could close the pipe."""
    if parent is None or not sys.platform.startswith("linux"):
        return
    import ctypes

    with contextlib.suppress(OSError, AttributeError):  # a C library without prctl: the end of the input must do
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the signal was set
        os._exit(0)


def _take_stdout() -> TextIO:
    """Keeps standard output for the protocol: whatever else is printed, by C code too, goes to standard error."""
    channel = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return channel


def _read(requests: SimpleQueue[bytes]) -> None:
    """Queues the requests; at the end of the input ends the process at once, whatever it is doing."""
    try:
        for line in sys.stdin.buffer:
            requests.put(line)
    finally:
        os._exit(0)


def _make_ready() -> dict[str, Any]:
    """Loads PyTorch, on one thread; says what there is."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    os.environ.setdefault("MKL_NUM_THREADS", "1")
    from reference_impl.compare import why_no_torch

    missing = why_no_torch()
    if not missing:
        import torch

        torch.set_num_threads(1)
    witnesses = ["brute force"] if missing else ["brute force", "PyTorch"]
    return {"ready": True, "witnesses": witnesses, "missing": missing}


def answer(line: bytes | str) -> dict[str, Any]:
    """The reply to one line. Never raises."""
    from reference_impl.catalogue import find
    from reference_impl.compare import opinions

    number = None
    try:
        request = json.loads(line)
        number = request["id"]
        arguments: Mapping[str, Any] = {name: _tuples(value) for name, value in request["arguments"].items()}
        said = opinions(find(request["reference"]), arguments, _tuples(request["value"]), only=request.get("only"))
    except Exception as error:  # a bad request is told to whoever sent it
        return {"id": number, "error": f"{type(error).__name__}: {error}"}
    fields = ("name", "value", "agrees", "error", "seconds")
    return {"id": number, "opinions": [{field: getattr(opinion, field) for field in fields} for opinion in said]}


def _tuples(value: Any) -> Any:
    """JSON's lists as the tuples that references give."""
    return tuple([_tuples(item) for item in value]) if isinstance(value, list) else value


def _say(channel: TextIO, message: Mapping[str, Any]) -> None:
    try:
        channel.write(json.dumps(message) + "\n")
        channel.flush()
    except OSError:  # nobody listens any more
        os._exit(0)
