"""Brute force for segmentation: pixels are listed, windows moved, matrices reduced, and classes compared one by one."""

# ruff: noqa: FBT001, FBT002 - `bias` is a boolean, as in PyTorch

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from reference_impl import segmentation as ref
from reference_impl.arrays import Matrix, Rows, Shape, Vector
from reference_impl.witnesses.convolution.brute_sizes import places

Layers = list[tuple[int, int, int]]


def listed(kernel_sizes: Sequence[int], strides: Sequence[int], paddings: Sequence[int]) -> Layers:
    """Layer by layer its kernel, its stride and its padding; without strides 1 each, without paddings 0 each."""
    layers = []
    for place, kernel_size in enumerate(kernel_sizes):
        layers.append((kernel_size, strides[place] if strides else 1, paddings[place] if paddings else 0))
    return layers


@ref.dense_kernel_shape.witness("brute force")
def measure_kernels(in_channels: int, height: int, width: int, out_features: int) -> Shape:
    """Lists the kernels, one for each output, and measures the list, one kernel, one map of it, one row."""
    row = ["weight" for _ in range(width)]
    one_map = [row for _ in range(height)]
    one_kernel = [one_map for _ in range(in_channels)]
    kernels = [one_kernel for _ in range(out_features)]
    return (len(kernels), len(kernels[0]), len(kernels[0][0]), len(kernels[0][0][0]))


@ref.dense_parameters.witness("brute force")
def count_connections(in_channels: int, height: int, width: int, out_features: int, bias: bool = True) -> int:
    """Goes through what one output of the dense layer is connected to, then through the outputs."""
    one_map = one_output = count = 0
    for _ in range(height):
        one_map += width
    for _ in range(in_channels):
        one_output += one_map
    if bias:
        one_output += 1
    for _ in range(out_features):
        count += one_output
    return count


@ref.dense_column.witness("brute force")
def pixels_before(in_channels: int, height: int, width: int, channel: int, row: int, column: int) -> int:
    """Flattens the maps and counts what comes before the entry."""
    before = 0
    for _ in range(channel):
        for _ in range(height):
            before += len(range(width))
    for _ in range(row):
        before += len(range(width))
    for _ in range(column):
        before += 1
    if channel >= in_channels:
        raise ArithmeticError(f"there are {in_channels} channels only")
    return before


@ref.dense_value.witness("brute force")
def flatten_and_add(maps: Sequence[Rows], weights: Vector) -> float:
    """Flattens the maps into one list, as a dense layer reads them, and takes the weights off one by one."""
    flat: list[float] = []
    for rows in maps:
        for row in rows:
            flat.extend(row)
    left = list(weights)
    total: float = 0
    for pixel in flat:
        total += left.pop(0) * pixel
    return total


@ref.map_size.witness("brute force")
def windows_of_windows(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int] = (), paddings: Sequence[int] = ()
) -> int:
    """Moves each layer's window over what the layer before it gives, and counts its places."""
    size = input_size
    for layer in listed(kernel_sizes, strides, paddings):
        size = len(places(size, *layer))
    return size


@ref.least_input_size.witness("brute force")
def try_inputs(kernel_sizes: Sequence[int], strides: Sequence[int] = (), paddings: Sequence[int] = ()) -> int:
    """Tries larger and larger inputs until a window finds a place in every layer."""
    layers = listed(kernel_sizes, strides, paddings)
    size = 1
    while not _passes(size, layers):
        size += 1
    return size


def _passes(input_size: int, layers: Layers) -> bool:
    size = input_size
    for kernel_size, stride, padding in layers:
        # where a window may begin on the padded pixels, so that it ends on them
        size = len(range(size + 2 * padding)[: -kernel_size + 1 or None : stride])
        if size == 0:
            return False
    return True


@ref.upsampled_size.witness("brute force")
def stamp_layers(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int] = (), paddings: Sequence[int] = ()
) -> int:
    """In each layer, stamps a copy of the kernel for each pixel, and crops the strip on both sides."""
    size = input_size
    for kernel_size, stride, padding in listed(kernel_sizes, strides, paddings):
        start = end = 0
        for _ in range(size):
            end = start + kernel_size
            start += stride
        strip = range(end)
        size = len(strip[padding : len(strip) - padding])
    return size


def _smallest(size: int, taps: int, stride: int, padding: int) -> int:
    """The smallest input, which may be nothing but padding, for which a convolution has so many places."""
    found = -2 * padding
    while len(places(found, taps, stride, padding)) < size:
        found += 1
    return found


def _shown(image: Rows, kernel: Rows, tops: list[int], lefts: list[int], light: tuple[int, int]) -> float:
    """⟨convolution of a plane with one lit pixel, image⟩: by definition, what the transpose makes of the image there.

    `tops` and `lefts` are where the windows of the convolution begin; those that miss the pixel show nothing.
    """
    y, x = light
    total = 0 * (sum(map(sum, image)) + sum(map(sum, kernel)))
    for i, top in enumerate(tops):
        if not top <= y < top + len(kernel):
            continue
        for j, left in enumerate(lefts):
            if not left <= x < left + len(kernel[0]):
                continue
            for a, weights in enumerate(kernel):
                for b, weight in enumerate(weights):
                    lit = (top + a, left + b) == (y, x)
                    total += image[i][j] * weight * lit
    return total


