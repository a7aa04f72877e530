"""Convolution arithmetic: sizes along an axis, weights of a layer, and the values that a layer computes."""

from reference_impl.convolution.fields import jump, receptive_field
from reference_impl.convolution.inception import inception_channels, inception_parameters
from reference_impl.convolution.padding import padding_for, paddings_for, same_padding
from reference_impl.convolution.sizes import leftover, output_shape, output_size, pool_size, size_drop, transposed_size
from reference_impl.convolution.values import (
    convolution,
    convolution_at,
    cross_correlation,
    cross_correlation_at,
    full_convolution,
)
from reference_impl.convolution.weights import (
    linear_parameters,
    multiply_adds,
    parameters,
    reduced_parameters,
    stacked_parameters,
    weight_shape,
)

__all__ = [
    "convolution",
    "convolution_at",
    "cross_correlation",
    "cross_correlation_at",
    "full_convolution",
    "inception_channels",
    "inception_parameters",
    "jump",
    "leftover",
    "linear_parameters",
    "multiply_adds",
    "output_shape",
    "output_size",
    "padding_for",
    "paddings_for",
    "parameters",
    "pool_size",
    "receptive_field",
    "reduced_parameters",
    "same_padding",
    "size_drop",
    "stacked_parameters",
    "transposed_size",
    "weight_shape",
]
