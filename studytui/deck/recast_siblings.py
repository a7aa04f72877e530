"""The options of a recall card that is asked as a choice: its answer, and answers of recall cards of its deck.

A sibling's answer is fair when nothing but knowledge sorts it out, and wrong beyond doubt. Neither can be seen in two
questions of different make, so only siblings of one pattern count: questions that are the same but for one term (“What
does the forget gate do?”, “What does the input gate do?”), or headings that are terms, with their meanings below them.
Much is left out that a teacher would let pass; what is left out is merely not on the paper.
"""

from __future__ import annotations

import hashlib
import re
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING

from studytui.deck.blocks import plain
from studytui.deck.kinds.recall import Recall
from studytui.deck.phrases import has_hangul, said
from studytui.deck.recast import Option
from studytui.deck.recast_look import look
from studytui.frozen import frozen
from studytui.text import clean_line, display_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from studytui.deck.blocks import Text
    from studytui.deck.model import Card

#: A choice has so many wrong options, each of at most so many columns; longer questions are of no pattern.
WRONG_OPTIONS, LONGEST_ANSWER, LONGEST_ASKED = 3, 140, 16
#: A term has so many words at most. Questions of one pattern share so many others; Korean ones one, which is often all
#: that stands beside the term (“패딩이란 무엇인가?”).
_TERM_WORDS, _SHARED_WORDS = 4, 2
#: Answers are of like length within this factor, or within so many columns.
_LIKE_LENGTH, _LIKE_COLUMNS = 1.6, 6
#: The right answer is not longer than all others, nor shorter, by more than this factor and so many columns.
_ALONE, _ALONE_COLUMNS = 1.2, 3
#: From this share of the shorter one's words on, two answers say the same in part.
_OVERLAP = 0.5
#: So many siblings are looked at for one question, and so many of them weighed against each other.
_MOST_MET, _MOST_WEIGHED = 30, 10

#: What may have several answers, so that a sibling's could be one of them: reasons, examples, “which has…”.
_OPEN = re.compile(
    r"\b(why|which|reasons?|examples?|name|names|give|list|some|any|other|else|could|may|might|compare|differ\w*|kind|type|"
    r"sort|(?:dis)?advantages?|benefits?|drawbacks?|problems?)\b"
    r"|왜|이유|까닭|어느|어떤|예를|예시|차이|종류|장점|단점|문제"
)
#: How an answer begins when its question wants just this.
_BEGINS = re.compile(
    r"(because|since|by|to|in|on|at|when|if|whether|it|its|they|their|this|these|both|neither|yes|no|so|as|from|with)\b"
)
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_NUMBER = re.compile(r"[-−]?\d")
_WORD = re.compile(r"[\w']+")
_GLOSS = re.compile(r"\([^()]{2,40}\)")
_SMALL = (
    "a an the of to in on at is are was were be do does did has have had it its this that these those what how when "
    "where who whom whose and or for with by from as into than then so if not no"
)
_SMALL_WORDS, _ARTICLES = frozenset(_SMALL.split()), frozenset({"a", "an", "the"})
#: Where in a sibling's form it says that its answer is a number.
_IS_NUMBER = 3
#: The two ends of a question round its term; None stands for a heading that is a term and nothing else.
_Pattern = tuple[tuple[str, ...], tuple[str, ...]] | None


@frozen
class _Sibling:
    """A recall card whose answer can be an option: its words, and what can be seen of its answer."""

    card: Card
    asked: tuple[str, ...]
    told: frozenset[str]
    text: str
    width: int
    form: tuple[object, ...]


