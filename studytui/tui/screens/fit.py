"""The Fit screen: parameters fitted to the learner's reviews, adopted or not; and what each retention would cost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from studytui.fitting.process import Step
from studytui.problems import Problem
from studytui.tui.doing import answering, doing
from studytui.tui.keys import key
from studytui.tui.reporting import telling
from studytui.tui.screens.page import Page
from studytui.tui.widgets.bars import TitleBar
from studytui.tui.widgets.card_view import CardView
from studytui.tui.working import Working

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.binding import BindingType

    from studytui.desk import Desk
    from studytui.face import Row
    from studytui.fitting.adopting import Before
    from studytui.fitting.requests import Answer, Fitted
    from studytui.memory.forecast import Forecast

_LEAST, _MOST, _STEP = 0.70, 0.97, 0.01


class FitScreen(Page):
    """Two views: the fit, and the forecast. Only one thing is worked on at a time; esc ends it at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("fit.start", "enter,space", "start", "fit", "Fit parameters to your reviews; nothing is adopted yet"),
        key("fit.adopt", "a", "adopt", "adopt", "Take the fitted parameters into use; every due date follows"),
        key("fit.back", "b", "back", "way back", "Take the parameters from before into use again, or the defaults"),
        key("fit.less", "left,h", "retention(-1)", "less", "A lower desired retention: less work, more forgotten"),
        key("fit.more", "right,l", "retention(1)", "more", "A higher desired retention: more work, less forgotten"),
        key("fit.keep", "s", "keep", "set", "Set this desired retention; every due date follows"),
        key("fit.deck", "d,tab", "deck(1)", "deck", "The next deck; behind the last one all decks"),
        key("fit.deck_before", "shift+tab", "deck(-1)", "deck before", "The deck before", show=False),
        key("fit.forecast", "f", "forecast", "forecast", "What each desired retention would cost"),
        key("fit.fit", "f", "fit", "parameters", "Back to the parameters"),
        key("page.close", "escape,q", "close", "back", "End the work, or go back to the screen below"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__("Fit")
        self._desk = desk
        self._working = Working(self._heard)
        self._step: Step | None = None
        self._problem = ""
        self._answers = desk.schedule.reviews_count()
        self._fitted: Fitted | None = None
        self._decks = ["", *desk.decks.ids]
        self._deck = 0
        self._forecasting = False
        self._forecasts: dict[str, Forecast] = {}
        self._retention = self._set_retention

    # -- what is shown -------------------------------------------------------------------------------------------------

    def rows(self, width: int) -> list[Row]:
        """The state, what is being worked on, and the results so far."""
        from studytui.face import Row, sentence

        rows = self._head(width)
        if self._step is not None:
            rows += [Row(), *sentence(f"{self._step} · esc cancels", width, "accent")]
        if doing(self).words:
            rows += [Row(), *sentence(doing(self).words, width, "accent")]
        if self._problem:
            rows += [Row(), *sentence(self._problem, width, "close")]
        return rows + (self._forecast_rows(width) if self._forecasting else self._fit_rows(width))

    def _head(self, width: int) -> list[Row]:
        from studytui.face import sentence
        from studytui.fitting.telling import in_use_words

        if not self._forecasting:
            return sentence(f"{self._answers:,} answers in the journal. {in_use_words(self._desk.settings)}", width)
        set_ = self._set_retention
        state = "as it is set" if self._retention == set_ else f"set is {set_:.2f}; s sets this one"
        own = 0 if self._scope else len(self._desk.settings.deck_retention)
        others = f" ({own} {'deck has its' if own == 1 else 'decks have their'} own)" if own else ""
        return [
            *sentence(self._desk.decks.title(self._scope) if self._scope else "All decks", width, "title"),
            *sentence(f"Desired retention {self._retention:.2f}, {state}{others}", width),
        ]

    def _fit_rows(self, width: int) -> list[Row]:
        from studytui.face import Row, sentence
        from studytui.fitting.telling import fit_rows

        if self._fitted is not None:
            return [Row(), *fit_rows(self._fitted, width)]
        if self._step is not None or self._problem:
            return []
        words = (
            "FSRS foretells how likely you remember a card. Its parameters can be fitted to your own reviews: enter "
            "tries it, on reviews that are held out, and shows whether it is better. f shows what a desired retention "
            "costs."
        )
        return [Row(), *sentence(words, width, "muted")]

    def _forecast_rows(self, width: int) -> list[Row]:
        from studytui.face import Row
        from studytui.fitting.telling import forecast_rows, outlook_words

        found = self._forecasts.get(self._scope)
        if found is None:
            return []
        return [*outlook_words(found, self._retention, width), Row(), *forecast_rows(found, self._retention, width)]

    def _show(self, *, top: bool = False) -> None:
        self.query_one(TitleBar).show("Forecast" if self._forecasting else "Fit", "")
        self.query_one(CardView).show(self.rows, keep_scroll=not top)
        self.refresh_bindings()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Only what can be done now has a key."""
        at_rest, fitting = not (self._working.is_on or doing(self).is_on), not self._forecasting
        possible = {
            "start": fitting and at_rest,
            "adopt": fitting and at_rest and self._adoptable,
            "back": fitting and at_rest and self._can_go_back,
            "forecast": fitting and at_rest,
            "fit": self._forecasting and not doing(self).is_on,
            "retention": self._forecasting and self._scope in self._forecasts,
            "deck": self._forecasting and len(self._decks) > 1 and not doing(self).is_on,
            "keep": self._forecasting and at_rest and self._retention != self._set_retention,
        }
        return possible.get(action, True)

    @property
    def _can_go_back(self) -> bool:
        from studytui.fitting.adopting import can_go_back

        return can_go_back(self._desk.settings)

    @property
    def _adoptable(self) -> bool:
        if self._fitted is None or not self._fitted.fit.better:
            return False
        return self._desk.settings.parameters != self._fitted.fit.parameters

    @property
    def _scope(self) -> str:
        """The deck that is looked at; nothing for all of them."""
        return self._decks[self._deck]

    @property
    def _set_retention(self) -> float:
        settings = self._desk.settings
        return settings.deck_retention.get(self._scope, settings.desired_retention)

    # -- work ----------------------------------------------------------------------------------------------------------

    def _heard(self, heard: Step | Answer | Problem) -> None:
        from studytui.fitting.requests import Fitted
        from studytui.memory.forecast import Forecast

        self._step = heard if isinstance(heard, Step) else None
        if isinstance(heard, Problem):
            words = str(heard)
            self._problem = f"{words[0].upper()}{words[1:]}."
        elif isinstance(heard, Fitted):
            self._fitted = heard
        elif isinstance(heard, Forecast):
            self._forecasts[self._scope] = heard
        if self.is_mounted:
            self._show(top=self._step is None and not self._forecasting)

    def action_start(self) -> None:
        """Begins to fit."""
        from studytui.fitting.requests import FitRequest

        self._fitted, self._problem, self._step = None, "", Step(0, 1, "starting")
        self._working.begin(FitRequest(self._desk.journal_file, self._desk.settings))
        self._show(top=True)

    def action_forecast(self) -> None:
        """To the forecast; it is made when there is none yet."""
        from studytui.fitting.requests import ForecastRequest

        self._forecasting, self._problem = True, ""
        self._retention = min(max(self._set_retention, _LEAST), _MOST)
        if self._scope not in self._forecasts:
            self._step = Step(0, 1, "starting")
            decks = (self._scope,) if self._scope else tuple(self._decks[1:])
            self._working.begin(
                ForecastRequest(self._desk.journal_file, self._desk.settings, decks, self._desk.day.today)
            )
        self._show(top=True)

    def action_fit(self) -> None:
        """Back to the parameters."""
        self._stop()
        self._forecasting = False
        self._show(top=True)

    def action_retention(self, by: int) -> None:
        """Another desired retention; nothing is set yet."""
        self._retention = min(max(round(self._retention + by * _STEP, 2), _LEAST), _MOST)
        self._show()

    def action_deck(self, by: int) -> None:
        """Another deck."""
        self._stop()
        self._deck = (self._deck + by) % len(self._decks)
        self.action_forecast()

    def action_close(self) -> None:
        """Ends the work that is being done; when there is none, the screen."""
        if doing(self).end():
            return
        if not self._working.is_on:
            self.dismiss()
            return
        self._stop()
        self.notify("Cancelled; nothing was changed.")
        if self._forecasting and self._scope not in self._forecasts:
            self._forecasting = False
        self._show(top=True)

    def _stop(self) -> None:
        self._working.cancel()
        self._step, self._problem = None, ""

    def on_unmount(self) -> None:
        """No process outlives the screen."""
        doing(self).leave()
        self._working.cancel()

    # -- what is set ---------------------------------------------------------------------------------------------------

    def action_adopt(self) -> None:
        """Takes the fitted parameters into use."""
        from studytui.fitting.adopting import adopt

        if self._fitted is not None:
            parameters = self._fitted.fit.parameters
            self._change(lambda: adopt(self._desk, parameters))

    def action_back(self) -> None:
        """Takes the parameters from before into use."""
        from studytui.fitting.adopting import go_back

        self._change(lambda: go_back(self._desk))

    def action_keep(self) -> None:
        """Sets the desired retention that is shown."""
        from studytui.fitting.adopting import keep_retention

        self._change(lambda: keep_retention(self._desk, self._retention, self._scope))

    def _change(self, write: Callable[[], Before]) -> None:
        """Writes settings; then all memories are computed again beside the screen, or the settings are put back."""
        from studytui.fitting.requests import Reschedule

        try:
            before = write()
        except Problem as problem:
            self.notify(str(problem), severity="error", timeout=12, markup=False)
            return
        request = Reschedule(self._desk.journal_file, self._desk.settings)
        after = partial(self._rescheduled, before)
        doing(self).begin(self, "Computing the memory of all cards", answering(request), self._renew, after)

    def _renew(self) -> None:
        if self.is_mounted:
            self._show()

    def _rescheduled(self, before: Before, moved: Answer | None) -> None:
        from studytui.fitting.adopting import put_back
        from studytui.fitting.telling import moved_words
        from studytui.journal.learnt import Moved

        with telling(self):
            if self._desk.schedule.take():  # even one that was ended in its last moment
                words = f" {moved_words(moved)}" if isinstance(moved, Moved) else ""
                self.notify(f"{'Set.' if self._forecasting else 'In use now.'}{words}", markup=False)
                if not self._forecasting:  # other parameters; a retention that is set changes no forecast
                    self._forecasts = {}
            else:
                put_back(self._desk, before)
        self._renew()
