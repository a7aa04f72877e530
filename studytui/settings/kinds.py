"""What a setting may be: how it is read from TOML, with the sentence that a mistake gets; how it is written and typed.

A kind's `read` raises TypeError or ValueError with the end of a sentence: “new_per_day *must be a whole number …*”.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    #: What can be written into the file.
    Value = str | float | Sequence[str] | Sequence[float]


class Kind:
    """A value that is written as it is held, and is not changed by one step up or down."""

    #: What it may be, in a few words.
    words = ""

    def read(self, value: object) -> Any:
        """The setting's value of one from the file."""
        raise NotImplementedError

    def plain(self, value: Any) -> Value:
        """The value as the file has it; `read` gives it back."""
        return list(value) if isinstance(value, tuple) else value

    def loose(self, text: str) -> object:
        """What somebody may mean who types this without TOML's quotes and brackets."""
        return text

    def next(self, value: Any, by: int) -> Any:  # noqa: ARG002 - for those that can
        """The value one step on, or back; None where there are no steps."""
        return None


class Whole(Kind):
    """A whole number."""

    def __init__(self, least: int, most: int, step: int) -> None:
        self.least, self.most, self.step = least, most, step
        self.words = f"{least} to {most}"

    def read(self, value: object) -> int:
        """No number with a point, and no true."""
        if not isinstance(value, int) or isinstance(value, bool) or not self.least <= value <= self.most:
            raise ValueError(f"must be a whole number from {self.least} to {self.most}")
        return value

    def next(self, value: int, by: int) -> int:
        """The next number that the step divides."""
        there = (value // self.step + 1) * self.step if by > 0 else -(-value // self.step) * self.step - self.step
        return min(max(there, self.least), self.most)


class Real(Kind):
    """A number."""

    def __init__(self, least: float, most: float, step: float) -> None:
        self.least, self.most, self.step = least, most, step
        self.words = f"{least} to {most}"

    def read(self, value: object) -> float:
        """Whole ones, too."""
        if not isinstance(value, int | float) or isinstance(value, bool) or not self.least <= value <= self.most:
            raise ValueError(f"must be a number from {self.least} to {self.most}")
        return float(value)

    def next(self, value: float, by: int) -> float:
        """Steps in decimals leave no trace of their sums."""
        return min(max(round(value + by * self.step, 6), self.least), self.most)


class YesNo(Kind):
    """True or false."""

    words = "true or false"

    def read(self, value: object) -> bool:
        """Nothing that is only like one of them."""
        if not isinstance(value, bool):
            raise TypeError("must be true or false")
        return value

    def loose(self, text: str) -> object:
        """As people say it."""
        return {"yes": True, "on": True, "true": True, "no": False, "off": False, "false": False}.get(
            text.lower(), text
        )

    def next(self, value: Any, by: int) -> bool:  # noqa: ARG002 - both ways lead to the other
        """The other."""
        return not value


class Time(Kind):
    """A time of day; minutes after midnight."""

    words = 'such as "04:00"'
    _STEP = 30

    def read(self, value: object) -> int:
        """TOML's own times, too."""
        import datetime

        if isinstance(value, str):
            try:
                value = datetime.time.fromisoformat(value)
            except ValueError:
                value = None
        if not isinstance(value, datetime.time) or value.tzinfo is not None:
            raise TypeError('must be a time such as "04:00"')
        return value.hour * 60 + value.minute

    def plain(self, value: Any) -> Value:
        """As a clock shows it."""
        return f"{value // 60:02}:{value % 60:02}"

    def next(self, value: int, by: int) -> int:
        """Round midnight."""
        return (value + by * self._STEP) // self._STEP * self._STEP % (24 * 60)


class Steps(Kind):
    """Waits, in minutes."""

    words = 'at most ten, such as ["30s", "10m", "2h"]'

    _UNITS = (("h", 60.0), ("m", 1.0), ("s", 1 / 60))

    def read(self, value: object) -> tuple[float, ...]:
        """Each with its unit."""
        if not isinstance(value, list) or len(value) > 10:
            raise TypeError('must be a list of at most ten steps such as ["1m", "10m"]')
        return tuple(self._minutes(step) for step in value)

    def _minutes(self, step: object) -> float:
        units = dict(self._UNITS)
        if isinstance(step, str) and step[-1:] in units:
            try:
                minutes = float(step[:-1]) * units[step[-1]]
            except ValueError:
                minutes = 0.0
            if 0 < minutes < 24 * 60:
                return minutes
        raise ValueError('must have steps of less than a day such as "30s", "10m", "2h"')

    def plain(self, value: Any) -> Value:
        """Each in the greatest unit that gives a short number."""
        return [self._written(minutes) for minutes in value]

    def _written(self, minutes: float) -> str:
        for unit, size in self._UNITS:
            short = f"{minutes / size:g}"
            if float(short) * size == minutes and (float(short).is_integer() or unit == "s"):
                return short + unit
        return f"{minutes!r}m"

    def loose(self, text: str) -> object:
        """`1m, 10m`, or `1m 10m`; nothing is no steps."""
        return text.replace(",", " ").split()


class OneOf(Kind):
    """One of a few names."""

    def __init__(self, *names: str) -> None:
        self.names = names
        self.words = ", ".join(names)

    def read(self, value: object) -> str:
        """As it is written."""
        if value not in self.names:
            raise ValueError(f"must be one of {', '.join(self.names)}")
        return str(value)

    def next(self, value: Any, by: int) -> str:
        """Round the ends."""
        return self.names[(self.names.index(value) + by) % len(self.names)]


class Text(Kind):
    """A short text."""

    def read(self, value: object) -> str:
        """On one line."""
        if not isinstance(value, str) or len(value) > 100:
            raise TypeError("must be a short text in quotes")
        return clean_line(value)


class Paths(Kind):
    """Folders and files."""

    words = 'such as ["~/decks"]'

    def read(self, value: object) -> tuple[str, ...]:
        """As they are written: `~` is looked up when they are opened."""
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise TypeError('must be a list of folders or files such as ["~/decks"]')
        return tuple(value)

    def loose(self, text: str) -> object:
        """`~/decks, ~/more`; names with commas need TOML's quotes."""
        return [name.strip() for name in text.split(",") if name.strip()]


class EasyDays(Kind):
    """Weekdays from Monday, 0, each with its share of a usual day's cards."""

    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

    def read(self, value: object) -> tuple[tuple[int, float], ...]:
        """A day by itself asks for no cards on it; a share may stand behind it, or in a table."""
        shares: dict[str, object] = {}
        if isinstance(value, list) and all(isinstance(each, str) and each.strip() for each in value):
            for each in value:
                day, _, share = each.strip().partition(" ")
                shares[day] = _number(share.strip()) if share else 0.0
        elif isinstance(value, dict):
            shares = value
        else:
            shares = {"": 0.0}
        if not all(day in self.names for day in shares):
            raise TypeError('must be days such as ["sat", "sun 0.5"], or shares such as { sat = 0.5, sun = 0 }')
        share_of = Real(0, 1, 0.1)
        return tuple(sorted((self.names.index(day), share_of.read(share)) for day, share in shares.items()))

    def plain(self, value: Any) -> Value:
        """`sun` for none on Sundays, `sat 0.5` for half of the usual on Saturdays."""
        return [self.names[day] if not share else f"{self.names[day]} {share:g}" for day, share in value]

    def loose(self, text: str) -> object:
        """`sat, sun 0.5`."""
        return [day.strip() for day in text.split(",") if day.strip()]


def _number(text: str) -> object:
    """The number in a text, or the text."""
    try:
        return float(text)
    except ValueError:
        return text


class Parameters(Kind):
    """FSRS-6's parameters; none for the defaults."""

    def read(self, value: object) -> tuple[float, ...]:
        """Each within the bounds that FSRS keeps."""
        from studytui.memory.schedule import GREATEST_PARAMETERS, LEAST_PARAMETERS

        if not isinstance(value, list) or not all(
            isinstance(each, int | float) and not isinstance(each, bool) for each in value
        ):
            raise TypeError("must be a list of 21 numbers, as `studytui fit` writes them")
        if not value:
            return ()
        if len(value) != len(LEAST_PARAMETERS):
            raise ValueError(f"must have {len(LEAST_PARAMETERS)} numbers, not {len(value)}")
        for number, (each, least, most) in enumerate(zip(value, LEAST_PARAMETERS, GREATEST_PARAMETERS, strict=True)):
            if not least <= each <= most:
                raise ValueError(f"must have a number from {least:g} to {most:g} in place {number + 1}, not {each:g}")
        return tuple(float(each) for each in value)


class Keys(Kind):
    """Keys by the ids of their bindings: a table."""

    def read(self, value: object) -> tuple[tuple[str, str], ...]:
        """Ids with dots may be written with or without quotes: TOML takes the latter for tables."""
        pairs: dict[str, object] = {}
        for name, key in value.items() if isinstance(value, dict) else ():
            pairs |= {f"{name}.{inner}": each for inner, each in key.items()} if isinstance(key, dict) else {name: key}
        if not isinstance(value, dict) or not all(isinstance(key, str) for key in pairs.values()):
            raise TypeError('must be a table such as [keys] with lines like study.undo = "z,ctrl+z"')
        return tuple((name, str(key)) for name, key in pairs.items())


class KeyNames(Kind):
    """The keys of one binding."""

    words = 'such as "z,ctrl+z"'

    def read(self, value: object) -> str:
        """Names with a comma between them; the key that prints a comma is called so."""
        names = [name.strip() for name in value.split(",")] if isinstance(value, str) else []
        if not names or not all(name.isprintable() and name and " " not in name for name in names):
            raise TypeError('must be keys such as "z" or "z,ctrl+z"')
        return ",".join(names)


class DeckTables(Kind):
    """Tables, one a deck. Each of their values is read for itself: one mistake leaves the others as they are."""

    def read(self, value: object) -> dict[str, dict[str, object]]:
        """The tables by the decks' ids, unread."""
        if not isinstance(value, dict) or not all(isinstance(table, dict) for table in value.values()):
            raise TypeError('must be tables such as [deck."stride-and-padding"]')
        return value
