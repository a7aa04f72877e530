"""DenseNet: every layer of a block reads what all layers before it have written, so channels grow by a step a layer.

Layers have torchvision's names, without its “features.”: denseblock1.denselayer3.conv2 is the 3×3 convolution of the
third layer of the first block. Sources: Huang, Liu, van der Maaten and Weinberger, “Densely connected convolutional
networks” (2016), table 1; `torchvision.models.densenet`.
"""

# ruff: noqa: FBT001 - `aux_heads` is given by place in decks, as in PyTorch

from __future__ import annotations

from reference_impl.architectures.stack import CONCATENATION, CONVOLUTION, NORMALISATION, Row, Stack

#: First channels, growth rate, and layers of each block.
CONFIGURATIONS = {
    "densenet121": (64, 32, (6, 12, 24, 16)),
    "densenet161": (96, 48, (6, 12, 36, 24)),
    "densenet169": (64, 32, (6, 12, 32, 32)),
    "densenet201": (64, 32, (6, 12, 48, 32)),
}
#: A layer's 1×1 convolution writes so many times the growth rate.
BN_SIZE = 4


def densenet(name: str, _variant: str, _aux_heads: bool, input_size: int) -> list[Row]:
    """One 7×7 convolution and a pooling, four dense blocks with transitions between them, one dense layer."""
    num_init_features, growth_rate, block_config = CONFIGURATIONS[name]
    net = Stack(input_size, bias=False)
    net.convolution("conv0", num_init_features, 7, 2, 3)
    net.batch_norm("norm0")
    net.pool("pool0", 3, 2, 1)
    for block, num_layers in enumerate(block_config, 1):
        _dense_block(net, f"denseblock{block}", growth_rate, num_layers)
        if block < len(block_config):
            net.batch_norm(f"transition{block}.norm")
            net.convolution(f"transition{block}.conv", net.channels // 2, 1)
            net.pool(f"transition{block}.pool", 2, 2)
    net.batch_norm("norm5")
    net.global_pool("avgpool")
    net.linear("classifier", 1000)
    return net.rows


def _dense_block(net: Stack, block: str, growth_rate: int, num_layers: int) -> None:
    """Layers of normalisation, 1×1, normalisation, 3×3, whose output is put behind all that there is.

    Written out, as these are nine tenths of a net's layers.
    """
    rows, channels, size, field, jump = net.rows, net.channels, net.size, net.field, net.jump
    area, width = size * size, BN_SIZE * growth_rate
    squeezed, grown = (width, size, size), (growth_rate, size, size)
    kernels = 9 * width * growth_rate
    for number in range(1, num_layers + 1):
        layer = f"{block}.denselayer{number}"
        pixels = channels * width
        # the 3×3 kernel sees two steps more than what the layer reads
        farther = field + 2 * jump
        rows += (
            (layer + ".norm1", NORMALISATION, (channels, size, size), 2 * channels, 0, field, jump, channels),
            (layer + ".conv1", CONVOLUTION, squeezed, pixels, area * pixels, field, jump, 0),
            (layer + ".norm2", NORMALISATION, squeezed, 2 * width, 0, field, jump, width),
            (layer + ".conv2", CONVOLUTION, grown, kernels, area * kernels, farther, jump, 0),
        )
        # c ← c + k
        channels += growth_rate
        field = farther
    net.channels, net.field = channels, field
    net.joined(block, CONCATENATION)
