"""Labels: each pixel takes the class whose score map is highest there.

Scores need not sum to 1: .45, .94, .02, .05 and .21 are scores, not probabilities, and the second class wins.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

from collections.abc import Sequence

from reference_impl import checks
from reference_impl.arrays import Matrix, Rows
from reference_impl.domain import Domain, array, stepped, whole
from reference_impl.reference import reference

_SIZES = {"classes": whole(1, 5), "height": whole(1, 4), "width": whole(1, 4)}
_SCORES = array("classes", "height", "width", of=stepped(0, 1, 0.01))


@reference(domain=Domain({"scores": _SCORES}, sizes=_SIZES))
def label_map(scores: Sequence[Rows]) -> Matrix:
    """Class of each pixel: scores (classes, H, W) give labels (H, W). Classes count from 0; of equals the first wins.

    Source: `torch.argmax` along the classes.
    """
    maps = checks.maps("scores", scores)
    height, width = len(maps[0]), len(maps[0][0])
    return tuple([tuple([_best([rows[y][x] for rows in maps]) for x in range(width)]) for y in range(height)])


def _best(values: Sequence[float]) -> int:
    """argmax_c s[c]."""
    return values.index(max(values))


@label_map.slip("Every pixel takes its own class; the class that is best on the whole is not asked for.")
def one_label_for_all(scores: Sequence[Rows]) -> Matrix:
    best = _best([sum(map(sum, rows)) for rows in scores])
    return tuple([tuple([best for _ in row]) for row in scores[0]])


@label_map.slip("The class with the highest score is taken, not the one with the lowest.")
def lowest_scores(scores: Sequence[Rows]) -> Matrix:
    return label_map([[[-score for score in row] for row in rows] for rows in scores])


@label_map.slip("Classes count from 0.")
def labels_from_one(scores: Sequence[Rows]) -> Matrix:
    return tuple([tuple([label + 1 for label in row]) for row in label_map(scores)])


@reference(
    domain=Domain(
        {"scores": _SCORES, "row": whole(0, 3), "column": whole(0, 3)},
        where=lambda scores, row, column: row < len(scores[0]) and column < len(scores[0][0]),
        sizes=_SIZES,
    )
)
def label_at(scores: Sequence[Rows], row: int, column: int) -> int:
    """Class of one pixel, by the scores (classes, H, W). Class, row and column count from 0; of equals the first wins.

    Source: `torch.argmax` along the classes.
    """
    maps = checks.maps("scores", scores)
    checks.whole(0, row=row, column=column)
    if row >= len(maps[0]) or column >= len(maps[0][0]):
        raise ValueError(
            f"row and column must be a pixel of the maps, which are {len(maps[0])}×{len(maps[0][0])}, "
            f"not ({row}, {column})"
        )
    return _best([rows[row][column] for rows in maps])


@label_at.slip("The row is counted downwards, the column to the right.")
def row_and_column_swapped_here(scores: Sequence[Rows], row: int, column: int) -> int:
    return label_at(scores, column, row)


@label_at.slip("The pixel's own scores decide, not those of the whole image.")
def best_on_the_whole(scores: Sequence[Rows]) -> int:
    return _best([sum(map(sum, rows)) for rows in scores])


@label_at.slip("The class with the highest score is taken, not the one with the lowest.")
def lowest_score(scores: Sequence[Rows], row: int, column: int) -> int:
    return _best([-rows[row][column] for rows in scores])


@label_at.slip("Classes count from 0.")
def label_from_one(scores: Sequence[Rows], row: int, column: int) -> int:
    return label_at(scores, row, column) + 1
