"""Semantic segmentation: dense layers as convolutions, sizes down and up, transposed convolution, and labels."""

from reference_impl.segmentation.dense import dense_column, dense_kernel_shape, dense_parameters, dense_value
from reference_impl.segmentation.labels import label_at, label_map
from reference_impl.segmentation.matrices import (
    convolution_matrix,
    convolution_matrix_shape,
    convolution_rank,
    null_space_dimensions,
    transposed_matrix,
)
from reference_impl.segmentation.sizes import least_input_size, map_size, upsampled_size
from reference_impl.segmentation.transposed import (
    transposed_convolution,
    transposed_convolution1d,
    transposed_convolution_at,
)

__all__ = [
    "convolution_matrix",
    "convolution_matrix_shape",
    "convolution_rank",
    "dense_column",
    "dense_kernel_shape",
    "dense_parameters",
    "dense_value",
    "label_at",
    "label_map",
    "least_input_size",
    "map_size",
    "null_space_dimensions",
    "transposed_convolution",
    "transposed_convolution1d",
    "transposed_convolution_at",
    "transposed_matrix",
    "upsampled_size",
]
