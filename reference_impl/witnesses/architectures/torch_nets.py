"""The nets as modules of PyTorch, named as in torchvision; loaded only where a witness needs them.

Written from the papers and from torchvision's descriptions, not from the tables. Modules that only join what other
modules give (`Sum`, `Concatenation`) are modules, too, so that each can be run on something else than numbers.
"""

# ruff: noqa: FBT001 - booleans as in the references
# mypy: disable-error-code="misc"
# To mypy, which skips torch's large stubs, nn.Module is Any.

from __future__ import annotations

from collections import OrderedDict

import torch
from torch import Tensor, nn

AddedModules = OrderedDict[str, nn.Module]


class Sum(nn.Module):
    """Adds maps."""

    def forward(self, maps: list[Tensor]) -> Tensor:
        """One map of the same shape."""
        return sum(maps[1:], maps[0])


class Concatenation(nn.Module):
    """Puts the channels of maps behind one another."""

    def forward(self, maps: list[Tensor]) -> Tensor:
        """One map with the channels of all."""
        return torch.cat(maps, 1)


def _dense_head(features: int, first: int = 6) -> AddedModules:
    """The three dense layers of AlexNet and VGG."""
    return OrderedDict(
        [
            ("flatten", nn.Flatten()),
            (f"fc{first}", nn.Linear(features, 4096)),
            ("relu6", nn.ReLU()),
            ("drop6", nn.Dropout()),
            ("fc7", nn.Linear(4096, 4096)),
            ("relu7", nn.ReLU()),
            ("drop7", nn.Dropout()),
            ("fc8", nn.Linear(4096, 1000)),
        ]
    )


def alexnet(variant: str) -> nn.Module:
    """torchvision's, or the paper's, whose halves on two GPUs are two groups."""
    layers: AddedModules = OrderedDict()
    if variant == "torchvision":
        layers["conv1"] = nn.Conv2d(3, 64, kernel_size=11, stride=4, padding=2)
        layers["relu1"] = nn.ReLU()
        layers["pool1"] = nn.MaxPool2d(kernel_size=3, stride=2)
        layers["conv2"] = nn.Conv2d(64, 192, kernel_size=5, padding=2)
        layers["relu2"] = nn.ReLU()
        layers["pool2"] = nn.MaxPool2d(kernel_size=3, stride=2)
        layers["conv3"] = nn.Conv2d(192, 384, kernel_size=3, padding=1)
        layers["relu3"] = nn.ReLU()
        layers["conv4"] = nn.Conv2d(384, 256, kernel_size=3, padding=1)
        layers["relu4"] = nn.ReLU()
        layers["conv5"] = nn.Conv2d(256, 256, kernel_size=3, padding=1)
    else:
        layers["conv1"] = nn.Conv2d(3, 2 * 48, kernel_size=11, stride=4, padding=2)
        layers["relu1"] = nn.ReLU()
        layers["norm1"] = nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2)
        layers["pool1"] = nn.MaxPool2d(kernel_size=3, stride=2)
        layers["conv2"] = nn.Conv2d(2 * 48, 2 * 128, kernel_size=5, padding=2, groups=2)
        layers["relu2"] = nn.ReLU()
        layers["norm2"] = nn.LocalResponseNorm(5, alpha=5e-4, beta=0.75, k=2)
        layers["pool2"] = nn.MaxPool2d(kernel_size=3, stride=2)
        layers["conv3"] = nn.Conv2d(2 * 128, 2 * 192, kernel_size=3, padding=1)
        layers["relu3"] = nn.ReLU()
        layers["conv4"] = nn.Conv2d(2 * 192, 2 * 192, kernel_size=3, padding=1, groups=2)
        layers["relu4"] = nn.ReLU()
        layers["conv5"] = nn.Conv2d(2 * 192, 2 * 128, kernel_size=3, padding=1, groups=2)
    layers["relu5"] = nn.ReLU()
    layers["pool5"] = nn.MaxPool2d(kernel_size=3, stride=2)
    return nn.Sequential(OrderedDict([*layers.items(), *_dense_head(256 * 6 * 6).items()]))


