"""The commands as a shell calls them."""

import subprocess
import sys

from click.testing import CliRunner

from studytui.cli import cli


def run(*arguments, typed=""):
    return CliRunner().invoke(cli, [str(argument) for argument in arguments], input=typed, prog_name="studytui")


def refused(result):
    """The one line on stderr of a command that could not do its work."""
    assert result.exit_code == 2, result.output
    assert result.stdout == ""
    (line,) = result.stderr.splitlines()
    assert line.startswith("studytui: ")
    return line


def program(*arguments, **options):
    """The program in a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "studytui", *arguments],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=60,
        **options,
    )
