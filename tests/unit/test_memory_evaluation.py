"""Scores of parameters on reviews: against fsrs-rs's own evaluation, and against sums written out by hand."""

from __future__ import annotations

import math
from collections import defaultdict

import fsrs_rs_python
import numpy as np
import pytest
from support.forgetful import FIRST_DAY, FORGETFUL, studied

from studytui.memory.evaluation import CALIBRATION_BINS, FOLDS, Dataset, fold_of, item_of
from studytui.memory.schedule import DEFAULT_PARAMETERS
from studytui.memory.training import history, history_of


def dataset(entries):
    cards = defaultdict(list)
    for entry in entries:
        cards[entry.card].append(entry)
    return Dataset([history_of(each) for each in cards.values()])


@pytest.fixture(scope="module")
def data():
    return dataset(studied(cards=80, days=150))


@pytest.fixture(scope="module")
def every(data):
    return np.ones(len(data), bool)


@pytest.mark.parametrize("parameters", [DEFAULT_PARAMETERS, FORGETFUL])
def test_each_prediction_is_the_one_of_fsrs_rs(data, parameters):
    engine = fsrs_rs_python.FSRS(parameters)
    foretold = data.predictions(parameters)
    for number, item in list(enumerate(data.items()))[::7]:
        said = foretold[number] if data.remembered[number] else 1 - foretold[number]
        assert math.exp(-engine.evaluate([item]).log_loss) == pytest.approx(said, abs=1e-4)


@pytest.mark.parametrize("parameters", [DEFAULT_PARAMETERS, FORGETFUL])
def test_scores_are_those_of_fsrs_rs_once_its_weights_are_left_out(data, parameters):
    # fsrs-rs weighs reviews by their place in time, from 0.25 to 1; here each counts the same.
    foretold = data.predictions(parameters)
    engine, items = fsrs_rs_python.FSRS(parameters), data.items()
    weights = 0.25 + 0.75 * np.linspace(0, 1, len(data)) ** 3
    ours = -np.log(np.where(data.remembered, foretold, 1 - foretold))
    theirs = engine.evaluate(items)
    assert np.average(ours, weights=weights) == pytest.approx(theirs.log_loss, abs=1e-4)
    assert weighted_rmse(data, foretold, weights) == pytest.approx(theirs.rmse_bins, abs=1e-4)


def test_rmse_is_taken_over_the_bins_of_the_benchmark(data, every):
    foretold = data.predictions(DEFAULT_PARAMETERS)
    score = data.score(foretold, every)
    assert score.rmse_bins == pytest.approx(weighted_rmse(data, foretold, np.ones(len(data))))


def weighted_rmse(data, foretold, weights):
    """RMSE (bins) written out: plain means within a bin of the FSRS benchmark, and each bin as heavy as its reviews."""
    bins = defaultdict(lambda: [0.0, 0.0, 0.0, 0])
    for number, target in enumerate(data.targets):
        card = data.cards[target.history]
        earlier = range(target.place)
        reviews = sum(card.gaps[place] > 0 for place in range(target.place + 1)) + 1
        lapses = sum(card.gaps[place] > 0 and card.ratings[place] == 1 for place in earlier)
        key = (
            round(2.48 * 3.62 ** math.floor(math.log(card.gaps[target.place], 3.62)), 2),
            round(1.99 * 1.89 ** math.floor(math.log(reviews, 1.89))),
            round(1.65 * 1.73 ** math.floor(math.log(lapses, 1.73))) if lapses else 0,
        )
        group = bins[key]
        group[0] += foretold[number]
        group[1] += data.remembered[number]
        group[2] += weights[number]
        group[3] += 1
    total = sum(group[2] for group in bins.values())
    return math.sqrt(sum(group[2] * ((group[0] - group[1]) / group[3]) ** 2 for group in bins.values()) / total)


def test_auc_counts_the_pairs_that_are_in_the_right_order(data, every):
    foretold = np.round(data.predictions(DEFAULT_PARAMETERS), 2)  # rounded, so that some are equal
    kept, lost = foretold[data.remembered], foretold[~data.remembered]
    pairs = [1.0 if high > low else 0.5 if high == low else 0.0 for high in kept for low in lost]
    assert data.score(foretold, every).auc == pytest.approx(sum(pairs) / len(pairs))


def test_predictions_of_what_is_not_chosen_are_left_out(data):
    tested = data.later()
    foretold = data.predictions(DEFAULT_PARAMETERS, tested)
    assert np.isnan(foretold[~tested]).all()
    assert np.array_equal(foretold[tested], data.predictions(DEFAULT_PARAMETERS)[tested])


def test_calibration_holds_every_chosen_review_once_from_low_to_high(data, every):
    bins = data.calibration(data.predictions(DEFAULT_PARAMETERS), every)
    assert len(bins) == CALIBRATION_BINS
    assert sum(each.reviews for each in bins) == len(data)
    assert [each.predicted for each in bins] == sorted(each.predicted for each in bins)
    remembered = sum(each.reviews * each.remembered for each in bins)
    assert remembered == pytest.approx(data.remembered.sum())


def test_the_time_split_tests_the_last_fifth_of_the_days_with_reviews(data):
    days, tested = sorted(set(data.day.tolist())), set(data.day[data.later()].tolist())
    assert tested == set(days[int(len(days) * 0.8) :])


def test_one_day_of_reviews_cannot_be_split_by_time():
    assert not Dataset([history("a", [(3, 1), (3, 2)])]).later().any()


def test_the_card_split_keeps_all_reviews_of_a_card_together(data):
    folds = data.folds()
    assert set(folds.tolist()) == set(range(FOLDS))
    for number, card in enumerate(data.cards):
        assert set(folds[data.owner == number].tolist()) <= {fold_of(card.card)}


def test_the_fold_of_a_card_hangs_on_its_id_alone():
    assert [fold_of(f"deck/card-{number}") for number in range(6)] == [4, 1, 3, 2, 1, 0]


def test_a_gain_has_the_error_of_its_cards_not_of_their_reviews():
    # The same card five times over says as much as once.
    one = Dataset([history(f"card-{n}", [(3, 0), (1 if n % 3 else 3, 4)]) for n in range(30)])
    many = Dataset(
        [history(f"card-{n}", [(3, 0), *([(1 if n % 3 else 3, 4 * d) for d in range(1, 6)])]) for n in range(30)]
    )
    errors = []
    for each in (one, many):
        before, after = np.full(len(each), 0.9), np.full(len(each), 0.4)
        errors.append(each.gain(before, after, np.ones(len(each), bool))[1])
    assert errors[1] == pytest.approx(errors[0])


def test_no_reviews_make_an_empty_dataset():
    empty = Dataset([])
    assert len(empty) == 0
    assert len(empty.predictions(DEFAULT_PARAMETERS)) == 0
    assert empty.folds().tolist() == []


def test_the_engine_is_given_the_reviews_up_to_a_place():
    card = history("a", [(3, 0), (1, 2), (3, 2), (4, 9)])
    given = [(review.split("rating: ")[1][0]) for review in map(repr, item_of(card, 2).reviews)]
    assert given == ["3", "1", "3"]


def test_the_first_day_of_the_seeded_learner_is_no_target(data):
    assert data.day.min() > FIRST_DAY
