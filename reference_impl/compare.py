"""Hearing the witnesses: what each one computes, and whether it agrees with the reference."""

from __future__ import annotations

import functools
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from reference_impl.arrays import plain
from reference_impl.reference import NoOpinion

if TYPE_CHECKING:
    from reference_impl.reference import Reference, Witness

#: Floats agree within this relative difference, or within this absolute one near zero. Witnesses compute in float64.
RELATIVE = 1e-9
ABSOLUTE = 1e-12

#: Which witnesses are asked: those that need no PyTorch, those that need it, or (None) all.
Only = Literal["quick", "torch"] | None

NO_TORCH = "PyTorch is not installed"


class Opinion(NamedTuple):
    """What one witness says about one value.

    `agrees` is None when the witness could not speak (PyTorch is not installed, say), which counts neither way. `error`
    is why it could not, or what went wrong in it; a witness that fails disagrees.
    """

    name: str
    value: Any
    agrees: bool | None
    error: str = ""
    seconds: float = 0.0


def agree(value: object, opinion: object) -> bool:
    """Whether two values are the same: of one type, integers exactly, floats closely, arrays entry by entry."""
    if type(value) is not type(opinion):
        return False
    if isinstance(value, float) and isinstance(opinion, float):
        return value == opinion or abs(value - opinion) <= max(ABSOLUTE, RELATIVE * max(abs(value), abs(opinion)))
    if isinstance(value, tuple) and isinstance(opinion, tuple):
        return len(value) == len(opinion) and all(map(agree, value, opinion))
    return value == opinion


def opinions(
    reference: Reference[..., object], arguments: Mapping[str, object], value: object, *, only: Only = None
) -> list[Opinion]:
    """What the witnesses say about `value`, in their order. Never raises for what happens inside a witness."""
    value = plain(value)
    if only == "quick":
        chosen = reference.quick_witnesses
    else:
        chosen = tuple([witness for witness in reference.witnesses if only is None or witness.needs_torch])
    return [hear(witness, arguments, value) for witness in chosen]


def hear(witness: Witness, arguments: Mapping[str, object], value: object) -> Opinion:
    """What one witness says about a plain value."""
    if witness.needs_torch and (reason := why_no_torch()):
        return Opinion(witness.name, None, None, reason)
    begun = time.perf_counter()
    try:
        said = plain(witness.function(**arguments))
    except NoOpinion as silence:
        return Opinion(witness.name, None, None, str(silence))
    except Exception as error:
        return Opinion(witness.name, None, agrees=False, error=_told(error))
    return Opinion(witness.name, said, agree(value, said), seconds=time.perf_counter() - begun)


@functools.cache
def why_no_torch() -> str:
    """Why PyTorch cannot be used here, or nothing when it can. Imports it."""
    try:
        import torch  # noqa: F401 - to see whether it loads
    except ModuleNotFoundError as error:
        return NO_TORCH if error.name == "torch" else f"PyTorch cannot be loaded: {_told(error)}"
    except Exception as error:  # a broken installation can raise anything
        return f"PyTorch cannot be loaded: {_told(error)}"
    return ""


def _told(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return f"{type(error).__name__}: {lines[0]}" if lines else type(error).__name__
