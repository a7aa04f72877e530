"""What fits and forecasts say: rows for the screen and the terminal, and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl.figures import Curves, Series
from studytui.drawing import draw
from studytui.face import Row, sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from studytui.fitting.requests import Fitted
    from studytui.journal.learnt import Moved
    from studytui.memory.fitting import Fit, Split
    from studytui.memory.forecast import Forecast, Outlook
    from studytui.settings import Settings

#: From this width on columns have their whole names.
_WIDE = 66
_HELD_OUT = {"time": "Held out by time: the last fifth of the days", "card": "Held out by card: each card once, unseen"}
#: Retentions in the table of a forecast; the one in use and the one of least work are added.
_TOLD = (0.70, 0.75, 0.80, 0.85, 0.90, 0.93, 0.95, 0.97)


# -- fits --------------------------------------------------------------------------------------------------------------


def fit_rows(fitted: Fitted, width: int, height: int = 12) -> list[Row]:
    """Both splits with their rows and plots; what was decided stands first."""
    fit = fitted.fit
    words = f"Fitted to {_many(fit.reviews, 'review')} on a later day ({_many(fit.answers, 'answer')}, "
    rows = [
        *_verdict(fitted, width),
        Row(),
        *sentence(words + f"{_many(fit.cards, 'card')}, {_many(fit.days, 'day')})", width, "muted"),
    ]
    for split in fit.splits:
        rows += [Row(), *sentence(_HELD_OUT[split.name], width, "accent"), *_table(split, width), Row()]
        rows += calibration_rows(split, width, height)
    return rows


def _verdict(fitted: Fitted, width: int) -> list[Row]:
    fit = fitted.fit
    rows = sentence(
        f"{'✓ Better' if fit.better else '– Not better'}: {fit.reason}.", width, "right" if fit.better else "close"
    )
    return rows + (sentence(moved_words(fitted.moved), width) if fitted.moved is not None else [])


def moved_words(moved: Moved) -> str:
    """How many due dates move, in a sentence."""
    share = moved.earlier + moved.later
    if not share:
        return "No due date moves."
    return (
        f"{share:,} of {_many(moved.cards, 'due date')} {'moves' if share == 1 else 'move'}: "
        f"{moved.earlier:,} earlier, {moved.later:,} later."
    )


def moved_dict(moved: Moved) -> dict[str, int]:
    """The same for programs."""
    return {"cards": moved.cards, "earlier": moved.earlier, "later": moved.later}


def _table(split: Split, width: int) -> list[Row]:
    """One row for each set of parameters; where there is little room, shorter names, and no AUC."""
    wide = width >= _WIDE
    columns = (
        {"log loss": 10, "RMSE (bins)": 13, "foretold": 10, "remembered": 12, "AUC": 7}
        if wide
        else {"loss": 7, "RMSE": 7, "said": 6, "was": 6}
    )
    count, margin = split.rows[0].score.reviews, 16 if wide else 8
    reviews = f"{count:,} reviews" if wide else f"n={count}"
    rows = [Row(((_line(reviews, columns, columns.values(), margin), "muted"),))]
    for row in split.rows:
        score = row.score
        cells = (
            f"{score.log_loss:.4f}", f"{score.rmse_bins:.4f}", f"{score.predicted:.1%}", f"{score.remembered:.1%}",
            f"{score.auc:.2f}",
        )  # fmt: skip
        rows.append(Row(((_line(row.name, cells[: len(columns)], columns.values(), margin), "plain"),)))
    return rows


def _line(name: str, cells: Iterable[str], sizes: Iterable[int], margin: int) -> str:
    return name[:margin].ljust(margin) + "".join(cell.rjust(size) for cell, size in zip(cells, sizes, strict=True))


def calibration_rows(split: Split, width: int, height: int = 12) -> list[Row]:
    """The plot of what was remembered over what was foretold: on the line where a forecast is honest."""
    shown = [row for row in split.rows if row.name in {"defaults", "fitted"}]
    xs = sorted({each.predicted for row in shown for each in row.calibration})
    series = [Series("honest", tuple(xs))]
    for row in shown:
        told = {each.predicted: each.remembered for each in row.calibration}
        series.append(Series(row.name, tuple(told.get(x, float("nan")) for x in xs)))
    return _plot(Curves("Calibration", "foretold", "remembered", tuple(xs), tuple(series)), width, height)


def _plot(figure: Curves, width: int, height: int) -> list[Row]:
    return [Row(((line, "plain"),)) for line in draw(figure, width, height) or ()]


def fit_dict(fitted: Fitted, *, adopted: bool) -> dict[str, object]:
    """A fit for programs."""
    fit, moved = fitted.fit, fitted.moved
    return {
        "answers": fit.answers,
        "reviews": fit.reviews,
        "cards": fit.cards,
        "days": fit.days,
        "parameters": list(fit.parameters),
        "better": fit.better,
        "adopted": adopted,
        "reason": fit.reason,
        "moved": None if moved is None else moved_dict(moved),
        "splits": {split.name: _split_dict(split) for split in fit.splits},
    }


def _split_dict(split: Split) -> dict[str, object]:
    return {
        "gain": split.gain,
        "error": split.error,
        "gain_in_use": split.gain_in_use,
        "rows": {
            row.name: {
                "reviews": row.score.reviews,
                "log_loss": row.score.log_loss,
                "rmse_bins": row.score.rmse_bins,
                "auc": row.score.auc,
                "foretold": row.score.predicted,
                "remembered": row.score.remembered,
                "calibration": [
                    {"reviews": each.reviews, "foretold": each.predicted, "remembered": each.remembered}
                    for each in row.calibration
                ],
            }
            for row in split.rows
        },
    }


def in_use_words(settings: Settings) -> str:
    """Which parameters are in use, and since when; in a sentence."""
    since = f" since {settings.parameters_since}" if settings.parameters_since else ""
    return f"In use{since}: {'your own parameters' if settings.parameters else 'the default parameters'}."


def gone_back_words(settings: Settings) -> str:
    """What the way back led to."""
    what = "The parameters from before are" if settings.parameters else "The defaults are"
    return f"{what} in use again; `studytui fit --back` once more undoes this."


def better_words(fit: Fit, *, adopted: bool) -> str:
    """What became of a fit."""
    if adopted:
        return "Adopted: written into the settings, in use now. `studytui fit --back` is the way back."
    if fit.better:
        return "Not adopted, since this was a dry run: nothing was changed."
    return "Kept: the parameters in use stay."


# -- forecasts ---------------------------------------------------------------------------------------------------------


def forecast_rows(forecast: Forecast, retention: float, width: int, height: int = 12) -> list[Row]:
    """The table of outlooks, the one of `retention` and the one of least work marked, and the plot of the minutes."""
    if not forecast.cards:
        return least_work_rows(forecast, width)
    least, chosen = forecast.least_work, forecast.at(retention)
    cards = f"{_many(forecast.cards, 'card')} ({forecast.unseen:,} new), {_many(forecast.days, 'day')}"
    rows = [*sentence(f"{cards}, on average each day:", width, "muted")]
    rows += outlook_table(forecast, retention, width)
    rows += [Row(), *least_work_rows(forecast, width)]
    if chosen.minutes - least.minutes >= 0.05:
        rows += sentence(
            f"At {chosen.retention:.2f} it is {chosen.minutes - least.minutes:.1f} minutes a day more, for "
            f"{chosen.remembered - least.remembered:,.0f} more cards remembered.",
            width,
        )
    rows += [*sentence(habits_words(forecast), width, "muted"), Row()]
    figure = Curves(
        "Work",
        "desired retention",
        "minutes a day",
        tuple(each.retention for each in forecast.outlooks),
        (Series("", tuple(each.minutes for each in forecast.outlooks)),),
    )
    return rows + _plot(figure, width, height)


def outlook_words(forecast: Forecast, retention: float, width: int) -> list[Row]:
    """What one retention brings, in a sentence."""
    each = forecast.at(retention)
    words = (
        f"{each.reviews:,.1f} reviews and {each.minutes:,.1f} minutes a day, {each.remembered:,.0f} cards remembered."
    )
    return sentence(words, width, "strong")


def outlook_table(forecast: Forecast, retention: float, width: int) -> list[Row]:
    """One row a retention; `▸` is the one chosen, `*` the one of least work."""
    least, chosen = forecast.least_work, forecast.at(retention)
    wide = width >= _WIDE
    columns = (
        {"reviews": 11, "minutes": 11, "remembered": 14, "minutes a card": 18}
        if wide
        else {"reviews": 8, "min": 7, "known": 8, "each": 6}
    )
    margin = 13 if wide else 7
    rows = [Row(((_line("retention" if wide else "  for", columns, columns.values(), margin), "muted"),))]
    for each in _told(forecast, least, chosen):
        cells = (
            f"{each.reviews:,.1f}", f"{each.minutes:,.1f}", f"{each.remembered:,.0f}",
            f"{each.cost(forecast.days):.2f}" if each.remembered else "–",
        )  # fmt: skip
        name = f"{'▸' if each is chosen else ' '}{'*' if each is least else ' '}{each.retention:.2f}"
        rows.append(Row(((_line(name, cells, columns.values(), margin), "strong" if each is chosen else "plain"),)))
    return rows


def _told(forecast: Forecast, *more: Outlook) -> list[Outlook]:
    wanted = {*_TOLD, *(each.retention for each in more)}
    return [each for each in forecast.outlooks if each.retention in wanted]


def least_work_rows(forecast: Forecast, width: int) -> list[Row]:
    """The retention of least work, and whether it lies at the edge of what was tried."""
    least = forecast.least_work
    if not least.remembered:
        return sentence("There are no cards, and so there is no work.", width)
    edge = least.retention in {forecast.outlooks[0].retention, forecast.outlooks[-1].retention}
    words = f"* Least work: {least.retention:.2f}, {least.cost(forecast.days):.2f} minutes for each card remembered"
    return sentence(words + (", the edge of what was tried." if edge else "."), width, "accent")


def habits_words(forecast: Forecast) -> str:
    """Whose times these are."""
    own = forecast.habits.own
    if own == 5:
        return "Times are your own."
    return f"Times are {'partly your own, the others' if own else ''} defaults: more reviews will tell.".replace(
        "  ", " "
    )


def forecast_dict(forecast: Forecast, retention: float) -> dict[str, object]:
    """A forecast for programs."""
    habits = forecast.habits
    return {
        "days": forecast.days,
        "cards": forecast.cards,
        "new": forecast.unseen,
        "desired_retention": retention,
        "least_work": forecast.least_work.retention if forecast.least_work.remembered else None,
        "seconds": {"new": habits.new_seconds, "review": list(habits.review_seconds), "own": habits.own},
        "retentions": [
            {
                "retention": each.retention,
                "reviews_a_day": each.reviews,
                "new_a_day": each.new,
                "minutes_a_day": each.minutes,
                "remembered": each.remembered,
                "minutes_a_card": each.cost(forecast.days) if each.remembered else None,
            }
            for each in forecast.outlooks
        ],
    }


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
