"""Convolution arithmetic: sizes along an axis, weights of a layer, and the values that layers compute."""

from reference_impl.convolution.fields import jump, receptive_field
from reference_impl.convolution.filters import filtered
from reference_impl.convolution.inception import inception_channels, inception_parameters
from reference_impl.convolution.padding import padding_for, paddings_for, same_padding
from reference_impl.convolution.pooling import average_pool, max_pool
from reference_impl.convolution.ratios import break_even_channels, kernel_ratio, stacked_ratio
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
    "average_pool",
    "break_even_channels",
    "convolution",
    "convolution_at",
    "cross_correlation",
    "cross_correlation_at",
    "filtered",
    "full_convolution",
    "inception_channels",
    "inception_parameters",
    "jump",
    "kernel_ratio",
    "leftover",
    "linear_parameters",
    "max_pool",
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
    "stacked_ratio",
    "transposed_size",
    "weight_shape",
]
