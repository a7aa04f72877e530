"""Brute force for nets: windows are moved, weights are counted one filter after the other, pixels are traced back."""

# ruff: noqa: FBT001, FBT002 - `aux_heads` and `bias` are booleans, as in the references

from __future__ import annotations

import functools
from typing import NamedTuple

from reference_impl import architectures as ref
from reference_impl.arrays import Shape
from reference_impl.witnesses.architectures.brute_nets import Node, describe
from reference_impl.witnesses.convolution.brute_sizes import count_connections, count_weights, count_windows, places


class Counted(NamedTuple):
    """What was counted of one layer. A dense layer's map is one pixel."""

    channels: int
    size: int
    weights: int
    biases: int
    work: int


# Layers of one kind come many times: what was counted once is kept.
_weights = functools.cache(count_weights)
_connections = functools.cache(count_connections)
_places = functools.cache(places)
_windows = functools.cache(count_windows)


@functools.cache
def _used(weights: int, size: int) -> int:
    """Every weight once at every place of a map, row by row."""
    work = row = 0
    for _ in range(size):
        row += weights
    for _ in range(size):
        work += row
    return work


def _count_layer(node: Node, read: list[Counted], input_size: int) -> Counted:
    if node.kind == "image":
        return Counted(3, input_size, 0, 0, 0)
    channels, size = read[0].channels, read[0].size
    if node.kind == "convolution":
        weights = _weights(channels, node.width, node.kernel, node.groups, bias=False)
        biases = len(range(node.width)) if node.bias else 0
        size = len(_places(size, node.kernel, node.stride, node.padding))
        return Counted(node.width, size, weights, biases, _used(weights, size))
    if node.kind == "linear":
        features = _used(channels, size)  # the numbers of the map, row by row
        weights = _connections(features, node.width, bias=False)
        return Counted(node.width, 1, weights, _connections(0, node.width), weights)
    if node.kind == "normalisation":
        kept = dict.fromkeys(node.numbers, channels)
        shifts = kept.pop("shift", 0)
        return Counted(channels, size, sum(kept.values()), shifts, 0)
    if node.kind == "pooling":
        size = node.places or _windows(size, node.kernel, node.stride, node.padding, node.hanging)
    elif node.kind == "whole":
        size = 1
    elif node.kind == "concatenation":
        channels = sum([each.channels for each in read])
    return Counted(channels, size, 0, 0, 0)


@functools.cache
def _counted(name: str, variant: str, aux_heads: bool, input_size: int = 224) -> tuple[Counted, ...]:
    """Goes through the layers in their order and counts each."""
    found: list[Counted] = []
    for node in describe(name, variant, aux_heads):
        found.append(_count_layer(node, [found[place] for place in node.reads], input_size))
    return tuple(found)


@functools.cache
def _members(name: str, variant: str, aux_heads: bool) -> dict[str, list[int]]:
    """The places of each layer, and of the layers of each block: a block's name is cut off at a dot."""
    found: dict[str, list[int]] = {}
    for place, node in enumerate(describe(name, variant, aux_heads)):
        label = node.name
        while label:
            found.setdefault(label, []).append(place)
            label = label.rpartition(".")[0]
    return found


def _of(name: str, layer: str, variant: str, input_size: int = 224) -> list[Counted]:
    """What was counted of a layer, or of the layers of a block; the last one gives the output."""
    heads = name == "googlenet"
    counted = _counted(name, variant, heads, input_size)
    return [counted[place] for place in _members(name, variant, heads)[layer]]


@ref.parameters.witness("brute force")
def count_all(name: str, variant: str = "torchvision", aux_heads: bool = False, bias: bool = True) -> int:
    """Counts layer after layer."""
    count = 0
    for layer in _counted(name, variant, aux_heads, 224):
        count += layer.weights
        if bias:
            count += layer.biases
    return count


@ref.multiply_adds.witness("brute force")
def count_work(name: str, variant: str = "torchvision", aux_heads: bool = False, input_size: int = 224) -> int:
    """Counts layer after layer; in each one, every weight at every place."""
    return sum([layer.work for layer in _counted(name, variant, aux_heads, input_size)])


@ref.dense_share.witness("brute force")
def share_of_dense(name: str, variant: str = "torchvision", aux_heads: bool = False) -> float:
    """Counts the parameters of dense layers on one heap and all others on another."""
    heaps = {True: 0, False: 0}
    nodes = describe(name, variant, aux_heads)
    for node, layer in zip(nodes, _counted(name, variant, aux_heads, 224), strict=True):
        heaps[node.kind == "linear"] += layer.weights + layer.biases
    return heaps[True] / (heaps[True] + heaps[False])


