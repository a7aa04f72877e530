"""The command `studytui quiz`: its options become a plan."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from studytui.cli_base import formats, typed, warn
from studytui.cli_papers import FORMATS, printing

if TYPE_CHECKING:
    from pathlib import Path

    from studytui.cli_papers import Printing


@click.command()
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option("-n", "--count", type=int, metavar="NUMBER", default=20, show_default=True, help="Questions.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="Only cards with this tag; repeat it for more.")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Only cards of this kind; repeat it for more.")
@click.option("--minutes", type=int, metavar="NUMBER", help="The time there is; unlimited when not given.")
@click.option(
    "--feedback",
    type=click.Choice(["at-once", "at-end"]),
    help="When you hear what an answer was worth.  [default: at-end; at-once in a drill]",
)
@click.option(
    "--order",
    type=click.Choice(["random", "topic", "weak"]),
    default="random",
    show_default=True,
    help="By chance; deck by deck; or what you remember worst first.",
)
@click.option(
    "--computed",
    type=click.Choice(["typed", "choice"]),
    default="typed",
    show_default=True,
    help="Type the answers of computed cards, or pick them among those of typical mistakes.",
)
@click.option("--seed", metavar="NUMBER", help="The same seed and choices give the same paper; drawn when not given.")
@click.option("--slip", metavar="NAME", help="A drill: only variants on which this slip shows; nothing is recorded.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@formats("json", *FORMATS)
@printing
@click.pass_obj
def quiz(  # noqa: PLR0913 - an option each
    journal: Path | None,
    decks: tuple[str, ...],
    *,
    count: int,
    tags: tuple[str, ...],
    kinds: tuple[str, ...],
    minutes: int | None,
    feedback: str | None,
    order: str,
    computed: str,
    seed: str | None,
    slip: str | None,
    form: str,
    plain: bool,  # noqa: ARG001 - lines are all there is until the quiz has a screen of its own
    printed: Printing | None,
) -> None:
    """A quiz over all decks or each DECK, named by its id or by a path; at its end the report.

    Only what is graded by machine is asked. With `--format json` the report is on stdout, and the questions are on
    stderr. With `--print` the paper is not asked but written: see docs/papers.md.
    """
    import json
    import secrets
    from dataclasses import replace

    from studytui.desk import Desk
    from studytui.quiz.plan import AskedAs, Feedback, Order, Plan, checked, read_seed
    from studytui.quiz.write_up import report_of
    from studytui.quiz_pages.data import as_json
    from studytui.quiz_plain import print_report, sit_plainly

    plan = checked(
        Plan(
            read_seed(seed) if seed is not None else secrets.randbelow(1_000_000),
            (),
            tags,
            kinds,
            count,
            minutes,
            Order(order),
            Feedback(feedback or ("at-once" if slip else "at-end")),
            AskedAs(computed),
            slip or "",
        )
    )
    out = sys.stderr if form == "json" else sys.stdout
    with Desk.open(journal, decks) as desk:
        warn(desk)
        plan = replace(plan, decks=tuple(desk.chosen(decks) or ()))
        if printed is not None:
            printed.write(desk, plan)
            return
        paper = desk.paper(plan)
        began = desk.clock()
        result = sit_plainly(paper, desk.clock, typed(), out)
    if result is None:
        sys.exit(1)
    report = report_of(result, started_ms=began.ms, offset=began.offset)
    if form == "json":
        click.echo(json.dumps(as_json(report), ensure_ascii=False))
    else:
        print_report(report, out)
