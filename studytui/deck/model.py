"""What a deck is, as frozen data: decks, cards, findings, and the question that a card becomes when it is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING

from studytui.answer.verdict import Slip
from studytui.deck.blocks import Text
from studytui.frozen import frozen

if TYPE_CHECKING:
    from studytui.answer.answer_type import AnswerType

#: A value that a given, a reference or an expression can have. Arrays are tuples (of tuples) of numbers here;
#: references receive them as they want them.
Value = int | float | str | bool | tuple["Value", ...]


class Level(StrEnum):
    """How bad a finding is: an error keeps the card out of study, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@frozen
class Finding:
    """Something in a deck file that its author should change.

    `line` counts from 1 in the file; 0 is the file as a whole. `code` is stable and documented (docs/findings.md).
    `message` says what is wrong and what to do next, in one line.
    """

    file: str
    line: int
    code: str
    message: str
    level: Level = Level.ERROR
    card: str | None = None

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.level} {self.code}: {self.message}"


@frozen
class Card:
    """One thing to learn, scheduled as one.

    `id` is `deck/card`; it never changes with edits, moves and renamed headings. `family` is shared by the cards that
    one section makes (the gaps of a cloze): siblings are not asked on one day. `content` is the kind's own data.
    """

    id: str
    deck: str
    kind: str
    file: str
    line: int
    heading: Text
    question: Text
    explanation: Text
    content: object
    family: str = ""
    tags: tuple[str, ...] = ()


@frozen
class Deck:
    """One Markdown file, read. Cards that have an error among the findings are left out of `cards`.

    `languages` are the codes of the translations beside it (`name.ko.md` gives `ko`); `translations` has their cards,
    by language and id, where they differ from `cards`; `titles` and `introductions` have theirs, where they have one.
    """

    id: str
    title: str
    file: str
    introduction: Text = ()
    tags: tuple[str, ...] = ()
    source: str = ""
    cards: tuple[Card, ...] = ()
    findings: tuple[Finding, ...] = ()
    languages: tuple[str, ...] = ()
    translations: Mapping[str, Mapping[str, Card]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    introductions: Mapping[str, Text] = field(default_factory=dict)


@frozen
class Call:
    """One use of a reference while an answer was computed: what the witnesses have to confirm.

    `reference` is the dotted name, `arguments` the bound arguments by name, `value` what the reference gave.
    """

    reference: str
    arguments: Mapping[str, object]
    value: object


@frozen
class Variant:
    """One draw of all the givens of a card, with its answer.

    `slips` are the typical mistakes that differ from the answer here. `values` is what the text shows for each name.
    `answer_type` says how the answer is asked and graded. `steps` are the answers on the way to it, for a card that
    asks for them.
    """

    seed: int
    givens: Mapping[str, Value]
    answer: Value
    values: Mapping[str, str] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()
    slips: tuple[Slip, ...] = ()
    answer_type: AnswerType | None = None
    steps: tuple[StepAnswer, ...] = ()


@frozen
class StepAnswer:
    """The answer to one step of a computed card, with the slips that differ from it in this variant."""

    name: str
    answer: Value
    slips: tuple[Slip, ...] = ()
    answer_type: AnswerType | None = None


@frozen
class Reveal:
    """The learner thinks, looks and judges: nothing is entered."""


@frozen
class Line:
    """One line is typed. `hint` says what is wanted (“a whole number”); `unit` stands behind the field.

    `optional` fields may be left empty, and then work like `Reveal`.
    """

    hint: str = ""
    unit: str = ""
    optional: bool = False


@frozen
class Pick:
    """Options in the order shown; `several` may be right. A response is the set of the picked places, from 0."""

    options: tuple[Text, ...]
    several: bool = False


@frozen
class Arrange:
    """Items in the order shown, to be put in order. A response is the places shown, in the learner's order."""

    items: tuple[Text, ...]


@frozen
class Pair:
    """Two columns. A response gives, for every row on the left, the place of its partner on the right."""

    left: tuple[Text, ...]
    right: tuple[Text, ...]
    headings: tuple[str, str] = ("", "")


@frozen
class Part:
    """One of several answers of a question: what it asks, and hint and unit as those of a `Line`."""

    ask: Text
    hint: str = ""
    unit: str = ""


@frozen
class Fill:
    """Several lines are typed, one for each part, the first first. A response is a `Filled`."""

    parts: tuple[Part, ...]


@frozen
class Filled:
    """The lines that were typed for the parts of a `Fill`, one for each; empty where nothing was typed."""

    lines: tuple[str, ...]


Form = Reveal | Line | Pick | Arrange | Pair | Fill
#: What the learner gives: a line, a set of picked places, a sequence of places, or a line for each part; None is
#: “show me”.
Response = str | frozenset[int] | tuple[int, ...] | Filled | None


@frozen
class Recast:
    """How a question is graded whose answer is picked though its card has no options of its own.

    For each option shown, `slips` has the slips whose value it is: none for the right one, nor for a sibling's answer.
    `right` is the place shown of the right option, from 0. `told` says for each option, in a sentence, why it is not
    the answer: empty for the right one. `cards` has for each option the id of the card whose answer it is; none where
    the options are values.
    """

    right: int
    slips: tuple[tuple[Slip, ...], ...]
    told: tuple[str, ...]
    cards: tuple[str, ...] = ()


@frozen
class Question:
    """A card as it is asked now: shuffled, its variant drawn, its names filled in.

    `seed` gives the same question again. `truth` is the right answer as text, `explanation` the worked solution.
    `permutation` maps the places shown to the places in the deck (choice, order, and the right column of match).
    `recast` is there when the card is asked as a choice though it is none.
    """

    card: Card
    seed: int
    prompt: Text
    form: Form
    truth: Text
    explanation: Text
    variant: Variant | None = None
    permutation: tuple[int, ...] = ()
    recast: Recast | None = None
