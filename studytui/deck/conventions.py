"""Conditions that a count depends on and that a question has to state: framework, biases, stride, padding.

A parameter of a reference is a convention when its name says so here, or when it has a default that is a yes, a no, a
word or a number other than 0 and 1. A card that leaves it to the default, or fixes it, has settled it without the
learner: where another value would give another answer, the question has to say which.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from reference_impl.domain import Axis, Either
from studytui.deck.blocks import plain
from studytui.deck.expression import ExpressionError, find_reference
from studytui.deck.expression import plain as plain_value
from studytui.deck.plan import Computed, plan_of
from studytui.deck.registry import kind_of
from studytui.deck.variants import EmptyDomainError, draw_givens
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reference_impl.reference import Parameter, Reference
    from studytui.deck.codes import Findings
    from studytui.deck.model import Card, Deck

#: A framework settles every convention: its documentation does.
_FRAMEWORK = r"\b(?:py)?torch|keras|tensorflow|\bjax\b|framework|파이토치|케라스|텐서플로|프레임워크"
#: By parameter: the words with which a question settles it.
_WORDS = {
    "bias": r"bias|weights only|only weights|편향|바이어스|가중치만",
    "biases": r"bias|weights only|only weights|편향|바이어스|가중치만",
    "reset_after": r"reset|리셋|재설정|초기화",
    "update_keeps": r"keep|kept|old|1 ?[-−] ?z|남기|남긴|남는|유지|옛",
    "channels_last": r"channels? (?:come |stand )?(?:first|last)|nhwc|nchw|채널",
    "ceil_mode": r"ceil|floor|round|올림|내림|버림",
    "return_sequences": r"sequences|last|every|each|all\b|마지막|모든|매 ",
    "batch_norm": r"batch|normali|배치|weights only|only weights|convolution weights|가중치만",
    "aux_heads": r"aux|side|보조",
    "framework": r"library|라이브러리",
    "variant": r"variant|version|paper|original|published|논문|원래|판",
    "alphabetical": r"alphabet|order|appear|sort|알파벳|가나다|순서|처음|정렬",
    "homogeneous": r"homogen|stationar|same table|every step|each step|동질|정상|모든 스텝|스텝마다",
    "nonlinearity": r"nonlin|activation|relu|tanh|sigmoid|σ|활성",
    "norm": r"norm|노름|length|길이",
    "operation": r"concat|joined|stack|add|이어|연결|쌓|더하|더한",
    "interpolation": r"interpol|point|보간|점",
}
#: Settings of the layer itself: a deck's introduction explains them and settles none.
_SETTINGS = {
    "stride": r"stride|step|스트라이드|보폭",
    "padding": r"pad|패딩|덧대",
    "output_padding": r"pad|패딩|덧대",
}
_KNOWN = _WORDS.keys() | _SETTINGS.keys()
#: What every framework leaves out unless it is asked for.
_LEFT_OUT = frozenset({"bidirectional", "dilation", "dilations", "groups", "num_layers"})

#: Other values that are tried, on so many variants.
_OTHERS, _DRAWS = 6, 3

_COUNT = re.compile(r"how many (?:\w+ )?(?:parameters|weights)|parameter count|(?:파라미터|가중치)[^.?]*몇 ?개")
_NUMBER = re.compile(r"[\d,.\s·×*+]*\d[\d,.\s·×*+]*")


def check_conventions(deck: Deck, card: Card, findings: Findings, *, translated: bool = False) -> None:
    """Finds what the answer depends on, and neither the card nor its deck's introduction says.

    Of a translated card only those conventions are looked for whose words are known in the other language.
    """
    asks = card.content.asks if isinstance(card.content, Computed) else ()
    here = plain(card.heading + card.question + asks).casefold()
    around = f"{deck.title}\n{plain(deck.introduction)}".casefold()
    if card.kind == "computed":
        _check_computed(card, here, around, findings, translated=translated)
    elif card.kind in {"choice", "text"} and _counts(card, here) and not _settles("bias", here, around):
        message = "a count of parameters depends on the biases: say which framework, “with biases” or “weights only”"
        findings.add(card.line, "convention-unstated", message, card.id)


def _check_computed(card: Card, here: str, around: str, findings: Findings, *, translated: bool) -> None:
    content = card.content
    assert isinstance(content, Computed)  # noqa: S101 - the registry goes by the card's kind
    names = {given.name for given in content.givens if given.domain.count > 1}
    line = card.line if translated else dict(content.lines).get("answer", card.line)
    told: set[str] = set()
    names |= {step.name for step in content.steps}
    sources = [*(step.answer for step in content.steps), content.answer]
    for reference, parameter, value in (each for source in sources for each in _settled(source, names)):
        if parameter in told or (translated and parameter not in _KNOWN):
            continue
        stated = _settles(parameter, here, around) or _is_said(value, f"{here}\n{around}")
        if not stated and _decides(card, reference, parameter):
            told.add(parameter)
            message = (
                f"{reference.name} depends on “{parameter}”, here {value!r}, and the question does not say so: "
                "name the framework, or the convention"
            )
            findings.add(line, "convention-unstated", message, card.id)


def _settled(source: str, names: set[str]) -> Iterator[tuple[Reference[..., object], str, object]]:
    """The conventions that an expression settles for all variants: reference, parameter, value."""
    try:
        calls = [node for node in ast.walk(ast.parse(source.strip(), mode="eval")) if isinstance(node, ast.Call)]
    except SyntaxError:
        return
    for call in calls:
        if not isinstance(call.func, ast.Attribute):
            continue
        try:
            reference = find_reference(ast.unparse(call.func))
            bound = reference.bind(*call.args, **{str(each.arg): each.value for each in call.keywords})
        except (ExpressionError, TypeError):
            continue  # found where the card is tried
        for parameter in reference.parameters:
            value = bound[parameter.name]
            if _is_convention(parameter) and not _varies(value, names):
                shown = ast.unparse(value) if isinstance(value, ast.expr) else value
                yield reference, parameter.name, value.value if isinstance(value, ast.Constant) else shown


def _is_convention(parameter: Parameter) -> bool:
    default = parameter.default
    telling = isinstance(default, bool | str) or (isinstance(default, int | float) and default not in {0, 1})
    return parameter.name in _KNOWN or (telling and parameter.name not in _LEFT_OUT)


def _varies(value: object, names: set[str]) -> bool:
    if not isinstance(value, ast.AST):
        return False
    return any(isinstance(node, ast.Name) and node.id in names for node in ast.walk(value))


def _decides(card: Card, reference: Reference[..., object], parameter: str) -> bool:
    """Whether another value of the parameter's domain gives another value of the reference, on some variants."""
    content = card.content
    assert isinstance(content, Computed)  # noqa: S101 - the registry goes by the card's kind
    parts = reference.domain.parts if isinstance(reference.domain, Either) else (reference.domain,)
    axes = [axis for part in parts if isinstance(axis := part.axes.get(parameter), Axis)]
    others = [value for axis in axes for value in axis.values[:_OTHERS]]
    try:
        plan = plan_of(content)
        drawn = [draw_givens(card.id, plan, seed) for seed in range(_DRAWS)]
    except (ExpressionError, EmptyDomainError):
        return False  # found where the card is tried
    for call in (call for each in drawn for call in each.answered.calls if call.reference == reference.name):
        for other in others:
            try:
                if plain_value(reference.function(**{**call.arguments, parameter: other})) != call.value:
                    return True
            except ValueError:
                continue
    return not others


def _is_said(value: object, text: str) -> bool:
    """Whether a word or a number stands in the text."""
    if isinstance(value, str):
        return clean_line(value).casefold() in text
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return number and re.search(rf"(?<![\d.]){re.escape(str(value))}(?![\d.]*\d)", text) is not None


def _settles(parameter: str, here: str, around: str) -> bool:
    """Whether the card says it; or the introduction, unless it is a layer's own setting."""
    if parameter in _SETTINGS:
        return re.search(f"{_SETTINGS[parameter]}|{_FRAMEWORK}", here) is not None
    own = "|".join(re.escape(word[:5]) for word in parameter.split("_") if len(word) > 2)
    pattern = "|".join(filter(None, (_WORDS.get(parameter, own), _FRAMEWORK)))
    return re.search(pattern, f"{here}\n{around}") is not None


def _counts(card: Card, here: str) -> bool:
    """Whether a card without a reference asks for an exact count of parameters."""
    if _COUNT.search(here) is None:
        return False
    kind = kind_of(card.kind)
    truth = plain(kind.ask(card, 0).truth).strip()
    return _NUMBER.fullmatch(truth) is not None and len(re.sub(r"\D", "", truth)) > 1
