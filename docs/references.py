"""Makes `docs/references.md` from the references' docstrings: `python -m docs.references`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from studytui.catalogue.example import example_of
from studytui.catalogue.finding import all_topics
from studytui.catalogue.listing import kind, signature, source_of
from studytui.deck.written import rounded, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reference_impl.reference import Reference
    from studytui.catalogue.finding import Topic

#: What Markdown would not show as it stands; an underscore inside a word it leaves alone.
_SPECIAL = re.compile(r"[\\*<|]|(?<!\w)_|_(?!\w)")
PAGE = Path(__file__).with_name("references.md")
_INTRODUCTION = """\
<!-- Made by `python -m docs.references` from the docstrings in reference_impl/: edit those, then run it again. -->

# References

Everything that a deck's `answer` and `studytui compute` can name. Each reference is confirmed by its witnesses over its
whole domain, in the tests, and again for the numbers of each card. `studytui catalogue` tells the same in the terminal.

| topic | references | |
| --- | --- | --- |
"""


def page() -> str:
    """The whole page."""
    topics = all_topics()
    rows = [f"| [{topic.name}](#{topic.name}) | {len(topic.references)} | {_text(topic.summary)} |" for topic in topics]
    parts = [_INTRODUCTION + "\n".join(rows)]
    for topic in topics:
        parts += _topic(topic)
    return "\n\n".join(parts) + "\n"


def _topic(topic: Topic) -> Iterator[str]:
    yield f"## {topic.name}"
    yield _text(topic.doc)
    for reference in topic.references:
        yield from _reference(reference)


def _reference(reference: Reference[..., Any]) -> Iterator[str]:
    yield f"### {reference.name}"
    yield f"```python\n{reference.function_name}{signature(reference).replace('→', '->')}\n```"
    yield _text(reference.doc)
    takes = "\n".join(f"- `{parameter}`: {kind(parameter.type)}" for parameter in reference.parameters)
    yield f"Takes\n\n{takes}\n\nGives {kind(reference.returns)}."
    yield f"Written out in [{source_of(reference)}](../{source_of(reference)})."
    yield "Confirmed by " + "; ".join(
        f"**{witness.name}** ({_sentence(witness.function)})" for witness in reference.witnesses
    ) + "."  # fmt: skip
    if reference.slips:
        yield "Slips\n\n" + "\n".join(f"- `{slip.name}`: {_text(slip.sentence)}" for slip in reference.slips)
    example = example_of(reference)
    if example is not None:
        figure = " --figure" if example.drawn else ""
        yield f'```console\n$ studytui compute "{example.expression}"{figure}\n{written(rounded(example.value))}\n```'


def _sentence(function: Any) -> str:
    """The first line of a witness's docstring, to stand in parentheses."""
    return _text((function.__doc__ or "").strip().split("\n", 1)[0]).removesuffix(".")


def _text(words: str) -> str:
    """A docstring as Markdown: what stands in backticks is code, anything else is itself."""
    parts = words.split("`")
    parts[::2] = [_SPECIAL.sub(r"\\\g<0>", part) for part in parts[::2]]
    return "`".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
