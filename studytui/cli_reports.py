"""What `studytui quiz --report` and `--reports` write: reports that the journal keeps, in any of their forms."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Protocol

import click

from studytui.problems import Problem
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from studytui.quiz.report import DamagedLine, Report, ReportLine

#: The forms of a report beside text.
FORMS = ("json", "markdown", "html")
_LAST = "last"


class Reports(Protocol):
    """Whoever keeps the reports of quizzes."""

    def report(self, number: int) -> Report:
        """The report of a quiz that was handed in. Raises Problem for any other."""
        ...

    def reports(self) -> Sequence[ReportLine]:
        """The quizzes that were handed in, newest first, but for those that cannot be read."""
        ...

    def listed(self) -> Sequence[ReportLine | DamagedLine]:
        """All quizzes that were handed in, newest first."""
        ...


def report_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options that are about reports: `--report` and `--reports`."""
    options = (
        click.option(
            "--report", "which", metavar="NUMBER", help="Write the report of this quiz, or of the `last` one."
        ),
        click.option("--reports", "listed", is_flag=True, help="List the quizzes that were handed in."),
    )
    for option in reversed(options):
        command = option(command)
    return command


def tell(journal: Path | None, which: str | None, form: str, output: Path | None) -> None:
    """Writes one report or, without `which`, the list of them. Raises Problem."""
    from studytui.desk import Desk

    if which is None and output is not None:
        raise Problem("--output is for one report: studytui quiz --report last --output FILE")
    with Desk.open(journal, ()) as desk:
        if which is None:
            write_list(desk.quizzes, form)
        else:
            write_report(desk.quizzes, which, form, output)


def write_report(reports: Reports, which: str, form: str, output: Path | None = None) -> None:
    """Writes the report of a quiz, by its number or `last`, to stdout or to a new file. Raises Problem."""
    report, lines = find_report(reports, which)
    page = page_of(report, lines, form)
    if output is None:
        click.echo(page, nl=False)
        return
    from studytui.interchange.files import created

    with created(output) as file:
        file.write(page.encode())
    click.echo(f"{output}: wrote the report of quiz {report.number}", err=True)


def write_list(reports: Reports, form: str) -> None:
    """Writes a line for each quiz that was handed in, newest first. Raises Problem."""
    from studytui.quiz_pages import list_json, list_text

    if form not in {"text", "json"}:
        raise Problem(f"the list of quizzes is text or JSON: studytui quiz --report NUMBER --format {form} is one quiz")
    lines = reports.listed()
    if form == "json":
        click.echo(json.dumps({"quizzes": list_json(lines)}, ensure_ascii=False))
    else:
        click.echo(list_text(lines), nl=False)


def find_report(reports: Reports, which: str) -> tuple[Report, Sequence[ReportLine]]:
    """A report by its number or `last`, and the quizzes that it may be compared with. Raises Problem."""
    lines = reports.reports()
    if which != _LAST:
        return reports.report(quiz_number(which)), lines
    numbers = [line.number for line in reports.listed()]
    if not numbers:
        raise Problem("no quiz was handed in yet: studytui quiz begins one")
    return reports.report(max(numbers)), lines


def page_of(report: Report, lines: Iterable[ReportLine], form: str) -> str:
    """A report in one of its forms, with a line end behind it."""
    from studytui.quiz_pages import as_html, as_json, as_markdown, as_text

    match form:
        case "json":
            return json.dumps(as_json(report, lines), ensure_ascii=False) + "\n"
        case "markdown":
            return as_markdown(report, lines)
        case "html":
            return as_html(report, lines)
        case _:
            return as_text(report, lines)


def quiz_number(which: str) -> int:
    """The number of a quiz. Raises Problem when it is none."""
    digits = which.strip()
    if digits.isascii() and digits.isdigit() and len(digits) < 10:
        return int(digits)
    shown = clean_line(which[:100])[:40]
    raise Problem(f"“{shown}” is no number of a quiz: studytui quiz --reports lists them, and `last` is the latest")
