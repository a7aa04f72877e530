"""`python -m studytui.fitting`: one request on stdin, messages on stdout; started by `process.py` alone."""

from __future__ import annotations

import os
import pickle
import sys


def main() -> None:
    """Answers the request. Whoever asked may be gone by then: a broken pipe is the end."""
    from studytui.fitting.requests import answer
    from studytui.problems import Problem

    out = os.fdopen(os.dup(sys.stdout.fileno()), "wb")

    def tell(*message: object) -> None:
        pickle.dump(message, out)
        out.flush()

    try:
        request = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the program itself, which started this process
        tell("done", answer(request, lambda done, total, what: tell("step", done, total, what)))
    except Problem as problem:
        tell("problem", str(problem))
    except BrokenPipeError:
        os._exit(1)


if __name__ == "__main__":
    main()
