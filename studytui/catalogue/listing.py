"""The catalogue as text for a terminal or a pipe, and as data for JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studytui.catalogue.example import example_of
from studytui.deck.blocks import Span
from studytui.deck.layout import wrap_spans
from studytui.deck.written import written
from studytui.text import display_width, fitting

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reference_impl.reference import Parameter, Reference
    from studytui.catalogue.finding import Topic

#: What annotations stand for.
KINDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "True or False",
    "str": "a text",
    "Shape": "a shape: sizes along axes",
    "Vector": "a list of numbers",
    "Matrix": "a matrix: a list of rows",
    "Rows": "a matrix: a list of rows",
    "Numbers": "one number, or a list of numbers",
    "Weights": "one number, or a matrix",
    "Sequence[int]": "a list of whole numbers",
    "Sequence[float]": "a list of numbers",
    "Sequence[bool]": "a list of True and False",
    "Sequence[str]": "a list of texts",
    "Sequence[Rows]": "a list of matrices",
    "None": "None",
}


def kind(annotation: str) -> str:
    """An annotation in words; as it is written where it is none of those that are known."""
    parts = [part.strip() for part in annotation.split("|")]
    if all(part in KINDS for part in parts):
        return ", or ".join(KINDS[part] for part in parts)
    return annotation


def signature(reference: Reference[..., Any]) -> str:
    """The call with its parameters, and what it gives, as annotated."""
    return f"{reference.signature} → {reference.returns}"


def source_of(reference: Reference[..., Any]) -> str:
    """The file in which a reference is written out, below equations and conventions."""
    return f"{reference.__module__.replace('.', '/')}.py"


def as_text(topics: Sequence[Topic], width: int | None, *, everything: bool) -> str:
    """The catalogue in lines of at most `width` columns, or, without a width, with each entry on one line.

    Everything is told in one line a reference, a topic in three, a reference in full.
    """
    pages = [_overview(topic, width) if everything else _page(topic, width) for topic in topics]
    if everything and width:
        pages.append(
            _wrapped("`studytui catalogue TOPIC` and `studytui catalogue TOPIC.NAME` say more.", width, "", "")
        )
    return "\n\n".join("\n".join(line.rstrip() for line in page) for page in pages)


def _page(topic: Topic, width: int | None) -> list[str]:
    if topic.whole:
        return list(_whole(topic, width))
    return [line for reference in topic.references for line in _full(reference, width)]


def _overview(topic: Topic, width: int | None) -> list[str]:
    """The topic's name, then one line a reference: its name and its summary, or as much of that as fits."""
    wide = max((len(reference.function_name) for reference in topic.references), default=0)
    lines = [(f"  {reference.function_name:<{wide}}  ", reference.summary) for reference in topic.references]
    head = _wrapped(f"{topic.name}: {topic.summary}", width, "", "    ")
    return [*head, *[_fitted(name, summary, width) for name, summary in lines]]


def _fitted(name: str, summary: str, width: int | None) -> str:
    """The line; where it is too long, its first sentence, cut off if need be."""
    line = name + summary
    if width is None or display_width(line) <= width:
        return line
    return _cut(name + summary.split(". ", 1)[0].removesuffix(".") + ".", width)


def _whole(topic: Topic, width: int | None) -> Iterator[str]:
    """What the topic says of itself; of each reference its call, its summary, its witnesses, how many slips it has."""
    yield from _paragraphs(topic.doc, width, f"{topic.name}: ")
    for reference in topic.references:
        yield ""
        yield from _wrapped(f"{reference.function_name}{signature(reference)}", width, "", "    ")
        yield from _wrapped(reference.summary, width, "    ", "    ")
        yield from _wrapped(_who(reference), width, "    ", "    ")


def _who(reference: Reference[..., Any]) -> str:
    witnesses = ", ".join(witness.name for witness in reference.witnesses)
    count = len(reference.slips)
    figure = " · figure" if reference.offers_figure else ""
    return f"{witnesses} · {count} slip{'' if count == 1 else 's'}{figure}"


