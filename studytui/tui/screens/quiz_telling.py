"""In whose words the open question of a quiz is shown: its language changes while it is sat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.entering import Filling
from studytui.tui.parts import put_into, typed_into
from studytui.tui.screens.quiz_entering import EnteringScreen
from studytui.tui.screens.quiz_face import placeholder

if TYPE_CHECKING:
    from studytui.deck.model import Question
    from studytui.desk import Desk
    from studytui.quiz.sitting import Quiz

_STAYS = "This question stays in these words: not all of its options are told in others."


class TellingScreen(EnteringScreen):
    """A screen with a quiz; questions are shown in the learner's language where it has them."""

    def __init__(self, desk: Desk, quiz: Quiz) -> None:
        super().__init__()
        self._desk, self.quiz = desk, quiz
        #: By place, what is shown in other words than the paper's, and in which language.
        self._told: dict[int, tuple[Question, str]] = {}

    @property
    def _question(self) -> Question:
        """The open question in the words in which it is shown; the paper has those in which it was answered."""
        told = self._told.get(self.quiz.sheet.place)
        return told[0] if told is not None else self.quiz.question

    def _show_bars(self) -> None:
        """Shows what stands above and below the question."""
        raise NotImplementedError

    def _show_face(self, *, keep_scroll: bool = False) -> None:
        """Shows the question."""
        raise NotImplementedError

    def action_language(self) -> None:
        """The question in its next language; what is being entered stays as it is."""
        typed, entering = self._field.value, typed_into(self._entering, self._field)
        self._desk.language = self._desk.decks.next_language(self._question.card.id)
        self._tell()
        self._show_bars()
        if isinstance(entering, Filling):
            put_into(self._field, self._question.form, entering)
        else:
            self._field.value = typed
        self._field.placeholder = placeholder(self._question.form, entering)
        self._entering = entering
        self._show_face(keep_scroll=True)
        told, recast = self._told.get(self.quiz.sheet.place), self.quiz.question.recast
        if recast is not None and recast.cards and (told is None or told[1] != self._desk.language):
            self.notify(_STAYS, markup=False, timeout=4)
        self.call_after_refresh(self._keep_language)

    def _tell_if_other(self) -> None:
        """Finds the words of the learner's language where these may be others than those of the paper."""
        if self._desk.language != self.quiz.paper.language or self.quiz.sheet.place in self._told:
            self._tell()

    def _tell(self) -> None:
        """Finds the words of the learner's language for the open question; where it has none, it stays as it is."""
        from studytui.deck.retelling import retold

        question = retold(self.quiz.question, self._desk.decks.card)
        if question is not None:
            self._told[self.quiz.sheet.place] = question, self._desk.language

    def _answer_in_these_words(self) -> None:
        """What is entered now is graded in the words that are shown; what was answered before, in those of then."""
        told = self._told.get(self.quiz.sheet.place)
        if told is not None and told[0] is not self.quiz.question:
            self.quiz.retell(*told)

    def _keep_language(self) -> None:
        """Written behind the paint: the disk may take longer than a key press."""
        problem = self._desk.settings_file.keep_language()
        if problem:
            self.notify(problem, severity="warning", timeout=12, markup=False)
