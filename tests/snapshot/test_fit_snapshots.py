"""What the Fit screen looks like. The fit is written out: an engine's fourth decimal is no picture's business."""

import pytest
from support.screens import NARROW, WIDE, Screen
from support.world import CHOICE, RECALL, World

from studytui.fitting.process import Step
from studytui.fitting.requests import Fitted
from studytui.journal.learnt import Moved
from studytui.memory.evaluation import Bin, Score
from studytui.memory.fitting import Fit, Row, Split
from studytui.memory.forecast import Forecast, Habits, Outlook
from studytui.memory.schedule import DEFAULT_PARAMETERS
from studytui.tui.app import StudyApp


def bins(off):
    return tuple(Bin(55, 0.60 + step / 30, 0.60 + step / 30 + off) for step in range(10))


def split(name, reviews):
    rows = (
        Row("defaults", Score(reviews, 0.5051, 0.1437, 0.62, 0.874, 0.799), bins(-0.06)),
        Row("fitted", Score(reviews, 0.4816, 0.0605, 0.63, 0.801, 0.799), bins(0.01)),
    )
    return Split(name, rows, gain=0.0235, error=0.0105)


FITTED = Fitted(
    Fit(
        6_186, 4_379, 300, 249, DEFAULT_PARAMETERS, (split("time", 587), split("card", 4_379)), better=True,
        reason="log loss is lower than with the defaults by 0.0235 (error 0.0105) on the last days, and by 0.0183 on "
        "unseen cards",
    ),
    Moved(300, 296, 0),
)  # fmt: skip
FORECAST = Forecast(
    365, 1_200, 900, Habits(own=3),
    tuple(
        Outlook(round(0.7 + n / 100, 2), 20 + n**2 / 3, 2.5, 12 + (n - 6) ** 2 / 20, 900 + 9 * n) for n in range(28)
    ),
)  # fmt: skip


@pytest.fixture(params=[WIDE, NARROW], ids=["80x24", "40x12"])
def pictured(request, tmp_path, monkeypatch, snap_compare):
    monkeypatch.delenv("NO_COLOR", raising=False)

    def compare(scene):
        with World(tmp_path, RECALL, CHOICE).desk() as desk:

            async def play(pilot):
                screen = Screen(pilot.app, pilot)
                screen.app.action_fit()
                await screen.settle()
                fit = screen.app.screen
                fit._working.begin = lambda request: None
                await scene(screen, fit)
                await screen.settle()

            return snap_compare(StudyApp(desk), terminal_size=request.param, run_before=play)

    return compare


def test_before_a_fit(pictured):
    async def scene(screen, fit):
        pass

    assert pictured(scene)


def test_a_fit_on_its_way(pictured):
    async def scene(screen, fit):
        fit._working.is_on = True
        fit._heard(Step(2, 8, "fitting to four fifths of the cards, 2 of 5"))

    assert pictured(scene)


def test_a_fit_that_is_better(pictured):
    async def scene(screen, fit):
        fit._heard(FITTED)

    assert pictured(scene)


def test_a_forecast(pictured):
    async def scene(screen, fit):
        await screen.press("f")
        fit._heard(FORECAST)
        await screen.press("right")

    assert pictured(scene)
