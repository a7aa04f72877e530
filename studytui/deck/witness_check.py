"""What the witnesses say of every use of a reference that comes up while `check` tries a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studytui.deck.expression import find_reference, plain
from studytui.deck.variants import describe_givens
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reference_impl.compare import Opinion
    from reference_impl.reference import Witness
    from studytui.deck.model import Call, Value


class WitnessCheck:
    """`hear` what each variant uses, then `finish`. Findings go to `add`: code, message, path of the key."""

    def __init__(self, add: Callable[..., None]) -> None:
        self._add = add
        self._heard: dict[tuple[object, ...], bool] = {}
        self._spoke: dict[str, bool] = {}
        self._witnesses: dict[str, tuple[list[Witness], list[Witness]]] = {}

    def hear(self, calls: Iterable[Call], *, torch: bool) -> None:
        """Asks the witnesses about each use of a reference, once for the same arguments."""
        for call in calls:
            key = (call.reference, *call.arguments.values())
            heard = self._heard.get(key)
            if heard is None or (torch and not heard):
                self._heard[key] = torch
                quick, slow = self._witnesses_of(call.reference)
                for witness in (*(quick if heard is None else ()), *(slow if torch else ())):
                    self._hear_one(call, witness)

    def finish(self) -> None:
        """Adds the references that nobody confirmed."""
        for name, spoke in self._spoke.items():
            if not spoke:
                message = (
                    f"no witness confirms {name} here: add one in reference_impl/witnesses, or ask with all witnesses"
                )
                self._add("no-witness", message, "answer", name)

    def _witnesses_of(self, name: str) -> tuple[list[Witness], list[Witness]]:
        """A reference's witnesses: those that need no PyTorch, and those that do."""
        if name not in self._witnesses:
            witnesses = find_reference(name).witnesses
            self._spoke[name] = False
            self._witnesses[name] = (
                [witness for witness in witnesses if not witness.needs_torch],
                [witness for witness in witnesses if witness.needs_torch],
            )
        return self._witnesses[name]

    def _hear_one(self, call: Call, witness: Witness) -> None:
        from reference_impl.compare import hear

        opinion = hear(witness, call.arguments, call.value)
        if opinion.agrees is not None:
            self._spoke[call.reference] = True
        if opinion.agrees is False:
            self._disagreement(call, opinion)

    def _disagreement(self, call: Call, opinion: Opinion) -> None:
        arguments = describe_givens({name: _plain(value) for name, value in call.arguments.items()})
        says = opinion.error or f"gives {clean_line(str(opinion.value))[:60]}"
        message = (
            f"{call.reference} gives {clean_line(str(call.value))[:60]}, its witness “{opinion.name}” {says} "
            f"(for {arguments}): correct the one that is wrong"
        )
        self._add("witness-disagrees", message, "answer", call.reference, opinion.name)


def _plain(value: object) -> Value:
    made: Any = plain(value)
    return made  # type: ignore[no-any-return]  # numbers, texts and tuples, as `plain` promises
