"""An answer that was judged, and what each rating key would give for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.ask import grade
from studytui.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from studytui.answer.verdict import Verdict
    from studytui.deck.model import Question, Response
    from studytui.memory.model import Memory, Moment, Rating


@frozen
class Judged:
    """An answer that was judged: what the rating keys offer is computed at `moment`, and given as of `moment`."""

    response: Response
    verdict: Verdict | None
    moment: Moment
    options: Mapping[Rating, Memory]
    intervals: Mapping[Rating, str]
    suggested: Rating
    spreads: Mapping[Rating, float]


def retold_verdict(question: Question, judged: Judged) -> Verdict | None:
    """The verdict in the question's words. One that would be another in this language stays as it was given."""
    verdict = grade(question, judged.response) if judged.verdict is not None else None
    if verdict is None or judged.verdict is None or verdict.outcome is not judged.verdict.outcome:
        return judged.verdict
    return verdict if verdict.score == judged.verdict.score else judged.verdict
