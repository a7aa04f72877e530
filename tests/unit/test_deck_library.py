"""The library and its cache: read when changed, taken from the cache when not, silent about a cache that is broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from studytui.deck.blocks import Block, Span, plain
from studytui.deck.cache import Cache
from studytui.deck.codec import Codec
from studytui.deck.library import Library
from studytui.deck.load import load
from studytui.deck.model import Card

DATA = Path(__file__).parent.parent / "data" / "decks"


@pytest.fixture
def places(tmp_path: Path) -> tuple[Path, Path]:
    """A folder with the sample deck, and a cache folder."""
    decks = tmp_path / "decks"
    shutil.copytree(DATA, decks)
    return decks, tmp_path / "cache"


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files whose Markdown was read, as it happens."""
    import studytui.deck.load as module

    names: list[str] = []
    original = module.load_file

    def counting(file: object) -> object:
        names.append(file.path.name)  # type: ignore[attr-defined]  # a DeckFile
        return original(file)  # type: ignore[arg-type]  # a DeckFile

    monkeypatch.setattr(module, "load_file", counting)
    return names


def test_a_deck_is_read_once(places: tuple[Path, Path], reads: list[str]) -> None:
    for _ in range(3):
        library = Library([places[0]], places[1])
        (deck,) = library.decks()
        assert (deck.id, deck.size, deck.languages) == ("stride-and-padding", 9, ("ko",))
        assert library.card("stride-and-padding/border") is not None
    assert reads == ["stride-and-padding.md"]


@pytest.mark.parametrize("cached", [True, False])
def test_every_card_comes_back_as_it_was_read(places: tuple[Path, Path], *, cached: bool) -> None:
    deck = load(places[0] / "stride-and-padding.md")
    Library([places[0]], places[1]).decks()
    library = Library([places[0]], places[1] if cached else None)
    assert library.ids(deck.id) == [card.id for card in deck.cards]
    assert [(each.id, each.family, each.kind, each.line) for each in library.cards(deck.id)] == [
        (card.id, card.family, card.kind, card.line) for card in deck.cards
    ]
    for card in deck.cards:
        assert library.card(card.id) == card
        assert library.card(card.id, "ko") == deck.translations["ko"][card.id]
        assert library.card(card.id, "fr") == card
    assert library.card("stride-and-padding/nothing") is None
    assert library.card("nothing/at-all") is None


def test_an_edit_shows_at_once_and_keeps_the_id(places: tuple[Path, Path], reads: list[str]) -> None:
    library = Library([places[0]], places[1])
    library.decks()
    path = places[0] / "stride-and-padding.md"
    path.write_text(path.read_text().replace("Mostly zeros.", "Zeros, mostly."))
    card = library.card("stride-and-padding/border")
    assert card is not None
    assert plain(card.explanation) == "Zeros, mostly."
    assert len(reads) == 2
    assert Library([places[0]], places[1]).card("stride-and-padding/border") == card
    assert len(reads) == 2


def test_an_edit_of_the_translation_shows_too(places: tuple[Path, Path]) -> None:
    library = Library([places[0]], places[1])
    library.decks()
    path = places[0] / "stride-and-padding.ko.md"
    path.write_text(path.read_text().replace("대개 0이다.", "거의 0이다."))
    card = library.card("stride-and-padding/border", "ko")
    assert card is not None
    assert plain(card.explanation) == "거의 0이다."


def test_new_and_vanished_files_are_noticed(places: tuple[Path, Path]) -> None:
    library = Library([places[0]], places[1])
    (places[0] / "second.md").write_text("# Second\n\n## A {#a}\n\nText.\n")
    assert [deck.id for deck in library.decks()] == ["second", "stride-and-padding"]
    (places[0] / "stride-and-padding.md").unlink()
    (places[0] / "stride-and-padding.ko.md").unlink()
    assert [deck.id for deck in library.decks()] == ["second"]
    assert library.card("stride-and-padding/border") is None


def test_a_file_that_vanishes_while_in_use_has_no_cards(places: tuple[Path, Path]) -> None:
    library = Library([places[0]], places[1])
    library.decks()
    shutil.rmtree(places[0])
    assert library.card("stride-and-padding/border") is None


def test_progress_is_told_while_files_are_read(places: tuple[Path, Path]) -> None:
    told: list[tuple[int, int]] = []
    Library([places[0]], places[1]).decks(lambda done, of: told.append((done, of)))
    assert told == [(0, 1)]


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b"\xff\xfe", b'{"version": 1}', b"null\n" * 3])
def test_a_damaged_cache_is_made_again_silently(places: tuple[Path, Path], damage: bytes, reads: list[str]) -> None:
    Library([places[0]], places[1]).decks()
    for file in places[1].iterdir():
        file.write_bytes(damage)
    library = Library([places[0]], places[1])
    assert [deck.size for deck in library.decks()] == [9]
    assert library.card("stride-and-padding/border") is not None
    assert len(reads) == 2