@ref.transposed_convolution1d.witness("brute force")
def light_one_row(signal: Vector, kernel: Vector, stride: int = 1, padding: int = 0, output_padding: int = 0) -> Vector:
    """Lights one output after the other, and adds up what the convolution that goes back shows of it."""
    size = _smallest(len(signal), len(kernel), stride, padding) + output_padding
    lefts = places(size, len(kernel), stride, padding)
    return tuple([_shown((signal,), (kernel,), [0], lefts, (0, x)) for x in range(size)])


@ref.transposed_convolution.witness("brute force")
def light_pixels(image: Rows, kernel: Rows, stride: int = 1, padding: int = 0, output_padding: int = 0) -> Matrix:
    """Lights one pixel of the output after the other, and adds up what the convolution that goes back shows of it."""
    height = _smallest(len(image), len(kernel), stride, padding) + output_padding
    width = _smallest(len(image[0]), len(kernel[0]), stride, padding) + output_padding
    tops = places(height, len(kernel), stride, padding)
    lefts = places(width, len(kernel[0]), stride, padding)
    return tuple([tuple([_shown(image, kernel, tops, lefts, (y, x)) for x in range(width)]) for y in range(height)])


@ref.transposed_convolution_at.witness("brute force")
def light_one_pixel(image: Rows, kernel: Rows, row: int, column: int, stride: int = 1, padding: int = 0) -> float:
    """Lights this pixel of the output, and adds up what the convolution that goes back shows of it."""
    tops, lefts = [
        places(_smallest(size, taps, stride, padding), taps, stride, padding)
        for size, taps in ((len(image), len(kernel)), (len(image[0]), len(kernel[0])))
    ]
    return _shown(image, kernel, tops, lefts, (row, column))


@ref.convolution_matrix.witness("brute force")
def responses(kernel: Vector, input_size: int, stride: int = 1, padding: int = 0) -> Matrix:
    """Lays the kernel on rows of which one pixel is 1: what comes out is a column of the matrix."""
    columns = []
    for lit in range(input_size):
        row = [0] * padding + [int(pixel == lit) for pixel in range(input_size)] + [0] * padding
        column = []
        while len(row) >= len(kernel):
            column.append(sum(weight * pixel for weight, pixel in zip(kernel, row, strict=False)))
            row = row[stride:]
        columns.append(column)
    return tuple(zip(*columns, strict=True))


@ref.transposed_matrix.witness("brute force")
def copies_in_columns(kernel: Vector, input_size: int, stride: int = 1, padding: int = 0) -> Matrix:
    """Writes the copy of each input into a column, moved down a stride further each time, and crops top and bottom."""
    columns = []
    for copy in range(input_size):
        above, below = stride * copy, stride * (input_size - 1 - copy)
        zero = 0 * sum(kernel)
        column = [zero] * above + [zero + weight for weight in kernel] + [zero] * below
        columns.append(column[padding : len(column) - padding])
    return tuple(zip(*columns, strict=True))


def _pivots(input_size: int, kernel_size: int, stride: int) -> int:
    """Pivots that elimination, on exact fractions, finds in the matrix of a convolution with the kernel 1, 2, 3, …."""
    starts = places(input_size, kernel_size, stride, 0)
    pivots: dict[int, dict[int, Fraction]] = {}
    for top in starts:
        for left in starts:
            row = {
                (top + a) * input_size + left + b: Fraction(a * kernel_size + b + 1)
                for a in range(kernel_size)
                for b in range(kernel_size)
            }
            while row and min(row) in pivots:
                first = min(row)
                factor = row[first] / pivots[first][first]
                for place, entry in pivots[first].items():
                    row[place] = row.get(place, Fraction(0)) - factor * entry
                row = {place: entry for place, entry in row.items() if entry}
            if row:
                pivots[min(row)] = row
    return len(pivots)


@ref.convolution_matrix_shape.witness("brute force")
def count_places_and_pixels(input_size: int, kernel_size: int, stride: int = 1) -> Shape:
    """Counts the places of the window on the plane, and the pixels."""
    outputs = [
        (top, left)
        for top in places(input_size, kernel_size, stride, 0)
        for left in places(input_size, kernel_size, stride, 0)
    ]
    pixels = [(y, x) for y in range(input_size) for x in range(input_size)]
    return (len(outputs), len(pixels))


@ref.convolution_rank.witness("brute force")
def eliminate(input_size: int, kernel_size: int, stride: int = 1) -> int:
    """Writes the matrix down and counts the rows that elimination leaves."""
    return _pivots(input_size, kernel_size, stride)


@ref.null_space_dimensions.witness("brute force")
def free_columns(input_size: int, kernel_size: int, stride: int = 1) -> int:
    """Writes the matrix down and counts the columns that elimination leaves without a pivot: they are free."""
    free = 0
    for _ in range(_pivots(input_size, kernel_size, stride), input_size * input_size):
        free += 1
    return free


@ref.label_map.witness("brute force")
def better_and_better(scores: Sequence[Rows]) -> Matrix:
    """Lays one score map after the other over the first, and relabels the pixels where it is higher."""
    highest = [list(row) for row in scores[0]]
    labels = [[0 for _ in row] for row in scores[0]]
    for label, rows in enumerate(scores):
        for y, row in enumerate(rows):
            for x, score in enumerate(row):
                if score > highest[y][x]:
                    highest[y][x], labels[y][x] = score, label
    return tuple(map(tuple, labels))


@ref.label_at.witness("brute force")
def compare_classes(scores: Sequence[Rows], row: int, column: int) -> int:
    """The first class that no other class beats at this pixel."""
    for label, rows in enumerate(scores):
        if not any(others[row][column] > rows[row][column] for others in scores):
            return label
    raise ArithmeticError("every class is beaten by another")
