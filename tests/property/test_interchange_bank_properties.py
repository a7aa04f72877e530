"""Question banks, for any text at all: files that stay well-formed, numbers that stay exact."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import assume, example, given, settings
from hypothesis import strategies as st
from support.bank_deck import questions
from support.bank_read import check, seen, tight
from support.gift_read import read_gift
from support.moodle_read import read_moodle

from studytui.answer.closeness import target
from studytui.deck.ask import ask
from studytui.deck.blocks import Block, Span, plain
from studytui.deck.kinds.choice import Choice
from studytui.deck.kinds.text import Accepted
from studytui.interchange.alternatives import decimal
from studytui.interchange.gift import gift
from studytui.interchange.moodle import moodle_xml
from studytui.text import clean, clean_line

SIGNS = (
    "~ = # { } : \\ \\\\ \\n \\= :: //x -> => #### [html] [plain] %50% %-5% {1:NUMERICAL:=1:0} ]]> <![CDATA[ <b> </p> "
    "& &amp; &&058; &#123; -- --> <!-- $CATEGORY: ~~ =% TRUE T * \\* ( ) \" ' a 가 \ufffe \uffff \ue010"
)
PIECES = st.sampled_from([*SIGNS.split(), "\n", "\n\n", " ", "\n//\n", "\u00a0"])
MESS = st.lists(PIECES | st.text(st.characters(exclude_categories=["Cs"]), max_size=3), max_size=7).map("".join)
#: What a deck's parser lets through; the reader of the tests uses private characters of its own.
TEXT = MESS.map(clean).filter(lambda text: text.strip() and not set(text) & set(map(chr, range(0xE000, 0xE009))))


def block(text, form="paragraph"):
    style = "code" if form == "code" else "plain"
    return Block(form, (Span(text, style),))


def without_bad(text):
    """XML has no such characters."""
    return text.replace("\ufffe", "").replace("\uffff", "")


def changed(name, **parts):
    question = questions()[name]
    return replace(question, **parts)


@given(TEXT, TEXT, st.sampled_from(["paragraph", "code", "bullet", "heading", "quote"]))
@settings(max_examples=150)
@example("x", "]]>", "code")
@example("a :: b", "x", "heading")
def test_any_text_of_a_question_and_its_solution_is_read_back(prompt, told, form):
    question = changed("one", prompt=(block(prompt, form),), explanation=(block(told, form),))
    (found,) = read_gift(gift([question], {"ways": prompt}).text)
    assert (seen(found.prompt), seen(found.solution)) == (tight(plain((block(prompt),))), tight(told))
    check(found, question)
    (found,) = read_moodle(moodle_xml([question], {"ways": prompt}).text)
    assert (seen(found.prompt), seen(found.solution)) == (tight(without_bad(prompt)), tight(without_bad(told)))
    check(found, question)


@given(st.lists(TEXT.map(clean_line).filter(bool), min_size=2, max_size=4, unique_by=tight), st.data())
@settings(max_examples=100)
def test_any_options_are_read_back(texts, data):
    assume(all(tight(without_bad(text)) == tight(text) for text in texts))
    right = data.draw(st.sets(st.sampled_from(range(len(texts))), min_size=1))
    content = Choice(tuple((block(text),) for text in texts), tuple(sorted(right)))
    question = ask(replace(questions()["one"].card, content=content), 1)
    for write, read in ((gift, read_gift), (moodle_xml, read_moodle)):
        (found,) = read(write([question], {}).text)
        check(found, question)


@given(st.lists(TEXT.map(clean_line).filter(bool), min_size=1, max_size=3, unique_by=tight))
@settings(max_examples=100)
def test_any_answer_that_may_be_typed_is_read_back(texts):
    assume(all(tight(without_bad(text)) == tight(text) for text in texts))
    question = ask(replace(questions()["text"].card, content=Accepted(tuple(texts))), 1)
    (found,) = read_moodle(moodle_xml([question], {}).text)
    assert {answer.text.replace("\\*", "*") for answer in found.answers} >= set(texts)
    result = gift([question], {})
    for found in read_gift(result.text) if not result.left_out else ():
        assert {answer.text.replace("\\*", "*") for answer in found.answers} >= set(texts)


@given(
    st.integers(-(10**13), 10**13) | st.floats(-1e15, 1e15, allow_nan=False, allow_infinity=False), st.integers(1, 12)
)
@example(5e-324, 3)
@example(1e15, 1)
def test_numbers_and_tolerances_are_written_exactly(value, digits):
    wanted = target(value, digits if isinstance(value, float) else 0)
    assert Fraction(decimal(wanted.value)) == wanted.value
    assert Fraction(decimal(wanted.margin)) == wanted.margin
    assert float(decimal(wanted.value)) == float(wanted.value)
