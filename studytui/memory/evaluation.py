"""How well parameters foretell what was remembered: log loss, RMSE (bins), AUC, calibration, on chosen reviews.

Imported only to fit: it brings numpy.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import numpy as np

from studytui.frozen import frozen
from studytui.memory.training import targets

if TYPE_CHECKING:
    from collections.abc import Sequence

    import fsrs_rs_python as fsrs
    from numpy.typing import NDArray

    from studytui.memory.training import History

    Floats = NDArray[np.float64]
    Flags = NDArray[np.bool_]

#: Predictions are kept so far from certainty that one surprise costs a finite loss. (fsrs-rs computes in 32 bits.)
_CERTAIN = 1e-6
FOLDS = 5
#: Of the days with reviews, the first ones train and the rest test.
TRAINING_SHARE = 0.8
CALIBRATION_BINS = 10


@frozen
class Score:
    """What parameters are worth on some reviews. Lower is better, but for `auc`, which is 0.5 for guessing."""

    reviews: int
    log_loss: float
    rmse_bins: float
    auc: float
    predicted: float
    remembered: float


@frozen
class Bin:
    """A group of reviews with like predictions: how many, the mean prediction, and the share that was remembered."""

    reviews: int
    predicted: float
    remembered: float


class Dataset:
    """The histories with every target laid out in arrays, in the order of the days."""

    def __init__(self, cards: Sequence[History]) -> None:
        self.cards = list(cards)
        self.targets = targets(self.cards)
        count = len(self.targets)
        self.owner = np.fromiter((each.history for each in self.targets), np.int64, count)
        self.place = np.fromiter((each.place for each in self.targets), np.int64, count)
        self.day = np.fromiter((each.day for each in self.targets), np.int64, count)
        ratings = (self.cards[each.history].ratings[each.place] for each in self.targets)
        self.remembered = np.fromiter((rating > 1 for rating in ratings), np.bool_, count)
        gaps = (self.cards[each.history].gaps[each.place] for each in self.targets)
        self.gap = np.fromiter(gaps, np.int64, count)
        self._group = self._bins()

    def __len__(self) -> int:
        return len(self.targets)

    def _bins(self) -> NDArray[np.int64]:
        """The number of each target's group for RMSE (bins), as the FSRS benchmark forms them.

        By the interval, the reviews on later days so far (this one among them, and one more), and the lapses so far,
        each on a logarithmic scale (fsrs-rs, `r_matrix_index`).
        """
        reviews = np.zeros(len(self), np.int64)
        lapses = np.zeros(len(self), np.int64)
        index = {(each.history, each.place): number for number, each in enumerate(self.targets)}
        for number, card in enumerate(self.cards):
            lapsed = 0
            for done, place in enumerate(card.targets(), 2):
                target = index[number, place]
                reviews[target], lapses[target] = done, lapsed
                lapsed += card.ratings[place] == 1
        keys = np.stack([_step(self.gap, 3.62), _step(reviews, 1.89), np.where(lapses > 0, _step(lapses, 1.73), -1)])
        if not len(self):
            return np.zeros(0, np.int64)
        return np.unique(keys, axis=1, return_inverse=True)[1].reshape(-1).astype(np.int64)

    # -- splits --------------------------------------------------------------------------------------------------------

    def later(self) -> Flags:
        """The time split: the targets on the last fifth of the days, which are tested; all earlier ones train."""
        days = np.unique(self.day)
        if len(days) < 2:
            return np.zeros(len(self), np.bool_)
        first = days[min(max(int(len(days) * TRAINING_SHARE), 1), len(days) - 1)]
        tested: Flags = self.day >= first
        return tested

    def folds(self) -> NDArray[np.int64]:
        """The card split: the fold (0 to 4) of each target, which hangs on its card's id alone."""
        by_card = np.fromiter((fold_of(card.card) for card in self.cards), np.int64, len(self.cards))
        folds: NDArray[np.int64] = by_card[self.owner] if len(self) else np.zeros(0, np.int64)
        return folds

    # -- predictions ---------------------------------------------------------------------------------------------------

    def predictions(self, parameters: Sequence[float], chosen: Flags | None = None) -> Floats:
        """The retrievability that parameters give each target just before it; nan for those that are not chosen."""
        import fsrs_rs_python

        wanted = np.ones(len(self), np.bool_) if chosen is None else chosen
        last: dict[int, int] = {}
        for owner, place in zip(self.owner[wanted].tolist(), self.place[wanted].tolist(), strict=True):
            last[owner] = max(last.get(owner, 0), place)
        items = [item_of(self.cards[owner], place) for owner, place in last.items()]
        states = fsrs_rs_python.FSRS(parameters).historical_memory_state_batch(items)
        by_owner = dict(zip(last, states, strict=True))
        stability = np.full(len(self), np.nan)
        for number in np.flatnonzero(wanted).tolist():
            target = self.targets[number]
            stability[number] = by_owner[target.history][target.place - 1].stability
        return retrievability(stability, self.gap, parameters)

    def score(self, predictions: Floats, chosen: Flags) -> Score:
        """How well predictions met what happened, on the chosen targets, of which there is at least one."""
        foretold, happened = predictions[chosen], self.remembered[chosen]
        group = self._group[chosen]
        counts = np.bincount(group).astype(np.float64)
        filled = counts > 0
        off = np.bincount(group, weights=foretold - happened)[filled] / counts[filled]
        return Score(
            len(foretold),
            float(np.mean(losses(foretold, happened))),
            float(np.sqrt(np.sum(off**2 * counts[filled]) / len(foretold))),
            _auc(foretold, happened),
            float(np.mean(foretold)),
            float(np.mean(happened)),
        )

    def calibration(self, predictions: Floats, chosen: Flags) -> tuple[Bin, ...]:
        """The chosen targets in ten groups of equal size, from the least likely to be remembered to the most."""
        foretold, happened = predictions[chosen], self.remembered[chosen]
        order = np.argsort(foretold, kind="stable")
        groups = [group for group in np.array_split(order, CALIBRATION_BINS) if len(group)]
        return tuple(
            Bin(len(group), float(np.mean(foretold[group])), float(np.mean(happened[group]))) for group in groups
        )

    def gain(self, before: Floats, after: Floats, chosen: Flags) -> tuple[float, float]:
        """By how much the log loss is lower after than before, and the standard error of that.

        Reviews of one card are no independent witnesses: the error is taken over cards.
        """
        happened = self.remembered[chosen]
        differences = losses(before[chosen], happened) - losses(after[chosen], happened)
        mean = float(np.mean(differences))
        by_card = np.bincount(self.owner[chosen], weights=differences - mean)
        return mean, float(np.sqrt(np.sum(by_card**2)) / len(differences))

    # -- the engine ----------------------------------------------------------------------------------------------------

    def items(self) -> list[fsrs.FSRSItem]:
        """One item a target for the engine: the reviews up to it."""
        import fsrs_rs_python

        reviews = [
            [fsrs_rs_python.FSRSReview(rating, gap) for rating, gap in zip(card.ratings, card.gaps, strict=True)]
            for card in self.cards
        ]
        return [fsrs_rs_python.FSRSItem(reviews[each.history][: each.place + 1]) for each in self.targets]


