"""The commands. Each imports what it needs when it runs: `check`, `due` and `compute` load no Textual."""

from __future__ import annotations

import io
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytui import __version__
from studytui.cli_base import Commands, Failure, decks_line, formats, progress_line, typed, warn
from studytui.cli_fit import fit, forecast
from studytui.cli_quiz import quiz
from studytui.cli_search import search
from studytui.cli_settings import settings
from studytui.cli_stats import stats
from studytui.launch import on_terminal, run_app, run_cram

if TYPE_CHECKING:
    from studytui.deck.compute import Computation


@click.group(cls=Commands, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--journal", type=click.Path(path_type=Path), envvar="STUDYTUI_JOURNAL", help="The file of all reviews.")
@click.version_option(__version__, prog_name="studytui")
@click.pass_context
def cli(context: click.Context, journal: Path | None) -> None:
    """Spaced repetition in the terminal, with answers that are computed and proved."""
    context.obj = journal
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that has no sign for “✓” gets “?”, not a traceback
    if context.invoked_subcommand is None:
        if not on_terminal():
            raise Failure("the home screen needs a terminal; use `studytui study --plain` or `studytui due`")
        run_app(journal, (), study=False)


@cli.command()
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option("--plain", is_flag=True, help="Line by line, for screen readers and pipes.")
@click.option("--cram", is_flag=True, help="All cards, due or not; nothing is recorded and no schedule changes.")
@click.option("--search", "query", default="", metavar="QUERY", help="With --cram: only the cards that QUERY finds.")
@click.option("--more", type=click.IntRange(1, 9_999), help="So many cards beyond today's limits.")
@click.pass_obj
def study(
    journal: Path | None, decks: tuple[str, ...], query: str, more: int | None, *, plain: bool, cram: bool
) -> None:
    """Today's reviews: of all decks, or of each DECK, named by its id or by a path."""
    if query and not cram:
        raise Failure("--search is for cramming, which records nothing: add --cram")
    screen = not plain and on_terminal()
    if screen and cram:
        with decks_line() as progress:
            run_cram(journal, decks, query, progress)
        return
    from studytui.desk import Desk
    from studytui.plain import study_plainly

    if more and not cram:
        with Desk.open(journal, decks) as desk:
            desk.day.more(desk.decks.chosen(decks), more)
    if screen:
        run_app(journal, decks, study=True)
        return
    with Desk.open(journal, decks) as desk:
        warn(desk)
        chosen = desk.decks.chosen(decks)
        session = None
        if cram:
            with decks_line() as progress:
                session = desk.cramming.session(desk.cramming.cards(chosen, query, progress))
        study_plainly(desk, chosen, typed(), sys.stdout, session)


@cli.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(path_type=Path))
@click.option("--variants", type=click.IntRange(1, 100_000), default=200, show_default=True, help="Draws a card.")
@click.option(
    "--witnesses",
    type=click.Choice(["all", "brute-force"]),
    default="all",
    show_default=True,
    help="`all` asks PyTorch, too, where it is installed.",
)
@click.option("--fix", is_flag=True, help="Write missing card ids into the files.")
@formats("json", "github")
def check(paths: tuple[Path, ...], variants: int, witnesses: str, form: str, *, fix: bool) -> None:
    """Findings in deck files and folders (default: the built-in decks); exit code 1 on errors."""
    from studytui.deck.builtin import builtin_decks
    from studytui.deck.check import check as check_decks
    from studytui.deck.fix import fix_ids
    from studytui.deck.report import as_github, as_json, as_text

    places = list(paths) or [builtin_decks()]
    if fix:
        for file, ids in fix_ids(places).items():
            click.echo(f"{file}: wrote {len(ids)} id{'' if len(ids) == 1 else 's'}", err=True)
    report = check_decks(places, variants=variants, witnesses="all" if witnesses == "all" else "brute-force")
    printed = {"text": as_text, "json": as_json, "github": as_github}[form](report)
    if printed:
        click.echo(printed)
    if witnesses == "all":
        _say_who_was_silent()
    if report.errors:
        sys.exit(1)


def _say_who_was_silent() -> None:
    from reference_impl.compare import why_no_torch

    reason = why_no_torch()
    if reason:
        click.echo(f"studytui: PyTorch's witnesses were not heard: {reason}; the quick ones were", err=True)


@cli.command()
@click.argument("expression")
@click.option("--figure", is_flag=True, help="Draw the figure of the reference's arguments, where it offers one.")
@formats("json")
def compute(expression: str, form: str, *, figure: bool) -> None:
    """The value of EXPRESSION, arithmetic and references, and what every witness says of it."""
    import json

    from studytui.deck.compute import compute as evaluate

    result = evaluate(expression)
    table, text = result.as_dict(), result.as_text()
    if figure:
        data, drawing = _figure(result)
        table["figure"] = data
        text = f"{text}\n\n{drawing}" if drawing else text
    click.echo(json.dumps(table, ensure_ascii=False) if form == "json" else text)
    if not result.proved:
        sys.exit(1)


