"""PyTorch in float64: its functions and modules, slopes by autograd."""

# ruff: noqa: A002 - `input` is PyTorch's name

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reference_impl import activations as ref
from reference_impl.arrays import Matrix, Numbers, Rows, Vector, plain

if TYPE_CHECKING:
    from torch import Tensor


def _tensor(values: Any) -> Tensor:
    """A tensor of float64."""
    import torch

    return torch.tensor(values, dtype=torch.float64)


def _slopes(function: str, input: Numbers) -> Numbers:
    """Autograd through one of torch's functions: the sum's gradient is each entry's slope."""
    import torch

    x = _tensor(input).requires_grad_()
    getattr(torch, function)(x).sum().backward()
    slopes: Numbers = plain(x.grad)
    return slopes


@ref.sigmoid.witness("PyTorch")
def torch_sigmoid(input: Numbers) -> Numbers:
    """torch.sigmoid."""
    values: Numbers = plain(_tensor(input).sigmoid())
    return values


@ref.tanh.witness("PyTorch")
def torch_tanh(input: Numbers) -> Numbers:
    """torch.tanh."""
    values: Numbers = plain(_tensor(input).tanh())
    return values


@ref.relu.witness("PyTorch")
def torch_relu(input: Numbers) -> Numbers:
    """torch.relu."""
    values: Numbers = plain(_tensor(input).relu())
    return values


@ref.sigmoid_derivative.witness("PyTorch")
def sigmoid_autograd(input: Numbers) -> Numbers:
    """Autograd through torch.sigmoid."""
    return _slopes("sigmoid", input)


@ref.tanh_derivative.witness("PyTorch")
def tanh_autograd(input: Numbers) -> Numbers:
    """Autograd through torch.tanh."""
    return _slopes("tanh", input)


@ref.relu_derivative.witness("PyTorch")
def relu_autograd(input: Numbers) -> Numbers:
    """Autograd through torch.relu."""
    return _slopes("relu", input)


@ref.softmax.witness("PyTorch")
def torch_softmax(logits: Vector) -> Vector:
    """torch.softmax."""
    probabilities: Vector = plain(_tensor(logits).softmax(0))
    return probabilities


@ref.class_probability.witness("PyTorch")
def one_of_softmax(logits: Vector, target: int) -> float:
    """One entry of torch.softmax."""
    return float(_tensor(logits).softmax(0)[target])


@ref.cross_entropy.witness("PyTorch")
def torch_cross_entropy(logits: Vector, target: int) -> float:
    """nn.functional.cross_entropy."""
    import torch

    return float(torch.nn.functional.cross_entropy(_tensor(logits), torch.tensor(target)))


@ref.argmax.witness("PyTorch")
def torch_argmax(scores: Vector) -> int:
    """torch.argmax."""
    return int(_tensor(scores).argmax())


@ref.local_response_norm.witness("PyTorch")
def norm_module(input: Vector, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0) -> Vector:
    """nn.LocalResponseNorm over one sample of one pixel."""
    import torch

    module = torch.nn.LocalResponseNorm(size, alpha, beta, k)
    damped: Vector = plain(module(_tensor(input)[None, :, None])[0, :, 0])
    return damped


@ref.local_response_norm_at.witness("PyTorch")
def one_of_norm_module(
    input: Vector, channel: int, size: int, alpha: float = 1e-4, beta: float = 0.75, k: float = 1.0
) -> float:
    """One channel of nn.LocalResponseNorm."""
    return norm_module(input, size, alpha, beta, k)[channel]


def _layer(weight: Tensor, bias: Tensor | None = None) -> Any:
    """nn.Linear with these weights."""
    import torch

    module = torch.nn.Linear(weight.shape[1], weight.shape[0], bias=bias is not None, dtype=torch.float64)
    with torch.no_grad():
        module.weight.copy_(weight)
        if bias is not None:
            module.bias.copy_(bias)
    return module


@ref.collapsed_weight.witness("PyTorch")
def jacobian_of_two_layers(weight1: Rows, weight2: Rows) -> Matrix:
    """Autograd's Jacobian of two nn.Linear in a row; whole again where all weights are."""
    import torch

    both = torch.nn.Sequential(_layer(_tensor(weight1)), _layer(_tensor(weight2)))
    at = torch.zeros(len(weight1[0]), dtype=torch.float64)
    jacobian: Matrix = plain(torch.autograd.functional.jacobian(both, at))
    if all(isinstance(entry, int) for rows in (weight1, weight2) for row in rows for entry in row):
        return tuple([tuple(map(int, row)) for row in jacobian])
    return jacobian


@ref.collapsed_bias.witness("PyTorch")
def two_layers_of_nothing(weight2: Rows, bias1: Vector, bias2: Vector) -> Vector:
    """Two nn.Linear in a row, the input zero."""
    import torch

    first = _layer(torch.ones(len(bias1), 1, dtype=torch.float64), _tensor(bias1))
    both = torch.nn.Sequential(first, _layer(_tensor(weight2), _tensor(bias2)))
    outputs: Vector = plain(both(torch.zeros(1, dtype=torch.float64)).detach())
    return outputs
