"""What is shown beside cards, as rows: the decks of the home screen, the proof of an answer, waiting and done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.blocks import Span
from studytui.deck.layout import wrap_spans
from studytui.deck.show import show_given
from studytui.face import Row, sentence
from studytui.text import clean_line, display_width, fitting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reference_impl.compare import Opinion
    from reference_impl.figures import Figure
    from studytui.deck.model import Question
    from studytui.desk.cards import Leech, Suspended
    from studytui.desk.day import DeckLine, Overview
    from studytui.face import Piece
    from studytui.memory.limits import Counts
    from studytui.memory.model import Moment
    from studytui.session import Tally


def overview_rows(overview: Overview, cursor: int, width: int) -> list[Row]:
    """The decks with their counts, the one under the cursor marked, and what there is to do today."""
    if not overview.decks:
        return [
            Row(),
            Row((("No decks yet", "title"),)),
            Row(),
            *sentence(
                'Put Markdown decks into a folder and name it: studytui study FOLDER, or decks = ["FOLDER"] in', width
            ),
            *sentence("settings.toml. docs/decks.md shows how a deck is written.", width),
        ]
    due = overview.all.new + overview.all.due
    head = f"{due} card{'' if due == 1 else 's'} for today" if due else "Nothing left for today"
    if overview.finished:
        head = "Finished for today (m goes on)"
    if overview.answers_today:
        head += f" · {overview.answers_today} answer{'' if overview.answers_today == 1 else 's'} given"
    rows = [Row(), Row(((head, "title"),))]
    if overview.quiz:
        rows += sentence(f"A quiz waits (z goes on with it): {overview.quiz}", width, "close")
    rows += [Row(), _deck_row(("Deck", "new", "learn", "due"), width, "muted")]
    for number, line in enumerate(overview.decks):
        rows.append(_deck_line(line, number, width, chosen=number == cursor))
    if overview.all.suspended or overview.orphans:
        rows.append(Row())
    if overview.all.suspended:
        them = "it" if overview.all.suspended == 1 else "them"
        rows += sentence(f"{overview.all.suspended} suspended (r shows {them})", width, "muted")
    if overview.orphans:
        cards = "reviewed card is" if overview.orphans == 1 else "reviewed cards are"
        rows += sentence(f"{overview.orphans} {cards} in no deck here and kept for later.", width, "muted")
    if overview.findings:
        one = overview.findings == 1
        words = f"{overview.findings} finding{'' if one else 's'} in the deck files (f shows {'it' if one else 'them'})"
        rows += [Row(), *sentence(words, width, "close")]
    return rows


_TODAY = "today, within the limits"


def overview_text(overview: Overview) -> str:
    """`studytui due`: a line a deck, its id and its title, and the day's total within its limits."""
    column = max((display_width(line.id) for line in overview.decks), default=0)
    lines = [
        f"{_counts_text(line.counts)}   {line.id}{' ' * (column - display_width(line.id))}  {line.title}"
        for line in overview.decks
    ]
    today = "today, which is finished: what is left waits until tomorrow" if overview.finished else _TODAY
    return "\n".join([*lines, f"{_counts_text(overview.all)}   {today}"])


def _counts_text(counts: Counts) -> str:
    return f"{counts.new:5} new {counts.learning:5} learning {counts.review:5} due"


def overview_dict(overview: Overview) -> dict[str, object]:
    """`studytui due --format json`."""
    total = overview.all
    return {
        "day": overview.day,
        "new": total.new,
        "learning": total.learning,
        "review": total.review,
        "total": total.new + total.due,
        "answers_today": overview.answers_today,
        "streak": overview.streak,
        "finished": overview.finished,
        "decks": [
            {
                "id": line.id,
                "title": line.title,
                "file": line.file,
                "new": line.counts.new,
                "learning": line.counts.learning,
                "review": line.counts.review,
                "cards": line.counts.total,
                "suspended": line.counts.suspended,
            }
            for line in overview.decks
        ],
    }


def _deck_line(line: DeckLine, number: int, width: int, *, chosen: bool) -> Row:
    counts = line.counts
    cells = (line.title, str(counts.new), str(counts.learning), str(counts.review))
    row = _deck_row(cells, width, "cursor" if chosen else "plain", "▸" if chosen else " ")
    return Row(row.pieces, f"row({number})", cursor=chosen)


def _deck_row(cells: tuple[str, str, str, str], width: int, style: str, sign: str = " ") -> Row:
    column = 6
    room = max(width - 3 * column - 2, 8)
    title = cells[0] if display_width(cells[0]) <= room else fitting(cells[0], room - 1) + "…"
    title += " " * (room - display_width(title))
    return Row(((f"{sign} {title}", style), *((cell.rjust(column), style) for cell in cells[1:])))


def suspended_rows(cards: Sequence[Suspended], cursor: int, width: int) -> list[Row]:
    """The suspended cards, the one under the cursor marked."""
    if not cards:
        return [Row(), *sentence("No card is suspended.", width)]
    rows = []
    for number, card in enumerate(cards):
        chosen = number == cursor
        style, rest = ("cursor", "cursor") if chosen else ("plain", "muted")
        line = f"{'▸' if chosen else ' '} {card.heading}"
        shown = line if display_width(line) <= width else fitting(line, width - 1) + "…"
        room = width - display_width(shown) - 2
        name = f"  {card.id}" if display_width(card.id) <= room else ""
        rows.append(Row(((shown, style), (name, rest)), f"row({number})", cursor=chosen))
    return rows


