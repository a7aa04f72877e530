"""PyTorch for nets: modules are built on the meta device, run there, or run on the positions of pixels.

Each net is built once, and each of its runs kept.
"""

# ruff: noqa: FBT001, FBT002 - `aux_heads` and `bias` are booleans, as in the references

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from reference_impl import architectures as ref
from reference_impl.arrays import Shape

if TYPE_CHECKING:
    from torch import Tensor, nn

#: Length of the strip of pixels on which fields are measured: twice the largest field and more.
_STRIP = 8192


@functools.cache
def net(name: str, variant: str, aux_heads: bool = False) -> nn.Module:
    """The net, built once."""
    from reference_impl.witnesses.architectures.torch_nets import build

    return build(name, variant, aux_heads)


def _with_heads(name: str, variant: str) -> nn.Module:
    """The net that has every layer that can be asked for."""
    return net(name, variant, name == "googlenet")


class Measured(NamedTuple):
    """What a module gives for an image, how often its own weights are multiplied, and the size of what it reads."""

    shape: Shape
    work: int
    read: int


@functools.cache
def _measured(name: str, variant: str, aux_heads: bool, input_size: int) -> dict[str, Measured]:
    """One image through the net, on the meta device."""
    import torch
    from torch import nn

    found: dict[str, Measured] = {}

    def note(label: str, module: nn.Module, image: Any, output: Tensor) -> None:
        has_filters = isinstance(module, (nn.Conv2d, nn.Linear))
        # each number of the output takes the weights of one filter, or of one row
        work = output.numel() * module.weight[0].numel() if has_filters else 0
        read = image[0].shape[-1] if isinstance(image, list) else image.shape[-1]
        found[label] = Measured(tuple(output.shape[1:]), work, read)

    with torch.no_grad():
        _run(
            net(name, variant, aux_heads), torch.empty(1, 3, input_size, input_size, device="meta"), note, _elementwise
        )
    return found


def _elementwise(_: str, module: nn.Module) -> Callable[..., Any] | None:
    """In place of what keeps every shape: nothing is computed, which on the meta device takes most of the time."""
    from torch import nn

    if isinstance(module, nn.BatchNorm2d):
        return functools.partial(_channels_checked, module.num_features)
    kept = (nn.ReLU, nn.Dropout, nn.LocalResponseNorm)
    return _unchanged if isinstance(module, kept) else None


def _unchanged(image: Tensor) -> Tensor:
    return image


def _channels_checked(num_features: int, image: Tensor) -> Tensor:
    if image.shape[1] != num_features:
        raise RuntimeError(f"normalisation of {num_features} channels on {image.shape[1]}")
    return image


def _run(module: nn.Module, image: Tensor, note: Any, instead: Callable[[str, nn.Module], Any]) -> Tensor:
    """The module's answer to the image. `note` is told of what each module in it gives.

    Where `instead` gives a function for a module, that is called in its place.
    """
    replaced, hooks = [], []
    try:
        for label, each in module.named_modules():
            forward = instead(label, each)
            if forward is not None:
                each.forward = forward  # of this one module, in front of its class's
                replaced.append(each)
            if note is not None:
                tell = functools.partial(_tell, note, label)
                hooks.append(each.register_forward_hook(tell))
        return module(image)
    finally:
        for each in replaced:
            del each.forward
        for hook in hooks:
            hook.remove()


def _tell(note: Any, label: str, module: nn.Module, images: tuple[Any], output: Tensor) -> None:
    note(label, module, images[0], output)


@functools.cache
def _seen(name: str, variant: str) -> dict[str, tuple[int, int]]:
    """Receptive field and jump of each module, measured: the net is run on the positions of pixels.

    Each layer is replaced by a max pooling with its kernel, stride and padding; so are sums and concatenations, by the
    maximum of what they join. On positions 0, 1, 2, … an output is then the last pixel that it can see, and on 0, −1,
    −2, … minus the first. The strip is so long that an output in its middle sees no edge.
    """
    import torch
    from torch import nn
    from torch.nn import functional

    from reference_impl.witnesses.architectures.torch_nets import Concatenation, Sum

    heads = name == "googlenet"
    on_image = _measured(name, variant, heads, 224)
    found: dict[str, tuple[int, int]] = {}

    def note(label: str, _module: nn.Module, _image: Any, output: Tensor) -> None:
        middle = output.shape[-1] // 4 * 2  # even: there a part of two windows of an adaptive pooling begins
        (last, _), (minus_first, minus_beside) = output[:, 0, middle : middle + 2].tolist()
        found[label] = (int(last + minus_first) + 1, int(minus_first - minus_beside))

    def instead(label: str, module: nn.Module) -> Callable[..., Any] | None:
        if isinstance(module, (nn.Conv2d, nn.MaxPool2d, nn.AvgPool2d)):
            window = (module.kernel_size, module.stride, module.padding)
            kernel_size, stride, padding = [each if isinstance(each, int) else each[0] for each in window]
            return lambda image: functional.max_pool1d(image, kernel_size, stride, padding)
        if isinstance(module, nn.AdaptiveAvgPool2d) and module.output_size != (1, 1):
            return functools.partial(_side_by_side, map_size=on_image[label].read, places=module.output_size[0])
        if isinstance(module, (nn.AdaptiveAvgPool2d, nn.Flatten)):
            whole = on_image[label].read
            return lambda image: functional.max_pool1d(image, whole, 1)  # in one place
        if isinstance(module, (Sum, Concatenation)):
            return lambda maps: functools.reduce(torch.maximum, maps)
        return None if next(module.children(), None) else _unchanged

    positions = torch.arange(_STRIP, dtype=torch.float32)
    with torch.no_grad():
        _run(net(name, variant, heads), torch.stack([positions, -positions])[:, None], note, instead)
    return found


