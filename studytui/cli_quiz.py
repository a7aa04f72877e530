"""The command `studytui quiz`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from studytui.cli_base import formats, typed, warn

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option("-n", "count", type=click.IntRange(1, 1000), default=20, show_default=True, help="Questions.")
@click.option("--seed", metavar="NUMBER", help="The same seed and decks give the same paper; drawn when not given.")
@click.option("--minutes", type=click.IntRange(1, 1440), help="The time there is; unlimited when not given.")
@formats("json")
@click.pass_obj
def quiz(
    journal: Path | None, decks: tuple[str, ...], count: int, seed: str | None, minutes: int | None, form: str
) -> None:
    """A quiz, line by line, over all decks or each DECK, named by its id or by a path; at its end the report.

    Only what is graded by machine is asked. A quiz is a test of its own: nothing of it is recorded as a review. With
    `--format json` the report is on stdout, and the questions are on stderr.
    """
    import json
    import secrets

    from studytui.desk import Desk
    from studytui.quiz.plan import read_seed
    from studytui.quiz_plain import print_report, sit_plainly
    from studytui.quiz_report import report_dict

    number = read_seed(seed) if seed is not None else secrets.randbelow(1_000_000)
    out = sys.stderr if form == "json" else sys.stdout
    with Desk.open(journal, decks) as desk:
        warn(desk)
        paper = desk.paper(desk.chosen(decks), count, number)
        result = sit_plainly(paper, minutes, desk.clock, typed(), out)
    if result is None:
        sys.exit(1)
    if form == "json":
        click.echo(json.dumps(report_dict(result), ensure_ascii=False))
    else:
        print_report(result, out)