def fold_of(card: str) -> int:
    """The fold of a card, by the SHA-256 of its id."""
    digest = hashlib.sha256(card.encode("utf-8", "surrogatepass")).digest()
    return int.from_bytes(digest[:8]) % FOLDS


def item_of(card: History, place: int) -> fsrs.FSRSItem:
    """The reviews of a card up to a place, as the engine takes them."""
    import fsrs_rs_python

    reviews = zip(card.ratings[: place + 1], card.gaps[: place + 1], strict=True)
    return fsrs_rs_python.FSRSItem([fsrs_rs_python.FSRSReview(rating, gap) for rating, gap in reviews])


def retrievability(stability: Floats, days: NDArray[Any], parameters: Sequence[float]) -> Floats:
    """FSRS-6's forgetting curve, which is 0.9 when as many days as the stability have passed: w20 is its decay."""
    decay = -parameters[20]
    factor = 0.9 ** (1 / decay) - 1
    # R(t, S) = (1 + factor·t / S)^decay
    curve: Floats = (1 + factor * days / stability) ** decay
    return curve


def losses(foretold: Floats, happened: Flags) -> Floats:
    """The log loss of each prediction."""
    kept = np.clip(foretold, _CERTAIN, 1 - _CERTAIN)
    each: Floats = -np.log(np.where(happened, kept, 1 - kept))
    return each


def _step(values: NDArray[np.int64], base: float) -> NDArray[np.int64]:
    """The step of a logarithmic scale on which each value stands."""
    steps: NDArray[np.int64] = np.floor(np.log(np.maximum(values, 1)) / np.log(base)).astype(np.int64)
    return steps


def _auc(foretold: Floats, happened: Flags) -> float:
    """The chance that a remembered review was given more than a forgotten one; 0.5 where one of them is missing."""
    kept, lost = int(np.sum(happened)), int(np.sum(~happened))
    if not kept or not lost:
        return 0.5
    _, inverse, counts = np.unique(foretold, return_inverse=True, return_counts=True)
    rank = np.cumsum(counts) - (counts - 1) / 2  # equal predictions share the mean of their ranks
    return float((np.sum(rank[inverse][happened]) - kept * (kept + 1) / 2) / (kept * lost))
