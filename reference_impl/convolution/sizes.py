"""Sizes: how many places a window finds along an axis, and what follows from that.

Conventions and names are PyTorch's. Source of the arithmetic: Dumoulin and Visin, “A guide to convolution arithmetic
for deep learning” (2016); the documentation of `torch.nn.Conv2d`, `ConvTranspose2d` and `MaxPool2d`.
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - booleans are given by place in decks, as in PyTorch
# ruff: noqa: PLR0913, PLR0917 - a convolution has that many sizes, and decks name each of them

from __future__ import annotations

from reference_impl import checks
from reference_impl.arrays import Shape
from reference_impl.domain import Domain, choice, flag, whole
from reference_impl.reference import reference


def _check_window(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> None:
    """The window exists, and finds a place in the padded input."""
    checks.whole(1, input_size=input_size, stride=stride)
    checks.whole(0, padding=padding)
    checks.whole(1, checks.LARGEST_KERNEL, kernel_size=kernel_size)
    checks.whole(1, checks.LARGEST_DILATION, dilation=dilation)
    if dilation * (kernel_size - 1) >= input_size + 2 * padding:
        spans = f"{kernel_size}" if dilation == 1 else f"{kernel_size} with dilation {dilation}"
        raise ValueError(f"kernel_size must fit into the padded input: {spans} in {input_size} + 2·{padding}")


def _fits(input_size: int, kernel_size: int, padding: int, dilation: int = 1, **_: object) -> bool:
    return dilation * (kernel_size - 1) < input_size + 2 * padding


_WINDOWS = Domain(
    {
        "input_size": whole(1, 13),
        "kernel_size": whole(1, 5),
        "stride": whole(1, 4),
        "padding": whole(0, 3),
        "dilation": whole(1, 3),
    },
    where=_fits,
)


@reference(domain=_WINDOWS)
def output_size(input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Number of places at which a kernel fits along one axis: the size of the output.

    Sizes in pixels. `padding` is added on both sides. ValueError if the kernel does not fit into the padded input.
    Source: `torch.nn.Conv2d`, section Shape.
    """
    _check_window(input_size, kernel_size, stride, padding, dilation)
    # o = ⌊(n + 2p − d·(k − 1) − 1) / s⌋ + 1
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


