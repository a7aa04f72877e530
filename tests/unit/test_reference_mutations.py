"""The mutation run: every reference, and whatever it computes with, is altered in turn, and a witness must contradict.

The score stands at the end of the test report.
"""

from __future__ import annotations

import pytest
from support.excused_mutants import EXCUSED
from support.mutation import known_definitions, modules, score_of_helpers, score_of_reference

from reference_impl.catalogue import find, references


@pytest.fixture
def report(record_property):
    """Hands a score on to the test report, and then insists on it."""

    def tell(topic, score):
        record_property("mutants", [topic, score.mutants, list(score.survivors), len(score.excused)])
        assert not score.survivors, "no witness contradicts:\n" + "\n".join(score.survivors)
        assert not score.needless, "these are caught, or gone: excuse them no longer"

    return tell


@pytest.mark.parametrize("name", [each.name for each in references()])
def test_every_mutant_of_a_reference_is_contradicted_by_its_witnesses(name, report):
    reference = find(name)
    report(reference.topic, score_of_reference(reference))


@pytest.mark.parametrize("module", modules())
def test_every_mutant_of_what_references_compute_with_is_contradicted(module, report):
    report(module.split(".")[1], score_of_helpers(module))


def test_excuses_are_for_code_that_there_is_and_give_a_reason():
    assert {excuse[:2] for excuse in EXCUSED} <= known_definitions()
    assert all(len(reason) > 10 for reason in EXCUSED.values())
