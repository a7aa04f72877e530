"""Activations and their slopes, what makes scores into classes, and why a layer needs a nonlinearity at all."""

from reference_impl.activations.classes import argmax, class_probability, cross_entropy, softmax
from reference_impl.activations.layers import (
    collapsed_bias,
    collapsed_weight,
    local_response_norm,
    local_response_norm_at,
)
from reference_impl.activations.pointwise import (
    relu,
    relu_derivative,
    sigmoid,
    sigmoid_derivative,
    tanh,
    tanh_derivative,
)

# In the order in which one learns them, which is that of the catalogue.
__all__ = [  # noqa: RUF022 - not that of the alphabet
    "sigmoid",
    "sigmoid_derivative",
    "tanh",
    "tanh_derivative",
    "relu",
    "relu_derivative",
    "collapsed_weight",
    "collapsed_bias",
    "softmax",
    "class_probability",
    "cross_entropy",
    "argmax",
    "local_response_norm",
    "local_response_norm_at",
]
