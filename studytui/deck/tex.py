r"""The TeX subset of decks as Unicode with explicit parentheses: `\frac{a+b}{c}` becomes `(a+b)/c`.

What it cannot show is refused, with what to write instead; nothing is shown half.
"""

from __future__ import annotations

import re
from typing import Literal

from studytui.deck.blocks import Span
from studytui.deck.tex_symbols import (
    ACCENTS,
    ALPHABETS,
    BRACKETS,
    FUNCTIONS,
    LETTERS,
    OPERATORS,
    RELATIONS,
    SPACES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    TEXT_COMMANDS,
    UNITS,
)
from studytui.frozen import frozen
from studytui.text import clean, did_you_mean

#: Longest formula, and deepest nesting of braces in one.
LONGEST, DEEPEST = 1000, 16

_TOKEN = re.compile(
    r"(?P<name>\{\{[A-Za-z_]\w*\}\})|(?P<command>\\(?:[A-Za-z]+|.))|(?P<space>\s+)|(?P<char>.)", re.DOTALL
)
_ALNUM = re.compile(r"^\w+$")

#: What a piece of a formula is for its neighbours: a number or letter, an operator, a relation, a bracket…
Role = Literal["atom", "operator", "relation", "open", "close", "space", "fraction"]


class TexError(ValueError):
    """A formula that cannot be shown; its text says what and what to write instead."""


@frozen
class _Name:
    """A value's name, `{{name}}`."""

    text: str


#: Output: text and names, in order.
_Output = tuple[str | _Name, ...]


@frozen
class _Piece:
    role: Role
    output: _Output
    #: Whether it can stand beside `/` or in a script without parentheses.
    tight: bool = True


def tex_spans(source: str) -> tuple[Span, ...]:
    """A formula, without its dollars, as spans of style `math` and `mathname`. Raises TexError."""
    if len(source) > LONGEST:
        raise TexError(f"a formula of {len(source)} characters is too long to show: split it")
    reader = _Reader(source)
    output = _joined(reader.sequence(DEEPEST))
    if reader.token is not None:
        raise TexError("a } without its {: remove it, or write \\} for a brace")
    return _spans(output)


def _spans(output: _Output) -> tuple[Span, ...]:
    spans: list[Span] = []
    for part in output:
        if isinstance(part, _Name):
            spans.append(Span(part.text, "mathname"))
        elif spans and spans[-1].style == "math":
            spans[-1] = Span(spans[-1].text + part, "math")
        else:
            spans.append(Span(part, "math"))
    return tuple(spans)


