"""Figures of the topic `attention`: how a token fades with age."""

from __future__ import annotations

from reference_impl import attention as ref
from reference_impl.figures import Curves, Series

#: About so many ages are looked at.
_AGES = 120


@ref.expire_mask.figure
def fading(span: float, ramp_length: int) -> Curves:
    """The factor at each age, until the token is dropped and a little longer."""
    last = ref.expire_lifetime(span, ramp_length)
    ages = range(0, min(last + last // 8, ref.LONGEST_SPAN) + 1, last // _AGES + 1)
    masks = tuple([ref.expire_mask(span, age, ramp_length) for age in ages])
    series = (Series(f"span {span:g}, ramp {ramp_length}", masks),)
    return Curves("How a token expires", "age", "factor", tuple(map(float, ages)), series)
