"""FSRS-6 parameters from a learner's own reviews, and whether they are better: on reviews that were held out.

Imported only to fit: it brings numpy.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from studytui.frozen import frozen
from studytui.memory.evaluation import FOLDS
from studytui.memory.schedule import DEFAULT_PARAMETERS, GREATEST_PARAMETERS, LEAST_PARAMETERS
from studytui.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import fsrs_rs_python as fsrs

    from studytui.memory.evaluation import Bin, Dataset, Flags, Floats, Score

    #: Told of each step before it begins: how many are done, of how many, and what comes.
    Progress = Callable[[int, int, str], None]

#: With fewer reviews than this, chance decides the parameters (Anki had the same limit).
LEAST_REVIEWS = 400
LEAST_CARDS = 20
#: Decimals of a parameter: FSRS's own tables have as many.
_DECIMALS = 4

DEFAULTS, IN_USE, FITTED = "defaults", "in use", "fitted"


class Refused(Problem):
    """The reviews cannot be fitted to; the text says why, and what to do."""


@frozen
class Row:
    """What one set of parameters is worth on the held-out reviews of a split."""

    name: str
    score: Score
    calibration: tuple[Bin, ...]


@frozen
class Split:
    """One way of holding out reviews: `name` is “time” or “card”.

    `gain` is by how much the log loss of the fitted parameters is lower than the defaults', `error` its standard
    error; `gain_in_use` is the same against the parameters in use.
    """

    name: str
    rows: tuple[Row, ...]
    gain: float
    error: float
    gain_in_use: float = 0.0

    def row(self, name: str) -> Row:
        """The row of “defaults”, “in use” or “fitted”."""
        return next(row for row in self.rows if row.name == name)


@frozen
class Fit:
    """New parameters, how they did on both splits, and whether to adopt them.

    `answers` are all ratings in the journal, `reviews` those that can be foretold, which alone are counted.
    """

    answers: int
    reviews: int
    cards: int
    days: int
    parameters: tuple[float, ...]
    splits: tuple[Split, ...]
    better: bool
    reason: str


def fit(
    data: Dataset,
    in_use: Sequence[float] = DEFAULT_PARAMETERS,
    *,
    relearning_steps: int = 1,
    progress: Progress = lambda done, total, what: None,  # noqa: ARG005 - nobody listens
) -> Fit:
    """Fits parameters to all reviews, and tries the same on those of the first days, and of four cards in five.

    Raises Refused for reviews that say too little. The same reviews always give the same parameters.
    """
    answers = sum(len(card.ratings) for card in data.cards)
    why = refusal(data, answers)
    if why:
        raise Refused(why)
    trainer = _Trainer(data, relearning_steps, progress, steps=FOLDS + 3)
    tested = data.later()
    foretold = trainer.predictions(~tested, tested, "fitting to the first days")
    by_time = _split(data, "time", foretold, tested, in_use)
    by_card = _split(data, "card", _by_card(data, trainer), np.ones(len(data), np.bool_), in_use)
    parameters = trainer.train(np.ones(len(data), np.bool_), "fitting to all reviews")
    trainer.tell("comparing")
    found = Fit(
        answers, len(data), len({each.history for each in data.targets}), len(np.unique(data.day)),
        parameters, (by_time, by_card), better=False, reason="",
    )  # fmt: skip
    better, reason = decision(found, in_use)
    return replace(found, better=better, reason=reason)


def _by_card(data: Dataset, trainer: _Trainer) -> Floats:
    """What each card's reviews are foretold by parameters that have seen nothing of the card."""
    foretold = np.full(len(data), np.nan)
    folds = data.folds()
    for fold in range(FOLDS):
        tested = folds == fold
        if tested.any():
            foretold[tested] = trainer.predictions(
                ~tested, tested, f"fitting to four fifths of the cards, {fold + 1} of {FOLDS}"
            )[tested]
        else:
            trainer.tell(f"fitting to four fifths of the cards, {fold + 1} of {FOLDS}")
    return foretold


