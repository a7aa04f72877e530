"""The graders are loaded when they are asked for, not when a card is painted."""

from __future__ import annotations

import subprocess
import sys

import pytest

import studytui.answer


def test_the_types_load_without_the_graders():
    script = (
        "import sys, studytui.answer.verdict; print(sorted(name for name in sys.modules if 'studytui.answer.' in name))"
    )
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "['studytui.answer.verdict']"


@pytest.mark.parametrize("name", studytui.answer.__all__)
def test_every_public_name_can_be_imported(name):
    assert getattr(studytui.answer, name)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'grade_everything'"):
        studytui.answer.grade_everything  # noqa: B018 - the access is what is tested
