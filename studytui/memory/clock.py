"""The one place that asks the computer what time it is. Everything else has the moment passed in."""

from __future__ import annotations

import time

from studytui.memory.model import Moment


def now() -> Moment:
    """This moment, with the offset that local time has just now."""
    milliseconds = time.time_ns() // 1_000_000
    return Moment(milliseconds, time.localtime(milliseconds // 1000).tm_gmtoff // 60)
