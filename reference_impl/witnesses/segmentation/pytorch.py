"""PyTorch for segmentation: layers are built or run, matrices are made of what they do, and ranks are computed."""

# ruff: noqa: FBT001, FBT002 - `bias` is a boolean, as in PyTorch

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reference_impl import segmentation as ref
from reference_impl.arrays import Matrix, Rows, Shape, Vector, plain
from reference_impl.witnesses.convolution.pytorch import conv_length, conv_transpose_length
from reference_impl.witnesses.segmentation.brute import listed

if TYPE_CHECKING:
    from torch import Tensor, nn


def _conv(in_channels: int, height: int, width: int, out_features: int, *, bias: bool) -> nn.Module:
    from torch import nn

    return nn.Conv2d(in_channels, out_features, (height, width), bias=bias, device="meta")


@ref.dense_kernel_shape.witness("PyTorch")
def conv2d_weight(in_channels: int, height: int, width: int, out_features: int) -> Shape:
    """The shape of nn.Conv2d's weight."""
    return tuple(_conv(in_channels, height, width, out_features, bias=False).weight.shape)


@ref.dense_parameters.witness("PyTorch")
def conv2d_and_linear(in_channels: int, height: int, width: int, out_features: int, bias: bool = True) -> int:
    """The parameters of nn.Conv2d; nn.Linear on the flattened maps must have as many."""
    from torch import nn

    dense = nn.Linear(in_channels * height * width, out_features, bias=bias, device="meta")
    convolution = _conv(in_channels, height, width, out_features, bias=bias)
    counts = [sum(each.numel() for each in layer.parameters()) for layer in (dense, convolution)]
    if counts[0] != counts[1]:
        raise ArithmeticError(f"nn.Linear has {counts[0]} and nn.Conv2d {counts[1]} parameters")
    return int(counts[1])


@ref.dense_column.witness("PyTorch")
def entry_of_view(in_channels: int, height: int, width: int, channel: int, row: int, column: int) -> int:
    """Numbers the columns, and views them as a kernel."""
    import torch

    columns = torch.arange(in_channels * height * width)
    return int(columns.view(in_channels, height, width)[channel, row, column])


def _tensors(*values: Any) -> list[Tensor]:
    """Tensors of whole numbers if all entries are whole, else of float64."""
    import torch

    tensors = [torch.tensor(value) for value in values]
    exact = not any(tensor.is_floating_point() for tensor in tensors)
    # again from the numbers: a tensor of float32 has lost digits
    return [torch.tensor(value, dtype=torch.int64 if exact else torch.float64) for value in values]


@ref.dense_value.witness("PyTorch")
def conv2d_value(maps: Sequence[Rows], weights: Vector) -> float:
    """The value of conv2d with the row of weights viewed as a kernel; linear on the flattened maps must agree."""
    import torch
    from torch.nn import functional

    image, row = _tensors(maps, weights)
    value = functional.conv2d(image[None], row.view(1, *image.shape)).flatten()
    dense = functional.linear(image.double().flatten(), row.double()[None])
    if not torch.allclose(dense, value.double(), rtol=1e-9, atol=1e-9):
        raise ArithmeticError(f"the dense layer gives {dense.item()} and the convolution {value.item()}")
    found: float = plain(value[0])
    return found


@ref.map_size.witness("PyTorch")
def conv1d_lengths(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int] = (), paddings: Sequence[int] = ()
) -> int:
    """The length after conv1d, layer after layer."""
    size = input_size
    for layer in listed(kernel_sizes, strides, paddings):
        size = conv_length(size, *layer)
    return size


@ref.least_input_size.witness("PyTorch")
def bisect_inputs(kernel_sizes: Sequence[int], strides: Sequence[int] = (), paddings: Sequence[int] = ()) -> int:
    """The smallest input that passes through conv1d, layer after layer, by bisection."""
    layers = listed(kernel_sizes, strides, paddings)

    def passes(size: int) -> bool:
        for kernel_size, stride, padding in layers:
            if kernel_size > size + 2 * padding:
                return False
            size = conv_length(size, kernel_size, stride, padding)
        return True

    low, high = 1, 1
    while not passes(high):
        low, high = high + 1, 2 * high
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if passes(middle) else (middle + 1, high)
    return low


@ref.upsampled_size.witness("PyTorch")
def conv_transpose1d_lengths(
    input_size: int, kernel_sizes: Sequence[int], strides: Sequence[int] = (), paddings: Sequence[int] = ()
) -> int:
    """The length after conv_transpose1d, layer after layer."""
    size = input_size
    for layer in listed(kernel_sizes, strides, paddings):
        size = conv_transpose_length(size, *layer)
    return size


