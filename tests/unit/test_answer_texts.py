"""Typed words: what is the same, what is a typo, what is another word."""

from __future__ import annotations

import unicodedata

import pytest

from studytui.answer import Outcome, grade_text


@pytest.mark.parametrize(
    ("typed", "truth"),
    [
        ("forget gate", "forget gate"),
        ("Forget-Gate", "forget gate"),
        ("forgetgate", "forget gate"),
        ("the forget gate.", "forget gate"),
        ("“forget gate”", "forget gate"),
        ("vgg 16", "VGG-16"),
        ("R CNN", "R-CNN"),
        ("3×3 convolution", "3x3 convolution"),
        ("many to many", "many-to-many"),
        ("c++", "C++"),
        ("x̂", "x̂"),
        ("ＬＳＴＭ", "LSTM"),
        ("망각게이트", "망각 게이트"),
        (unicodedata.normalize("NFD", "망각 게이트"), "망각 게이트"),
        ("-", "-"),
        ("a", "A"),
    ],
)
def test_case_spaces_and_punctuation_do_not_matter(typed, truth):
    assert grade_text(typed, [truth]).outcome is Outcome.RIGHT


@pytest.mark.parametrize(
    ("typed", "truth"),
    [
        ("input gate", "forget gate"),
        ("C", "C++"),
        ("1", "-1"),
        ("x = 1", "x = -1"),
        ("15", "1.5"),
        ("34", "3 4"),
        ("12", "1/2"),
        ("x", "x̂"),
        ("VGG19", "VGG-16"),
        ("YOLOv3", "YOLOv2"),
        ("elu", "ReLU"),
        ("손실", "소실"),
        ("forgte agte", "forget gate"),
        ("+", "-"),
    ],
)
def test_another_word_is_wrong(typed, truth):
    assert grade_text(typed, [truth]).outcome is Outcome.WRONG


@pytest.mark.parametrize(
    ("typed", "truth"),
    [
        ("forgot gate", "forget gate"),
        ("foget gate", "forget gate"),
        ("forgett gate", "forget gate"),
        ("fogret gate", "forget gate"),
        ("망각 게이드", "망각 게이트"),
        ("은닉 상터", "은닉 상태"),
        ("dropuot", "dropout"),
    ],
)
def test_one_typo_is_close_and_shows_the_spelling(typed, truth):
    verdict = grade_text(typed, ["something else", truth])
    assert (verdict.outcome, verdict.message) == (Outcome.CLOSE, f"Spelling: {truth}")


def test_any_of_the_accepted_texts_is_right():
    assert grade_text("forget", ["forget gate", "forget"]).outcome is Outcome.RIGHT


@pytest.mark.parametrize("typed", ["", "  \t", "\0", "a" * 257, "a" * 10**6])
def test_nothing_or_too_much_is_asked_back(typed):
    assert grade_text(typed, ["forget gate"]).outcome is Outcome.UNREADABLE
