"""The proof: every witness of every reference, over the whole declared domain or a thousand seeded draws of it.

Each draw is made once and the reference's value computed once; then all its witnesses are heard.
"""

from __future__ import annotations

import ast
import importlib
import inspect
from collections import Counter
from types import ModuleType

import pytest
import torch
from support.programs import modules_below

from reference_impl.arrays import plain
from reference_impl.catalogue import references, topics
from reference_impl.compare import agree, hear, why_no_torch
from reference_impl.domain import WHOLE

DRAWS = 1000
SEED = 20240604


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Small tensors are slower on many threads."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_pytorch_is_there_to_be_asked():
    assert why_no_torch() == ""


@pytest.mark.parametrize("reference", references(), ids=lambda each: each.name)
def test_witnesses_agree_over_the_whole_domain(reference, record_property):
    drawn, spoken, seconds = 0, Counter(), Counter()
    for arguments in reference.draws(SEED, DRAWS):
        drawn += 1
        value = plain(reference(**arguments))
        wrong = spoiled(value)
        for witness in reference.witnesses:
            opinion = hear(witness, arguments, value)
            assert opinion.agrees is not False, (arguments, value, opinion)
            if opinion.agrees:
                spoken[witness.name] += 1
                seconds[witness.name] += opinion.seconds
                assert not agree(wrong, opinion.value), (arguments, wrong, opinion)
    record_property("witnesses", [reference.topic, reference.name, drawn, spoken.total(), dict(seconds)])
    for witness in reference.witnesses:
        # Only published figures are few: any other witness has an answer everywhere.
        assert spoken[witness.name] == drawn or (witness.name == "published" and spoken[witness.name])
    parts = getattr(reference.domain, "parts", (reference.domain,))
    assert drawn >= 700 or all(part.points <= WHOLE for part in parts)


@pytest.mark.parametrize("topic", topics())
def test_witnesses_compute_with_nothing_of_their_own_topic(topic):
    """What a reference and its witness share, a mistake in it would hide."""
    borrowed = []
    for name in modules_below(f"reference_impl.witnesses.{topic}"):
        module = importlib.import_module(name)
        for function in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(function, ast.FunctionDef):
                for node in [node for statement in function.body for node in ast.walk(statement)]:
                    found = value_of(node, vars(module))
                    if callable(found) and f"{getattr(found, '__module__', '')}.".startswith(
                        f"reference_impl.{topic}."
                    ):
                        borrowed.append(f"{name}.{function.name} uses {ast.unparse(node)}")
    assert not borrowed


def value_of(node, names):
    """What a name, or an attribute of a module, stands for."""
    match node:
        case ast.Name(id=name, ctx=ast.Load()):
            return names.get(name)
        case ast.Attribute(value=ast.Name(id=name), attr=attribute) if isinstance(names.get(name), ModuleType):
            return getattr(names[name], attribute, None)
    return None


def spoiled(value):
    """The value with its last number off by one, or its last text longer by a letter."""
    if isinstance(value, tuple):
        return (*value[:-1], spoiled(value[-1])) if value else (1,)
    return value + "x" if isinstance(value, str) else not value if isinstance(value, bool) else value + 1
