"""Statistics: one at a time, drawn or as the table behind it, of all decks or one or a search, over a period."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual.screen import Screen

from studytui.drawing.paper import cut
from studytui.journal.errors import JournalError
from studytui.problems import Problem
from studytui.statistics.model import OF_PERIOD, Period, Shape
from studytui.statistics_pages import numbers_rows, statistic_rows
from studytui.statistics_pages.rows import fact_rows, nothing_rows
from studytui.text import counted
from studytui.tui.counting import Counting, Wanted
from studytui.tui.keys import key, own_keys
from studytui.tui.widgets.bars import KeyBar, TitleBar
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.notifications import SeverityLevel

    from studytui.desk import Desk
    from studytui.face import Row
    from studytui.statistics.model import Statistic, Statistics

_PERIODS = list(Period)
#: A terminal with fewer rows has no room for the facts above a plot.
_ROOMY = 18
#: The most rows of facts above a plot.
_FACTS = 3
#: The most columns of a search in the title, and of a deck where there is room and where there is little.
_SEARCH = 18
_DECK, _DECK_SHORT = 24, 12


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
        self._decks: list[tuple[str, ...] | None] = [None, *((deck.id,) for deck in desk.papers.pool().decks)]
        chosen = tuple(decks) if decks is not None else None
        if chosen not in self._decks:
            self._decks.insert(0, chosen)
        self._page = 0
        self._as_table = False
        #: What is wanted, and what is shown; they differ while it is being counted.
        self._asked = Wanted(Period.MONTH, chosen)
        self._shown: Wanted | None = None
        self._found: Statistics | None = None
        self._problem = ""
        self._counting: Counting

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
        self._counting = Counting(self._desk.search.searched, self._told)
        self._want()

    def on_unmount(self) -> None:
        """What is being counted is stopped."""
        self._counting.close()

    @property
    def counting(self) -> bool:
        """Whether something is being counted."""
        return self._counting.pending

    @property
    def _text(self) -> CardView:
        return self.query_one("#page", CardView)

    @property
    def statistic(self) -> Statistic | None:
        """The one that is shown; None before the first is counted."""
        return self._found.statistics[self._page] if self._found is not None else None

    def _want(self, **changes: Any) -> None:
        """Counts in a thread; what is drawn stays until it has."""
        self._asked = replace(self._asked, **changes)
        self._counting.want(self._asked)
        self._show()

    def _told(self, wanted: Wanted, found: Statistics | Problem) -> None:
        """What was counted is shown; of a problem, what was shown before stays, and is what the keys go on from."""
        if isinstance(found, Problem):
            self._asked, self._problem = self._shown or self._asked, str(found)
            severity: SeverityLevel = "error" if isinstance(found, JournalError) else "warning"
            self.notify(str(found), severity=severity, timeout=12, markup=False)
        else:
            if self._asked.is_searched and wanted.cards is not None:
                self.notify(f"{counted(len(wanted.cards), 'card')} found", markup=False, timeout=3)
            self._asked = self._shown = wanted
            self._found = found
        self._show()

    def _show(self) -> None:
        statistic, found = self.statistic, self._found
        self._show_title()
        if statistic is None or found is None:
            self._text.show(self._nothing_yet)
            self.refresh_bindings()
            return
        plotted = not self._as_table and not statistic.empty and statistic.shape in {Shape.DAYS, Shape.BANDS}
        self._text.set_class(plotted, "gone")
        self._plot(statistic if plotted else None)
        if not plotted:
            self._text.show(self._rows)
            self._text.focus()
        self.refresh_bindings()

    def _show_title(self) -> None:
        """The page, and what it is of; what is being counted stands there already, and says so."""
        asked, title = self._asked, "Statistics"
        if self.statistic is not None and self._found is not None:
            title = f"{self._page + 1}/{len(self._found.statistics)} {self.statistic.title}"
        decks = ", ".join(map(self._desk.decks.title, asked.decks)) if asked.decks is not None else ""
        doing = [self._doing] if self._counting.pending else []
        searched = [f"“{cut(asked.search, _SEARCH)}”"] if asked.search else []
        of = [cut(decks, _DECK_SHORT)] if decks else []
        self.query_one(TitleBar).show(
            title,
            " · ".join([*doing, *searched, cut(decks, _DECK) if decks else "all decks", asked.period.words]),
            " · ".join([*(doing or searched or of), asked.period.key]),
        )

    @property
    def _doing(self) -> str:
        return "searching …" if self._asked.is_searched else "counting …"

    def _nothing_yet(self, width: int) -> list[Row]:
        """Instead of the first page: that it is being counted, or why it could not be."""
        from studytui.face import sentence

        if self._counting.pending:
            return sentence(self._doing.capitalize(), width, "muted")
        return sentence(self._problem, width, "close")

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
        if statistic.empty:
            longer = statistic.name in OF_PERIOD and self._asked.period is not Period.ALL
            return nothing_rows(statistic, width, longer=longer)
        if self._as_table:
            return numbers_rows(statistic, width)
        return statistic_rows(statistic, width, facts_last=self.size.height < _ROOMY)

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
        self._want(period=_PERIODS[(_PERIODS.index(self._asked.period) + by) % len(_PERIODS)])

    def action_deck(self, by: int) -> None:
        """Another deck."""
        self._want(decks=self._decks[(self._decks.index(self._asked.decks) + by) % len(self._decks)])

    def action_search(self) -> None:
        """Asks for a search, which holds for all decks and periods until another is asked for."""
        from studytui.tui.screens.one_line import OneLine

        question = "Of which cards? A search as in Browse; an empty line: of all"
        self.app.push_screen(OneLine(question, "tag:cnn -is:new", self._asked.search), self._searched)

    def _searched(self, text: str | None) -> None:
        if text is not None:
            self._want(search=text, cards=None)

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
