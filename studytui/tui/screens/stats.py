"""Statistics: one at a time, drawn or as the table behind it, of all decks or one or a search, over a period."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, ClassVar

from textual.screen import Screen

from studytui.drawing.paper import cut
from studytui.problems import Problem
from studytui.statistics.model import Period, Shape
from studytui.statistics_pages import numbers_rows, statistic_rows
from studytui.statistics_pages.rows import fact_rows
from studytui.text import counted
from studytui.tui.keys import key, own_keys
from studytui.tui.reporting import telling
from studytui.tui.widgets.bars import KeyBar, TitleBar
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studytui.desk import Desk
    from studytui.face import Row
    from studytui.statistics.model import Statistic, Statistics

_PERIODS = list(Period)
#: A terminal with fewer rows has no room for the facts above a plot.
_ROOMY = 18
#: The most rows of facts above a plot.
_FACTS = 3
#: The most columns of a search in the title.
_SEARCH = 18


class StatsScreen(Screen[None]):
    """All statistics, a page each."""

    DEFAULT_CSS = """
    StatsScreen #facts { height: auto; }
    StatsScreen #facts.gone { display: none; }
    StatsScreen #page.gone { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("stats.next", "right,n,space", "turn(1)", "next", "The next statistic"),
        key("stats.before", "left,p", "turn(-1)", "before", "The statistic before", show=False),
        key("stats.numbers", "t", "numbers", "numbers", "The numbers behind the drawing, or the drawing again"),
        key("stats.period", "d", "period(1)", "period", "The next period: 7, 30, 90 days, a year, all"),
        key("stats.period_before", "D,shift+d", "period(-1)", "shorter", "The period before", show=False),
        key("stats.deck", "tab", "deck(1)", "deck", "The next deck; after the last come all decks"),
        key("stats.deck_before", "shift+tab", "deck(-1)", "deck before", "The deck before", show=False),
        key(
            "stats.search", "slash,ctrl+f", "search", "search", "Of the cards that a search finds; an empty one is none"
        ),
        key("stats.down", "down,j", "scroll(1)", "scroll", "Scroll down", show=False),
        key("stats.up", "up,k", "scroll(-1)", "up", "Scroll up", show=False),
        key("stats.page_down", "pagedown,ctrl+d", "page(1)", "page", "A page down", show=False),
        key("stats.page_up", "pageup,ctrl+u", "page(-1)", "page up", "A page up", show=False),
        key("stats.leave", "q,escape", "leave", "back", "Back"),
        key("stats.help", "question_mark,f1", "app.help", "help", "All keys and words"),
    ]

    def __init__(self, desk: Desk, decks: list[str] | None = None) -> None:
        super().__init__()
        self._desk = desk
        self._decks: list[list[str] | None] = [None, *([deck.id] for deck in desk.pool().decks)]
        if decks is not None and decks not in self._decks:
            self._decks.insert(0, decks)
        self._deck = self._decks.index(decks)
        self._period = Period.MONTH
        self._page = 0
        self._as_table = False
        self._found: Statistics | None = None
        self._search = ""
        self._cards: list[str] | None = None

    def compose(self) -> ComposeResult:
        """Facts above a plot, or a page of text, between two bars."""
        yield TitleBar("Statistics")
        yield CardView(id="facts")
        yield CardView(id="page")
        yield KeyBar()

    def on_mount(self) -> None:
        """The first page."""
        own_keys(self)
        self._text.focus()
        self._count()

    @property
    def _text(self) -> CardView:
        return self.query_one("#page", CardView)

    @property
    def statistic(self) -> Statistic | None:
        """The one that is shown; None where the journal could not be read."""
        return self._found.statistics[self._page] if self._found is not None else None

    def _count(self) -> None:
        """The numbers of the deck and the period that are chosen."""
        with telling(self):
            self._found = self._desk.statistics(
                self._period, self._decks[self._deck], cards=self._cards, search=self._search
            )
        self._show()

    def _show(self) -> None:
        statistic, found = self.statistic, self._found
        if statistic is None or found is None:
            return
        chosen = self._decks[self._deck]
        of = "all decks" if chosen is None else ", ".join(map(self._desk.title, chosen))
        title = f"{self._page + 1}/{len(found.statistics)} {statistic.title}"
        searched = [f"“{cut(self._search, _SEARCH)}”"] if self._search else []
        self.query_one(TitleBar).show(
            title,
            " · ".join([*searched, of, self._period.words]),
            " · ".join([*searched, self._period.key]),
        )
        plotted = not self._as_table and not statistic.empty and statistic.shape in {Shape.DAYS, Shape.BANDS}
        self._text.set_class(plotted, "gone")
        self._plot(statistic if plotted else None)
        if not plotted:
            self._text.show(self._rows)
            self._text.focus()
        self.refresh_bindings()

    def _plot(self, statistic: Statistic | None) -> None:
        """Draws a statistic with its facts above; None puts both away."""
        from studytui.tui.widgets.plot import StatisticPlot

        facts = self.query_one("#facts", CardView)
        facts.set_class(statistic is None or self.size.height < _ROOMY, "gone")
        plots = self.query(StatisticPlot)
        if statistic is None:
            plots.set(display=False)
            return
        rows = fact_rows(statistic, max(self.size.width - 3, 1))[:_FACTS]
        facts.styles.height = len(rows)
        facts.show(lambda width: fact_rows(statistic, width)[:_FACTS])
        color = self.app.theme_variables["primary"]
        if plots:
            plot = plots.first()
            plot.display = True
            plot.show(statistic, color)
        else:
            plot = StatisticPlot()
            self.mount(plot, before="#page")
            plot.show(statistic, color)

    def on_resize(self) -> None:
        """Facts give way where there is little room."""
        self._show()

    def _rows(self, width: int) -> list[Row]:
        statistic = self.statistic
        if statistic is None:
            return []
        return numbers_rows(statistic, width) if self._as_table else statistic_rows(statistic, width)

    # -- keys ----------------------------------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Only what can be done now has a key."""
        if action == "deck":
            return len(self._decks) > 1
        return self._found is not None or action not in {"turn", "numbers"}

    def action_turn(self, by: int) -> None:
        """Another statistic, round the ends."""
        if self._found is not None:
            self._page = (self._page + by) % len(self._found.statistics)
            self._show()

    def action_numbers(self) -> None:
        """The table, or the drawing."""
        self._as_table = not self._as_table
        self._show()

    def action_period(self, by: int) -> None:
        """Another period."""
        self._period = _PERIODS[(_PERIODS.index(self._period) + by) % len(_PERIODS)]
        self._count()

    def action_deck(self, by: int) -> None:
        """Another deck."""
        self._deck = (self._deck + by) % len(self._decks)
        self._count()

    def action_search(self) -> None:
        """Asks for a search, which holds for all decks and periods until another is asked for."""
        from studytui.tui.screens.one_line import OneLine

        question = "Of which cards? A search as in Browse; an empty line: of all"
        self.app.push_screen(OneLine(question, "tag:cnn -is:new", self._search), self._searched)

    def _searched(self, text: str | None) -> None:
        if text:
            self.run_worker(self._seek(text), exclusive=True)
        elif text is not None:
            self._take("", None)

    async def _seek(self, text: str) -> None:
        """Searches in a thread: the first search of all reads the texts of the decks."""
        from studytui.browsing.searcher import found

        self.query_one(TitleBar).show("Statistics", "searching …")
        try:
            cards = await asyncio.to_thread(found, self._desk.searched, text, lambda *_: not self.is_attached)
        except Problem as problem:
            self.notify(str(problem), severity="warning", timeout=12, markup=False)
            self._show()
            return
        self._take(text, cards)
        self.notify(f"{counted(len(cards), 'card')} found", markup=False, timeout=3)

    def _take(self, search: str, cards: list[str] | None) -> None:
        self._search, self._cards = search, cards
        self._count()

    def action_scroll(self, by: int) -> None:
        """Scrolls by rows."""
        self._text.scroll_relative(y=by, animate=False)

    def action_page(self, by: int) -> None:
        """Scrolls by pages, of which one row stays."""
        self.action_scroll(by * max(self._text.room[1] - 1, 1))

    def action_leave(self) -> None:
        """Back to where it was opened, or out of the program that began with it."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()
