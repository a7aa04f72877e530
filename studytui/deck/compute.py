"""`studytui compute`: an expression's value, and what every witness says of the references behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from studytui.deck.expression import Refusal, Scope, compile_expression, find_reference
from studytui.deck.written import on_one_line, written
from studytui.frozen import frozen
from studytui.problems import Problem

if TYPE_CHECKING:
    from reference_impl.compare import Opinion
    from studytui.deck.model import Call

#: A value longer than this is told once, as what was computed, and not again by each witness that agrees.
SHORT = 60


class Evaluation(NamedTuple):
    """What `studytui compute` prints: the value, and the uses of references that the witnesses can confirm.

    `outermost` is the use around all others, if there is one.
    """

    value: object
    calls: tuple[Call, ...]
    outermost: Call | None


def evaluate_text(text: str) -> Evaluation:
    """Evaluates an expression without names; lists may be written as arguments. Raises ValueError with a sentence."""
    expression = compile_expression(text.strip(), ())
    scope = Scope({})
    value = expression.evaluate(scope)
    around = [call for call in scope.calls if call.reference == expression.root and call.value == value]
    alone = scope.calls if len(scope.calls) == 1 else []
    return Evaluation(value, tuple(scope.calls), next(iter(around or alone), None))


@frozen
class Computation:
    """A value with its proof: for each use of a reference, the opinions of its witnesses.

    `outermost` is the use of a reference around all others, if there is one: the one that a figure is of.
    """

    value: object
    proof: tuple[tuple[Call, tuple[Opinion, ...]], ...]
    outermost: Call | None = None

    @property
    def proved(self) -> bool:
        """Whether no witness disagrees."""
        return all(opinion.agrees is not False for _, opinions in self.proof for opinion in opinions)

    def as_dict(self) -> dict[str, object]:
        """`{"value": …, "witnesses": [{"reference", "name", "value", "agrees", "error"}]}`, ready for JSON."""
        return {
            "value": self.value,
            "witnesses": [
                {
                    "reference": call.reference,
                    "name": opinion.name,
                    "value": opinion.value,
                    "agrees": opinion.agrees,
                    "error": opinion.error,
                }
                for call, opinions in self.proof
                for opinion in opinions
            ],
        }

    def as_text(self) -> str:
        """The value, then each use of a reference with its witnesses below it."""
        lines = [written(self.value)]
        for call, opinions in self.proof:
            arguments = ", ".join(f"{name}={on_one_line(value)}" for name, value in call.arguments.items())
            lines.append(f"{call.reference}({arguments}){_if_short(' = ', call.value)}")
            width = max((len(opinion.name) for opinion in opinions), default=0)
            lines += [f"  {opinion.name:<{width}}  {_says(opinion)}" for opinion in opinions]
        return "\n".join(lines)


def compute(text: str) -> Computation:
    """Evaluates an expression and hears all witnesses, PyTorch's in this process. Raises Problem, with a sentence."""
    from reference_impl.compare import opinions

    try:
        value, calls, outermost = evaluate_text(text)
    except Refusal as error:
        raise Problem(str(error)) from error
    except ValueError as error:
        hint = "write numbers and references, such as convolution.output_size(32, 5)"
        message = str(error)
        raise Problem(message if any(sign in message for sign in ":?;") else f"{message}: {hint}") from error
    proof = [(call, tuple(opinions(find_reference(call.reference), call.arguments, call.value))) for call in calls]
    return Computation(value, tuple(proof), outermost)


def _says(opinion: Opinion) -> str:
    match opinion.agrees:
        case None:
            # Little is published: that it is silent here says nothing of the value.
            return f"– {opinion.error}" if opinion.name == "published" else f"– did not speak: {opinion.error}"
        case True:
            return f"✓ agrees{_if_short(': ', opinion.value)}"
        case _:
            return f"✗ disagrees: {opinion.error or on_one_line(opinion.value)}"


def _if_short(before: str, value: object) -> str:
    text = on_one_line(value)
    return f"{before}{text}" if len(text) <= SHORT else ""
