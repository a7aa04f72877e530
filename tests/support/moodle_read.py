"""A reader of Moodle XML, written from its documentation, with the fields that a cloze has in its text."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from fractions import Fraction

from support.bank_read import Answer, Read, said

_FIELD = re.compile(r"\{(\d+):([A-Z]+):((?:[^}\\]|\\.)*)\}", re.DOTALL)
_ALTERNATIVE = re.compile(r"(=|%(-?\d+(?:\.\d+)?)%)?((?:(?!&|&amp;).|&#?\w+;)*?)(?:(?<!&)#(.*))?", re.DOTALL)


def read_moodle(text):
    """The questions of a file, in its order."""
    found, category = [], ""
    for element in ET.fromstring(text):
        assert element.tag == "question"
        if element.get("type") == "category":
            category = element.findtext("category/text")
        else:
            found.append(_question(element, category))
    return found


def _question(element, category):
    kind = {"matching": "match"}.get(element.get("type"), element.get("type"))
    assert element.find("questiontext").get("format") == "html"
    assert element.findtext("hidden") == "0"
    read = Read(
        kind,
        element.findtext("name/text"),
        element.findtext("questiontext/text"),
        category,
        element.findtext("generalfeedback/text"),
        element.findtext("idnumber"),
        tuple(tag.findtext("text") for tag in element.iterfind("tags/tag")),
    )
    if kind == "cloze":
        read.prompt = _FIELD.sub(lambda match: read.fields.append(_field(*match.groups())) or "", read.prompt)
        return read
    assert element.findtext("defaultgrade") == "1"
    read.single = element.findtext("single") != "false"
    for answer in element.iterfind("answer"):
        told = answer.findtext("feedback/text") or ""
        read.answers.append(
            Answer(answer.findtext("text"), Fraction(answer.get("fraction")), said(told), answer.findtext("tolerance"))
        )
    for pair in element.iterfind("subquestion"):
        read.pairs.append((pair.findtext("text"), pair.findtext("answer/text")))
    return read


def _field(weight, kind, inside):
    assert weight == "1"
    answers = []
    for piece in inside.split("~"):
        mark, share, text, told = _ALTERNATIVE.fullmatch(piece).groups()
        words, _, tolerance = (
            html.unescape(text).partition(":") if kind == "NUMERICAL" else (html.unescape(text), "", "")
        )
        amount = Fraction(100) if mark == "=" else Fraction(share or 0)
        answers.append(Answer(words, amount, said(html.unescape(told or "")), tolerance or None))
    return answers
