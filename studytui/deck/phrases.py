"""Looking for words in what a card shows: whole words in English, words with their particles in Korean."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from studytui.deck.blocks import plain

if TYPE_CHECKING:
    from studytui.deck.blocks import Text

_HANGUL = "가-힣"
#: What may stand right behind a Korean noun without making another word of it.
_PARTICLES = (
    "은|는|이|가|을|를|의|와|과|도|만|에|에서|에게|으로|로|이나|나|란|이란|라고|이라고|라는|이라는|이다|이고|이며|인|"
    "들|들의|들은|들이|들을"
)
#: What may stand right behind an English word: a plural, a tense.
_ENDINGS = "s|es|ed|ing|'s|’s"


def said(text: Text) -> str:
    """What a text says, for comparison: one line, no case, one form of each character."""
    return normal(plain(text))


def normal(text: str) -> str:
    """A string for comparison: one line, no case, one form of each character."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def stands_in(phrase: str, text: str) -> bool:
    """Whether a phrase stands in a text as words of its own. Both are `normal`."""
    return bool(phrase) and phrase in text and _pattern(phrase).search(text) is not None


def has_hangul(text: str) -> bool:
    """Whether there is any Hangul syllable."""
    return any("가" <= character <= "힣" for character in text)


@lru_cache(maxsize=256)
def _pattern(phrase: str) -> re.Pattern[str]:
    before = rf"(?<![\w{_HANGUL}])" if phrase[0].isalnum() else ""
    if "가" <= phrase[-1] <= "힣":
        after = rf"(?:{_PARTICLES})?(?![{_HANGUL}])"
    elif phrase[-1].isalnum():
        after = rf"(?:{_ENDINGS})?(?![a-z0-9_])"
    else:
        after = ""
    return re.compile(before + re.escape(phrase) + after)
