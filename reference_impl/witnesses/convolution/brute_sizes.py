"""Brute force for sizes and weights: windows are moved and counted, weights are listed and counted."""

# ruff: noqa: FBT001, FBT002 - `bias` and `ceil_mode` are booleans, as in PyTorch
# ruff: noqa: PLR0913, PLR0917 - a witness has the parameters of its reference

from __future__ import annotations

from collections.abc import Sequence

from reference_impl import convolution as ref
from reference_impl.arrays import Shape, Vector


def places(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int = 1) -> list[int]:
    """Where the kernel's first tap may stand so that its last one is still on the padded input. Padding is below 0."""
    reach = 0
    for _ in range(kernel_size - 1):
        reach += dilation
    found = []
    place = -padding
    while place + reach < input_size + padding:
        found.append(place)
        place += stride
    return found


@ref.output_size.witness("brute force")
def count_places(input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Moves the kernel along and counts its places."""
    return len(places(input_size, kernel_size, stride, padding, dilation))


@ref.leftover.witness("brute force")
def columns_behind(input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Lays the kernel on its last place and counts the columns that are still to come."""
    column = places(input_size, kernel_size, stride, padding, dilation)[-1]
    for _ in range(kernel_size - 1):
        column += dilation
    behind = 0
    while column < input_size + padding - 1:
        column += 1
        behind += 1
    return behind


@ref.size_drop.witness("brute force")
def pixels_lost(input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """Pairs each place with a pixel of the input and counts what is left, of one or the other."""
    size = input_size
    for _ in places(input_size, kernel_size, stride, padding, dilation):
        size -= 1
    return size


@ref.same_padding.witness("brute force")
def try_paddings(kernel_size: int, dilation: int = 1) -> int:
    """Pads a single pixel on both sides until the kernel fits, and sees that larger inputs keep their size, too."""
    span = 1
    for _ in range(kernel_size - 1):
        span += dilation
    padding = 0
    while padding + 1 + padding < span:
        padding += 1
    for size in range(1, 5):
        kept = len(places(size, kernel_size, 1, padding, dilation))
        if kept != size:
            raise ArithmeticError(f"{size} pixels become {kept}")
    return padding


@ref.paddings_for.witness("brute force")
def scan_paddings(input_size: int, kernel_size: int, stride: int, output_size: int) -> Vector:
    """Adds a column on either side, again and again, and counts the places, until there are too many."""
    found = []
    padding = count = start = 0
    while count <= output_size:
        while start + kernel_size <= padding + input_size + padding:
            count += 1
            start += stride
        if count == output_size:
            found.append(padding)
        padding += 1
    return tuple(found)


@ref.padding_for.witness("brute force")
def first_padding(input_size: int, kernel_size: int, stride: int, output_size: int) -> int:
    """The first of all paddings that do."""
    return int(scan_paddings(input_size, kernel_size, stride, output_size)[0])


@ref.output_shape.witness("brute force")
def lay_out_channels(
    height: int,
    width: int,
    out_channels: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    channels_last: bool = False,
    in_channels: int | None = None,  # noqa: ARG001 - a witness has the parameters of its reference
) -> Shape:
    """Counts the places downwards and to the right, and names the axes."""
    axes = {
        "rows": len(places(height, kernel_size, stride, padding, dilation)),
        "columns": len(places(width, kernel_size, stride, padding, dilation)),
        "channels": out_channels,
    }
    order = ["rows", "columns", "channels"] if channels_last else ["channels", "rows", "columns"]
    return tuple([axes[axis] for axis in order])


@ref.pool_size.witness("brute force")
def count_windows(
    input_size: int, kernel_size: int, stride: int | None = None, padding: int = 0, ceil_mode: bool = False
) -> int:
    """Lays windows down until the next one would hang over the edge, or (ceil_mode) until all is covered."""
    step = stride or kernel_size
    count, start, end = 0, -padding, input_size + padding
    while start + kernel_size <= end:
        count += 1
        start += step
    covered = start - step + kernel_size
    if ceil_mode and covered < end and start < input_size:
        count += 1
    return count


@ref.transposed_size.witness("brute force")
def stamp_copies(
    input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, output_padding: int = 0, dilation: int = 1
) -> int:
    """Stamps a copy of the kernel for each input pixel, lengthens the strip at its end, and crops it on both sides."""
    stamp = [0]
    while len(stamp) < kernel_size:
        stamp.append(stamp[-1] + dilation)
    start = last = 0
    for _ in range(input_size):
        last = start + stamp[-1]
        start += stride
    strip = range(last + 1 + output_padding)
    return len(strip[padding : len(strip) - padding])


@ref.receptive_field.witness("brute force")
def mark_inputs(kernel_sizes: Sequence[int], strides: Sequence[int], dilations: Sequence[int] = ()) -> int:
    """Marks what one output touches, layer by layer down to the input: bit i of `marked` is pixel i."""
    marked = 1
    layers = list(zip(kernel_sizes, strides, dilations or [1] * len(strides), strict=True))
    for kernel_size, stride, dilation in reversed(layers):
        spread = marked
        if stride > 1:
            spread = sum(1 << place * stride for place in range(marked.bit_length()) if marked >> place & 1)
        marked = 0
        for tap in range(kernel_size):
            marked |= spread << tap * dilation
    return marked.bit_length()


@ref.jump.witness("brute force")
def thin_out(strides: Sequence[int]) -> int:
    """Keeps every s-th pixel of a long row, layer after layer, and measures how far apart the survivors stand."""
    pixels = range(10**12)
    for stride in strides:
        pixels = pixels[::stride]
    return pixels[1] - pixels[0]


@ref.weight_shape.witness("brute force")
def measure_filters(in_channels: int, out_channels: int, kernel_size: int, groups: int = 1) -> Shape:
    """Lists the filters and measures the list, one filter, one kernel, one row."""
    row = ["weight" for _ in range(kernel_size)]
    kernel = [row for _ in range(kernel_size)]
    one_filter = [kernel for _ in range(0, in_channels, groups)]  # dealt round the groups, one channel each a round
    filters = [one_filter for _ in range(out_channels)]
    return (len(filters), len(filters[0]), len(filters[0][0]), len(filters[0][0][0]))


@ref.parameters.witness("brute force")
def count_weights(in_channels: int, out_channels: int, kernel_size: int, groups: int = 1, bias: bool = True) -> int:
    """Counts the weights of one kernel, adds up the kernels of one filter, then goes through the filters."""
    kernel = one_filter = count = 0
    for _ in range(kernel_size):
        for _ in range(kernel_size):
            kernel += 1
    for _ in range(0, in_channels, groups):  # dealt round the groups, one channel each a round
        one_filter += kernel
    if bias:
        one_filter += 1
    for _ in range(out_channels):
        count += one_filter
    return count


@ref.linear_parameters.witness("brute force")
def count_connections(in_features: int, out_features: int, bias: bool = True) -> int:
    """Goes through the outputs; each is connected to every input, and to its bias."""
    connections = range(in_features + 1) if bias else range(in_features)
    count = 0
    for _ in range(out_features):
        count += len(connections)
    return count


@ref.multiply_adds.witness("brute force")
def count_work(
    height: int,
    width: int,
    in_channels: int,
    out_channels: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    groups: int = 1,
) -> int:
    """Goes through the places, column by column and row by row; at each one every weight is used once."""
    one_place = count_weights(in_channels, out_channels, kernel_size, groups, bias=False)
    one_row = work = 0
    for _ in places(width, kernel_size, stride, padding):
        one_row += one_place
    for _ in places(height, kernel_size, stride, padding):
        work += one_row
    return work


@ref.stacked_parameters.witness("brute force")
def count_stack(layers: int, kernel_size: int, channels: int) -> int:
    """Counts one layer, and adds it once for each layer."""
    one_layer = count_weights(channels, channels, kernel_size, bias=False)
    count = 0
    for _ in range(layers):
        count += one_layer
    return count


@ref.reduced_parameters.witness("brute force")
def count_reduced(in_channels: int, mid_channels: int, out_channels: int, kernel_size: int) -> int:
    """Counts the two layers."""
    layers = [(in_channels, mid_channels, 1), (mid_channels, out_channels, kernel_size)]
    return sum(count_weights(*layer, bias=False) for layer in layers)


@ref.inception_parameters.witness("brute force")
def count_inception(
    in_channels: int,
    ch1x1: int,
    ch3x3red: int,
    ch3x3: int,
    ch5x5red: int,
    ch5x5: int,
    pool_proj: int,
    kernel5: int = 5,
    bias: bool = False,
) -> int:
    """Lists the six convolutions of the block and counts each."""
    layers = [
        (in_channels, ch1x1, 1),
        (in_channels, ch3x3red, 1),
        (ch3x3red, ch3x3, 3),
        (in_channels, ch5x5red, 1),
        (ch5x5red, ch5x5, kernel5),
        (in_channels, pool_proj, 1),
    ]
    return sum(count_weights(*layer, bias=bias) for layer in layers)


@ref.inception_channels.witness("brute force")
def join_branches(ch1x1: int, ch3x3: int, ch5x5: int, pool_proj: int) -> int:
    """Puts the channels of the branches into one list and measures it."""
    block: list[int] = []
    for branch in (ch1x1, ch3x3, ch5x5, pool_proj):
        block.extend(range(branch))
    return len(block)


@ref.inception_shape.witness("brute force")
def walk_the_branches(
    height: int,
    width: int,
    in_channels: int,
    ch1x1: int,
    ch3x3red: int,
    ch3x3: int,
    ch5x5red: int,
    ch5x5: int,
    pool_proj: int,
) -> Shape:
    """Sends a map through each branch, layer by layer, and piles up the maps that come out."""
    pile: list[tuple[int, int]] = []
    branches = [
        [(1, ch1x1)],
        [(1, ch3x3red), (3, ch3x3)],
        [(1, ch5x5red), (5, ch5x5)],
        [(3, in_channels), (1, pool_proj)],
    ]
    for branch in branches:
        maps = [(height, width)] * in_channels
        for window, channels in branch:
            rows, columns = [len(places(side, window, 1, (window - 1) // 2)) for side in maps[0]]
            maps = [(rows, columns)] * channels
        pile += maps
    return (len(pile), *pile[0])


@ref.kernel_ratio.witness("brute force")
def shares_of_weights(kernel_size: int, other_kernel_size: int) -> float:
    """Counts the weights of both kernels, one input and one output channel each."""
    return count_weights(1, 1, kernel_size, bias=False) / count_weights(1, 1, other_kernel_size, bias=False)


@ref.stacked_ratio.witness("brute force")
def stack_against_one(layers: int, kernel_size: int) -> float:
    """Marks what the stack sees, lays one kernel over all of it, and counts the weights of both."""
    seen = mark_inputs([kernel_size] * layers, [1] * layers)
    return count_stack(layers, kernel_size, 3) / count_weights(3, 3, seen, bias=False)


@ref.break_even_channels.witness("brute force")
def widen_until_dearer(in_channels: int, out_channels: int, kernel_size: int) -> int:
    """Widens the 1×1 reduction channel by channel as long as the two layers have fewer weights than the one."""
    direct = count_weights(in_channels, out_channels, kernel_size, bias=False)
    width = 0
    while count_reduced(in_channels, width + 1, out_channels, kernel_size) < direct:
        width += 1
    return width
