"""`studytui check --fix`: writes the ids that headings lack into deck files. Nothing else in the file changes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytui.deck.atomic import write_atomically
from studytui.deck.codes import Findings
from studytui.deck.files import LARGEST, deck_files
from studytui.deck.identity import distinct, slug
from studytui.deck.scan import scan, split_attributes
from studytui.problems import Problem
from studytui.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_ROWS = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")


def fix_ids(paths: Iterable[Path]) -> dict[str, Mapping[int, str]]:
    """Writes the missing ids of all decks among files and below folders: by file, the ids by line.

    Files that cannot be read are left to `check`, which says so. Raises Problem when one cannot be written.
    """
    written: dict[str, Mapping[int, str]] = {}
    for file in deck_files(paths):
        ids = fix_file(file.path)
        if ids:
            written[str(file.path)] = ids
    return written


def fix_file(path: Path) -> Mapping[int, str]:
    """Writes the missing ids of a deck: the heading's slug, with a number behind it where that is taken.

    Line ends, encoding mark, file mode and everything outside the headings stay. A second run changes nothing. A file
    that is not UTF-8 is left alone.
    """
    try:
        text = path.read_bytes().decode("utf-8") if path.stat().st_size <= LARGEST else ""
    except (OSError, UnicodeDecodeError):
        return {}
    ids = _missing(text)
    rows = [row for row in _ROWS.findall(text) if row] if ids else []
    for line, identity in ids.items():
        rows[line - 1] = _with_id(rows[line - 1], identity)
    if ids:
        try:
            write_atomically(path, "".join(rows).encode())
        except OSError as error:
            raise Problem(f"{path}: cannot be written ({error.strerror}): check its permissions") from error
    return ids


def _missing(text: str) -> dict[int, str]:
    sections = scan(clean(text.removeprefix("\ufeff")), Findings("")).sections
    taken = {section.id for section in sections if section.id}
    return {section.line: distinct(slug(section.heading), taken) for section in sections if section.id is None}


def _with_id(row: str, identity: str) -> str:
    body = row.rstrip("\r\n")
    end = row[len(body) :]
    heading, attributes = split_attributes(body)
    classes = "".join(f" {word}" for word in attributes)
    return f"{heading if attributes else body.rstrip()} {{#{identity}{classes}}}{end}"
