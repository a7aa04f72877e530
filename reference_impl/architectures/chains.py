"""AlexNet and VGG: one layer behind the other.

The layers have the names of the papers, where torchvision only numbers them. Sources: Krizhevsky, Sutskever and Hinton,
“ImageNet classification with deep convolutional neural networks” (2012); Simonyan and Zisserman, “Very deep
convolutional networks for large-scale image recognition” (2014); `torchvision.models.alexnet`, `vgg`.
"""

# ruff: noqa: FBT001 - `aux_heads` is given by place in decks, as in PyTorch

from __future__ import annotations

from reference_impl.architectures.stack import Row, Stack

#: Channels of each convolution, stage by stage; a 2×2 max pooling ends each stage. All kernels are 3×3.
VGG_STAGES = {
    "vgg11": ((64,), (128,), (256,) * 2, (512,) * 2, (512,) * 2),
    "vgg13": ((64,) * 2, (128,) * 2, (256,) * 2, (512,) * 2, (512,) * 2),
    "vgg16": ((64,) * 2, (128,) * 2, (256,) * 3, (512,) * 3, (512,) * 3),
    "vgg19": ((64,) * 2, (128,) * 2, (256,) * 4, (512,) * 4, (512,) * 4),
}


def alexnet(_name: str, variant: str, _aux_heads: bool, input_size: int) -> list[Row]:
    """Five convolutions and three dense layers; of "two-gpu", each GPU has half of the filters.

    conv2, conv4 and conv5 of the paper read the channels on their own GPU only: groups=2. The paper's 224 pixels give
    its 55×55 places with a padding of 2, as in torchvision.
    """
    paper = variant == "two-gpu"
    groups = 2 if paper else 1
    widths = (96, 256, 384, 384, 256) if paper else (64, 192, 384, 256, 256)
    net = Stack(input_size, bias=True)
    net.convolution("conv1", widths[0], 11, 4, 2)
    if paper:
        net.local_response_norm("norm1")
    net.pool("pool1", 3, 2)
    net.convolution("conv2", widths[1], 5, 1, 2, groups)
    if paper:
        net.local_response_norm("norm2")
    net.pool("pool2", 3, 2)
    net.convolution("conv3", widths[2], 3, 1, 1)  # reads the channels of both GPUs
    net.convolution("conv4", widths[3], 3, 1, 1, groups)
    net.convolution("conv5", widths[4], 3, 1, 1, groups)
    net.pool("pool5", 3, 2)
    _dense_layers(net, 6, input_size)
    return net.rows


def vgg(name: str, variant: str, _aux_heads: bool, input_size: int) -> list[Row]:
    """Stages of 3×3 convolutions, each ended by a pooling, then three dense layers."""
    net = Stack(input_size, bias=True)
    for stage, widths in enumerate(VGG_STAGES[name], 1):
        for number, width in enumerate(widths, 1):
            net.convolution(f"conv{stage}_{number}", width, 3, 1, 1)
            if variant == "batchnorm":
                net.batch_norm(f"bn{stage}_{number}")
        net.pool(f"pool{stage}", 2, 2)
    _dense_layers(net, 7, input_size)
    return net.rows


def _dense_layers(net: Stack, map_size: int, input_size: int) -> None:
    """The three dense layers of both nets. The first of them fixes the size of the map that it reads."""
    # torchvision puts an adaptive pooling to this size before it, which does nothing to a map that has it
    net.must_have_size(map_size, input_size)
    net.linear("fc6", 4096)
    net.linear("fc7", 4096)
    net.linear("fc8", 1000)
