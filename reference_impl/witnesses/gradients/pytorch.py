"""PyTorch: autograd through the network in float64, `detach` where the way back is cut off, norms of torch.linalg."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from reference_impl import gradients as ref
from reference_impl.arrays import Numbers, Rows, Vector, Weights, plain
from reference_impl.reference import NoOpinion

if TYPE_CHECKING:
    from collections.abc import Callable

    from torch import Tensor


def _tensor(value: Any, axes: int) -> Tensor:
    """A leaf of float64 with so many axes, of which gradients are wanted."""
    import torch

    tensor = torch.tensor(value, dtype=torch.float64)
    return tensor.reshape((1,) * (axes - tensor.dim()) + tuple(tensor.shape)).requires_grad_()


class Run(NamedTuple):
    """A network that has been run: its leaves, and its states h_0 … h_T, each a leaf of what comes after it if cut."""

    inputs: list[Tensor]
    weight_ih: Tensor
    weight_hh: Tensor
    bias: Tensor
    states: list[Tensor]


def _run(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    nonlinearity: str = "tanh",
    cut: int = 0,
) -> Run:
    """Runs all steps; the state after the step `cut` is detached."""
    import torch

    run = Run(
        [_tensor(step, 1) for step in inputs],
        _tensor(weight_ih, 2),
        _tensor(weight_hh, 2),
        _tensor(bias, 1),
        [_tensor(hidden, 1)],
    )
    activation = getattr(torch, nonlinearity)
    for step, x in enumerate(run.inputs):
        before = run.states[-1].detach() if step == cut else run.states[-1]
        if step == cut:
            run.states[-1] = before.requires_grad_()
        run.states.append(activation(torch.addmv(torch.addmv(run.bias, run.weight_ih, x), run.weight_hh, before)))
    return run


def _like(hidden: Numbers, tensor: Tensor) -> Any:
    """Plain numbers; one number where the network is one of numbers."""
    return float(tensor) if isinstance(hidden, (int, float)) else plain(tensor)


def _loss(run: Run, target: Numbers) -> Tensor:
    """Half of nn.functional.mse_loss, summed."""
    import torch

    wanted = _tensor(target, 1).detach()
    return torch.nn.functional.mse_loss(run.states[-1], wanted, reduction="sum") / 2


def _gradient(loss: Tensor, leaf: Tensor) -> Tensor:
    import torch

    (gradient,) = torch.autograd.grad(loss, leaf)
    return gradient


def _cut(inputs: Vector | Rows, truncation: int | None) -> int:
    return 0 if truncation is None else max(0, len(inputs) - truncation)


@ref.sequence_loss.witness("PyTorch")
def loss_of_layer(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers, target: Numbers
) -> float:
    """nn.functional.mse_loss, summed and halved."""
    return float(_loss(_run(inputs, hidden, weight_ih, weight_hh, bias), target).detach())


@ref.weight_hh_gradient.witness("PyTorch")
def autograd_weight_hh(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None = None,
) -> Weights:
    """Autograd; truncated by detaching the state before the last k steps."""
    run = _run(inputs, hidden, weight_ih, weight_hh, bias, cut=_cut(inputs, truncation))
    found: Weights = _like(hidden, _gradient(_loss(run, target), run.weight_hh))
    return found


@ref.weight_ih_gradient.witness("PyTorch")
def autograd_weight_ih(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None = None,
) -> Weights:
    """Autograd; truncated by detaching the state before the last k steps."""
    run = _run(inputs, hidden, weight_ih, weight_hh, bias, cut=_cut(inputs, truncation))
    found: Weights = _like(hidden, _gradient(_loss(run, target), run.weight_ih))
    return found


@ref.bias_gradient.witness("PyTorch")
def autograd_bias(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int | None = None,
) -> Numbers:
    """Autograd; truncated by detaching the state before the last k steps."""
    run = _run(inputs, hidden, weight_ih, weight_hh, bias, cut=_cut(inputs, truncation))
    found: Numbers = _like(hidden, _gradient(_loss(run, target), run.bias))
    return found


@ref.truncation_gap.witness("PyTorch")
def distance_of_gradients(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    truncation: int,
) -> float:
    """torch.dist of autograd's gradients, with the state before the last k steps detached and not."""
    import torch

    gradients = []
    for cut in (0, _cut(inputs, truncation)):
        run = _run(inputs, hidden, weight_ih, weight_hh, bias, cut=cut)
        gradients.append(_gradient(_loss(run, target), run.weight_hh))
    return float(torch.dist(*gradients))


@ref.hidden_gradient.witness("PyTorch")
def autograd_state(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    target: Numbers,
    step: int,
) -> Numbers:
    """Autograd's gradient at a state on the way."""
    run = _run(inputs, hidden, weight_ih, weight_hh, bias)
    found: Numbers = _like(hidden, _gradient(_loss(run, target), run.states[step]))
    return found


@ref.stored_activations.witness("PyTorch")
def saved_by_autograd(time_steps: int, hidden_size: int, batch_size: int = 1, truncation: int | None = None) -> int:
    """Runs a layer on the meta device, and adds up what the tanh nodes behind the last state have saved."""
    import torch

    weight = torch.empty(hidden_size, hidden_size, device="meta", requires_grad=True)
    state = torch.empty(batch_size, hidden_size, device="meta")
    for step in range(time_steps):
        if truncation is not None and step == time_steps - truncation:
            state = state.detach()
        state = (state @ weight).tanh()
    saved, nodes = 0, [state.grad_fn]
    while nodes:
        node: Any = nodes.pop()
        if node.name().startswith("TanhBackward"):
            saved += node._saved_result.numel()  # noqa: SLF001 - what autograd keeps has no other name
        nodes.extend([before for before, _ in node.next_functions if before is not None])
    return saved


