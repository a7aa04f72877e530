"""When garbage is collected: looking through what stays anyway would cost a key press milliseconds."""

from __future__ import annotations

import gc

#: Whether start-up has been set aside. Python could tell, but counts every object for it.
_is_kept = False


def keep_what_is_there() -> None:
    """Garbage is collected from now on, but all that has been made stays and is never looked at again."""
    global _is_kept  # noqa: PLW0603 - as the collector's own state is
    _is_kept = True
    gc.freeze()
    gc.enable()


def let_what_is_there_be_old() -> None:
    """What has been made is looked at last; where start-up is kept, that would undo it, and nothing is done."""
    if not _is_kept:
        gc.freeze()
        gc.unfreeze()
