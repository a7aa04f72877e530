"""A sitting whose language changes: the words are others, and all else stays as it is."""

import pytest
from support.world import (
    CHOICE,
    COMPUTED,
    MATCH,
    ORDER,
    RECALL,
    SEVERAL,
    TEXT,
    StrawReferee,
    World,
    right_for,
    slip_for,
)

from reference_impl.compare import Opinion
from studytui.answer.verdict import Outcome
from studytui.deck.blocks import plain
from studytui.session import Phase
from studytui.settings import Settings, load


@pytest.fixture
def sitting(tmp_path):
    """Opens a desk and a sitting over some cards that are translated into Korean."""
    opened = []

    def begin(*cards, settings=None):
        world = World(tmp_path, *cards, settings=settings).translate()
        desk = world.desk()
        opened.append(desk)
        session = desk.day.session()
        session.begin()
        return world, desk, session

    yield begin
    for desk in opened:
        desk.close()


def switch(desk, session):
    desk.language = desk.decks.next_language(session.question.card.id)
    return session.retell()


@pytest.mark.parametrize("card", [RECALL, COMPUTED, SEVERAL, ORDER, MATCH, TEXT])
@pytest.mark.parametrize("judged", [False, True], ids=["asked", "judged"])
def test_there_and_back_is_the_same_question(sitting, card, judged):
    _, desk, session = sitting(card)
    if judged:
        session.answer(right_for(session.question))
    before, verdict = session.question, session.judged
    assert switch(desk, session)
    other = session.question
    assert desk.language == "ko"
    assert plain(other.prompt) != plain(before.prompt)
    assert (other.card.id, other.seed, other.permutation) == (before.card.id, before.seed, before.permutation)
    assert (other.variant and other.variant.givens) == (before.variant and before.variant.givens)
    assert session.phase is (Phase.JUDGED if judged else Phase.ASKING)
    assert session.original is before
    assert switch(desk, session)
    assert (desk.language, session.question, session.judged) == ("", before, verdict)


def test_options_and_ticks_mean_the_same(sitting):
    _, desk, session = sitting(SEVERAL)
    english = [plain(option) for option in session.question.form.options]
    switch(desk, session)
    korean = [plain(option) for option in session.question.form.options]
    words = {
        "kernel size": "커널 크기(kernel size)",
        "stride": "스트라이드",
        "padding": "패딩",
        "number of filters": "필터의 개수",
    }
    assert korean == [words[option] for option in english]
    assert right_for(session.question) == right_for(session.original)


def test_the_verdict_and_the_rating_stay_as_they_were_given(sitting):
    """“padding” is no Korean answer here; it was right when it was given."""
    world, desk, session = sitting(TEXT)
    session.answer("padding")
    judged = session.judged
    switch(desk, session)
    assert session.judged.verdict.outcome is Outcome.RIGHT
    assert (session.judged.suggested, session.judged.intervals) == (judged.suggested, judged.intervals)
    assert plain(session.question.explanation) == "대개 0이다."
    session.rate(judged.suggested)
    (entry,) = world.history("deck/border")
    assert (entry.verdict, entry.typed) == ("right", "padding")


def test_a_slip_is_still_named(sitting):
    _, desk, session = sitting(COMPUTED)
    session.answer(slip_for(session.question))
    told = session.judged.verdict
    switch(desk, session)
    assert told.slips
    assert session.judged.verdict == told


def test_what_was_not_read_is_still_said(sitting):
    _, desk, session = sitting(COMPUTED)
    session.answer("1,234")
    unread = session.unread
    switch(desk, session)
    assert session.unread is unread


def test_what_witnesses_say_of_the_question_counts_in_any_language(sitting):
    _, desk, session = sitting(COMPUTED)
    asked = session.question
    switch(desk, session)
    session.testify(asked, {0: [Opinion("PyTorch", asked.variant.answer, True)]})
    assert [opinion.name for opinion in session.opinions[0]] == ["brute force", "PyTorch"]
    session.testify(asked, {0: [Opinion("PyTorch", 0, False)]})
    assert session.question is None
    assert "deck/output-size" in session.withdrawn


