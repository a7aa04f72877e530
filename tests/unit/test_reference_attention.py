"""Attention: what the paper on Expire-Span says, refusals, slips and figures as data."""

from __future__ import annotations

import math

import pytest

from reference_impl import attention as ref
from reference_impl.compare import agree
from reference_impl.figures import Curves

NAN = float("nan")


def slip_of(reference, name, *args):
    (slip,) = [each for each in reference.slips if each.name == name]
    return slip.function(**reference.bind(*args))


def test_a_token_is_kept_for_its_span_and_fades_along_the_ramp():
    factors = [ref.expire_mask(3, age, 4) for age in range(9)]
    assert factors == [1, 1, 1, 1, 0.75, 0.5, 0.25, 0, 0]


def test_a_tokens_lifetime_is_the_number_of_ages_at_which_it_is_not_dropped():
    assert ref.expire_lifetime(3, 4) == 7
    assert ref.expire_lifetime(2.25, 4) == 7
    assert ref.expire_lifetime(0, 1) == 1
    assert ref.expire_mask(2.25, 6, 4) > 0 == ref.expire_mask(2.25, 7, 4)


def test_the_hair_of_a_step_counts_as_a_step():
    assert ref.expire_lifetime(1e-17, 3) == 4


def test_the_first_token_is_the_oldest():
    assert ref.expire_masks((8, 0, 0.5, 0), 2) == (1, 0, 0.75, 1)
    assert ref.expire_kept((8, 0, 0.5, 0), 2) == 3


def test_the_newest_token_is_always_kept():
    assert ref.expire_kept((0,) * 5, 1) == 1


def test_long_spans_cost():
    assert ref.expire_loss(1.5, (10, 30), 0.25) == 6.5


def test_attention_goes_to_positions_in_proportion_to_exponentials():
    keys = ((0, 0, 0, 0), (2 * math.log(3), 0, 0, 0))
    assert agree(ref.attention_weights((1, 0, 0, 0), keys), (0.25, 0.75))


def test_attention_is_shared_out_again_among_what_is_kept():
    assert agree(ref.expired_attention((0, math.log(3), 5), (1, 0.5, 0)), (0.4, 0.6, 0.0))
    assert ref.expired_attention((0, -1000), (0, 0.5)) == (0, 1)


@pytest.mark.parametrize(
    ("reference", "arguments", "sentence"),
    [
        (ref.expire_mask, (-1, 0, 4), "span must be a number from 0 to 10,000, not -1"),
        (ref.expire_mask, (NAN, 0, 4), "span must be a number from 0 to 10,000, not nan"),
        (ref.expire_mask, (1, 1.5, 4), "age must be a whole number of at least 0, not 1.5"),
        (ref.expire_mask, (1, 1, 0), "ramp_length must be a whole number of at least 1, not 0"),
        (ref.expire_lifetime, (1, 1001), "ramp_length must be at most 1,000, not 1001"),
        (ref.expire_masks, ((1, -1), 4), "every entry of spans must be a number from 0 to 10,000, not -1"),
        (ref.expire_kept, ((), 4), "spans must be a list of 1 to 64 numbers, not ()"),
        (ref.expire_loss, (1, (1,), 1.5), "alpha must be a number from 0 to 1, not 1.5"),
        (ref.expire_loss, (-1, (1,), 0.5), "task_loss must be a number from 0 to 1,000,000, not -1"),
        (ref.attention_weights, ((1, 2), ((1, 2, 3),)), "keys must have rows as long as query: 3 for 2"),
        (ref.expired_attention, ((1, 2), (1,)), "masks must be a list of 2 like scores, not a list of 1"),
        (ref.expired_attention, ((1, 2), (1, 2)), "every entry of masks must be a number from 0 to 1, not 2"),
        (ref.expired_attention, ((1, 2), (0, 0)), "masks must keep at least one position, and all of them are 0"),
    ],
)
def test_a_refusal_names_the_argument_and_the_rule(reference, arguments, sentence):
    with pytest.raises(ValueError) as raised:  # noqa: PT011 - the sentence is compared below
        reference(*arguments)
    assert str(raised.value).startswith(sentence)


@pytest.mark.parametrize(
    ("reference", "arguments", "slip", "value"),
    [
        (ref.expire_mask, (3, 5, 4), "cut_at_once", 0.0),
        (ref.expire_mask, (3, 2, 4), "ramp_within_span", 0.25),
        (ref.expire_mask, (3, 1, 4), "clip_forgotten", 1.5),
        (ref.expire_lifetime, (3, 4), "ramp_not_held", 4),
        (ref.expire_kept, ((8, 0, 0.5, 0), 2), "full_factors_only", 2),
        (ref.expire_loss, (1.5, (10, 30), 0.25), "spans_added_up", 11.5),
        (ref.expired_attention, ((0, 0), (1, 0)), "scores_scaled", (0.5, 0.5)),
    ],
)
def test_a_slip_gives_what_the_mistake_gives(reference, arguments, slip, value):
    assert slip_of(reference, slip, *arguments) == value


@pytest.mark.parametrize("span", [0, 2.5, 100, 9_999.5])
def test_a_token_is_drawn_from_its_arrival_until_it_is_dropped(span):
    figure = ref.expire_mask.figure_for({"span": span, "age": 1, "ramp_length": 4})
    assert isinstance(figure, Curves)
    (fading,) = figure.series
    assert len(figure.x) == len(fading.values) <= 140
    assert figure.x[0] == 0
    assert fading.values[0] == 1
    assert list(fading.values) == sorted(fading.values, reverse=True)
