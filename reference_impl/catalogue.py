"""Where references are found: by dotted name, or all of a topic. Only the topic that is asked for is imported."""

from __future__ import annotations

import importlib

from reference_impl.reference import Reference, did_you_mean

#: The topics: modules of this package. A new topic is one module and one name here.
TOPICS = ("convolution", "recurrent")

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
        near = did_you_mean(name, tuple(each.name for each in references(topic)))
        raise UnknownReference(f"there is no reference “{name}”{near or _listed(topic)}")
    return known[function]


def _of(topic: str) -> dict[str, Reference[..., object]]:
    """The references of one topic by function name, in the order of the source."""
    if topic not in _known:
        if topic not in TOPICS:
            near = did_you_mean(topic, TOPICS) or f"; topics are {', '.join(TOPICS)}"
            raise UnknownReference(f"there is no topic “{topic}”{near}")
        module = importlib.import_module(f"reference_impl.{topic}")
        found = [value for value in vars(module).values() if isinstance(value, Reference) and value.topic == topic]
        found.sort(key=lambda each: (each.__module__, each.function.__code__.co_firstlineno))
        _known[topic] = {each.function_name: each for each in found}
    return _known[topic]


def _unqualified(name: str) -> str:
    full = [f"{topic}.{name}" for topic in TOPICS if name in _of(topic)]
    if full:
        return f"the reference “{name}” needs its topic: {' or '.join(full)}"
    names = tuple(each.name for each in references())
    by_function = {each.rpartition(".")[2]: each for each in names}
    import difflib

    near = difflib.get_close_matches(name, by_function, n=1)
    hint = f" — did you mean “{by_function[near[0]]}”?" if near else f"; topics are {', '.join(TOPICS)}"
    return f"there is no reference “{name}”{hint}"


def _listed(topic: str) -> str:
    return f"; {topic} has {', '.join(_of(topic))}"
