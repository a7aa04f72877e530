"""GIFT: what Moodle's documentation says it is, read back by a reader of its own, graded there as it is here."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.bank_deck import built_in, questions
from support.bank_read import check, seen, tight
from support.gift_read import read_gift

from studytui.deck.ask import ask, right_response
from studytui.deck.blocks import plain
from studytui.deck.kinds.text import Accepted
from studytui.deck.recast import choice_of_computed
from studytui.interchange.bank import id_number
from studytui.interchange.draws import drawn
from studytui.interchange.gift import gift

TITLES = {"ways": "Ways: of/answering \\ more"}


def exported(*names):
    return gift([questions()[name] for name in names], TITLES)


def read(name):
    (found,) = read_gift(exported(name).text)
    return found


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("width", "numerical"),
        ("third", "numerical"),
        ("shape", "shortanswer"),
        ("more", "truefalse"),
        ("one", "multichoice"),
        ("several", "multichoice"),
        ("order", "match"),
        ("pairs", "match"),
        ("gap.forget", "shortanswer"),
    ],
)
def test_each_way_of_answering_has_its_type_and_is_graded_as_here(name, kind):
    found, question = read(name), questions()[name]
    assert found.kind == kind
    assert seen(found.prompt).startswith(tight(plain(question.prompt)))
    assert found.number == id_number(question)
    check(found, question)


@pytest.mark.parametrize("language", ["", "ko"])
def test_every_built_in_card_that_is_exported_is_graded_as_here(language):
    asked = built_in(language)
    result = gift(asked, {}, language)
    found = {each.number: each for each in read_gift(result.text)}
    assert len(found) + len(result.left_out) == len(asked)
    for question in asked:
        if id_number(question) in found:
            check(found[id_number(question)], question)


def test_what_has_no_form_is_left_out_and_told():
    vectors = [each for each in built_in() if each.variant and isinstance(each.variant.answer, tuple)]
    floats = [each for each in vectors if any(isinstance(one, float) for one in each.variant.answer)]
    result = gift([*floats[:1], questions()["steps"], questions()["one"]], TITLES)
    assert [each.name for each in read_gift(result.text)] == ["Which one? · ways/one"]
    assert result.left_out == (
        f"{floats[0].card.id} is left out: GIFT has no tolerance for several numbers; Moodle XML has",
        "ways/steps is left out: GIFT has no question with several answers; Moodle XML has",
    )
    assert f"StudyTUI/{floats[0].card.deck}" not in result.text


def test_a_category_a_deck_and_a_comment_that_says_where_a_question_comes_from():
    text = exported("width", "third").text
    first, comment, title, *_ = [line for line in text.splitlines() if line]
    assert first == "$CATEGORY: $course$/top/StudyTUI/Ways: of//answering  more"
    assert comment.startswith("// ways/width · seed ")
    assert " · input_size " in comment
    assert comment.endswith("[tag:odd tag] [tag:cnn]")
    assert title.startswith("::How wide is \\{it\\}? · ways/width::[html]")
    assert text.count("$CATEGORY") == 1


def test_no_blank_line_and_no_bare_sign_stands_in_a_question():
    for block in exported(*(name for name in questions() if name not in {"steps", "text"})).text.strip().split("\n\n"):
        assert all(line.strip() for line in block.splitlines())
    assert len(read_gift(exported("width", "one", "several").text)) == 3


def test_signs_of_gift_in_a_text_come_back_as_they_were():
    found = read("width")
    assert "<code>a = {b: c}</code> ~ # 100%" in found.prompt
    assert [seen(answer.text) for answer in read("one").answers if answer.share] == ["[html]a=b"]


def test_an_answer_that_gift_would_misread_leaves_its_card_out():
    card = questions()["text"].card
    arrow, hidden = (ask(replace(card, content=Accepted((text,))), 1) for text in ("a -> b", "&&058;"))
    assert gift([arrow], TITLES).left_out == ("ways/text is left out: an answer with “->” in it is a pair to GIFT",)
    assert gift([hidden], TITLES).left_out[0].startswith("ways/text is left out: “&&” before a number")


def test_a_star_and_a_bracket_in_what_may_be_typed_are_themselves():
    found = read("text")
    assert [answer.text for answer in found.answers if "b" in answer.text] == ["a \\* b"]
    assert "[html] x" in [answer.text for answer in found.answers]
    check(found, questions()["text"])


def test_a_computed_card_asked_as_a_choice_tells_of_each_mistake():
    asked = [choice_of_computed(each) for each in built_in() if each.card.kind == "computed"]
    choices = [each for each in asked if each is not None][:40]
    for found, question in zip(read_gift(gift(choices, {}).text), choices, strict=True):
        assert found.kind == "multichoice"
        assert any(answer.told for answer in found.answers)
        assert found.answers[min(right_response(question))].share == 100
        check(found, question)


def test_draws_of_a_card_are_distinct_and_the_same_every_time():
    width, third, one = (questions()[name] for name in ("width", "third", "one"))
    result = drawn([width, one], 5)
    assert [each.card.id for each in result.questions] == ["ways/width"] * 5 + ["ways/one"]
    givens = [tuple(each.variant.givens.items()) for each in result.questions[:5]]
    assert len(set(givens)) == 5
    assert result.questions[0] is width
    assert drawn([width, one], 5) == result
    assert result.questions[:3] == drawn([width], 3).questions
    few = drawn([third], 9)
    assert few.notes == ("ways/third has 4 of 9 variants: there are no more to be drawn",)
    names = [each.name for each in read_gift(gift(few.questions, TITLES).text)]
    assert names == ["What is a third? · ways/third", *(f"What is a third? · ways/third · {n}" for n in (2, 3, 4))]


def test_draws_of_a_choice_are_choices():
    asked = next(filter(None, (choice_of_computed(each) for each in built_in() if each.card.kind == "computed")))
    assert all(each.recast is not None for each in drawn([asked], 4).questions)
