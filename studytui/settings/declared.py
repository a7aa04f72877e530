"""All settings, each declared once: its type, its default, what it may be, what it does, when a change takes effect.

To add a setting, add a field here; what else shows or reads settings is made of these declarations.
"""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from studytui.frozen import frozen
from studytui.settings.kinds import (
    DeckTables,
    EasyDays,
    Keys,
    OneOf,
    Parameters,
    Paths,
    Real,
    Steps,
    Text,
    Time,
    Whole,
    YesNo,
)

if TYPE_CHECKING:
    from studytui.settings.kinds import Kind

T = TypeVar("T")

#: The groups, in the order in which they are shown.
LIMITS, SCHEDULING, STUDY, DECKS, LOOK, KEYS, FITTED = (
    "Limits", "Scheduling", "Study and quiz", "Decks", "Look", "Keys", "Fitted",
)  # fmt: skip

#: When a change takes effect.
AT_ONCE, SITTING, QUIZ, SCREEN, LEAVING, SCHEDULE = (
    "at once", "from the next sitting on", "from the next quiz on", "from the next screen on", "from now on",
    "from now on, and every due date follows",
)  # fmt: skip

#: The two themes of the program, those in the terminal's own sixteen colours, then Textual's others.
THEMES = (
    "studytui-dark", "studytui-light", "ansi-dark", "ansi-light", "atom-one-dark", "atom-one-light",
    "catppuccin-frappe", "catppuccin-latte", "catppuccin-macchiato", "catppuccin-mocha", "dracula", "flexoki",
    "gruvbox", "monokai", "nord", "rose-pine", "rose-pine-dawn", "rose-pine-moon", "solarized-dark",
    "solarized-light", "textual-dark", "textual-light", "tokyo-night",
)  # fmt: skip


class Setting(NamedTuple):
    """One declaration. `help` is a line without a full stop; `effect` says when a change takes effect."""

    name: str
    default: Any
    kind: Kind
    group: str
    effect: str
    help: str


def _setting(default: T, kind: Kind, group: str, effect: str, help: str) -> T:  # noqa: A002 - what it is
    """Declares a field. To the type checker it is the default: a field has the type of its default, or a wider one."""
    field: Any = dataclasses.field(default=default, metadata={"setting": (kind, group, effect, help)})
    return field  # type: ignore[no-any-return]  # see above


@frozen
class DeckSettings:
    """What is set for one deck, under `[deck."id"]`; None where what is set for all decks holds."""

    id: str
    desired_retention: float | None = _setting(
        None, Real(0.7, 0.99, 0.01), SCHEDULING, SCHEDULE, "how likely its cards are to be known when they are asked"
    )
    new_per_day: int | None = _setting(None, Whole(0, 9_999, 5), LIMITS, SITTING, "its new cards a day")
    reviews_per_day: int | None = _setting(None, Whole(0, 9_999, 10), LIMITS, SITTING, "its reviews a day")


