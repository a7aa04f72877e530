r"""A reader of GIFT, written from its documentation: questions between blank lines, `\` before signs, `// comments`."""

from __future__ import annotations

import re
from fractions import Fraction

from support.bank_read import Answer, Read, number_of, said

_HIDDEN = {sign: chr(0xE000 + place) for place, sign in enumerate("\\:#={}~n")}
_SHOWN = {hidden: "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()}
_SHARE = re.compile(r"%(-?\d{1,3}(?:\.\d+)?)%")


def read_gift(text):
    """The questions of a file, in its order."""
    found, category = [], ""
    for chunk in re.split(r"\n[ \t]*\n", text.strip("\n")):
        lines = chunk.split("\n")
        comments = [line for line in lines if line.strip().startswith("//")]
        body = "\n".join(line for line in lines if not line.strip().startswith("//")).strip()
        if body.startswith("$CATEGORY:"):
            category = body.removeprefix("$CATEGORY:").strip()
        elif body:
            found.append(_question(_hide(body), category, " ".join(comments)))
    return found


def _hide(text):
    return re.sub(r"\\([\\:#={}~n])", lambda match: _HIDDEN[match[1]], text)


def _show(text):
    return "".join(_SHOWN.get(sign, sign) for sign in text).strip()


def _formatted(text, default):
    found = re.match(r"\[(html|plain|markdown|moodle)\]", text.strip())
    return (_show(text.strip()[found.end() :]), found[1]) if found else (_show(text), default)


def _question(text, category, comment):
    name, rest = re.fullmatch(r"::(.*?)::(.*)", text, re.DOTALL).groups()
    prompt, inside, after = re.fullmatch(r"([^{}]*)\{([^{}]*)\}([^{}]*)", rest, re.DOTALL).groups()
    assert not after.strip()
    answers, _, solution = inside.rpartition("####")
    words, form = _formatted(prompt, "moodle")
    assert form == "html"
    tags = tuple(re.findall(r"\[tag:([^\]]*)\]", comment))
    read = Read("", _show(name), words, category, _show(solution), number_of(comment), tags)
    _answers(read, (answers if solution or "####" in inside else inside).strip())
    return read


def _answers(read, text):
    if text.startswith("#"):
        read.kind = "numerical"
        for share, rest in _weighted(text[1:], "="):
            value, told = _told(rest)
            number, tolerance = value.split(":")
            read.answers.append(Answer(number, share, told, tolerance))
    elif "~" in text:
        read.kind = "multichoice"
        read.single = "=" not in text
        marked = re.findall(r"([=~])([^=~]*)", text)
        read.single = any(mark == "=" for mark, _ in marked)
        for mark, rest in marked:
            share = _SHARE.match(rest.strip()) if mark == "~" else None
            words, told = _told(rest.strip()[share.end() if share else 0 :])
            read.answers.append(Answer(words, Fraction(share[1]) if share else Fraction(100 * (mark == "=")), told))
    elif "=" in text and "->" in text:
        read.kind = "match"
        for _, rest in _weighted(text, "="):
            left, right = rest.split("->", 1)
            read.pairs.append((_formatted(left, "html")[0], _show(right)))
    elif re.fullmatch(r"(TRUE|FALSE)(#.*)?", text, re.DOTALL):
        read.kind = "truefalse"
        truth, _, told = text.partition("#")
        wrong = "FALSE" if truth == "TRUE" else "TRUE"
        read.answers = [Answer(truth.lower(), Fraction(100)), Answer(wrong.lower(), Fraction(0), said(_show(told)))]
    else:
        read.kind = "shortanswer"
        for share, rest in _weighted(text, "="):
            words, told = _told(rest)
            read.answers.append(Answer(words, share, told))


def _weighted(text, sign):
    for piece in text.split(sign)[1:]:
        found = _SHARE.match(piece.strip())
        yield (Fraction(found[1]), piece.strip()[found.end() :]) if found else (Fraction(100), piece.strip())


def _told(text):
    words, _, told = text.partition("#")
    return _formatted(words, "html")[0], said(_show(told))
