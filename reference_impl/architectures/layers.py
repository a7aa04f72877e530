"""One layer of a net, or one block of layers, by its name: parameters, shape, multiply-adds, receptive field, jump.

Names are torchvision's, or the paper's where torchvision only numbers its layers: conv1 … conv5, fc6, fc7, fc8 of
AlexNet, conv1_1 … fc8 of VGG, inception3a.branch2.1.conv, layer1.0.conv2, denseblock1.denselayer3.conv2. The first part
of a name is a block: inception3a, layer1, layer1.0, denseblock1.
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - `bias` is given by place in decks, as in PyTorch

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

from reference_impl import checks
from reference_impl.architectures.stack import CONVOLUTION, LINEAR, NORMALISATION, Layer
from reference_impl.architectures.tables import IMAGE_SIZE, VARIANTS, find_layer, layer_names, rows_of
from reference_impl.architectures.totals import GROUPED, unpooled_weights
from reference_impl.arrays import Shape
from reference_impl.domain import Axis, Domain, Either, choice, flag
from reference_impl.reference import reference

#: Nets that are compared at another size, too.
_SOME = ("alexnet", "vgg11", "googlenet", "resnet18", "densenet121")


class _Names(Sequence[str]):
    """The layers and blocks of a net, looked up when they are first asked for: a domain must not build tables."""

    def __init__(self, name: str, variant: str, *, aux_heads: bool) -> None:
        self._net = name, variant, aux_heads

    def __len__(self) -> int:
        return len(layer_names(*self._net))

    def __getitem__(self, place: Any) -> Any:
        return layer_names(*self._net)[place]


def _every_layer(names: Iterable[str], *, aux_heads: bool, **others: Axis) -> Either:
    """Every layer and block of some nets, in every variant; those of the auxiliary heads if they are wanted."""
    return Either(
        tuple(
            [
                Domain(
                    {
                        "name": choice(name),
                        "layer": Axis(_Names(name, variant, aux_heads=aux_heads and name == "googlenet")),
                        "variant": choice(variant),
                        **others,
                    }
                )
                for name in names
                for variant in VARIANTS[name]
            ]
        )
    )


def _rows(name: str, layer: str, variant: str, input_size: int = IMAGE_SIZE) -> tuple[Layer, ...]:
    """The rows of a layer or block; GoogLeNet's auxiliary heads are there."""
    return find_layer(name, layer, variant, name == "googlenet", input_size)


def _has_groups(layer: str, variant: str) -> bool:
    """Whether it is a layer of AlexNet whose halves on two GPUs do not read each other's channels."""
    return variant == "two-gpu" and layer in GROUPED


@reference(domain=_every_layer(VARIANTS, aux_heads=True, bias=flag()))
def layer_parameters(name: str, layer: str, variant: str = "torchvision", bias: bool = True) -> int:
    """Number of parameters of one layer of a net, or of all layers of a block; without `bias`, weights only.

    AlexNet's conv1 of the paper ("two-gpu") has 34,848 weights, fc6 37,748,736. Poolings, sums and concatenations have
    none. ValueError, with the nearest name, for a layer that the net has not.
    """
    rows = _rows(name, layer, variant)
    checks.flag(bias=bias)
    total = sum([row.parameters for row in rows])
    return total if bias else total - sum([row.biases for row in rows])


@layer_parameters.slip(
    "Each output has a bias, where the layer has any: count them, unless only weights are asked for."
)
def layer_bias_mistaken(name: str, layer: str, variant: str, bias: bool) -> int:
    return layer_parameters(name, layer, variant, not bias)


@layer_parameters.slip("A convolution uses the same weights at every place: do not multiply by the places.")
def places_counted(name: str, layer: str, variant: str, bias: bool) -> int:
    rows = _rows(name, layer, variant)
    return layer_parameters(name, layer, variant, bias) + sum(
        [row.multiply_adds - row.parameters + row.biases for row in rows if row.kind == CONVOLUTION]
    )


@layer_parameters.slip("The last pooling stands before this layer: it reads the map behind it, which is smaller.")
def pool_before_it_forgotten(name: str, layer: str, variant: str, bias: bool) -> int:
    rows = rows_of(name, variant)
    first = next(row for row in rows if row.kind == LINEAR)
    if layer != first.name:
        raise ValueError("only the first dense layer reads a map")
    return layer_parameters(name, layer, variant, bias) + unpooled_weights(rows)


