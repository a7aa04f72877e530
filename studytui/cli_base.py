"""What all commands share: errors that are sentences, the choice of a format, what is typed or piped in."""

from __future__ import annotations

import contextlib
import errno
import io
import sys
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO, Any, TextIO

    from studytui.desk import Desk


class Failure(click.ClickException):
    """One line on stderr that says what happened and what to do next; exit code 2."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """No `Error:` in front and no usage behind: the sentence is enough."""
        click.echo(f"studytui: {self.message}", err=True, file=file)


def _misused(error: click.UsageError, context: click.Context) -> Failure:
    """Click's own sentence, and where the right use is explained."""
    path = (error.ctx or context).command_path
    said = error.format_message()
    return Failure(f"{said}{'' if said.endswith(('.', '?')) else '.'} See `{path} --help`.")


class Commands(click.Group):
    """Sub-commands whose errors are sentences: whatever a user can cause ends in one line, never in a traceback."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Reads what stands in front of the command."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            raise _misused(error, ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Runs the command; a closed pipe ends it quietly."""
        from studytui.problems import Problem

        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise _misused(error, ctx) from error
        except Problem as problem:
            raise Failure(str(problem)) from problem
        except BrokenPipeError:
            sys.stderr.close()
            sys.exit(141)
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            raise Failure("there is no space left to write to: free some, then try again") from error


def formats(*names: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """The option `--format`: text, or one of these names."""
    return click.option("--format", "form", type=click.Choice(["text", *names]), default="text", show_default=True)


def typed() -> TextIO:
    """What is typed or piped in. Bytes that are no text are let through: `text.clean` takes them out.

    May be asked for again when something was read: Python refuses to set the same once more then.
    """
    if isinstance(sys.stdin, io.TextIOWrapper) and sys.stdin.errors != "surrogateescape":
        sys.stdin.reconfigure(errors="surrogateescape")
    return sys.stdin


def warn(desk: Desk) -> None:
    """What the learner must know of the settings and of what was opened, on stderr."""
    for problem in desk.problems:
        click.echo(f"studytui: {problem}", err=True)


@contextlib.contextmanager
def progress_line(what: str) -> Iterator[Callable[[int, int], None]]:
    """Shows on a terminal how many of how many are done, on one line of stderr that goes in the end."""
    shown = sys.stderr.isatty()

    def tell(done: int, total: int) -> None:
        if shown:
            click.echo(f"\r\x1b[K{done:,} of {total:,} {what}", nl=False, err=True)

    try:
        yield tell
    finally:
        if shown:
            click.echo("\r\x1b[K", nl=False, err=True)


def decks_line() -> contextlib.AbstractContextManager[Callable[[int, int], None]]:
    """`progress_line` for the first search, which has to read the decks' texts."""
    return progress_line("decks read for the first search")
