"""Reading and making other programs' files; whatever can go wrong is a Problem that names the file."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from studytui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

#: Larger files hold more than a deck may.
LARGEST_IMPORT = 16 * 1024 * 1024


@contextlib.contextmanager
def created(path: Path) -> Iterator[BinaryIO]:
    """A new file, open for writing; it is gone again when the block fails. Raises Problem when it cannot be made."""
    try:
        file = path.open("xb")
    except FileExistsError as error:
        raise Problem(f"{path}: is there already, and is left as it is: name another file") from error
    except OSError as error:
        raise Problem(f"{path}: cannot be made ({error.strerror}): check the folder") from error
    try:
        with file:
            yield file
    except OSError as error:
        path.unlink(missing_ok=True)
        raise Problem(f"{path}: cannot be written ({error.strerror}): free some space, or name another file") from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def read_text(path: Path) -> str:
    """A file's text, which has to be UTF-8. Raises Problem."""
    try:
        if path.is_file() and path.stat().st_size > LARGEST_IMPORT:
            raise Problem(f"{path}: has more than {LARGEST_IMPORT // 1024 // 1024} MB: import it in parts")
        data = path.read_bytes()
    except OSError as error:
        raise Problem(f"{path}: cannot be read ({error.strerror}): check the path") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Problem(f"{path}:{line}: is not UTF-8: save the file as UTF-8, then import it") from error
