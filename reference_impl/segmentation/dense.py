"""Dense layers as convolutions: the same weights and the same values, and no input size that is fixed.

A dense layer reads C maps of H×W pixels, flattened in PyTorch's order: channel by channel, in each of them row by row.
Source: Long, Shelhamer and Darrell, “Fully convolutional networks for semantic segmentation” (2015).
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - `bias` is given by place in decks, as in PyTorch

from __future__ import annotations

from collections.abc import Sequence

from reference_impl import checks
from reference_impl.arrays import Rows, Shape, Vector, alike
from reference_impl.domain import Domain, Either, array, choice, flag, stepped, whole
from reference_impl.reference import reference

#: Bounds of what is flattened: maps of VGG-16 are 512 × 7 × 7.
MOST_CHANNELS = 1_024
LARGEST_SIDE = 32
MOST_WEIGHTS = 4_096

_SIZES = {
    "in_channels": choice(1, 2, 3, 16),
    "height": choice(1, 2, 4, 5),
    "width": choice(1, 3, 4),
    "out_features": choice(1, 2, 6, 10),
}


def _check_layer(in_channels: int, height: int, width: int, out_features: int) -> None:
    checks.whole(1, in_channels=in_channels, out_features=out_features)
    checks.whole(1, checks.LARGEST_KERNEL, height=height, width=width)


@reference(domain=Domain(_SIZES))
def dense_kernel_shape(in_channels: int, height: int, width: int, out_features: int) -> Shape:
    """Shape of the convolution's weight that takes the place of a dense layer: (out_features, in_channels, H, W).

    The dense layer reads in_channels maps of height × width. A dense layer behind it reads a map of 1×1, so its kernels
    are 1×1. Source: `torch.nn.Conv2d.weight`.
    """
    _check_layer(in_channels, height, width, out_features)
    return (out_features, in_channels, height, width)


@dense_kernel_shape.slip("A kernel of 1×1 sees one pixel; the dense layer sees the whole map, so must its kernel.")
def one_by_one_kernels(in_channels: int, out_features: int) -> Shape:
    return (out_features, in_channels, 1, 1)


@dense_kernel_shape.slip("Output channels come first, one kernel for each output of the dense layer; then the input's.")
def input_channels_first(in_channels: int, height: int, width: int, out_features: int) -> Shape:
    return (in_channels, out_features, height, width)


@dense_kernel_shape.slip("PyTorch puts height and width last, behind the channels.")
def channels_behind(in_channels: int, height: int, width: int, out_features: int) -> Shape:
    return (height, width, in_channels, out_features)


@dense_kernel_shape.slip("That is the dense layer's own weight; a kernel keeps channels, rows and columns apart.")
def still_flat(in_channels: int, height: int, width: int, out_features: int) -> Shape:
    return (out_features, in_channels * height * width)


@reference(domain=Domain({**_SIZES, "bias": flag()}))
def dense_parameters(in_channels: int, height: int, width: int, out_features: int, bias: bool = True) -> int:
    """Parameters of a dense layer that reads in_channels maps of height × width; its convolution has as many.

    (16, 4, 4, 10) has 2,560 weights, and 2,570 with the biases, both ways.
    """
    _check_layer(in_channels, height, width, out_features)
    checks.flag(bias=bias)
    # H·W·C weights for each output, and one bias
    weights = height * width * in_channels * out_features
    return weights + out_features if bias else weights


@dense_parameters.slip("The kernel is as large as the map that the dense layer reads, not 1×1.")
def one_by_one_weights(in_channels: int, out_features: int, bias: bool) -> int:
    return in_channels * out_features + out_features * bias


@dense_parameters.slip("Every output reads all channels: multiply by in_channels.")
def channels_forgotten(height: int, width: int, out_features: int, bias: bool) -> int:
    return height * width * out_features + out_features * bias


@dense_parameters.slip("There is one such kernel for each output: multiply by out_features.")
def one_kernel(in_channels: int, height: int, width: int, bias: bool) -> int:
    return height * width * in_channels + bias


@dense_parameters.slip(
    "Each output has one bias: add out_features when the layer has biases, nothing when it has none."
)
def biases_mistaken(in_channels: int, height: int, width: int, out_features: int, bias: bool) -> int:
    return dense_parameters(in_channels, height, width, out_features, not bias)


@reference(
    domain=Domain(
        {
            "in_channels": whole(1, 4),
            "height": whole(1, 4),
            "width": whole(1, 5),
            "channel": whole(0, 3),
            "row": whole(0, 3),
            "column": whole(0, 4),
        },
        where=lambda in_channels, height, width, channel, row, column: (
            channel < in_channels and row < height and column < width
        ),
    )
)
def dense_column(in_channels: int, height: int, width: int, channel: int, row: int, column: int) -> int:
    """Column of the dense layer's weight that becomes the kernel's entry (channel, row, column). All count from 0.

    The maps are flattened channel by channel, as `torch.flatten` does.
    """
    checks.whole(1, MOST_CHANNELS, in_channels=in_channels)
    checks.whole(1, LARGEST_SIDE, height=height, width=width)
    checks.whole(0, in_channels - 1, channel=channel)
    checks.whole(0, height - 1, row=row)
    checks.whole(0, width - 1, column=column)
    # (c·H + y)·W + x
    return (channel * height + row) * width + column


@dense_column.slip("The maps are flattened channel by channel; pixel by pixel is the order of channels-last layouts.")
def pixel_by_pixel(in_channels: int, width: int, channel: int, row: int, column: int) -> int:
    return (row * width + column) * in_channels + channel


@dense_column.slip("Within a channel the pixels are read row by row, not column by column.")
def column_by_column(height: int, width: int, channel: int, row: int, column: int) -> int:
    return (channel * width + column) * height + row


@dense_column.slip("Before this channel come all pixels of the channels before it.")
def channels_before_forgotten(width: int, row: int, column: int) -> int:
    return row * width + column


@dense_column.slip("Columns count from 0: as many come before this one.")
def counted_from_one(in_channels: int, height: int, width: int, channel: int, row: int, column: int) -> int:
    return dense_column(in_channels, height, width, channel, row, column) + 1


#: Maps of a few sizes; entries that are whole, floats, or both beside each other.
_MAPS = Either(
    tuple(
        [
            Domain(
                {
                    "maps": array(channels, height, width, of=entries),
                    "weights": array(channels * height * width, of=entries),
                }
            )
            for channels, height, width in ((2, 2, 3), (2, 2, 2), (3, 2, 1), (1, 2, 3))
            for entries in (whole(-4, 6), stepped(-2, 2, 0.25), choice(-2, -0.5, 0, 1, 1.5, 3))
        ]
    )
)


def _check_values(maps: Sequence[Rows], weights: Vector) -> tuple[Vector, Sequence[Rows]]:
    kept, images = checks.vector("weights", weights, MOST_WEIGHTS), checks.maps("maps", maps)
    wanted = len(images) * len(images[0]) * len(images[0][0])
    if len(kept) != wanted:
        raise ValueError(f"weights must be {wanted}, one for each entry of maps, not {len(kept)}")
    (kept,), *alike_images = alike((kept,), *images)
    return kept, alike_images


@reference(domain=_MAPS)
def dense_value(maps: Sequence[Rows], weights: Vector) -> float:
    """Value of a dense layer's output, computed as the convolution that takes its place. No bias.

    maps (C, H, W); weights (C·H·W), one row of the dense layer's weight. A whole number for whole numbers.
    """
    row_of_weights, images = _check_values(maps, weights)
    height, width = len(images[0]), len(images[0][0])
    total: float = 0
    for c, image in enumerate(images):
        for y in range(height):
            for x in range(width):
                # K[c, y, x] = w[(c·H + y)·W + x], and the kernel has one place on maps of its own size
                total += row_of_weights[(c * height + y) * width + x] * image[y][x]
    return total


@dense_value.slip("The maps are flattened channel by channel; pixel by pixel is the order of channels-last layouts.")
def flattened_pixel_by_pixel(maps: Sequence[Rows], weights: Vector) -> float:
    flat = [maps[c][y][x] for y in range(len(maps[0])) for x in range(len(maps[0][0])) for c in range(len(maps))]
    return sum(weight * pixel for weight, pixel in zip(weights, flat, strict=True))


@dense_value.slip("Within a channel the pixels are read row by row, not column by column.")
def flattened_column_by_column(maps: Sequence[Rows], weights: Vector) -> float:
    flat = [image[y][x] for image in maps for x in range(len(image[0])) for y in range(len(image))]
    return sum(weight * pixel for weight, pixel in zip(weights, flat, strict=True))


@dense_value.slip("A layer lays its kernel on as it is; nothing is turned by 180°.")
def kernel_turned(maps: Sequence[Rows], weights: Vector) -> float:
    size = len(weights) // len(maps)
    turned = [weight for start in range(0, len(weights), size) for weight in weights[start : start + size][::-1]]
    return dense_value(maps, tuple(turned))


@dense_value.slip("The values of all channels are added up, not those of the first alone.")
def first_channel_only(maps: Sequence[Rows], weights: Vector) -> float:
    row_of_weights, images = _check_values(maps, weights)
    return dense_value(images[:1], row_of_weights[: len(weights) // len(maps)])
