"""PyTorch: the layers themselves are built or run. Shapes and weights on the meta device, which allocates nothing."""

# ruff: noqa: FBT001, FBT002 - `bias` and `ceil_mode` are booleans, as in PyTorch
# ruff: noqa: PLR0913, PLR0917 - a witness has the parameters of its reference

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reference_impl import convolution as ref
from reference_impl.arrays import Matrix, Rows, Shape, Vector, plain

if TYPE_CHECKING:
    from torch import Tensor, nn


def conv_length(input_size: int, kernel_size: int, stride: int, padding: int, dilation: int = 1) -> int:
    """The length that conv1d gives."""
    import torch
    from torch.nn import functional

    image = torch.empty(1, 1, input_size, device="meta")
    kernel = torch.empty(1, 1, kernel_size, device="meta")
    return int(functional.conv1d(image, kernel, stride=stride, padding=padding, dilation=dilation).shape[-1])


@ref.output_size.witness("PyTorch")
def conv1d_length(input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """The shape of conv1d's output."""
    return conv_length(input_size, kernel_size, stride, padding, dilation)


@ref.leftover.witness("PyTorch")
def columns_without_gradient(
    input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """Autograd: the columns behind the last one that has a gradient."""
    import torch
    from torch.nn import functional

    padded = torch.zeros(1, 1, input_size + 2 * padding, requires_grad=True)
    kernel = torch.ones(1, 1, kernel_size)
    functional.conv1d(padded, kernel, stride=stride, dilation=dilation).sum().backward()
    return int(padded.shape[-1]) - 1 - int(padded.grad.nonzero()[-1, -1])


@ref.size_drop.witness("PyTorch")
def conv1d_drop(input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1) -> int:
    """The shapes before and after conv1d."""
    return input_size - conv_length(input_size, kernel_size, stride, padding, dilation)


@ref.same_padding.witness("PyTorch")
def reach_of_same(kernel_size: int, dilation: int = 1) -> int:
    """Runs conv1d with padding="same": how far the last output looks back is its padding on the other side, too."""
    import torch
    from torch.nn import functional

    image = torch.zeros(1, 1, kernel_size * dilation, requires_grad=True)
    output = functional.conv1d(image, torch.ones(1, 1, kernel_size), padding="same", dilation=dilation)
    output[0, 0, -1].backward()
    return int(image.shape[-1]) - 1 - int(image.grad.nonzero()[0, -1])


def _first_padding(input_size: int, kernel_size: int, stride: int, at_least: int) -> int:
    """The first padding with which conv1d gives so many values, by bisection."""
    low, high = 0, kernel_size + stride * at_least
    while low < high:
        middle = (low + high) // 2
        fits = input_size + 2 * middle >= kernel_size
        if fits and conv_length(input_size, kernel_size, stride, middle) >= at_least:
            high = middle
        else:
            low = middle + 1
    return low


@ref.paddings_for.witness("PyTorch")
def bisect_paddings(input_size: int, kernel_size: int, stride: int, output_size: int) -> Vector:
    """From the first padding with which conv1d gives enough to the last before it gives too much."""
    first = _first_padding(input_size, kernel_size, stride, output_size)
    return tuple(range(first, _first_padding(input_size, kernel_size, stride, output_size + 1)))


@ref.padding_for.witness("PyTorch")
def bisect_padding(input_size: int, kernel_size: int, stride: int, output_size: int) -> int:
    """The first padding with which conv1d gives enough."""
    return _first_padding(input_size, kernel_size, stride, output_size)


@ref.output_shape.witness("PyTorch")
def conv2d_shape(
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
    """The shape of conv2d's output."""
    import torch
    from torch.nn import functional

    image = torch.empty(1, in_channels or 1, height, width, device="meta")
    weight = torch.empty(out_channels, in_channels or 1, kernel_size, kernel_size, device="meta")
    output = functional.conv2d(image, weight, stride=stride, padding=padding, dilation=dilation)[0]
    return tuple((output.permute(1, 2, 0) if channels_last else output).shape)


@ref.pool_size.witness("PyTorch")
def max_pool_length(
    input_size: int, kernel_size: int, stride: int | None = None, padding: int = 0, ceil_mode: bool = False
) -> int:
    """The shape of max_pool1d's output."""
    import torch
    from torch.nn import functional

    image = torch.empty(1, 1, input_size)
    return int(functional.max_pool1d(image, kernel_size, stride, padding, ceil_mode=ceil_mode).shape[-1])


@ref.transposed_size.witness("PyTorch")
def conv_transpose_length(
    input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, output_padding: int = 0, dilation: int = 1
) -> int:
    """The shape of conv_transpose1d's output."""
    import torch
    from torch.nn import functional

    image = torch.empty(1, 1, input_size, device="meta")
    kernel = torch.empty(1, 1, kernel_size, device="meta")
    output = functional.conv_transpose1d(image, kernel, None, stride, padding, output_padding, 1, dilation)
    return int(output.shape[-1])


def _touched(
    kernel_sizes: Sequence[int], strides: Sequence[int], dilations: Sequence[int], outputs: Sequence[int]
) -> list[int]:
    """The first and the last input with a gradient from some outputs, through layers whose weights are all one.

    From layer to layer the gradient is kept as zero or one, so that it neither overflows nor fades away.
    """
    import torch
    from torch.nn import functional

    gradient = torch.zeros(1, 1, max(outputs) + 1)
    gradient[0, 0, list(outputs)] = 1
    layers = list(zip(kernel_sizes, strides, dilations or (1,) * len(strides), strict=True))
    for kernel_size, stride, dilation in reversed(layers):
        length = stride * gradient.shape[-1] + dilation * (kernel_size - 1)
        image = torch.zeros(1, 1, length, requires_grad=True)
        output = functional.conv1d(image, torch.ones(1, 1, kernel_size), stride=stride, dilation=dilation)
        output[..., : gradient.shape[-1]].backward(gradient)
        gradient = (image.grad != 0).float()
    touched = gradient[0, 0].nonzero()[:, 0].tolist()
    return [touched[0], touched[-1]]


@ref.receptive_field.witness("PyTorch")
def inputs_with_gradient(kernel_sizes: Sequence[int], strides: Sequence[int], dilations: Sequence[int] = ()) -> int:
    """Autograd: the inputs from the first to the last with a gradient from one output."""
    first, last = _touched(kernel_sizes, strides, dilations, [0])
    return last - first + 1


@ref.jump.witness("PyTorch")
def shift_of_gradient(strides: Sequence[int]) -> int:
    """Autograd through kernels of one tap: how far the input of output 1 is from that of output 0."""
    first, last = _touched((1,) * len(strides), strides, (), [0, 1])
    return last - first


def _count(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


def _conv(in_channels: int, out_channels: int, kernel_size: int, groups: int = 1, *, bias: bool = False) -> nn.Module:
    from torch import nn

    return nn.Conv2d(in_channels, out_channels, kernel_size, groups=groups, bias=bias, device="meta")


@ref.weight_shape.witness("PyTorch")
def conv2d_weight(in_channels: int, out_channels: int, kernel_size: int, groups: int = 1) -> Shape:
    """The shape of nn.Conv2d's weight."""
    return tuple(_conv(in_channels, out_channels, kernel_size, groups).weight.shape)


@ref.parameters.witness("PyTorch")
def conv2d_parameters(in_channels: int, out_channels: int, kernel_size: int, groups: int = 1, bias: bool = True) -> int:
    """The parameters of nn.Conv2d."""
    return _count(_conv(in_channels, out_channels, kernel_size, groups, bias=bias))


@ref.linear_parameters.witness("PyTorch")
def linear_module(in_features: int, out_features: int, bias: bool = True) -> int:
    """The parameters of nn.Linear."""
    from torch import nn

    return _count(nn.Linear(in_features, out_features, bias=bias, device="meta"))


@ref.multiply_adds.witness("PyTorch")
def counted_flops(
    height: int,
    width: int,
    in_channels: int,
    out_channels: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    groups: int = 1,
) -> int:
    """PyTorch's own counter of operations, which counts a multiplication and its addition as two."""
    import torch
    from torch.nn import functional
    from torch.utils.flop_counter import FlopCounterMode

    image = torch.empty(1, in_channels, height, width, device="meta")
    weight = torch.empty(out_channels, in_channels // groups, kernel_size, kernel_size, device="meta")
    with FlopCounterMode(display=False) as counter:
        functional.conv2d(image, weight, stride=stride, padding=padding, groups=groups)
    return int(counter.get_total_flops()) // 2


@ref.stacked_parameters.witness("PyTorch")
def stack_of_conv2d(layers: int, kernel_size: int, channels: int) -> int:
    """The parameters of nn.Conv2d layers in a row."""
    from torch import nn

    return _count(nn.Sequential(*[_conv(channels, channels, kernel_size) for _ in range(layers)]))


@ref.reduced_parameters.witness("PyTorch")
def reduced_conv2d(in_channels: int, mid_channels: int, out_channels: int, kernel_size: int) -> int:
    """The parameters of two nn.Conv2d layers in a row."""
    from torch import nn

    return _count(nn.Sequential(_conv(in_channels, mid_channels, 1), _conv(mid_channels, out_channels, kernel_size)))


@ref.inception_parameters.witness("PyTorch")
def inception_block(
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
    """The parameters of the block built from modules."""
    from torch import nn

    def conv(from_channels: int, to_channels: int, kernel_size: int) -> nn.Module:
        return _conv(from_channels, to_channels, kernel_size, bias=bias)

    block = nn.ModuleList(
        [
            conv(in_channels, ch1x1, 1),
            nn.Sequential(conv(in_channels, ch3x3red, 1), conv(ch3x3red, ch3x3, 3)),
            nn.Sequential(conv(in_channels, ch5x5red, 1), conv(ch5x5red, ch5x5, kernel5)),
            nn.Sequential(nn.MaxPool2d(3, 1, 1), conv(in_channels, pool_proj, 1)),
        ]
    )
    return _count(block)


@ref.inception_channels.witness("PyTorch")
def concatenated_branches(ch1x1: int, ch3x3: int, ch5x5: int, pool_proj: int) -> int:
    """The shape of the branches' outputs after torch.cat along the channels."""
    import torch

    branches = [torch.empty(1, channels, 7, 7, device="meta") for channels in (ch1x1, ch3x3, ch5x5, pool_proj)]
    return int(torch.cat(branches, dim=1).shape[1])


def _tensor(rows: Any, *others: Any) -> Tensor:
    """A tensor of whole numbers if all entries are whole, here and in the others; else of float64."""
    import torch

    exact = not any(torch.tensor(each).is_floating_point() for each in (rows, *others))
    return torch.tensor(rows, dtype=torch.int64 if exact else torch.float64)


@ref.cross_correlation.witness("PyTorch")
def conv2d_values(image: Rows, kernel: Rows, stride: int = 1, padding: int = 0) -> Matrix:
    """The values of conv2d."""
    from torch.nn import functional

    pixels, weight = _tensor(image, kernel)[None, None], _tensor(kernel, image)[None, None]
    return _rows(functional.conv2d(pixels, weight, stride=stride, padding=padding)[0, 0])


@ref.cross_correlation_at.witness("PyTorch")
def conv2d_value(image: Rows, kernel: Rows, row: int, column: int) -> float:
    """One of the values of conv2d."""
    return conv2d_values(image, kernel)[row][column]


@ref.convolution.witness("PyTorch")
def transposed_conv2d_values(image: Rows, kernel: Rows, stride: int = 1, padding: int = 0) -> Matrix:
    """The values of conv_transpose2d, which lays scaled copies of its kernel down: a convolution in the strict sense.

    Of its full output the part is kept that comes from whole windows.
    """
    from torch.nn import functional

    pixels = functional.pad(_tensor(image, kernel), [padding] * 4)
    weight = _tensor(kernel, image)
    full = functional.conv_transpose2d(pixels.double()[None, None], weight.double()[None, None])[0, 0]
    whole = full[len(kernel) - 1 : pixels.shape[0], len(kernel[0]) - 1 : pixels.shape[1]]
    return _rows(whole[::stride, ::stride].to(pixels.dtype))


@ref.convolution_at.witness("PyTorch")
def transposed_conv2d_value(image: Rows, kernel: Rows, row: int, column: int) -> float:
    """One of the values of conv_transpose2d."""
    return transposed_conv2d_values(image, kernel)[row][column]


@ref.full_convolution.witness("PyTorch")
def transposed_conv1d_values(signal: Vector, kernel: Vector) -> Vector:
    """The values of conv_transpose1d, which lays scaled copies of its kernel down."""
    from torch.nn import functional

    entries, weight = _tensor(signal, kernel), _tensor(kernel, signal)
    full = functional.conv_transpose1d(entries.double()[None, None], weight.double()[None, None])[0, 0]
    values: Vector = plain(full.to(entries.dtype))
    return values


def _rows(tensor: Tensor) -> Matrix:
    matrix: Matrix = plain(tensor)
    return matrix
