"""PyTorch for probabilities, tables and characters: distributions, masks, and modules on the meta device."""

# ruff: noqa: FBT001, FBT002 - booleans, as in the references

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from reference_impl import sequence as ref
from reference_impl.arrays import Rows, Vector, plain
from reference_impl.reference import NoOpinion

if TYPE_CHECKING:
    from torch import Tensor


@ref.chain_probability.witness("PyTorch")
def all_events_occur(conditionals: Vector) -> float:
    """torch.distributions: the log-probability that each of the draws gives a 1."""
    import torch

    chances = torch.tensor(conditionals, dtype=torch.float64)
    log_chances = torch.distributions.Bernoulli(chances).log_prob(torch.ones_like(chances))
    return float(log_chances.sum().exp())


@ref.markov_probability.witness("PyTorch")
def draws_of_categoricals(initial: Vector, transition: Rows, sequence: Sequence[int]) -> float:
    """torch.distributions: the log-probability of each item, in the distribution that the item before it chooses."""
    import torch

    items = torch.tensor(sequence)
    table = torch.tensor([initial, *[transition[item] for item in sequence[:-1]]], dtype=torch.float64)
    return float(torch.distributions.Categorical(table).log_prob(items).sum().exp())


@ref.joint_table_size.witness("PyTorch")
def table_on_meta(num_states: int, time_steps: int) -> int:
    """A tensor with an axis for each item, without its storage: its entries, less the one that is fixed."""
    import torch

    if time_steps * math.log2(num_states) >= 62:
        raise NoOpinion("so many entries are more than a tensor can count")
    return int(torch.empty((num_states,) * time_steps, device="meta").numel()) - 1


@ref.markov_table_size.witness("PyTorch")
def tables_of_logits(num_states: int, time_steps: int, homogeneous: bool = True) -> int:
    """Tensors with a logit for every state but the first, whose logit is 0: of the start, and of all transitions."""
    import torch

    start = torch.empty(num_states, device="meta")[1:]
    behind_each = torch.empty(time_steps, num_states, num_states, device="meta")[1:, :, 1:]
    return int(start.numel() + (behind_each[:1] if homogeneous else behind_each).numel())


def _causal_mask(time_steps: int, order: int | None) -> Tensor:
    """Row t marks the items that item t is predicted from: those left of the diagonal, within a band."""
    import torch

    mask = torch.ones(time_steps, time_steps, dtype=torch.bool).tril(-1)
    return mask if order is None else mask.triu(-order)


@ref.context_length.witness("PyTorch")
def inputs_with_gradient(step: int, order: int | None = None) -> int:
    """Autograd: the items that have a gradient from the last output of a causal convolution of so many weights."""
    import torch

    items = torch.zeros(1, 1, step, dtype=torch.float64, requires_grad=True)
    window = step if order is None else order
    before = torch.nn.functional.pad(items[..., :-1], (window, 0))
    weights = torch.ones(1, 1, window, dtype=torch.float64)
    torch.nn.functional.conv1d(before, weights)[0, 0, -1].backward()
    return int(items.grad.count_nonzero())


@ref.conditioning_items.witness("PyTorch")
def count_of_mask(time_steps: int, order: int | None = None) -> int:
    """The entries of a causal attention mask, of a band as wide as the order."""
    return int(_causal_mask(time_steps, order).count_nonzero())


def _code_points(text: str) -> Tensor:
    import torch

    return torch.tensor([ord(character) for character in text])


def _text(code_points: Tensor) -> str:
    return "".join(map(chr, code_points.tolist()))


def _vocabulary(text: str, alphabetical: bool) -> Tensor:
    """torch.unique, which sorts; or the same, put into the order of the first places."""
    import torch

    codes = _code_points(text)
    distinct, group = codes.unique(return_inverse=True)
    if alphabetical:
        return distinct
    first = torch.full_like(distinct, len(text)).scatter_reduce(0, group, torch.arange(len(text)), "amin")
    return distinct[first.argsort()]


@ref.vocabulary.witness("PyTorch")
def unique_code_points(text: str, alphabetical: bool = False) -> str:
    """torch.unique of the code points."""
    return _text(_vocabulary(text, alphabetical))


@ref.vocabulary_size.witness("PyTorch")
def count_of_unique(text: str) -> int:
    """torch.unique of the code points."""
    return int(_code_points(text).unique().numel())


@ref.character_index.witness("PyTorch")
def place_in_vocabulary(character: str, text: str, alphabetical: bool = False) -> int:
    """The place at which torch.unique's vocabulary equals the character."""
    return int((_vocabulary(text, alphabetical) == ord(character)).nonzero())


@ref.one_hot.witness("PyTorch")
def torch_one_hot(index: int, num_classes: int) -> Vector:
    """torch.nn.functional.one_hot."""
    import torch

    found: Vector = plain(torch.nn.functional.one_hot(torch.tensor(index), num_classes))
    return found


@ref.training_inputs.witness("PyTorch")
def first_of_windows(text: str) -> str:
    """The first column of all windows of two characters."""
    return _text(_code_points(text).unfold(0, 2, 1)[:, 0])


@ref.training_targets.witness("PyTorch")
def second_of_windows(text: str) -> str:
    """The second column of all windows of two characters."""
    return _text(_code_points(text).unfold(0, 2, 1)[:, 1])


@ref.training_pairs.witness("PyTorch")
def windows_of_two(text: str) -> str:
    """All windows of two characters."""
    return " ".join(["→".join(_text(window)) for window in _code_points(text).unfold(0, 2, 1)])


@ref.character_model_parameters.witness("PyTorch")
def recurrent_and_linear(vocab_size: int, hidden_size: int, biases: int) -> int:
    """The parameters of nn.RNN and nn.Linear; of the two bias vectors of nn.RNN, as many as there are to be."""
    from torch import nn

    bias = biases > 0
    model = nn.ModuleList(
        [
            nn.RNN(vocab_size, hidden_size, bias=bias, device="meta"),
            nn.Linear(hidden_size, vocab_size, bias=bias, device="meta"),
        ]
    )
    named = model.named_parameters()
    return sum(each.numel() for name, each in named if biases == 2 or ".bias_hh" not in name)


@ref.uniform_loss.witness("PyTorch")
def loss_of_equal_scores(vocab_size: int) -> float:
    """torch.nn.functional.cross_entropy of scores that are all 0."""
    import torch

    scores = torch.zeros(vocab_size, dtype=torch.float64)
    return float(torch.nn.functional.cross_entropy(scores, torch.tensor(vocab_size - 1)))