VGG: dict[str, list[int | str]] = {
    "vgg11": [64, "M", 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"],
    "vgg13": [64, 64, "M", 128, 128, "M", 256, 256, "M", 512, 512, "M", 512, 512, "M"],
    "vgg16": [64, 64, "M", 128, 128, "M", 256, 256, 256, "M", 512, 512, 512, "M", 512, 512, 512, "M"],
    "vgg19": [64, 64, "M", 128, 128, "M", *[256] * 4, "M", *[512] * 4, "M", *[512] * 4, "M"],
}


def vgg(name: str, variant: str) -> nn.Module:
    """Torchvision's configurations A, B, D and E."""
    layers: AddedModules = OrderedDict()
    channels, stage, number = 3, 1, 1
    for width in VGG[name]:
        if isinstance(width, str):
            layers[f"pool{stage}"] = nn.MaxPool2d(kernel_size=2, stride=2)
            stage, number = stage + 1, 1
            continue
        layers[f"conv{stage}_{number}"] = nn.Conv2d(channels, width, kernel_size=3, padding=1)
        if variant == "batchnorm":
            layers[f"bn{stage}_{number}"] = nn.BatchNorm2d(width)
        layers[f"relu{stage}_{number}"] = nn.ReLU()
        channels, number = width, number + 1
    return nn.Sequential(OrderedDict([*layers.items(), *_dense_head(512 * 7 * 7).items()]))


class Inception(nn.Module):
    """Four branches and their concatenation."""

    def __init__(self, paper: bool, channels: int, *widths: int) -> None:
        super().__init__()
        one, red3, three, red5, five, pooled = widths
        kernel = 5 if paper else 3
        self.branch1 = _unit(paper, channels, one, kernel_size=1)
        self.branch2 = nn.Sequential(
            _unit(paper, channels, red3, kernel_size=1), _unit(paper, red3, three, kernel_size=3, padding=1)
        )
        self.branch3 = nn.Sequential(
            _unit(paper, channels, red5, kernel_size=1),
            _unit(paper, red5, five, kernel_size=kernel, padding=(kernel - 1) // 2),
        )
        self.branch4 = nn.Sequential(
            nn.MaxPool2d(kernel_size=3, stride=1, padding=1, ceil_mode=True),
            _unit(paper, channels, pooled, kernel_size=1),
        )
        self.concatenation = Concatenation()

    def forward(self, image: Tensor) -> Tensor:
        """All branches read the same."""
        return self.concatenation([self.branch1(image), self.branch2(image), self.branch3(image), self.branch4(image)])


def _unit(paper: bool, in_channels: int, out_channels: int, **settings: int) -> nn.Module:
    """A convolution with ReLU: with a bias in the paper, with batch normalisation in torchvision."""
    conv = nn.Conv2d(in_channels, out_channels, bias=paper, **settings)
    if paper:
        return nn.Sequential(OrderedDict([("conv", conv), ("relu", nn.ReLU())]))
    return nn.Sequential(OrderedDict([("conv", conv), ("bn", nn.BatchNorm2d(out_channels)), ("relu", nn.ReLU())]))


def _auxiliary(paper: bool, channels: int) -> nn.Module:
    return nn.Sequential(
        OrderedDict(
            [
                ("avgpool", nn.AvgPool2d(kernel_size=5, stride=3) if paper else nn.AdaptiveAvgPool2d((4, 4))),
                ("conv", _unit(paper, channels, 128, kernel_size=1)),
                ("flatten", nn.Flatten()),
                ("fc1", nn.Linear(2048, 1024)),
                ("relu", nn.ReLU()),
                ("dropout", nn.Dropout(0.7)),
                ("fc2", nn.Linear(1024, 1000)),
            ]
        )
    )


class GoogLeNet(nn.Module):
    """torchvision's, or the paper's; in training the auxiliary heads look on."""

    def __init__(self, variant: str, aux_heads: bool) -> None:
        super().__init__()
        paper = variant == "paper"
        before: AddedModules = OrderedDict()
        before["conv1"] = _unit(paper, 3, 64, kernel_size=7, stride=2, padding=3)
        before["maxpool1"] = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        if paper:
            before["norm1"] = nn.LocalResponseNorm(5)
        before["conv2"] = _unit(paper, 64, 64, kernel_size=1)
        before["conv3"] = _unit(paper, 64, 192, kernel_size=3, padding=1)
        if paper:
            before["norm2"] = nn.LocalResponseNorm(5)
        before["maxpool2"] = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        before["inception3a"] = Inception(paper, 192, 64, 96, 128, 16, 32, 32)
        before["inception3b"] = Inception(paper, 256, 128, 128, 192, 32, 96, 64)
        before["maxpool3"] = nn.MaxPool2d(3, stride=2, ceil_mode=True)
        before["inception4a"] = Inception(paper, 480, 192, 96, 208, 16, 48, 64)
        before["inception4b"] = Inception(paper, 512, 160, 112, 224, 24, 64, 64)
        before["inception4c"] = Inception(paper, 512, 128, 128, 256, 24, 64, 64)
        before["inception4d"] = Inception(paper, 512, 112, 144, 288, 32, 64, 64)
        before["inception4e"] = Inception(paper, 528, 256, 160, 320, 32, 128, 128)
        before["maxpool4"] = nn.MaxPool2d(3 if paper else 2, stride=2, ceil_mode=True)
        before["inception5a"] = Inception(paper, 832, 256, 160, 320, 32, 128, 128)
        before["inception5b"] = Inception(paper, 832, 384, 192, 384, 48, 128, 128)
        before["avgpool"] = nn.AvgPool2d(7, stride=1) if paper else nn.AdaptiveAvgPool2d((1, 1))
        before["flatten"] = nn.Flatten()
        before["dropout"] = nn.Dropout(0.4)
        before["fc"] = nn.Linear(1024, 1000)
        for name, module in before.items():
            self.add_module(name, module)
        self.order = list(before)
        if aux_heads:
            self.aux1 = _auxiliary(paper, 512)
            self.aux2 = _auxiliary(paper, 528)
        self.watched = {"inception4a": "aux1", "inception4d": "aux2"} if aux_heads else {}

    def forward(self, image: Tensor) -> Tensor:
        """The main answer; those of the auxiliary heads are computed on the way."""
        for name in self.order:
            image = self.get_submodule(name)(image)
            if name in self.watched:
                self.get_submodule(self.watched[name])(image)
        return image


class Residual(nn.Module):
    """Layers, and a shortcut past them: the identity, or a projection."""

    def __init__(self, layers: AddedModules, downsample: nn.Module | None) -> None:
        super().__init__()
        for name, module in layers.items():
            self.add_module(name, module)
        self.order = list(layers)
        self.downsample = downsample
        self.sum = Sum()
        self.relu = nn.ReLU()

    def forward(self, image: Tensor) -> Tensor:
        """The layers' output and the shortcut's, added."""
        shortcut = image if self.downsample is None else self.downsample(image)
        for name in self.order:
            image = self.get_submodule(name)(image)
        return self.relu(self.sum([image, shortcut]))


RESNETS = {18: (2, 2, 2, 2), 34: (3, 4, 6, 3), 50: (3, 4, 6, 3), 101: (3, 4, 23, 3), 152: (3, 8, 36, 3)}


def resnet(name: str, variant: str) -> nn.Module:
    """Torchvision's (stride in the 3×3 convolution), or Keras's (stride in the first 1×1, and biases)."""
    keras = variant == "keras"
    depth = int(name[len("resnet") :])
    net: AddedModules = OrderedDict()
    net["conv1"] = nn.Conv2d(3, 64, kernel_size=7, stride=2, padding=3, bias=keras)
    net["bn1"] = nn.BatchNorm2d(64)
    net["relu"] = nn.ReLU()
    net["maxpool"] = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
    inplanes = 64
    for stage, (planes, blocks) in enumerate(zip((64, 128, 256, 512), RESNETS[depth], strict=True)):
        outplanes = planes * 4 if depth >= 50 else planes
        made = []
        for block in range(blocks):
            stride = 2 if stage > 0 and block == 0 else 1
            layers: AddedModules = OrderedDict()
            if depth >= 50:
                at_1x1, at_3x3 = (stride, 1) if keras else (1, stride)
                layers["conv1"] = nn.Conv2d(inplanes, planes, kernel_size=1, stride=at_1x1, bias=keras)
                layers["bn1"] = nn.BatchNorm2d(planes)
                layers["relu1"] = nn.ReLU()
                layers["conv2"] = nn.Conv2d(planes, planes, kernel_size=3, stride=at_3x3, padding=1, bias=keras)
                layers["bn2"] = nn.BatchNorm2d(planes)
                layers["relu2"] = nn.ReLU()
                layers["conv3"] = nn.Conv2d(planes, outplanes, kernel_size=1, bias=keras)
                layers["bn3"] = nn.BatchNorm2d(outplanes)
            else:
                layers["conv1"] = nn.Conv2d(inplanes, planes, kernel_size=3, stride=stride, padding=1, bias=False)
                layers["bn1"] = nn.BatchNorm2d(planes)
                layers["relu1"] = nn.ReLU()
                layers["conv2"] = nn.Conv2d(planes, planes, kernel_size=3, padding=1, bias=False)
                layers["bn2"] = nn.BatchNorm2d(planes)
            downsample = None
            if stride != 1 or inplanes != outplanes:
                downsample = nn.Sequential(
                    nn.Conv2d(inplanes, outplanes, kernel_size=1, stride=stride, bias=keras), nn.BatchNorm2d(outplanes)
                )
            made.append(Residual(layers, downsample))
            inplanes = outplanes
        net[f"layer{stage + 1}"] = nn.Sequential(*made)
    net["avgpool"] = nn.AdaptiveAvgPool2d((1, 1))
    net["flatten"] = nn.Flatten()
    net["fc"] = nn.Linear(inplanes, 1000)
    return nn.Sequential(net)


class DenseBlock(nn.Module):
    """Layers that each read what the block was given and what all layers before them gave."""

    def __init__(self, num_layers: int, num_input_features: int, bn_size: int, growth_rate: int) -> None:
        super().__init__()
        self.layers = [f"denselayer{number + 1}" for number in range(num_layers)]
        for number, name in enumerate(self.layers):
            read = num_input_features + number * growth_rate
            layer: AddedModules = OrderedDict()
            layer["norm1"] = nn.BatchNorm2d(read)
            layer["relu1"] = nn.ReLU()
            layer["conv1"] = nn.Conv2d(read, bn_size * growth_rate, kernel_size=1, bias=False)
            layer["norm2"] = nn.BatchNorm2d(bn_size * growth_rate)
            layer["relu2"] = nn.ReLU()
            layer["conv2"] = nn.Conv2d(bn_size * growth_rate, growth_rate, kernel_size=3, padding=1, bias=False)
            self.add_module(name, nn.Sequential(layer))
        self.concatenation = Concatenation()

    def forward(self, image: Tensor) -> Tensor:
        """The input and all outputs, behind one another."""
        for name in self.layers:
            image = self.concatenation([image, self.get_submodule(name)(image)])
        return image


DENSENETS = {
    "densenet121": (32, (6, 12, 24, 16), 64),
    "densenet161": (48, (6, 12, 36, 24), 96),
    "densenet169": (32, (6, 12, 32, 32), 64),
    "densenet201": (32, (6, 12, 48, 32), 64),
}


def densenet(name: str) -> nn.Module:
    """torchvision's, with its functional pooling as a module."""
    growth_rate, block_config, features = DENSENETS[name]
    net: AddedModules = OrderedDict()
    net["conv0"] = nn.Conv2d(3, features, kernel_size=7, stride=2, padding=3, bias=False)
    net["norm0"] = nn.BatchNorm2d(features)
    net["relu0"] = nn.ReLU()
    net["pool0"] = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
    for index, num_layers in enumerate(block_config):
        net[f"denseblock{index + 1}"] = DenseBlock(num_layers, features, bn_size=4, growth_rate=growth_rate)
        features += num_layers * growth_rate
        if index != len(block_config) - 1:
            transition: AddedModules = OrderedDict()
            transition["norm"] = nn.BatchNorm2d(features)
            transition["relu"] = nn.ReLU()
            transition["conv"] = nn.Conv2d(features, features // 2, kernel_size=1, bias=False)
            transition["pool"] = nn.AvgPool2d(kernel_size=2, stride=2)
            net[f"transition{index + 1}"] = nn.Sequential(transition)
            features //= 2
    net["norm5"] = nn.BatchNorm2d(features)
    net["relu5"] = nn.ReLU()
    net["avgpool"] = nn.AdaptiveAvgPool2d((1, 1))
    net["flatten"] = nn.Flatten()
    net["classifier"] = nn.Linear(features, 1000)
    return nn.Sequential(net)


def build(name: str, variant: str, aux_heads: bool) -> nn.Module:
    """The net on the meta device, which has shapes but no numbers; ready to answer, not to learn."""
    with torch.device("meta"):
        if name == "alexnet":
            net = alexnet(variant)
        elif name.startswith("vgg"):
            net = vgg(name, variant)
        elif name == "googlenet":
            net = GoogLeNet(variant, aux_heads)
        elif name.startswith("resnet"):
            net = resnet(name, variant)
        else:
            net = densenet(name)
    return net.eval()
