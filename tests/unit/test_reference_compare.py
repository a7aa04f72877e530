"""Hearing witnesses: when two values agree, what becomes of a witness that fails, and plain values."""

from __future__ import annotations

import sys

import numpy as np
import pytest
import torch

from reference_impl import compare
from reference_impl.arrays import plain
from reference_impl.compare import NO_TORCH, agree, opinions
from reference_impl.convolution import output_size
from reference_impl.domain import Domain, whole
from reference_impl.reference import NoOpinion, Witness, reference

NAN = float("nan")


@pytest.mark.parametrize(
    ("value", "opinion", "same"),
    [
        (3, 3, True),
        (3, 4, False),
        (10**40, 10**40 + 1, False),
        (3, 3.0, False),
        (1, True, False),
        (True, True, True),
        ("a", "a", True),
        ("a", "b", False),
        (0.1 + 0.2, 0.3, True),
        (1.0, 1.0 + 1e-8, False),
        (1e-14, 0.0, True),
        (1e6, 1e6 + 1e-4, True),
        (float("inf"), float("inf"), True),
        (NAN, NAN, False),
        ((1, 2), (1, 2), True),
        ((1, 2), (1, 2, 3), False),
        ((1, 2), (1, 2.0), False),
        (((1.0,), (2.0,)), ((1.0,), (2.0,)), True),
        (((1.0, 2.0),), ((1.0,), (2.0,)), False),
        ((), (), True),
        (3, None, False),
    ],
)
def test_values_agree_by_type_and_closely(value, opinion, same):
    assert agree(value, opinion) is same
    assert agree(opinion, value) is same


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (np.int64(3), 3),
        (np.float64(0.5), 0.5),
        (np.bool_(1), True),
        (np.arange(4).reshape(2, 2), ((0, 1), (2, 3))),
        (torch.tensor([[1.5]]), ((1.5,),)),
        (torch.Size([2, 3]), (2, 3)),
        ([1, [2, 3.5]], (1, (2, 3.5))),
        ("text", "text"),
    ],
)
def test_plain_values_are_pythons_own(value, expected):
    found = plain(value)
    assert found == expected
    assert agree(found, expected)


def test_what_is_no_value_is_refused():
    with pytest.raises(TypeError, match="neither a number, an array nor a text"):
        plain({"a": 1})


def doubled(*witnesses):
    """A reference that doubles, with witnesses of the given behaviour."""

    @reference(domain=Domain({"n": whole(1, 3)}))
    def double(n: int) -> int:
        """Twice a number."""
        return 2 * n

    double._witnesses.extend(Witness(name, behaviour) for name, behaviour in witnesses)
    return double


def raising(error):
    def behaviour(n):
        raise error

    return behaviour


def test_every_witness_is_heard_in_order():
    double = doubled(("brute force", lambda n: n + n), ("published", lambda n: {2: 4}[n]))
    assert [(each.name, each.value, each.agrees) for each in opinions(double, {"n": 2}, 4)] == [
        ("brute force", 4, True),
        ("published", 4, True),
    ]


def test_a_wrong_value_is_contradicted():
    (opinion,) = opinions(doubled(("brute force", lambda n: n + n)), {"n": 2}, 5)
    assert (opinion.value, opinion.agrees, opinion.error) == (4, False, "")
    assert opinion.seconds > 0


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ValueError("n must be small\nand more"), "ValueError: n must be small"),
        (ZeroDivisionError(), "ZeroDivisionError"),
        (RuntimeError("shape mismatch"), "RuntimeError: shape mismatch"),
    ],
)
def test_a_witness_that_fails_disagrees_and_says_how(error, told):
    (opinion,) = opinions(doubled(("brute force", raising(error))), {"n": 2}, 4)
    assert (opinion.value, opinion.agrees, opinion.error) == (None, False, told)


def test_a_witness_without_an_opinion_counts_neither_way():
    (opinion,) = opinions(doubled(("published", raising(NoOpinion("the table ends at 1")))), {"n": 2}, 4)
    assert (opinion.agrees, opinion.error) == (None, "the table ends at 1")


def test_a_witness_that_gives_no_value_disagrees():
    (opinion,) = opinions(doubled(("brute force", lambda n: None)), {"n": 2}, 4)
    assert opinion.agrees is False
    assert "neither a number" in opinion.error


def test_numpy_answers_are_compared_as_plain_ones():
    (opinion,) = opinions(doubled(("numpy", lambda n: np.int64(n + n))), {"n": 2}, np.int64(4))
    assert opinion.agrees is True
    assert type(opinion.value) is int


def test_quick_and_torch_witnesses_can_be_asked_apart():
    arguments = output_size.bind(7, 3)
    assert [each.name for each in opinions(output_size, arguments, 5)] == ["brute force", "PyTorch"]
    assert [each.name for each in opinions(output_size, arguments, 5, only="quick")] == ["brute force"]
    assert [each.name for each in opinions(output_size, arguments, 5, only="torch")] == ["PyTorch"]


@pytest.fixture
def without_torch(monkeypatch):
    monkeypatch.setitem(sys.modules, "torch", None)
    compare.why_no_torch.cache_clear()
    yield
    monkeypatch.undo()
    compare.why_no_torch.cache_clear()


def test_missing_torch_is_told_apart_from_disagreement(monkeypatch, without_torch):
    brute, pytorch = opinions(output_size, output_size.bind(7, 3), 5)
    assert brute.agrees is True
    assert (pytorch.agrees, pytorch.error) == (None, NO_TORCH)


def test_a_broken_torch_is_told_apart_from_disagreement(monkeypatch):
    def broken(name, *rest, importing=__import__, **options):
        if name == "torch":
            raise OSError("libtorch.so: cannot open shared object file")
        return importing(name, *rest, **options)

    compare.why_no_torch.cache_clear()
    monkeypatch.setattr("builtins.__import__", broken)
    (opinion,) = opinions(output_size, output_size.bind(7, 3), 5, only="torch")
    monkeypatch.undo()
    compare.why_no_torch.cache_clear()
    assert opinion.agrees is None
    assert opinion.error == "PyTorch cannot be loaded: OSError: libtorch.so: cannot open shared object file"
