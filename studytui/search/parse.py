"""From a line to a search: words, `name:value` terms, `-`, `or` and parentheses. Every mistake is explained."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from studytui.frozen import frozen
from studytui.problems import Problem
from studytui.search.terms import NAMES, Misread, read_term
from studytui.search.tree import EVERYTHING, Words, all_of, any_of, negated
from studytui.text import clean_line, did_you_mean, display_width

if TYPE_CHECKING:
    from studytui.search.tree import Query

#: Bounds that no search needs, and that keep what a line costs small.
LONGEST, MOST_TERMS, DEEPEST = 2_000, 100, 40

_SPACE = re.compile(r"\s*")
#: A name with its colon, or a word; a word ends where a quote, a parenthesis or a space begins.
_NAME = re.compile(r"([A-Za-z]+):")
_WORD = re.compile(r'[^\s()"]+')
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")


class SearchError(Problem):
    """A search that cannot be read: what is wrong, from which character to which, and what to write instead."""

    def __init__(self, text: str, start: int, end: int, message: str) -> None:
        super().__init__(f"{message} (at character {start + 1} of the search)")
        self.text, self.start, self.end, self.message = text, start, max(end, start + 1), message

    @property
    def pointed(self) -> str:
        """The message, the search, and carets below the place that is meant."""
        before = display_width(self.text[: self.start])
        carets = "^" * max(display_width(self.text[self.start : self.end]), 1)
        return f"{self.message}\n  {self.text}\n  {' ' * before}{carets}"


@frozen
class _Token:
    """A piece of the line: `sign` is `(`, `)`, `-`, `and`, `or`, or empty for a term."""

    start: int
    end: int
    sign: str = ""
    name: str = ""
    value: str = ""


def parse(text: str) -> Query:
    """The query that a line says; every card for an empty one. Raises SearchError, and nothing else."""
    text = clean_line(text)
    if len(text) > LONGEST:
        raise SearchError(text, LONGEST, len(text), f"a search has at most {LONGEST:,} characters: leave some out")
    return _Reader(text).whole()


class _Reader:
    """Reads the tokens from left to right, each once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _tokens(text)
        self._next = 0
        self._terms = 0

    def whole(self) -> Query:
        if not self._tokens:
            return EVERYTHING
        query = self._any(0)
        if self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._refuse(token, "this parenthesis closes none: leave it out, or put it in quotes to look for it")
        return query

    def _any(self, depth: int) -> Query:
        parts = [self._all(depth)]
        while self._sign == "or":
            self._next += 1
            parts.append(self._all(depth))
        return any_of(parts)

    def _all(self, depth: int) -> Query:
        parts = [self._one(depth)]
        while self._next < len(self._tokens) and self._sign not in {"or", ")"}:
            if self._sign == "and":
                self._next += 1
            parts.append(self._one(depth))
        return all_of(parts)

    def _one(self, depth: int) -> Query:
        negative = False
        while self._sign == "-":
            negative = not negative
            self._next += 1
        token = self._tokens[self._next] if self._next < len(self._tokens) else None
        if token is None or token.sign in {"or", "and", ")"}:
            self._refuse_missing(token)
        self._next += 1
        found = self._group(token, depth) if token.sign == "(" else self._term(token)
        return negated(found) if negative else found

    def _group(self, opening: _Token, depth: int) -> Query:
        if depth == DEEPEST:
            self._refuse(opening, f"parentheses go {DEEPEST} deep at most: leave some out")
        query = self._any(depth + 1)
        if self._sign != ")":
            self._refuse(opening, "this parenthesis is never closed: write ) behind what belongs to it")
        self._next += 1
        return query

    def _term(self, token: _Token) -> Query:
        self._terms += 1
        if self._terms > MOST_TERMS:
            self._refuse(token, f"a search has at most {MOST_TERMS} terms: leave some out")
        if not token.name:
            return Words(token.value)
        try:
            return read_term(token.name, token.value)
        except Misread as error:
            self._refuse(token, str(error))

    @property
    def _sign(self) -> str:
        return self._tokens[self._next].sign if self._next < len(self._tokens) else ""

    def _refuse(self, token: _Token, message: str) -> NoReturn:
        raise SearchError(self._text, token.start, token.end, message)

    def _refuse_missing(self, token: _Token | None) -> NoReturn:
        before = self._tokens[self._next - 1] if self._next else None
        if token is not None and token.sign == ")" and before is not None and before.sign == "(":
            self._refuse(before, "nothing stands in these parentheses: write a term, or leave them out")
        after = "before “" + self._text[token.start : token.end] + "”" if token is not None else "at the end"
        place = token if token is not None else before
        assert place is not None  # noqa: S101 - something was read, or there is something to read
        self._refuse(place, f"a term is missing {after}: write one, or put the word in quotes to look for it")


def _tokens(text: str) -> list[_Token]:
    tokens = []
    place = 0
    while place < len(text):
        token = _token(text, place)
        tokens.append(token)
        space = _SPACE.match(text, token.end)
        place = space.end() if space else token.end
    return tokens


def _token(text: str, place: int) -> _Token:
    sign = text[place]
    if sign in "()":
        return _Token(place, place + 1, sign)
    if sign == "-" and text[place + 1 : place + 2].strip():
        return _Token(place, place + 1, sign)
    name = _NAME.match(text, place)
    start = name.end() if name else place
    if text[start : start + 1] == '"':
        end, value = _quoted(text, start)
        if not value:
            raise SearchError(text, start, end, "nothing stands between these quotes: write what to look for")
    else:
        word = _WORD.match(text, start)
        end, value = (word.end(), word[0]) if word else (start, "")
    if name is None and end - start == len(value) and value.lower() in {"or", "and", "not"}:
        return _Token(place, end, "-" if value.lower() == "not" else value.lower())
    if name is not None and name[1].lower() not in NAMES:
        raise SearchError(text, place, start, _unknown(name[1], text[place:end]))
    return _Token(place, end, "", name[1].lower() if name else "", value)


def _quoted(text: str, start: int) -> tuple[int, str]:
    quoted = _QUOTED.match(text, start)
    if quoted is None:
        raise SearchError(text, start, len(text), 'this quote is never closed: write " behind the last word')
    return quoted.end(), _ESCAPED.sub(r"\1", quoted[1])


def _unknown(name: str, written: str) -> str:
    if name.lower() == "added":
        return "when a card was added is not known: is:new finds those never answered, introduced:7 this week's"
    near = did_you_mean(name.lower(), NAMES)
    hint = near or f"; there are {', '.join(f'{each}:' for each in NAMES)}"
    return f'there is no “{name}:”{hint}; to look for these words, put them in quotes: "{clean_line(written)}"'
