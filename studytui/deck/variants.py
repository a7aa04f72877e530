"""Which variant of a computed card is asked: drawn from a seed, chosen so that typical mistakes can be told apart."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple, cast

from studytui.deck.expression import ExpressionError, Refusal
from studytui.deck.givens import Source
from studytui.deck.model import Finding, StepAnswer, Variant
from studytui.deck.plan import Answered, Computed, Plan, plan_of, rough
from studytui.text import clean_line

if TYPE_CHECKING:
    from studytui.answer.verdict import Slip
    from studytui.deck.model import Card, Value
    from studytui.deck.plan import Stage

#: Seeds from here to twice here are variants' own: `draw` chose them, and they give that variant exactly.
CHOSEN = 1 << 62
#: How many variants are compared before one is asked, and after how many without a better one the search ends.
CANDIDATES, PATIENCE = 24, 8
#: How often the givens are drawn again because `where`, or a reference, refuses them.
ATTEMPTS = 500


class CardError(ValueError):
    """A card that cannot be asked; `finding` says where and why, in the words of `check`."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding

    def __str__(self) -> str:
        return f"{self.finding.file}:{self.finding.line}: {self.finding.message}"


class Draw(NamedTuple):
    """The givens of one seed with their answer, the draws that it took, and what was refused on the way."""

    givens: Mapping[str, Value]
    answered: Answered
    attempts: int
    refused: tuple[tuple[Mapping[str, Value], str], ...] = ()


class EmptyDomainError(ValueError):
    """No draw of the givens has an answer; `refused` is the last draw that `where` let through, with the reason."""

    def __init__(self, refused: tuple[tuple[Mapping[str, Value], str], ...]) -> None:
        super().__init__("no draw of the givens has an answer")
        self.refused = refused


def draw(
    card: Card, seed: int, *, candidates: int = CANDIDATES, avoid: Collection[int] = (), focus: str = ""
) -> Variant:
    """The variant to ask: of `candidates` that follow from the seed, the first on which most slips can be told apart.

    Texts and truth values beside other givens are the first candidate's: they say what is asked (PyTorch or Keras, with
    biases or without), and each is to have its turn, also where fewer slips show. Variants whose givens are those of
    the seeds in `avoid` are taken only when there are no others. With `focus`, the name of a slip, variants that show
    this slip come first. A seed that this function gave (`Variant.seed`) gives the same variant again. Raises
    CardError.
    """
    if seed & ~(CHOSEN - 1) == CHOSEN:
        return variant_at(card, seed)
    plan = _plan(card)
    seen = [_drawn(card, plan, each).givens for each in avoid if each & ~(CHOSEN - 1) == CHOSEN]
    best: tuple[tuple[bool, bool, bool, int], int, Draw, list[tuple[Slip, ...]]] | None = None
    asked: Mapping[str, Value] | None = None
    since_best = 0
    for candidate in _candidates(card.id, seed, candidates):
        drawn = _drawn(card, plan, candidate)
        kinds = _kinds(drawn.givens)
        asked = kinds if asked is None else asked
        fresh, most = drawn.givens not in seen, 2 * len(plan.slips)
        since_best += 1
        if best is None or (fresh, True, kinds == asked, most) > best[0]:  # else its slips would be drawn for nothing
            slips = plan.telling_slips(drawn.givens, drawn.answered)
            told = sum(_told(stage, own) for stage, own in zip(plan.stages, slips, strict=True))
            shows_focus = not focus or any(slip.name == focus for own in slips for slip in own)
            score = (fresh, shows_focus, kinds == asked, told)
            if best is None or score > best[0]:
                best, since_best = (score, candidate, drawn, slips), 0
        settled = since_best >= PATIENCE and best[0][:3] == (True, True, True)
        if settled or best[0] == (True, True, True, most):
            break
    assert best is not None  # noqa: S101 - there is always at least one candidate
    return _variant(card, plan, best[1], best[2], best[3])


def _told(stage: Stage, slips: Sequence[Slip]) -> int:
    """How well mistakes show: slips that differ from the answer, and how many values they have among them."""
    return len(slips) + len({rough(slip.value, stage.digits) for slip in slips})


def _kinds(givens: Mapping[str, Value]) -> Mapping[str, Value]:
    """The texts and truth values among givens; none where there is nothing else to choose by."""
    found = {name: value for name, value in givens.items() if isinstance(value, (str, bool))}
    return found if len(found) < len(givens) else {}


def variant_at(card: Card, seed: int) -> Variant:
    """The variant that a seed stands for, whatever its slips. Raises CardError."""
    plan = _plan(card)
    drawn = _drawn(card, plan, seed)
    return _variant(card, plan, seed, drawn, plan.telling_slips(drawn.givens, drawn.answered))


def draw_givens(card_id: str, plan: Plan, seed: int) -> Draw:
    """The first draw of the seed that `where` and the answer accept. Raises EmptyDomainError and ExpressionError."""
    source = Source(card_id, seed)
    givens_of = plan.content.givens
    refused: tuple[tuple[Mapping[str, Value], str], ...] = ()
    for attempt in range(ATTEMPTS if givens_of else 1):
        givens = {given.name: source.draw(given, attempt) for given in givens_of}
        try:
            if plan.allows(givens):
                return Draw(givens, plan.answered(givens), attempt + 1, refused)
        except Refusal as refusal:
            refused = ((givens, str(refusal)),)
    raise EmptyDomainError(refused)


def _plan(card: Card) -> Plan:
    content = cast("Computed", card.content)
    try:
        return plan_of(content)
    except ExpressionError as error:
        raise CardError(_finding(card, error.code, str(error))) from error


def _drawn(card: Card, plan: Plan, seed: int) -> Draw:
    try:
        return draw_givens(card.id, plan, seed)
    except ExpressionError as error:
        raise CardError(_finding(card, error.code, str(error))) from error
    except EmptyDomainError as error:
        if error.refused:
            givens, reason = error.refused[-1]
            raise CardError(_finding(card, "outside-domain", f"{reason} (for {describe_givens(givens)})")) from error
        message = "where rejects every draw of the givens: loosen it or widen the ranges"
        raise CardError(_finding(card, "empty-domain", message)) from error


def _variant(card: Card, plan: Plan, seed: int, drawn: Draw, slips: Sequence[tuple[Slip, ...]]) -> Variant:
    try:
        values, calls = plan.shown(drawn.givens, drawn.answered)
    except (Refusal, ExpressionError) as error:
        raise CardError(_finding(card, "outside-domain", f"{error} (for {describe_givens(drawn.givens)})")) from error
    answered = drawn.answered
    steps = tuple(
        [
            StepAnswer(stage.name, step.value, own, step.answer_type)
            for stage, step, own in zip(plan.stages, answered.steps, slips, strict=False)
        ]
    )
    return Variant(seed, drawn.givens, answered.value, values, calls, slips[-1], answered.answer_type, steps)


def describe_givens(givens: Mapping[str, Value]) -> str:
    """`input_size 7, stride 2`: for messages."""
    from studytui.deck.show import show_given

    return clean_line(", ".join(f"{name} {show_given(value)}" for name, value in givens.items()))[:200] or "no givens"


def _candidates(card_id: str, seed: int, count: int) -> Iterator[int]:
    for number in range(max(count, 1)):
        digest = hashlib.sha256(f"{card_id}\0{seed}\0candidate\0{number}".encode()).digest()
        yield CHOSEN | (int.from_bytes(digest[:8]) >> 2)


def _finding(card: Card, code: str, message: str) -> Finding:
    return Finding(card.file, card.line, code, message, card=card.id)
