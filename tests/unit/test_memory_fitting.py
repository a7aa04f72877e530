"""Fitting: adopted only when better on what was held out, refused when the reviews say too little."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from support.forgetful import FORGETFUL, studied

from studytui.memory.evaluation import Dataset
from studytui.memory.fitting import LEAST_REVIEWS, Refused, decision, fit
from studytui.memory.schedule import DEFAULT_PARAMETERS, GREATEST_PARAMETERS, LEAST_PARAMETERS
from studytui.memory.training import history, history_of


def dataset(entries):
    cards = defaultdict(list)
    for entry in entries:
        cards[entry.card].append(entry)
    return Dataset([history_of(each) for each in cards.values()])


@pytest.fixture(scope="module")
def forgetful():
    return dataset(studied(cards=300, days=250))


@pytest.fixture(scope="module")
def fitted(forgetful):
    return fit(forgetful)


def test_a_learner_who_forgets_faster_is_recovered_on_held_out_reviews(forgetful, fitted):
    for split in fitted.splits:
        defaults, own = split.row("defaults").score, split.row("fitted").score
        assert own.log_loss < defaults.log_loss
        assert own.rmse_bins < defaults.rmse_bins
        assert abs(own.predicted - own.remembered) < abs(defaults.predicted - defaults.remembered)
    tested = forgetful.later()
    truth = forgetful.score(forgetful.predictions(FORGETFUL, tested), tested)
    assert fitted.splits[0].row("fitted").score.log_loss < truth.log_loss + 0.01


def test_better_parameters_are_adopted_and_lie_within_fsrs_bounds(fitted):
    assert fitted.better
    assert "log loss is lower" in fitted.reason
    for value, least, most in zip(fitted.parameters, LEAST_PARAMETERS, GREATEST_PARAMETERS, strict=True):
        assert least <= value <= most
        assert value == round(value, 4)


def test_a_learner_like_the_defaults_keeps_them():
    found = fit(dataset(studied(cards=300, days=250, truth=DEFAULT_PARAMETERS)))
    assert not found.better
    assert "on the last days" in found.reason


def test_the_same_reviews_give_the_same_fit(forgetful, fitted):
    assert fit(forgetful) == fitted


def test_parameters_in_use_have_rows_of_their_own(forgetful, fitted):
    again = fit(forgetful, FORGETFUL)
    for split in again.splits:
        assert [row.name for row in split.rows] == ["defaults", "in use", "fitted"]
    assert [row.name for row in fitted.splits[0].rows] == ["defaults", "fitted"]


def test_what_is_in_use_already_is_not_adopted_again(forgetful, fitted):
    again = fit(forgetful, fitted.parameters)
    assert not again.better
    assert "nothing changes" in again.reason


def test_all_steps_are_told_and_the_last_one_is_the_last(forgetful):
    told = []
    fit(forgetful, progress=lambda done, total, what: told.append((done, total, what)))
    assert [done for done, _, _ in told] == list(range(8))
    assert {total for _, total, _ in told} == {8}
    assert len({what for _, _, what in told}) == 8


@pytest.mark.parametrize(
    ("time", "error", "card", "in_use", "better", "words"),
    [
        (0.02, 0.01, 0.01, 0.02, True, "lower than with the defaults by 0.0200"),
        (0.0, 0.01, 0.01, 0.0, False, "on the last days the defaults foretold better"),
        (-0.02, 0.01, 0.01, 0.02, False, "on the last days the defaults foretold better, by 0.0200"),
        (0.01, 0.01, 0.01, 0.01, False, "within the error of 0.0100"),
        (0.02, 0.01, -0.001, 0.02, False, "on unseen cards the defaults foretold better, by 0.0010"),
        (0.02, 0.01, 0.0, 0.0, True, "on unseen cards"),
        (0.02, 0.01, 0.01, -0.003, False, "the parameters in use foretold better, by 0.0030"),
    ],
)
def test_fitted_parameters_must_be_better_on_both_splits(fitted, time, error, card, in_use, better, words):
    by_time, by_card = fitted.splits
    splits = (replace(by_time, gain=time, error=error, gain_in_use=in_use), replace(by_card, gain=card))
    verdict, reason = decision(replace(fitted, splits=splits), DEFAULT_PARAMETERS)
    assert verdict is better
    assert words in reason


# -- refused -----------------------------------------------------------------------------------------------------------


def made(cards, reviews, ratings=(1, 3), gap=2):
    """Cards with a review every other day, rated in turn."""
    return Dataset(
        [
            history(f"card-{n}", [(3, 0), *((ratings[(n + i) % len(ratings)], gap * (i + 1)) for i in range(reviews))])
            for n in range(cards)
        ]
    )


def test_too_few_reviews_are_refused_with_their_number():
    with pytest.raises(Refused, match=r"needs 400 reviews, .* there are 399, in 532 answers"):
        fit(made(133, 3))


def test_four_hundred_reviews_are_enough():
    data = made(100, 4)
    assert len(data) == LEAST_REVIEWS
    assert fit(data).reviews == LEAST_REVIEWS


def test_reviews_on_the_first_day_do_not_count():
    with pytest.raises(Refused, match="there are 0, in 500 answers"):
        fit(Dataset([history(f"card-{n}", [(3, 0)] * 5) for n in range(100)]))


@pytest.mark.parametrize(("rating", "word"), [(3, "remembered"), (4, "remembered"), (1, "forgotten")])
def test_reviews_that_all_ended_alike_are_refused(rating, word):
    with pytest.raises(Refused, match=f"all 400 reviews were {word}"):
        fit(made(100, 4, ratings=(rating,)))


def test_a_few_cards_are_refused():
    with pytest.raises(Refused, match="of 19 cards only; 20 are needed"):
        fit(made(19, 30))


def test_a_single_day_is_refused():
    with pytest.raises(Refused, match="all reviews are of one day"):
        fit(made(500, 1))
