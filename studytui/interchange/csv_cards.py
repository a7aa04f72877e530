"""Cards from CSV: `front,back[,tags]`, with or without a row of these names at the top."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from studytui.interchange.decks import Imported
from studytui.interchange.files import read_text
from studytui.interchange.markup import normal
from studytui.problems import Problem
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_COLUMNS = ("front", "back", "tags")
_TAG_ENDS = re.compile(r"[\s,;]+")
#: What other programs put between cells, for a hint.
_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def read_cards(path: Path) -> list[Imported]:
    """The cards of a CSV file, in its order. Raises Problem, with `file:line`, for anything that is no card.

    With a row of names at the top the columns may stand in any order. Tags are separated by spaces, commas or
    semicolons. Empty rows are skipped.
    """
    rows = _rows(path, read_text(path))
    cards: list[Imported] = []
    places: Mapping[str, int] | None = None
    for line, row in rows:
        if places is None:
            names = [cell.strip().lower() for cell in row]
            if {"front", "back"} <= set(names) <= set(_COLUMNS) and len(set(names)) == len(names):
                places = {name: names.index(name) for name in names}
                continue
            places = {name: place for place, name in enumerate(_COLUMNS)}
        cards.append(_card(row, places, f"{path}:{line}"))
    if not cards:
        raise Problem(f"{path}: holds no cards: write one a row, as front,back or front,back,tags")
    return cards


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that hold something, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Problem(f'{path}:{line}: is no CSV ({error}): quote cells as "…", and write a quote as ""') from error
        if any(cell.strip() for cell in row):
            yield line, row
        line = reader.line_num + 1


def _card(row: list[str], places: Mapping[str, int], where: str) -> Imported:
    if not 2 <= len(row) <= len(places):
        raise Problem(f"{where}: {_miscounted(row, len(places))}")
    cells = {name: row[place] for name, place in places.items() if place < len(row)}
    texts = {name: normal(cells.get(name, "")) for name in ("front", "back")}
    for name, text in texts.items():
        if not text:
            raise Problem(f"{where}: the {name} is empty: fill it, or remove the row")
    tags = tuple(dict.fromkeys(tag for tag in _TAG_ENDS.split(clean_line(cells.get("tags", ""))) if tag))
    return Imported(texts["front"], texts["back"], tags, where)


def _miscounted(row: list[str], most: int) -> str:
    wanted = "front,back" if most == 2 else "front,back,tags"
    if len(row) > most:
        return f"the row has {len(row)} cells instead of {wanted}: put cells that hold a comma in quotes"
    for sign, name in _SEPARATORS.items():
        if sign in row[0]:
            return f"the row has one cell instead of {wanted}: save the file with commas, not {name}, between cells"
    return f"the row has one cell instead of {wanted}: add what is missing"
