"""What repetition does: a weight that is met at every step makes gradients vanish or explode.

Source: Bengio and others (1994), Pascanu and others (2013).
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

from reference_impl import checks
from reference_impl.arrays import Rows, Vector, logistic, np
from reference_impl.domain import Domain, array, choice, stepped, whole
from reference_impl.gradients.jacobians import NORMS, norm_of
from reference_impl.gradients.unrolled import LARGEST_WEIGHT, MOST_STEPS
from reference_impl.reference import reference

#: Most factors of a gain; highest power of a matrix, and its most rows.
LONGEST_GAIN = 100
LONGEST_POWER = 50
MOST_ROWS = 8

#: Each nonlinearity of one number, and how steep it is at most.
_NONLINEARITIES: dict[str, tuple[Callable[[float], float], float]] = {
    "sigmoid": (logistic, 0.25),  # at 0
    "tanh": (math.tanh, 1.0),  # at 0
    "relu": (lambda z: max(0.0, z), 1.0),  # above 0
}
_NAMES = tuple(_NONLINEARITIES)


def _weight(weight: float) -> None:
    checks.number(-LARGEST_WEIGHT, LARGEST_WEIGHT, weight=weight)


@reference(
    domain=Domain(
        {"weight": stepped(-2.5, 2.5, 0.25), "slope": choice(0, 0.25, 0.5, 0.75, 1), "steps": whole(1, 20)},
    )
)
def scalar_gain(weight: float, slope: float, steps: int) -> float:
    """How a gradient changes over `steps` steps of a network of one unit, the slope φ′ (0 to 1) the same at each step.

    A linear unit, or an active one of ReLU, has slope 1: there the gain vanishes for |w| < 1, stays for |w| = 1 and
    explodes for |w| > 1.
    """
    _weight(weight)
    checks.number(0, 1, slope=slope)
    checks.whole(1, LONGEST_GAIN, steps=steps)
    # ∂h_T/∂h_0 = (w·φ′)^T
    return float((weight * slope) ** steps)


@scalar_gain.slip("The steps multiply, so the factor is raised to their number, not multiplied by it.")
def times_steps(weight: float, slope: float, steps: int) -> float:
    return float(weight * slope * steps)


@scalar_gain.slip("The slope is met at every step, not only once.")
def slope_once(weight: float, slope: float, steps: int) -> float:
    return float(weight**steps * slope)


@scalar_gain.slip("Each step multiplies by the slope as well as by the weight.")
def slope_left_out(weight: float, steps: int) -> float:
    return float(weight**steps)


@scalar_gain.slip("That is the factor of one step; there are more.")
def one_step_only(weight: float, slope: float) -> float:
    return float(weight * slope)


@reference(
    domain=Domain({"weight": stepped(-5, 5, 0.25), "steps": whole(1, 12), "nonlinearity": choice(*_NAMES)}),
)
def gain_bound(weight: float, steps: int, nonlinearity: str = "sigmoid") -> float:
    """The most that |∂h_T/∂h_0| can be over `steps` steps of a network of one unit.

    A sigmoid is nowhere steeper than 1/4, tanh and ReLU nowhere steeper than 1. Below 1 the bound says that gradients
    vanish; above 1 it says nothing, since slopes may be smaller. `nonlinearity` is sigmoid, tanh or relu.
    """
    _weight(weight)
    checks.whole(1, LONGEST_GAIN, steps=steps)
    checks.one_of(_NAMES, nonlinearity=nonlinearity)
    # |∂h_T/∂h_0| = Π_t |w|·φ′(z_t) ≤ (|w| · max φ′)^T
    return float((abs(weight) * _NONLINEARITIES[nonlinearity][1]) ** steps)


@gain_bound.slip("A bound is on the size, so the sign of the weight is dropped: |w|.")
def sign_kept(weight: float, steps: int, nonlinearity: str) -> float:
    return math.copysign(gain_bound(weight, steps, nonlinearity), weight**steps)


@gain_bound.slip("The sigmoid's slope is at most 1/4 and tanh's and ReLU's at most 1: mind which one it is.")
def steepest_of_another(weight: float, steps: int, nonlinearity: str) -> float:
    return gain_bound(weight, steps, "tanh" if nonlinearity == "sigmoid" else "sigmoid")


@gain_bound.slip("The steps multiply, so the factor is raised to their number, not multiplied by it.")
def bound_times_steps(weight: float, steps: int, nonlinearity: str) -> float:
    return gain_bound(weight, 1, nonlinearity) * steps


@gain_bound.slip("At 0 a sigmoid is 1/2, but its slope there is 1/4.")
def value_for_slope(weight: float, steps: int, nonlinearity: str) -> float:
    return gain_bound(weight, steps, nonlinearity) * (2.0**steps if nonlinearity == "sigmoid" else 1.0)


_ENTRIES = stepped(-1.5, 1.5, 0.25)


@reference(
    domain=Domain(
        {
            "inputs": array("steps", of=_ENTRIES),
            **dict.fromkeys(("hidden", "weight_ih", "weight_hh"), _ENTRIES),
            "nonlinearity": choice(*_NAMES),
        },
        sizes={"steps": whole(2, 4)},
    )
)
def nested_forward(
    inputs: Vector, hidden: float, weight_ih: float, weight_hh: float, nonlinearity: str = "tanh"
) -> float:
    """Last state of a network of one unit without bias: as many weights and nonlinearities around h_0 as inputs.

    φ(w·φ(w·φ(w·h_0 + u·x_1) + u·x_2) + u·x_3), with w = weight_hh and u = weight_ih, for three inputs.
    """
    found = checks.vector("inputs", inputs, MOST_STEPS)
    checks.number(hidden=hidden)
    checks.number(-LARGEST_WEIGHT, LARGEST_WEIGHT, weight_ih=weight_ih, weight_hh=weight_hh)
    checks.one_of(_NAMES, nonlinearity=nonlinearity)
    activation, _ = _NONLINEARITIES[nonlinearity]
    for x in found:
        # h_t = φ(w·h_{t−1} + u·x_t)
        hidden = activation(weight_hh * hidden + weight_ih * x)
    return float(hidden)


@nested_forward.slip("Each state goes through the weight and the nonlinearity again: inputs are not simply added up.")
def everything_added(inputs: Vector, hidden: float) -> float:
    return float(hidden + sum(inputs))


@nested_forward.slip("The nonlinearity is applied at every step, not once at the end.")
def squashed_once(inputs: Vector, hidden: float, weight_ih: float, weight_hh: float, nonlinearity: str) -> float:
    for x in inputs:
        hidden = weight_hh * hidden + weight_ih * x
    return float(_NONLINEARITIES[nonlinearity][0](hidden))


@nested_forward.slip(
    "The first input is the innermost one: it is read first, and then passes through every later step."
)
def last_input_innermost(inputs: Vector, hidden: float, weight_ih: float, weight_hh: float, nonlinearity: str) -> float:
    return nested_forward(tuple(inputs)[::-1], hidden, weight_ih, weight_hh, nonlinearity)


@nested_forward.slip("Every step starts from the state of the step before, not from h_0.")
def last_step_from_the_start(
    inputs: Vector, hidden: float, weight_ih: float, weight_hh: float, nonlinearity: str
) -> float:
    return nested_forward(tuple(inputs)[-1:], hidden, weight_ih, weight_hh, nonlinearity)


@reference(
    domain=Domain(
        {
            "weight": array("rows", "rows", of=stepped(-2, 2, 0.25)),
            "steps": whole(1, 10),
            "norm": choice(*NORMS),
        },
        sizes={"rows": whole(1, 3)},
    )
)
def power_norm(weight: Rows, steps: int, norm: str = "spectral") -> float:
    """How much a linear recurrent network can stretch a gradient over `steps` steps: the norm of the matrix's power.

    weight (H, H). In the end it goes as the power of the spectral radius, but it may grow before it falls. `norm` is
    spectral (the largest singular value) or frobenius.
    """
    _check_square(weight, MOST_ROWS)
    checks.whole(1, LONGEST_POWER, steps=steps)
    checks.one_of(NORMS, norm=norm)
    # ∂h_T/∂h_0 = W·W·…·W, as many factors as steps
    power = weight
    for _ in range(steps - 1):
        power = _product(power, weight)
    return _norm(power, norm)


def _check_square(weight: Rows, most: int) -> None:
    matrix = checks.matrix("weight", weight)
    if len(matrix) != len(matrix[0]) or len(matrix) > most:
        raise ValueError(f"weight must be a square matrix of at most {most} rows, not {len(matrix)}×{len(matrix[0])}")
    if max([abs(entry) for row in matrix for entry in row]) > LARGEST_WEIGHT:
        raise ValueError(f"every entry of weight must be a number from −{LARGEST_WEIGHT} to {LARGEST_WEIGHT}")


def _product(left: Rows, right: Rows) -> Rows:
    columns = list(zip(*right, strict=True))
    return [[sum([a * b for a, b in zip(row, column, strict=True)]) for column in columns] for row in left]


def _norm(weight: Rows, norm: str) -> float:
    """‖W‖. That of one or two rows is written out: to load numpy for it takes as long as half a paper of a quiz."""
    if norm == "frobenius":
        return math.hypot(*[entry for row in weight for entry in row])
    match weight:
        case [[a]]:
            return abs(float(a))
        case [[a, b], [c, d]]:
            # σ = (√((a + d)² + (b − c)²) + √((a − d)² + (b + c)²)) / 2
            return (math.hypot(a + d, b - c) + math.hypot(a - d, b + c)) / 2
        case _:
            return norm_of(np.array(weight, dtype=np.float64), norm)


@power_norm.slip("Take the norm of the power: the power of the norm is only the most that it can be.")
def power_of_norm(weight: Rows, steps: int, norm: str) -> float:
    return power_norm(weight, 1, norm) ** steps


@power_norm.slip("The steps multiply: take the matrix's power, not its norm times their number.")
def norm_times_steps(weight: Rows, steps: int, norm: str) -> float:
    return power_norm(weight, 1, norm) * steps


@power_norm.slip("A power of a matrix multiplies whole matrices; it is not the power of each entry.")
def power_of_entries(weight: Rows, steps: int, norm: str) -> float:
    return _norm([[entry**steps for entry in row] for row in weight], norm)


@power_norm.slip(
    "The spectral norm is the largest singular value, the Frobenius norm the root of all squares added up."
)
def other_norm(weight: Rows, steps: int, norm: str) -> float:
    return power_norm(weight, steps, NORMS[norm == "spectral"])


def _coincide(weight: Rows) -> bool:
    """Whether a matrix of two rows has one eigenvalue twice."""
    if len(weight) == 1:
        return False
    (a, b), (c, d) = weight
    return not _discriminant(a, b, c, d)


@reference(
    domain=Domain(
        {"weight": array("rows", "rows", of=stepped(-2, 2, 0.25))},
        where=lambda weight: not _coincide(weight),  # there PyTorch is not exact enough to be compared
        sizes={"rows": choice(1, 2, 2, 2)},
    )
)
def spectral_radius(weight: Rows) -> float:
    """Largest magnitude of an eigenvalue of a square matrix of one or two rows; complex ones have a magnitude, too.

    Below 1 the powers of the matrix vanish in the end, above 1 they explode.
    """
    _check_square(weight, 2)
    if len(weight) == 1:
        return abs(float(weight[0][0]))
    (a, b), (c, d) = weight
    # λ = (a + d)/2 ± √Δ/2
    delta = _discriminant(a, b, c, d)
    if delta < 0:
        # |λ|² = ((a + d)² + |Δ|) / 4
        return math.hypot(a + d, math.sqrt(-delta)) / 2
    return (abs(a + d) + math.sqrt(delta)) / 2


def _discriminant(a: float, b: float, c: float, d: float) -> float:
    """Computed exactly: where its two terms nearly cancel out, the root would magnify what rounding leaves."""
    # Δ = (a − d)² + 4·b·c
    return float((Fraction(a) - Fraction(d)) ** 2 + 4 * Fraction(b) * Fraction(c))


@spectral_radius.slip("The norm says how much one step can stretch a vector; eigenvalues can all be smaller.")
def norm_for_radius(weight: Rows) -> float:
    return power_norm(weight, 1)


@spectral_radius.slip("Eigenvalues are not the entries on the diagonal, unless the matrix is triangular.")
def largest_on_diagonal(weight: Rows) -> float:
    return float(max(abs(row[place]) for place, row in enumerate(weight)))


@spectral_radius.slip("The largest entry is no eigenvalue: solve det(W − λI) = 0.")
def largest_entry(weight: Rows) -> float:
    return float(max(abs(entry) for row in weight for entry in row))


@spectral_radius.slip("The trace is the sum of the eigenvalues; the radius is the largest magnitude among them.")
def trace_for_radius(weight: Rows) -> float:
    return float(sum(row[place] for place, row in enumerate(weight)))
