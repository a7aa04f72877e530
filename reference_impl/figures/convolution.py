"""Figures of the topic `convolution`: the padded row of pixels with the window's places on it."""

from __future__ import annotations

from reference_impl import convolution as ref
from reference_impl.figures import Frame, Grid

#: More pixels than this along an axis are not drawn.
WIDEST = 40


@ref.output_size.figure
def places(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> Grid | None:
    """One row of the padded input, each place of the window framed; padding is “·”."""
    padded = input_size + 2 * padding
    if padded > WIDEST:
        return None
    row = ("·",) * padding + tuple(map(str, range(input_size))) + ("·",) * padding
    span = dilation * (kernel_size - 1) + 1
    count = ref.output_size(input_size, kernel_size, stride, padding, dilation)
    frames = tuple([Frame(f"place {place}", 0, place * stride, 1, span) for place in range(count)])
    return Grid(f"{count} places on {input_size} pixels with padding {padding}", (row,), frames)
