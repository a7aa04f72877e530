"""The command `studytui quiz`: its options become a plan."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from studytui.cli_base import Failure, formats, typed, warn
from studytui.cli_papers import BANKS, printing
from studytui.cli_reports import FORMS, page_of, quiz_number, report_options, tell

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
@click.option(
    "--resume",
    is_flag=False,
    flag_value="",
    metavar="[NUMBER]",
    help="Go on with the quiz that was left, or with this one; what else is chosen does not matter.",
)
@click.option(
    "--give-up",
    is_flag=False,
    flag_value="",
    metavar="[NUMBER]",
    help="End the quiz that was left, or this one, without a report.",
)
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
    resume: str | None,
    give_up: str | None,
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

    given = (which, printed, resume, give_up)
    if sum(each is not None for each in given) + listed > 1:
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
    number = None if resume is None else int(resume) if _is_number(resume) else 0
    decks = (resume, *decks) if resume and not number else decks
    asked_on_screen = form == "text" and not plain and give_up is None and printed is None
    if asked_on_screen and on_terminal():
        run_quiz(journal, plan if _is_set_up() and number is None else None, decks, resume=number)
        return
    out = sys.stdout if form == "text" else sys.stderr
    with Desk.open(journal, decks) as desk:
        warn(desk)
        if give_up is not None:
            _give_up(desk, quiz_number(give_up) if give_up else None, form)
            return
        plan = replace(plan, decks=tuple(desk.decks.chosen(decks) or ()))
        if printed is not None:
            printed.write(desk, plan)
            return
        quiz = _left(desk, out, number) or desk.quizzes.begin(plan)
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


def _is_number(text: str) -> bool:
    """Whether what stands behind `--resume` is the number of a quiz; else it is a deck."""
    return text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0


def _left(desk: Desk, out: TextIO, number: int | None) -> Quiz | None:
    """The quiz that was left, if the learner goes on with it: the one of this number; 0 is any, None only if wished.

    In a pipe, where nobody is asked, it is the latest, and the others are named.
    """
    from studytui.quiz_plain import asks_to_resume, asks_which, unfinished_line, waiting_line

    if number:
        return desk.quizzes.resume(number)
    waiting, lines = desk.quizzes.waiting(), typed()
    if not waiting:
        if number is not None:
            raise Failure(_NONE_LEFT)
        return None
    if not lines.isatty():
        if len(waiting) == 1 and number is None:
            click.echo(f"studytui: {unfinished_line(waiting[0])}; studytui quiz --resume goes on with it", err=True)
        elif len(waiting) > 1:
            for waits in waiting if number is None else waiting[1:]:
                way = f"studytui quiz --resume {waits.number} goes on with it"
                click.echo(f"studytui: {waiting_line(waits)}; {way}", err=True)
        return desk.quizzes.resume(waiting[0].number) if number is not None else None
    if len(waiting) == 1:
        goes_on = number is not None or asks_to_resume(waiting[0], lines, out)
        return desk.quizzes.resume(waiting[0].number) if goes_on else None
    chosen = asks_which(waiting, lines, out)
    if chosen is None and number is not None:
        raise Failure("no quiz is gone on with: they wait as they were")
    return desk.quizzes.resume(chosen.number) if chosen is not None else None


def _give_up(desk: Desk, number: int | None, form: str) -> None:
    """Ends the quiz of this number; without one the one that waits, and of several none."""
    import json

    if number is None:
        waiting = desk.quizzes.waiting()
        if not waiting:
            raise Failure(_NONE_LEFT)
        if len(waiting) > 1:
            from studytui.quiz_plain import waiting_line

            some = "; ".join(map(waiting_line, waiting))
            raise Failure(f"several quizzes wait, say which: studytui quiz --give-up {waiting[0].number} ({some})")
        number = waiting[0].number
    desk.quizzes.give_up(number)
    click.echo(json.dumps({"given_up": number}) if form == "json" else f"Quiz {number} is given up.")
