"""Where the figure of an answer stands on the face of a judged card."""

from __future__ import annotations

from functools import partial

import pytest
from support.world import COMPUTED, FIGURED, RECALL, World, slip_for

from reference_impl.compare import Opinion
from reference_impl.figures import Bar, Bars, Curves, Series
from studytui.answer.verdict import Verdict
from studytui.deck import figure as figures
from studytui.deck.ask import grade
from studytui.deck.figure import figure_of_answer
from studytui.face import badge_rows, judged_face
from studytui.illustrated import illustrated_face
from studytui.pages import proof_rows
from studytui.text import display_width

CURVES = Curves("Gradient", "step", "norm", (0, 1, 2), (Series("tanh", (1.0, 0.5, 0.25)),))
TALL = Bars("Many", "", tuple(Bar(f"layer {number}", number) for number in range(60)))


def question(tmp_path, card):
    with World(tmp_path, card).desk() as desk:
        session = desk.day.session()
        session.begin()
        return session.question, session.opinions


@pytest.fixture
def judged(tmp_path):
    """What makes the face of a question that was answered with a slip, for a figure and a room."""
    asked, opinions = question(tmp_path, FIGURED)
    typed = slip_for(asked)
    verdict = grade(asked, typed)
    assert isinstance(verdict, Verdict)
    badge = partial(badge_rows, opinions)

    def face(figure, columns, rows):
        width = min(columns, 92)
        alone = [row.text for row in judged_face(asked, typed, verdict, width, badge(width))]
        shown = illustrated_face(asked, typed, verdict, badge, figure, width, (columns, rows))
        return alone, [row.text for row in shown], shown

    return face


def test_in_a_wide_room_it_stands_at_the_right_of_the_result(judged):
    alone, texts, shown = judged(CURVES, 117, 36)
    place = next(number for number, text in enumerate(texts) if text.endswith("Gradient"))
    assert texts[place].startswith("✗ A known slip ")
    assert texts[:place] == alone[:place]  # the question has not moved
    assert shown[place].cursor
    assert max(map(display_width, texts)) <= 117
    assert len(texts) <= 36


def test_else_it_stands_below_what_was_said(judged):
    alone, texts, _ = judged(CURVES, 77, 30)
    assert texts[: len(alone)] == alone
    assert texts[len(alone) : len(alone) + 2] == ["", "Gradient"]
    assert len(texts) <= 30


def test_where_nothing_is_left_it_is_not_there(judged):
    for columns, rows in ((77, 12), (38, 8), (117, 4), (0, 0)):
        alone, texts, _ = judged(CURVES, max(columns, 30), rows)
        assert texts == alone


@pytest.mark.parametrize("columns", range(30, 160, 7))
@pytest.mark.parametrize("figure", [CURVES, TALL], ids=["curves", "bars"])
def test_it_never_makes_text_leave_the_view_nor_reaches_over_an_edge(judged, columns, figure):
    for rows in range(1, 50, 4):
        alone, texts, _ = judged(figure, columns, rows)
        assert len(texts) <= max(rows, len(alone))
        assert max(map(display_width, texts)) <= columns
        words = " ".join(alone).split()
        assert [word for word in words if word not in " ".join(texts)] == []


def test_it_is_of_the_answer_with_the_variants_arguments(tmp_path):
    asked, _ = question(tmp_path, FIGURED)
    figure = figure_of_answer(asked)
    assert figure.title.startswith(f"{asked.variant.answer} places on {asked.variant.givens['input_size']} pixels")


@pytest.mark.parametrize(
    "card",
    [
        RECALL,
        FIGURED.replace('padding)"', 'padding) + 1"', 1),
        FIGURED.replace('"7..12"', '"70..99"'),
        COMPUTED.replace("convolution.output_size(input_size, kernel_size, stride, padding)", "input_size + padding"),
    ],
    ids=["recall", "more than one use", "too much to draw", "arithmetic"],
)
def test_other_answers_have_none(tmp_path, card):
    assert figure_of_answer(question(tmp_path, card)[0]) is None


def test_of_nested_uses_it_is_of_the_outer_one(tmp_path):
    nested = FIGURED.replace(
        "convolution.output_size(input_size, kernel_size, stride, padding)",
        "convolution.output_size(convolution.output_size(input_size, 3), kernel_size, stride, padding)",
    )
    asked, _ = question(tmp_path, nested)
    pixels = asked.variant.givens["input_size"] - 2
    assert figure_of_answer(asked).title.startswith(f"{asked.variant.answer} places on {pixels} pixels")


def test_a_figure_that_fails_is_none(tmp_path, monkeypatch):
    asked, _ = question(tmp_path, FIGURED)

    def fail(_):
        raise RuntimeError

    monkeypatch.setattr(figures, "figure_of", fail)
    assert figure_of_answer(asked) is None


def test_the_badge_leaves_out_what_is_not_published_and_the_proof_view_tells_it(tmp_path):
    asked, _ = question(tmp_path, FIGURED)
    silent = Opinion("published", None, None, "the paper has no such layer")
    opinions = {0: (Opinion("brute force", asked.variant.answer, agrees=True), silent)}
    assert [row.text for row in badge_rows(opinions, 80)] == ["Proved by brute force ✓"]
    told = [row.text for row in proof_rows(asked, opinions, 80)]
    assert "published – did not speak " in told
    assert "the paper has no such layer" in told
