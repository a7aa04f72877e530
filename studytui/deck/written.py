"""Values as `studytui compute` and the catalogue write them: to be read, and, on one line, to be typed again."""

from __future__ import annotations

from studytui.text import clean, display_width


def on_one_line(value: object) -> str:
    """The value as an expression writes it. Nothing in it is obeyed by a terminal: `repr` escapes such characters."""
    if isinstance(value, tuple | list):
        return f"[{', '.join(map(on_one_line, value))}]"
    return repr(value)


def written(value: object) -> str:
    """The value to be read: a text as it is, a matrix row by row with its columns under each other."""
    if isinstance(value, str):
        return clean(value)
    if _depth(value) < 2:
        return on_one_line(value)
    return "\n".join(_rows(value, _sizes(value)))


def rounded(value: object) -> object:
    """The value with floats to twelve digits: what is beyond depends on the machine."""
    if isinstance(value, tuple | list):
        return tuple([rounded(entry) for entry in value])
    return float(f"{value:.12g}") if isinstance(value, float) else value


def _depth(value: object) -> int:
    if not isinstance(value, tuple | list):
        return 0
    return 1 + max(map(_depth, value), default=0)


def _sizes(value: object) -> list[int]:
    """The width of each column, over all rows of all matrices in an array."""
    if not isinstance(value, tuple | list):
        return []
    if _depth(value) < 2:
        return [display_width(on_one_line(entry)) for entry in value]
    sizes: list[int] = []
    for part in map(_sizes, value):
        sizes = [max(pair) for pair in zip(sizes, part, strict=False)] + (sizes[len(part) :] or part[len(sizes) :])
    return sizes


def _rows(value: object, sizes: list[int]) -> list[str]:
    """The lines of an array: one a row of numbers, brackets as an expression writes them."""
    if not isinstance(value, tuple | list):
        return [on_one_line(value)]
    if _depth(value) < 2:
        entries = zip(map(on_one_line, value), sizes, strict=False)
        return [f"[{', '.join(' ' * (size - display_width(entry)) + entry for entry, size in entries)}]"]
    lines: list[str] = []
    for number, part in enumerate(value):
        rows = _rows(part, sizes)
        lines += [("[" if number == place == 0 else " ") + row for place, row in enumerate(rows)]
        lines[-1] += "," if number < len(value) - 1 else "]"
    return lines