def _side_by_side(image: Tensor, map_size: int, places: int) -> Tensor:
    """Adaptive pooling of a strip that is many maps side by side."""
    from torch.nn import functional

    maps = image.shape[-1] // map_size
    pooled: Tensor = functional.adaptive_max_pool1d(image[..., : maps * map_size], maps * places)
    return pooled


def _count(module: nn.Module, variant: str, *, bias: bool) -> int:
    """Parameters of a module; Keras also counts the running statistics, which PyTorch keeps in buffers."""
    numbers = [tensor.numel() for label, tensor in module.named_parameters() if bias or not label.endswith("bias")]
    if variant == "keras":
        numbers += [tensor.numel() for tensor in module.buffers() if tensor.dim()]
    return sum(numbers)


@ref.parameters.witness("PyTorch")
def count_module(name: str, variant: str = "torchvision", aux_heads: bool = False, bias: bool = True) -> int:
    """The sizes of the module's parameters, added up."""
    return _count(net(name, variant, aux_heads), variant, bias=bias)


@ref.multiply_adds.witness("PyTorch")
def run_module(name: str, variant: str = "torchvision", aux_heads: bool = False, input_size: int = 224) -> int:
    """One image through the module: for each number that a layer gives, the weights of one filter."""
    return sum([each.work for each in _measured(name, variant, aux_heads, input_size).values()])


@ref.dense_share.witness("PyTorch")
def share_of_linear(name: str, variant: str = "torchvision", aux_heads: bool = False) -> float:
    """The parameters of all Linear modules, over all parameters."""
    from torch import nn

    module = net(name, variant, aux_heads)
    dense = sum([_count(each, variant, bias=True) for each in module.modules() if isinstance(each, nn.Linear)])
    return dense / _count(module, variant, bias=True)


@ref.weight_layers.witness("PyTorch")
def longest_way_back(name: str) -> int:
    """Autograd: the most convolutions and dense layers that a gradient passes from the answer to the image."""
    import torch

    image = torch.empty(1, 3, 224, 224, device="meta")
    answer = _run(net(name, "torchvision"), image, None, _elementwise)
    passed: dict[Any, int] = {}
    waiting = [answer.grad_fn]
    while waiting:
        step = waiting[-1]
        before = [each for each, _ in step.next_functions if each is not None]
        unknown = [each for each in before if each not in passed]
        if unknown:
            waiting += unknown
            continue
        waiting.pop()
        weights = step.name() in {"ConvolutionBackward0", "AddmmBackward0"}
        passed[step] = max([passed[each] for each in before], default=0) + weights
    return passed[answer.grad_fn]


@ref.layer_count.witness("PyTorch")
def count_modules(name: str, kind: str, variant: str = "torchvision", aux_heads: bool = False) -> int:
    """The modules of a class."""
    from torch import nn

    classes = {
        "convolution": nn.Conv2d,
        "linear": nn.Linear,
        "normalisation": (nn.BatchNorm2d, nn.LocalResponseNorm),
        "pooling": (nn.MaxPool2d, nn.AvgPool2d, nn.AdaptiveAvgPool2d),
    }
    return len([each for each in net(name, variant, aux_heads).modules() if isinstance(each, classes[kind])])


@ref.layer_parameters.witness("PyTorch")
def count_submodule(name: str, layer: str, variant: str = "torchvision", bias: bool = True) -> int:
    """The sizes of the submodule's parameters, added up."""
    return _count(_with_heads(name, variant).get_submodule(layer), variant, bias=bias)


@ref.layer_shape.witness("PyTorch")
def shape_given(name: str, layer: str, variant: str = "torchvision", input_size: int = 224) -> Shape:
    """What the submodule gives for an image on the meta device."""
    return _measured(name, variant, name == "googlenet", input_size)[layer].shape


@ref.layer_multiply_adds.witness("PyTorch")
def work_of_submodule(name: str, layer: str, variant: str = "torchvision", input_size: int = 224) -> int:
    """One image through the net: the work of the submodule and of all that are in it."""
    found = _measured(name, variant, name == "googlenet", input_size)
    return sum([each.work for label, each in found.items() if label == layer or label.startswith(f"{layer}.")])


@ref.layer_receptive_field.witness("PyTorch")
def pixels_seen(name: str, layer: str, variant: str = "torchvision") -> int:
    """Max poolings in place of the layers: the last pixel that an output sees, less the first, and one."""
    return _seen(name, variant)[layer][0]


@ref.layer_jump.witness("PyTorch")
def pixels_between(name: str, layer: str, variant: str = "torchvision") -> int:
    """Max poolings in place of the layers: how much later the next output begins to see."""
    return _seen(name, variant)[layer][1]


@ref.projections.witness("PyTorch")
def modules_beside(name: str) -> int:
    """The blocks that have a module on their shortcut."""
    blocks = _blocks(name)
    return len([each for each in blocks if each.downsample is not None])


@ref.residual_blocks.witness("PyTorch")
def blocks_built(name: str) -> int:
    """The residual modules of the net."""
    return len(_blocks(name))


def _blocks(name: str) -> list[Any]:
    from reference_impl.witnesses.architectures.torch_nets import Residual

    return [each for each in net(name, "torchvision").modules() if isinstance(each, Residual)]
