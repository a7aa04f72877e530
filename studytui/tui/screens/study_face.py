"""What the study screen says: the line at the top, the card's rows, the words in the empty answer field."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from studytui.face import asking_face, badge_rows, judged_face
from studytui.session import Phase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reference_impl.figures import Figure
    from studytui.desk import Desk
    from studytui.entering import Entering
    from studytui.face import Row
    from studytui.session import Session


def title(desk: Desk, session: Session, decks: Sequence[str] | None) -> str:
    """The card's kind and deck, or the sitting's decks. The kind comes first, since a long title is cut at its end."""
    if session.question is not None:
        card = session.question.card
        mark = "cram · " if session.cram else "leech · " if session.leech else ""
        return f"{mark}{card.kind} · {desk.decks.title(card.deck)}"
    if session.cram:
        return "Cram"
    return "All decks" if decks is None else ", ".join(map(desk.decks.title, decks))


def face(
    desk: Desk,
    session: Session,
    entering: Entering | None,
    figure: Figure | None,
    width: int,
    room: tuple[int, int],
    *,
    pending: bool,
) -> list[Row]:
    """The rows of a sitting as it stands, at a width. `pending` is whether a witness has still to speak."""
    question, judged = session.question, session.judged
    if question is None:
        from studytui.pages import done_rows, waiting_rows

        if session.phase is Phase.WAITING:
            return waiting_rows(session.next_due_ms or 0, desk.clock(), width)
        return done_rows(session.tally, session.withdrawn, width, cram=session.cram, finished=session.finished)
    if judged is None:
        return asking_face(question, entering, width, session.unread)
    badge = partial(badge_rows, session.opinions, pending=pending)
    if figure is None:
        return judged_face(question, judged.response, judged.verdict, width, badge(width))
    from studytui.illustrated import illustrated_face

    return illustrated_face(question, judged.response, judged.verdict, badge, figure, width, room)
