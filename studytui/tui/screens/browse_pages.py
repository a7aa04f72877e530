"""The pages over Browse: a card with its answer, its past, and the cards that are gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from studytui.browsing.past import past_rows
from studytui.browsing.table import cell, standing
from studytui.deck.ask import ask
from studytui.face import Row, judged_face, sentence
from studytui.problems import Problem
from studytui.text import place
from studytui.tui.doing import waits
from studytui.tui.keys import key
from studytui.tui.screens.page import Page
from studytui.tui.widgets.bars import TitleBar
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from textual.binding import BindingType

    from studytui.browsing.browser import Browser, Offer
    from studytui.deck.model import Question
    from studytui.desk import Desk
    from studytui.journal.finding import CardLine
    from studytui.tui.screens.browse import BrowseScreen

_FACTS = {
    "due": "due", "stability": "stability", "difficulty": "difficulty", "recall": "recall", "reps": "answers",
    "lapses": "lapses",
}  # fmt: skip


class PreviewScreen(Page):
    """Question and answer as they are shown, with the numbers seen last, and how the card stands.

    The card is the one under the cursor of `browse`, which goes along with `next` and `previous`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("preview.next", "right,J", "step(1)", "next", "The next card that was found"),
        key("preview.previous", "left,K", "step(-1)", "previous", "The card before it"),
        key("preview.past", "h", "past", "history", "Every answer to this card"),
        key("preview.edit", "e", "edit", "edit", "Open the card in $EDITOR, at its line"),
        key("preview.help", "question_mark,f1", "app.help", "help", "All keys and words", show=False),
    ]

    def __init__(self, desk: Desk, browser: Browser, browse: BrowseScreen, line: CardLine) -> None:
        super().__init__(line.id)
        self._desk, self._browser, self._browse = desk, browser, browse
        self._take(line)

    def _take(self, line: CardLine) -> None:
        question: Question | None = None
        problem = ""
        card = self._desk.decks.card(line.id)
        if card is None:
            problem = "This card is in no deck any more. What was recorded of it is kept (h shows it)."
        else:
            try:
                question = ask(card, self._browser.seed(line.id))
            except ValueError as error:
                problem = str(error)
        self._line, self._question, self._problem = line, question, problem

    def on_mount(self) -> None:
        """The title says which of the cards it is."""
        self._tell()

    def rows(self, width: int) -> list[Row]:
        """The card, and below it its numbers."""
        line = self._line
        rows = (
            judged_face(self._question, None, None, width)
            if self._question is not None
            else sentence(self._problem, width, "close")
        )
        facts = [standing(line), line.kind, *(f"{word} {cell(line, column)}" for column, word in _FACTS.items())]  # type: ignore[arg-type] # columns
        known = [fact for fact in facts if not fact.endswith(" ") and fact]
        where = [Row(((place(line.file, line.line, width), "muted"),))] if line.file else []
        return [*rows, Row(), *sentence(" · ".join(known), width, "muted"), *where]

    def _tell(self) -> None:
        listing = self._browse.listing
        which = f"{listing.cursor + 1:,} of {len(listing.keys):,}"
        self.query_one(TitleBar).show(self._line.id, which, which)
        self.refresh_bindings()

    def _show(self, line: CardLine | None) -> None:
        if line is None:  # it is gone since it was found: what is shown stays
            return
        is_other = line.id != self._line.id
        try:
            self._take(line)
        except Problem as problem:
            self.notify(str(problem), severity="error", timeout=30, markup=False)
            return
        self.query_one(CardView).show(self.rows, keep_scroll=not is_other)
        self._tell()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Behind the last card and before the first one there is none; a card without a file is not edited."""
        listing = self._browse.listing
        match action, parameters:
            case "step", (1,):
                return listing.cursor + 1 < len(listing.keys)
            case "step", _:
                return listing.cursor > 0
            case "edit", _:
                return bool(self._line.file)
            case _:
                return True

    def action_step(self, by: int) -> None:
        """Another card, here and under the cursor of the table."""
        self._browse.action_move(by)
        self._show(self._browse.line)

    @waits
    def action_edit(self) -> None:
        """The card's file, at its line; then the card as it now stands."""
        self._show(self._browse.edit(self._line))

    def action_past(self) -> None:
        """Its past, over it."""
        self.app.push_screen(PastScreen(self._browser, self._line.id))


class PastScreen(Page):
    """Every review of one card."""

    def __init__(self, browser: Browser, card: str) -> None:
        super().__init__(f"History · {card}")
        self._past = browser.past(card)

    def rows(self, width: int) -> list[Row]:
        """Newest first."""
        return past_rows(self._past, width)


class GoneScreen(Page):
    """Cards that are gone, each with the card that it seems to have become: accepted or declined one by one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("gone.accept", "enter", "accept", "move", "Make what is recorded of the old card that of the new one"),
        key("gone.decline", "d", "decline", "not the same", "Do not offer this again"),
        key("gone.down", "down,j", "move(1)", "down", "Next offer"),
        key("gone.up", "up,k", "move(-1)", "up", "Previous offer", show=False),
        key("page.close", "escape,q", "close", "back", "Back to the screen below"),
    ]

    def __init__(self, browser: Browser) -> None:
        super().__init__("Cards that are gone")
        self._browser = browser
        self._offers: list[Offer] = browser.offers()
        self._cursor = 0

    def rows(self, width: int) -> list[Row]:
        """Two rows an offer."""
        if not self._offers:
            words = "No card that is gone looks like one that is there. The search is:orphan lists those that are gone."
            return [Row(), *sentence(words, width)]
        rows = []
        for number, offer in enumerate(self._offers):
            chosen = number == self._cursor
            style = "cursor" if chosen else "plain"
            answers = f"{offer.entries} recorded"
            rows.append(Row(((f"{'▸' if chosen else ' '} {offer.old} ({answers})", style),), cursor=chosen))
            rows.append(Row(((f"    → {offer.new}", style),)))
        return rows

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Without an offer there is only the way back."""
        return action not in {"accept", "decline", "move"} or bool(self._offers)

    def action_move(self, by: int) -> None:
        """Another offer."""
        self._cursor = (self._cursor + by) % max(len(self._offers), 1)
        view = self.query_one(CardView)
        view.show(self.rows, keep_scroll=True, below=1)
        view.reveal_cursor()

    def action_accept(self) -> None:
        """The history moves; taking that back is an undo."""
        self._decide(accept=True)

    def action_decline(self) -> None:
        """They are two cards."""
        self._decide(accept=False)

    def _decide(self, *, accept: bool) -> None:
        offer = self._offers[self._cursor]
        try:
            said = (self._browser.accept if accept else self._browser.decline)(offer.old, offer.new)
        except Problem as problem:
            self.notify(str(problem), severity="error", timeout=30, markup=False)
            return
        self.notify(said, markup=False, timeout=4)
        self._offers = self._browser.offers()
        self._cursor = min(self._cursor, max(len(self._offers) - 1, 0))
        self.action_move(0)
        self.refresh_bindings()