@frozen
class Settings:
    """What a learner can choose. Times of day and steps are in minutes, intervals in days.

    `parameters` are FSRS-6's, none for the defaults; `parameters_before` those that fitting replaced on the day
    `parameters_since`. `problems` says what was wrong in the file.
    """

    new_per_day: int = _setting(20, Whole(0, 9_999, 5), LIMITS, SITTING, "new cards a day, over all decks")
    reviews_per_day: int = _setting(200, Whole(0, 9_999, 10), LIMITS, SITTING, "reviews a day, over all decks")
    order: str = _setting(
        "due",
        OneOf("due", "retrievability", "deck", "backlog"),
        LIMITS,
        SITTING,
        "which reviews come first; backlog: the best remembered when too many are due",
    )
    new_cards: str = _setting(
        "spread", OneOf("spread", "first", "last"), LIMITS, SITTING, "where new cards go among reviews"
    )
    bury_siblings: bool = _setting(
        True,  # noqa: FBT003 - a default
        YesNo(), LIMITS, SITTING, "of the gaps of a cloze, one a day",
    )  # fmt: skip
    day_start: int = _setting(4 * 60, Time(), SCHEDULING, LEAVING, "when a new day begins, local time")
    learning_steps: tuple[float, ...] = _setting(
        (1.0, 10.0), Steps(), SCHEDULING, SCHEDULE, "waits of a new card before it counts as learnt"
    )
    relearning_steps: tuple[float, ...] = _setting(
        (10.0,), Steps(), SCHEDULING, SCHEDULE, "waits of a card that was forgotten"
    )
    desired_retention: float = _setting(
        0.9, Real(0.7, 0.99, 0.01), SCHEDULING, SCHEDULE, "how likely a card is to be known when it is asked"
    )
    maximum_interval: int = _setting(
        36_500, Whole(1, 36_500, 365), SCHEDULING, SCHEDULE, "the longest time between two reviews, in days"
    )
    load_balance: bool = _setting(
        True,  # noqa: FBT003 - a default
        YesNo(), SCHEDULING, SITTING, "reviews go to days with little to do, where the interval leaves a choice",
    )  # fmt: skip
    easy_days: tuple[tuple[int, float], ...] = _setting(
        (), EasyDays(), SCHEDULING, SITTING, "weekdays with fewer reviews, such as “sat” for none or “sun 0.5” for half"
    )
    leech_lapses: int = _setting(8, Whole(3, 99, 1), STUDY, SITTING, "lapses after which a card is a leech")
    quick_seconds: int = _setting(
        5, Whole(0, 600, 1), STUDY, SITTING, "a right answer within this time suggests “easy”, in seconds"
    )
    quiz_reviews: bool = _setting(
        True,  # noqa: FBT003 - a default
        YesNo(), STUDY, QUIZ, "an answer in a quiz is a review of its card",
    )  # fmt: skip
    theme: str = _setting("studytui-dark", OneOf(*THEMES), LOOK, AT_ONCE, "the colours")
    language: str = _setting(
        "",
        Text(),
        LOOK,
        AT_ONCE,
        "of cards and titles, such as “ko”, where they are translated; the key g in Study sets it, too",
    )
    decks: tuple[str, ...] = _setting(
        (), Paths(), DECKS, LEAVING, "folders and files of decks, besides the built-in ones"
    )
    deck: tuple[DeckSettings, ...] = _setting((), DeckTables(), DECKS, AT_ONCE, "what holds for one deck, by its id")
    parameters: tuple[float, ...] = _setting(
        (), Parameters(), FITTED, SCHEDULE, "FSRS-6's 21 numbers, as `studytui fit` writes them; none for the defaults"
    )
    parameters_before: tuple[float, ...] = _setting(
        (), Parameters(), FITTED, AT_ONCE, "those that they replaced, for the way back"
    )
    parameters_since: str = _setting("", Text(), FITTED, AT_ONCE, "the day on which that was")
    keys: tuple[tuple[str, str], ...] = _setting((), Keys(), KEYS, SCREEN, "other keys, by their ids: `?` lists them")
    problems: tuple[str, ...] = ()

    def deck_settings(self, deck: str) -> DeckSettings:
        """What is set for a deck; nothing is, for most."""
        return next((each for each in self.deck if each.id == deck), DeckSettings(deck))

    @property
    def deck_retention(self) -> dict[str, float]:
        """The desired retention of the decks that have one of their own."""
        return {each.id: each.desired_retention for each in self.deck if each.desired_retention is not None}

    @property
    def deck_limits(self) -> dict[str, tuple[int | None, int | None]]:
        """New cards and reviews a day, of the decks that have limits of their own."""
        limits = {each.id: (each.new_per_day, each.reviews_per_day) for each in self.deck}
        return {deck: own for deck, own in limits.items() if own != (None, None)}


def declared(cls: type = Settings) -> dict[str, Setting]:
    """The declarations of `Settings` or `DeckSettings`, by name, in their order."""
    return {
        field.name: Setting(field.name, field.default, *field.metadata["setting"])
        for field in dataclasses.fields(cls)
        if field.metadata
    }