def test_a_damaged_line_is_read_from_the_file(places: tuple[Path, Path]) -> None:
    Library([places[0]], places[1]).decks()
    (file,) = places[1].glob("*.jsonl")
    file.write_bytes(file.read_bytes().replace(b'"kind":"text"', b'"kind":"text'))
    card = Library([places[0]], places[1]).card("stride-and-padding/border")
    assert card is not None
    assert card.kind == "text"


def test_a_cache_of_another_version_is_not_believed(
    places: tuple[Path, Path], reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Library([places[0]], places[1]).decks()
    monkeypatch.setattr("studytui.deck.cache.VERSION", "another")
    Library([places[0]], places[1]).decks()
    assert len(reads) == 2


def test_a_cache_folder_that_cannot_be_made_is_no_problem(places: tuple[Path, Path], tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    library = Library([places[0]], blocked / "cache")
    assert [deck.size for deck in library.decks()] == [9]
    assert library.card("stride-and-padding/border") is not None


def test_two_folders_share_a_cache(places: tuple[Path, Path], tmp_path: Path, reads: list[str]) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "b.md").write_text("# B\n\n## A {#a}\n\nText.\n")
    for _ in range(2):
        assert [deck.id for deck in Library([places[0]], places[1]).decks()] == ["stride-and-padding"]
        assert [deck.id for deck in Library([other], places[1]).decks()] == ["b"]
    assert len(reads) == 2


def test_of_two_decks_with_one_id_the_first_is_kept(places: tuple[Path, Path]) -> None:
    (places[0] / "z.md").write_text('# Z\n\n```toml\nid = "stride-and-padding"\n```\n\n## A {#a}\n\nText.\n')
    library = Library([places[0]], places[1])
    assert [deck.size for deck in library.decks()] == [9]
    assert [finding.code for finding in library.findings()] == ["duplicate-deck"]


def test_findings_of_reading_are_kept_with_the_cards(places: tuple[Path, Path]) -> None:
    (places[0] / "bad.md").write_text("# Bad\n\n## A {#a .cloze}\n\nNo gap.\n")
    Library([places[0]], places[1]).decks()
    library = Library([places[0]], places[1])
    bad = library.deck("bad") or library.decks()[0]
    assert (bad.size, bad.errors) == (0, 1)
    assert [(finding.line, finding.code) for finding in library.findings("bad")] == [(3, "no-gap")]
    assert library.findings("stride-and-padding") == ()


def test_a_rename_is_offered_by_a_program_that_had_not_read_the_deck_before(places: tuple[Path, Path]) -> None:
    Library([places[0]], places[1]).decks()
    path = places[0] / "stride-and-padding.md"
    path.write_text(path.read_text().replace("{#why-padding}", "{#padding-why}"))
    offers = (("stride-and-padding/why-padding", "stride-and-padding/padding-why"),)
    assert [deck.renames for deck in Library([places[0]], places[1]).decks()] == [offers]


def test_a_changed_id_with_the_same_text_is_offered_as_a_rename(places: tuple[Path, Path]) -> None:
    library = Library([places[0]], places[1])
    library.decks()
    path = places[0] / "stride-and-padding.md"
    path.write_text(path.read_text().replace("{#why-padding}", "{#padding-why}"))
    offers = (("stride-and-padding/why-padding", "stride-and-padding/padding-why"),)
    assert [deck.renames for deck in library.decks()] == [offers]
    assert [deck.renames for deck in Library([places[0]], places[1]).decks()] == [offers]
    path.write_text(path.read_text().replace("{#padding-why}", "{#why-padding}"))
    assert [deck.renames for deck in library.decks()] == [((offers[0][1], offers[0][0]),)]


def test_starting_reads_no_markdown_and_loads_no_kind_it_does_not_need(places: tuple[Path, Path]) -> None:
    Library([places[0]], places[1]).decks()
    code = (
        "import sys; from pathlib import Path; from studytui.deck.library import Library;"
        f"library = Library([{str(places[0])!r}], Path({str(places[1])!r})); library.decks();"
        "assert library.card('stride-and-padding/why-padding') is not None;"
        "print(*[name for name in ('markdown_it', 'tomllib', 'numpy', 'torch', 'reference_impl', 'studytui.deck.plan')"
        " if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ})
    assert done.stdout.strip() == ""


def test_the_codec_writes_nothing_that_it_does_not_know() -> None:
    codec = Codec([Card])
    with pytest.raises(TypeError, match="Path is none of the classes"):
        codec.encode(Path())
    for text in ("{", '{"$": "os.system"}', '{"$": "Card"}'):
        with pytest.raises((ValueError, KeyError, TypeError)):
            codec.decode(text)


def test_the_codec_gives_back_mappings_and_what_stands_before_and_behind_defaults() -> None:
    codec = Codec([Block, Span])
    spans = (Span("a"), Span("b", around="code"), Span("c", "em"))
    value = {"": (1, (2, ())), "Span": Block("quote", spans, 0, "", (spans, ())), "none": None, "nested": {"a": {}}}
    assert codec.decode(codec.encode(value)) == value
    assert codec.encode(spans[:2]) == '[{"Span":["a"]},{"Span":["b","plain","code"]}]'


def test_no_cache_folder_means_no_cache() -> None:
    cache = Cache(None)
    assert cache.index() == {}
    assert cache.stored("x") is None


def test_titles_and_introductions_come_in_the_language_where_the_translation_has_them(
    places: tuple[Path, Path],
) -> None:
    decks, cache = places
    (decks / "plain.md").write_text("# Plain\n\nIn English.\n\n## What? {#what}\n\nThis.\n")
    (decks / "plain.ko.md").write_text("## 무엇? {#what}\n\n이것.\n")
    (decks / "both.md").write_text("# Both\n\nIn English.\n\n## What? {#what}\n\nThis.\n\n## Who? {#who}\n\nShe.\n")
    (decks / "both.ko.md").write_text("# 둘 다\n\n우리말로.\n\n## 무엇? {#what}\n\n이것.\n")
    for folder in (cache, cache, None):
        library = Library([decks], folder)
        titles = {deck.id: (deck.title, deck.title_in("ko"), deck.title_in("ja")) for deck in library.decks()}
        assert titles["plain"] == ("Plain", "Plain", "Plain")
        assert titles["both"] == ("Both", "둘 다", "Both")
        told = {language: plain(library.introduction("both", language)) for language in ("", "ko", "ja")}
        assert told == {"": "In English.", "ko": "우리말로.", "ja": "In English."}
        assert plain(library.introduction("plain", "ko")) == "In English."
        assert library.introduction("gone") == ()
        asked = ("both/what", "both/who", "plain/what", "both/gone", "gone/what")
        assert [library.languages(card) for card in asked] == [("ko",), (), ("ko",), (), ()]


def test_what_is_wrong_in_a_translated_introduction_is_found(places: tuple[Path, Path]) -> None:
    translation = places[0] / "stride-and-padding.ko.md"
    translation.write_text(translation.read_text().replace("# 스트라이드와 패딩\n", "# 제목\n\n{name} 하나.\n", 1))
    codes = {(finding.line, finding.code) for finding in load(places[0] / "stride-and-padding.md").findings}
    assert (3, "unknown-placeholder") in codes


def test_switching_languages_reads_no_file_again(places: tuple[Path, Path], reads: list[str]) -> None:
    library = Library([places[0]], places[1])
    library.decks()
    reads.clear()
    headings = [plain(library.card("stride-and-padding/border", each).heading) for each in ("", "ko", "")]  # type: ignore[union-attr]  # it is there
    assert headings[0] == headings[2] != headings[1]
    assert reads == []


def test_a_cache_that_another_program_replaced_meanwhile_shows_no_other_card(places: tuple[Path, Path]) -> None:
    library = Library([places[0]], places[1])
    library.decks()
    library = Library([places[0]], places[1])
    card = library.card("stride-and-padding/border")
    (file,) = places[1].glob("*.jsonl")
    for content in (file.read_bytes().replace(b"\n", b"\n\n"), file.read_bytes()[: len(file.read_bytes()) // 2], b""):
        file.write_bytes(content)
        assert library.card("stride-and-padding/border") == card
        assert library.card("stride-and-padding/nothing") is None


def test_cards_whose_keys_have_one_checksum_are_told_apart(
    places: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import studytui.deck.cache as module

    monkeypatch.setattr(module, "crc32", lambda _: 7)
    deck = load(places[0] / "stride-and-padding.md")
    Library([places[0]], places[1]).decks()
    library = Library([places[0]], places[1])
    for card in deck.cards:
        assert library.card(card.id) == card
        assert library.card(card.id, "ko") == deck.translations["ko"][card.id]


def test_a_deck_with_more_cards_than_are_read_at_first_is_read_on(tmp_path: Path, reads: list[str]) -> None:
    (tmp_path / "d.md").write_text("# T\n\n" + "\n\n".join(f"## Q{n} {{#c{n}}}\n\nA{n}" for n in range(900)))
    Library([tmp_path / "d.md"], tmp_path / "cache").decks()
    library = Library([tmp_path / "d.md"], tmp_path / "cache")
    for number in (0, 450, 899):
        card = library.card(f"d/c{number}")
        assert card is not None
        assert plain(card.heading) == f"Q{number}"
    assert reads == ["d.md"]
