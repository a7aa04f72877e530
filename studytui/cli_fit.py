"""The commands `studytui fit` and `studytui forecast`."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from studytui.cli_base import Failure, decks_line, formats, warn

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from studytui.desk import Desk
    from studytui.face import Row
    from studytui.fitting.requests import Answer, Request


class _Cancelled(Failure):
    exit_code = 130


@click.command()
@click.option("--dry-run", is_flag=True, help="Say what would be adopted, and change nothing.")
@click.option("--back", is_flag=True, help="Take the parameters from before into use again, or the defaults.")
@formats("json")
@click.pass_obj
def fit(journal: Path | None, form: str, *, dry_run: bool, back: bool) -> None:
    """Fit the memory model, FSRS-6, to your own reviews.

    The new parameters are adopted only when they foretell reviews that were held out better than the defaults do.
    Exit code 0 when they are (or would be), 1 when what is in use stays, 2 when there is too little to fit to.
    """
    import json

    from studytui.desk import Desk
    from studytui.face import Row, sentence
    from studytui.fitting.adopting import adopt, go_back
    from studytui.fitting.requests import FitRequest, Fitted
    from studytui.fitting.telling import (
        better_words,
        fit_dict,
        fit_rows,
        gone_back_words,
        in_use_words,
        moved_dict,
        moved_words,
    )

    if back and dry_run:
        raise Failure("--back and --dry-run do not go together. See `studytui fit --help`.")
    with Desk.open(journal) as desk:
        warn(desk)
        if back:
            go_back(desk)
            moved = desk.schedule.moved()
            desk.schedule.recompute()
            facts = {
                "parameters": list(desk.settings.parameters),
                "before": list(desk.settings.parameters_before),
                "moved": moved_dict(moved),
            }
            words = sentence(f"{gone_back_words(desk.settings)} {moved_words(moved)}", _width())
            click.echo(json.dumps(facts) if form == "json" else _text(words))
            return
        in_use = in_use_words(desk.settings)
        found = _heard(FitRequest(desk.journal_file, desk.settings))
        assert isinstance(found, Fitted)  # noqa: S101 - what this request is answered with
        adopted = found.fit.better and not dry_run
        if adopted:
            adopt(desk, found.fit.parameters)
            desk.schedule.recompute()
        if form == "json":
            click.echo(json.dumps(fit_dict(found, adopted=adopted)))
        else:
            width = _width()
            outcome = better_words(found.fit, adopted=adopted)
            rows = [*sentence(in_use, width), *fit_rows(found, width), Row(), *sentence(outcome, width)]
            click.echo(_text(rows))
    if not found.fit.better:
        sys.exit(1)


@click.command()
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option("--days", type=click.IntRange(1, 3650), default=365, show_default=True, help="Days to look ahead.")
@click.option("--search", "query", default="", metavar="QUERY", help="Only the cards that QUERY finds.")
@formats("json")
@click.pass_obj
def forecast(journal: Path | None, decks: tuple[str, ...], days: int, query: str, form: str) -> None:
    """What each desired retention costs: simulated reviews and minutes a day, and the retention of least work.

    For all decks, or for each DECK, named by its id or by a path: its cards go on from where they stand, by your own
    parameters and times. With --search, for the cards that it finds: studytui forecast --search 'tag:exam'.
    """
    import json

    from studytui.desk import Desk
    from studytui.fitting.requests import ForecastRequest
    from studytui.fitting.telling import forecast_dict, forecast_rows
    from studytui.memory.forecast import Forecast

    with Desk.open(journal, decks) as desk:
        warn(desk)
        chosen = tuple(desk.decks.ids if not decks else desk.decks.chosen(decks) or ())
        cards = None
        if query.strip():
            with decks_line() as progress:
                cards = tuple(desk.search.found(query, progress))
            among = {card.partition("/")[0] for card in cards}
            chosen = tuple(deck for deck in chosen if deck in among)
        retention = _retention(desk, chosen)
        found = _heard(ForecastRequest(desk.journal_file, desk.settings, chosen, desk.day.today, days, cards))
        assert isinstance(found, Forecast)  # noqa: S101 - what this request is answered with
    told = json.dumps(forecast_dict(found, retention)) if form == "json" else None
    click.echo(told or _text(forecast_rows(found, retention, _width())))


def _retention(desk: Desk, decks: Sequence[str]) -> float:
    """The desired retention of some decks: their own where they share one, else the one of all."""
    settings = desk.settings
    shared = {settings.deck_retention.get(deck, settings.desired_retention) for deck in decks}
    return shared.pop() if len(shared) == 1 else settings.desired_retention


def _heard(request: Request) -> Answer:
    """The answer to a request; meanwhile its steps, on one line of a terminal."""
    from studytui.fitting.process import Step, Work

    shown = sys.stderr.isatty()
    try:
        with Work(request) as work:
            for heard in work.heard():
                if not isinstance(heard, Step):
                    return heard
                if shown:
                    click.echo(f"\r\x1b[K{heard} (ctrl+c cancels)", err=True, nl=False)
    except KeyboardInterrupt:
        raise _Cancelled("cancelled; nothing was changed") from None
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)
    raise Failure("fitting gave no answer; try again")


def _width() -> int:
    return max(min(shutil.get_terminal_size((80, 24)).columns, 92), 40)


def _text(rows: Sequence[Row]) -> str:
    return "\n".join(row.text.rstrip() for row in rows)