class Siblings:
    """The recall cards of one deck in one language, ready to be each other's options. Built once, asked per card."""

    def __init__(self, cards: Iterable[Card]) -> None:
        found = (_sibling(card) for card in cards if card.kind == "recall")
        self._by_id = {each.card.id: each for each in found if each is not None}

    def options(self, card: Card, seed: int) -> list[Option]:
        """The options, the right one first; none where no choice is fair. The order of the deck's cards is no matter.

        A card that was changed since is not known.
        """
        own = self._by_id.get(card.id)
        if own is None or own.card != card:
            return []
        wrong = _wrong(own, self._of_one_pattern(own, seed), seed)
        if len(wrong) < WRONG_OPTIONS:
            return []
        return options_of([card, *(each.card for each in wrong)])

    def _of_one_pattern(self, own: _Sibling, seed: int) -> Iterator[tuple[_Sibling, _Pattern]]:
        """The siblings that ask the same of another term, with the pattern; the closest first, and not too many."""
        met = {own.card.id}
        for pattern in _patterns(own):
            alike = self._by_pattern[pattern]
            start = int.from_bytes(_digest(own.card.id, seed)[:4]) % len(alike)
            for each in (*alike[start:], *alike[:start]):
                if len(met) > _MOST_MET:
                    return
                if each.card.id not in met:
                    met.add(each.card.id)
                    yield each, pattern

    @cached_property
    def _by_pattern(self) -> Mapping[_Pattern, Sequence[_Sibling]]:
        """The cards of each pattern, by their ids."""
        alike: dict[_Pattern, list[_Sibling]] = {}
        for _, each in sorted(self._by_id.items()):
            for pattern in _patterns(each):
                alike.setdefault(pattern, []).append(each)
        return alike


def options_of(cards: Sequence[Card]) -> list[Option]:
    """The answers of recall cards as options of the first one."""
    own, *others = cards
    return [Option(_answer(own), card=own.id), *(Option(_answer(each), (), _told(each), each.id) for each in others)]


def _sibling(card: Card) -> _Sibling | None:
    """The card's answer as an option; None where it is long, more than a paragraph, code, or not to be one."""
    content = card.content
    if not isinstance(content, Recall) or not content.choice or len(content.answer) != 1:
        return None
    block, asked = content.answer[0], said(card.heading + card.question)
    text = clean_line(plain(content.answer))
    words = tuple(_WORD.findall(asked))
    styles = {span.style for span in block.spans}
    if block.form != "paragraph" or display_width(text) > LONGEST_ANSWER or not text or "code" in styles:
        return None
    if not words or len(words) > LONGEST_ASKED or _OPEN.search(asked) or _has_gloss(text):
        return None
    begins = _BEGINS.match(text.casefold())
    form = (
        begins[0] if begins else "",
        text[-1] in ".!?",
        text[0].isupper(),
        _NUMBER.match(text) is not None,
        "math" in styles,
        has_hangul(text),
    )
    return _Sibling(card, words, _content_words(said(content.answer)), text, display_width(text), form)


def _patterns(sibling: _Sibling) -> Iterator[_Pattern]:
    """The patterns that a question may be of, those that leave the shortest term first."""
    words = sibling.asked
    shared = 1 if has_hangul(" ".join(words)) else _SHARED_WORDS
    for size in range(1, min(_TERM_WORDS, len(words) - shared) + 1):
        for start in range(len(words) - size + 1):
            if _is_term(words[start : start + size]):
                yield words[:start], words[start + size :]
    if len(words) <= _TERM_WORDS and not sibling.card.question and "?" not in plain(sibling.card.heading):
        yield None


def _is_term(words: Sequence[str]) -> bool:
    """Whether words can be the name of one thing: “the forget gate”, not “capital of”."""
    bare = words[1:] if words[0] in _ARTICLES else words
    return bool(bare) and _SMALL_WORDS.isdisjoint(bare)


def _term(sibling: _Sibling, pattern: _Pattern) -> frozenset[str]:
    """The words that a question has where its pattern has a term."""
    before, after = pattern or ((), ())
    return frozenset(map(_stem, sibling.asked[len(before) : len(sibling.asked) - len(after)]))


