"""Fixtures of the tests of screens: a world of cards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from support.world import World


@pytest.fixture
def world(tmp_path: Path) -> Callable[..., World]:
    """Makes a world of some cards."""

    def make(*cards, **options):
        return World(tmp_path, *cards, **options)

    return make
