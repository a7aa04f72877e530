"""What the quiz screen says: the line at the top, the question's rows, and what is entered but not answered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.model import Line
from studytui.entering import Arranging, Filling, Pairing, Picking, begin
from studytui.face import asking_face, judged_face
from studytui.quiz_pages.sitting import is_blank, time_words
from studytui.tui import parts

if TYPE_CHECKING:
    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Form, Question, Response
    from studytui.entering import Entering
    from studytui.face import Row
    from studytui.memory.model import Moment
    from studytui.quiz.sitting import Quiz


def title(quiz: Quiz, now: Moment) -> tuple[str, str, str]:
    """Place, kind and deck; seed or practised slip, flags and clock; and the clock alone, for narrow terminals."""
    place, count, card = quiz.sheet.place, len(quiz.sheet.answers), quiz.question.card
    left = [f"{place + 1} of {count}", *(["flagged"] if quiz.here.flagged else []), card.kind]
    words, short = time_words(quiz.left_ms(now), quiz.sheet.elapsed_ms + max(now.ms - quiz.sheet.seen_ms, 0))
    flags = len(quiz.flagged_places)
    plan = quiz.paper.plan
    right = [
        f"drill: {plan.slip}" if plan.slip else f"seed {plan.seed}",
        *([f"{flags} flagged"] if flags else []),
        words,
    ]
    return " · ".join([*left, quiz.paper.title(card.deck)]), " · ".join(right), short


def face(
    question: Question, entering: Entering | None, response: Response, judged: Verdict | None, unread: Verdict | None,
    width: int,
) -> list[Row]:  # fmt: skip
    """The question as it is asked; once it was judged, with its verdict and the worked solution."""
    if judged is not None:
        return judged_face(question, response, judged, width)
    return asking_face(question, entering, width, unread)


def entered(form: Form, entering: Entering | None, typed: str, before: Response) -> Response:
    """What stands in the field or under the cursor; None for what was not touched."""
    match entering:
        case None:
            response: Response = typed
        case Picking():
            response = entering.picked
        case Arranging():
            response = entering.order if before is not None or entering.order != _order(form) else None
        case Pairing():
            response = entering.partners
        case Filling():
            response = entering.response
    return None if is_blank(response) else response


def _order(form: Form) -> tuple[int, ...] | None:
    first = begin(form)
    return first.order if isinstance(first, Arranging) else None


def placeholder(form: Form, entering: Entering | None = None) -> str:
    """What the answer field says while it is empty. Where Study lets the learner judge, a quiz wants it typed."""
    return "the missing words" if isinstance(form, Line) and form.optional else parts.placeholder(form, entering)