@ref.weight_layers.witness("brute force")
def longest_path(name: str) -> int:
    """Each layer stands one step behind the farthest that it reads, if it has weights of its own to multiply with."""
    steps: list[int] = []
    for node in describe(name, "torchvision"):
        farthest = max([steps[place] for place in node.reads], default=0)
        steps.append(farthest + 1 if node.kind in {"convolution", "linear"} else farthest)
    return steps[-1]


@ref.layer_count.witness("brute force")
def count_kind(name: str, kind: str, variant: str = "torchvision", aux_heads: bool = False) -> int:
    """Goes through the layers; a pooling of the whole map is a pooling, too."""
    kinds = [node.kind for node in describe(name, variant, aux_heads)]
    return kinds.count(kind) + (kinds.count("whole") if kind == "pooling" else 0)


@ref.layer_parameters.witness("brute force")
def count_one(name: str, layer: str, variant: str = "torchvision", bias: bool = True) -> int:
    """Counts the layer's weights, and its biases if they are wanted."""
    count = 0
    for each in _of(name, layer, variant):
        count += each.weights
        if bias:
            count += each.biases
    return count


@ref.layer_shape.witness("brute force")
def shape_of_last(name: str, layer: str, variant: str = "torchvision", input_size: int = 224) -> Shape:
    """Moves the windows of all layers before it, and counts their places."""
    last = _of(name, layer, variant, input_size)[-1]
    node = describe(name, variant, name == "googlenet")[_members(name, variant, name == "googlenet")[layer][-1]]
    return (last.channels,) if node.kind == "linear" else (last.channels, last.size, last.size)


@ref.layer_multiply_adds.witness("brute force")
def work_of_one(name: str, layer: str, variant: str = "torchvision", input_size: int = 224) -> int:
    """Uses every weight of the layer at every place."""
    return sum([each.work for each in _of(name, layer, variant, input_size)])


def _first_pixels(name: str, layer: str, variant: str) -> tuple[int, int, int]:
    """Traces one output back to the image: its first and last pixel, and the first pixel of the output beside it.

    From each layer to those that it reads: output o reads the places o·stride − padding and kernel − 1 more, on a map
    that has no edges. A layer that is read on several ways is seen from the first to the last place of all of them.
    """
    heads = name == "googlenet"
    nodes = describe(name, variant, heads)
    sizes = _counted(name, variant, heads)
    target = _members(name, variant, heads)[layer][-1]
    spans = {target: (0, 0, 1)}
    for place in range(target, 0, -1):
        span = spans.pop(place, None)
        if span is None:
            continue
        node = nodes[place]
        first, last, beside = span
        if node.places:
            # the map in as many parts as there are places: a window begins with the pixel that its part begins in
            size = sizes[node.reads[0]].size
            first, beside = first * size // node.places, beside * size // node.places
            last = -((last + 1) * size // -node.places) - 1
        elif node.kind in {"convolution", "pooling"}:
            first, beside = first * node.stride - node.padding, beside * node.stride - node.padding
            last = last * node.stride - node.padding + node.kernel - 1
        elif node.kind in {"linear", "whole"}:
            last += sizes[node.reads[0]].size - 1  # the whole map
        for read in node.reads:
            known = spans.get(read, (first, last, beside))
            spans[read] = (min(first, known[0]), max(last, known[1]), min(beside, known[2]))
    return spans[0]


@ref.layer_receptive_field.witness("brute force")
def trace_back(name: str, layer: str, variant: str = "torchvision") -> int:
    """Traces an output back to the image, and counts from its first pixel to its last."""
    first, last, _ = _first_pixels(name, layer, variant)
    return len(range(first, last + 1))


@ref.layer_jump.witness("brute force")
def trace_neighbours(name: str, layer: str, variant: str = "torchvision") -> int:
    """Traces two neighbouring outputs back to the image, and counts the pixels between where they begin."""
    first, _, beside = _first_pixels(name, layer, variant)
    return len(range(first, beside))


@ref.projections.witness("brute force")
def count_projections(name: str) -> int:
    """Goes through the sums: a shortcut that is not the block's own input has a layer on it."""
    nodes = describe(name, "torchvision")
    count = 0
    for node in nodes:
        if node.kind == "addition":
            _, shortcut = node.reads
            count += nodes[shortcut].kind == "normalisation" and nodes[shortcut].name.startswith(node.name)
    return count


@ref.residual_blocks.witness("brute force")
def count_sums(name: str) -> int:
    """Counts the sums."""
    return len([node for node in describe(name, "torchvision") if node.kind == "addition"])
