"""The pages of a report: rows at any width, JSON, Markdown, and the chart of earlier quizzes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from fractions import Fraction

import pytest
from markdown_it import MarkdownIt
from support.quizzes import CARDS, MINUTE, paper_of
from support.reports import HOSTILE, PADDED, asked, hostile, line, parted, sat, slipped, text

from studytui.deck.ask import right_response
from studytui.deck.blocks import Block, Span
from studytui.memory.model import Moment, Rating
from studytui.quiz.result import Score
from studytui.quiz_pages import as_html, as_json, as_markdown, as_text, list_json, list_text, rows
from studytui.quiz_pages.chart import MOST_BARS, bars, chart_rows
from studytui.quiz_pages.markdown import inline
from studytui.quiz_pages.words import date_text, iso_text, minutes_text, moment_text, score_text
from studytui.text import display_width

# -- rows and text ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("width", [80, 40, 24])
def test_rows_keep_to_their_width_also_in_korean(paper, width):
    report = sat(paper, {"spread": "버터와 잼을 아주 많이 발라서 먹는다", "drinks": "right"}, flagged=["fruit"])
    korean = tuple(replace(each, title="합성곱 산술: 스트라이드와 패딩과 팽창") for each in report.questions)
    report = slipped(replace(report, questions=korean))
    lines = [line(report, 1, -2, 3), line(report, 2, -1, 4)]
    assert [row.text for row in rows(report, width, lines) if display_width(row.text) > width] == []


def test_what_lost_points_comes_first_and_is_worked_out(paper):
    told = as_text(sat(paper, {"fruit": "right", "spread": "jam"}))
    lost, right = told.index("You typed: jam"), told.index("Right answers")
    assert lost < told.index("Answer: butter") < told.index("Butter is soft.") < right
    assert re.search(r"^✓ \d  Which is a fruit\?.* 0:05$", told[right:], re.MULTILINE)


def test_a_right_answer_is_worked_out_where_it_was_opened(paper):
    report = sat(paper, {"spread": "butter"})
    number = asked(report, "spread").number
    assert "Butter is soft." not in "\n".join(row.text for row in rows(report, 76))
    opened = rows(report, 76, opened={number})
    assert "Butter is soft." in "\n".join(row.text for row in opened)
    for shown in (opened, rows(report, 76)):
        assert f"question({number})" in {row.action for row in shown}


def test_a_right_answer_tells_its_heading_apart_from_its_question(breakfast):
    report = sat(paper_of({"breakfast/fruit": breakfast["breakfast/fruit"]}, 1), {"fruit": "right"})
    prompt = (*text("Fruit?"), *text("Which of these\nis one?"))
    report = replace(report, questions=(replace(report.questions[0], prompt=prompt),))
    assert "✓ 1  Fruit? · Which of these is one?" in as_text(report)


def test_a_report_of_right_answers_only_says_so(breakfast):
    told = as_text(sat(paper_of({"breakfast/spread": breakfast["breakfast/spread"]}, 1), {"spread": "butter"}))
    assert "Score: 1 of 1 (100 %)" in told
    assert "Every answer is right." in told


def test_a_slip_is_told_with_its_sentence_and_the_worked_solution():
    paper = paper_of({"stride-and-padding/output-size": CARDS["stride-and-padding/output-size"]}, 1)
    variant = paper.questions[0].variant
    slip = variant.slips[0]
    told = as_text(sat(paper, {"output-size": str(slip.value)}), width=500)
    for said in (slip.sentence, f"You typed: {slip.value}", f"Answer: {variant.answer}", "places."):
        assert said in told


def test_a_slip_offers_its_practice(paper):
    shown = rows(slipped(sat(paper)), 80)
    place = next(place for place, row in enumerate(shown) if row.text.startswith("1× padded_once: Padding"))
    assert {row.action for row in shown[place : place + 3]} == {"practise(0)"}
    assert "practise this: studytui quiz --slip padded_once" in "\n".join(row.text for row in shown)


def test_a_sentence_is_said_once(paper):
    told = as_text(slipped(sat(paper)), width=500).partition("── Question")[2]
    assert told.count(PADDED.sentence) == 1


def test_the_parts_of_a_question_are_told_one_by_one(paper):
    told = as_text(parted(sat(paper)))
    assert "✗ padded size — 9 px\n    you said: 8\n    Padding is added on both sides" in told
    assert "✓ output size — 4\n    Right for your padded size." in told
    assert "✗ A known slip · score 1/2" in told


def test_what_was_not_answered_says_why(paper):
    told = as_text(sat(paper, {"eggs": "0x10"}))
    assert "– Not answered: what was typed could not be read\nYou typed: 0x10" in told
    assert told.count("– Not answered\n") == 6
    assert "( ) apple ← right" in told


def test_flags_late_answers_and_reviews_are_told(paper):
    report = sat(paper, {"spread": "jam"}, flagged=["spread"], reviews={"breakfast/spread": Rating.AGAIN})
    told = as_text(replace(report, questions=tuple(replace(each, late=True) for each in report.questions)), width=200)
    assert "· text · 0:05 · flagged · after time · recorded as again" in told
    assert "Reviews: 1 answer recorded" in told


def test_the_time_says_what_was_spent_away_and_that_it_is_over(paper):
    report = replace(sat(paper), limit_ms=15 * MINUTE, elapsed_ms=12 * MINUTE, away_ms=3 * MINUTE, out_of_time=True)
    assert "Time: 12:00 of 15:00, and 3:00 away, until the time was over\n" in as_text(report)


def test_quizzes_are_listed_with_their_header_where_it_fits(paper):
    report = sat(paper, number=12)
    lines = [line(report, 12, 0, 4), line(report, 9, -3, "5/2")]
    wide = list_text(lines, 120).splitlines()
    assert wide == [
        f"12  2026-05-29  4 of 7 (57.1 %)         1:00  {report.header}",
        f" 9  2026-05-26  2 1/2 of 7 (35.7 %)     1:00  {report.header}",
    ]
    narrow = list_text(lines, 40).splitlines()
    assert len(narrow) == 4
    assert narrow[1].startswith(f"    {report.header[:30]}")
    assert max(map(display_width, narrow)) <= 60
    assert list_text([]) == "No quiz was handed in yet: studytui quiz begins one\n"


# -- words ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("milliseconds", "told"), [(0, "0:00"), (59_999, "0:59"), (15 * MINUTE, "15:00"), (3_725_000, "1:02:05")]
)
def test_times_are_minutes_and_seconds(milliseconds, told):
    assert minutes_text(milliseconds) == told


@pytest.mark.parametrize(
    ("points", "told"),
    [("0", "0 of 3 (0 %)"), ("2/3", "2/3 of 3 (22.2 %)"), ("5/2", "2 1/2 of 3 (83.3 %)"), ("3", "3 of 3 (100 %)")],
)
def test_points_are_mixed_numbers(points, told):
    assert score_text(Score(Fraction(points), 3)) == told


@pytest.mark.parametrize(
    ("offset", "date", "minute", "iso"),
    [
        (540, "2026-05-29", "2026-05-29 05:26", "2026-05-29T05:26:40+09:00"),
        (-210, "2026-05-28", "2026-05-28 16:56", "2026-05-28T16:56:40-03:30"),
    ],
)
def test_a_quiz_has_the_date_of_where_the_learner_sat(offset, date, minute, iso):
    moment = Moment(1_780_000_000_000, offset)
    assert (date_text(moment), moment_text(moment), iso_text(moment)) == (date, minute, iso)


# -- the chart --------------------------------------------------------------------------------------------------------


def test_the_first_quiz_has_no_chart(paper):
    report = sat(paper, number=1)
    assert bars(report, [line(report, 1, 0, 3)]) == []
    for page in (as_text, as_markdown, as_html):
        assert "Compared with" not in page(report, [line(report, 1, 0, 3)])


def test_the_chart_has_the_latest_quizzes_and_ends_with_this_one(paper):
    report = sat(paper, number=99)
    shown = bars(report, [line(report, 50 - days, -days, 3) for days in range(1, 30)])
    assert len(shown) == MOST_BARS
    assert [bar.number for bar in shown[-2:]] == [49, 99]
    assert [bar.this for bar in shown] == [False] * (MOST_BARS - 1) + [True]


@pytest.mark.parametrize("width", [80, 40])
def test_bars_are_as_long_as_their_percentage(paper, width):
    report = sat(paper, dict.fromkeys(("spread", "fruit", "drinks", "eggs", "sequence", "places"), "right"), number=3)
    shown = bars(report, [line(report, 1, -2, 0), line(report, 2, -1, "7/2")])
    none, half, most = (row.count("█") for row, _ in chart_rows(shown, width))
    assert none == 0 < half < most
    assert abs(2 * half - most * 7 / 6) <= 2
    assert chart_rows(shown, width)[-1][0].startswith("▸ 2026-05-29 ")


# -- JSON -------------------------------------------------------------------------------------------------------------


def test_json_has_the_whole_and_every_question(paper):
    report = slipped(sat(paper, {"drinks": "right"}, number=4, away_ms=5))
    data = json.loads(json.dumps(as_json(report, [line(report, 2, -1, 3)])))
    assert (data["number"], data["began"], data["seed"]) == (4, "2026-05-29T05:26:40+09:00", 7)
    assert data["score"] == {"points": "1", "questions": 7, "percent": 14.3}
    assert data["slips"] == [
        {"name": "padded_once", "sentence": PADDED.sentence, "count": 1, "cards": ["breakfast/eggs"]}
    ]
    assert [bar["number"] for bar in data["compared"]] == [2, 4]
    eggs = next(each for each in data["questions"] if each["card"] == "breakfast/eggs")
    assert (eggs["verdict"], eggs["slips"], eggs["shape"]) == ("slip", {"padded_once": PADDED.sentence}, "line")
    assert set(eggs["givens"]) == {"people", "eggs"}


def test_the_list_of_quizzes_is_json(paper):
    report = sat(paper, number=4)
    assert list_json([line(report, 4, 0, "7/2")]) == [
        {
            "number": 4,
            "began": "2026-05-29T05:26:40+09:00",
            "header": report.header,
            "score": {"points": "7/2", "questions": 7, "percent": 50.0},
            "elapsed_ms": MINUTE,
        }
    ]


# -- Markdown ---------------------------------------------------------------------------------------------------------


def read_markdown(page):
    """The tokens of a page, as a code host reads it."""
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(page)


def test_markdown_has_tables_and_every_question(paper):
    page = as_markdown(slipped(sat(paper, {"drinks": "right"})), [line(sat(paper), 2, -1, 3)])
    tokens = read_markdown(page)
    headings = [tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"]
    assert headings[:6] == [
        "Quiz",
        "By topic",
        "By kind",
        "Slips made most",
        "Compared with earlier quizzes",
        "Questions",
    ]
    assert headings[6:] == [f"Question {number} of 7" for number in range(1, 8)]
    tables = sum(token.type == "table_open" for token in tokens)
    assert tables == 6 + sum(bool(each.entries) for each in sat(paper).questions)


def test_in_markdown_no_text_becomes_markup(paper):
    report = hostile(sat(paper, {"spread": HOSTILE}))
    tokens = read_markdown(as_markdown(report, [line(report, 2, -1, 3)]))
    inner = [inner for token in tokens for inner in token.children or ()]
    assert not {token.type for token in (*tokens, *inner)} & {"html_block", "link_open", "image"}
    # The page's own: stars are not read as stars beside punctuation.
    assert {each.content.strip("</>") for each in inner if each.type == "html_inline"} == {"strong", "em"}
    shown = "".join(each.content for each in inner)
    assert shown.count('<script>alert("1")</script> [link](http://x.test) `code` **bold** | &') > 10


def test_an_accent_by_itself_is_shown_in_markdown():
    assert inline([Span("x"), Span("\u0307", "mark")]) == "x<strong>\u0307</strong>"


def test_code_keeps_its_fence_in_markdown(paper):
    code = Block("code", (Span("a = `b`\n```\n| x"),), marker="python")
    first, *rest = sat(paper).questions
    report = replace(sat(paper), questions=(replace(first, explanation=(code,)), *rest))
    fences = [token for token in read_markdown(as_markdown(report)) if token.type == "fence"]
    assert [(fence.info, fence.content) for fence in fences] == [("python", "a = `b`\n```\n| x\n")]


@pytest.mark.parametrize("page", [as_text, as_markdown, as_html])
def test_every_page_has_what_was_asked_typed_and_right(paper, page):
    told = page(slipped(sat(paper, {"spread": "jam", "sequence": "right"}), typed="28"))
    eggs = right_response(next(q for q in paper.questions if q.card.id == "breakfast/eggs"))
    for said in (
        "What spreads?",
        "jam",
        "butter",
        "Butter is soft.",
        "28",
        str(eggs),
        PADDED.sentence,
        "First to last",
    ):
        assert said in told
