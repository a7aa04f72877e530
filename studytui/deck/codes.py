"""Every finding that a deck can have: its stable code, how bad it is, what it means. Makes `docs/findings.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from studytui.deck.model import Finding, Level
from studytui.frozen import frozen
from studytui.text import clean_line


@frozen
class Code:
    """What a code means, in one sentence for authors."""

    level: Level
    meaning: str


def _errors(**meanings: str) -> dict[str, Code]:
    return {name.replace("_", "-"): Code(Level.ERROR, meaning) for name, meaning in meanings.items()}


def _warnings(**meanings: str) -> dict[str, Code]:
    return {name.replace("_", "-"): Code(Level.WARNING, meaning) for name, meaning in meanings.items()}


#: Files and their encoding.
FILES = _errors(
    missing_file="There is no such file or folder.",
    no_decks="A folder holds no deck files (`*.md`).",
    unreadable_file="The file cannot be opened.",
    file_too_large="The file is larger than a deck may be; nothing of it is read.",
    too_many_cards="The file has more cards than a deck may have; the rest is left out.",
    card_too_large="A card's text is longer than a card may be.",
    not_utf8="Bytes that are not UTF-8. The cards that hold them are left out.",
    control_character="A character that a terminal could obey, or that hides or reorders text. It is never shown.",
    too_many_findings="The file has more findings than are listed.",
    duplicate_deck="Two files have the same deck id; the second is left out.",
)
#: The shape of a deck: title, headings, fences.
SHAPE = _errors(
    no_title="The deck has no first-level heading (`# Title`).",
    second_title="A second first-level heading.",
    setext_heading="A line with `---` or `===` right under it is a heading in Markdown; decks use `#` and `##`.",
    empty_heading="A card's heading says nothing.",
    unclosed_fence="A code fence is opened and not closed; it is taken to end before the next card.",
    unclosed_comment="An HTML comment is opened and not closed; it is taken as text.",
    toml_error="A `toml` fence cannot be read. The line is the one in the file.",
    second_fence="A card, or the deck's head, has a second `toml` fence.",
    unknown_key="A `toml` fence has a key that means nothing here.",
    wrong_value="A key of a `toml` fence has a value of the wrong type or out of range.",
    bad_id="An id holds something other than letters, digits, `-`, `_` and `.`.",
    bad_attributes="The braces behind a heading hold something other than `#id` and `.class`.",
    unknown_class="A `.class` behind a heading that is no kind of card.",
    duplicate_id="Two cards have the same id; the second is left out.",
    tex_unsupported="A formula that a terminal cannot show.",
    unknown_placeholder="`{name}` where no such value exists in the card.",
)
SHAPE_WARNINGS = _warnings(
    above_title="Something other than a comment above the deck's title: it is not read, and settings there are lost.",
    image_not_shown="An image: a terminal shows its description only.",
    no_cards="The deck has no cards.",
    accidental_list="A line of prose that begins with `-`, `+`, `>` or a number and so becomes a list or a quote.",
    markup_shown="Signs of markup (`**`, `==`, `` ` ``, `$`, `{{`) that mean nothing where they stand and are shown.",
    too_wide="A word, formula, table or line of code that a card of 76 columns shows cut in two.",
    no_id="A card has no `{#id}`: renaming its heading would lose its schedule. `studytui check --fix` writes ids in.",
)
#: The kinds.
KINDS = _errors(
    two_kinds="A card asks for two kinds at once.",
    no_answer="The heading asks, and nothing answers.",
    no_gap="A `.cloze` card without a `==mark==`.",
    empty_gap="A `==mark==` with nothing to ask for.",
    no_correct_option="No option of a choice is marked `[x]`.",
    too_few_options="A choice has fewer than two options.",
    duplicate_option="Two options of a choice say the same.",
    mixed_list="Some items of a task list have a box, others have none.",
    second_list="A card has two lists where one is asked.",
    no_list="An `.order` card without a numbered list.",
    too_few_items="An order or a match has fewer than two items.",
    duplicate_item="Two items of an order, or two rows on the left of a match, say the same.",
    too_many_items="More options, items or rows than a learner can compare.",
    no_table="A `.match` card without a table of two columns.",
    no_accept="A text card accepts nothing.",
)
#: What gives an answer away, or leaves it open.
GIVEN_AWAY = _warnings(
    answer_leaked="The question shows its own answer: a gap's words or gloss, an accepted text, the right option.",
    equal_options="Two options of a choice are one value in different writing.",
    right_is_longest="The right option is the longest in most of a deck's choices.",
    right_in_one_place="The right option is written in one place in most of a deck's choices.",
    near_duplicate="Two cards of the decks that are checked together ask nearly the same.",
    convention_unstated="The answer depends on a convention (biases, framework, stride…) that the question leaves out.",
)
#: Computed cards.
COMPUTED = _errors(
    bad_expression="An expression that cannot be read, or that asks for something other than arithmetic.",
    unknown_name="An expression uses a name that is no given, no earlier step and no earlier `[show]` name.",
    unknown_reference="There is no reference of this name.",
    unknown_slip="The reference has no slip of this name.",
    wrong_argument="A reference is called with an argument that it does not have, or without one that it needs.",
    bad_name="The name of a given, a step or a `[show]` value that is reserved or no plain name.",
    bad_range="A range that cannot be read, or goes nowhere.",
    empty_domain="`where` rejects every draw of the givens.",
    outside_domain="A reference, or arithmetic, refuses givens that `where` lets through.",
    changing_type="The type of an answer differs between variants.",
    hidden_given="The answer depends on a given that the question does not show.",
    display_too_short="What the question shows is not enough to compute the answer.",
    slip_never_differs="A slip gives the right answer on every variant, or no slip ever differs.",
    no_witness="A reference has no witness that could confirm the answer here.",
    witness_disagrees="A witness computes something other than the reference. The card is withdrawn.",
    truth_not_accepted="Grading does not accept the true answer as it is shown.",
    slip_accepted="Grading accepts a slip's value as right.",
    solution_disagrees="An equation in the worked solution does not hold, so it cannot lead to the answer.",
)
COMPUTED_WARNINGS = _warnings(
    mostly_rejected_domain="`where` rejects most draws of the givens.",
    unused_given="A given that nothing uses.",
    unused_show="A `[show]` value that no text uses.",
    no_slip="No typical mistake is known for this answer: a wrong answer cannot be diagnosed.",
    repeated_step="A step has the same answer as a later part on every variant.",
    one_slip="Only one typical mistake can ever show: most wrong answers cannot be diagnosed.",
    number_by_hand="A number in the worked solution that stands for a value and does not change with it.",
)
#: Translations.
TRANSLATIONS = _errors(
    translation_orphan="A translated card whose id the deck does not have.",
    translation_differs="A translated card differs from the deck's in structure or placeholders.",
    translation_fence="A translation's `toml` fence holds data that belong in the deck.",
    translation_without_deck="A translation (`name.ko.md`) without its deck (`name.md`).",
)
TRANSLATION_WARNINGS = _warnings(
    translation_missing="A card that the translation leaves out; it is shown in the deck's language.",
    translation_same="A part of a translated card that is still in the deck's language.",
    deck_not_translated="A deck without a translation in a folder whose other decks have one.",
)

CODES: dict[str, Code] = (
    FILES
    | SHAPE
    | SHAPE_WARNINGS
    | KINDS
    | GIVEN_AWAY
    | COMPUTED
    | COMPUTED_WARNINGS
    | TRANSLATIONS
    | TRANSLATION_WARNINGS
)

_GROUPS = (
    ("Files", FILES),
    ("The shape of a deck", SHAPE | SHAPE_WARNINGS),
    ("The kinds of card", KINDS),
    ("What gives an answer away, or leaves it open", GIVEN_AWAY),
    ("Computed cards", COMPUTED | COMPUTED_WARNINGS),
    ("Translations", TRANSLATIONS | TRANSLATION_WARNINGS),
)


#: More findings than this about one file help nobody.
MOST_FINDINGS = 1000


class Findings:
    """Collects the findings of one file while it is read or checked. The level comes from the code."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._found: list[Finding] = []
        self._broken: set[str] = set()

    def add(self, line: int, code: str, message: str, card: str | None = None) -> None:
        """Notes a finding, once; its message becomes one clean line."""
        if CODES[code].level is Level.ERROR and card is not None:
            self._broken.add(card)
        if len(self._found) > MOST_FINDINGS:
            return
        if len(self._found) == MOST_FINDINGS:
            line, code, message = (
                0,
                "too-many-findings",
                f"only the first {MOST_FINDINGS} are listed: correct them first",
            )
            card = None
        finding = Finding(self.file, line, code, clean_line(message), CODES[code].level, card)
        if finding not in self._found[-20:]:
            self._found.append(finding)

    def extend(self, findings: Iterable[Finding]) -> None:
        """Takes over findings, also those of another file."""
        self._found += findings

    @property
    def found(self) -> tuple[Finding, ...]:
        """All findings so far, in the order of their lines."""
        return tuple(sorted(self._found, key=lambda finding: finding.line))

    @property
    def broken(self) -> frozenset[str]:
        """The cards that have an error."""
        return frozenset(self._broken)


def documentation() -> str:
    """The text of `docs/findings.md`."""
    lines = [
        "# Findings",
        "",
        "What `studytui check` and `pytest` say about decks: `file:line: level code: message`. Codes are stable.",
        "A card with an error is left out of study; the others are studied as ever.",
        "",
        "This page is made by `python -m studytui.deck.codes > docs/findings.md`.",
    ]
    for title, codes in _GROUPS:
        lines += ["", f"## {title}", "", "| code | level | meaning |", "| --- | --- | --- |"]
        lines += [f"| `{name}` | {code.level} | {code.meaning} |" for name, code in codes.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(documentation())
