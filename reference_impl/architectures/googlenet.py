"""GoogLeNet: Inception blocks, four branches side by side that are put behind one another.

The block alone is in `convolution` (`inception_parameters`, `inception_channels`). Layers have torchvision's names:
inception3a.branch2.1 is the 3×3 convolution of block 3a, behind its 1×1, inception3a.branch2.0. Sources: Szegedy and
others, “Going deeper with convolutions” (2014), table 1; `torchvision.models.googlenet`.
"""

# ruff: noqa: FBT001 - `aux_heads` is given by place in decks, as in PyTorch

from __future__ import annotations

from reference_impl.architectures.stack import CONCATENATION, Row, Stack

#: Widths of each block: 1×1; 1×1 then 3×3; 1×1 then 5×5; 1×1 behind the pooling.
BLOCKS = {
    "3a": (64, 96, 128, 16, 32, 32),
    "3b": (128, 128, 192, 32, 96, 64),
    "4a": (192, 96, 208, 16, 48, 64),
    "4b": (160, 112, 224, 24, 64, 64),
    "4c": (128, 128, 256, 24, 64, 64),
    "4d": (112, 144, 288, 32, 64, 64),
    "4e": (256, 160, 320, 32, 128, 128),
    "5a": (256, 160, 320, 32, 128, 128),
    "5b": (384, 192, 384, 48, 128, 128),
}
#: The blocks behind which an auxiliary head looks on, in training.
HEADS = {"4a": "aux1", "4d": "aux2"}


def googlenet(_name: str, variant: str, aux_heads: bool, input_size: int) -> list[Row]:
    """Two stages of convolutions, nine Inception blocks, one dense layer.

    "paper": 5×5 kernels in the third branch, biases, local response normalisation. "torchvision": 3×3 kernels there,
    batch normalisation behind each convolution in place of biases, and a last pooling of 2×2.
    """
    paper = variant == "paper"
    net = Stack(input_size, bias=paper)
    _convolution(net, "conv1", 64, 7, 2, 3)
    net.pool("maxpool1", 3, 2, ceil_mode=True)
    if paper:
        net.local_response_norm("norm1")
    _convolution(net, "conv2", 64, 1)
    _convolution(net, "conv3", 192, 3, 1, 1)
    if paper:
        net.local_response_norm("norm2")
    net.pool("maxpool2", 3, 2, ceil_mode=True)
    for block, widths in BLOCKS.items():
        if block == "4a":
            net.pool("maxpool3", 3, 2, ceil_mode=True)
        elif block == "5a":
            net.pool("maxpool4", 3 if paper else 2, 2, ceil_mode=True)
        _inception(net, f"inception{block}", widths, 5 if paper else 3)
        if aux_heads and block in HEADS:
            _auxiliary_head(net, HEADS[block], paper, input_size)
    if paper:
        net.must_have_size(7, input_size)
    net.global_pool("avgpool")
    net.linear("fc", 1000)
    return net.rows


def _convolution(net: Stack, name: str, width: int, kernel_size: int, stride: int = 1, padding: int = 0) -> None:
    """A convolution with a bias, or, without one, a batch normalisation behind it."""
    net.convolution(f"{name}.conv", width, kernel_size, stride, padding)
    if not net.bias:
        net.batch_norm(f"{name}.bn")


def _inception(net: Stack, name: str, widths: tuple[int, ...], kernel5: int) -> None:
    """All four branches read the block's input; the one with the largest kernel sees most."""
    ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj = widths
    in_channels, field = net.channels, net.field
    _convolution(net, f"{name}.branch1", ch1x1, 1)
    net.channels = in_channels
    _convolution(net, f"{name}.branch2.0", ch3x3red, 1)
    _convolution(net, f"{name}.branch2.1", ch3x3, 3, 1, 1)
    net.channels, net.field = in_channels, field
    _convolution(net, f"{name}.branch3.0", ch5x5red, 1)
    _convolution(net, f"{name}.branch3.1", ch5x5, kernel5, 1, kernel5 // 2)
    net.channels, net.field = in_channels, field
    net.pool(f"{name}.branch4.0", 3, 1, 1)
    _convolution(net, f"{name}.branch4.1", pool_proj, 1)
    net.channels, net.field = ch1x1 + ch3x3 + ch5x5 + pool_proj, field + (kernel5 - 1) * net.jump
    net.joined(name, CONCATENATION)


def _auxiliary_head(net: Stack, name: str, paper: bool, input_size: int) -> None:
    """A classifier of its own on a map in the middle of the net, which goes on as if it were not there."""
    standing = net.channels, net.size, net.field, net.jump
    whole = net.field + (net.size - 1) * net.jump
    if paper:
        net.pool(f"{name}.avgpool", 5, 3)
        net.must_have_size(4, input_size)
    else:
        net.adaptive_pool(f"{name}.avgpool", 4)
    _convolution(net, f"{name}.conv", 128, 1)
    if not paper:
        # adaptive windows have no common step, but together they see the whole map
        net.field = whole - (net.size - 1) * net.jump
    net.linear(f"{name}.fc1", 1024)
    net.linear(f"{name}.fc2", 1000)
    net.channels, net.size, net.field, net.jump = standing
