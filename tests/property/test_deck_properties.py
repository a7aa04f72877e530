"""Decks under any input: no exception, no hang, and what is generated well comes back whole."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studytui.deck.ask import ask, describe_response, grade, read_response, right_response
from studytui.deck.blocks import plain
from studytui.deck.codec import Codec
from studytui.deck.codes import CODES
from studytui.deck.compute import evaluate_text
from studytui.deck.expression import ExpressionError, Refusal, Scope, compile_expression
from studytui.deck.fix import fix_file
from studytui.deck.givens import BadRange, Given, Source, read_domain
from studytui.deck.identity import is_id, slug
from studytui.deck.parse import Parsed, parse_deck
from studytui.deck.registry import kind_of
from studytui.deck.tex import TexError, tex_spans
from studytui.deck.translation import parse_translation
from studytui.deck.variants import CardError
from studytui.text import unsafe_characters

SAMPLE = (Path(__file__).parent.parent / "data" / "decks" / "stride-and-padding.md").read_text(encoding="utf-8")
#: Pieces that mean something to some part of the reader.
PIECES = st.sampled_from(
    [
        *(
            "# T\n",
            "## A {#a}\n",
            "## B {.cloze}\n",
            "## {#c .order .match}\n",
            "\n",
            "---\n",
            "===\n",
            "<!--\n",
            "-->\n",
        ),
        *("```toml\n", "```\n", "~~~~\n", 'answer = "n"\n', "accept = ['a']\n", "where = ['n < 5']\n"),
        *("[given]\n", 'n = "1..9"\n', "[show]\n", 'm = "n + 1"\n'),
        *("- [x] a\n", "- [ ] b\n", "- c\n", "1. d\n", "2. e\n", "| a | b |\n", "|---|---|\n", "| c | d |\n"),
        *(
            "==gap== ",
            "==",
            "{n} ",
            "{{n}}",
            "\\{n\\}",
            "$x^2$ ",
            "$\\frac{a}{",
            "`c {n}` ",
            "**b** ",
            "> q\n",
            "    code\n",
        ),
        *("&#8238;", "\x1b[31m", "\u202e", "가나다 ", "\r\n", "\t", "\ufeff", "words "),
    ]
)
MESS = st.lists(PIECES | st.text(max_size=12), max_size=40).map("".join)


def well_formed(parsed: Parsed) -> None:
    """What holds for every deck, whatever it was read from."""
    deck = parsed.deck
    ids = [card.id for card in deck.cards]
    assert len(ids) == len(set(ids))
    assert is_id(deck.id)
    assert all(finding.code in CODES and "\n" not in finding.message for finding in deck.findings)
    assert all(finding.level is CODES[finding.code].level for finding in deck.findings)
    for card in deck.cards:
        assert not unsafe_characters(plain(card.heading + card.question + card.explanation).replace("\n", ""))
        codec = Codec((type(card), *_blocks(), *kind_of(card.kind).contents))
        assert codec.decode(codec.encode(card)) == card


def _blocks() -> tuple[type, ...]:
    from studytui.deck.blocks import Block, Span

    return Block, Span


@given(st.binary(max_size=400))
@settings(max_examples=150)
def test_any_bytes_give_a_deck(data: bytes) -> None:
    well_formed(parse_deck(data, "deck.md", "deck"))


@given(MESS)
@settings(max_examples=300)
def test_any_text_gives_a_deck(text: str) -> None:
    parsed = parse_deck(text.encode("utf-8", errors="surrogatepass"), "deck.md", "deck")
    well_formed(parsed)
    for card in parsed.deck.cards:
        try:
            question = ask(card, 1)
        except CardError as error:
            assert error.finding.code in CODES  # noqa: PT017 - not every card can be asked
            continue
        grade(question, right_response(question))
        grade(question, None)


@given(st.data())
@settings(max_examples=100)
def test_a_damaged_deck_is_still_a_deck(data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(SAMPLE)))
    end = data.draw(st.integers(start, min(start + 200, len(SAMPLE))))
    damaged = SAMPLE[:start] + data.draw(MESS) + SAMPLE[end:]
    well_formed(parse_deck(damaged.encode("utf-8", errors="surrogatepass"), "deck.md", "deck"))


@given(MESS)
@settings(max_examples=100)
def test_any_translation_leaves_the_deck_whole(text: str) -> None:
    base = parse_deck(SAMPLE.encode(), "d.md", "d")
    translation = parse_translation(text.encode("utf-8", errors="surrogatepass"), "d.ko.md", "ko", base)
    ids = {card.id for card in base.deck.cards}
    assert set(translation.cards) <= ids
    assert all(finding.code in CODES for finding in translation.findings.found)


WORDS = st.text("abcdefghij 가나다", min_size=1, max_size=20).map(str.strip).filter(bool)
SECTIONS = st.sampled_from(["recall", "choice", "order", "match", "text", "cloze", "computed"])


def written(number: int, kind: str, words: str) -> str:
    """A good section of a kind, as an author would write it."""
    bodies = {
        "recall": words,
        "choice": f"- [x] {words} 1\n- [ ] {words} 2",
        "order": f"1. {words} 1\n2. {words} 2",
        "match": f"| a | b |\n|---|---|\n| {words} 1 | x |\n| {words} 2 | y |",
        "text": f'```toml\naccept = ["{words}"]\n```',
        "cloze": f"Some =={words}== here",
        "computed": f'{words} {{n}}\n\n```toml\nanswer = "n + 1"\n[given]\nn = "1..9"\n```\n\n{{answer}}',
    }
    marked = f" .{kind}" if kind in {"order", "match", "cloze"} else ""
    return f"## {words} {{#c{number}{marked}}}\n\n{bodies[kind]}\n\n"


@given(WORDS, st.lists(st.tuples(SECTIONS, WORDS), min_size=1, max_size=12))
@settings(max_examples=60)
def test_a_good_deck_comes_back_whole(title: str, sections: list[tuple[str, str]]) -> None:
    text = f"# {title}\n\n" + "".join(written(number, *section) for number, section in enumerate(sections))
    deck = parse_deck(text.encode(), "deck.md", "deck").deck
    assert deck.findings == ()
    assert deck.title == " ".join(unicodedata.normalize("NFC", title).split()) or deck.title == title
    assert [(card.id.partition("/")[2].partition(".")[0], card.kind) for card in deck.cards] == [
        (f"c{number}", kind) for number, (kind, _) in enumerate(sections)
    ]
    lines = text.split("\n")
    assert all(lines[card.line - 1].startswith(("## ", "Some ==")) for card in deck.cards)


@given(st.integers(-(2**70), 2**70), st.sampled_from(range(9)))
@settings(max_examples=60)
def test_any_seed_asks_and_its_response_reads_back(seed: int, number: int) -> None:
    card = parse_deck(SAMPLE.encode(), "d.md", "d").deck.cards[number]
    question = ask(card, seed)
    assert ask(card, question.seed) == question
    response = right_response(question)
    described = describe_response(question, response)
    assert "\n" not in described
    if response is not None:
        assert read_response(question, described) == response


def a_range(first: int, length: int, step: int) -> tuple[str, range]:
    """A range as a deck writes it, and the numbers in it."""
    return f"{first}..{first + length} step {step}", range(first, first + length + 1, step)


RANGES = st.builds(a_range, st.integers(-50, 50), st.integers(0, 60), st.integers(1, 9))


@given(RANGES, st.integers(), st.text(max_size=8))
def test_draws_stay_in_their_domain_and_never_change(ranges: tuple[str, range], seed: int, card: str) -> None:
    given_ = Given("n", read_domain(ranges[0]))
    drawn = Source(card, seed).draw(given_, 0)
    assert drawn in ranges[1]
    assert drawn == Source(card, seed).draw(given_, 0)


@given(st.text(max_size=30) | st.from_regex(r"-?\d{1,3}(\.\d)?\.\.-?\d{1,3}(\.\d)?( step \d(\.\d)?)?", fullmatch=True))
def test_any_range_is_read_or_refused(text: str) -> None:
    try:
        domain = read_domain(text)
    except BadRange:
        return
    assert domain.count >= 1
    assert type(domain.at(0)) in {int, float}


EXPRESSIONS = st.recursive(
    st.sampled_from(["n", "1", "2.5", "0", "99999", "'a'", "True", "x"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%", "**", "<", "==", " and ", " or "]), inner).map(
            lambda parts: f"({parts[0]}{parts[1]}{parts[2]})"
        ),
        inner.map(lambda part: f"-{part}"),
        inner.map(lambda part: f"not {part}"),
        st.tuples(inner, inner).map(lambda parts: f"max({parts[0]}, {parts[1]})"),
        st.tuples(inner, inner).map(lambda parts: f"convolution.output_size({parts[0]}, {parts[1]})"),
        inner.map(lambda part: f"[{part}]"),
    ),
    max_leaves=12,
)


@given(EXPRESSIONS | st.text(max_size=40))
@settings(max_examples=400)
def test_any_expression_has_a_small_value_or_is_refused(source: str) -> None:
    try:
        value = compile_expression(source, {"n"}).evaluate(Scope({"n": 7}))
    except (ExpressionError, Refusal):
        return
    assert type(value) in {int, float, bool, str, tuple}
    assert not isinstance(value, int) or value.bit_length() <= 4200


@given(EXPRESSIONS | st.text(max_size=40))
def test_compute_raises_nothing_but_a_sentence(source: str) -> None:
    try:
        evaluate_text(source)
    except ValueError as error:
        assert len(str(error).splitlines()) == 1  # noqa: PT017 - refusing is as good as a value


TEX_PIECES = [
    *("\\frac", "{", "}", "{{n}}", "^", "_", "x", "12"),
    *("\\alpha", "+", "(", ")", "\\sqrt", "[", "]", "\\left"),
    *("\\right", "\\tilde", "\\text", "'", "\\", "&", "∑", " "),
]
TEX = st.lists(st.sampled_from(TEX_PIECES), max_size=20).map("".join)


@given(TEX | st.text(max_size=30))
@settings(max_examples=300)
def test_any_formula_is_shown_or_refused(source: str) -> None:
    try:
        spans = tex_spans(source)
    except TexError as error:
        assert str(error)  # noqa: PT017 - refusing is as good as a formula
        return
    assert all(span.style in {"math", "mathname"} for span in spans)
    named = [span.text for span in spans if span.style == "mathname"]
    assert len(named) == len(re.findall(r"\{\{n\}\}", source)) or "{{{" in source


@given(st.text(max_size=80))
def test_every_text_has_a_slug_that_is_an_id(text: str) -> None:
    assert is_id(slug(text))
    assert slug(slug(text)) == slug(text)


@given(MESS)
@settings(max_examples=60)
def test_fixing_twice_is_fixing_once_and_touches_headings_only(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("fix") / "deck.md"
    content = text.encode("utf-8", errors="surrogatepass")
    path.write_bytes(content)
    ids = fix_file(path)
    fixed = path.read_bytes()
    assert fix_file(path) == {}
    assert path.read_bytes() == fixed
    before, after = (re.split(b"\r\n|\r|\n", each) for each in (content, fixed))
    assert [number for number, (old, new) in enumerate(zip(before, after, strict=True), 1) if old != new] == sorted(ids)
