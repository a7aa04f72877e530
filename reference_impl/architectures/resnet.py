"""ResNet: blocks whose input is added to their output, so that the layers between learn the difference only.

Layers have torchvision's names: layer1.0.conv2 is the second convolution of the first block of the first stage, and
layer1.0 the sum at its end. Sources: He, Zhang, Ren and Sun, “Deep residual learning for image recognition” (2015),
table 1; `torchvision.models.resnet`; `keras.applications.ResNet50`.
"""

# ruff: noqa: FBT001 - `aux_heads` is given by place in decks, as in PyTorch

from __future__ import annotations

from reference_impl.architectures.stack import ADDITION, Row, Stack

#: Blocks of each stage. From 50 layers on the blocks are bottlenecks.
STAGES = {
    "resnet18": (2, 2, 2, 2),
    "resnet34": (3, 4, 6, 3),
    "resnet50": (3, 4, 6, 3),
    "resnet101": (3, 4, 23, 3),
    "resnet152": (3, 8, 36, 3),
}
BOTTLENECKS = ("resnet50", "resnet101", "resnet152")


def resnet(name: str, variant: str, _aux_heads: bool, input_size: int) -> list[Row]:
    """One 7×7 convolution and a pooling, four stages of blocks, one dense layer.

    Each stage but the first halves the map in its first block: "torchvision" in the 3×3 convolution of a bottleneck,
    "keras", like the paper, in its first 1×1. Convolutions of "keras" have biases, and its normalisations count their
    two running statistics, as Keras does in its “total params”.
    """
    keras = variant == "keras"
    bottlenecks = name in BOTTLENECKS
    net = Stack(input_size, bias=keras, norm=4 if keras else 2)
    net.convolution("conv1", 64, 7, 2, 3)
    net.batch_norm("bn1")
    net.pool("maxpool", 3, 2, 1)
    for stage, blocks in enumerate(STAGES[name]):
        width = 64 << stage
        stride = 2 if stage else 1
        for block in range(min(blocks, 2)):
            first, field = len(net.rows), net.field
            if bottlenecks:
                _bottleneck(net, f"layer{stage + 1}.{block}", width, 1 if block else stride, stride_first=keras)
            else:
                _basic_block(net, f"layer{stage + 1}.{block}", width, 1 if block else stride)
        # from the second block on, the blocks of a stage are alike, and each sees as much more as that one
        _repeat(net, first, f"layer{stage + 1}.", blocks, net.field - field)
    net.global_pool("avgpool")
    net.linear("fc", 1000)
    return net.rows


def _basic_block(net: Stack, name: str, width: int, stride: int) -> None:
    """Two 3×3 convolutions."""
    entry = net.channels, net.size, net.field, net.jump
    net.convolution(f"{name}.conv1", width, 3, stride, 1)
    net.batch_norm(f"{name}.bn1")
    net.convolution(f"{name}.conv2", width, 3, 1, 1)
    net.batch_norm(f"{name}.bn2")
    _end_of_block(net, name, entry, stride)


def _bottleneck(net: Stack, name: str, width: int, stride: int, *, stride_first: bool) -> None:
    """1×1 to fewer channels, 3×3, and 1×1 to four times as many."""
    entry = net.channels, net.size, net.field, net.jump
    net.convolution(f"{name}.conv1", width, 1, stride if stride_first else 1)
    net.batch_norm(f"{name}.bn1")
    net.convolution(f"{name}.conv2", width, 3, 1 if stride_first else stride, 1)
    net.batch_norm(f"{name}.bn2")
    net.convolution(f"{name}.conv3", 4 * width, 1)
    net.batch_norm(f"{name}.bn3")
    _end_of_block(net, name, entry, stride)


def _end_of_block(net: Stack, name: str, entry: tuple[int, int, int, int], stride: int) -> None:
    """The sum; before it a 1×1 projection of the block's input, where that has other channels."""
    if net.channels != entry[0]:
        out_channels, field = net.channels, net.field
        net.channels, net.size, net.field, net.jump = entry
        net.convolution(f"{name}.downsample.0", out_channels, 1, stride)
        net.batch_norm(f"{name}.downsample.1")
        net.field = field
    net.joined(name, ADDITION)


def _repeat(net: Stack, first: int, stage: str, blocks: int, reach: int) -> None:
    """The rows of a stage's second block, from `first` on, again for each further block."""
    second = len(stage) + 1
    pattern = [(row[0][second:], *row[1:]) for row in net.rows[first:]]
    for block in range(2, blocks):
        name, farther = f"{stage}{block}", (block - 1) * reach
        net.rows += [
            (name + rest, kind, shape, parameters, work, field + farther, jump, biases)
            for rest, kind, shape, parameters, work, field, jump, biases in pattern
        ]
        net.field += reach