def _full(reference: Reference[..., Any], width: int | None) -> Iterator[str]:
    """All there is to say of one reference."""
    yield from _wrapped(f"{reference.name}{signature(reference)}", width, "", "    ")
    yield ""
    yield from _paragraphs(reference.doc, width)
    yield from _table("Takes", [(str(each), kind(each.type)) for each in reference.parameters], width)
    yield from ("", "Gives", f"  {kind(reference.returns)}", "", "Written out in", f"  {source_of(reference)}")
    witnesses = [(witness.name, _first_line(witness.function)) for witness in reference.witnesses]
    yield from _table("Witnesses", witnesses, width)
    yield from _table("Slips", [(slip.name, slip.sentence) for slip in reference.slips], width)
    example = example_of(reference)
    if example is not None:
        yield from ("", "Example")
        figure = " --figure" if example.drawn else ""
        yield from _wrapped(f'studytui compute "{example.expression}"{figure}', width, "  ", "    ")
        yield from (f"  {line}" for line in written(example.value).split("\n"))


def _first_line(function: Any) -> str:
    return (function.__doc__ or "").strip().split("\n", 1)[0]


def _table(title: str, rows: Sequence[tuple[str, str]], width: int | None) -> Iterator[str]:
    """A heading and, below it, words and what they mean side by side."""
    if not rows:
        return
    yield from ("", title)
    wide = min(max(display_width(left) for left, _ in rows), 28)
    for left, right in rows:
        yield from _wrapped(right, width, f"  {left}{' ' * (wide - display_width(left))}  ", " " * (wide + 4))


def _paragraphs(text: str, width: int | None, start: str = "") -> Iterator[str]:
    """A docstring: its paragraphs wrapped anew, a blank line between."""
    for number, paragraph in enumerate(text.split("\n\n")):
        if number:
            yield ""
        yield from _wrapped(" ".join(paragraph.split()), width, "" if number else start, "")


def _wrapped(words: str, width: int | None, start: str, rest: str) -> list[str]:
    if width is None:
        return [start + words]
    return ["".join(span.text for span in row) for row in _rows(words, width, start, rest)]


def _rows(words: str, width: int, start: str, rest: str) -> list[tuple[Span, ...]]:
    first = (Span(start),) if start else ()
    return wrap_spans([Span(words)], width, first, (Span(rest),) if rest else ())


def _cut(line: str, width: int | None) -> str:
    if width is None or display_width(line) <= width:
        return line
    return fitting(line, width - 1) + "…"


# -- JSON --------------------------------------------------------------------------------------------------------------


def as_dict(topics: Sequence[Topic]) -> dict[str, object]:
    """`{"topics": [{"name", "doc", "references": [{"name", "signature", …}]}]}`; one shape, whatever was asked for."""
    return {
        "topics": [
            {"name": topic.name, "doc": topic.doc, "references": list(map(reference_dict, topic.references))}
            for topic in topics
        ]
    }


def reference_dict(reference: Reference[..., Any]) -> dict[str, object]:
    """All that is known of a reference."""
    example = example_of(reference)
    return {
        "name": reference.name,
        "signature": reference.signature,
        "returns": reference.returns,
        "summary": reference.summary,
        "doc": reference.doc,
        "parameters": list(map(_parameter, reference.parameters)),
        "witnesses": [witness.name for witness in reference.witnesses],
        "slips": [{"name": slip.name, "sentence": slip.sentence} for slip in reference.slips],
        "figure": reference.offers_figure,
        "example": None if example is None else {"expression": example.expression, "value": example.value},
    }


def _parameter(parameter: Parameter) -> dict[str, object]:
    default = {} if parameter.required else {"default": parameter.default}
    return {"name": parameter.name, "type": parameter.type, "required": parameter.required, **default}
