"""Convolution arithmetic: sizes along an axis, weights of a layer, and the values that layers compute."""

from reference_impl.convolution.fields import jump, receptive_field
from reference_impl.convolution.filters import filtered
from reference_impl.convolution.inception import inception_channels, inception_parameters, inception_shape
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

# In the order in which one learns them, which is that of the catalogue.
__all__ = [  # noqa: RUF022 - not that of the alphabet
    "output_size",
    "leftover",
    "size_drop",
    "same_padding",
    "padding_for",
    "paddings_for",
    "output_shape",
    "weight_shape",
    "parameters",
    "linear_parameters",
    "multiply_adds",
    "cross_correlation",
    "cross_correlation_at",
    "convolution",
    "convolution_at",
    "full_convolution",
    "filtered",
    "pool_size",
    "max_pool",
    "average_pool",
    "receptive_field",
    "jump",
    "stacked_parameters",
    "stacked_ratio",
    "kernel_ratio",
    "reduced_parameters",
    "break_even_channels",
    "inception_parameters",
    "inception_channels",
    "inception_shape",
    "transposed_size",
]