def proof_rows(
    question: Question, opinions: Mapping[int, Sequence[Opinion]], width: int, figure: Figure | None = None
) -> list[Row]:
    """How the answer was computed: givens, every use of a reference with its witnesses, the slips, the figure."""
    variant = question.variant
    if variant is None:
        return sentence("This card computes nothing.", width)
    rows = [Row((("Given", "accent"),))]
    for name, value in variant.givens.items():
        rows += _pair(name, show_given(value), width)
    for number, call in enumerate(variant.calls):
        arguments = ", ".join(f"{name}={_value(value)}" for name, value in call.arguments.items())
        rows += [Row(), Row((("Computed", "accent"),)), *sentence(f"{call.reference}({arguments})", width, "code")]
        rows += _pair("reference", _value(call.value), width)
        for opinion in opinions.get(number, ()):
            rows.append(_opinion_row(opinion))
            if opinion.error:
                rows += sentence(opinion.error, width, "muted")
    slips = [*(slip for step in variant.steps for slip in step.slips), *variant.slips]
    if slips:
        rows += [Row(), Row((("Slips that would give another answer", "accent"),))]
        for slip in slips:
            rows += _pair(_value(slip.value), slip.sentence, width)
    rows += figure_rows(figure, width)
    rows += [Row(), *sentence(f"Variant {variant.seed}", width, "muted")]
    return rows


def figure_rows(figure: Figure | None, width: int) -> list[Row]:
    """A figure under a heading of its own; nothing where there is none, or where it does not fit into the width."""
    if figure is None:
        return []
    from studytui.drawing import draw, tallest

    lines = draw(figure, width, tallest(figure))
    return [Row(), Row((("Figure", "accent"),)), *(Row(((line, "plain"),)) for line in lines)] if lines else []


def _opinion_row(opinion: Opinion) -> Row:
    sign: Piece = {True: ("✓ agrees ", "right"), False: ("✗ disagrees ", "wrong"), None: ("– did not speak ", "muted")}[
        opinion.agrees
    ]
    value = "" if opinion.agrees is None else _value(opinion.value)
    return Row(((f"{opinion.name} ", "strong"), sign, (value, "plain")))


def _pair(label: str, words: str, width: int) -> list[Row]:
    first = (Span(f"{label}  ", "strong"),)
    return [
        Row(tuple((s.text, s.style) for s in row)) for row in wrap_spans([Span(words)], width, first, (Span("    "),))
    ]


def _value(value: object) -> str:
    """Arrays in brackets, as the question writes them; what is longer than two rows is cut."""
    text = clean_line(_written(value))
    return text if len(text) <= 120 else text[:119] + "…"


def _written(value: object) -> str:
    return f"[{', '.join(map(_written, value))}]" if isinstance(value, tuple | list) else str(value)


def waiting_rows(due_ms: int, now: Moment, width: int) -> list[Row]:
    """Nothing to ask yet: when the next learning card comes."""
    minutes = max((due_ms - now.ms + 59_999) // 60_000, 1)
    text = f"The next card comes in {minutes} min. You may leave; it will be here."
    return [Row(), Row((("Nothing due at this moment", "title"),)), Row(), *sentence(text, width)]


def leech_rows(leeches: Sequence[Leech], cursor: int, width: int) -> list[Row]:
    """The leeches, the one under the cursor marked and with its heading and slips below it."""
    if not leeches:
        return [Row(), *sentence("No card is a leech.", width)]
    rows = [Row(), *sentence("Forgotten again and again. A card that asks two things is better made into two.", width)]
    rows.append(Row())
    for number, leech in enumerate(leeches):
        chosen = number == cursor
        words = f"{'▸' if chosen else ' '} {leech.lapses:3}×  {leech.id}"
        shown = fitting(words, width - 1) + "…" if display_width(words) > width else words
        rows.append(Row(((shown, "cursor" if chosen else "plain"),), f"row({number})", cursor=chosen))
        if chosen:
            rows += _indented(f"Forgotten {leech.lapses} times{', suspended' if leech.suspended else ''}", width)
            rows += _indented(leech.heading, width)
            slips = [f"{name} ×{count}" for name, count in leech.slips]
            rows += _indented(f"Slips: {', '.join(slips)}" if slips else "No slip was named on it.", width)
    return rows


def _indented(words: str, width: int) -> list[Row]:
    return [Row((("    ", "plain"), *row.pieces)) for row in sentence(clean_line(words), width - 4, "muted")]


def done_rows(
    tally: Tally, withdrawn: Mapping[str, str], width: int, *, cram: bool = False, finished: bool = False
) -> list[Row]:
    """The end of a sitting: what was done, and which cards were withdrawn; `finished`: by the learner."""
    minutes, seconds = divmod(round(tally.milliseconds / 1000), 60)
    rows = [Row(), Row((("Done" if cram else "Done for today", "title"),)), Row()]
    if tally.reviews:
        share = round(100 * tally.right / tally.reviews)
        time = f"{minutes} min {seconds} s" if minutes else f"{seconds} s"
        reviews = "1 review" if tally.reviews == 1 else f"{tally.reviews} reviews"
        rows += sentence(f"{reviews}, {share} % remembered, {time}.", width)
    elif not finished:
        rows += sentence("There was nothing to review.", width)
    if finished and not cram:
        rows += sentence("The day is finished: what is left waits until tomorrow, due as it was.", width)
    if cram:
        rows += sentence("Nothing of it was recorded: every card comes again when it would have come.", width)
    for card, reason in withdrawn.items():
        rows += [Row(), Row(((f"{card} is withdrawn", "wrong"),)), *sentence(reason, width)]
    return rows
