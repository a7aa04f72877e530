"""The proof: every witness of every reference, over the whole declared domain or a thousand seeded draws of it."""

from __future__ import annotations

import pytest
import torch

from reference_impl.arrays import plain
from reference_impl.catalogue import find, references
from reference_impl.compare import hear, why_no_torch

DRAWS = 1000
SEED = 20240604
PAIRS = [(each.name, witness.name) for each in references() for witness in each.witnesses]


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Small tensors are slower on many threads."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def test_pytorch_is_there_to_be_asked():
    assert why_no_torch() == ""


@pytest.mark.parametrize(("reference_name", "witness_name"), PAIRS)
def test_a_witness_agrees_over_the_whole_domain(reference_name, witness_name):
    reference = find(reference_name)
    (witness,) = [each for each in reference.witnesses if each.name == witness_name]
    agreed = silent = 0
    for arguments in reference.draws(SEED, DRAWS):
        value = plain(reference(**arguments))
        opinion = hear(witness, arguments, value)
        agreed += opinion.agrees is True
        silent += opinion.agrees is None
        assert opinion.agrees is not False, (arguments, value, opinion)
    assert agreed >= 1
    # Only published figures are few: any other witness has an answer everywhere.
    assert silent == 0 or witness.name == "published"


@pytest.mark.parametrize("reference", references(), ids=lambda each: each.name)
def test_large_domains_are_drawn_a_thousand_times(reference):
    drawn = sum(1 for _ in reference.draws(SEED, DRAWS))
    points = sum(part.points for part in getattr(reference.domain, "parts", (reference.domain,)))
    assert drawn >= 700 or drawn <= points < DRAWS


@pytest.mark.parametrize("reference", references(), ids=lambda each: each.name)
def test_a_wrong_value_is_contradicted_by_every_witness(reference):
    silent = {witness.name: witness for witness in reference.witnesses}
    for arguments in reference.draws(SEED, DRAWS):
        value = plain(reference(**arguments))
        for witness in list(silent.values()):
            opinion = hear(witness, arguments, spoiled(value))
            if opinion.agrees is not None:
                assert opinion.agrees is False
                del silent[witness.name]
        if not silent:
            break
    assert not silent


def spoiled(value):
    """The value with its last number off by one, or its last text longer by a letter."""
    if isinstance(value, tuple):
        return (*value[:-1], spoiled(value[-1])) if value else (1,)
    return value + "x" if isinstance(value, str) else not value if isinstance(value, bool) else value + 1