def test_a_card_that_was_edited_meanwhile_is_asked_again_as_it_stands(sitting):
    world, desk, session = sitting(CHOICE)
    switch(desk, session)  # the choice is not translated: the language is the deck's, the card the same
    assert session.original.permutation == session.question.permutation
    world.deck.write_text(world.deck.read_text().replace("- [ ] bias\n", "- [ ] bias\n- [ ] dilation\n"))
    session.answer(frozenset({0}))
    assert not session.retell()
    assert session.phase is Phase.ASKING
    assert len(session.question.form.options) == 4


def test_a_card_that_is_gone_gives_way_to_the_next(sitting):
    world, _, session = sitting(TEXT)
    world.deck.write_text("# A deck\n" + RECALL)
    assert not session.retell()
    assert session.question is None


def test_nothing_on_the_screen_is_nothing_to_retell(sitting):
    _, _, session = sitting(RECALL, settings=Settings(learning_steps=()))
    session.answer(None)
    session.rate(session.judged.suggested)
    assert session.question is None
    assert session.retell()


# -- the desk ----------------------------------------------------------------------------------------------------------


def test_the_languages_go_round_and_end_with_the_decks_own(tmp_path):
    world = World(tmp_path, RECALL).translate().translate(language="ja")
    with world.desk() as desk:
        seen = []
        for _ in range(4):
            seen.append(desk.language)
            desk.language = desk.decks.next_language("deck/why-padding")
        assert seen == ["", "ja", "ko", ""]
        assert desk.decks.languages == ("ja", "ko")


def test_from_a_language_that_the_card_does_not_have_the_first_of_its_own_comes_next(tmp_path):
    world = World(tmp_path, RECALL, settings=Settings(language="de")).translate()
    with world.desk() as desk:
        assert desk.decks.next_language("deck/why-padding") == "ko"
        assert desk.decks.next_language("deck/unknown") == ""


def test_titles_are_in_the_learners_language_where_the_deck_has_one(tmp_path):
    world = World(tmp_path, RECALL).translate()
    (world.decks / "other.md").write_text("# Other\n" + TEXT)
    (world.decks / "other.ko.md").write_text("## 가장자리에 더하는 것은? {#border}\n\n대개 0이다.\n")
    with world.desk() as desk:
        assert [desk.decks.title(deck) for deck in ("deck", "other", "gone")] == ["A deck", "Other", "gone"]
        desk.language = "ko"
        assert [desk.decks.title(deck) for deck in ("deck", "other", "gone")] == [
            "합성곱: 스트라이드와 패딩",
            "Other",
            "gone",
        ]
        assert [line.title for line in desk.day.overview().decks] == ["합성곱: 스트라이드와 패딩", "Other"]


def test_the_language_is_kept_once_it_has_changed(tmp_path):
    world = World(tmp_path, RECALL).translate()
    with world.desk(StrawReferee()) as desk:
        assert desk.settings_file.keep_language() == ""
        assert not world.settings_file.exists()
        desk.language = "ko"
        assert desk.settings_file.keep_language() == ""
        assert load(world.settings_file).language == "ko"
        desk.language = ""
    assert load(world.settings_file).language == ""


def test_a_file_that_cannot_be_written_is_told_once_and_the_language_holds(tmp_path):
    world = World(tmp_path, RECALL).translate()
    world.settings_file.mkdir()
    with world.desk() as desk:
        desk.language = "ko"
        assert "settings.toml cannot be written" in desk.settings_file.keep_language()
        assert desk.settings_file.keep_language() == ""
        assert plain(desk.decks.card("deck/why-padding").heading) == "패딩은 왜 쓰는가?"
