"""What arguments must be: every function here raises ValueError with one sentence that names the argument and the rule.

The bounds are generous for any network that is built, and keep every computation and every witness to milliseconds.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeGuard

from reference_impl.arrays import Matrix, Vector, np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from reference_impl.arrays import Operand

#: Largest size along an axis, and largest number of channels or units.
LARGEST = 100_000
#: Largest kernel, and largest dilation, along an axis.
LARGEST_KERNEL = 1_000
LARGEST_DILATION = 100
#: Most numbers along one axis of an array, and largest magnitude of a number.
LONGEST = 64
LARGEST_NUMBER = 1e6

_LARGEST_SQUARE = LARGEST_NUMBER**2
_NUMBERS = frozenset((int, float))
_LISTS = frozenset((tuple, list))


def whole(least: int, most: int = LARGEST, /, **values: object) -> None:
    """Whole numbers from `least` to `most`."""
    for name, value in values.items():
        if type(value) is not int or not least <= value <= most:
            raise ValueError(_not_whole(name, value, least, most))


def _not_whole(name: str, value: object, least: int, most: int) -> str:
    if type(value) is int and value > most:
        return f"{name} must be at most {most:,}, not {shown(value)}"
    return f"{name} must be a whole number of at least {least}, not {shown(value)}"


def flag(**values: object) -> None:
    """True or False."""
    for name, value in values.items():
        if type(value) is not bool:
            raise ValueError(f"{name} must be True or False, not {shown(value)}")


def one_of(choices: Sequence[object], /, **values: object) -> None:
    """One of a few values, of the same type."""
    for name, value in values.items():
        if not any(type(value) is type(choice) and value == choice for choice in choices):
            listed = ", ".join(map(shown, choices[:-1])) + f" or {shown(choices[-1])}"
            raise ValueError(f"{name} must be {listed}, not {shown(value)}")


def divides(divisor_name: str, divisor: int, /, **values: int) -> None:
    """The divisor leaves no remainder."""
    for name, value in values.items():
        if value % divisor:
            raise ValueError(f"{name} must be divisible by {divisor_name}: {divisor} does not divide {value}")


def number(least: float = -LARGEST_NUMBER, most: float = LARGEST_NUMBER, /, **values: object) -> None:
    """Numbers from `least` to `most`; never infinite and never NaN."""
    for name, value in values.items():
        if not _is_number(value) or not least <= value <= most:
            raise ValueError(f"{name} must be a number from {_bound(least)} to {_bound(most)}, not {shown(value)}")


def wholes(name: str, values: object, least: int, most: int, longest: int) -> tuple[int, ...]:
    """A list of whole numbers from `least` to `most`, at least one and at most `longest` of them."""
    if not isinstance(values, (tuple, list)) or not 1 <= len(values) <= longest:
        raise ValueError(f"{name} must be a list of 1 to {longest} whole numbers, not {shown(values)}")
    for value in values:
        whole(least, most, **{f"every entry of {name}": value})
    return tuple(values)


def vector(name: str, values: Any, longest: int = LONGEST) -> Vector:
    """A list of at least one and at most `longest` numbers; whole numbers stay whole."""
    if hasattr(values, "tolist"):
        values = values.tolist()
    if not isinstance(values, (tuple, list)) or not 1 <= len(values) <= longest:
        raise ValueError(f"{name} must be a list of 1 to {longest} numbers, not {shown(values)}")
    for value in values:
        if (type(value) is not float and type(value) is not int) or not -LARGEST_NUMBER <= value <= LARGEST_NUMBER:
            number(**{f"every entry of {name}": value})
    return tuple(values)


def matrix(name: str, rows: Any, longest: int = LONGEST) -> Matrix:
    """A list of rows of numbers, all rows equally long; whole numbers stay whole."""
    if hasattr(rows, "tolist"):
        rows = rows.tolist()
    if not isinstance(rows, (tuple, list)) or not 1 <= len(rows) <= longest:
        raise ValueError(f"{name} must be a list of 1 to {longest} rows of numbers, not {shown(rows)}")
    checked = tuple([vector(f"each row of {name}", row) for row in rows])
    width = len(checked[0])
    for row in checked:
        if len(row) != width:
            raise ValueError(f"{name} must have rows of one length, not of {width} and of {len(row)}")
    return checked


def maps(name: str, values: Any, longest: int = LONGEST) -> tuple[Matrix, ...]:
    """A list of at most `longest` maps (C, H, W): matrices of one height and one width."""
    checked = tuple([matrix(f"each map of {name}", rows, longest) for rows in steps(name, values, longest, "maps")])
    height, width = len(checked[0]), len(checked[0][0])
    for rows in checked:
        if (len(rows), len(rows[0])) != (height, width):
            raise ValueError(
                f"{name} must have maps of one size, not of {height}×{width} and of {len(rows)}×{len(rows[0])}"
            )
    return checked


def steps(name: str, values: Any, longest: int, called: str = "steps") -> Sequence[Any]:
    """A list of at least one and at most `longest` steps, or what they are called; what they hold is not looked at."""
    if hasattr(values, "tolist"):
        values = values.tolist()
    if not isinstance(values, (tuple, list)) or not 1 <= len(values) <= longest:
        raise ValueError(f"{name} must be a list of 1 to {longest} {called}, not {shown(values)}")
    return values


def elements(least: float = -LARGEST_NUMBER, most: float = LARGEST_NUMBER, /, **values: object) -> None:
    """Numbers from `least` to `most`, or vectors of such numbers."""
    for name, value in values.items():
        if _is_number(value):
            number(least, most, **{name: value})
        else:
            for entry in vector(name, value):
                number(least, most, **{f"every entry of {name}": entry})


def same_length(**values: object) -> None:
    """All numbers, or all lists of one length."""
    (first, pattern), *rest = values.items()
    for name, value in rest:
        if _extent(value) != _extent(pattern):
            raise ValueError(f"{name} must be {_extent(pattern)} like {first}, not {_extent(value)}")


def _extent(value: Any) -> str:
    if _is_number(value):
        return "one number"
    return f"a list of {len(value)}" if hasattr(value, "__len__") else shown(value)


def layer(
    blocks: int,
    input_: object,
    hidden: object,
    weight_ih: object,
    weight_hh: object,
    /,
    *,
    input_name: str = "input",
    **biases: object,
) -> list[Operand]:
    """The arguments of a recurrent layer, in their order, ready to compute with.

    Arrays: input (n,), hidden (H,), weight_ih (blocks·H, n), weight_hh (blocks·H, H), biases (blocks·H,). With one
    block, if the input is a number, all of them are.
    """
    if blocks == 1 and _is_number(input_):
        values = {input_name: input_, "hidden": hidden, "weight_ih": weight_ih, "weight_hh": weight_hh, **biases}
        number(**values)
        return [float(value) for value in values.values()]  # type: ignore[arg-type]  # numbers, as just checked
    features, units = floats(input_name, input_, 1), floats("hidden", hidden, 1)
    rows = blocks * len(units)
    return [
        features,
        units,
        _stacked("weight_ih", weight_ih, (rows, len(features)), len(units)),
        _stacked("weight_hh", weight_hh, (rows, len(units)), len(units)),
        *[_stacked(name, bias, (rows,), len(units)) for name, bias in biases.items()],
    ]


def cell(input_: Any, hidden: Any, weight_ih: Any, weight_hh: Any, bias: Any, /) -> tuple[Any, Any, Any, Any, Any]:
    """What `layer` takes with one block and one bias, as plain numbers: a cell of few units needs no numpy."""
    if _is_number(input_):
        number(input=input_, hidden=hidden, weight_ih=weight_ih, weight_hh=weight_hh, bias=bias)
        return input_, hidden, weight_ih, weight_hh, bias
    features, units = vector("input", input_), vector("hidden", hidden)

    def rows(name: str, value: Any, width: int) -> Matrix:
        found = matrix(name, value, 4 * LONGEST)
        _demand_blocks(name, (len(found), len(found[0])), (len(units), width), len(units))
        return found

    read, kept = rows("weight_ih", weight_ih, len(features)), rows("weight_hh", weight_hh, len(units))
    offsets = vector("bias", bias, 4 * LONGEST)
    _demand_blocks("bias", (len(offsets),), (len(units),), len(units))
    return features, units, read, kept, offsets


def _stacked(name: str, value: object, wanted: tuple[int, ...], units: int) -> NDArray[np.float64]:
    """Blocks of rows below one another, one row of each block for each unit."""
    found = _ready(value, len(wanted))
    if found is not None and found.shape == wanted:
        return found
    found = floats(name, value, len(wanted), longest=4 * LONGEST)
    _demand_blocks(name, found.shape, wanted, units)
    return found


def _demand_blocks(name: str, shape: tuple[int, ...], wanted: tuple[int, ...], units: int) -> None:
    if shape != wanted:
        blocks = wanted[0] // units
        raise ValueError(
            f"{name} must be {_by(wanted)}, {blocks} row{'s' * (blocks > 1)} for each of {units} hidden "
            f"units, not {_by(shape)}"
        )


def operand(name: str, value: Any) -> Operand:
    """A number, or a vector of float64, ready to compute with."""
    if _is_number(value):
        number(**{name: value})
        return float(value)
    return floats(name, value, 1)


def floats(name: str, value: Any, axes: int, longest: int = LONGEST) -> NDArray[np.float64]:
    """A vector (one axis) or matrix (two axes) of float64, from an array of numpy's or nested lists."""
    ready = _ready(value, axes)
    if ready is not None and ready.size and max(ready.shape) <= longest:
        return ready
    # Something is wrong, or nearly: say what, entry by entry.
    if not hasattr(value, "dtype"):
        return np.array(vector(name, value, longest) if axes == 1 else matrix(name, value, longest), dtype=np.float64)
    found = np.asarray(value, dtype=np.float64)
    if found.ndim != axes or not 1 <= min(found.shape) <= max(found.shape) <= longest:
        kind = "vector" if axes == 1 else "matrix"
        raise ValueError(f"{name} must be a {kind} of 1 to {longest} entries along an axis, not {_by(found.shape)}")
    if not (np.abs(found) <= LARGEST_NUMBER).all():  # NaN fails, too
        raise ValueError(f"every entry of {name} must be a number from {_bound(-LARGEST_NUMBER)} to 1,000,000")
    return found


