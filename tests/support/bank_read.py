"""What a question bank's file says, rebuilt by readers of their own: the same data from GIFT and from Moodle XML."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from fractions import Fraction
from html.parser import HTMLParser

from studytui.answer.verdict import Outcome
from studytui.deck.ask import grade, right_response
from studytui.deck.blocks import plain
from studytui.deck.model import Arrange, Fill, Filled, Pair, Pick


@dataclass
class Answer:
    """An answer with its share of the point in per cent, what is told of it, and for numbers its tolerance."""

    text: str
    share: Fraction
    told: str = ""
    tolerance: str | None = None


@dataclass
class Read:
    """One question. `fields` are the answers of each field of a cloze; others have one field."""

    kind: str
    name: str
    prompt: str
    category: str
    solution: str = ""
    number: str = ""
    tags: tuple = ()
    answers: list = field(default_factory=list)
    pairs: list = field(default_factory=list)
    fields: list = field(default_factory=list)
    single: bool = True


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.seen, self.open = [], []

    def handle_starttag(self, tag, attrs):
        if tag not in {"br", "hr"}:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.seen.append(data)


def seen(source):
    """What HTML shows, without any white space; its tags are closed as they were opened."""
    reader = _Words()
    reader.feed(source)
    reader.close()
    assert not reader.open
    return tight("".join(reader.seen))


def tight(text):
    return "".join(text.split())


def said(html_words):
    """A sentence that is HTML within a line."""
    return " ".join(html.unescape(html_words.replace("<br>", " ")).split())


def check(read, question):
    """What was read is graded in the bank as it is graded here."""
    form = question.form
    if isinstance(form, Pick):
        _check_choice(read, question, form)
    elif isinstance(form, Pair):
        _check_pairs(read, question, form)
    elif isinstance(form, Arrange):
        _check_order(read, question, form)
    elif read.kind == "cloze":
        _check_cloze(read, question)
    elif read.kind == "truefalse":
        for answer in read.answers:
            outcome = grade(question, answer.text).outcome
            assert outcome is (Outcome.RIGHT if answer.share == 100 else Outcome.WRONG)
    else:
        assert read.kind in {"numerical", "shortanswer"}
        _check_typed(read.answers, lambda typed: grade(question, typed))


def _check_typed(answers, graded):
    """The first answer is right, all of it within its tolerance and nothing beyond; the wrong ones are slips."""
    assert answers[0].share == 100
    for answer in answers:
        assert answer.share in {0, 100}
        verdict = graded(answer.text.replace("\\*", "*"))
        assert verdict.outcome is (Outcome.RIGHT if answer.share else Outcome.SLIP), answer
        assert answer.told == ("" if answer.share else " ".join(verdict.message.split()))
    right = answers[0]
    if right.tolerance is not None and Fraction(right.tolerance):
        value, margin = Fraction(right.text), Fraction(right.tolerance)
        for end in (value - margin, value + margin):
            assert graded(f"{end.numerator}/{end.denominator}").outcome is Outcome.RIGHT
        for beyond in (value - margin * Fraction(101, 100), value + margin * Fraction(101, 100)):
            assert graded(f"{beyond.numerator}/{beyond.denominator}").outcome is not Outcome.RIGHT


def _check_choice(read, question, form):
    right = right_response(question)
    assert read.kind == "multichoice"
    assert read.single is not form.several
    assert [seen(answer.text) for answer in read.answers] == [tight(plain(option)) for option in form.options]
    assert {place for place, answer in enumerate(read.answers) if answer.share > 0} == right
    assert abs(sum(answer.share for answer in read.answers if answer.share > 0) - 100) < Fraction(1, 1000)
    for place, answer in enumerate(read.answers):
        if place not in right and not form.several:
            assert answer.share == 0
            assert answer.told == " ".join(grade(question, frozenset({place})).message.split())
    if form.several:
        taken = sum(answer.share for answer in read.answers)
        assert abs(taken if len(right) < len(form.options) else taken - 100) < Fraction(1, 1000)


def _check_pairs(read, question, form):
    assert read.kind == "match"
    assert [seen(left) for left, _ in read.pairs] == [tight(plain(item)) for item in form.left]
    shown = [tight(plain(item)) for item in form.right]
    response = tuple(shown.index(tight(right)) for _, right in read.pairs)
    assert grade(question, response).outcome is Outcome.RIGHT


def _check_order(read, question, form):
    shown = [tight(plain(item)) for item in form.items]
    if read.kind == "match":
        assert [left for left, _ in read.pairs] == [str(place) for place in range(1, len(shown) + 1)]
        response = tuple(shown.index(tight(right)) for _, right in read.pairs)
    else:
        assert read.kind == "ordering"
        assert [answer.share for answer in read.answers] == list(range(1, len(shown) + 1))
        response = tuple(shown.index(seen(answer.text)) for answer in read.answers)
    assert grade(question, response).outcome is Outcome.RIGHT


def _check_cloze(read, question):
    assert all(answers[0].share == 100 for answers in read.fields)
    assert all(answer.share == 0 or answers[0].text for answers in read.fields for answer in answers)
    right = [answers[0].text for answers in read.fields]
    if not isinstance(question.form, Fill):
        assert grade(question, ", ".join(right)).outcome is Outcome.RIGHT
        return
    assert len(right) == len(question.form.parts)
    assert grade(question, Filled(tuple(right))).outcome is Outcome.RIGHT
    for place, answers in enumerate(read.fields):

        def graded(typed, place=place):
            lines = [line if other != place else typed for other, line in enumerate(right)]
            return grade(question, Filled(tuple(lines))).parts[place]

        _check_typed(answers, graded)


def number_of(comment):
    found = re.search(r"\[id:([^\]]*)\]", comment)
    return found[1] if found else ""