@layer_parameters.slip("With groups=2 a filter reads only the channels on its own GPU: half of them.")
def layer_groups_forgotten(name: str, layer: str, variant: str, bias: bool) -> int:
    if not _has_groups(layer, variant):
        raise ValueError("only conv2, conv4 and conv5 have groups")
    return layer_parameters(name, layer, variant, bias) + layer_parameters(name, layer, variant, bias=False)


@layer_parameters.slip("That is what one GPU holds of the layer; count both halves.")
def half_of_layer(name: str, layer: str, variant: str, bias: bool) -> int:
    if variant != "two-gpu":
        raise ValueError("only one variant is spread over two GPUs")
    return layer_parameters(name, layer, variant, bias) // 2


@layer_parameters.slip(
    "A batch normalisation learns a scale γ and a shift β for each channel; they are parameters, too."
)
def normalisations_left_out(name: str, layer: str, variant: str, bias: bool) -> int:
    rows = _rows(name, layer, variant)
    norms = [row for row in rows if row.kind == NORMALISATION]
    if not sum([row.parameters for row in norms]):
        raise ValueError("there is no batch normalisation in it")
    return layer_parameters(name, layer, variant, bias) - sum(
        [row.parameters - (0 if bias else row.biases) for row in norms]
    )


#: Layers of all nets on 224 pixels, and of some on 230.
_ON_IMAGES = Either(
    (
        *_every_layer(VARIANTS, aux_heads=True, input_size=choice(IMAGE_SIZE)).parts,
        *_every_layer(_SOME, aux_heads=False, input_size=choice(230)).parts,
    )
)


@reference(domain=_ON_IMAGES)
def layer_shape(name: str, layer: str, variant: str = "torchvision", input_size: int = 224) -> Shape:
    """Shape of what a layer or block of a net gives for one image: (channels, height, width), or (features,).

    AlexNet's pool5 gives (256, 6, 6), GoogLeNet's inception3a (256, 28, 28). `input_size` in pixels.
    """
    return _rows(name, layer, variant, input_size)[-1].output_shape


@layer_shape.slip("Mind the order of the axes: PyTorch puts the channels first.")
def channels_last(name: str, layer: str, variant: str, input_size: int) -> Shape:
    channels, *places = layer_shape(name, layer, variant, input_size)
    return (*places, channels)


@layer_shape.slip("That is what stands before the layer; the layer makes another shape of it.")
def shape_before(name: str, layer: str, variant: str, input_size: int) -> Shape:
    rows = rows_of(name, variant, name == "googlenet", input_size)
    place = rows.index(_rows(name, layer, variant, input_size)[0])
    return rows[place - 1].output_shape if place else (3, input_size, input_size)


@layer_shape.slip("Strides and poolings on the way have made the map smaller than the image.")
def size_of_image(name: str, layer: str, variant: str, input_size: int) -> Shape:
    channels, *places = layer_shape(name, layer, variant, input_size)
    return (channels, *[input_size for _ in places])


