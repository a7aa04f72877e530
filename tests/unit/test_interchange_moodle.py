"""Moodle XML: read back by an XML reader of its own, graded there as it is here."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from support import moodle_read
from support.bank_deck import built_in, questions
from support.bank_read import check, seen, tight
from support.moodle_read import read_moodle

from studytui.answer.answer_type import AnswerType
from studytui.answer.verdict import Slip
from studytui.deck.blocks import plain
from studytui.interchange import moodle_cloze
from studytui.interchange.alternatives import shares
from studytui.interchange.bank import id_number
from studytui.interchange.fields import Field
from studytui.interchange.moodle import moodle_xml
from studytui.interchange.paper_words import words_in

TITLES = {"ways": "Ways: of/answering"}


def read(name, language=""):
    (found,) = read_moodle(moodle_xml([questions()[name]], TITLES, language).text)
    return found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("width", "numerical"),
        ("third", "numerical"),
        ("shape", "shortanswer"),
        ("more", "truefalse"),
        ("steps", "cloze"),
        ("one", "multichoice"),
        ("several", "multichoice"),
        ("order", "ordering"),
        ("pairs", "match"),
        ("text", "shortanswer"),
        ("gap.forget", "shortanswer"),
    ],
)
def test_each_way_of_answering_has_its_type_and_is_graded_as_here(name, kind):
    found, question = read(name), questions()[name]
    assert found.kind == kind
    assert seen(found.prompt).startswith(tight(plain(question.prompt)))
    assert found.number == id_number(question)
    assert found.category == "$course$/top/StudyTUI/Ways: of//answering"
    assert found.tags == ("odd [tag]", "cnn")
    check(found, question)


@pytest.mark.parametrize("language", ["", "ko"])
def test_every_built_in_card_is_exported_and_graded_as_here(language):
    asked = built_in(language)
    result = moodle_xml(asked, {}, language)
    found = {each.number: each for each in read_moodle(result.text)}
    assert result.left_out == ()
    for question in asked:
        check(found[id_number(question)], question)


def test_a_unit_may_be_typed_and_need_not_be():
    root = ET.fromstring(moodle_xml([questions()["width"]], TITLES).text)
    (question,) = root.iterfind("question[@type='numerical']")
    assert question.findtext("units/unit/unit_name") == "px"
    assert question.findtext("units/unit/multiplier") == "1"
    assert question.findtext("unitgradingtype") == "0"
    bare = ET.fromstring(moodle_xml([questions()["third"]], TITLES).text).find("question[@type='numerical']")
    assert bare.find("units") is None
    assert bare.findtext("showunits") == "3"


def test_each_part_of_a_card_with_steps_is_a_field_behind_what_it_asks():
    found = read("steps")
    assert len(found.fields) == 2
    assert "How wide is it?" in found.prompt
    assert "(a whole number, px)" in found.prompt
    assert "How many pixels?" in found.solution


def test_each_number_of_a_vector_is_a_field_with_its_tolerance():
    vectors = [each for each in built_in() if each.variant and type(each.variant.answer) is tuple]
    found = {each.number: each for each in read_moodle(moodle_xml(vectors, {}).text)}
    fields = [found[id_number(each)] for each in vectors if found[id_number(each)].kind == "cloze"]
    assert len(fields) > 10
    assert any(answer.told for each in fields for answers in each.fields for answer in answers)
    assert all(answers[0].tolerance is not None for each in fields for answers in each.fields)


def test_an_order_is_graded_by_the_longest_run_that_is_in_order():
    root = ET.fromstring(moodle_xml([questions()["order"]], TITLES).text)
    assert root.findtext("question[@type='ordering']/gradingtype") == "LONGEST_ORDERED_SUBSET"


def test_yes_and_no_in_a_field_are_in_the_language_of_the_paper():
    field = Field(AnswerType.YES_NO, truth=False, shown="no")
    assert moodle_cloze._answer(field, words_in("ko")) == "{1:MULTICHOICE:=아니요~%0%예}"


def test_signs_of_a_cloze_in_what_is_told_and_typed_come_back_as_they_were():
    told = "Not {a} ~ #1, but a < b & “c” = \\d/ 50% &amp;"
    slips = (Slip("other", told, 4),)
    field = Field(AnswerType.INTEGER, 3, "3", slips=slips)
    assert [answer.told for answer in _parsed(field)] == ["", told]
    field = Field(AnswerType.TEXT, "~{x}#", "~{x}#", ("~{x}#", "&lt;"))
    assert {"~{x}#", "&lt;"} <= {answer.text for answer in _parsed(field)}


def _parsed(field):
    found = moodle_read._FIELD.fullmatch(moodle_cloze._answer(field, words_in("")))
    return moodle_read._field(*found.groups())


@pytest.mark.parametrize("count", range(1, 21))
def test_shares_of_a_point_are_those_that_moodle_knows_and_sum_to_one(count):
    known = {"100", "50", "33.33333", "25", "20", "16.66667", "14.28571", "12.5", "11.11111", "10", "5"}
    parts = shares(count)
    assert len(parts) == count
    assert set(parts) <= known
    assert sum(map(float, parts)) == pytest.approx(100, abs=0.001)


def test_more_parts_than_moodle_knows_are_no_parts():
    assert shares(21) is None
