"""Any report is written and read back the same; any damage to what was written is told in one line."""

from __future__ import annotations

import json
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from studytui.answer.verdict import Mark, Outcome
from studytui.deck.blocks import Block, Span
from studytui.memory.model import Rating
from studytui.problems import Problem
from studytui.quiz.plan import AskedAs, Feedback, Order, Plan
from studytui.quiz.report import Asked, Entry, MadeSlip, Report, Shape
from studytui.quiz_pages import as_html, as_json, as_markdown, rows
from studytui.quiz_pages.markdown import escaped, inline, table
from studytui.text import clean, display_width

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])
TEXTS = st.text(max_size=12).map(clean)
NAMES = st.lists(TEXTS, max_size=2).map(tuple)
TIMES = st.integers(0, 10**9)
SCORES = st.fractions(0, 1, max_denominator=30)
VALUES = st.recursive(
    st.integers() | st.floats(allow_nan=False) | st.booleans() | TEXTS,
    lambda inner: st.lists(inner, max_size=3).map(tuple),
    max_leaves=5,
)
SPANS = st.lists(
    st.builds(Span, TEXTS, st.sampled_from(["plain", "code", "math", "mark"])), min_size=1, max_size=2
).map(tuple)
BLOCKS = st.builds(
    Block, st.sampled_from(["paragraph", "bullet", "code"]), SPANS, st.integers(0, 2), TEXTS
) | st.builds(Block, st.sampled_from(["head", "row"]), cells=st.lists(SPANS, min_size=1, max_size=2).map(tuple))
BLOCK_TEXTS = st.lists(BLOCKS, max_size=2).map(tuple)
SLIPS = st.lists(st.builds(MadeSlip, TEXTS, TEXTS), max_size=2).map(tuple)
ENTRIES = st.builds(
    Entry, BLOCK_TEXTS, st.sampled_from(Mark), st.booleans(), st.integers(0, 9), BLOCK_TEXTS, BLOCK_TEXTS,
    st.none() | st.sampled_from(Outcome), SCORES, TEXTS, SLIPS,
)  # fmt: skip
ASKED = st.builds(
    Asked,
    number=st.integers(1, 99), card=TEXTS, deck=TEXTS, title=TEXTS, kind=TEXTS, file=TEXTS, line=st.integers(1, 999),
    seed=TIMES, prompt=BLOCK_TEXTS, truth=BLOCK_TEXTS, explanation=BLOCK_TEXTS, shape=st.sampled_from(Shape),
    entries=st.lists(ENTRIES, max_size=3).map(tuple), recast=st.booleans(), tags=NAMES,
    givens=st.dictionaries(TEXTS, VALUES, max_size=2), typed=TEXTS, outcome=st.none() | st.sampled_from(Outcome),
    score=SCORES, message=TEXTS, slips=SLIPS, flagged=st.booleans(), late=st.booleans(), spent_ms=TIMES,
    rating=st.none() | st.sampled_from(Rating),
)  # fmt: skip
PLANS = st.builds(
    Plan, TIMES, NAMES, NAMES, NAMES, st.integers(1, 1000), st.none() | st.integers(1, 1440), st.sampled_from(Order),
    st.sampled_from(Feedback), st.sampled_from(AskedAs), TEXTS,
)  # fmt: skip
REPORTS = st.builds(
    Report, PLANS, TEXTS, st.lists(ASKED, min_size=1, max_size=3).map(tuple), TIMES, st.integers(-720, 840), TIMES,
    st.integers(0, 99), st.none() | TIMES, st.booleans(), TIMES, NAMES,
)  # fmt: skip


@given(REPORTS)
@settings(max_examples=60, deadline=None)
def test_a_report_read_back_is_the_same(report: Report) -> None:
    assert Report.from_json(report.to_json()) == report


@given(REPORTS)
@settings(max_examples=30, deadline=None)
def test_groups_add_up_to_the_whole(report: Report) -> None:
    for groups in (report.by_deck, report.by_kind):
        assert sum((group.score.points for group in groups), Fraction(0)) == report.score.points
        assert sum(group.score.questions for group in groups) == len(report.questions)
        assert sum(group.spent_ms for group in groups) == sum(each.spent_ms for each in report.questions)


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3) | st.just(float("nan")),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=4,
)


