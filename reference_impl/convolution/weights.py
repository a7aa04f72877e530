"""Weights: how many numbers a layer learns, in which shape, and how many multiplications it takes.

Source: the shapes of `torch.nn.Conv2d` and `torch.nn.Linear`; Simonyan and Zisserman, “Very deep convolutional
networks” (2015), for stacks of small kernels; Szegedy and others, “Going deeper with convolutions” (2014), for 1×1
reductions.
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - `bias` is given by place in decks, as in PyTorch

from __future__ import annotations

from reference_impl import checks
from reference_impl.arrays import Shape
from reference_impl.convolution.sizes import output_size
from reference_impl.domain import Domain, choice, flag, whole
from reference_impl.reference import reference

#: A dense layer may read a whole flattened image.
LARGEST_FEATURES = 10_000_000
MOST_STACKED = 256


def _check_layer(in_channels: int, out_channels: int, kernel_size: int, groups: int) -> None:
    checks.whole(1, in_channels=in_channels, out_channels=out_channels, groups=groups)
    checks.whole(1, checks.LARGEST_KERNEL, kernel_size=kernel_size)
    checks.divides("groups", groups, in_channels=in_channels, out_channels=out_channels)


def _grouped(in_channels: int, out_channels: int, groups: int, **_: object) -> bool:
    return in_channels % groups == 0 and out_channels % groups == 0


@reference(
    domain=Domain(
        {
            "in_channels": whole(1, 12),
            "out_channels": whole(1, 12),
            "kernel_size": choice(1, 2, 3, 5),
            "groups": choice(1, 2, 3, 4),
        },
        where=_grouped,
    )
)
def weight_shape(in_channels: int, out_channels: int, kernel_size: int, groups: int = 1) -> Shape:
    """Shape of a convolution's weight: (out_channels, in_channels / groups, kernel_size, kernel_size).

    ValueError if groups does not divide both numbers of channels. Source: `torch.nn.Conv2d.weight`.
    """
    _check_layer(in_channels, out_channels, kernel_size, groups)
    return (out_channels, in_channels // groups, kernel_size, kernel_size)


@weight_shape.slip("A filter is as deep as the channels that it reads, so its shape has a depth, too.")
def depth_left_out(out_channels: int, kernel_size: int) -> Shape:
    return (out_channels, kernel_size, kernel_size)


@weight_shape.slip("Output channels come first: the weight is a list of filters, one for each of them.")
def channels_swapped(in_channels: int, out_channels: int, kernel_size: int, groups: int) -> Shape:
    return (in_channels // groups, out_channels, kernel_size, kernel_size)


@weight_shape.slip("PyTorch puts height and width last, behind the channels.")
def window_first(in_channels: int, out_channels: int, kernel_size: int, groups: int) -> Shape:
    return (kernel_size, kernel_size, in_channels // groups, out_channels)


@weight_shape.slip("With groups a filter reads in_channels / groups channels only.")
def full_depth(in_channels: int, out_channels: int, kernel_size: int) -> Shape:
    return (out_channels, in_channels, kernel_size, kernel_size)


@reference(
    domain=Domain(
        {
            "in_channels": choice(1, 2, 3, 4, 6, 8, 12, 16),
            "out_channels": choice(1, 2, 3, 4, 6, 8, 10, 24),
            "kernel_size": choice(1, 2, 3, 5, 7),
            "groups": choice(1, 2, 3, 4),
            "bias": flag(),
        },
        where=_grouped,
    )
)
def parameters(in_channels: int, out_channels: int, kernel_size: int, groups: int = 1, bias: bool = True) -> int:
    """Number of parameters of a convolution layer with square kernels; one bias for each output channel.

    Stride, padding and the size of the image do not matter. ValueError if groups does not divide both numbers of
    channels. Source: `torch.nn.Conv2d`.
    """
    _check_layer(in_channels, out_channels, kernel_size, groups)
    checks.flag(bias=bias)
    # k·k·(C_in / g)·C_out + C_out
    weights = kernel_size * kernel_size * (in_channels // groups) * out_channels
    return weights + out_channels if bias else weights


@parameters.slip("A filter is as deep as its input: multiply by the channels that it reads.")
def depth_forgotten(out_channels: int, kernel_size: int, bias: bool) -> int:
    return kernel_size * kernel_size * out_channels + out_channels * bias


@parameters.slip("There is one such filter for each output channel: multiply by out_channels.")
def one_filter(in_channels: int, kernel_size: int, groups: int, bias: bool) -> int:
    return kernel_size * kernel_size * (in_channels // groups) + bias


@parameters.slip("A square kernel has kernel_size·kernel_size weights for each channel that it reads.")
def one_kernel_side(in_channels: int, out_channels: int, kernel_size: int, groups: int, bias: bool) -> int:
    return kernel_size * (in_channels // groups) * out_channels + out_channels * bias


@parameters.slip("With groups a filter reads in_channels / groups channels only.")
def groups_forgotten(in_channels: int, out_channels: int, kernel_size: int, bias: bool) -> int:
    return kernel_size * kernel_size * in_channels * out_channels + out_channels * bias


@parameters.slip("Each filter has one bias: add out_channels when the layer has biases, and nothing when it has none.")
def bias_mistaken(in_channels: int, out_channels: int, kernel_size: int, groups: int, bias: bool) -> int:
    return parameters(in_channels, out_channels, kernel_size, groups, not bias)


@parameters.slip("The bias belongs to the whole filter: there is one for each output channel, not one for each kernel.")
def bias_per_kernel(in_channels: int, out_channels: int, kernel_size: int, groups: int, bias: bool) -> int:
    return (kernel_size * kernel_size + bias) * (in_channels // groups) * out_channels


@reference(
    domain=Domain({"in_features": whole(1, 30), "out_features": whole(1, 30), "bias": flag()}),
)
def linear_parameters(in_features: int, out_features: int, bias: bool = True) -> int:
    """Number of parameters of a dense layer; one bias for each output. Source: `torch.nn.Linear`."""
    checks.whole(1, LARGEST_FEATURES, in_features=in_features)
    checks.whole(1, out_features=out_features)
    checks.flag(bias=bias)
    # n_in·n_out + n_out
    return in_features * out_features + (out_features if bias else 0)


@linear_parameters.slip("Every input has a weight to every output: multiply the two, do not add them.")
def sides_added(in_features: int, out_features: int) -> int:
    return in_features + out_features


@linear_parameters.slip("Each output has one bias: add out_features when the layer has biases, and nothing otherwise.")
def linear_bias_mistaken(in_features: int, out_features: int, bias: bool) -> int:
    return linear_parameters(in_features, out_features, not bias)


@linear_parameters.slip("Biases belong to the outputs: there are out_features of them, not in_features.")
def bias_per_input(in_features: int, out_features: int, bias: bool) -> int:
    return in_features * out_features + in_features * bias


@reference(
    domain=Domain(
        {
            "height": choice(3, 6, 9),
            "width": choice(5, 6),
            "in_channels": choice(1, 2, 6),
            "out_channels": choice(2, 4, 6),
            "kernel_size": choice(1, 2, 3, 5),
            "stride": whole(1, 3),
            "padding": whole(0, 1),
            "groups": choice(1, 2),
        },
        where=lambda height, width, kernel_size, padding, **others: (
            _grouped(**others) and kernel_size <= min(height, width) + 2 * padding
        ),
    )
)
def multiply_adds(
    height: int,
    width: int,
    in_channels: int,
    out_channels: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    groups: int = 1,
) -> int:
    """Multiplications that a convolution layer takes for one image, each with its addition; biases left aside.

    Positions in the padding count like all others. ValueError if the kernel does not fit into the padded image.
    """
    checks.whole(1, height=height, width=width)
    _check_layer(in_channels, out_channels, kernel_size, groups)
    places = output_size(height, kernel_size, stride, padding) * output_size(width, kernel_size, stride, padding)
    # H_out·W_out·k·k·(C_in / g)·C_out
    return places * kernel_size * kernel_size * (in_channels // groups) * out_channels


@multiply_adds.slip("The filter is laid on as many places as the output has pixels, not on every pixel of the input.")
def places_of_input(height: int, width: int, in_channels: int, out_channels: int, kernel_size: int, groups: int) -> int:
    return height * width * kernel_size * kernel_size * (in_channels // groups) * out_channels


@multiply_adds.slip("These are the weights; each of them is used once at every place of the output.")
def weights_only(in_channels: int, out_channels: int, kernel_size: int, groups: int) -> int:
    return parameters(in_channels, out_channels, kernel_size, groups, bias=False)


@multiply_adds.slip("A multiplication with its addition counts once here; counted apart they are twice as many.")
def counted_apart(
    height: int,
    width: int,
    in_channels: int,
    out_channels: int,
    kernel_size: int,
    stride: int,
    padding: int,
    groups: int,
) -> int:
    return 2 * multiply_adds(height, width, in_channels, out_channels, kernel_size, stride, padding, groups)


@multiply_adds.slip("A filter is as deep as its input: multiply by the channels that it reads.")
def work_without_depth(height: int, width: int, out_channels: int, kernel_size: int, stride: int, padding: int) -> int:
    return multiply_adds(height, width, 1, out_channels, kernel_size, stride, padding)


@reference(
    domain=Domain({"layers": whole(1, 4), "kernel_size": choice(1, 2, 3, 5, 7), "channels": whole(1, 12)}),
)
def stacked_parameters(layers: int, kernel_size: int, channels: int) -> int:
    """Weights of a stack of equal convolutions, each with as many input as output channels, without biases.

    Two 3×3 see as much as one 5×5, three as much as one 7×7 (stride 1), with fewer weights: the point of VGG.
    """
    checks.whole(1, MOST_STACKED, layers=layers)
    checks.whole(1, checks.LARGEST_KERNEL, kernel_size=kernel_size)
    checks.whole(1, channels=channels)
    # m·k²·C²
    return layers * kernel_size**2 * channels**2


@stacked_parameters.slip("That is one layer; every layer of the stack has its own weights.")
def one_layer(kernel_size: int, channels: int) -> int:
    return kernel_size**2 * channels**2


@stacked_parameters.slip("Each of the C filters reads all C channels, so the channels count twice.")
def channels_once(layers: int, kernel_size: int, channels: int) -> int:
    return layers * kernel_size**2 * channels


@stacked_parameters.slip("That is the one large kernel that sees as much; the stack of small ones has other weights.")
def one_large_kernel(layers: int, kernel_size: int, channels: int) -> int:
    return (layers * (kernel_size - 1) + 1) ** 2 * channels**2


@reference(
    domain=Domain(
        {
            "in_channels": choice(2, 3, 8, 16),
            "mid_channels": choice(1, 2, 4, 6),
            "out_channels": choice(2, 5, 8, 16),
            "kernel_size": choice(1, 3, 5),
        }
    )
)
def reduced_parameters(in_channels: int, mid_channels: int, out_channels: int, kernel_size: int) -> int:
    """Weights of a 1×1 convolution to mid_channels followed by a k×k convolution, without biases."""
    checks.whole(1, mid_channels=mid_channels)
    _check_layer(in_channels, out_channels, kernel_size, 1)
    # C_in·C_mid + k²·C_mid·C_out
    return in_channels * mid_channels + kernel_size**2 * mid_channels * out_channels


@reduced_parameters.slip("The 1×1 convolution that reduces the channels has weights, too.")
def reduction_forgotten(mid_channels: int, out_channels: int, kernel_size: int) -> int:
    return kernel_size**2 * mid_channels * out_channels


@reduced_parameters.slip("Behind the 1×1 convolution the k×k kernels read mid_channels only; that is what saves.")
def large_kernel_reads_input(in_channels: int, mid_channels: int, out_channels: int, kernel_size: int) -> int:
    return in_channels * mid_channels + kernel_size**2 * in_channels * out_channels


@reduced_parameters.slip("That is the k×k convolution without any reduction.")
def without_reduction(in_channels: int, out_channels: int, kernel_size: int) -> int:
    return kernel_size**2 * in_channels * out_channels
