"""The study screen: the question alone, then the verdict, the solution and the ratings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on

from studytui.entering import Picking, begin
from studytui.memory.model import Rating
from studytui.session import Phase
from studytui.tui.elsewhere import Hearing, Illustrator
from studytui.tui.keys import own_keys
from studytui.tui.parts import placeholder, typed_into
from studytui.tui.reporting import reporting, show_problems
from studytui.tui.screens.study_face import face, title
from studytui.tui.screens.study_keys import BINDINGS, VALID, State
from studytui.tui.screens.study_verbs import Verbs
from studytui.tui.widgets.bars import KeyBar, TitleBar
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from reference_impl.compare import Opinion
    from studytui.deck.model import Question
    from studytui.desk import Desk
    from studytui.face import Row
    from studytui.session import Session
    from studytui.tui.widgets.rating_bar import RatingBar


#: More rows than are below any cursor.
_TO_THE_END = 1000


class StudyScreen(Verbs):
    """One sitting that was begun. All state is the session's; what is kept here is the form that is being filled in."""

    BINDINGS: ClassVar[list[BindingType]] = list(BINDINGS)

    def __init__(self, desk: Desk, session: Session, decks: list[str] | None) -> None:
        super().__init__()
        self._desk, self.session, self._decks = desk, session, decks
        self._translated = False
        self._ratings: RatingBar | None = None
        self._hearing = Hearing(desk, self._heard)
        self._illustrator = Illustrator(self._illustrated)

    def compose(self) -> ComposeResult:
        """One view for every card, and two bars; what the first question does not need comes after the first paint."""
        yield TitleBar()
        yield CardView()
        yield KeyBar()

    def on_mount(self) -> None:
        """The first card is in the first paint."""
        own_keys(self)
        self._card, self._bar = self.query_one(CardView), self.query_one(TitleBar)
        self.set_interval(5, self._wake)
        self._show()
        self.call_after_refresh(self._after_first_paint)

    async def _after_first_paint(self) -> None:
        """The answer field alone costs 8 ms to import."""
        from studytui.tui.widgets.answer_field import AnswerField
        from studytui.tui.widgets.rating_bar import RatingBar

        self._field, self._ratings = AnswerField(), RatingBar()
        self._field.display = self._ratings.display = False
        await self.mount(self._field, self._ratings, before=self.query_one(KeyBar))
        self._show_bars()
        self._show_field()
        self._field.value = self._typed_ahead
        self.refresh_bindings()
        self._desk.ahead.settle()
        self._look_ahead()
        show_problems(self, self._desk.problems)

    # -- showing -------------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        """Shows the session as it stands: called after everything that changes it."""
        session = self.session
        question = session.question
        self._show_notices()
        self._translated = question is not None and bool(self._desk.decks.library.languages(question.card.id))
        self._entering = begin(question.form) if question and session.phase is Phase.ASKING else None
        self._empty_once = False
        self._show_bars()
        self._show_face()
        self._show_field()
        self.refresh_bindings()
        if question is not None:
            self._hearing.ask(session.original or question, session.calls)
            if session.phase is Phase.JUDGED:
                self.call_after_refresh(self._illustrator.want, session.original or question)

    def _show_notices(self) -> None:
        for notice in self.session.notices:
            self.notify(notice, severity="warning", timeout=12, markup=False)
        self.session.notices.clear()

    def _show_bars(self) -> None:
        session = self.session
        new, learning, review = session.counts
        head = title(self._desk, session, self._decks)
        doing = self._doing
        self._bar.show(
            head,
            (doing and doing.words) or f"new {new} · learning {learning} · review {review}",
            (doing and doing.short) or f"{new} · {learning} · {review}",
        )
        judged = session.judged
        if self._ratings is not None:
            self._ratings.display = judged is not None
            if judged is not None:
                self._ratings.show(judged.intervals, judged.suggested)

    def _show_face(self, *, keep_scroll: bool = False) -> None:
        """A question is read from its top; what was said of an answer must be in view."""
        session = self.session
        below = 4 if session.judged is not None else _TO_THE_END if session.unread is not None else None
        figure = session.judged is not None and self._illustrator.figure(session.original) is not None
        self._card.show(self._face, keep_scroll=keep_scroll, below=below, for_height=figure)

    def _face(self, width: int) -> list[Row]:
        return face(
            self._desk, self.session, self._entering, self._illustrator.figure(self.session.original), width,
            self._card.room, pending=self._hearing.pending,
        )  # fmt: skip

    def _illustrated(self) -> None:
        """The figure of a question has been made; the learner may have gone on meanwhile."""
        if self.session.judged is not None and self._illustrator.figure(self.session.original) is not None:
            self._show_face(keep_scroll=True)

    # -- which keys are valid now ---

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Only what is valid now is bound, and stands in the key bar."""
        if self._field_is_to_come:
            return action == "help_typing"
        rule = VALID.get(action)
        return rule is None or rule(self.state, parameters)

    @property
    def state(self) -> State:
        """What decides which keys are valid."""
        question = self.session.question
        typing = self._field is not None and self._field.display and self._field.has_focus
        return State(
            self.session.phase,
            question.form if question is not None else None,
            self._entering,
            typing=typing,
            computed=bool(self.session.calls),
            translated=self._translated,
            cram=self.session.cram,
            doing=self._doing is not None and self._doing.is_on,
        )

    # -- answering -----------------------------------------------------------------------------------------------------

    action_show_me = Verbs.action_reveal

    def action_submit(self) -> None:
        """Hands in what is picked, arranged or paired."""
        if self._entering is not None:
            self.session.answer(self._entering.response)
            self._show()

    @on(CardView.Pressed)
    async def _row_clicked(self, event: CardView.Pressed) -> None:
        await self.run_action(event.action)

    def action_press(self, place: int) -> None:
        """A digit: an option, an item, a partner; after the verdict, a rating."""
        if self.session.phase is Phase.JUDGED:
            self._rate(Rating(place + 1))
        elif self._entering is not None:
            self._enter(typed_into(self._entering, self._field).press(place))
            if isinstance(self._entering, Picking) and not self._entering.several and self._entering.picked == {place}:
                self.action_submit()

    # -- rating and the other verbs ---

    def action_accept(self) -> None:
        """The suggested rating."""
        if self.session.judged is not None:
            self._rate(self.session.judged.suggested)

    def on_rating_bar_chosen(self, event: RatingBar.Chosen) -> None:
        """A rating was clicked."""
        self._rate(event.rating)

    def _rate(self, rating: Rating) -> None:
        if self._waits:
            return
        with reporting(self):
            self.session.rate(rating)
        self._show()
        self.call_after_refresh(self._look_ahead)

    def _look_ahead(self) -> None:
        with reporting(self):
            self._desk.ahead.load_card(self.session.coming)

    def action_proof(self) -> None:
        """How the answer was computed, and who confirms it."""
        from studytui.deck.figure import figure_of_answer
        from studytui.tui.screens.proof import ProofScreen

        question = self.session.question
        if question is not None:
            figure = self._illustrator.figure(self.session.original) or figure_of_answer(question)
            self.app.push_screen(ProofScreen(question, self.session.opinions, figure))

    def action_language(self) -> None:
        """The card in its next language: all that was entered, and the rating that waits, stay as they are."""
        question = self.session.question
        if question is None:
            return
        self._desk.language = self._desk.decks.next_language(question.card.id)
        same = False
        with reporting(self):
            same = self.session.retell()
        if same:
            self._show_retold()
        else:
            self._show()
        self.call_after_refresh(self._keep_language)

    def _show_retold(self) -> None:
        """The same in other words: what was in view stays in view, and the answer field as it is."""
        question = self.session.question
        in_view = self._card.shows_cursor
        self._show_bars()
        self._show_face(keep_scroll=True)
        if in_view:
            self._card.reveal_cursor()
        if self._field is not None and question is not None:
            self._field.placeholder = placeholder(question.form, self._entering)

    def _keep_language(self) -> None:
        """Written behind the paint: the disk may take longer than a key press."""
        problem = self._desk.settings_file.keep_language()
        if problem:
            self.notify(problem, severity="warning", timeout=12, markup=False)

    def action_edit(self) -> None:
        """The card's file in $EDITOR, at the card's line; then the card as it now stands."""
        question = self.session.question
        if question is None or self._waits:
            return
        from studytui.tui.editor import edited

        if not edited(self, question.card.file, question.card.line):
            return
        with reporting(self):
            for finding in self._desk.decks.refresh():
                self.notify(str(finding), severity="warning", markup=False, timeout=12)
            self.session.reload()
        self._show()

    def action_help(self) -> None:
        """All keys and words."""
        from studytui.tui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self))

    action_help_typing = action_help

    def action_leave(self) -> None:
        """Back to home, or out of the program that began with the sitting. Nothing needs saving.

        What is being done ends first.
        """
        if self._doing is not None and self._doing.end():
            return
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()

    def _wake(self) -> None:
        """A learning card may have come meanwhile."""
        show_problems(self, self._desk.problems)
        if self.session.phase is Phase.WAITING:
            with reporting(self):
                self.session.wake()
            self._show()

    def _heard(self, question: Question, opinions: Mapping[int, Sequence[Opinion]]) -> None:
        """What PyTorch's witnesses say of a question, which may have left the screen meanwhile."""
        shown = self.session.question
        with reporting(self):
            self.session.testify(question, opinions)
        if self.session.question is not shown:
            self._show()
            return
        self._show_notices()  # a card that was rated already is withdrawn; what is being typed must stay
        self._show_bars()
        if self.session.phase is Phase.JUDGED:
            self._show_face(keep_scroll=True)
