"""Figures of the topic `convolution`: windows on padded pixels, growing receptive fields, weights side by side."""

# ruff: noqa: FBT001 - `bias` and `ceil_mode` are booleans, as in PyTorch
# ruff: noqa: PLR0913, PLR0917 - a figure takes parameters of its reference

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reference_impl import checks
from reference_impl import convolution as ref
from reference_impl.figures import Bar, Bars, Curves, Frame, Grid, Series

if TYPE_CHECKING:
    from reference_impl.arrays import Rows

#: More pixels than this along the width, or along the height, are not drawn.
WIDEST, HIGHEST = 40, 24
#: The border that padding adds.
BORDER = "·"


def _row(size: int, padding: int) -> tuple[str, ...]:
    """The pixels of one row, numbered, with their padding."""
    border = (BORDER,) * padding
    return (*border, *map(str, range(size)), *border)


def _bordered(rows: Sequence[Sequence[str]], padding: int) -> tuple[tuple[str, ...], ...]:
    """Rows of cells with padding all round."""
    side = (BORDER,) * padding
    above = ((BORDER,) * (len(rows[0]) + 2 * padding),) * padding
    return (*above, *[(*side, *row, *side) for row in rows], *above)


def _shown(pixels: Rows) -> list[list[str]]:
    return [[f"{pixel:.4g}".replace("-", "−") for pixel in row] for row in pixels]


def _windows(rows: int, columns: int, span: tuple[int, int], stride: int) -> tuple[Frame, ...]:
    """A window at each place of the output, named by its row and column there."""
    return tuple(
        [
            Frame(f"({row}, {column})", row * stride, column * stride, *span)
            for row in range(rows)
            for column in range(columns)
        ]
    )


def _along_an_axis(size: int, padding: int, span: int, stride: int, count: int, note: str) -> Grid | None:
    """One row of padded pixels with `count` windows; pixels that the last window hangs over the edge are drawn, too."""
    row = _row(size, padding)
    reach = (count - 1) * stride + span
    row = (*row, *("",) * (reach - len(row)))
    if len(row) > WIDEST:
        return None
    frames = tuple([Frame(f"place {place}", 0, place * stride, 1, span) for place in range(count)])
    title = f"{count} place{'s' * (count > 1)} on {size} pixel{'s' * (size > 1)} with padding {padding}"
    return Grid(title, (row,), frames, note)