def _wrong(own: _Sibling, siblings: Iterable[tuple[_Sibling, _Pattern]], seed: int) -> Sequence[_Sibling]:
    """The siblings whose answers are asked beside this one; none where no few of them are fair together."""
    fair = [each for each, pattern in siblings if _is_fair(own, _term(own, pattern), each, _term(each, pattern))]
    fair.sort(key=lambda each: (-_shared(own, each), _digest(own.card.id, seed, each.card.id)))
    for wrong in combinations(fair[:_MOST_WEIGHED], WRONG_OPTIONS):
        if _are_fair_together(own, wrong):
            return sorted(wrong, key=lambda each: each.card.id)
    return ()


def _is_fair(own: _Sibling, term: frozenset[str], other: _Sibling, others_term: frozenset[str]) -> bool:
    """Whether a sibling's answer looks like the right one, says nothing of it, and neither names its own term."""
    if term <= others_term or others_term <= term or own.form != other.form:
        return False  # what holds of a convolution may hold of a transposed convolution
    telling = (term | others_term) - (term & others_term)
    if telling & own.told or telling & other.told or own.card.heading == other.card.heading:
        return False
    return _are_of_like_length(own, other) and not _overlap(own, other)


def _are_fair_together(own: _Sibling, wrong: Sequence[_Sibling]) -> bool:
    """Whether no two wrong answers say the same, and the right one alone is neither longest, shortest nor telling."""
    if any(_overlap(left, right) for left, right in combinations(wrong, 2)):
        return False
    longest, shortest = max(each.width for each in wrong), min(each.width for each in wrong)
    if own.width > _ALONE * longest + _ALONE_COLUMNS or shortest > _ALONE * own.width + _ALONE_COLUMNS:
        return False
    echoed = _content_words(" ".join(own.asked)) & own.told
    return all(any(word in each.told for each in wrong) for word in echoed)


def _are_of_like_length(own: _Sibling, other: _Sibling) -> bool:
    """Whether two answers are about as long; numbers, as large."""
    if own.form[_IS_NUMBER]:
        ours, theirs = (look(_THOUSANDS.sub("", each.text)) for each in (own, other))
        return ours.is_twin_of(theirs)
    small, large = sorted((own.width, other.width))
    return large <= max(_LIKE_LENGTH * small, small + _LIKE_COLUMNS)


def _overlap(own: _Sibling, other: _Sibling) -> bool:
    """Whether two answers say the same, in whole or in part."""
    if own.form[_IS_NUMBER] and other.form[_IS_NUMBER]:
        return own.text == other.text
    if not own.told or not other.told:
        return own.text.casefold() == other.text.casefold()
    return len(own.told & other.told) >= _OVERLAP * min(len(own.told), len(other.told))


def _shared(own: _Sibling, other: _Sibling) -> int:
    """How many words two questions share at their ends: the more, the closer is their matter."""
    return sum(ours == theirs for ours, theirs in zip(own.asked, other.asked, strict=False)) + sum(
        ours == theirs for ours, theirs in zip(reversed(own.asked), reversed(other.asked), strict=False)
    )


def _content_words(words: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in _WORD.findall(words) if word not in _SMALL_WORDS)


def _stem(word: str) -> str:
    """What is left of a word without its endings, roughly: rather too little, so that too much is left out."""
    return word[:2] if has_hangul(word) else word[:5]


def _has_gloss(text: str) -> bool:
    """Whether something stands in parentheses in another script: it may be the term that is asked for."""
    return any(has_hangul(gloss) != has_hangul(_GLOSS.sub("", text)) for gloss in _GLOSS.findall(text))


def _answer(card: Card) -> Text:
    assert isinstance(card.content, Recall)  # noqa: S101 - no other cards are kept
    return card.content.answer


def _told(card: Card) -> str:
    return f"That answers: {clean_line(plain(card.heading))}"


def _digest(*key: object) -> bytes:
    return hashlib.sha256("\0".join(map(str, key)).encode()).digest()
