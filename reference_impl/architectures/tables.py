"""The tables: which nets there are, in which variants, and how their layers are found by name."""

# ruff: noqa: FBT001, FBT002 - `aux_heads` is given by place in decks, as in PyTorch

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable
from typing import NamedTuple

from reference_impl import checks
from reference_impl.architectures.chains import VGG_STAGES, alexnet, vgg
from reference_impl.architectures.densenet import CONFIGURATIONS, densenet
from reference_impl.architectures.googlenet import googlenet
from reference_impl.architectures.resnet import BOTTLENECKS, STAGES, resnet
from reference_impl.architectures.stack import LINEAR, Layer, Row
from reference_impl.reference import nearest

_NETS: dict[str, Callable[[str, str, bool, int], list[Row]]] = {
    "alexnet": alexnet,
    **dict.fromkeys(VGG_STAGES, vgg),
    "googlenet": googlenet,
    **dict.fromkeys(STAGES, resnet),
    **dict.fromkeys(CONFIGURATIONS, densenet),
}
#: The nets, and the variants of each; the first is the default.
VARIANTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_NETS, ("torchvision",)),
    "alexnet": ("torchvision", "two-gpu"),
    **dict.fromkeys(VGG_STAGES, ("torchvision", "batchnorm")),
    "googlenet": ("torchvision", "paper"),
    **dict.fromkeys(BOTTLENECKS, ("torchvision", "keras")),
}
#: Height and width, in pixels, of the images of ImageNet that the nets are made for, and what else they take.
IMAGE_SIZE = 224
SMALLEST_INPUT, LARGEST_INPUT = 32, 1024
#: Tables that are kept: every net in every variant, and some at other sizes.
_MOST_KEPT = 64


class Totals(NamedTuple):
    """Sums over a table's rows; `dense` is what dense layers have of the parameters."""

    parameters: int
    biases: int
    multiply_adds: int
    dense: int


def layer_table(
    name: str, variant: str = "torchvision", aux_heads: bool = False, input_size: int = IMAGE_SIZE
) -> tuple[Layer, ...]:
    """All layers of a net, in the order in which they compute; a block's sum or concatenation stands at its end.

    ValueError for a net, variant or option that there is not, and for an image of another size than the net takes.
    """
    check_net(name, variant, aux_heads, input_size)
    return rows_of(name, variant, aux_heads, input_size)


def check_net(name: str, variant: str, aux_heads: bool = False, input_size: int = IMAGE_SIZE) -> None:
    """The net and its options exist."""
    if type(name) is not str or name not in VARIANTS:
        near = nearest(name, VARIANTS) if type(name) is str else None
        hint = f" — did you mean “{near}”?" if near else ""
        raise ValueError(f"name must be one of {', '.join(VARIANTS)}, not {checks.shown(name)}{hint}")
    variants = VARIANTS[name]
    if type(variant) is not str or variant not in variants:
        listed = " or ".join([f"“{each}”" for each in variants])
        raise ValueError(f"variant must be {listed} for {name}, not {checks.shown(variant)}")
    checks.flag(aux_heads=aux_heads)
    if aux_heads and name != "googlenet":
        raise ValueError(f"aux_heads must be False for {name}: only googlenet has auxiliary heads")
    checks.whole(SMALLEST_INPUT, LARGEST_INPUT, input_size=input_size)


#: `Layer._make` without its check of the length, which would take half as long as the rest of a large table.
_as_layer = functools.partial(tuple.__new__, Layer)


def build_table(name: str, variant: str, aux_heads: bool, input_size: int) -> tuple[Layer, ...]:
    """The table, computed anew."""
    return tuple(map(_as_layer, _NETS[name](name, variant, aux_heads, input_size)))


_kept_table = functools.lru_cache(_MOST_KEPT)(build_table)


def rows_of(
    name: str, variant: str = "torchvision", aux_heads: bool = False, input_size: int = IMAGE_SIZE
) -> tuple[Layer, ...]:
    """The table of a net that `check_net` has accepted, kept once it is built."""
    return _kept_table(name, variant, aux_heads, input_size)


@functools.lru_cache(_MOST_KEPT)
def totals(name: str, variant: str, aux_heads: bool, input_size: int = IMAGE_SIZE) -> Totals:
    """Sums over the table of a net that `check_net` has accepted."""
    rows = rows_of(name, variant, aux_heads, input_size)
    return Totals(
        parameters=sum([row.parameters for row in rows]),
        biases=sum([row.biases for row in rows]),
        multiply_adds=sum([row.multiply_adds for row in rows]),
        dense=sum([row.parameters for row in rows if row.kind == LINEAR]),
    )


@functools.lru_cache(_MOST_KEPT)
def _by_name(name: str, variant: str, aux_heads: bool, input_size: int) -> dict[str, tuple[Layer, ...]]:
    """The rows of each layer and of each block: those whose names are the block's name and a dot and more."""
    found: dict[str, list[Layer]] = {}
    for row in rows_of(name, variant, aux_heads, input_size):
        for label in itertools.accumulate(row.name.split("."), "{}.{}".format):
            found.setdefault(label, []).append(row)
    return {each: tuple(rows) for each, rows in found.items()}


def layer_names(name: str, variant: str, aux_heads: bool = False) -> tuple[str, ...]:
    """The names of a net's layers and blocks."""
    return tuple(_by_name(name, variant, aux_heads, IMAGE_SIZE))


def find_layer(
    name: str, layer: str, variant: str, aux_heads: bool = False, input_size: int = IMAGE_SIZE
) -> tuple[Layer, ...]:
    """The row of a layer, or the rows of a block, whose last one gives its output.

    ValueError for a name that the net has not; it names the nearest that it has.
    """
    check_net(name, variant, aux_heads, input_size)
    known = _by_name(name, variant, aux_heads, input_size)
    if type(layer) is not str or layer not in known:
        first, *_, last = known
        near = nearest(layer, known) if type(layer) is str else None
        hint = f"did you mean “{near}”?" if near else f"the first is {first}, the last {last}"
        raise ValueError(f"layer must be a layer or block of {name} ({variant}), not {checks.shown(layer)}: {hint}")
    return known[layer]
