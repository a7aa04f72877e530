"""Brute force's own description of the nets: plain texts, unrolled into a list of layers that say whom they read.

Nothing is computed here, not even a shape.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, NamedTuple


class Node(NamedTuple):
    """A layer, and the places in the list of those that it reads. `width`: the channels that it writes, if it chooses.

    Kinds: image, convolution, normalisation, pooling, whole (a pooling of the whole map), linear, addition and
    concatenation. Without a name: a step on the way that is nobody's last layer.
    """

    name: str
    kind: str
    reads: tuple[int, ...]
    width: int = 0
    kernel: int = 1
    stride: int = 1
    padding: int = 0
    groups: int = 1
    bias: bool = False
    hanging: bool = False  # a last window may hang over the edge
    places: int = 0  # of an adaptive pooling, whatever the map
    numbers: tuple[str, ...] = ()  # what is kept for each channel


Nodes = list[Node]


def _put(nodes: Nodes, name: str, kind: str, reads: Sequence[int] = (), **settings: Any) -> int:
    """Puts a layer at the end of the list, behind the last one unless it reads others; its place."""
    nodes.append(Node(name, kind, tuple(reads) or (len(nodes) - 1,), **settings))
    return len(nodes) - 1


ALEXNET = {
    "two-gpu": "conv1:96*11/4+2 norm1 pool1 conv2:256*5/1+2|2 norm2 pool2 conv3:384*3/1+1 conv4:384*3/1+1|2 "
    "conv5:256*3/1+1|2 pool5 fc6:4096 fc7:4096 fc8:1000",
    "torchvision": "conv1:64*11/4+2 pool1 conv2:192*5/1+2 pool2 conv3:384*3/1+1 conv4:256*3/1+1 conv5:256*3/1+1 pool5 "
    "fc6:4096 fc7:4096 fc8:1000",
}


def _alexnet(variant: str) -> Nodes:
    """Each word is a layer: name:channels*kernel/stride+padding|groups."""
    nodes = [Node("", "image", ())]
    for word in ALEXNET[variant].split():
        name, _, settings = word.partition(":")
        if name.startswith("conv"):
            settings, _, groups = settings.partition("|")
            settings, _, padding = settings.partition("+")
            settings, _, stride = settings.partition("/")
            width, _, kernel = settings.partition("*")
            _put(
                nodes,
                name,
                "convolution",
                width=int(width),
                kernel=int(kernel),
                stride=int(stride),
                padding=int(padding),
                groups=int(groups or 1),
                bias=True,
            )
        elif name.startswith("norm"):
            _put(nodes, name, "normalisation")
        elif name.startswith("pool"):
            _put(nodes, name, "pooling", kernel=3, stride=2)
        else:
            _put(nodes, name, "linear", width=int(settings), bias=True)
    return nodes


VGG = {
    "vgg11": "64 M 128 M 256 256 M 512 512 M 512 512 M",
    "vgg13": "64 64 M 128 128 M 256 256 M 512 512 M 512 512 M",
    "vgg16": "64 64 M 128 128 M 256 256 256 M 512 512 512 M 512 512 512 M",
    "vgg19": "64 64 M 128 128 M 256 256 256 256 M 512 512 512 512 M 512 512 512 512 M",
}


def _vgg(name: str, variant: str) -> Nodes:
    """Each number is a convolution of so many filters, each M a max pooling."""
    nodes = [Node("", "image", ())]
    for stage, widths in enumerate(VGG[name].removesuffix("M").split("M"), 1):
        for number, width in enumerate(widths.split(), 1):
            _put(nodes, f"conv{stage}_{number}", "convolution", width=int(width), kernel=3, padding=1, bias=True)
            if variant == "batchnorm":
                _put(nodes, f"bn{stage}_{number}", "normalisation", numbers=("scale", "shift"))
        _put(nodes, f"pool{stage}", "pooling", kernel=2, stride=2)
    for dense, features in (("fc6", 4096), ("fc7", 4096), ("fc8", 1000)):
        _put(nodes, dense, "linear", width=features, bias=True)
    return nodes


# Szegedy and others (2014), table 1: the block, then #1×1, #3×3 reduce, #3×3, #5×5 reduce, #5×5, pool proj.
INCEPTIONS = """
3a  64  96 128 16  32  32
3b 128 128 192 32  96  64
max
4a 192  96 208 16  48  64
4b 160 112 224 24  64  64
4c 128 128 256 24  64  64
4d 112 144 288 32  64  64
4e 256 160 320 32 128 128
max
5a 256 160 320 32 128 128
5b 384 192 384 48 128 128
"""


def _googlenet(variant: str, aux_heads: bool) -> Nodes:  # noqa: FBT001 - as in the reference
    """The stem, the table's lines, the head."""
    paper = variant == "paper"
    nodes = [Node("", "image", ())]

    def convolution(name: str, width: int, kernel: int, *reads: int, stride: int = 1) -> int:
        place = _put(
            nodes,
            f"{name}.conv",
            "convolution",
            reads,
            width=width,
            kernel=kernel,
            stride=stride,
            padding=(kernel - 1) // 2,
            bias=paper,
        )
        return place if paper else _put(nodes, f"{name}.bn", "normalisation", numbers=("scale", "shift"))

    def response_norm(name: str) -> None:
        if paper:
            _put(nodes, name, "normalisation")

    convolution("conv1", 64, 7, stride=2)
    _put(nodes, "maxpool1", "pooling", kernel=3, stride=2, hanging=True)
    response_norm("norm1")
    convolution("conv2", 64, 1)
    convolution("conv3", 192, 3)
    response_norm("norm2")
    _put(nodes, "maxpool2", "pooling", kernel=3, stride=2, hanging=True)
    pools = iter([("maxpool3", 3), ("maxpool4", 3 if paper else 2)])
    for line in INCEPTIONS.strip().splitlines():
        if line == "max":
            name, kernel = next(pools)
            _put(nodes, name, "pooling", kernel=kernel, stride=2, hanging=True)
            continue
        block, *widths = line.split()
        one, red3, three, red5, five, pooled = map(int, widths)
        name, entry = f"inception{block}", len(nodes) - 1
        ends = [convolution(f"{name}.branch1", one, 1, entry)]
        convolution(f"{name}.branch2.0", red3, 1, entry)
        ends.append(convolution(f"{name}.branch2.1", three, 3))
        convolution(f"{name}.branch3.0", red5, 1, entry)
        ends.append(convolution(f"{name}.branch3.1", five, 5 if paper else 3))
        _put(nodes, f"{name}.branch4.0", "pooling", [entry], kernel=3, padding=1, hanging=True)
        ends.append(convolution(f"{name}.branch4.1", pooled, 1))
        end = _put(nodes, name, "concatenation", ends)
        head = {"4a": "aux1", "4d": "aux2"}.get(block)
        if aux_heads and head:
            if paper:
                _put(nodes, f"{head}.avgpool", "pooling", kernel=5, stride=3)
            else:
                _put(nodes, f"{head}.avgpool", "pooling", places=4)
            convolution(f"{head}.conv", 128, 1)
            _put(nodes, f"{head}.fc1", "linear", width=1024, bias=True)
            _put(nodes, f"{head}.fc2", "linear", width=1000, bias=True)
            _put(nodes, "", "concatenation", [end])  # the net goes on from the block
    _put(nodes, "avgpool", "whole")
    _put(nodes, "fc", "linear", width=1000, bias=True)
    return nodes