@given(REPORTS, JUNK, st.data())
@settings(max_examples=80, deadline=None)
def test_a_damaged_report_is_one_line_or_still_a_report(report: Report, junk: object, data: st.DataObject) -> None:
    whole = json.loads(report.to_json())
    holder = data.draw(st.sampled_from([whole, whole["plan"], whole["questions"][0]]))
    holder[data.draw(st.sampled_from(sorted(holder)))] = junk
    _read(json.dumps(whole))


@given(REPORTS, st.data())
@settings(max_examples=40, deadline=None)
def test_a_report_that_was_cut_off_is_one_line(report: Report, data: st.DataObject) -> None:
    text = report.to_json()
    with pytest.raises(Problem, match="the report is damaged"):
        Report.from_json(text[: data.draw(st.integers(0, len(text) - 1))])


@given(st.text(max_size=40) | JUNK.map(json.dumps))
def test_what_is_no_report_is_one_line(text: str) -> None:
    with pytest.raises(Problem, match="the report is damaged"):
        Report.from_json(text)


def test_a_report_of_a_newer_program_says_so() -> None:
    with pytest.raises(Problem, match="newer StudyTUI"):
        Report.from_json('{"version": 2}')


def test_deep_nesting_is_damage() -> None:
    with pytest.raises(Problem, match="the report is damaged"):
        Report.from_json("[" * 100_000)


@pytest.mark.parametrize("score", ["1e999999999", "3/2", "-1/2", "1/0", "½", "0.5", 1])
def test_a_score_that_no_question_can_have_is_damage(score: object) -> None:
    asked = Asked(1, "a/b", "a", "A", "text", "a.md", 3, 7, ())
    whole = json.loads(Report(Plan(7), "seed 7", (asked,), 0, 0, 0).to_json())
    whole["questions"][0]["score"] = score
    with pytest.raises(Problem, match="the report is damaged"):
        Report.from_json(json.dumps(whole))


def _read(text: str) -> None:
    try:
        Report.from_json(text).to_json()
    except Problem as problem:
        assert "\n" not in str(problem)  # noqa: PT017 - it may be raised or not


SHOWN = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20) | st.text(
    "*_`[]()<>&\\#+-=.!|~$ 1a\n", max_size=20
)


@given(SHOWN)
@settings(max_examples=150, deadline=None)
def test_a_text_in_markdown_is_shown_as_it_is(text: str) -> None:
    tokens = MARKDOWN.parse(escaped(text))
    shown = " ".join(clean(text).split())
    assert [token.type for token in tokens] == (["paragraph_open", "inline", "paragraph_close"] if shown else [])
    inner = tokens[1].children or [] if shown else []
    assert {token.type for token in inner} <= {"text"}
    assert "".join(token.content for token in inner) == shown


@given(
    st.lists(st.builds(Span, SHOWN, st.sampled_from(["plain", "strong", "em", "mark", "strike", "math"])), max_size=4)
)
@settings(max_examples=150, deadline=None)
def test_styles_in_markdown_change_no_letter(spans: list[Span]) -> None:
    tokens = MARKDOWN.parse(inline(spans))
    inner = [each for token in tokens for each in token.children or ()]
    assert {token.type for token in tokens} <= {"paragraph_open", "inline", "paragraph_close"}
    shown = "".join(token.content for token in inner if token.type == "text")
    assert shown.split() == " ".join("".join(clean(span.text) for span in spans).split()).split()


@given(SHOWN)
@settings(max_examples=200, deadline=None)
def test_code_in_a_table_keeps_its_letters(text: str) -> None:
    shown = " ".join(clean(text).split())
    page = table(("a", "b"), [(inline((Span(shown, "code"),), cell=True), "x")], "ll")
    tokens = MARKDOWN.parse(page)
    cells = [token for token in tokens if token.type == "inline"]
    assert [cell.content for cell in cells[:2]] == ["a", "b"]
    assert len(cells) == 4
    assert "".join(each.content for each in cells[2].children or ()) == shown


@given(REPORTS)
@settings(max_examples=30, deadline=None)
def test_every_page_of_any_report_is_sound(report: Report) -> None:
    ElementTree.fromstring(as_html(report))
    assert "\x1b" not in as_markdown(report)
    assert max(display_width(row.text) for row in rows(report, 40)) <= 40
    json.dumps(as_json(report))
