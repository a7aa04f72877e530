"""A quiz: a paper of machine-graded questions, a sitting with an end, a result. No screen, no journal, no clock.

Whatever shows a quiz calls the verbs of `Quiz` with the moment at which they happen and looks at `question`, `here`
and `result`. `Quiz.sheet` is all that a sitting has become so far: kept, it goes on where it was.
"""

from __future__ import annotations

import hashlib
from dataclasses import field, replace
from fractions import Fraction
from typing import TYPE_CHECKING

from studytui.answer.verdict import Verdict
from studytui.deck.ask import ask, grade
from studytui.deck.model import Reveal
from studytui.deck.proof import contradiction, prove
from studytui.frozen import frozen
from studytui.problems import Problem
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from studytui.deck.model import Card, Question, Response
    from studytui.memory.model import Moment

#: Seeds are short enough to be read out in a classroom.
LARGEST_SEED = 999_999_999


@frozen
class Paper:
    """The questions of a quiz, in their order. `notices` say what else the learner must know of how it was made.

    `titles` are those of the decks, by id, in the learner's language.
    """

    seed: int
    questions: tuple[Question, ...]
    notices: tuple[str, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    def title(self, deck: str) -> str:
        """A deck's title; its id where none is known."""
        return self.titles.get(deck, deck)


def read_seed(typed: str) -> int:
    """The seed in a text. Raises Problem when there is none."""
    digits = typed.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= 100 and int(digits) <= LARGEST_SEED:
        return int(digits)
    shown = clean_line(typed[:100])[:40]
    raise Problem(f"“{shown}” is no seed: give a whole number from 0 to {LARGEST_SEED}, such as 7")


def draw_paper(cards: Iterable[str], card_of: Callable[[str], Card | None], count: int, seed: int) -> Paper:
    """A paper of `count` questions from cards given by their ids; each is asked for only when its turn has come.

    Which cards, their order and their variants follow from the seed and the ids alone, so a shorter paper is the
    beginning of a longer one. Left out are: recall cards, which no machine grades; all gaps but one of a cloze, since
    they give each other away; and cards that cannot be asked or that a quick witness contradicts, with a notice. With
    fewer cards than `count` all are on the paper, with a notice. Raises Problem when no question is left.
    """
    if not 0 <= seed <= LARGEST_SEED:
        raise Problem(f"{seed} is no seed: give a whole number from 0 to {LARGEST_SEED}, such as 7")
    if count < 1:
        raise Problem(f"a quiz of {count} questions cannot be sat: ask for one at least")
    questions: list[Question] = []
    notices: list[str] = []
    families: set[str] = set()
    for card_id in sorted(set(cards), key=lambda each: _digest(seed, "order", each)):
        if len(questions) == count:
            break
        card = card_of(card_id)
        if card is None or card.family in families:
            continue
        question = _question(card, seed, notices)
        if question is not None:
            questions.append(question)
            families |= {card.family} - {""}
    if not questions:
        raise Problem(notices[0] if notices else "no card of these decks is graded by machine: choose other decks")
    if len(questions) < count:
        some = "1 question" if len(questions) == 1 else f"{len(questions)} questions"
        notices.append(f"these decks have {some} for a quiz, not {count}: the paper has no more")
    return Paper(seed, tuple(questions), tuple(notices))


def _question(card: Card, seed: int, notices: list[str]) -> Question | None:
    """The card as the paper asks it; None, and a notice where there is something to say, when it cannot."""
    try:
        question = ask(card, int.from_bytes(_digest(seed, "variant", card.id)[:4]) >> 1)
    except ValueError as error:
        notices.append(f"{card.id} is left out: {error}")
        return None
    if isinstance(question.form, Reveal):
        return None
    against = contradiction(prove(call) for call in (question.variant.calls if question.variant is not None else ()))
    if against is not None:
        notices.append(f"{card.id} is left out: {against}")
        return None
    return question


def _digest(seed: int, what: str, card: str) -> bytes:
    return hashlib.sha256(f"quiz\0{what}\0{seed}\0{card}".encode()).digest()


# -- the sitting ------------------------------------------------------------------------------------------------------


@frozen
class Unread:
    """A line that could not be read, with the verdict that says why."""

    typed: str
    verdict: Verdict


@frozen
class Answer:
    """What stands on the sheet for one question: the response, None being none yet, and when something was unreadable.

    `unread` is the last line that could not be read, if nothing readable came after it. `late` marks a response that
    was under way when the time ran out.
    """

    response: Response = None
    unread: Unread | None = None
    flagged: bool = False
    late: bool = False
    spent_ms: int = 0


@frozen
class Sheet:
    """A sitting so far: the place of the question that is open, what was answered, and the time that it took."""

    answers: tuple[Answer, ...]
    place: int = 0
    elapsed_ms: int = 0


class Quiz:
    """One sitting over a paper. Answers can be changed until it is handed in; after that the verbs change nothing.

    Time is what passes from one verb to the next, so a clock that is set back takes none away. When the limit is
    passed, the quiz hands itself in at the next verb; if that verb is an answer, it was under way and counts, as late.
    """

    def __init__(self, paper: Paper, now: Moment, *, limit_ms: int | None = None, sheet: Sheet | None = None) -> None:
        self.paper, self.limit_ms = paper, limit_ms
        self.sheet = sheet or Sheet((Answer(),) * len(paper.questions))
        self.result: Result | None = None
        self._seen_ms = now.ms

    @property
    def question(self) -> Question:
        """The question that is open."""
        return self.paper.questions[self.sheet.place]

    @property
    def here(self) -> Answer:
        """What stands on the sheet for the question that is open."""
        return self.sheet.answers[self.sheet.place]

    @property
    def open_places(self) -> tuple[int, ...]:
        """The places, from 0, of the questions without an answer."""
        return tuple(place for place, answer in enumerate(self.sheet.answers) if answer.response is None)

    @property
    def flagged_places(self) -> tuple[int, ...]:
        """The places, from 0, of the questions that are flagged."""
        return tuple(place for place, answer in enumerate(self.sheet.answers) if answer.flagged)

    def left_ms(self, now: Moment) -> int | None:
        """The time that is left; None without a limit."""
        if self.limit_ms is None:
            return None
        return max(self.limit_ms - self.sheet.elapsed_ms - self._since(now), 0)

    def go(self, place: int, now: Moment) -> None:
        """Opens another question; a place that is not on the paper changes nothing."""
        if self._goes_on(now) and 0 <= place < len(self.sheet.answers):
            self.sheet = replace(self.sheet, place=place)

    def flag(self, now: Moment) -> None:
        """Flags the open question, or takes its flag away."""
        if self._goes_on(now):
            self._write(flagged=not self.here.flagged)

    def answer(self, response: Response, now: Moment) -> Verdict | None:
        """Answers the open question, in place of any earlier answer; None or an empty line takes that one back.

        A response that cannot be read changes no answer; its verdict is given back.
        """
        if isinstance(response, str) and not response.strip():
            response = None
        verdict = grade(self.question, response) if response is not None else None
        if verdict is not None and not verdict.counts:
            self.misread(response if isinstance(response, str) else "", verdict, now)
            return verdict
        if self.result is None:
            in_time = self._pass_time(now)
            self._write(response=response, unread=None, late=not in_time)
            self._end_if_over(now)
        return None

    def misread(self, typed: str, verdict: Verdict, now: Moment) -> None:
        """Notes a line that no response could be made of, with the verdict that says why. It changes no answer."""
        if self.result is None:
            self._pass_time(now)
            self._write(unread=Unread(clean_line(typed), verdict))
            self._end_if_over(now)

    def hand_in(self, now: Moment) -> Result:
        """Ends the sitting and marks every question."""
        if self.result is None:
            self._pass_time(now)
            marked = zip(self.paper.questions, self.sheet.answers, strict=True)
            self.result = Result(
                self.paper, tuple(_mark(*each) for each in marked), self.sheet.elapsed_ms, self.limit_ms
            )
        return self.result

    def _goes_on(self, now: Moment) -> bool:
        """Whether there is still something to do; counts the time, and hands in what has run out of it."""
        if self.result is None:
            self._pass_time(now)
            self._end_if_over(now)
        return self.result is None

    def _end_if_over(self, now: Moment) -> None:
        if self.left_ms(now) == 0:
            self.hand_in(now)

    def _pass_time(self, now: Moment) -> bool:
        """Counts the time since the last verb for the open question. False when it has run out."""
        passed = self._since(now)
        self._seen_ms = now.ms
        self.sheet = replace(self.sheet, elapsed_ms=self.sheet.elapsed_ms + passed)
        self._write(spent_ms=self.here.spent_ms + passed)
        return self.left_ms(now) != 0

    def _since(self, now: Moment) -> int:
        return max(now.ms - self._seen_ms, 0)

    def _write(self, **changes: object) -> None:
        """Changes what stands on the sheet for the open question."""
        answers, place = self.sheet.answers, self.sheet.place
        changed = replace(answers[place], **changes)  # type: ignore[arg-type]  # the callers give each field's type
        self.sheet = replace(self.sheet, answers=(*answers[:place], changed, *answers[place + 1 :]))


# -- the result -------------------------------------------------------------------------------------------------------


@frozen
class Score:
    """Points, exact, of at most one a question."""

    points: Fraction
    questions: int

    @property
    def share(self) -> Fraction:
        """The points of all there were, 0 to 1."""
        return self.points / self.questions


@frozen
class Marked:
    """One question of a result. `verdict` is None for one without an answer, and unreadable for what was not read."""

    question: Question
    answer: Answer
    verdict: Verdict | None

    @property
    def score(self) -> Fraction:
        """Exact, 0 to 1."""
        return self.verdict.score if self.verdict is not None else Fraction(0)

    @property
    def answered(self) -> bool:
        """Whether there is an answer that was graded."""
        return self.verdict is not None and self.verdict.counts


@frozen
class Result:
    """A quiz that was handed in: its questions marked, in the paper's order, and the time that it took."""

    paper: Paper
    marked: tuple[Marked, ...]
    elapsed_ms: int
    limit_ms: int | None = None

    @property
    def out_of_time(self) -> bool:
        """Whether the time had run out when the quiz was handed in."""
        return self.limit_ms is not None and self.elapsed_ms >= self.limit_ms

    @property
    def total(self) -> Score:
        """The score of the whole paper."""
        return _score(self.marked)

    @property
    def by_deck(self) -> Mapping[str, Score]:
        """The score of each deck, by its id."""
        return self.by(lambda card: card.deck)

    @property
    def by_kind(self) -> Mapping[str, Score]:
        """The score of each kind."""
        return self.by(lambda card: card.kind)

    def by(self, group: Callable[[Card], str]) -> Mapping[str, Score]:
        """The score of each group of cards, sorted by name."""
        groups: dict[str, list[Marked]] = {}
        for each in self.marked:
            groups.setdefault(group(each.question.card), []).append(each)
        return {name: _score(groups[name]) for name in sorted(groups)}


def _score(marked: Iterable[Marked]) -> Score:
    scores = [each.score for each in marked]
    return Score(sum(scores, Fraction(0)), len(scores))


def _mark(question: Question, answer: Answer) -> Marked:
    if answer.response is not None:
        return Marked(question, answer, grade(question, answer.response))
    return Marked(question, answer, answer.unread.verdict if answer.unread is not None else None)