RESNETS = {
    "resnet18": "basic 2 2 2 2",
    "resnet34": "basic 3 4 6 3",
    "resnet50": "bottleneck 3 4 6 3",
    "resnet101": "bottleneck 3 4 23 3",
    "resnet152": "bottleneck 3 8 36 3",
}


def _resnet(name: str, variant: str) -> Nodes:
    """The stem, so many blocks in each stage, the head."""
    keras = variant == "keras"
    numbers = ("scale", "shift", "mean", "variance") if keras else ("scale", "shift")
    nodes = [Node("", "image", ())]

    def convolution(label: str, norm: str, width: int, kernel: int, stride: int, *reads: int) -> int:
        layer = {"width": width, "kernel": kernel, "stride": stride, "padding": kernel // 2, "bias": keras}
        _put(nodes, label, "convolution", reads, **layer)
        return _put(nodes, norm, "normalisation", numbers=numbers)

    convolution("conv1", "bn1", 64, 7, 2)
    _put(nodes, "maxpool", "pooling", kernel=3, stride=2, padding=1)
    kind, *stages = RESNETS[name].split()
    for stage, blocks in enumerate(stages, 1):
        for block in range(int(blocks)):
            label, entry = f"layer{stage}.{block}", len(nodes) - 1
            new_stage = block == 0
            halving = 2 if new_stage and stage > 1 else 1
            width = {1: 64, 2: 128, 3: 256, 4: 512}[stage]
            if kind == "basic":
                convolution(f"{label}.conv1", f"{label}.bn1", width, 3, halving)
                end = convolution(f"{label}.conv2", f"{label}.bn2", width, 3, 1)
                projected = new_stage and stage > 1
            else:
                convolution(f"{label}.conv1", f"{label}.bn1", width, 1, halving if keras else 1)
                convolution(f"{label}.conv2", f"{label}.bn2", width, 3, 1 if keras else halving)
                width *= 4
                end = convolution(f"{label}.conv3", f"{label}.bn3", width, 1, 1)
                projected = new_stage
            shortcut = entry
            if projected:
                shortcut = convolution(f"{label}.downsample.0", f"{label}.downsample.1", width, 1, halving, entry)
            _put(nodes, label, "addition", [end, shortcut])
    _put(nodes, "avgpool", "whole")
    _put(nodes, "fc", "linear", width=1000, bias=True)
    return nodes


DENSENETS = {
    "densenet121": "64 +32: 6 12 24 16",
    "densenet161": "96 +48: 6 12 36 24",
    "densenet169": "64 +32: 6 12 32 32",
    "densenet201": "64 +32: 6 12 48 32",
}


def _densenet(name: str) -> Nodes:
    """The stem, blocks of so many layers with transitions between them, the head."""
    first, growth, *blocks = DENSENETS[name].replace(":", "").replace("+", "").split()
    nodes = [Node("", "image", ())]

    def norm(label: str) -> None:
        _put(nodes, label, "normalisation", numbers=("scale", "shift"))

    _put(nodes, "conv0", "convolution", width=int(first), kernel=7, stride=2, padding=3)
    norm("norm0")
    _put(nodes, "pool0", "pooling", kernel=3, stride=2, padding=1)
    channels = int(first)
    for number, layers in enumerate(blocks, 1):
        joined = len(nodes) - 1
        for layer in range(1, int(layers) + 1):
            label = f"denseblock{number}.denselayer{layer}"
            if layer > 1:
                joined = _put(nodes, "", "concatenation", [joined, len(nodes) - 1])
            norm(f"{label}.norm1")
            _put(nodes, f"{label}.conv1", "convolution", width=4 * int(growth))
            norm(f"{label}.norm2")
            _put(nodes, f"{label}.conv2", "convolution", width=int(growth), kernel=3, padding=1)
            channels += int(growth)
        _put(nodes, f"denseblock{number}", "concatenation", [joined, len(nodes) - 1])
        if number < len(blocks):
            channels -= channels // 2  # half of them are taken away
            norm(f"transition{number}.norm")
            _put(nodes, f"transition{number}.conv", "convolution", width=channels)
            _put(nodes, f"transition{number}.pool", "pooling", kernel=2, stride=2)
    norm("norm5")
    _put(nodes, "avgpool", "whole")
    _put(nodes, "classifier", "linear", width=1000, bias=True)
    return nodes


@functools.cache
def describe(name: str, variant: str, aux_heads: bool = False) -> tuple[Node, ...]:  # noqa: FBT001, FBT002 - as there
    """The net's layers, each behind those that it reads."""
    if name == "alexnet":
        return tuple(_alexnet(variant))
    if name == "googlenet":
        return tuple(_googlenet(variant, aux_heads))
    if name in VGG:
        return tuple(_vgg(name, variant))
    return tuple(_resnet(name, variant) if name in RESNETS else _densenet(name))