class _Reader:
    """Reads tokens left to right; each method takes what it is named after."""

    def __init__(self, source: str) -> None:
        self._tokens = [(match.lastgroup or "", match[0]) for match in _TOKEN.finditer(source.strip())]
        self._place = 0

    @property
    def token(self) -> tuple[str, str] | None:
        return self._tokens[self._place] if self._place < len(self._tokens) else None

    def _take(self) -> tuple[str, str]:
        token = self._tokens[self._place]
        self._place += 1
        return token

    def sequence(self, depth: int) -> list[_Piece]:
        """Pieces up to the end or an unmatched brace."""
        if depth <= 0:
            raise TexError("braces are nested too deep to show: simplify the formula")
        pieces: list[_Piece] = []
        while self.token is not None and self.token[1] != "}":
            if self.token[1] in {"^", "_"}:
                mark = self._take()[1]
                base = _last_atom(pieces)
                pieces.append(_scripted(base, mark, self._argument(depth, f"a {mark}")))
            else:
                pieces.append(self._piece(depth))
        return pieces

    def _piece(self, depth: int) -> _Piece:
        group, text = self._take()
        if group == "name":
            return _Piece("atom", (_Name(text[2:-2]),))
        if group == "space":
            return _Piece("space", (" ",))
        if group == "command":
            return self._command(text[1:], depth)
        if text == "{":
            return self._group(depth)
        return _character(text)

    def _group(self, depth: int) -> _Piece:
        pieces = self.sequence(depth - 1)
        if self.token is None:
            raise TexError("a { without its }: close it")
        self._take()
        return _Piece("atom", _joined(pieces), _is_tight(pieces))

    def _argument(self, depth: int, what: str) -> list[_Piece]:
        """One argument: a group's pieces, or a single piece."""
        while self.token is not None and self.token[0] == "space":
            self._take()
        if self.token is None or self.token[1] in {"}", "^", "_"}:
            raise TexError(f"{what} needs something behind it: write it in braces")
        if self.token[1] != "{":
            return [self._piece(depth - 1)]
        self._take()
        pieces = self.sequence(depth - 1)
        if self.token is None:
            raise TexError("a { without its }: close it")
        self._take()
        return pieces

    def _raw_argument(self, what: str) -> str:
        """The text of a group, as it stands."""
        if self.token is None or self.token[1] != "{":
            raise TexError(f"{what} needs its text in braces")
        self._take()
        text = ""
        while self.token is not None and self.token[1] != "}":
            if self.token[1] == "{" or self.token[0] == "name":
                raise TexError(f"{what} can hold plain text only: close it before the next brace")
            group, part = self._take()
            text += part[1:] if group == "command" and not part[1:].isalpha() else part
        if self.token is None:
            raise TexError("a { without its }: close it")
        self._take()
        return text

    def _command(self, name: str, depth: int) -> _Piece:  # noqa: C901, PLR0911, PLR0912 - one case a command
        what = f"\\{name}"
        if name in {"frac", "dfrac", "tfrac"}:
            return _fraction(self._argument(depth, what), self._argument(depth, what))
        if name == "sqrt":
            return self._root(depth)
        if name in ACCENTS:
            return _accented(name, _joined(self._argument(depth, what)))
        if name in ALPHABETS:
            letter = self._raw_argument(what)
            if letter not in ALPHABETS[name]:
                raise TexError(f"{what}{{{letter}}} cannot be shown in a terminal: write the letter alone")
            return _Piece("atom", (ALPHABETS[name][letter],))
        if name in TEXT_COMMANDS:
            text = self._raw_argument(what)
            return _Piece("atom", (clean(text),), bool(_ALNUM.match(text)))
        if name in {"left", "right", "big", "Big", "bigl", "bigr", "Bigl", "Bigr"}:
            return self._bracket(what)
        if name in LETTERS:
            self._drop_space()
            return _Piece("atom", (LETTERS[name],))
        if name in FUNCTIONS:
            return _Piece("atom", (name,))
        for role, table in (("operator", OPERATORS), ("relation", RELATIONS)):
            if name in table:
                self._even_space()
                return _Piece(role, (table[name],))  # type: ignore[arg-type]  # the two roles named in the loop
        if name in BRACKETS:
            symbol, opens = BRACKETS[name]
            return _Piece("open" if opens else "close", (symbol,))
        if name in SPACES:
            return _Piece("space", (SPACES[name],))
        known = [
            *LETTERS,
            *FUNCTIONS,
            *OPERATORS,
            *RELATIONS,
            *BRACKETS,
            *ACCENTS,
            *ALPHABETS,
            *TEXT_COMMANDS,
            "frac",
            "sqrt",
        ]
        near = did_you_mean(name, known).replace("“", "“\\")
        raise TexError(f"{what} cannot be shown in a terminal{near or ': write it in words or in Unicode'}")

    def _root(self, depth: int) -> _Piece:
        degree = ""
        if self.token == ("char", "["):
            self._take()
            while self.token is not None and self.token[1] != "]":
                degree += self._take()[1]
            if self.token is None or not degree or not all(part in SUPERSCRIPTS for part in degree):
                raise TexError("\\sqrt[n] needs a number between its brackets")
            self._take()
        inside = self._argument(depth, "\\sqrt")
        sign = "".join(SUPERSCRIPTS[part] for part in degree) + "√"
        return _Piece("atom", (sign, *_wrapped(inside)))

    def _bracket(self, what: str) -> _Piece:
        if self.token is None:
            raise TexError(f"{what} needs a bracket behind it")
        group, text = self._take()
        if text == ".":
            return _Piece("space", ())
        if group == "command" and text[1:] in BRACKETS:
            return _Piece("close" if what == "\\right" else "open", (BRACKETS[text[1:]][0],))
        if group == "char" and text in "()[]|/":
            return _Piece("close" if what == "\\right" or text in ")]" else "open", (text,))
        raise TexError(f"{what} needs a bracket behind it, not {text}")

    def _drop_space(self) -> None:
        """A space ends a command's name; it is shown only before an operator or relation."""
        if self.token is not None and self.token[0] == "space" and self._place + 1 < len(self._tokens):
            group, text = self._tokens[self._place + 1]
            name = text[1:] if group == "command" else ""
            if not (name in OPERATORS or name in RELATIONS or text in {"+", "-", "=", "<", ">", "/", "*"}):
                self._take()

    def _even_space(self) -> None:
        """No space before a sign means none behind it; the one that is there ends the command's name."""
        spaced = self._place > 1 and self._tokens[self._place - 2][0] == "space"
        if not spaced and self._place > 1 and self.token is not None and self.token[0] == "space":
            self._take()


def _character(text: str) -> _Piece:
    if text in "+-−±*/·×÷⊙":
        return _Piece("operator", ({"-": "−", "*": "·"}.get(text, text),))
    if text in "=<>≤≥≠≈∈→←":
        return _Piece("relation", (text,))
    if text in ",;:":
        return _Piece("relation", (text,))
    if text in "([":
        return _Piece("open", (text,))
    if text in ")]":
        return _Piece("close", (text,))
    if text in {"&", "#", "%", "$"}:
        raise TexError(f"{text} cannot be shown in a formula: write \\{text} or leave it out")
    return _Piece("atom", ("′" if text == "'" else " " if text == "~" else text,))


