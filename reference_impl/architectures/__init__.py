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

__all__ = [
    "VARIANTS",
    "Layer",
    "basic_block_parameters",
    "bottleneck_parameters",
    "build_table",
    "dense_block_channels",
    "dense_block_trace",
    "dense_layer_parameters",
    "dense_share",
    "densenet_trace",
    "layer_count",
    "layer_jump",
    "layer_multiply_adds",
    "layer_parameters",
    "layer_receptive_field",
    "layer_shape",
    "layer_table",
    "merged_channels",
    "multiply_adds",
    "parameters",
    "projections",
    "residual_blocks",
    "residual_sum",
    "shortcut_parameters",
    "transition_shape",
    "weight_layers",
]
