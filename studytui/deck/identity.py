"""Who a card is: ids, slugs of headings, and whether a vanished card and a new one are the same under another name."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Mapping

from studytui.frozen import frozen

#: Longest slug made from a heading, and longest id.
LONGEST_SLUG, LONGEST_ID = 60, 100
#: How alike two texts must be to be offered as a rename.
ALIKE = 0.85
#: Bounds of the search for renames: cards on either side, characters compared of each, pairs compared closely.
_MOST_CARDS, _MOST_CHARACTERS, _MOST_PAIRS = 200, 400, 300

_ID = re.compile(r"\w[\w.-]*")
_NOT_WORD = re.compile(r"[^\w]+")


@frozen
class Rename:
    """An offer: the card that was `old` is, most likely, the one that is now `new`."""

    old: str
    new: str
    likeness: float


def is_id(text: str) -> bool:
    """Whether a text can be an id: letters (of any language), digits, `-`, `_` and `.`."""
    return len(text) <= LONGEST_ID and _ID.fullmatch(text) is not None


def slug(text: str) -> str:
    """An id made from a heading: lower case, words joined by hyphens; letters of every language stay.

    What has no letter at all becomes the code points of its signs, so that `⊙` is `u2299`.
    """
    words = _NOT_WORD.sub("-", unicodedata.normalize("NFC", text).lower()).strip("-_")
    if not words:
        words = "-".join(f"u{ord(sign):04x}" for sign in text if not sign.isspace())[:LONGEST_SLUG].strip("-")
    if len(words) > LONGEST_SLUG:
        words = words[: LONGEST_SLUG + 1].rsplit("-", 1)[0][:LONGEST_SLUG]
    return words or "card"


def distinct(wanted: str, taken: set[str]) -> str:
    """The id, or the id with the first free number behind it; it is then taken."""
    found, number = wanted, 2
    while found in taken:
        found, number = f"{wanted}-{number}", number + 1
    taken.add(found)
    return found


def renames(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[Rename, ...]:
    """Offers for ids that are in `old` only, from ids that are in `new` only, by their texts; best first, each id once.

    Equal texts are always found. For the rest time is bounded: of very many cards only the first are compared.
    """
    gone = {card: _words(text) for card, text in old.items() if card not in new}
    come = {card: _words(text) for card, text in new.items() if card not in old}
    offers = _equal(gone, come)
    gone = {card: text for card, text in gone.items() if card not in {offer.old for offer in offers}}
    come = {card: text for card, text in come.items() if card not in {offer.new for offer in offers}}
    return tuple(offers + _near(gone, come))


def _words(text: str) -> str:
    return " ".join(text.lower().split())[:_MOST_CHARACTERS]


def _equal(gone: Mapping[str, str], come: Mapping[str, str]) -> list[Rename]:
    by_text: dict[str, list[str]] = {}
    for card, text in come.items():
        by_text.setdefault(text, []).append(card)
    offers = []
    for card, text in gone.items():
        if text and by_text.get(text):
            offers.append(Rename(card, by_text[text].pop(0), 1.0))
    return offers


def _near(gone: Mapping[str, str], come: Mapping[str, str]) -> list[Rename]:
    found: list[Rename] = []
    pairs = 0
    matcher = difflib.SequenceMatcher(autojunk=False)
    for new, new_text in list(come.items())[:_MOST_CARDS]:
        matcher.set_seq2(new_text)
        words = set(new_text.split())
        for old, old_text in list(gone.items())[:_MOST_CARDS]:
            if not _similar_length(old_text, new_text) or 2 * len(words & set(old_text.split())) < len(words):
                continue
            if pairs >= _MOST_PAIRS:
                return _best(found)
            pairs += 1
            matcher.set_seq1(old_text)
            likeness = matcher.ratio() if matcher.quick_ratio() >= ALIKE else 0.0
            if likeness >= ALIKE:
                found.append(Rename(old, new, likeness))
    return _best(found)


def _best(found: list[Rename]) -> list[Rename]:
    """Each id once, in the likeliest of its offers."""
    found.sort(key=lambda offer: -offer.likeness)
    chosen: list[Rename] = []
    for offer in found:
        if all(offer.old != other.old and offer.new != other.new for other in chosen):
            chosen.append(offer)
    return chosen


def _similar_length(left: str, right: str) -> bool:
    return bool(left) and bool(right) and 2 * min(len(left), len(right)) >= ALIKE * (len(left) + len(right))
