"""The command `studytui quiz`: its options become a plan."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from studytui.cli_base import Failure, formats, typed, warn
from studytui.cli_papers import BANKS, printing
from studytui.cli_reports import FORMS, page_of, report_options, tell

if TYPE_CHECKING:
    from typing import TextIO

    from studytui.cli_papers import Printing
    from studytui.desk import Desk
    from studytui.quiz.sitting import Quiz

_NONE_LEFT = "no quiz was left: studytui quiz begins one"


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
@click.option("--resume", is_flag=True, help="Go on with the quiz that was left; what else is chosen does not matter.")
@click.option("--give-up", is_flag=True, help="End the quiz that was left, without a report.")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@report_options
@printing
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --report or --print: a new file in place of stdout; the key of a printed paper has its own.",
)
@formats(*FORMS, *BANKS)
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
    resume: bool,
    give_up: bool,
    which: str | None,
    listed: bool,
    output: Path | None,
    form: str,
    plain: bool,
    printed: Printing | None,
) -> None:
    """A quiz over all decks or each DECK, named by its id or by a path; at its end the report.

    Without options a screen sets it up. Only what is graded by machine is asked. A quiz that was left, or whose
    terminal was closed, can be gone on with; its time goes on meanwhile. With another format than text the report is on
    stdout, and the questions are on stderr. With `--print` the paper is not asked but written: see docs/papers.md.
    """
    import secrets
    from dataclasses import replace

    from studytui.desk import Desk
    from studytui.launch import on_terminal, run_quiz
    from studytui.quiz.plan import AskedAs, Feedback, Order, Plan, checked, read_seed
    from studytui.quiz_plain import print_report, sit_plainly

    if sum((which is not None, listed, printed is not None, resume, give_up)) > 1:
        raise Failure("--report, --reports, --print, --resume and --give-up exclude each other: choose one of them")
    if which is not None or listed:
        tell(journal, which, form, output)
        return
    if output is not None and printed is None:
        raise Failure("--output is for --report and --print: studytui quiz --report last --output FILE")
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
    asked_on_screen = form == "text" and not plain and not give_up and printed is None
    if asked_on_screen and on_terminal():
        run_quiz(journal, plan if _is_set_up() and not resume else None, decks, resume=resume)
        return
    out = sys.stdout if form == "text" else sys.stderr
    with Desk.open(journal, decks) as desk:
        warn(desk)
        if give_up:
            _give_up(desk, form)
            return
        plan = replace(plan, decks=tuple(desk.chosen(decks) or ()))
        if printed is not None:
            printed.write(desk, plan)
            return
        quiz = _left(desk, out, resume=resume) or desk.quizzes.begin(plan)
        if sit_plainly(quiz, desk.clock, typed(), out) is None:
            sys.exit(1)
        report = desk.quizzes.report(quiz.number)
        earlier = desk.quizzes.reports()
    if form == "text":
        print_report(report, out, earlier)
    else:
        click.echo(page_of(report, earlier, form), nl=False)


def _is_set_up() -> bool:
    """Whether any option says how the quiz is to be: then there is nothing left to set up."""
    context = click.get_current_context()
    sources = {context.get_parameter_source(name) for name in context.params if name != "decks"}
    return sources != {ParameterSource.DEFAULT}


def _left(desk: Desk, out: TextIO, *, resume: bool) -> Quiz | None:
    """The quiz that was left, if the learner goes on with it. In a pipe, where nobody is asked, it is only named."""
    from studytui.quiz_plain import asks_to_resume, unfinished_line

    waits = desk.quizzes.unfinished()
    if waits is None:
        if resume:
            raise Failure(_NONE_LEFT)
        return None
    lines = typed()
    if not resume and not lines.isatty():
        click.echo(f"studytui: {unfinished_line(waits)}; studytui quiz --resume goes on with it", err=True)
        return None
    return desk.quizzes.resume(waits.number) if resume or asks_to_resume(waits, lines, out) else None


def _give_up(desk: Desk, form: str) -> None:
    import json

    waits = desk.quizzes.unfinished()
    if waits is None:
        raise Failure(_NONE_LEFT)
    desk.quizzes.give_up(waits.number)
    click.echo(json.dumps({"given_up": waits.number}) if form == "json" else f"Quiz {waits.number} is given up.")
