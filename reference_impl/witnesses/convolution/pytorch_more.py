"""PyTorch, continued: pooling layers, named filters, and layers compared by their weights."""

# ruff: noqa: FBT001, FBT002 - `count_include_pad` is a boolean, as in PyTorch
# ruff: noqa: PLR0913, PLR0917 - a witness has the parameters of its reference

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import convolution as ref
from reference_impl.arrays import Matrix, Rows, Shape, plain
from reference_impl.witnesses.convolution.pytorch import inputs_with_gradient, reduced_conv2d, stack_of_conv2d

if TYPE_CHECKING:
    from torch import Tensor


def _image(image: Rows) -> Tensor:
    import torch

    return torch.tensor(image, dtype=torch.float64)[None, None]


@ref.max_pool.witness("PyTorch")
def max_pool2d_values(image: Rows, kernel_size: int, stride: int | None = None, padding: int = 0) -> Matrix:
    """The values of max_pool2d; of whole numbers, whole."""
    import torch
    from torch.nn import functional

    pooled = functional.max_pool2d(_image(image), kernel_size, stride, padding)[0, 0]
    values: Matrix = plain(pooled if torch.tensor(image).is_floating_point() else pooled.long())
    return values


@ref.average_pool.witness("PyTorch")
def avg_pool2d_values(
    image: Rows, kernel_size: int, stride: int | None = None, padding: int = 0, count_include_pad: bool = True
) -> Matrix:
    """The values of avg_pool2d."""
    from torch.nn import functional

    pooled = functional.avg_pool2d(_image(image), kernel_size, stride, padding, count_include_pad=count_include_pad)
    values: Matrix = plain(pooled[0, 0])
    return values


@ref.filtered.witness("PyTorch")
def filters_put_together(image: Rows, name: str) -> Matrix:
    """Filters as products of one row and one column of weights, or as what is left when pooling is taken off."""
    import torch
    from torch.nn import functional

    pixels = _image(image)
    middle = pixels[..., 1:-1, 1:-1]
    mean = functional.avg_pool2d(pixels, 3, 1)

    def product(column: list[float], row: list[float]) -> Tensor:
        """The column of weights laid on, and then the row."""
        tall, wide = (torch.tensor(weights, dtype=torch.float64) for weights in (column, row))
        return functional.conv2d(functional.conv2d(pixels, tall[None, None, :, None]), wide[None, None, None, :])

    downwards, to_the_right = product([-1, 0, 1], [0, 1, 0]), product([0, 1, 0], [-1, 0, 1])
    match name:
        case "blur":
            output = mean
        case "sharpen":  # less the second differences downwards and to the right
            output = middle - product([1, -2, 1], [0, 1, 0]) - product([0, 1, 0], [1, -2, 1])
        case "outline":
            output = 9 * (middle - mean)
        case "emboss":
            diagonal = pixels[..., 2:, 2:] - pixels[..., :-2, :-2]
            output = middle + downwards + to_the_right + 2 * diagonal
        case "horizontal edges":
            output = product([-1, 0, 1], [1, 2, 1])
        case _:
            output = product([1, 2, 1], [-1, 0, 1])
    values: Matrix = plain(output[0, 0])
    return values


@ref.kernel_ratio.witness("PyTorch")
def ratio_of_conv2d(kernel_size: int, other_kernel_size: int) -> float:
    """The parameters of two nn.Conv2d."""
    return stack_of_conv2d(1, kernel_size, 2) / stack_of_conv2d(1, other_kernel_size, 2)


@ref.stacked_ratio.witness("PyTorch")
def stack_against_conv2d(layers: int, kernel_size: int) -> float:
    """The parameters of a stack of nn.Conv2d, and of one that is as large as the stack's field by autograd."""
    seen = inputs_with_gradient((kernel_size,) * layers, (1,) * layers)
    return stack_of_conv2d(layers, kernel_size, 2) / stack_of_conv2d(1, seen, 2)


@ref.break_even_channels.witness("PyTorch")
def bisect_widths(in_channels: int, out_channels: int, kernel_size: int) -> int:
    """The parameters of nn.Conv2d in one step and in two, the width between the steps found by bisection."""
    from torch import nn

    direct = nn.Conv2d(in_channels, out_channels, kernel_size, bias=False, device="meta").weight.numel()
    saves, dearer = 0, in_channels + 1
    while dearer - saves > 1:
        width = (saves + dearer) // 2
        if reduced_conv2d(in_channels, width, out_channels, kernel_size) < direct:
            saves = width
        else:
            dearer = width
    return saves


@ref.inception_shape.witness("PyTorch")
def run_branches(
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
    """The shape of torch.cat of four branches, each padded by half of its kernel, on the meta device."""
    import torch
    from torch.nn import functional

    def conv(maps: Tensor, channels: int, kernel_size: int) -> Tensor:
        weight = torch.empty(channels, maps.shape[0], kernel_size, kernel_size, device="meta")
        return functional.conv2d(maps, weight, padding=kernel_size // 2)

    image = torch.empty(in_channels, height, width, device="meta")
    branches = [
        conv(image, ch1x1, 1),
        conv(conv(image, ch3x3red, 1), ch3x3, 3),
        conv(conv(image, ch5x5red, 1), ch5x5, 5),
        conv(functional.max_pool2d(image, 3, 1, 1), pool_proj, 1),
    ]
    return tuple(torch.cat(branches).shape)
