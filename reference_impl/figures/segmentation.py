"""Figures of the topic `segmentation`: sizes through the layers, copies of a kernel, matrices, and label maps."""

from __future__ import annotations

from collections.abc import Sequence

from reference_impl import segmentation as ref
from reference_impl.arrays import Matrix, Rows, Vector
from reference_impl.figures import Bar, Bars, Curves, Frame, Grid, Series
from reference_impl.segmentation.sizes import layers_of

#: More cells than this along an axis are not drawn.
WIDEST = 40
#: The curves of a map's size reach to this many times the least input.
TIMES = 3
MOST_POINTS = 500


@ref.map_size.figure
def growth(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int], paddings: Sequence[int]
) -> Curves | None:
    """Size of the map over size of the input, beside a map in proportion to the input."""
    least = ref.least_input_size(kernel_sizes, strides, paddings)
    sizes = range(least, max(TIMES * least, input_size) + 1)
    if len(sizes) > MOST_POINTS:
        return None
    maps = [float(ref.map_size(size, kernel_sizes, strides, paddings)) for size in sizes]
    proportional = [maps[0] * size / least for size in sizes]
    return Curves(
        "The map grows with the input, but not in proportion",
        "input in pixels",
        "map in places",
        tuple(map(float, sizes)),
        (Series("map", tuple(maps)), Series("in proportion", tuple(proportional))),
    )


@ref.upsampled_size.figure
def sizes_of_layers(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int], paddings: Sequence[int]
) -> Bars:
    """Size behind each layer."""
    layers = layers_of(kernel_sizes, strides, paddings)
    bars = [Bar("input", input_size)]
    for number in range(1, len(layers) + 1):
        kernels, steps, borders = zip(*layers[:number], strict=True)
        bars.append(Bar(f"layer {number}", ref.upsampled_size(input_size, kernels, steps, borders)))
    return Bars("Sizes behind the transposed convolutions", "pixels", tuple(bars))


@ref.transposed_convolution1d.figure
def copies(signal: Vector, kernel: Vector, stride: int, padding: int, output_padding: int) -> Grid | None:
    """The output with the copies of the kernel framed; what is cropped is marked."""
    values = ref.transposed_convolution1d(signal, kernel, stride, padding, output_padding)
    length = max(padding + len(values), stride * (len(signal) - 1) + len(kernel))
    if length > WIDEST:
        return None
    behind = length - padding - len(values)
    row = ("·",) * padding + tuple([f"{value:g}" for value in values]) + ("·",) * behind
    frames = [Frame(f"{value:g} × kernel", 0, stride * place, 1, len(kernel)) for place, value in enumerate(signal)]
    note = "“·” is cropped" if "·" in row else ""
    return Grid(f"{len(signal)} copies of the kernel, {stride} apart, added up", (row,), tuple(frames), note)


@ref.convolution_matrix.figure
def matrix(kernel: Vector, input_size: int, stride: int, padding: int) -> Grid | None:
    """The matrix, zeros as “·”."""
    return _matrix("M: one row for each output", ref.convolution_matrix(kernel, input_size, stride, padding))


@ref.transposed_matrix.figure
def transpose(kernel: Vector, input_size: int, stride: int, padding: int) -> Grid | None:
    """The matrix, zeros as “·”."""
    return _matrix("Mᵀ: one column for each input", ref.transposed_matrix(kernel, input_size, stride, padding))


def _matrix(title: str, rows: Matrix) -> Grid | None:
    if max(len(rows), len(rows[0])) > WIDEST:
        return None
    return Grid(title, tuple([tuple([f"{entry:g}" if entry else "·" for entry in row]) for row in rows]))


@ref.label_map.figure
def labels(scores: Sequence[Rows]) -> Grid | None:
    """The class of each pixel."""
    found = ref.label_map(scores)
    if max(len(found), len(found[0])) > WIDEST:
        return None
    return Grid("Each pixel's best class", tuple([tuple([str(label) for label in row]) for row in found]))
