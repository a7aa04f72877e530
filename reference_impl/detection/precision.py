"""Precision and recall of ranked detections, and the average precision that sums them up.

A ranking lists detections by falling score, each as 1 (it finds an object that no better one has found) or 0. Source:
Everingham and others, “The PASCAL visual object classes (VOC) challenge” (2010), and its later development kits.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from reference_impl import checks
from reference_impl.domain import Domain, array, choice, whole
from reference_impl.reference import reference

#: Most detections in a ranking, and most objects.
MOST_DETECTIONS = 64
MOST_OBJECTS = 1_000

_HITS = array("detections", of=choice(0, 1))
_SIZES = {"detections": whole(1, 8)}
_METHODS = ("all-point", "11-point")


def _ranking(hits: Any) -> tuple[int, ...]:
    """Zeros and ones."""
    ranking = checks.steps("hits", hits, MOST_DETECTIONS, "detections")
    for hit in ranking:
        if type(hit) is not int or hit not in {0, 1}:
            raise ValueError(f"every entry of hits must be 1 for a true detection or 0, not {checks.shown(hit)}")
    return tuple(ranking)


def _check_objects(ranking: Sequence[int], ground_truths: int) -> None:
    checks.whole(1, MOST_OBJECTS, ground_truths=ground_truths)
    if sum(ranking) > ground_truths:
        raise ValueError(
            f"ground_truths must be at least the number of true detections: {sum(ranking)}, not {ground_truths}"
        )


def _check_rank(ranking: Sequence[int], rank: int) -> None:
    checks.whole(1, rank=rank)
    if rank > len(ranking):
        raise ValueError(f"rank must be one of the {len(ranking)} detections, not {rank}")


@reference(
    domain=Domain({"hits": _HITS, "rank": whole(1, 8)}, where=lambda hits, rank: rank <= len(hits), sizes=_SIZES)
)
def precision_at(hits: Sequence[int], rank: int) -> float:
    """Share of true detections among the first `rank` of a ranking. Ranks count from 1."""
    ranking = _ranking(hits)
    _check_rank(ranking, rank)
    # TP / (TP + FP)
    return sum(ranking[:rank]) / rank


@precision_at.slip("Only the detections down to this rank count, not those behind it.")
def precision_of_all(hits: Sequence[int]) -> float:
    return sum(hits) / len(hits)


@precision_at.slip("Divide by the detections down to this rank, not by all of the ranking.")
def share_of_all(hits: Sequence[int], rank: int) -> float:
    return sum(hits[:rank]) / len(hits)


@precision_at.slip("That is the share of the true detections that are found down to here; precision asks what is true.")
def recall_for_precision(hits: Sequence[int], rank: int) -> float:
    if not any(hits):
        raise ValueError("nothing is found")
    return sum(hits[:rank]) / sum(hits)


@reference(
    domain=Domain(
        {"hits": _HITS, "ground_truths": whole(1, 8), "rank": whole(1, 8)},
        where=lambda hits, ground_truths, rank: rank <= len(hits) and sum(hits) <= ground_truths,
        sizes=_SIZES,
    )
)
def recall_at(hits: Sequence[int], ground_truths: int, rank: int) -> float:
    """Share of the objects that the first `rank` detections of a ranking find. Ranks count from 1.

    ground_truths: all objects that there are, found or not.
    """
    ranking = _ranking(hits)
    _check_objects(ranking, ground_truths)
    _check_rank(ranking, rank)
    # TP / (TP + FN)
    return sum(ranking[:rank]) / ground_truths


@recall_at.slip("That is precision; recall divides by the objects that there are.")
def precision_for_recall(hits: Sequence[int], rank: int) -> float:
    return sum(hits[:rank]) / rank


@recall_at.slip("Objects that no detection finds count, too: divide by all ground truths.")
def found_objects_only(hits: Sequence[int], rank: int) -> float:
    if not any(hits):
        raise ValueError("nothing is found")
    return sum(hits[:rank]) / sum(hits)


@recall_at.slip("Only the detections down to this rank count, not those behind it.")
def recall_of_all(hits: Sequence[int], ground_truths: int) -> float:
    return sum(hits) / ground_truths


@reference(
    domain=Domain(
        {"hits": _HITS, "ground_truths": whole(1, 8), "interpolation": choice(*_METHODS)},
        where=lambda hits, ground_truths, interpolation: 0 < sum(hits) <= ground_truths,  # noqa: ARG005 - given by name
        sizes=_SIZES,
    )
)
def average_precision(hits: Sequence[int], ground_truths: int, interpolation: str = "all-point") -> float:
    """Average precision of ranked detections, as PASCAL VOC computes it.

    The precision at a recall is taken as the best one at that recall or more. “all-point” is the area below it (VOC
    from 2010 on); “11-point” is its mean at the recalls 0, 0.1, …, 1 (VOC 2007), 0 where a recall is not reached.
    """
    ranking = _ranking(hits)
    _check_objects(ranking, ground_truths)
    checks.one_of(_METHODS, interpolation=interpolation)
    found = list(accumulate(ranking))
    precisions = [true / rank for rank, true in enumerate(found, 1)]
    # p(r) = max over r' ≥ r of precision(r'), from the last rank back to the first
    envelope = list(accumulate(reversed(precisions), max))[::-1]
    if interpolation == "11-point":
        # AP = 1/11 · Σ p(r), r = 0, 0.1, …, 1
        reached = [
            next((p for p, true in zip(envelope, found, strict=True) if 10 * true >= tenths * ground_truths), 0.0)
            for tenths in range(11)
        ]
        return sum(reached) / len(reached)
    # AP = Σ (r_i − r_{i−1}) · p(r_i): recall grows by 1 / ground_truths at each true detection
    return sum(p for p, hit in zip(envelope, ranking, strict=True) if hit) / ground_truths


@average_precision.slip("The precision at a recall is the best at that recall or more: it never rises with the recall.")
def not_interpolated(hits: Sequence[int], ground_truths: int) -> float:
    return sum(precision_at(hits, rank) for rank, hit in enumerate(hits, 1) if hit) / ground_truths


@average_precision.slip("Objects that no detection finds count with precision 0: divide by all ground truths.")
def missed_objects_forgotten(hits: Sequence[int], interpolation: str) -> float:
    return average_precision(hits, sum(hits), interpolation)


@average_precision.slip("VOC 2007 takes the mean at 11 recalls; from 2010 on it is the area below all points.")
def the_other_interpolation(hits: Sequence[int], ground_truths: int, interpolation: str) -> float:
    other = "11-point" if interpolation == "all-point" else "all-point"
    return average_precision(hits, ground_truths, other)


@average_precision.slip("That is the precision of the whole ranking; the average is taken over the recalls.")
def plain_precision(hits: Sequence[int]) -> float:
    return sum(hits) / len(hits)
