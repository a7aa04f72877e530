"""The command `studytui search`: cards by the search language, printed."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

from studytui.cli_base import Failure, decks_line, formats, warn

if TYPE_CHECKING:
    from pathlib import Path

#: As in `journal.finding.COLUMNS`, which `--help` must not wait for.
SORTS = ("deck", "card", "state", "due", "stability", "difficulty", "recall", "reps", "lapses")


@click.command()
@click.argument("query", nargs=-1, metavar="[QUERY]...")
@click.option("--sort", type=click.Choice(SORTS), default="deck", show_default=True, help="What to sort by.")
@click.option("--reverse", is_flag=True, help="The other way round.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most N cards.")
@formats("json")
@click.pass_obj
def search(
    journal: Path | None, query: tuple[str, ...], sort: str, limit: int | None, form: str, *, reverse: bool
) -> None:
    """The cards that QUERY finds, all without one: id, state, due, stability, heading.

    For example: studytui search 'deck:lstm is:due -tag:cnn prop:d>7 "forget gate"'. docs/search.md lists all terms.
    """
    import json

    from studytui.browsing.searcher import Searcher, Wanted
    from studytui.browsing.table import as_dict, as_text
    from studytui.desk import Desk
    from studytui.search import SearchError, parse

    wanted = Wanted(" ".join(query), sort, reverse)  # type: ignore[arg-type] # SORTS are the columns
    try:
        parse(wanted.text)  # before the decks are read
    except SearchError as error:
        raise Failure(error.pointed) from error
    with Desk.open(journal) as desk:
        warn(desk)
        with closing(Searcher(desk.search.searched)) as searcher:
            with decks_line() as progress:
                searcher.renew(progress)
            keys = searcher.search(wanted)
            lines = searcher.finder.lines(keys[:limit], desk.clock(), desk.language)
    if form == "json":
        cards = [as_dict(line) for line in lines]
        click.echo(json.dumps({"query": wanted.text, "total": len(keys), "cards": cards}, ensure_ascii=False))
    elif lines:
        click.echo(as_text(lines))
        if len(lines) < len(keys):
            click.echo(f"studytui: {len(lines):,} of {len(keys):,} cards", err=True)
    else:
        why = desk.search.why_nothing(wanted.text)
        click.echo(f"studytui: no card is found{f'. {why}' if why else ''}", err=True)
