"""The command `studytui`, also as `python -m studytui`."""

from __future__ import annotations

import sys


def main() -> None:
    """The console script."""
    from studytui.launch import shortcut

    if not shortcut(sys.argv[1:]):
        from studytui.cli import cli

        cli(prog_name="studytui")


if __name__ == "__main__":
    main()