def _jacobian(run: Run, leaf: Tensor) -> Tensor:
    """How each entry of the last state answers to a leaf or an earlier state, row by row."""
    import torch

    rows = [torch.autograd.grad(entry, leaf, retain_graph=True)[0] for entry in run.states[-1]]
    return torch.stack(rows)


@ref.hidden_jacobian.witness("PyTorch")
def autograd_jacobian(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    step: int,
    nonlinearity: str = "tanh",
) -> Weights:
    """Autograd, one row after the other."""
    run = _run(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    found: Weights = _like(hidden, _jacobian(run, run.states[step]))
    return found


@ref.input_jacobian.witness("PyTorch")
def autograd_input_jacobian(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    step: int,
    nonlinearity: str = "tanh",
) -> Weights:
    """Autograd, one row after the other."""
    run = _run(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    found: Weights = _like(hidden, _jacobian(run, run.inputs[step - 1]))
    return found


@ref.jacobian_norms.witness("PyTorch")
def norms_of_autograd(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    nonlinearity: str = "tanh",
    norm: str = "spectral",
) -> Vector:
    """torch.linalg.matrix_norm of autograd's Jacobians."""
    import torch

    run = _run(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity)
    jacobians = torch.stack([_jacobian(run, state) for state in run.states])
    norms: Vector = plain(torch.linalg.matrix_norm(jacobians, 2 if norm == "spectral" else "fro"))
    return norms


@ref.scalar_gain.witness("PyTorch")
def autograd_chain(weight: float, slope: float, steps: int) -> float:
    """Autograd through a chain of leaky units, which at 0, where it stays, have the slope of their negative side."""
    import torch

    start = torch.zeros((), dtype=torch.float64, requires_grad=True)
    state = start
    for _ in range(steps):
        state = torch.nn.functional.leaky_relu(weight * state, slope)
    return float(_gradient(state, start))


@ref.gain_bound.witness("PyTorch")
def autograd_steepest(weight: float, steps: int, nonlinearity: str = "sigmoid") -> float:
    """Autograd's largest slope on a grid, as a factor of every step."""
    import torch

    grid = torch.linspace(-5, 5, 1001, dtype=torch.float64, requires_grad=True)
    slopes = _gradient(getattr(torch, nonlinearity)(grid).sum(), grid)
    return float((slopes.max() * abs(weight)).expand(steps).prod())


@ref.nested_forward.witness("PyTorch")
def rnn_of_one_unit(
    inputs: Vector, hidden: float, weight_ih: float, weight_hh: float, nonlinearity: str = "tanh"
) -> float:
    """The network of tensors, without bias."""
    return float(_run(inputs, hidden, weight_ih, weight_hh, 0.0, nonlinearity).states[-1].detach())


@ref.power_norm.witness("PyTorch")
def norm_of_matrix_power(weight: Rows, steps: int, norm: str = "spectral") -> float:
    """torch.linalg.matrix_power, then torch.linalg.matrix_norm."""
    import torch

    power = torch.linalg.matrix_power(torch.tensor(weight, dtype=torch.float64), steps)
    return float(torch.linalg.matrix_norm(power, 2 if norm == "spectral" else "fro"))


@ref.spectral_radius.witness("PyTorch")
def largest_eigenvalue(weight: Rows) -> float:
    """torch.linalg.eigvals, which finds eigenvalues that coincide with half of the digits only."""
    import torch

    eigenvalues = torch.linalg.eigvals(torch.tensor(weight, dtype=torch.float64))
    magnitudes = eigenvalues.abs()
    if len(eigenvalues) == 2 and (eigenvalues[0] - eigenvalues[1]).abs() <= 1e-6 * magnitudes.max():
        raise NoOpinion("PyTorch finds eigenvalues that coincide with half of the digits only")
    return float(magnitudes.max())


def _at(function: str, points: Any) -> Tensor:
    """The function at points of float64."""
    import torch

    named: dict[str, Callable[[Tensor], Tensor]] = {
        "square": torch.square,
        "cube": lambda x: x.pow(3),
        "exp": torch.exp,
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "relu": torch.relu,
        "gaussian": lambda x: x.square().neg().exp(),
    }
    return named[function](points)


@ref.numerical_derivative.witness("PyTorch")
def torch_gradient(function: str, x: float, eps: float) -> float:
    """torch.gradient at the middle one of three points."""
    import torch

    points = torch.tensor([x - eps, x, x + eps], dtype=torch.float64)
    (slopes,) = torch.gradient(_at(function, points), spacing=eps)
    return float(slopes[1])


@ref.gradient_check.witness("PyTorch")
def autograd_against_torch_gradient(function: str, x: float, eps: float) -> float:
    """Autograd's slope against that of torch.gradient."""
    import torch

    point = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    analytic = _gradient(_at(function, point), point)
    numerical = torch.tensor(torch_gradient(function, x, eps), dtype=torch.float64)
    largest = torch.maximum(analytic.abs(), numerical.abs())
    return float((analytic - numerical).abs() / largest) if largest else 0.0
