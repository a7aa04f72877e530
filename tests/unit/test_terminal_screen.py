"""The terminal that the tests read from: what it says of pictures that have arrived by halves."""

import pyte
import pytest

from tests.terminal.terminal import Terminal


@pytest.fixture
def screen():
    terminal = Terminal.__new__(Terminal)
    terminal.screen = pyte.Screen(10, 2)
    return terminal, pyte.Stream(terminal.screen)


def test_a_wide_letter_takes_one_place_in_its_row(screen):
    terminal, stream = screen
    stream.feed("가나 다")
    assert terminal.text == "가나 다\n"


def test_half_of_a_wide_letter_that_was_written_over_is_a_blank(screen):
    terminal, stream = screen
    stream.feed("가나\rx")
    assert terminal.text == "x 나\n"


def test_a_letter_written_onto_the_second_half_leaves_the_first_readable(screen):
    terminal, stream = screen
    stream.feed("가나\x1b[1;2Hx")
    assert "x" in terminal.text
