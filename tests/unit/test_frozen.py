"""`@frozen` behaves as `@dataclass(frozen=True, slots=True)` does."""

import copy
import pickle
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studytui.frozen import frozen


@frozen
class Empty:
    """Nothing."""


@frozen
class One:
    """One field."""

    value: object


@frozen
class Full:
    """All sorts of fields."""

    a: int
    b: str = "b"
    c: dict = field(default_factory=dict)

    @property
    def twice(self):
        return 2 * self.a


@dataclass(frozen=True, slots=True)
class Usual:
    a: int
    b: str = "b"


@frozen
class Same:
    """As `Usual`."""

    a: int
    b: str = "b"


def test_arguments_are_taken_by_place_and_by_name_and_have_defaults():
    assert (Full(1).a, Full(1).b, Full(1).c) == (1, "b", {})
    assert Full(b="x", a=2).b == "x"
    assert Full(3).twice == 6


def test_a_default_made_by_a_factory_is_made_anew():
    assert Full(1).c is not Full(1).c


@pytest.mark.parametrize("arguments", [(), (1, 2, 3, 4)])
def test_missing_and_surplus_arguments_are_refused(arguments):
    with pytest.raises(TypeError):
        Full(*arguments)


def test_an_unknown_argument_is_refused():
    with pytest.raises(TypeError):
        Full(1, d=2)


def test_nothing_can_be_changed_or_added():
    for name in ("a", "new"):
        with pytest.raises(FrozenInstanceError):
            setattr(Full(1), name, 2)
    with pytest.raises(FrozenInstanceError):
        del Full(1).a
    assert not hasattr(Full(1), "__dict__")


def test_objects_without_fields_or_with_one_are_compared_by_type_and_value():
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert One(1) == One(1)
    assert One(1) != One(2)
    assert Empty() != One(1)
    assert Empty()


def test_replace_fields_and_match_work():
    assert replace(Full(1), a=5) == Full(5)
    assert [each.name for each in fields(Full)] == ["a", "b", "c"]
    match Same(1, "x"):
        case Same(1, other):
            assert other == "x"


def test_copies_and_pickles_are_equal():
    assert pickle.loads(pickle.dumps(Same(1))) == Same(1)
    assert copy.deepcopy(Full(1, c={"x": [1]})) == Full(1, c={"x": [1]})


@given(st.integers(), st.text(), st.integers(), st.text())
def test_equality_hash_and_repr_are_those_of_a_dataclass(a, b, c, d):
    assert (Same(a, b) == Same(c, d)) == (Usual(a, b) == Usual(c, d))
    assert repr(Same(a, b)) == repr(Usual(a, b)).replace("Usual", "Same")
    assert hash(Same(a, b)) == hash(Usual(a, b))


@frozen
class Noted:
    """A field that says where a value comes from, and not what it is."""

    value: int
    line: int = field(default=0, compare=False)


def test_a_field_that_is_not_compared_is_neither_compared_nor_hashed():
    assert Noted(1, line=3) == Noted(1, line=4)
    assert hash(Noted(1, line=3)) == hash(Noted(1, line=4))
    assert pickle.loads(pickle.dumps(Noted(1, line=3))).line == 3
