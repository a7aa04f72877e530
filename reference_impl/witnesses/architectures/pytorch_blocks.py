"""PyTorch for blocks: their modules are built, mostly on the meta device, and run."""

# ruff: noqa: FBT001, FBT002 - `batch_norm` is a boolean, as in the references

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from reference_impl import architectures as ref
from reference_impl.arrays import Numbers, Shape, Vector, plain

if TYPE_CHECKING:
    from torch import Tensor, nn


def _numel(*modules: nn.Module) -> int:
    return sum([tensor.numel() for module in modules for tensor in module.parameters()])


def _conv(in_channels: int, out_channels: int, kernel_size: int = 1, stride: int = 1) -> nn.Module:
    """A convolution without biases, on the meta device."""
    from torch import nn

    return nn.Conv2d(in_channels, out_channels, kernel_size, stride, bias=False, device="meta")


def _norms(*widths: int) -> list[nn.Module]:
    from torch import nn

    return [nn.BatchNorm2d(width, device="meta") for width in widths]


def _map(channels: int, height: int = 8, width: int = 8) -> Tensor:
    import torch

    return torch.empty(1, channels, height, width, device="meta")


@ref.bottleneck_parameters.witness("PyTorch")
def build_bottleneck(
    in_channels: int, mid_channels: int, out_channels: int, kernel_size: int = 3, batch_norm: bool = False
) -> int:
    """The sizes of the modules' parameters."""
    squeeze, between = _conv(in_channels, mid_channels), _conv(mid_channels, mid_channels, kernel_size)
    norms = _norms(mid_channels, mid_channels, out_channels) if batch_norm else []
    return _numel(squeeze, between, _conv(mid_channels, out_channels), *norms)


@ref.basic_block_parameters.witness("PyTorch")
def build_basic_block(in_channels: int, out_channels: int, kernel_size: int = 3, batch_norm: bool = False) -> int:
    """The sizes of the modules' parameters."""
    first, second = _conv(in_channels, out_channels, kernel_size), _conv(out_channels, out_channels, kernel_size)
    return _numel(first, second, *(_norms(out_channels, out_channels) if batch_norm else []))


@ref.shortcut_parameters.witness("PyTorch")
def build_shortcut(in_channels: int, out_channels: int, stride: int = 1, batch_norm: bool = False) -> int:
    """Runs the block's own convolution: where the output has the input's shape, nothing is built beside it."""
    image = _map(in_channels)
    if _conv(in_channels, out_channels, 1, stride)(image).shape == image.shape:
        return 0
    return _numel(_conv(in_channels, out_channels, 1, stride), *(_norms(out_channels) if batch_norm else []))


@ref.residual_sum.witness("PyTorch")
def add_tensors(input: Numbers, change: Numbers) -> Numbers:  # noqa: A002 - the reference's name
    """Adds the tensors."""
    import torch

    found: Numbers = plain(torch.tensor(input, dtype=torch.float64) + torch.tensor(change, dtype=torch.float64))
    return found


def _cat_layers(num_input_features: int, growth_rate: int, num_layers: int) -> list[Tensor]:
    """What each layer reads, and what there is in the end: a list of maps on the meta device."""
    import torch

    maps = [_map(num_input_features)]
    output = _map(growth_rate)
    for _ in range(num_layers):
        maps.append(torch.cat([maps[-1], output], 1))
    return maps


@ref.dense_block_channels.witness("PyTorch")
def cat_all(num_input_features: int, growth_rate: int, num_layers: int) -> int:
    """The channels of the input and all outputs, concatenated at once."""
    import torch

    outputs = [_map(growth_rate)] * num_layers
    return int(torch.cat([_map(num_input_features), *outputs], 1).shape[1])


@ref.dense_block_trace.witness("PyTorch")
def cat_step_by_step(num_input_features: int, growth_rate: int, num_layers: int) -> Vector:
    """The channels of what each layer reads."""
    return tuple([int(each.shape[1]) for each in _cat_layers(num_input_features, growth_rate, num_layers)[:-1]])


@ref.dense_layer_parameters.witness("PyTorch")
def build_dense_layer(in_channels: int, growth_rate: int, bn_size: int = 4, batch_norm: bool = False) -> int:
    """The sizes of the modules' parameters."""
    squeeze, grow = _conv(in_channels, bn_size * growth_rate), _conv(bn_size * growth_rate, growth_rate, 3)
    return _numel(squeeze, grow, *(_norms(in_channels, bn_size * growth_rate) if batch_norm else []))


def _kept(channels: int, compression: float) -> int:
    """The whole channels in the sum of all parts, but for rounding."""
    import torch

    parts = torch.full((channels,), compression, dtype=torch.float64)
    return int((parts.sum() + 1e-9).floor())


@ref.transition_shape.witness("PyTorch")
def run_transition(in_channels: int, height: int, width: int, compression: float = 0.5) -> Shape:
    """What a 1×1 convolution and an average pooling give."""
    from torch import nn

    layers = nn.Sequential(_conv(in_channels, _kept(in_channels, compression)), nn.AvgPool2d(kernel_size=2, stride=2))
    return tuple(layers(_map(in_channels, height, width)).shape[1:])


@ref.densenet_trace.witness("PyTorch")
def run_blocks(
    num_init_features: int, growth_rate: int, block_config: Sequence[int], compression: float = 0.5
) -> Vector:
    """Concatenates maps in the blocks, and runs a 1×1 convolution between them."""
    image = _map(num_init_features, 1, 1)
    trace = [image.shape[1]]
    for number, num_layers in enumerate(block_config):
        if number:
            image = _conv(image.shape[1], _kept(image.shape[1], compression))(image)
            trace.append(image.shape[1])
        image = _cat_once(image, growth_rate, num_layers)
        trace.append(image.shape[1])
    return tuple(trace)


def _cat_once(image: Tensor, growth_rate: int, num_layers: int) -> Tensor:
    import torch

    joined: Tensor = torch.cat([image, *[_map(growth_rate, 1, 1)] * num_layers], 1)
    return joined


@ref.merged_channels.witness("PyTorch")
def merge_maps(channels: Sequence[int], operation: str = "concatenate") -> int:
    """The shape of the maps' sum, or of their concatenation."""
    import torch

    maps = [_map(width, 1, 1) for width in channels]
    merged = torch.cat(maps, 1) if operation == "concatenate" else torch.stack(maps).sum(0)
    return int(merged.shape[1])
