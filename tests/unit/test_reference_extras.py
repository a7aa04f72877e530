"""The sums of money that the notes quote: what was announced, what is refused, and how people misread it."""

from __future__ import annotations

import pytest

from reference_impl import extras as ref


def slip_of(reference, name, *args):
    (slip,) = [each for each in reference.slips if each.name == name]
    return slip.function(**reference.bind(*args))


def test_eleven_institutes_share_220_million_over_five_years():
    assert ref.institute_funding(220, 11, 5) == 20
    assert ref.yearly_funding(220, 11, 5) == 4
    assert ref.total_funding(4, 11, 5) == 220


def test_whole_amounts_make_a_whole_total():
    assert type(ref.total_funding(4, 11, 5)) is int
    assert ref.total_funding(0.5, 3, 1) == 1.5


def test_what_an_institute_gets_in_all_is_no_yearly_amount():
    assert slip_of(ref.yearly_funding, "all_years_in_one", 220, 11, 5) == 20
    assert slip_of(ref.institute_funding, "read_as_yearly", 220, 11, 5) == 100
    assert ref.total_funding(20, 11, 5) == 1100  # what the notes would have announced


@pytest.mark.parametrize(
    ("name", "answer"), [("years_forgotten", 44), ("institutes_forgotten", 20), ("institutes_and_years_added", 64)]
)
def test_slips_leave_something_out(name, answer):
    assert slip_of(ref.total_funding, name, 4, 11, 5) == answer


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((-1, 11, 5), "total must be a number from 0 to 1,000,000, not -1"),
        ((220, 0, 5), "institutes must be a whole number of at least 1, not 0"),
        ((220, 11, 2.5), "years must be a whole number of at least 1, not 2.5"),
    ],
)
def test_refusals_name_the_argument(arguments, sentence):
    with pytest.raises(ValueError, match=sentence):
        ref.yearly_funding(*arguments)


def test_figures_end_with_the_answer():
    paid = ref.total_funding.figure_for(ref.total_funding.bind(4, 11, 5))
    assert [bar.value for bar in paid.bars] == [44, 88, 132, 176, 220]
    assert ref.total_funding.figure_for(ref.total_funding.bind(4, 11, 21)) is None
    shares = ref.yearly_funding.figure_for(ref.yearly_funding.bind(220, 11, 5))
    assert [bar.value for bar in shares.bars] == [220, 20, 4]