def _figure(result: Computation) -> tuple[dict[str, object] | None, str]:
    """The figure as data, and as characters that fit the terminal; why there is none goes to stderr."""
    from studytui.deck.figure import NoFigure, as_data, figure_of
    from studytui.drawing import draw, tallest

    try:
        found = figure_of(result.outermost)
    except NoFigure as reason:
        click.echo(f"studytui: no figure: {reason}", err=True)
        return None, ""
    lines = draw(found, _columns(), tallest(found))
    if lines is None:
        click.echo(f"studytui: no figure: {_columns()} columns are too few for it; widen the terminal", err=True)
    return as_data(found), "\n".join(lines or ())


def _columns() -> int:
    """How wide what is printed may be: as the terminal, or as COLUMNS says."""
    return shutil.get_terminal_size((80, 24)).columns


@cli.command()
@click.argument("names", nargs=-1, metavar="[TOPIC|NAME]...")
@formats("json")
def catalogue(names: tuple[str, ...], form: str) -> None:
    """What can be computed: all topics, or each TOPIC (convolution), or each NAME (convolution.output_size)."""
    import json

    from studytui.catalogue.finding import named
    from studytui.catalogue.listing import as_dict, as_text

    topics = named(names)
    if form == "json":
        click.echo(json.dumps(as_dict(topics), ensure_ascii=False))
    else:
        width = _columns() if sys.stdout.isatty() or "COLUMNS" in os.environ else None
        click.echo(as_text(topics, width, everything=not names))


@cli.command()
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@formats("json")
@click.pass_obj
def due(journal: Path | None, decks: tuple[str, ...], form: str) -> None:
    """What is due today, deck by deck."""
    import json

    from studytui.desk import Desk
    from studytui.pages import overview_dict, overview_text

    with Desk.open(journal, decks) as desk:
        warn(desk)
        overview = desk.day.overview(desk.decks.chosen(decks))
        click.echo(
            json.dumps(overview_dict(overview), ensure_ascii=False) if form == "json" else overview_text(overview)
        )


@cli.command()
@click.option("--rebuild", is_flag=True, help="Derive the memory of all cards from the reviews again.")
@click.option("--restore", metavar="BACKUP", help="Put a backup in the journal's place: its date, path, or `latest`.")
@click.option("--salvage", is_flag=True, help="Make a new journal of every review that can still be read.")
@formats("json")
@click.pass_obj
def doctor(journal: Path | None, restore: str | None, form: str, *, rebuild: bool, salvage: bool) -> None:
    """Examine the journal: integrity, cache, backups; exit code 1 when something is wrong."""
    from studytui.checkup import examine_journal
    from studytui.desk import scheduler_of
    from studytui.settings import load

    try:
        with progress_line("reviews") as progress:
            checkup = examine_journal(
                journal,
                scheduler_of(load()),
                rebuild_cache=rebuild,
                restore_from=restore,
                rescue=salvage,
                progress=progress,
            )
    except KeyboardInterrupt:
        raise Failure("stopped; the journal is as it was before the step that was not finished") from None
    click.echo(checkup.json() if form == "json" else checkup.text())
    if not checkup.healthy:
        sys.exit(1)


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--deck", required=True, type=click.Path(path_type=Path), help="The new deck's file, NAME.md.")
@formats("json")
def import_(file: Path, deck: Path, form: str) -> None:
    """Make a deck of recall cards from FILE, a CSV of front,back or front,back,tags.

    A deck file that is there already is left as it is.
    """
    import json

    from studytui.interchange.csv_cards import read_cards
    from studytui.interchange.decks import write_deck

    if file.suffix.lower() != ".csv":
        raise Failure(f"{file}: only CSV can be imported: save it as {file.stem or 'cards'}.csv")
    cards = read_cards(file)
    write_deck(deck, cards)
    facts = {"deck": str(deck), "cards": len(cards)}
    sentence = f"{deck}: wrote {len(cards)} card{'' if len(cards) == 1 else 's'}; `studytui study {deck}` asks them"
    click.echo(json.dumps(facts, ensure_ascii=False) if form == "json" else sentence)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@formats("json")
@click.pass_obj
def export(journal: Path | None, file: Path, form: str) -> None:
    """Write all entries of the journal to FILE, a new *.csv, or to stdout for `-`.

    One row an entry, oldest first; those that were taken back are marked in the column `undone`. A text that a
    spreadsheet would run as a formula has an apostrophe in front.
    """
    import json

    from studytui.desk import scheduler_of
    from studytui.interchange.csv_reviews import write_reviews
    from studytui.interchange.files import created
    from studytui.journal import Journal, journal_path
    from studytui.settings import load

    if str(file) != "-" and file.suffix.lower() != ".csv":
        raise Failure(f"{file}: only CSV can be exported: name it {file.stem or 'reviews'}.csv, or - for stdout")
    with Journal.inspect(journal_path(journal), scheduler_of(load())) as opened:
        if str(file) == "-":
            write_reviews(opened.entries(), sys.stdout.buffer)
            return
        with created(file) as out:
            count = write_reviews(opened.entries(), out)
    facts = {"file": str(file), "entries": count}
    sentence = f"{file}: wrote {count} {'entry' if count == 1 else 'entries'}"
    click.echo(json.dumps(facts, ensure_ascii=False) if form == "json" else sentence)


cli.add_command(quiz)
cli.add_command(fit)
cli.add_command(forecast)
cli.add_command(search)
cli.add_command(settings)
cli.add_command(stats)
