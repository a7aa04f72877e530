"""What `check` finds with witnesses and grading: shown on references that are wrong on purpose."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from studytui.answer.grading import AnswerType
from studytui.answer.verdict import Outcome, Verdict
from studytui.deck import computed_check, expression, plan, witness_check
from studytui.deck.check import check
from studytui.deck.givens import Given, Listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from studytui.deck.model import Finding

CARD = """# T

## Q {#q}

For {n}?

```toml
answer = "broken.twice(n)"

[given]
n = "1..9"
```

**{answer}**
"""


SLIPS: dict[str, Callable[..., object]] = {"thrice": lambda n: 3 * n, "plus four": lambda n: n + 4}


class Fake:
    """A reference made by a test: what the catalogue would give, without a module of its own."""

    def __init__(self, function: Callable[..., object], witnesses: dict[str, Callable[..., object]]) -> None:
        self.function, self.name, self.returns = function, "broken.twice", "int"
        self.slips = tuple(
            SimpleNamespace(name=name, sentence=f"Twice, not {name}.", function=function)
            for name, function in SLIPS.items()
        )
        self.witnesses = tuple(
            SimpleNamespace(name=name, function=witness, needs_torch=name.startswith("PyTorch"))
            for name, witness in witnesses.items()
        )

    def bind(self, n: object) -> dict[str, object]:
        return {"n": n}


@pytest.fixture
def findings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., list[Finding]]]:
    """Checks the card with a reference and its witnesses."""
    path = tmp_path / "deck.md"
    path.write_text(CARD)

    def run(
        function: Callable[..., object], witnesses: dict[str, Callable[..., object]], which: str = "brute-force"
    ) -> list[Finding]:
        fake = Fake(function, witnesses)
        for module in (expression, plan, computed_check, witness_check):
            monkeypatch.setattr(module, "find_reference", lambda name: fake)
        plan.plan_of.cache_clear()
        return list(check([path], variants=20, witnesses=which).findings)  # type: ignore[arg-type]

    yield run
    plan.plan_of.cache_clear()


def test_agreeing_witnesses_are_silent(findings: Callable[..., list[Finding]]) -> None:
    assert findings(lambda n: 2 * n, {"brute force": lambda n: n + n}) == []


def test_a_disagreeing_witness_names_the_line_and_both_values(findings: Callable[..., list[Finding]]) -> None:
    (finding,) = findings(lambda n: 2 * n, {"brute force": lambda n: n + n if n != 4 else 9})
    assert (finding.line, finding.code, finding.card) == (8, "witness-disagrees", "deck/q")
    assert "gives 8" in finding.message
    assert "gives 9" in finding.message


def test_a_failing_witness_disagrees(findings: Callable[..., list[Finding]]) -> None:
    def fails(n: int) -> int:
        raise RuntimeError("broken")

    (finding,) = findings(lambda n: 2 * n, {"brute force": fails})
    assert finding.code == "witness-disagrees"
    assert "broken" in finding.message


def test_pytorch_is_heard_only_when_asked_for(findings: Callable[..., list[Finding]]) -> None:
    witnesses = {"brute force": lambda n: 2 * n, "PyTorch": lambda n: 0}
    assert findings(lambda n: 2 * n, witnesses) == []
    assert [finding.code for finding in findings(lambda n: 2 * n, witnesses, "all")] == ["witness-disagrees"]


def test_a_reference_without_witnesses_proves_nothing(findings: Callable[..., list[Finding]]) -> None:
    assert [finding.code for finding in findings(lambda n: 2 * n, {})] == ["no-witness"]


def test_an_answer_that_grading_does_not_read(
    findings: Callable[..., list[Finding]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(computed_check, "grade_value", lambda *_, **__: Verdict(Outcome.UNREADABLE))
    assert [finding.code for finding in findings(lambda n: 2 * n, {"brute force": lambda n: 2 * n})] == [
        "truth-not-accepted"
    ]


def test_a_slip_that_grading_accepts(findings: Callable[..., list[Finding]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(computed_check, "grade_value", lambda *_, **__: Verdict(Outcome.RIGHT))
    found = findings(lambda n: 2 * n, {"brute force": lambda n: 2 * n})
    assert [finding.code for finding in found] == ["slip-accepted"]
    assert "thrice" in found[0].message


def test_a_slip_that_never_differs(findings: Callable[..., list[Finding]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(SLIPS, "plus four")
    assert [finding.code for finding in findings(lambda n: 3 * n, {"brute force": lambda n: 3 * n})] == [
        "slip-never-differs"
    ]


def test_answers_that_are_no_numbers_are_refused(findings: Callable[..., list[Finding]]) -> None:
    found = findings(lambda n: float("nan") if n == 3 else 2.0 * n, {"brute force": lambda n: 2.0 * n})
    assert [finding.code for finding in found] == ["outside-domain"]
    assert "n 3" in found[0].message


def test_a_slip_is_told_apart_as_it_would_be_typed() -> None:
    assert not plan.tells_apart(0.1834, 0.1785, 2)
    assert plan.tells_apart(0.1851, 0.1785, 2)
    assert plan.tells_apart((1, 2), (1, 3), 3)
    assert not plan.tells_apart((0.5, 0.25), (0.5, 0.25), 3)
    assert plan.tells_apart(7.5, 7, 3)


def test_every_combination_of_a_small_domain_is_tried(findings: Callable[..., list[Finding]]) -> None:
    for wrong in range(1, 10):
        found = findings(lambda n: 2 * n, {"brute force": lambda n, wrong=wrong: 2 * n + (n == wrong)})
        assert [finding.code for finding in found] == ["witness-disagrees"]


def test_the_type_of_a_tuple_is_what_the_reference_says() -> None:
    shape = plan.Plan(plan.Computed("convolution.weight_shape(3, 4, 5)")).answered({})
    given = (Given("a", Listed(((1, 2),))),)
    vector = plan.Plan(plan.Computed("convolution.full_convolution(a, a)", given)).answered({"a": (1, 2)})
    assert (shape.answer_type, vector.answer_type) == (AnswerType.SHAPE, AnswerType.VECTOR)
