"""Activations and their slopes, what makes scores into classes, and why a layer needs a nonlinearity at all."""

from reference_impl.activations.classes import argmax, class_probability, cross_entropy, softmax, uniform_cross_entropy
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

__all__ = [
    "argmax",
    "class_probability",
    "collapsed_bias",
    "collapsed_weight",
    "cross_entropy",
    "local_response_norm",
    "local_response_norm_at",
    "relu",
    "relu_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "softmax",
    "tanh",
    "tanh_derivative",
    "uniform_cross_entropy",
]