@ref.output_size.figure
def places(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> Grid | None:
    """One row of the padded input, each place of the window framed."""
    count = ref.output_size(input_size, kernel_size, stride, padding, dilation)
    behind = ref.leftover(input_size, kernel_size, stride, padding, dilation)
    note = f"{behind} column{'s' * (behind > 1)} behind the last place" if behind else "no column is left over"
    return _along_an_axis(input_size, padding, dilation * (kernel_size - 1) + 1, stride, count, note)


@ref.leftover.figure
def columns_left(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> Grid | None:
    """The same row: what lies behind the last frame is left over."""
    return places(input_size, kernel_size, stride, padding, dilation)


@ref.size_drop.figure
def places_for_pixels(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> Grid | None:
    """The same row: as many pixels as places would be no drop."""
    return places(input_size, kernel_size, stride, padding, dilation)


@ref.pool_size.figure
def pooling_windows(
    input_size: int, kernel_size: int, stride: int | None, padding: int, ceil_mode: bool
) -> Grid | None:
    """One row of the padded input, each pooling window framed; with ceil_mode the last one may hang over the edge."""
    step = kernel_size if stride is None else stride
    count = ref.pool_size(input_size, kernel_size, stride, padding, ceil_mode)
    over = (count - 1) * step + kernel_size - input_size - 2 * padding
    note = f"the last window hangs over the edge by {over}" if over > 0 else f"a window every {step}"
    return _along_an_axis(input_size, padding, kernel_size, step, count, note)


@ref.transposed_size.figure
def stamps(
    input_size: int, kernel_size: int, stride: int, padding: int, output_padding: int, dilation: int
) -> Grid | None:
    """The strip before it is cropped: a copy of the kernel for each input, and “×” where the padding crops."""
    size = ref.transposed_size(input_size, kernel_size, stride, padding, output_padding, dilation)
    strip = size + 2 * padding
    if strip > WIDEST:
        return None
    cropped = ("×",) * padding
    cells = (*cropped, *map(str, range(size)), *cropped)
    span = dilation * (kernel_size - 1) + 1
    copies = tuple([Frame(f"copy {number}", 0, number * stride, 1, span) for number in range(input_size)])
    return Grid(f"{input_size} copies of the kernel, {size} pixels of the output", (cells,), copies, "× is cropped")


@ref.output_shape.figure
def padded_image(height: int, width: int, kernel_size: int, stride: int, padding: int, dilation: int) -> Grid | None:
    """The padded image with the window at each of its places."""
    if height + 2 * padding > HIGHEST or width + 2 * padding > WIDEST:
        return None
    rows = ref.output_size(height, kernel_size, stride, padding, dilation)
    columns = ref.output_size(width, kernel_size, stride, padding, dilation)
    cells = _bordered([["□"] * width] * height, padding)
    span = dilation * (kernel_size - 1) + 1
    title = f"{rows}×{columns} places on {height}×{width} pixels with padding {padding}"
    return Grid(title, cells, _windows(rows, columns, (span, span), stride), f"{BORDER} is padding")


@ref.cross_correlation.figure
def kernel_on_image(image: Rows, kernel: Rows, stride: int, padding: int) -> Grid | None:
    """The pixels with the kernel's window at each of its places."""
    if len(image) + 2 * padding > HIGHEST or len(image[0]) + 2 * padding > WIDEST:
        return None
    output = ref.cross_correlation(image, kernel, stride, padding)
    span = (len(kernel), len(kernel[0]))
    title = f"{span[0]}×{span[1]} kernel at {len(output)}×{len(output[0])} places"
    cells = _bordered(_shown(image), padding)
    return Grid(title, cells, _windows(len(output), len(output[0]), span, stride), _corner(output))


@ref.convolution.figure
def turned_kernel_on_image(image: Rows, kernel: Rows, stride: int, padding: int) -> Grid | None:
    """The same places; the kernel is turned before it is laid on them."""
    figure = kernel_on_image(image, [row[::-1] for row in kernel[::-1]], stride, padding)
    return figure and figure._replace(title=figure.title.replace("kernel", "kernel, turned by 180°,"))


@ref.cross_correlation_at.figure
def one_place(image: Rows, kernel: Rows, row: int, column: int) -> Grid | None:
    """The pixels, and the window that gives the value."""
    if len(image) > HIGHEST or len(image[0]) > WIDEST:
        return None
    window = Frame(f"({row}, {column})", row, column, len(kernel), len(kernel[0]))
    return Grid(f"the window of row {row} and column {column}", tuple(map(tuple, _shown(image))), (window,))


@ref.convolution_at.figure
def one_place_turned(image: Rows, kernel: Rows, row: int, column: int) -> Grid | None:
    """The same window; the kernel is turned before it is laid on it."""
    return one_place(image, kernel, row, column)


@ref.max_pool.figure
def pooled_image(image: Rows, kernel_size: int, stride: int | None, padding: int) -> Grid | None:
    """The pixels with every pooling window."""
    if len(image) + 2 * padding > HIGHEST or len(image[0]) + 2 * padding > WIDEST:
        return None
    output = ref.max_pool(image, kernel_size, stride, padding)
    step = kernel_size if stride is None else stride
    frames = _windows(len(output), len(output[0]), (kernel_size, kernel_size), step)
    title = f"{len(output)}×{len(output[0])} windows of {kernel_size}×{kernel_size}"
    return Grid(title, _bordered(_shown(image), padding), frames)


@ref.average_pool.figure
def averaged_image(image: Rows, kernel_size: int, stride: int | None, padding: int) -> Grid | None:
    """The same windows, of which the mean is taken."""
    return pooled_image(image, kernel_size, stride, padding)


@ref.filtered.figure
def filter_on_image(image: Rows, name: str) -> Grid | None:
    """The pixels behind the filter, in as many cells as the output has."""
    if len(image) > HIGHEST or len(image[0]) > WIDEST:
        return None
    output = ref.filtered(image, name)
    return Grid(f"{len(output)}×{len(output[0])} pixels behind “{name}”", tuple(map(tuple, _shown(output))))


@ref.receptive_field.figure
def growth(kernel_sizes: Sequence[int], strides: Sequence[int], dilations: Sequence[int]) -> Curves:
    """Receptive field and jump behind each layer, from the single pixel before the first one."""
    stacks = range(1, len(strides) + 1)
    fields = [ref.receptive_field(kernel_sizes[:end], strides[:end], dilations[:end]) for end in stacks]
    jumps = [ref.jump(strides[:end]) for end in stacks]
    return Curves(
        "Receptive field, layer by layer",
        "layers",
        "input pixels",
        tuple(range(len(strides) + 1)),
        (Series("receptive field", (1, *fields)), Series("jump", (1, *jumps))),
    )


@ref.jump.figure
def jumps(strides: Sequence[int]) -> Curves:
    """The jump behind each layer."""
    distances = [ref.jump(strides[:end]) for end in range(1, len(strides) + 1)]
    series = (Series("jump", (1, *distances)),)
    return Curves("Jump, layer by layer", "layers", "input pixels", tuple(range(len(strides) + 1)), series)


@ref.stacked_parameters.figure
def stack_beside_large(layers: int, kernel_size: int, channels: int) -> Bars | None:
    """The stack of small kernels beside the one large kernel that sees as much."""
    large = layers * (kernel_size - 1) + 1
    if large > checks.LARGEST_KERNEL:
        return None
    single = ref.stacked_parameters(1, large, channels)
    return Bars(
        f"Weights of kernels that see {large}×{large} pixels, {channels} channels",
        "weights",
        (
            Bar(f"{layers} × {kernel_size}×{kernel_size}", ref.stacked_parameters(layers, kernel_size, channels)),
            Bar(f"1 × {large}×{large}", single),
        ),
    )


@ref.reduced_parameters.figure
def with_and_without_reduction(in_channels: int, mid_channels: int, out_channels: int, kernel_size: int) -> Bars:
    """The two layers of the reduction beside the one layer without it."""
    side = f"{kernel_size}×{kernel_size}"
    return Bars(
        f"Weights from {in_channels} to {out_channels} channels",
        "weights",
        (
            Bar(f"{side} at once", ref.parameters(in_channels, out_channels, kernel_size, bias=False)),
            Bar("reduced: 1×1", ref.parameters(in_channels, mid_channels, 1, bias=False)),
            Bar(f"reduced: {side}", ref.parameters(mid_channels, out_channels, kernel_size, bias=False)),
        ),
    )


@ref.inception_parameters.figure
def branches(
    in_channels: int,
    ch1x1: int,
    ch3x3red: int,
    ch3x3: int,
    ch5x5red: int,
    ch5x5: int,
    pool_proj: int,
    kernel5: int,
    bias: bool,
) -> Bars:
    """The parameters of the block's six convolutions."""
    layers = (
        ("1×1", in_channels, ch1x1, 1),
        ("1×1 before 3×3", in_channels, ch3x3red, 1),
        ("3×3", ch3x3red, ch3x3, 3),
        (f"1×1 before {kernel5}×{kernel5}", in_channels, ch5x5red, 1),
        (f"{kernel5}×{kernel5}, third branch", ch5x5red, ch5x5, kernel5),
        ("1×1 behind pooling", in_channels, pool_proj, 1),
    )
    bars = [Bar(name, ref.parameters(from_, to, kernel, bias=bias)) for name, from_, to, kernel in layers]
    return Bars("Parameters of the block's convolutions", "parameters", tuple(bars))


@ref.inception_channels.figure
def joined_branches(ch1x1: int, ch3x3: int, ch5x5: int, pool_proj: int) -> Bars:
    """The channels of the four branches."""
    branches_ = (("1×1", ch1x1), ("3×3", ch3x3), ("5×5", ch5x5), ("pooling", pool_proj))
    return Bars("Channels, put behind one another", "channels", tuple([Bar(*branch) for branch in branches_]))


def _corner(output: Rows) -> str:
    return f"the value at (0, 0) is {_shown([output[0][:1]])[0][0]}"
