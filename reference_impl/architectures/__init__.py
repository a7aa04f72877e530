"""Nets: AlexNet, VGG, GoogLeNet, ResNet and DenseNet, layer by layer and as a whole, and their blocks.

`layer_table` gives a net's layers; the references ask it one number at a time.
"""

from reference_impl.architectures.dense import (
    dense_block_channels,
    dense_block_trace,
    dense_layer_parameters,
    densenet_trace,
    merged_channels,
    transition_shape,
)
from reference_impl.architectures.layers import (
    layer_jump,
    layer_multiply_adds,
    layer_parameters,
    layer_receptive_field,
    layer_shape,
)
from reference_impl.architectures.residual import (
    basic_block_parameters,
    bottleneck_parameters,
    projections,
    residual_blocks,
    residual_sum,
    shortcut_parameters,
)
from reference_impl.architectures.stack import Layer
from reference_impl.architectures.tables import VARIANTS, build_table, layer_table
from reference_impl.architectures.totals import dense_share, layer_count, multiply_adds, parameters, weight_layers

# In the order in which one learns them, which is that of the catalogue.
__all__ = [  # noqa: RUF022 - not that of the alphabet
    "parameters",
    "weight_layers",
    "layer_count",
    "dense_share",
    "multiply_adds",
    "layer_parameters",
    "layer_shape",
    "layer_multiply_adds",
    "layer_receptive_field",
    "layer_jump",
    "residual_sum",
    "basic_block_parameters",
    "bottleneck_parameters",
    "shortcut_parameters",
    "residual_blocks",
    "projections",
    "merged_channels",
    "dense_block_channels",
    "dense_block_trace",
    "dense_layer_parameters",
    "transition_shape",
    "densenet_trace",
    "layer_table",
    "build_table",
    "Layer",
    "VARIANTS",
]