@layer_shape.slip("Those are the channels on one GPU; both halves belong to the layer.")
def channels_of_one_gpu(name: str, layer: str, variant: str, input_size: int) -> Shape:
    if variant != "two-gpu":
        raise ValueError("only one variant is spread over two GPUs")
    channels, *places = layer_shape(name, layer, variant, input_size)
    return (channels // 2, *places)


@reference(domain=_ON_IMAGES)
def layer_multiply_adds(name: str, layer: str, variant: str = "torchvision", input_size: int = 224) -> int:
    """Multiplications, each with its addition, of one layer of a net, or of all layers of a block, for one image.

    Biases are left aside; normalisations, poolings, sums and concatenations count as none. `input_size` in pixels.
    """
    return sum([row.multiply_adds for row in _rows(name, layer, variant, input_size)])


@layer_multiply_adds.slip("A multiplication with its addition counts once here; counted apart they are twice as many.")
def layer_counted_apart(name: str, layer: str, variant: str, input_size: int) -> int:
    if _has_groups(layer, variant):
        raise ValueError("twice as much means that the groups were forgotten")
    return 2 * layer_multiply_adds(name, layer, variant, input_size)


@layer_multiply_adds.slip("These are the weights; a convolution uses each of them once at every place of its output.")
def layer_weights_counted(name: str, layer: str, variant: str) -> int:
    rows = _rows(name, layer, variant)
    return sum([row.parameters - row.biases for row in rows if row.kind in {CONVOLUTION, LINEAR}])


@layer_multiply_adds.slip("The layer works on the pixels of its own output, not on those of the image.")
def work_on_whole_image(name: str, layer: str, variant: str, input_size: int) -> int:
    rows = _rows(name, layer, variant, input_size)
    kernels = sum([row.parameters - row.biases for row in rows if row.kind == CONVOLUTION])
    return input_size**2 * kernels + sum([row.multiply_adds for row in rows if row.kind == LINEAR])


@layer_multiply_adds.slip("With groups=2 a filter reads only the channels on its own GPU: half of them.")
def layer_work_without_groups(name: str, layer: str, variant: str, input_size: int) -> int:
    if not _has_groups(layer, variant):
        raise ValueError("only conv2, conv4 and conv5 have groups")
    return 2 * layer_multiply_adds(name, layer, variant, input_size)


@reference(domain=_every_layer(VARIANTS, aux_heads=True))
def layer_receptive_field(name: str, layer: str, variant: str = "torchvision") -> int:
    """Input pixels, along one axis, from the first to the last that one output of a layer or block can see.

    As if the image went on for ever: pixels in the padding count, so a field may be larger than the image. A dense
    layer reads its whole map, of an image of 224 pixels. VGG-16's pool5 sees 212 pixels, ResNet-50's layer4 427, and
    483 in Keras. Source: Araujo, Norris and Sim (2019), for the last.
    """
    return _rows(name, layer, variant)[-1].receptive_field


def _way_to(name: str, layer: str, variant: str) -> tuple[Layer, ...]:
    """The rows from the first to the layer's, or the block's last. ValueError for auxiliary heads, which branch off."""
    rows = rows_of(name, variant)
    last = _rows(name, layer, variant)[-1]
    if last not in rows:
        raise ValueError("the layer stands beside the net")
    return rows[: rows.index(last) + 1]


def _path_to(name: str, layer: str, variant: str) -> list[tuple[int, int, int]]:
    """For each layer on the way that sees more: its steps, and the jump before and behind it.

    ValueError where another branch of the block sees more than the layer.
    """
    way = _way_to(name, layer, variant)
    found, field, jump = [], 1, 1
    for row in way:
        if row.receptive_field > field or row.jump > jump:
            found.append(((row.receptive_field - field) // jump, jump, row.jump))
            field, jump = row.receptive_field, row.jump
    if field != way[-1].receptive_field:
        raise ValueError("another branch sees more")
    return found


@layer_receptive_field.slip("Behind a stride, one step of a later layer is several pixels of the image.")
def strides_ignored(name: str, layer: str, variant: str) -> int:
    return 1 + sum([steps for steps, *_ in _path_to(name, layer, variant)])


@layer_receptive_field.slip("A layer's own stride widens the steps of the layers after it, not its own.")
def own_stride_counted(name: str, layer: str, variant: str) -> int:
    return 1 + sum([steps * behind for steps, _, behind in _path_to(name, layer, variant)])


@layer_receptive_field.slip("That is how far apart neighbouring outputs look; each of them sees more than that.")
def jump_for_field(name: str, layer: str, variant: str) -> int:
    return layer_jump(name, layer, variant)


@reference(domain=_every_layer(VARIANTS, aux_heads=True))
def layer_jump(name: str, layer: str, variant: str = "torchvision") -> int:
    """Input pixels between what two neighbouring outputs of a layer or block look at: the strides so far, multiplied.

    A pooling of the whole map and dense layers leave it as it is. Of an adaptive pooling it is the first step.
    """
    return _rows(name, layer, variant)[-1].jump


@layer_jump.slip("Strides multiply: a step of the second layer is as many steps of the first as its stride says.")
def strides_summed(name: str, layer: str, variant: str) -> int:
    jumps = [row.jump for row in _way_to(name, layer, variant)]
    return sum([behind // before for before, behind in zip([1, *jumps], jumps, strict=False) if behind > before])


@layer_jump.slip("Poolings have strides, too: multiply by them as by those of convolutions.")
def strides_of_poolings_ignored(name: str, layer: str, variant: str) -> int:
    way = _way_to(name, layer, variant)
    return math.prod(
        [
            row.jump // before
            for row, before in zip(way, [1, *[row.jump for row in way]], strict=False)
            if row.kind == CONVOLUTION
        ]
    )


@layer_jump.slip("That is how much one output sees; its neighbour looks only so far beside it as the strides say.")
def field_for_jump(name: str, layer: str, variant: str) -> int:
    return layer_receptive_field(name, layer, variant)
