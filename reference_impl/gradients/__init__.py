"""Gradients through time: backpropagation, its product of Jacobians, how fast that vanishes or explodes, and checks.

The network is h_t = φ(W_ih·x_t + W_hh·h_{t−1} + b), t = 1 … T. Its arguments are numbers (one feature, one unit) or
arrays: inputs (T, n), hidden (H,), which is h_0, weight_ih (H, n), weight_hh (H, H), bias (H,), target (H,). The bias
is PyTorch's two added up. Source: Werbos (1990); `torch.nn.RNN`.
"""

from reference_impl.gradients.backwards import hidden_gradient, sequence_loss, stored_activations
from reference_impl.gradients.bptt import bias_gradient, truncation_gap, weight_hh_gradient, weight_ih_gradient
from reference_impl.gradients.checking import gradient_check, numerical_derivative
from reference_impl.gradients.gains import gain_bound, nested_forward, power_norm, scalar_gain, spectral_radius
from reference_impl.gradients.jacobians import hidden_jacobian, input_jacobian, jacobian_norms

# In the order in which one learns them, which is that of the catalogue.
__all__ = [  # noqa: RUF022 - not that of the alphabet
    "numerical_derivative",
    "gradient_check",
    "nested_forward",
    "scalar_gain",
    "gain_bound",
    "spectral_radius",
    "power_norm",
    "hidden_jacobian",
    "input_jacobian",
    "jacobian_norms",
    "sequence_loss",
    "hidden_gradient",
    "weight_hh_gradient",
    "weight_ih_gradient",
    "bias_gradient",
    "truncation_gap",
    "stored_activations",
]