@ref.transposed_convolution1d.witness("PyTorch")
def conv_transpose1d_values(
    signal: Vector, kernel: Vector, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> Vector:
    """The values of conv_transpose1d."""
    from torch.nn import functional

    x, weight = _tensors(signal, kernel)
    output = functional.conv_transpose1d(
        x.double()[None, None],
        weight.double()[None, None],
        stride=stride,
        padding=padding,
        output_padding=output_padding,
    )
    values: Vector = plain(output[0, 0].to(x.dtype))
    return values


@ref.transposed_convolution.witness("PyTorch")
def conv_transpose2d_values(
    image: Rows, kernel: Rows, stride: int = 1, padding: int = 0, output_padding: int = 0
) -> Matrix:
    """The values of conv_transpose2d."""
    from torch.nn import functional

    pixels, weight = _tensors(image, kernel)
    output = functional.conv_transpose2d(
        pixels.double()[None, None],
        weight.double()[None, None],
        stride=stride,
        padding=padding,
        output_padding=output_padding,
    )
    return _rows(output[0, 0].to(pixels.dtype))


@ref.transposed_convolution_at.witness("PyTorch")
def conv_transpose2d_value(
    image: Rows, kernel: Rows, row: int, column: int, stride: int = 1, padding: int = 0
) -> float:
    """One of the values of conv_transpose2d."""
    return conv_transpose2d_values(image, kernel, stride, padding)[row][column]


@ref.convolution_matrix.witness("PyTorch")
def conv1d_of_identity(kernel: Vector, input_size: int, stride: int = 1, padding: int = 0) -> Matrix:
    """The values of conv1d for the rows of the identity: they are the columns of the matrix."""
    import torch
    from torch.nn import functional

    (weight,) = _tensors(kernel)
    units = torch.eye(input_size, dtype=weight.dtype)[:, None]
    return _rows(functional.conv1d(units, weight[None, None], stride=stride, padding=padding)[:, 0].T)


@ref.transposed_matrix.witness("PyTorch")
def jacobian_of_conv_transpose1d(kernel: Vector, input_size: int, stride: int = 1, padding: int = 0) -> Matrix:
    """Autograd: the Jacobian of conv_transpose1d is its matrix."""
    import torch
    from torch.nn import functional

    (weight,) = _tensors(kernel)

    def layer(signal: Tensor) -> Tensor:
        taps = weight.double()[None, None]
        return functional.conv_transpose1d(signal[None, None], taps, stride=stride, padding=padding)[0, 0]

    zeros = torch.zeros(input_size, dtype=torch.float64)
    return _rows(torch.autograd.functional.jacobian(layer, zeros).to(weight.dtype))


def _matrix(input_size: int, kernel_size: int, stride: int) -> Tensor:
    """The matrix of conv2d with a kernel of ones, from what it does to planes with one pixel of 1."""
    import torch
    from torch.nn import functional

    units = torch.eye(input_size**2, dtype=torch.float64).view(-1, 1, input_size, input_size)
    kernel = torch.ones(1, 1, kernel_size, kernel_size, dtype=torch.float64)
    return functional.conv2d(units, kernel, stride=stride).flatten(1).T


@ref.convolution_matrix_shape.witness("PyTorch")
def shape_of_matrix(input_size: int, kernel_size: int, stride: int = 1) -> Shape:
    """The shape of the matrix of conv2d."""
    return tuple(_matrix(input_size, kernel_size, stride).shape)


@ref.convolution_rank.witness("PyTorch")
def matrix_rank(input_size: int, kernel_size: int, stride: int = 1) -> int:
    """The rank of the matrix of conv2d: its singular values that are not 0."""
    import torch

    return int(torch.linalg.matrix_rank(_matrix(input_size, kernel_size, stride)))


@ref.null_space_dimensions.witness("PyTorch")
def zero_eigenvalues(input_size: int, kernel_size: int, stride: int = 1) -> int:
    """How many eigenvalues of MᵀM are 0: the images that conv2d makes zeros of are their eigenvectors."""
    import torch

    matrix = _matrix(input_size, kernel_size, stride)
    eigenvalues = torch.linalg.eigvalsh(matrix.T @ matrix)
    return int((eigenvalues < 1e-9 * eigenvalues.max()).sum())


@ref.label_map.witness("PyTorch")
def argmax_map(scores: Sequence[Rows]) -> Matrix:
    """torch.argmax along the classes."""
    import torch

    return _rows(torch.tensor(scores, dtype=torch.float64).argmax(dim=0))


@ref.label_at.witness("PyTorch")
def argmax_at(scores: Sequence[Rows], row: int, column: int) -> int:
    """torch.argmax along the classes, at one pixel."""
    import torch

    return int(torch.tensor(scores, dtype=torch.float64)[:, row, column].argmax())


def _rows(tensor: Tensor) -> Matrix:
    matrix: Matrix = plain(tensor)
    return matrix
