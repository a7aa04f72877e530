"""Answers that a card's own question gives away: the gap's word beside the gap, its gloss, the right option's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from studytui.deck.blocks import plain
from studytui.deck.kinds.choice import Choice
from studytui.deck.kinds.cloze import GAP, Cloze
from studytui.deck.kinds.order import Order
from studytui.deck.kinds.text import Accepted
from studytui.deck.phrases import has_hangul, normal, said, stands_in
from studytui.deck.registry import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from studytui.deck.blocks import Text
    from studytui.deck.codes import Findings
    from studytui.deck.model import Card

#: A term with its gloss: `forget gate (망각 게이트)`, `망각 게이트(forget gate)`. The term is of so many words at most.
_IN_PARENTHESES = re.compile(r"\(([^()\n]{2,40})\)")
_BEFORE = re.compile(r"[\w -]+$")
_TERM_WORDS, _LONGEST_TERM = 3, 60
_GAP = normal(GAP)
#: A gloss behind a gap, with at most one word between.
_GLOSS_OF_GAP = re.compile(re.escape(_GAP) + r"(?:[^\s()]* ?)?(?: [^\s()]+)? ?\(([^()\n]{2,40})\)")
_LATIN = re.compile(r"[a-z]{3}")
_CHOOSING = re.compile(r"\bor\b|또는|아니면|중에서?")
#: An option of fewer characters is a number or a name, which a question may have to mention.
_SHORTEST_OPTION = 8


def glosses_of(cards: Iterable[Card]) -> dict[str, set[str]]:
    """Each term of the cards with what stands in parentheses behind it in the other script, both ways round."""
    glosses: dict[str, set[str]] = {}
    for card in cards:
        text = normal(plain(_everything(card)))
        for found in _IN_PARENTHESES.finditer(text):
            before = _BEFORE.search(text[max(found.start() - _LONGEST_TERM, 0) : found.start()])
            if before is not None and _other_script(before[0], found[1]):
                words = before[0].split()[-_TERM_WORDS:]
                for start in range(len(words)):
                    glosses.setdefault(" ".join(words[start:]), set()).add(found[1])
    return glosses


def check_leaks(card: Card, glosses: Mapping[str, set[str]], findings: Findings) -> None:
    """Adds what of the answer the question shows."""
    leak = None
    match card.content:
        case Cloze():
            leak = _gap_leak(card, glosses)
        case Accepted(accept):
            leak = _word_leak(card, accept)
        case Choice():
            leak = _option_leak(card, card.content)
        case Order(items):
            leak = _order_leak(card, items)
    if leak:
        findings.add(card.line, "answer-leaked", leak, card.id)


def _gap_leak(card: Card, glosses: Mapping[str, set[str]]) -> str | None:
    content = card.content
    assert isinstance(content, Cloze)  # noqa: S101 - the case that calls
    shown = normal(plain(kind_of("cloze").ask(card, 0).prompt))
    gap = normal(content.gap)
    if _is_telling(gap) and stands_in(gap, shown.replace(_GAP, " ")):
        return f"the gap asks for “{content.gap}”, which stands beside it: reword the sentence, or mark another word"
    beside = _GLOSS_OF_GAP.search(shown)
    if beside is not None and _other_script(gap, beside[1]):
        return f"the gap asks for “{content.gap}”, and its gloss “{beside[1]}” is shown: put the gloss behind the ---"
    elsewhere = next((gloss for gloss in sorted(glosses.get(gap, ())) if stands_in(gloss, shown)), None)
    if elsewhere is not None:
        return f"the gap asks for “{content.gap}”, and its gloss “{elsewhere}” is shown: put the gloss behind the ---"
    return None


def _word_leak(card: Card, accept: Iterable[str]) -> str | None:
    """A question that offers its answers (“A or B?”) may name them."""
    asked = said(card.heading + card.question)
    for form in accept:
        if _is_telling(normal(form)) and stands_in(normal(form), asked) and not _CHOOSING.search(asked):
            return f"the question says “{form}”, which is accepted as its answer: reword the question"
    return None


def _option_leak(card: Card, content: Choice) -> str | None:
    """A question may name all its options; the right one alone gives it away."""
    asked = said(card.heading + card.question)
    repeated = [place for place, option in enumerate(content.options) if stands_in(_bare(said(option)), asked)]
    if len(content.correct) == 1 and repeated == list(content.correct):
        option = _bare(said(content.options[repeated[0]]))
        if len(option) >= _SHORTEST_OPTION and " " in option:
            return f"the question says “{option[:60]}”, which is the right option word for word: reword one of them"
    return None


def _order_leak(card: Card, items: Iterable[Text]) -> str | None:
    asked = said(card.heading + card.question)
    place = 0
    for item in items:
        words = _bare(said(item))
        found = asked.find(words, place)
        if found < 0 or not stands_in(words, asked):
            return None
        place = found + len(words)
    return "the question names the items in their right order: name them in another, or leave them out"


def _is_telling(words: str) -> bool:
    """Whether a text is more than a letter or a small number, which may stand anywhere."""
    return len(words) > 1 and not words.isdigit()


def _other_script(term: str, gloss: str) -> bool:
    """Whether one is Korean and the other one Latin: what stands in parentheses says the same again."""
    if has_hangul(term):
        return bool(_LATIN.search(gloss)) and not has_hangul(gloss)
    return bool(_LATIN.search(term)) and has_hangul(gloss)


def _bare(words: str) -> str:
    return words.rstrip(".!?:; ")


def _everything(card: Card) -> Text:
    own = card.content.text if isinstance(card.content, Cloze) else ()
    return card.heading + card.question + own + card.explanation