def _ready(value: Any, axes: int) -> NDArray[np.float64] | None:
    """The array of so many axes if nothing is wrong with its numbers, seen quickly; None says that something may be."""
    if hasattr(value, "dtype"):
        found = np.asarray(value, dtype=np.float64)
    elif _is_nested(value, axes):
        try:
            found = np.array(value, dtype=np.float64)
        except (ValueError, OverflowError):  # rows of several lengths, a whole number that no float holds
            return None
    else:
        return None
    # Σ x² < largest²: then no x is larger, in either direction; and NaN is not smaller than anything. vdot, because dot
    # warns when the sum is too large for a float.
    return found if found.ndim == axes and np.vdot(found, found) < _LARGEST_SQUARE else None


def _is_nested(value: object, axes: int) -> bool:
    """Whether it is a list of numbers (one axis), or of such lists (two), not so long that looking takes long."""
    rows: Any = (value,) if axes == 1 else value
    return (
        isinstance(value, (tuple, list))
        and len(value) <= 4 * LONGEST
        and _LISTS.issuperset(map(type, rows))
        and _NUMBERS.issuperset(map(type, itertools.chain.from_iterable(rows)))
    )


def _by(shape: Sequence[int]) -> str:
    return "×".join(map(str, shape)) if len(shape) != 1 else f"{shape[0]} long"


def _bound(value: float) -> str:
    return (f"{value:,.0f}" if value == int(value) else f"{value:g}").replace("-", "−")


def _is_number(value: object) -> TypeGuard[float]:
    return type(value) is float or type(value) is int


def shown(value: object) -> str:
    """The value as a message shows it, cut to a readable length."""
    if isinstance(value, (str, tuple, list)):
        value = value[:50]  # the rest is cut off anyway, and may be long
    text = f"“{value}”" if isinstance(value, str) else repr(value)
    return text if len(text) <= 40 else text[:37] + "…"
