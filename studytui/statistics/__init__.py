"""What the journal says about memory, as numbers. Pure: columns in, tables out; no SQL, no screen.

The words of it are in `model`, which is all that this package imports by itself; the rest needs numpy.
"""

from studytui.statistics.model import Fact, Period, Series, Shape, Statistic, Statistics

__all__ = ["Fact", "Period", "Series", "Shape", "Statistic", "Statistics"]