def refusal(data: Dataset, answers: int) -> str:
    """Why reviews cannot be fitted to, in a sentence; nothing when they can."""
    if len(data) < LEAST_REVIEWS:
        return (
            f"fitting needs {LEAST_REVIEWS} reviews, each on a later day than the card's review before; "
            f"there are {len(data)}, in {answers:,} answers: study on, and try again"
        )
    cards = len({each.history for each in data.targets})
    if cards < LEAST_CARDS:
        return f"the reviews are of {cards} cards only; {LEAST_CARDS} are needed to hold some of them out"
    remembered = int(np.sum(data.remembered))
    if remembered in {0, len(data)}:
        outcome = "remembered" if remembered else "forgotten"
        return (
            f"all {len(data)} reviews were {outcome}: from these nothing can be learnt about forgetting; "
            "rate “again” what was not remembered, and only that"
        )
    if not data.later().any():
        return "all reviews are of one day; at least two are needed to hold one out"
    return ""


def decision(found: Fit, in_use: Sequence[float]) -> tuple[bool, str]:
    """Whether to adopt fitted parameters, and why.

    By time they must beat the defaults by more than the standard error; by card they must not be worse; and by time
    they must not be worse than those in use, which may have seen the reviews that were held out, so that what stands
    is given up only for something better.
    """
    by_time, by_card = found.splits
    if found.parameters == tuple(in_use):
        return False, "the parameters in use are those that fit; nothing changes"
    if by_time.gain <= 0:
        return False, f"on the last days the defaults foretold better, by {-by_time.gain:.4f}"
    if by_time.gain <= by_time.error:
        return False, (
            f"on the last days they gain {by_time.gain:.4f} over the defaults, within the error of {by_time.error:.4f}"
        )
    if by_card.gain < 0:
        return False, f"on unseen cards the defaults foretold better, by {-by_card.gain:.4f}"
    if by_time.gain_in_use < 0:
        return False, f"on the last days the parameters in use foretold better, by {-by_time.gain_in_use:.4f}"
    return True, (
        f"log loss is lower than with the defaults by {by_time.gain:.4f} (error {by_time.error:.4f}) on the last days, "
        f"and by {by_card.gain:.4f} on unseen cards"
    )


def _split(data: Dataset, name: str, fitted: Floats, tested: Flags, in_use: Sequence[float]) -> Split:
    """The rows of a split. The parameters in use have one only when they are not the defaults."""
    foretold = {DEFAULTS: data.predictions(DEFAULT_PARAMETERS, tested)}
    if tuple(in_use) != DEFAULT_PARAMETERS:
        foretold[IN_USE] = data.predictions(in_use, tested)
    foretold[FITTED] = fitted
    rows = tuple(
        Row(each, data.score(values, tested), data.calibration(values, tested)) for each, values in foretold.items()
    )
    gain, error = data.gain(foretold[DEFAULTS], fitted, tested)
    return Split(name, rows, gain, error, data.gain(foretold.get(IN_USE, foretold[DEFAULTS]), fitted, tested)[0])


class _Trainer:
    """The engine on some of the reviews, step by step."""

    def __init__(self, data: Dataset, relearning_steps: int, progress: Progress, steps: int) -> None:
        self._data, self._relearning_steps, self._progress = data, relearning_steps, progress
        self._done, self._steps = 0, steps
        self._items: list[fsrs.FSRSItem] = []

    def tell(self, what: str) -> None:
        """A step begins."""
        self._progress(self._done, self._steps, what)
        self._done += 1

    def train(self, chosen: Flags, what: str) -> tuple[float, ...]:
        """The parameters that fit the chosen reviews."""
        import fsrs_rs_python

        self.tell(what)
        self._items = self._items or self._data.items()
        items = [item for item, is_chosen in zip(self._items, chosen.tolist(), strict=True) if is_chosen]
        try:
            found = fsrs_rs_python.FSRS(DEFAULT_PARAMETERS).compute_parameters(
                items, num_relearning_steps=self._relearning_steps
            )
        except ValueError as error:
            raise Refused(f"FSRS finds no parameters for these reviews ({error}); the ones in use stay") from error
        return tuple(
            min(max(round(value, _DECIMALS), least), most)
            for value, least, most in zip(found, LEAST_PARAMETERS, GREATEST_PARAMETERS, strict=True)
        )

    def predictions(self, chosen: Flags, tested: Flags, what: str) -> Floats:
        """What parameters that fit the chosen reviews foretell of the tested ones."""
        return self._data.predictions(self.train(chosen, what), tested)
