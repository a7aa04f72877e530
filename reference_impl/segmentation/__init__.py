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

# In the order in which one learns them, which is that of the catalogue.
__all__ = [  # noqa: RUF022 - not that of the alphabet
    "label_at",
    "label_map",
    "dense_parameters",
    "dense_kernel_shape",
    "dense_column",
    "dense_value",
    "map_size",
    "least_input_size",
    "transposed_convolution1d",
    "transposed_convolution",
    "transposed_convolution_at",
    "upsampled_size",
    "convolution_matrix_shape",
    "convolution_matrix",
    "transposed_matrix",
    "convolution_rank",
    "null_space_dimensions",
]
