"""Typed words: compared without regard to case, spaces, hyphens and punctuation; a single typo is close."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from fractions import Fraction
from functools import lru_cache

from studytui.answer.unreadable import UnreadableError, tidy
from studytui.answer.verdict import CLOSE_SCORE, Outcome, Verdict
from studytui.text import clean_line

#: The longest text that is compared, in characters.
MAX_TEXT = 256
#: What a word must weigh before one typo in it is forgiven. A Hangul syllable weighs two letters.
_MIN_WEIGHT = 5
_ARTICLE = re.compile(r"^(?:a|an|the)\s+(?=\S)")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_ON_PAPER = str.maketrans("×✕−", "xx-")
_LOOSE_PUNCTUATION = frozenset(".,;:!?'\"·/…、。")
_DIGITS = re.compile(r"\d+")

_YES = frozenset({"yes", "y", "true", "t", "예", "네", "참"})
_NO = frozenset({"no", "n", "false", "f", "아니오", "아니요", "거짓"})


def grade_text(typed: str, accept: Iterable[str]) -> Verdict:
    """The verdict on a typed word or phrase: right when it is one of `accept`, close when one typo away."""
    try:
        line = tidy(typed, MAX_TEXT)
    except UnreadableError as unreadable:
        return unreadable.verdict
    if not line:
        return Verdict(Outcome.UNREADABLE, message="Nothing was typed.")
    accepted = list(accept)
    if any(same_text(line, text) for text in accepted):
        return Verdict(Outcome.RIGHT, Fraction(1))
    for text in accepted:
        if _one_typo_apart(line, text):
            return Verdict(Outcome.CLOSE, CLOSE_SCORE, f"Spelling: {clean_line(text)}")
    return Verdict(Outcome.WRONG)


def grade_yes_no(typed: str, *, truth: bool) -> Verdict:
    """The verdict on a typed yes or no (true or false, in English or Korean)."""
    try:
        word = _fold(tidy(typed, MAX_TEXT))
    except UnreadableError as unreadable:
        return unreadable.verdict
    if word not in _YES | _NO:
        return Verdict(Outcome.UNREADABLE, message="Answer yes or no.")
    right = word in (_YES if truth else _NO)
    return Verdict(Outcome.RIGHT, Fraction(1)) if right else Verdict(Outcome.WRONG)


def same_text(left: str, right: str) -> bool:
    """Whether two texts are the same words."""
    folded = _fold(left)
    return folded == _fold(right) if folded else left.strip() == right.strip()


@lru_cache(maxsize=256)
def _fold(text: str) -> str:
    """What of a text is compared: no case, no leading article, no spaces, hyphens or punctuation but around digits.

    Symbols stay (C is not C++, -1 is not 1, 1.5 is not 15), and compatibility forms are one (a full-width Ｌ is an L).
    """
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = _ARTICLE.sub("", text.translate(_ON_PAPER).strip())
    return text if text.isalnum() else _BETWEEN_WORDS.sub(_fold_between_words, text)


def _fold_between_words(found: re.Match[str]) -> str:
    run, text = found[0], found.string
    before_digit = text[found.end() : found.end() + 1].isdigit()
    if before_digit and text[: found.start()][-1:].isdigit():
        return run.replace(" ", "") or " "
    sign = "-" if before_digit and re.search(r"(?:^|\s)-$", run) and (found.start() == 0 or len(run) > 1) else ""
    return "".join(character for character in run if not _is_loose(character)) + sign


def _is_loose(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in "ZC" or (category[0] == "P" and category != "Po") or character in _LOOSE_PUNCTUATION


def _one_typo_apart(typed: str, truth: str) -> bool:
    """Whether one letter is missing, added, changed or swapped with its neighbour in a word that is long enough.

    Another number is another word, never a typo: VGG-16 is not VGG-19. Hangul is compared jamo by jamo, as it is typed.
    """
    left, right = _fold(typed), _fold(truth)
    weight = sum(2 if "가" <= character <= "힣" else 1 for character in right)
    if weight < _MIN_WEIGHT or _DIGITS.findall(left) != _DIGITS.findall(right):
        return False
    return _within_one_edit(unicodedata.normalize("NFD", left), unicodedata.normalize("NFD", right))


def _within_one_edit(left: str, right: str) -> bool:
    """Whether the Damerau-Levenshtein distance is at most 1; linear in the length."""
    start = 0
    while start < min(len(left), len(right)) and left[start] == right[start]:
        start += 1
    left, right = left[start:], right[start:]
    end = 0
    while end < min(len(left), len(right)) and left[-1 - end] == right[-1 - end]:
        end += 1
    left, right = left[: len(left) - end], right[: len(right) - end]
    return max(len(left), len(right)) <= 1 or (len(left) == 2 and left == right[::-1])
