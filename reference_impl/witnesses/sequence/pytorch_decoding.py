"""PyTorch for encoder and decoder: nn.RNN and nn.RNNCell in float64 with the weights put in, and cross_entropy."""

# ruff: noqa: A002 - `input` is PyTorch's name

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from reference_impl import sequence as ref
from reference_impl.arrays import Matrix, Numbers, Rows, Vector, Weights, plain

if TYPE_CHECKING:
    from torch import Tensor


def _tensor(value: Any) -> Tensor:
    import torch

    return torch.tensor(value, dtype=torch.float64)


def _layer(weight_ih: Weights, weight_hh: Weights) -> Any:
    """nn.RNN without biases, its weights put in; a number is a matrix of one."""
    import torch

    w, u = [weight if weight.dim() else weight.reshape(1, 1) for weight in map(_tensor, (weight_ih, weight_hh))]
    layer = torch.nn.RNN(w.shape[1], u.shape[1], bias=False, dtype=torch.float64)
    with torch.no_grad():
        for parameter, value in zip(layer.parameters(), (w, u), strict=True):
            parameter.copy_(value)
    return layer.requires_grad_(requires_grad=False)


@ref.encode.witness("PyTorch")
def final_state(inputs: Vector | Rows, weight_ih: Weights, weight_hh: Weights) -> Numbers:
    """The final state that nn.RNN returns beside its output."""
    _, state = _layer(weight_ih, weight_hh)(_tensor(inputs).reshape(len(inputs), -1))
    values: Vector = plain(state[0])
    return values[0] if isinstance(weight_hh, (int, float)) else values


@ref.mean_pool.witness("PyTorch")
def average_over_all_steps(inputs: Vector | Rows) -> Numbers:
    """nn.AvgPool1d with a window as long as the sequence."""
    import torch

    steps = _tensor(inputs)
    features_first = steps.reshape(len(inputs), -1).T[None]
    pooled: Numbers = plain(torch.nn.AvgPool1d(len(inputs))(features_first).reshape(steps.shape[1:]))
    return pooled


@ref.one_to_many.witness("PyTorch")
def padded_input(input: Numbers, time_steps: int, weight_ih: Weights, weight_hh: Weights) -> Vector | Matrix:
    """The output of nn.RNN over the input, padded with zeros behind it."""
    import torch

    sequence = torch.nn.functional.pad(_tensor(input).reshape(1, -1), (0, 0, 0, time_steps - 1))
    output: Matrix = plain(_layer(weight_ih, weight_hh)(sequence)[0])
    return tuple([state[0] for state in output]) if isinstance(weight_hh, (int, float)) else output


class _Decoder:
    """nn.RNN over one-hot vectors, and a linear layer."""

    def __init__(self, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> None:
        self.layer = _layer(weight_ih, weight_hh)
        self.weight = _tensor(weight_ho)

    def scores(self, tokens: list[int], hidden: Tensor) -> tuple[Tensor, Tensor]:
        """The scores behind each of the tokens (T, V), and the last state (1, H)."""
        import torch

        one_hot = torch.nn.functional.one_hot(torch.tensor(tokens), len(self.weight)).double()
        output, state = self.layer(one_hot, hidden)
        return torch.nn.functional.linear(output, self.weight), state

    def own_tokens(self, context: Vector, steps: int, sos: int) -> list[int]:
        """What it emits when it reads what it has emitted: the argmax of the scores at each step."""
        tokens, state = [sos], _tensor([context])
        for _ in range(steps):
            scores, state = self.scores(tokens[-1:], state)
            tokens.append(int(scores[0].argmax()))
        return tokens[1:]

    def loss(self, context: Vector, inputs: list[int], target: Sequence[int]) -> float:
        """functional.cross_entropy of the scores behind all inputs at once."""
        import torch

        scores, _ = self.scores(inputs, _tensor([context]))
        return float(torch.nn.functional.cross_entropy(scores, torch.tensor(target), reduction="sum"))


@ref.decoder_scores.witness("PyTorch")
def scores_of_layer(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    """nn.RNN over one token, and functional.linear."""
    scores, _ = _Decoder(weight_ih, weight_hh, weight_ho).scores([token], _tensor([hidden]))
    return tuple(scores[0].tolist())


@ref.decoder_probabilities.witness("PyTorch")
def softmax_of_layer(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    """torch.softmax of the scores."""
    scores, _ = _Decoder(weight_ih, weight_hh, weight_ho).scores([token], _tensor([hidden]))
    return tuple(scores[0].softmax(0).tolist())


@ref.greedy_decode.witness("PyTorch")
def argmax_of_layer(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, max_length: int, sos: int = 0, eos: int = 1
) -> Vector:
    """nn.RNN over its own tokens up to the greatest length; then all behind the first eos is cut off."""
    tokens = _Decoder(weight_ih, weight_hh, weight_ho).own_tokens(context, max_length, sos)
    return tuple(tokens[: tokens.index(eos) + 1] if eos in tokens else tokens)


@ref.teacher_inputs.witness("PyTorch")
def rolled_target(target: Sequence[int], sos: int = 0) -> Vector:
    """torch.roll of the target, and sos put over what was rolled to the front."""
    import torch

    inputs = torch.tensor(target).roll(1)
    inputs[0] = sos
    return tuple(inputs.tolist())


@ref.teacher_forced_loss.witness("PyTorch")
def cross_entropy_with_teacher(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int = 0
) -> float:
    """nn.RNN over the shifted target in one go, and functional.cross_entropy."""
    return _Decoder(weight_ih, weight_hh, weight_ho).loss(context, [sos, *target[:-1]], target)


@ref.free_running_loss.witness("PyTorch")
def cross_entropy_without_teacher(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, target: Sequence[int], sos: int = 0
) -> float:
    """nn.RNN over its own tokens, and functional.cross_entropy."""
    decoder = _Decoder(weight_ih, weight_hh, weight_ho)
    return decoder.loss(context, [sos, *decoder.own_tokens(context, len(target) - 1, sos)], target)
