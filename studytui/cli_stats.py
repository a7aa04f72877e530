"""`studytui stats`: what the journal says about memory, printed."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import click

from studytui.cli_base import decks_line, formats, warn
from studytui.statistics.model import Period

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("decks", nargs=-1, metavar="[DECK]...")
@click.option(
    "--period",
    type=click.Choice([period.key for period in Period]),
    default=Period.MONTH.key,
    show_default=True,
    help="The days to look back over, and ahead at what comes due.",
)
@click.option("--search", "query", default="", metavar="QUERY", help="Only the cards that QUERY finds.")
@formats("json")
@click.pass_obj
def stats(journal: Path | None, decks: tuple[str, ...], period: str, query: str, form: str) -> None:
    """Statistics of all decks or of each DECK: what comes due, answers, true retention, memory, slips.

    With --search, of the cards that it finds: studytui stats --search 'tag:cnn is:leech'. docs/search.md has the terms.
    """
    from studytui.desk import Desk
    from studytui.statistics_pages import as_json, page_text

    with Desk.open(journal, decks) as desk:
        warn(desk)
        chosen, found = desk.decks.chosen(decks), None
        if query.strip():
            with decks_line() as progress:
                found = desk.search.found(query, progress)
        statistics = desk.statistics(Period.named(period), chosen, cards=found, search=query.strip())
    if form == "json":
        click.echo(json.dumps(as_json(statistics), ensure_ascii=False))
    else:
        click.echo(page_text(statistics, shutil.get_terminal_size((80, 24)).columns))