def _last_atom(pieces: list[_Piece]) -> _Piece | None:
    """What a script belongs to: the piece before it, taken away from the pieces."""
    while pieces and pieces[-1].role == "space":
        pieces.pop()
    return pieces.pop() if pieces and pieces[-1].role in {"atom", "close", "fraction"} else None


def _scripted(base: _Piece | None, mark: str, script: list[_Piece]) -> _Piece:
    head: _Output = ()
    if base is not None:
        bare = base.tight and base.role != "fraction"
        head = base.output if bare or base.role == "close" else ("(", *base.output, ")")
    table, sign = (SUPERSCRIPTS, "^") if mark == "^" else (SUBSCRIPTS, "_")
    output = _joined(script)
    text = "".join(part for part in output if isinstance(part, str)).replace(" ", "")
    named = any(isinstance(part, _Name) for part in output)
    role: Role = base.role if base is not None and base.role == "close" else "atom"
    if not named and text == "′":
        return _Piece(role, (*head, "′"))
    if not named and text and all(part in table for part in text):
        return _Piece(role, (*head, "".join(table[part] for part in text)))
    single = len(output) == 1 and (named or _ALNUM.match(text) is not None)
    return _Piece(role, (*head, sign, *output) if single else (*head, sign, "(", *output, ")"))


def _fraction(above: list[_Piece], below: list[_Piece]) -> _Piece:
    return _Piece("fraction", (*_wrapped(above), "/", *_wrapped(below)), tight=False)


def _wrapped(pieces: list[_Piece]) -> _Output:
    output = _joined(pieces)
    return output if _is_tight(pieces) else ("(", *output, ")")


def _is_tight(pieces: list[_Piece]) -> bool:
    """Whether pieces read as one thing: one atom, one number, or a differential such as ∂L."""
    solid = [piece for piece in pieces if piece.role != "space"]
    if len(solid) == 1:
        return solid[0].role == "atom" and solid[0].tight
    if not all(piece.role == "atom" and piece.tight for piece in solid):
        return False
    text = "".join(part for piece in solid for part in piece.output if isinstance(part, str))
    if re.fullmatch(r"\d+([.,]\d+)?", text) and not any(isinstance(p, _Name) for s in solid for p in s.output):
        return True
    return len(solid) == 2 and solid[0].output[0] in UNITS


def _accented(name: str, output: _Output) -> _Piece:
    text = "".join(part for part in output if isinstance(part, str))
    if len(output) != 1 or len(text) != 1:
        raise TexError(f"\\{name} can stand over a single letter only: put the index outside, as in \\{name}{{C}}_t")
    return _Piece("atom", (text + ACCENTS[name],))


def _joined(pieces: list[_Piece]) -> _Output:
    """The output of pieces side by side; a fraction next to a factor gets parentheses."""
    output: list[str | _Name] = []
    solid = [piece for piece in pieces if piece.role != "space"]
    place = -1
    for piece in pieces:
        if piece.role == "space":
            within = 0 <= place < len(solid) - 1
            if within and solid[place].role != "open" and solid[place + 1].role != "close":
                output += piece.output
            continue
        place += 1
        before = solid[place - 1] if place else None
        after = solid[place + 1] if place + 1 < len(solid) else None
        part = piece.output
        if piece.role == "fraction" and (_binds(before, after=False) or _binds(after, after=True)):
            part = ("(", *part, ")")
        elif before is not None and _would_merge(output, part):
            part = ("·", *part)
        output += part
    return _merged(output)


def _merged(output: list[str | _Name]) -> _Output:
    """Texts that follow each other become one."""
    merged: list[str | _Name] = []
    for part in output:
        if merged and isinstance(part, str) and isinstance(merged[-1], str):
            merged[-1] += part
        else:
            merged.append(part)
    return tuple(merged)


def _binds(neighbour: _Piece | None, *, after: bool) -> bool:
    """Whether a fraction beside this piece could be read wrongly without parentheses."""
    if neighbour is None or neighbour.role in {"relation", "close" if after else "open"}:
        return False
    return not (neighbour.role == "operator" and neighbour.output[0] in {"+", "−", "±", "∓"})


def _would_merge(output: list[str | _Name], part: _Output) -> bool:
    """Whether a name's digits would run into what stands beside it: `2{{n}}` is 2·n."""
    if not output or not part:
        return False
    left, right = output[-1], part[0]
    if isinstance(right, _Name):
        return isinstance(left, _Name) or left[-1:].isalnum()
    return isinstance(left, _Name) and right[:1].isalnum()
