"""Anchors: boxes of a few sizes and shapes at every place of the feature map, and the layer that judges them.

Source: Ren and others, “Faster R-CNN” (2015).
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - `bias` is given by place in decks, as in PyTorch

from __future__ import annotations

import math

from reference_impl import checks
from reference_impl.arrays import Matrix, Vector
from reference_impl.domain import Domain, array, choice, flag, stepped, whole
from reference_impl.reference import reference

#: Sides of an anchor, in pixels, and heights of anchors over their widths.
LARGEST_SCALE = 4_096
RATIOS = (0.01, 100)
MOST_KINDS = 16
MOST_ANCHORS = 1_000

_RATIO = choice(0.25, 0.5, 0.8, 1.0, 1.25, 2.0, 3.0, 4.0)


def _check_anchor(scale: float, ratio: float) -> None:
    checks.number(1, LARGEST_SCALE, scale=scale)
    checks.number(*RATIOS, ratio=ratio)


def _size(scale: float, ratio: float) -> tuple[float, float]:
    # w = s / √r, h = s·√r: w·h = s² and h / w = r
    root = math.sqrt(ratio)
    return scale / root, scale * root


@reference(domain=Domain({"scale": choice(8.0, 16.0, 32.0, 50.0, 64.0, 100.0, 128.0, 256.0, 512.0), "ratio": _RATIO}))
def anchor_size(scale: float, ratio: float) -> Vector:
    """Width and height of an anchor, in pixels, of area scale² and ratio = height / width.

    128 with ratio 0.5 gives 181.02 × 90.51.
    """
    _check_anchor(scale, ratio)
    return _size(scale, ratio)


@anchor_size.slip("The area stays scale²: the width shrinks by √ratio as the height grows by it.")
def width_kept(scale: float, ratio: float) -> Vector:
    return (float(scale), float(scale * ratio))


@anchor_size.slip("The ratio is height over width; a ratio above 1 stands upright.")
def ratio_turned(scale: float, ratio: float) -> Vector:
    return _size(scale, ratio)[::-1]


@anchor_size.slip("Take the square root of the ratio: with the ratio itself, height / width would be its square.")
def root_forgotten(scale: float, ratio: float) -> Vector:
    return (float(scale / ratio), float(scale * ratio))


@anchor_size.slip("The ratio changes the shape; only a ratio of 1 is a square.")
def square(scale: float) -> Vector:
    return (float(scale), float(scale))


@reference(
    domain=Domain(
        {"scales": array("sizes", of=choice(8, 16, 32, 64, 128)), "ratios": array("shapes", of=_RATIO)},
        sizes={"sizes": whole(1, 3), "shapes": whole(1, 3)},
    )
)
def anchors(scales: Vector, ratios: Vector) -> Matrix:
    """Width and height of every anchor at one place: each scale with each ratio, scale by scale, as (k, 2).

    Pixels; ratio = height / width.
    """
    sides = checks.vector("scales", scales, MOST_KINDS)
    shapes = checks.vector("ratios", ratios, MOST_KINDS)
    checks.elements(1, LARGEST_SCALE, scales=sides)
    checks.elements(*RATIOS, ratios=shapes)
    return tuple([_size(scale, ratio) for scale in sides for ratio in shapes])


@anchors.slip("The area stays scale²: the width shrinks by √ratio as the height grows by it.")
def widths_kept(scales: Vector, ratios: Vector) -> Matrix:
    return tuple([(float(scale), float(scale * ratio)) for scale in scales for ratio in ratios])


@anchors.slip("The ratio is height over width; a ratio above 1 stands upright.")
def ratios_turned(scales: Vector, ratios: Vector) -> Matrix:
    return tuple([_size(scale, ratio)[::-1] for scale in scales for ratio in ratios])


@anchors.slip("Each scale meets each ratio; they do not go in pairs.")
def scales_and_ratios_in_pairs(scales: Vector, ratios: Vector) -> Matrix:
    return tuple([_size(scale, ratio) for scale, ratio in zip(scales, ratios, strict=False)])


@reference(
    domain=Domain(
        {
            "center_x": stepped(0, 300, 37.5),
            "center_y": stepped(0, 200, 12.5),
            "scale": choice(16.0, 32.0, 64.0, 128.0),
            "ratio": choice(0.25, 0.5, 2.0, 4.0),
        }
    )
)
def anchor_box(center_x: float, center_y: float, scale: float, ratio: float) -> Vector:
    """Corners (x1, y1, x2, y2) of an anchor around a centre, in pixels. It may reach over the edge of the image."""
    checks.number(0, checks.LARGEST, center_x=center_x, center_y=center_y)
    _check_anchor(scale, ratio)
    width, height = _size(scale, ratio)
    # x ± w / 2, y ± h / 2
    return (center_x - width / 2, center_y - height / 2, center_x + width / 2, center_y + height / 2)


@anchor_box.slip("The anchor lies around its centre: half of the width and of the height on either side.")
def centre_for_corner(center_x: float, center_y: float, scale: float, ratio: float) -> Vector:
    width, height = _size(scale, ratio)
    return (float(center_x), float(center_y), center_x + width, center_y + height)


@anchor_box.slip("Only half of the width, and half of the height, lies on either side of the centre.")
def not_halved(center_x: float, center_y: float, scale: float, ratio: float) -> Vector:
    width, height = _size(scale, ratio)
    return (center_x - width, center_y - height, center_x + width, center_y + height)


@anchor_box.slip("The ratio is height over width; a ratio above 1 stands upright.")
def box_lying_down(center_x: float, center_y: float, scale: float, ratio: float) -> Vector:
    return anchor_box(center_x, center_y, scale, 1 / ratio)


@anchor_box.slip("The area stays scale²: the width shrinks by √ratio as the height grows by it.")
def box_width_kept(center_x: float, center_y: float, scale: float, ratio: float) -> Vector:
    return (
        center_x - scale / 2,
        center_y - scale * ratio / 2,
        center_x + scale / 2,
        center_y + scale * ratio / 2,
    )


@reference(domain=Domain({"num_scales": whole(1, 8), "num_ratios": whole(1, 8)}))
def anchors_per_position(num_scales: int, num_ratios: int) -> int:
    """Number of anchors at one place of the feature map: each scale with each ratio. Faster R-CNN has 3·3 = 9."""
    checks.whole(1, MOST_ANCHORS, num_scales=num_scales, num_ratios=num_ratios)
    return num_scales * num_ratios


@anchors_per_position.slip("Each scale meets each ratio: multiply, do not add.")
def kinds_added(num_scales: int, num_ratios: int) -> int:
    return num_scales + num_ratios


@anchors_per_position.slip(
    "All pairs count in Faster R-CNN, also those of neither the first scale nor the first ratio."
)
def first_of_each_only(num_scales: int, num_ratios: int) -> int:
    return num_scales + num_ratios - 1


@reference(
    domain=Domain(
        {
            "height": choice(1, 2, 7, 14, 37, 40),
            "width": choice(1, 3, 14, 50, 60, 62),
            "num_anchors": choice(1, 3, 5, 9),
        }
    )
)
def anchor_total(height: int, width: int, num_anchors: int = 9) -> int:
    """Number of anchors on a whole feature map of height × width places. A map of 40×60 has 21,600."""
    checks.whole(1, height=height, width=width)
    checks.whole(1, MOST_ANCHORS, num_anchors=num_anchors)
    # H·W·k
    return height * width * num_anchors


@anchor_total.slip("The anchors stand at every place of the feature map, not once per image.")
def once_per_image(num_anchors: int) -> int:
    return num_anchors


@anchor_total.slip("Each place has several anchors: multiply by their number.")
def one_per_place(height: int, width: int) -> int:
    return height * width


@anchor_total.slip("The places are counted in both directions: multiply height and width.")
def height_and_width_added(height: int, width: int, num_anchors: int) -> int:
    return (height + width) * num_anchors


@reference(domain=Domain({"num_anchors": whole(1, 20), "objectness_outputs": choice(1, 2)}))
def rpn_channels(num_anchors: int = 9, objectness_outputs: int = 2) -> int:
    """Channels that a region proposal network gives for each place: 4 box offsets and the objectness of each anchor.

    Objectness is 2 outputs with a softmax, as in the paper (9 anchors give 54), or 1 with a sigmoid, as in torchvision.
    """
    _check_head(num_anchors, objectness_outputs)
    # k·(4 + 2)
    return num_anchors * (4 + objectness_outputs)


def _check_head(num_anchors: int, objectness_outputs: int) -> None:
    checks.whole(1, MOST_ANCHORS, num_anchors=num_anchors)
    checks.one_of((1, 2), objectness_outputs=objectness_outputs)


@rpn_channels.slip("Beside its 4 offsets each anchor has outputs that say whether it holds an object.")
def offsets_only(num_anchors: int) -> int:
    return 4 * num_anchors


@rpn_channels.slip("Beside its objectness each anchor has 4 offsets that move and stretch it.")
def objectness_only(num_anchors: int, objectness_outputs: int) -> int:
    return objectness_outputs * num_anchors


@rpn_channels.slip("Every anchor has its own outputs: multiply by the number of anchors, do not add it.")
def anchors_added(num_anchors: int, objectness_outputs: int) -> int:
    return num_anchors + 4 + objectness_outputs


@rpn_channels.slip("A softmax needs 2 outputs for “object or not”; a sigmoid needs 1.")
def the_other_objectness(num_anchors: int, objectness_outputs: int) -> int:
    return rpn_channels(num_anchors, 3 - objectness_outputs)


@reference(
    domain=Domain(
        {
            "in_channels": choice(1, 16, 256, 512),
            "num_anchors": choice(1, 3, 9, 15),
            "objectness_outputs": choice(1, 2),
            "bias": flag(),
        }
    )
)
def rpn_parameters(in_channels: int, num_anchors: int = 9, objectness_outputs: int = 2, bias: bool = True) -> int:
    """Parameters of the two 1×1 convolutions that end a region proposal network: offsets and objectness.

    They read in_channels; the 3×3 convolution before them is not counted. 512 channels and 9 anchors have 27,648
    weights.
    """
    checks.whole(1, in_channels=in_channels)
    _check_head(num_anchors, objectness_outputs)
    checks.flag(bias=bias)
    # C·k·(4 + 2), and a bias for each channel
    channels = num_anchors * (4 + objectness_outputs)
    return (in_channels + bias) * channels


@rpn_parameters.slip("The layer for the objectness has weights, too.")
def weights_of_offsets(in_channels: int, num_anchors: int, bias: bool) -> int:
    return (in_channels + bias) * 4 * num_anchors


@rpn_parameters.slip("These are 1×1 convolutions; only the layer before them has kernels of 3×3.")
def kernels_of_three(in_channels: int, num_anchors: int, objectness_outputs: int, bias: bool) -> int:
    return (9 * in_channels + bias) * rpn_channels(num_anchors, objectness_outputs)


@rpn_parameters.slip("Every anchor has its own weights: multiply by the number of anchors.")
def weights_of_one_anchor(in_channels: int, objectness_outputs: int, bias: bool) -> int:
    return (in_channels + bias) * (4 + objectness_outputs)


@rpn_parameters.slip("Each output channel has one bias: count them when the layers have biases, and not otherwise.")
def biases_mistaken(in_channels: int, num_anchors: int, objectness_outputs: int, bias: bool) -> int:
    return rpn_parameters(in_channels, num_anchors, objectness_outputs, not bias)