@output_size.slip("Padding is added on both sides, so it counts twice.")
def padded_once(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    return (input_size + padding - dilation * (kernel_size - 1) - 1) // stride + 1


@output_size.slip("The padding belongs to the input: add it, on both sides, before the kernel is taken off.")
def padding_ignored(input_size: int, kernel_size: int, stride: int, dilation: int) -> int:
    return (input_size - dilation * (kernel_size - 1) - 1) // stride + 1


@output_size.slip("The division counts the moves; the place where the filter starts counts too, so add 1.")
def start_not_counted(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride


@output_size.slip("A window that hangs over the edge is not a place: round the quotient down, not up.")
def rounded_up(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    return -((input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // -stride) + 1


@output_size.slip("The filter moves by the stride, so the room that it has is divided by the stride.")
def stride_ignored(input_size: int, kernel_size: int, padding: int, dilation: int) -> int:
    return input_size + 2 * padding - dilation * (kernel_size - 1)


@output_size.slip("The window itself takes room: take the kernel off the padded input before dividing by the stride.")
def input_over_stride(input_size: int, stride: int, padding: int) -> int:
    return (input_size + 2 * padding) // stride


@output_size.slip("Between k taps lie k − 1 gaps: a dilated kernel spans dilation·(kernel_size − 1) + 1 pixels.")
def span_too_long(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    return (input_size + 2 * padding - dilation * kernel_size) // stride + 1


@output_size.slip("Dilation spreads the kernel: it spans dilation·(kernel_size − 1) + 1 pixels, not kernel_size.")
def dilation_ignored(input_size: int, kernel_size: int, stride: int, padding: int) -> int:
    return (input_size + 2 * padding - kernel_size) // stride + 1


@reference(domain=_WINDOWS)
def leftover(input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Columns at the far edge of the padded input that lie behind the last place of the kernel.

    0 to stride − 1 columns. Where it is 0, input_size + 2·padding = kernel_size + stride·(output size − 1), exactly
    (dilation 1). ValueError if the kernel does not fit into the padded input.
    """
    _check_window(input_size, kernel_size, stride, padding, dilation)
    # (n + 2p − d·(k − 1) − 1) mod s
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) % stride


@leftover.slip("The last step need not end at the edge: see what the division by the stride leaves over.")
def nothing_left() -> int:
    return 0


@leftover.slip("Padding is added on both sides, so it counts twice.")
def leftover_padded_once(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    return (input_size + padding - dilation * (kernel_size - 1) - 1) % stride


@leftover.slip("The window itself takes room: take the kernel off before dividing by the stride.")
def kernel_not_taken_off(input_size: int, stride: int, padding: int) -> int:
    return (input_size + 2 * padding) % stride


@reference(domain=_WINDOWS)
def size_drop(input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Pixels by which the output is smaller than the input along one axis; negative where it is larger.

    ValueError if the kernel does not fit into the padded input.
    """
    return input_size - output_size(input_size, kernel_size, stride, padding, dilation)


@size_drop.slip("A drop of kernel_size − 1 holds at stride 1 without padding and dilation only.")
def kernel_less_one(kernel_size: int) -> int:
    return kernel_size - 1


@size_drop.slip("Stride divides the size, it does not take a constant off: the drop grows with the input.")
def two_per_stride(stride: int) -> int:
    return 2 * stride


@size_drop.slip("Padding is added on both sides, so it counts twice.")
def drop_padded_once(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    return input_size - padded_once(input_size, kernel_size, stride, padding, dilation)


@reference(
    domain=Domain(
        {
            "height": choice(4, 7, 12),
            "width": choice(5, 7, 9),
            "out_channels": choice(1, 4),
            "kernel_size": choice(1, 2, 3, 5),
            "stride": whole(1, 3),
            "padding": whole(0, 2),
            "dilation": whole(1, 2),
            "channels_last": flag(),
            "in_channels": choice(None, 2, 3),
        },
        where=lambda height, width, **others: _fits(min(height, width), **others),
    )
)
def output_shape(
    height: int,
    width: int,
    out_channels: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    channels_last: bool = False,
    in_channels: int | None = None,
) -> Shape:
    """Shape of a convolution's output for one image, without the batch axis.

    (out_channels, height, width) as in PyTorch; with `channels_last` (height, width, out_channels) as in Keras. The
    image's `in_channels` have no say; give them where a card names them, so that their slips are known.
    """
    checks.whole(1, height=height, width=width, out_channels=out_channels)
    if in_channels is not None:
        checks.whole(1, in_channels=in_channels)
    checks.flag(channels_last=channels_last)
    rows = output_size(height, kernel_size, stride, padding, dilation)
    columns = output_size(width, kernel_size, stride, padding, dilation)
    return (rows, columns, out_channels) if channels_last else (out_channels, rows, columns)


@output_shape.slip("Mind the order of the axes: PyTorch puts the channels first, Keras puts them last.")
def axes_of_the_other(
    height: int,
    width: int,
    out_channels: int,
    kernel_size: int,
    stride: int,
    padding: int,
    dilation: int,
    channels_last: bool,
) -> Shape:
    return output_shape(height, width, out_channels, kernel_size, stride, padding, dilation, not channels_last)


@output_shape.slip("Padding is added on both sides, so it counts twice.")
def shape_padded_once(
    height: int,
    width: int,
    out_channels: int,
    kernel_size: int,
    stride: int,
    padding: int,
    dilation: int,
    channels_last: bool,
) -> Shape:
    rows = padded_once(height, kernel_size, stride, padding, dilation)
    columns = padded_once(width, kernel_size, stride, padding, dilation)
    return (rows, columns, out_channels) if channels_last else (out_channels, rows, columns)


@output_shape.slip("A convolution keeps height and width only with the fitting padding, at stride 1.")
def size_kept(height: int, width: int, out_channels: int, channels_last: bool) -> Shape:
    return (height, width, out_channels) if channels_last else (out_channels, height, width)


def _with_channels(channels: int, shape: Shape, channels_last: bool) -> Shape:
    return (*shape[:2], channels) if channels_last else (channels, *shape[1:])


@output_shape.slip("Each filter gives one output channel: as many as there are filters, not as the image has.")
def channels_of_image(
    height: int,
    width: int,
    out_channels: int,
    kernel_size: int,
    stride: int,
    padding: int,
    dilation: int,
    channels_last: bool,
    in_channels: int | None,
) -> Shape:
    if in_channels is None:
        raise ValueError("the image's channels are not given")
    shape = output_shape(height, width, out_channels, kernel_size, stride, padding, dilation, channels_last)
    return _with_channels(in_channels, shape, channels_last)


@output_shape.slip("A filter reads all channels of the image at once: they are not multiplied by the filters.")
def channels_multiplied(
    height: int,
    width: int,
    out_channels: int,
    kernel_size: int,
    stride: int,
    padding: int,
    dilation: int,
    channels_last: bool,
    in_channels: int | None,
) -> Shape:
    if in_channels is None:
        raise ValueError("the image's channels are not given")
    shape = output_shape(height, width, out_channels, kernel_size, stride, padding, dilation, channels_last)
    return _with_channels(in_channels * out_channels, shape, channels_last)


@reference(
    domain=Domain(
        {
            "input_size": whole(1, 16),
            "kernel_size": whole(1, 5),
            "stride": choice(None, 1, 2, 3, 4, 6),
            "padding": whole(0, 2),
            "ceil_mode": flag(),
        },
        where=lambda kernel_size, padding, **others: (
            2 * padding <= kernel_size and _fits(kernel_size=kernel_size, padding=padding, **others)
        ),
    )
)
def pool_size(
    input_size: int, kernel_size: int, stride: int | None = None, padding: int = 0, ceil_mode: bool = False
) -> int:
    """Size of a pooling layer's output along one axis.

    `stride` is kernel_size unless it is given. `padding` is at most half the kernel. With `ceil_mode` a last window may
    hang over the far edge, if it begins inside the input or its near padding. Source: `torch.nn.MaxPool2d`.
    """
    checks.whole(1, checks.LARGEST_KERNEL, kernel_size=kernel_size)
    checks.flag(ceil_mode=ceil_mode)
    stride = kernel_size if stride is None else stride
    _check_window(input_size, kernel_size, stride, padding, 1)
    if 2 * padding > kernel_size:
        raise ValueError(f"padding must be at most half of kernel_size when pooling, not {padding} for {kernel_size}")
    room = input_size + 2 * padding - kernel_size
    if not ceil_mode:
        # o = ⌊(n + 2p − k) / s⌋ + 1
        return room // stride + 1
    # o = ⌈(n + 2p − k) / s⌉ + 1, less a window that begins behind the input
    size = -(room // -stride) + 1
    return size - 1 if (size - 1) * stride >= input_size + padding else size


@pool_size.slip("A pooling window moves by the stride, which is its own size only when nothing else is said.")
def windows_side_by_side(input_size: int, kernel_size: int, padding: int) -> int:
    return (input_size + 2 * padding) // kernel_size


@pool_size.slip("When no stride is given, a pooling window moves by its own size, not by 1.")
def stride_one(input_size: int, kernel_size: int, padding: int) -> int:
    return input_size + 2 * padding - kernel_size + 1


@pool_size.slip("Without ceil_mode a window that hangs over the edge is dropped; with it, it is kept.")
def rounded_the_other_way(input_size: int, kernel_size: int, stride: int | None, padding: int, ceil_mode: bool) -> int:
    return pool_size(input_size, kernel_size, stride, padding, not ceil_mode)


@pool_size.slip("The division counts the moves; the place where the window starts counts too, so add 1.")
def first_window_not_counted(
    input_size: int, kernel_size: int, stride: int | None, padding: int, ceil_mode: bool
) -> int:
    return pool_size(input_size, kernel_size, stride, padding, ceil_mode) - 1


@reference(
    domain=Domain(
        {
            "input_size": whole(1, 8),
            "kernel_size": whole(1, 5),
            "stride": whole(1, 4),
            "padding": whole(0, 2),
            "output_padding": whole(0, 2),
            "dilation": whole(1, 3),
        },
        where=lambda input_size, kernel_size, stride, padding, output_padding, dilation: (
            output_padding < max(stride, dilation)
            and stride * (input_size - 1) + dilation * (kernel_size - 1) + output_padding >= 2 * padding
        ),
    )
)
def transposed_size(
    input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, output_padding: int = 0, dilation: int = 1
) -> int:
    """Size of a transposed convolution's output along one axis.

    `padding` crops both sides; `output_padding`, smaller than stride or dilation, adds at the far side only. ValueError
    if nothing is left. Source: `torch.nn.ConvTranspose2d`, section Shape.
    """
    checks.whole(1, input_size=input_size, stride=stride)
    checks.whole(0, padding=padding, output_padding=output_padding)
    checks.whole(1, checks.LARGEST_KERNEL, kernel_size=kernel_size)
    checks.whole(1, checks.LARGEST_DILATION, dilation=dilation)
    if output_padding >= max(stride, dilation):
        raise ValueError(
            f"output_padding must be smaller than stride or dilation, not {output_padding} for {max(stride, dilation)}"
        )
    # o = s·(n − 1) + d·(k − 1) + 1 − 2p + output_padding
    size = stride * (input_size - 1) + dilation * (kernel_size - 1) + 1 - 2 * padding + output_padding
    if size < 1:
        raise ValueError(f"padding must leave at least one pixel of the output, and {padding} crops all of it")
    return size


@transposed_size.slip("The last copy of the kernel starts at stride·(input_size − 1) and still has its own length.")
def stride_times_input(input_size: int, stride: int) -> int:
    return stride * input_size


@transposed_size.slip("That is the size after a convolution; a transposed convolution goes the other way.")
def forward_size(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int) -> int:
    return output_size(input_size, kernel_size, stride, padding, dilation)


@transposed_size.slip("The padding of a transposed convolution crops the output: take it off, on both sides.")
def padding_added(
    input_size: int, kernel_size: int, stride: int, padding: int, output_padding: int, dilation: int
) -> int:
    return stride * (input_size - 1) + dilation * (kernel_size - 1) + 1 + 2 * padding + output_padding


@transposed_size.slip("The padding of a transposed convolution crops both sides, so it counts twice.")
def cropped_once(
    input_size: int, kernel_size: int, stride: int, padding: int, output_padding: int, dilation: int
) -> int:
    return stride * (input_size - 1) + dilation * (kernel_size - 1) + 1 - padding + output_padding
