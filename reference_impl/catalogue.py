"""Where references are found: by dotted name, or all of a topic. Only the topic that is asked for is imported."""

from __future__ import annotations

import importlib
from collections.abc import Sequence

from reference_impl.reference import Reference, nearest

#: The topics: modules of this package. A new topic is one module and one name here.
TOPICS = (
    "convolution",
    "activations",
    "recurrent",
    "gradients",
    "sequence",
    "architectures",
    "segmentation",
    "detection",
    "attention",
    "extras",
)

#: So many names of references are told of a topic where none is near.
MOST_TOLD = 10

_known: dict[str, dict[str, Reference[..., object]]] = {}


class UnknownReference(LookupError):  # noqa: N818 - named for what happened
    """No reference has this name; the text says which name is nearest."""

    def __str__(self) -> str:
        return str(self.args[0])


def topics() -> tuple[str, ...]:
    """The names of all topics."""
    return TOPICS


def references(topic: str | None = None) -> tuple[Reference[..., object], ...]:
    """All references of a topic, or of all topics. Raises UnknownReference for an unknown topic."""
    if topic is not None:
        return tuple(_of(topic).values())
    return tuple(found for each in TOPICS for found in _of(each).values())


def find(name: str) -> Reference[..., object]:
    """The reference of a dotted name such as `convolution.output_size`. Raises UnknownReference, with a sentence."""
    topic, dot, function = name.partition(".")
    found = _known.get(topic, {}).get(function)
    if found is not None:
        return found
    if not dot:
        raise UnknownReference(_unqualified(name))
    known = _of(topic)
    if function not in known:
        near = nearest(function, known)
        hint = f" — did you mean “{topic}.{near}”?" if near else f"; {topic} has {_some(list(known))}"
        raise UnknownReference(f"there is no reference “{name}”{hint}")
    return known[function]


def _of(topic: str) -> dict[str, Reference[..., object]]:
    """The references of one topic by function name, in the order in which one learns them.

    That is the order of a package's `__all__`, or, in one module, that of the source.
    """
    if topic not in _known:
        if topic not in TOPICS:
            near = nearest(topic, TOPICS)
            hint = f" — did you mean “{near}”?" if near else f"; topics are {', '.join(TOPICS)}"
            raise UnknownReference(f"there is no topic “{topic}”{hint}")
        module = importlib.import_module(f"reference_impl.{topic}")
        found = [value for value in vars(module).values() if isinstance(value, Reference) and value.topic == topic]
        listed: Sequence[str] = getattr(module, "__all__", ())
        place = {name: number for number, name in enumerate(listed)}
        found.sort(key=lambda each: (place.get(each.function_name, -1), each.function.__code__.co_firstlineno))
        _known[topic] = {each.function_name: each for each in found}
    return _known[topic]


def _some(names: list[str]) -> str:
    """The names, or the first of them and how many more there are."""
    shown = names if len(names) <= MOST_TOLD else names[: MOST_TOLD - 1]
    more = f" and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return ", ".join(shown) + more


def _unqualified(name: str) -> str:
    """What to say of a name without a topic."""
    everywhere: dict[str, list[str]] = {}
    for each in references():
        everywhere.setdefault(each.function_name, []).append(each.name)
    if name in everywhere:
        return f"the reference “{name}” needs its topic: {' or '.join(everywhere[name])}"
    near = nearest(name, everywhere)
    hint = f" — did you mean “{everywhere[near][0]}”?" if near else f"; topics are {', '.join(TOPICS)}"
    return f"there is no reference “{name}”{hint}"
