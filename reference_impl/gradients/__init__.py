"""Gradients through time: backpropagation, its product of Jacobians, how fast that vanishes or explodes, and checks."""

from reference_impl.gradients.backwards import hidden_gradient, sequence_loss, stored_activations
from reference_impl.gradients.bptt import bias_gradient, weight_hh_gradient, weight_ih_gradient
from reference_impl.gradients.checking import gradient_check, numerical_derivative
from reference_impl.gradients.gains import gain_bound, nested_forward, power_norm, scalar_gain, spectral_radius
from reference_impl.gradients.jacobians import hidden_jacobian, input_jacobian, jacobian_norms

__all__ = [
    "bias_gradient",
    "gain_bound",
    "gradient_check",
    "hidden_gradient",
    "hidden_jacobian",
    "input_jacobian",
    "jacobian_norms",
    "nested_forward",
    "numerical_derivative",
    "power_norm",
    "scalar_gain",
    "sequence_loss",
    "spectral_radius",
    "stored_activations",
    "weight_hh_gradient",
    "weight_ih_gradient",
]
