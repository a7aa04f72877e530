"""What stands around the questions of a quiz, as rows and words: clock, progress, overview, handing in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.answer.verdict import Outcome
from studytui.deck.model import Filled
from studytui.face import Row, sentence
from studytui.text import display_width, fitting

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from studytui.deck.model import Response
    from studytui.face import Piece
    from studytui.quiz.sitting import Quiz

#: From here on the clock warns: milliseconds, and how the bar says it, in full and in short.
_WARNINGS = ((60_000, "last minute", "last min"), (300_000, "last 5 minutes", "last 5 min"))
OPEN, ANSWERED, UNREAD = "·", "■", "?"
_FLAG = "!"
#: A sign, its style and a word for what was judged already, and for what was not.
_JUDGED = {
    Outcome.RIGHT: ("✓", "right", "right"),
    Outcome.CLOSE: ("≈", "close", "close"),
    Outcome.SLIP: ("✗", "wrong", "a slip"),
    Outcome.WRONG: ("✗", "wrong", "wrong"),
}


def standing(quiz: Quiz, place: int) -> tuple[str, str, str]:
    """Sign, style and word for how a question stands."""
    verdict = quiz.judged(place)
    if verdict is not None and verdict.outcome in _JUDGED:
        return _JUDGED[verdict.outcome]
    answer = quiz.sheet.answers[place]
    if answer.response is not None:
        return ANSWERED, "plain", "answered"
    return (UNREAD, "close", "not read") if answer.unread is not None else (OPEN, "muted", "open")


# -- the clock --------------------------------------------------------------------------------------------------------


def clock_text(milliseconds: int) -> str:
    """`12:05`, or `1:02:05` from an hour on."""
    minutes, seconds = divmod(milliseconds // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"


def time_words(left_ms: int | None, elapsed_ms: int) -> tuple[str, str]:
    """What the bar says of the time, and its short form: what is left, or what was taken where there is no limit."""
    if left_ms is None:
        taken = clock_text(elapsed_ms)
        return taken, taken
    # Rounded up: the clock shows 0:00 when the time is over, and not a second before.
    left = clock_text(left_ms + 999)
    for below, word, short in _WARNINGS:
        if left_ms <= below:
            return f"{word} · {left}", f"{short} {left}"
    return f"{left} left", left


# -- progress ---------------------------------------------------------------------------------------------------------


def progress_row(quiz: Quiz, width: int) -> Row:
    """All questions on one row, the open one in brackets; where they are too many a sign stands for several.

    `·` no answer, `■` answered, `!` flagged; of several: `-` some answered, `!` one flagged.
    """
    count, here = len(quiz.sheet.answers), quiz.sheet.place
    done = count - len(quiz.open_places)
    tail = f" {done}/{count}"
    room = max(width - len(tail) - 2, 1)
    per_sign = -(-count // room)
    pieces: list[Piece] = []
    for start in range(0, count, per_sign):
        piece = _sign(quiz, range(start, min(start + per_sign, count)))
        pieces += [("[", "cursor"), piece, ("]", "cursor")] if here in range(start, start + per_sign) else [piece]
    used = sum(len(text) for text, _ in pieces)
    return Row((*pieces, (" " * (width - used - len(tail)) + tail, "muted")))


def _sign(quiz: Quiz, places: Sequence[int]) -> Piece:
    if any(quiz.sheet.answers[place].flagged for place in places):
        return _FLAG, "close"
    signs = [standing(quiz, place)[:2] for place in places]
    if len(set(signs)) == 1:
        return signs[0]
    return ("-", "muted") if any(sign in OPEN + UNREAD for sign, _ in signs) else (ANSWERED, "plain")


# -- the overview -----------------------------------------------------------------------------------------------------


def overview_rows(quiz: Quiz, cursor: int, width: int, words: Callable[[int], str]) -> list[Row]:
    """Every question on a row, how it stands and what was answered (`words`); behind them, handing in."""
    rows = []
    count = len(quiz.sheet.answers)
    column = len(str(count))
    for place in range(count):
        here = place == cursor
        sign, style, state = standing(quiz, place)
        card, answer = quiz.paper.questions[place].card, quiz.sheet.answers[place]
        flag = "! " if answer.flagged else "  "
        head = f"{'▸' if here else ' '} {str(place + 1).rjust(column)} {flag}"
        said = words(place) if answer.response is not None else ""
        rest = " · ".join(part for part in (state, said, f"{quiz.paper.title(card.deck)} ({card.kind})") if part)
        base = "cursor" if here else "plain"
        tail = _cut(f" {rest}", width - display_width(head) - 1)
        rows.append(Row(((head, base), (sign, style), (tail, base)), f"row({place})", cursor=here))
    here = cursor == count
    last = Row(((f"{'▸' if here else ' '} Hand in", "cursor" if here else "strong"),), f"row({count})", cursor=here)
    return [*rows, Row(), last]


def hand_in_rows(quiz: Quiz, width: int) -> list[Row]:
    """What handing in now would mean: the open and the flagged questions by their numbers."""
    count, open_, flagged = len(quiz.sheet.answers), quiz.open_places, quiz.flagged_places
    answered = f"{count - len(open_)} of {count} questions answered."
    rows = [Row((("Hand in?", "title"),)), Row(), *sentence(answered, width)]
    if open_:
        rows += sentence(f"Without an answer: {numbers(open_)}.", width, "close")
    if flagged:
        rows += sentence(f"Flagged: {numbers(flagged)}.", width, "close")
    return [*rows, Row(), *sentence("y hands in, after that nothing can be changed; esc goes back.", width)]


def numbers(places: Iterable[int]) -> str:
    """The numbers of places, three or more in a row as `4–9`."""
    runs: list[list[int]] = []
    for number in (place + 1 for place in places):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    parts = []
    for run in runs:
        parts += [f"{run[0]}–{run[-1]}"] if len(run) > 2 else [str(number) for number in run]
    return ", ".join(parts)


def is_blank(response: Response) -> bool:
    """Whether a response says nothing, so that it is none."""
    if isinstance(response, str):
        return not response.strip()
    if isinstance(response, frozenset):
        return not response
    if isinstance(response, Filled):
        return not any(line.strip() for line in response.lines)
    return response is None or (isinstance(response, tuple) and all(place < 0 for place in response))


def _cut(words: str, room: int) -> str:
    return words if display_width(words) <= room else fitting(words, max(room - 1, 1)) + "…"
