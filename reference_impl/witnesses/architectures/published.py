"""Published figures: the exact parameter counts of torchvision's and Keras's documentation."""

# ruff: noqa: FBT001, FBT002 - `aux_heads` and `bias` are booleans, as in the references

from __future__ import annotations

from reference_impl import architectures as ref
from reference_impl.reference import NoOpinion

#: torchvision's documentation of its pretrained models, num_params; GoogLeNet there without its auxiliary heads.
TORCHVISION = {
    ("alexnet", "torchvision"): 61_100_840,
    ("vgg11", "torchvision"): 132_863_336,
    ("vgg11", "batchnorm"): 132_868_840,
    ("vgg13", "torchvision"): 133_047_848,
    ("vgg13", "batchnorm"): 133_053_736,
    ("vgg16", "torchvision"): 138_357_544,
    ("vgg16", "batchnorm"): 138_365_992,
    ("vgg19", "torchvision"): 143_667_240,
    ("vgg19", "batchnorm"): 143_678_248,
    ("googlenet", "torchvision"): 6_624_904,
    ("resnet18", "torchvision"): 11_689_512,
    ("resnet34", "torchvision"): 21_797_672,
    ("resnet50", "torchvision"): 25_557_032,
    ("resnet101", "torchvision"): 44_549_160,
    ("resnet152", "torchvision"): 60_192_808,
    ("densenet121", "torchvision"): 7_978_856,
    ("densenet161", "torchvision"): 28_681_000,
    ("densenet169", "torchvision"): 14_149_480,
    ("densenet201", "torchvision"): 20_013_928,
}
#: “Total params” of `model.summary()` in Keras.
KERAS = {
    ("resnet50", "keras"): 25_636_712,
    ("resnet101", "keras"): 44_707_176,
    ("resnet152", "keras"): 60_419_944,
}


@ref.parameters.witness("published")
def documented(name: str, variant: str = "torchvision", aux_heads: bool = False, bias: bool = True) -> int:
    """The count in the library's documentation: torchvision's num_params, Keras's total params."""
    found = {**TORCHVISION, **KERAS}.get((name, variant))
    if found is None or aux_heads or not bias:
        raise NoOpinion("no exact count is published for this")
    return found
