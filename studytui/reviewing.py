"""An answered question as the review that the journal keeps of it, the same one in Study and in a quiz."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studytui.deck.ask import describe_response
from studytui.memory.model import Action, Entry

if TYPE_CHECKING:
    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Question, Response
    from studytui.memory.model import Moment, Rating

#: Typed answers longer than this are not kept whole in the journal.
LONGEST_TYPED = 500


def review_of(
    question: Question,
    response: Response,
    verdict: Verdict | None,
    rating: Rating,
    moment: Moment,
    day: int,
    duration_ms: int,
    spread: float | None = None,
) -> Entry:
    """The entry for a question that was answered; the names of several slips stand with commas between."""
    variant = question.variant
    return Entry(
        card=question.card.id,
        action=Action.REVIEW,
        time_ms=moment.ms,
        offset=moment.offset,
        day=day,
        rating=rating,
        verdict=verdict.outcome.value if verdict else "",
        typed=describe_response(question, response)[:LONGEST_TYPED],
        seed=question.seed,
        givens=json.dumps(variant.givens, ensure_ascii=False) if variant else "",
        slip=", ".join(_slips(verdict)) if verdict else "",
        duration_ms=duration_ms,
        spread=spread,
    )


def _slips(verdict: Verdict) -> list[str]:
    """The slips that were made, in the answer or in its parts, each once."""
    made = [*verdict.slips, *(slip for part in verdict.parts for slip in part.slips)]
    return list(dict.fromkeys(slip.name for slip in made))
