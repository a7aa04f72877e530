"""Browse: all cards in a table, found as one types, and changed many at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from studytui.browsing.listing import Listing
from studytui.browsing.table import sorts
from studytui.journal.errors import JournalError
from studytui.memory.model import Action
from studytui.problems import Problem
from studytui.search import SearchError, parse
from studytui.text import counted
from studytui.tui.doing import doing, waits
from studytui.tui.keys import own_keys
from studytui.tui.screens.browse_keys import ABOUT_CARDS, KEYS, SearchField
from studytui.tui.seeking import Seeker
from studytui.tui.widgets.answer_field import AnswerField
from studytui.tui.widgets.bars import KeyBar, TitleBar
from studytui.tui.widgets.card_table import CardTable

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studytui.browsing.browser import Act
    from studytui.browsing.searcher import Wanted
    from studytui.desk import Desk
    from studytui.journal.finding import CardLine, Column


class BrowseScreen(Screen[None]):
    """A search field, the cards that it finds, and what can be done to them."""

    DEFAULT_CSS = """
    BrowseScreen Static { height: auto; max-height: 3; padding: 0 1; display: none; color: $warning; }
    """
    BINDINGS: ClassVar[list[BindingType]] = KEYS

    def __init__(self, desk: Desk, search: str = "") -> None:
        super().__init__()
        self._desk = desk
        self._browser = desk.search.browser()
        self.listing = Listing()
        # Made here: keys may come before there is anything on the screen, and wait in the field for its beginning.
        self._field = SearchField(search)
        self._problem = ""
        self._reading = ""
        self._note = ""
        self._shown = False
        self._can: object = None

    def compose(self) -> ComposeResult:
        """The field, what is wrong with what stands in it, and the table, between two bars."""
        yield TitleBar("Browse")
        yield self._field
        yield Static()
        yield CardTable(
            self.listing, self._read, {deck: self._desk.decks.title(deck) for deck in self._desk.search.searched.decks}
        )
        yield KeyBar()

    def on_mount(self) -> None:
        """Finds all cards; what the field begins with comes as if it were typed."""
        own_keys(self)
        self._seeker = Seeker(self._desk.search.searched, self._found, self._renewed, self._failed)
        self._seeker.want(self.listing.wanted)

    def on_unmount(self) -> None:
        """What is being done ends; the connections are closed."""
        doing(self).leave()
        self._seeker.close()
        self._browser.close()

    # -- finding -------------------------------------------------------------------------------------------------------

    def on_input_changed(self, event: AnswerField.Changed) -> None:
        """A key was typed into the field: searches, or says what cannot be read and searches for what stands before."""
        event.stop()
        text: str | None = event.value.strip()
        self._problem = ""
        try:
            parse(event.value)
        except SearchError as error:
            self._problem = error.message
            text = _readable(error)
        if text is not None and text != self.listing.wanted.text:
            self._shown = False
            self._seeker.want(self.listing.search(text))
        self._tell()

    def on_answer_field_entered(self, event: AnswerField.Entered) -> None:
        """Enter goes from the field to the cards."""
        event.stop()
        self.query_one(CardTable).focus()
        self.refresh_bindings()

    def _found(self, wanted: Wanted, keys: Sequence[int]) -> None:
        if wanted == self.listing.wanted:
            self.listing.show(keys, same=self._shown)
            self._shown = True
            self._table.renew()
            self._tell()
            # The keys are seldom others, and to find that out costs as much as to draw the cards.
            can = (bool(keys), self.check_action("edit", ()))
            if can != self._can:
                self._can = can
                self.refresh_bindings()

    def _renewed(self, read: int, of: int) -> None:
        """The index grows; at its end what is wanted is looked for again."""
        self._reading = f"Reading the decks' texts: {read} of {of} decks" if read < of else ""
        if read == of:
            self._seeker.want(self.listing.wanted)
        self._tell()

    def _failed(self, message: str) -> None:
        self.notify(message, severity="error", timeout=30, markup=False)

    def _changed(self) -> None:
        """The decks may have changed, and with them the cards."""
        self._seeker.renew(self._desk.search.searched)
        self._again()

    def _again(self) -> None:
        """The cards have changed: their lines, and what is found."""
        self._table.renew()
        self._seeker.want(self.listing.wanted)
        self._tell()
        self.refresh_bindings()

    def _read(self, keys: Sequence[int]) -> Sequence[CardLine]:
        try:
            return self._browser.lines(keys, self._desk.language)
        except JournalError as error:
            self._failed(str(error))
            return ()

    def _tell(self) -> None:
        self.query_one(TitleBar).show("Browse", doing(self).words or self.listing.told, doing(self).short)
        nothing = self._nothing() if self._shown and not self.listing.keys else ""
        words = self._problem or self._reading or nothing
        note = f"✗ {words}" if self._problem else words
        if note != self._note:  # else nothing below it moves, and the table need not be drawn again
            self._note = note
            shown = self.query_one(Static)
            shown.update(Content(note))
            shown.display = bool(note)

    def _nothing(self) -> str:
        why = self._desk.search.why_nothing(self.listing.wanted.text)
        return f"No card is found. {why}" if why else "No card is found."

    @property
    def _table(self) -> CardTable:
        return self.query_one(CardTable)

    @property
    def line(self) -> CardLine | None:
        """The card under the cursor."""
        current = self.listing.current
        return self._table.line(current) if current is not None else None

    # -- going about ---------------------------------------------------------------------------------------------------

    @property
    def _is_typing(self) -> bool:
        """Whether keys are text: from the first one on, before anything is on the screen."""
        return self.focused is self._field or not self._field.is_mounted

    def _forward_event(self, event: events.Event) -> None:
        """What is typed or pasted before the field is there waits in it, in order."""
        if not self._field.is_mounted and isinstance(event, events.Key | events.Paste):
            self._field._forward_event(event)  # noqa: SLF001 - as the application does where something has the focus
        else:
            super()._forward_event(event)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Letters are text while the field has the focus; without a card there is nothing to do to it."""
        if self._is_typing:
            return action in {"close", "move", "page", "help"}
        if action in ABOUT_CARDS:
            return bool(self.listing.keys)
        if action == "edit":
            line = self.line
            return line is not None and bool(line.file)
        return True

    def on_descendant_focus(self) -> None:
        """Other keys are valid in the field than in the table."""
        self.refresh_bindings()

    def action_search(self) -> None:
        """To the field."""
        self.set_focus(self._field)  # at once: the next letter is text already
        self._field.cursor_position = len(self._field.value)

    def action_close(self) -> None:
        """From the field to the table; there what is being done ends first, then the marks go, then the screen."""
        if self._is_typing:
            self._table.focus()
        elif doing(self).end():
            pass
        elif self.listing.marked:
            self.listing.marked.clear()
            self._table.refresh()
            self._tell()
        else:
            self.dismiss()

    def action_move(self, by: int, mark: bool = False) -> None:  # noqa: FBT001, FBT002 - a key's parameters
        """Another card; from the field, into the table."""
        if self._is_typing:
            self._table.focus()
            return
        self.listing.move(by, mark=mark)
        self._moved()

    def action_page(self, by: int) -> None:
        """A page on."""
        self.listing.move(by * self._table.page)
        self._moved()

    def action_mark(self) -> None:
        """Marks the card and goes on."""
        self.listing.toggle()
        self.listing.move(1)
        self._moved()

    def action_mark_all(self) -> None:
        """All that was found, or none."""
        self.listing.toggle_all()
        self._moved()

    def _moved(self) -> None:
        self._table.follow()
        self._tell()
        self.refresh_bindings()

    def on_card_table_pressed(self, event: CardTable.Pressed) -> None:
        """The first click goes to a card, the next one opens it."""
        if event.place == self.listing.cursor and self._table.has_focus:
            self.action_preview()
            return
        self._table.focus()
        self.listing.cursor = event.place
        self._moved()

    def on_card_table_head_pressed(self, event: CardTable.HeadPressed) -> None:
        """A click on a title sorts by its column, another one the other way round."""
        self._sort(event.column)

    def action_sort(self) -> None:
        """By the next column, as they stand; behind the last, in the order of the decks."""
        columns = sorts(self._table.columns)
        sort = self.listing.wanted.sort
        self._sort(columns[(columns.index(sort) + 1) % len(columns)] if sort in columns else columns[0])

    def action_reverse(self) -> None:
        """The other way round."""
        self._sort(self.listing.wanted.sort)

    def _sort(self, column: Column) -> None:
        wanted = self.listing.sort(column)
        self._seeker.want(wanted)
        self._table.refresh()
        order = "in the order of the decks" if column == "deck" else f"by {column}"
        self.notify(f"Sorted {order}{', backwards' if wanted.backwards else ''}", markup=False, timeout=2)

    # -- one card ------------------------------------------------------------------------------------------------------

    def action_preview(self) -> None:
        """The card as it is shown."""
        from studytui.tui.screens.browse_pages import PreviewScreen

        line = self.line
        if line is not None:
            self._report(lambda: self.app.push_screen(PreviewScreen(self._desk, self._browser, self, line)))

    def action_history(self) -> None:
        """Every review of the card."""
        from studytui.tui.screens.browse_pages import PastScreen

        line = self.line
        if line is not None:
            self._report(lambda: self.app.push_screen(PastScreen(self._browser, line.id)))

    @waits
    def action_edit(self) -> None:
        """The card's file, at its line."""
        if self.line is not None:
            self.edit(self.line)

    def edit(self, line: CardLine) -> CardLine | None:
        """A card in the editor; gives its line as it is then."""
        from studytui.tui.editor import edited

        if edited(self, line.file, line.line):
            self._report(self._desk.decks.refresh)
            self._changed()
        return self._table.line(line.key)

    @waits
    def action_gone(self) -> None:
        """What the decks' changes offer for cards that are gone."""
        from studytui.tui.screens.browse_pages import GoneScreen

        def gone() -> None:
            self._desk.decks.refresh()  # a deck may have been edited in another window
            self.app.push_screen(GoneScreen(self._browser), lambda _: self._changed())

        self._report(gone)

    # -- many cards ----------------------------------------------------------------------------------------------------

    @waits
    def action_suspend(self) -> None:
        """Suspends; where all are suspended, resumes."""
        self._do("Suspending or resuming", lambda browser, lines, tell: browser.suspend(lines, tell))

    @waits
    def action_do(self, action: str) -> None:
        """Buries, or makes new again."""
        words = "Burying" if action == Action.BURY else "Making new again"
        self._do(words, lambda browser, lines, tell: browser.do(Action(action), lines, progress=tell))

    @waits
    def action_tag(self) -> None:
        """Asks for a tag."""
        from studytui.tui.screens.one_line import OneLine

        chosen = self.listing.chosen

        def tag(text: str | None) -> None:
            if text:
                self._do("Tagging", lambda browser, lines, tell: browser.tag(lines, text, tell), chosen)

        words = f"Tag for {self._cards(chosen)}; with a minus in front it is taken out"
        self.app.push_screen(OneLine(words, "cnn, or -cnn"), tag)

    @waits
    def action_set_due(self) -> None:
        """Asks for a day, one for all of them."""
        from studytui.tui.screens.due_day import DueDayScreen

        chosen = self.listing.chosen

        def set_due(day: int, _words: str) -> None:
            self._do(
                "Setting the day",
                lambda browser, lines, tell: browser.do(Action.SET_DUE, lines, day, tell),
                chosen,
            )

        cards = self._cards(chosen)
        self.app.push_screen(
            DueDayScreen(self._desk.day.today, set_due, cards if len(chosen) == 1 else f"each of {cards}")
        )

    def _cards(self, chosen: Sequence[int]) -> str:
        """One card by its id, more by their number."""
        line = self._table.line(chosen[0]) if len(chosen) == 1 else None
        return line.id if line is not None else f"{len(chosen):,} card{'' if len(chosen) == 1 else 's'}"

    @waits
    def action_cram(self) -> None:
        """A sitting over the cards that changes no schedule."""
        from studytui.tui.screens.study import StudyScreen

        def cram() -> None:
            session = self._desk.cramming.session(self._browser.ids(self.listing.crammed))
            session.begin()
            if session.question is None:
                self.notify("None of these cards can be asked: their decks are gone.", markup=False)
                return
            cards = counted(sum(session.counts), "card")
            self.app.push_screen(StudyScreen(self._desk, session, None), lambda _: self._changed())
            self.notify(f"Cramming {cards}: nothing is recorded, no schedule changes", markup=False, timeout=4)

        self._report(cram)

    @waits
    def action_undo(self) -> None:
        """Takes back what was done last."""
        self._do("Undoing", lambda browser, _, tell: browser.undo(tell), ())

    @waits
    def action_redo(self) -> None:
        """Brings back what the last undo took back."""
        self._do("Redoing", lambda browser, _, tell: browser.redo(tell), ())

    def _do(self, what: str, act: Act, chosen: Sequence[int] | None = None) -> None:
        """Has something done to cards, beside the screen."""
        from studytui.browsing.browser import done_apart

        keys = self.listing.chosen if chosen is None else chosen
        work = done_apart(self._browser, keys, self._desk.language, act)
        words = f"{what}: {self._cards(keys)}" if keys else what
        doing(self).begin(self, words, work, self._tell, self._done)

    def _done(self, said: str | None) -> None:
        if said is not None:
            self.notify(said, markup=False, timeout=4)
        self._report(self._browser.back)
        self._changed()

    def _report(self, what: Callable[[], Any]) -> None:
        """Shows why something could not be done."""
        try:
            what()
        except Problem as problem:
            self.notify(str(problem), severity="error", timeout=30, markup=False)

    def on_app_focus(self, _event: events.AppFocus) -> None:
        """The terminal has the focus again: another program may have changed the cards."""
        self._again()


def _readable(error: SearchError) -> str | None:
    """What stands before a mistake, when it is a search by itself; None leaves the cards as they are."""
    before = error.text[: error.start].strip()
    try:
        parse(before)
    except SearchError:
        return None
    return before or None
