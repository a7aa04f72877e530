"""What can be seen of an option without knowing whether it is right: options are fair when they look alike."""

from __future__ import annotations

import math
import re

from studytui.frozen import frozen
from studytui.text import display_width

#: A number as cards show it.
NUMBER = re.compile(r"−?\d+(?:\.\d+)?(?:e−?\d+)?")
#: Values of so many times each other's size are alike, whatever their number of digits: 96 and 104.
_NEAR = 3


@frozen
class Look:
    """What can be seen of a value without knowing whether it is right.

    `pattern` is what is written round its numbers, `negative` whether any has a minus. Of all the numbers together:
    `places` behind the point, `digits` that count, and the largest size. A text has its length for a size.
    """

    pattern: str
    negative: bool
    places: int
    digits: int
    size: float

    def is_twin_of(self, other: Look) -> bool:
        """Whether nothing but its value tells one from the other."""
        return (
            (self.pattern, self.negative) == (other.pattern, other.negative)
            and bool(self.places) == bool(other.places)
            and (not self.places or self.places == other.places or self.digits == other.digits)
            and self._is_as_large_as(other)
        )

    def _is_as_large_as(self, other: Look) -> bool:
        small, large = sorted((self.size, other.size))
        if not small:
            return large < _NEAR
        return large <= _NEAR * small or math.floor(math.log10(small)) == math.floor(math.log10(large))


def look(text: str) -> Look:
    """How a text looks; one without numbers is as large as it is long."""
    numbers = NUMBER.findall(text)
    if not numbers:
        return Look("", negative=False, places=0, digits=0, size=display_width(text))
    mantissas = [number.partition("e")[0].lstrip("−") for number in numbers]
    return Look(
        NUMBER.sub("0", text),
        negative=any(number[0] == "−" for number in numbers),
        places=max(len(mantissa.partition(".")[2]) for mantissa in mantissas),
        digits=max(len(mantissa.replace(".", "").lstrip("0")) for mantissa in mantissas),
        size=max(abs(as_float(number)) for number in numbers),
    )


def as_float(number: str) -> float:
    """The number that a text of `NUMBER` is."""
    return float(number.replace("−", "-"))
