"""`studytui compute`: an expression's value, and what every witness says of the references behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studytui.deck.expression import evaluate_text, find_reference
from studytui.frozen import frozen
from studytui.problems import Problem

if TYPE_CHECKING:
    from reference_impl.compare import Opinion
    from studytui.deck.model import Call


@frozen
class Computation:
    """A value with its proof: for each use of a reference, the opinions of its witnesses."""

    value: object
    proof: tuple[tuple[Call, tuple[Opinion, ...]], ...]

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
        lines = [_shown(self.value)]
        for call, opinions in self.proof:
            arguments = ", ".join(f"{name}={_shown(value)}" for name, value in call.arguments.items())
            lines.append(f"{call.reference}({arguments}) = {_shown(call.value)}")
            width = max((len(opinion.name) for opinion in opinions), default=0)
            lines += [f"  {opinion.name:<{width}}  {_says(opinion)}" for opinion in opinions]
        return "\n".join(lines)


def compute(text: str) -> Computation:
    """Evaluates an expression and hears all witnesses, PyTorch's in this process. Raises Problem, with a sentence."""
    from reference_impl.compare import opinions

    try:
        value, calls = evaluate_text(text)
    except ValueError as error:
        hint = "write numbers and references, such as convolution.output_size(32, 5)"
        message = str(error)
        raise Problem(message if any(sign in message for sign in ":?;") else f"{message}: {hint}") from error
    proof = [(call, tuple(opinions(find_reference(call.reference), call.arguments, call.value))) for call in calls]
    return Computation(value, tuple(proof))


def _says(opinion: Opinion) -> str:
    match opinion.agrees:
        case None:
            return f"did not speak: {opinion.error}"
        case True:
            return f"✓ agrees: {_shown(opinion.value)}"
        case _:
            return f"✗ disagrees: {opinion.error or _shown(opinion.value)}"


def _shown(value: object) -> str:
    """The value as an expression writes it."""
    if isinstance(value, tuple):
        return f"[{', '.join(map(_shown, value))}]"
    return repr(value)
