"""Topics and references by what somebody writes: `convolution`, `convolution.output_size`, or `output_size` alone."""

from __future__ import annotations

import importlib
import inspect
from typing import TYPE_CHECKING, Any, NamedTuple

from studytui.problems import Problem
from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reference_impl.reference import Reference


class Topic(NamedTuple):
    """A topic, what its module says of itself, and its references: all of them where it was asked for whole."""

    name: str
    doc: str
    references: tuple[Reference[..., Any], ...]
    whole: bool = True

    @property
    def summary(self) -> str:
        """The first paragraph, on one line."""
        return " ".join(self.doc.split("\n\n")[0].split())


def all_topics() -> list[Topic]:
    """Every topic with all of its references."""
    from reference_impl.catalogue import topics

    return [_topic(name) for name in topics()]


def named(names: Sequence[str]) -> list[Topic]:
    """What is named, in that order; everything where nothing is. Raises Problem that names the nearest."""
    return [topic for name in names for topic in _named(name)] if names else all_topics()


def _topic(name: str) -> Topic:
    from reference_impl.catalogue import references

    doc = importlib.import_module(f"reference_impl.{name}").__doc__ or ""
    return Topic(name, inspect.cleandoc(doc), references(name))


def _named(name: str) -> list[Topic]:
    """A topic, one reference, or the references of one function name in all topics."""
    from reference_impl.catalogue import topics

    if name in topics():
        return [_topic(name)]
    everything = all_topics()
    found = [
        topic._replace(references=(reference,), whole=False)
        for topic in everything
        for reference in topic.references
        if name in {reference.name, reference.function_name}
    ]
    if not found:
        known = {topic.name: topic.name for topic in everything}
        for topic in everything:
            for reference in topic.references:
                known |= {reference.name: reference.name, reference.function_name: reference.name}
        hint = did_you_mean(name, known) or "; `studytui catalogue` lists them"
        raise Problem(f"there is no topic or reference “{clean_line(name)}”{hint}")
    return found
