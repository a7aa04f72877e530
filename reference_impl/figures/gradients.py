"""Figures of the topic `gradients`: how the norm of a gradient vanishes or explodes over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reference_impl import gradients as ref
from reference_impl.arrays import Numbers, Rows, Vector, Weights, np
from reference_impl.figures import Curves, Series
from reference_impl.gradients.jacobians import matmul, norm_of, rows_scaled
from reference_impl.gradients.unrolled import unroll

if TYPE_CHECKING:
    from reference_impl.arrays import Operand

#: Norms are drawn on a logarithmic axis; those below this, 0 among them, are drawn here.
FLOOR = 1e-12
#: The steps, and the spectral radii, for which a matrix is drawn.
_STEPS = 24
_RADII = (0.5, 1.0, 1.5)
_NAMES = {"tanh": "tanh", "relu": "ReLU", "sigmoid": "sigmoid"}


def _over_time(title: str, x_label: str, steps: int, series: list[Series]) -> Curves:
    raised = [Series(each.name, tuple([max(value, FLOOR) for value in each.values])) for each in series]
    return Curves(title, x_label, "norm", tuple(map(float, range(steps + 1))), tuple(raised), logarithmic=True)


@ref.jacobian_norms.figure
def norms_by_nonlinearity(
    inputs: Vector | Rows,
    hidden: Numbers,
    weight_ih: Weights,
    weight_hh: Weights,
    bias: Numbers,
    norm: str,
) -> Curves:
    """The same network with each nonlinearity: how strongly the last state depends on the one after t steps."""
    series = [
        Series(name, ref.jacobian_norms(inputs, hidden, weight_ih, weight_hh, bias, nonlinearity, norm))
        for nonlinearity, name in _NAMES.items()
    ]
    return _over_time("Gradient of the last state", "t", len(inputs), series)


@ref.spectral_radius.figure
def norms_by_radius(weight: Rows) -> Curves | None:
    """The matrix scaled to several spectral radii: how strongly the state after t steps depends on the first one.

    All units begin at 1 and there is no input. Nothing is drawn of a matrix whose radius is 0.
    """
    radius = ref.spectral_radius(weight)
    if not radius:
        return None
    series = []
    for nonlinearity, name in _NAMES.items():
        for wanted in _RADII:
            scaled = [[entry * wanted / radius for entry in row] for row in weight]
            series.append(Series(f"{name}, radius {wanted:g}", _unforced_norms(scaled, nonlinearity)))
    return _over_time("Gradient over time at several spectral radii", "steps", _STEPS, series)


def _unforced_norms(weight_hh: Rows, nonlinearity: str) -> Vector:
    """‖∂h_t/∂h_0‖ for t = 0 … `_STEPS` without inputs."""
    units = len(weight_hh)
    run = unroll([[0.0]] * _STEPS, [1.0] * units, [[0.0]] * units, weight_hh, [0.0] * units, nonlinearity)
    jacobian: Operand = np.eye(units)
    norms = [1.0]
    for slope in run.slopes:
        jacobian = matmul(rows_scaled(slope, run.weight_hh), jacobian)
        norms.append(norm_of(jacobian, "spectral"))
    return tuple(norms)


@ref.scalar_gain.figure
def gain_over_time(weight: float, slope: float, steps: int) -> Curves:
    """The size of the gain from no step to all steps."""
    gains = [1.0, *[abs(ref.scalar_gain(weight, slope, step)) for step in range(1, steps + 1)]]
    return _over_time("Gain over time", "steps", steps, [Series(f"|{weight:g}·{slope:g}|^t", tuple(gains))])


@ref.gain_bound.figure
def bounds_over_time(weight: float, steps: int) -> Curves:
    """The most that the gain can be, with each nonlinearity."""
    names = {"sigmoid": "sigmoid", "tanh": "tanh, ReLU"}
    series = [
        Series(name, (1.0, *[ref.gain_bound(weight, step, nonlinearity) for step in range(1, steps + 1)]))
        for nonlinearity, name in names.items()
    ]
    return _over_time(f"The most that a gain can be for w = {weight:g}", "steps", steps, series)


@ref.truncation_gap.figure
def gaps_by_length(
    inputs: Vector | Rows, hidden: Numbers, weight_ih: Weights, weight_hh: Weights, bias: Numbers, target: Numbers
) -> Curves | None:
    """The gap for every length of the way back, up to the whole one, where it is 0."""
    if len(inputs) == 1:
        return None
    lengths = range(1, len(inputs) + 1)
    gaps = [ref.truncation_gap(inputs, hidden, weight_ih, weight_hh, bias, target, length) for length in lengths]
    series = (Series("‖full − truncated‖", tuple(gaps)),)
    return Curves("What truncation leaves out", "steps kept", "gap", tuple(map(float, lengths)), series)
