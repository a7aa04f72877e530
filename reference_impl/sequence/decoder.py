"""The decoder: one step of a plain recurrent cell that reads a token and scores the next one, and decoding with it.

    h_t = tanh(W·x_t + U·h_{t−1})    scores = O·h_t    probabilities = softmax(scores)

x_t is the one-hot vector of a token, so W·x_t is a column of W. Tokens are numbered from 0; sos starts a sequence, eos
ends it. weight_ih W (H, V), weight_hh U (H, H), weight_ho O (V, H): no biases, to fit on a card. Source: Sutskever and
others (2014); `torch.nn.RNNCell` and `Linear`, both with `bias=False`.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from reference_impl import checks
from reference_impl.activations.classes import shares
from reference_impl.arrays import Matrix, Rows, Vector, logistic
from reference_impl.domain import Domain, array, stepped, whole
from reference_impl.reference import reference

#: Most tokens of a vocabulary, most hidden units, and most steps.
MOST_TOKENS, MOST_UNITS, LONGEST = 16, 16, 16
#: Scores that are nearer to each other than this are a tie.
TIE = 1e-9


class Decoder(NamedTuple):
    """A decoder's three matrices."""

    weight_ih: Matrix
    weight_hh: Matrix
    weight_ho: Matrix

    def state(self, token: int, hidden: Vector) -> Vector:
        """The new hidden state (H,)."""
        # h_t = tanh(W·x_t + U·h_{t−1}), where W·x_t is the column of the token
        return tuple(
            [math.tanh(w[token] + _dot(u, hidden)) for w, u in zip(self.weight_ih, self.weight_hh, strict=True)]
        )

    def scores(self, hidden: Vector) -> Vector:
        """The scores of all tokens (V,)."""
        # O·h_t
        return tuple([_dot(row, hidden) for row in self.weight_ho])


def _dot(row: Vector, values: Vector) -> float:
    return sum([weight * value for weight, value in zip(row, values, strict=True)])


def checked(name: str, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> tuple[Vector, Decoder]:
    """The state that it begins with, and the decoder, their shapes compared."""
    state = checks.vector(name, hidden, MOST_UNITS)
    decoder = Decoder(
        checks.matrix("weight_ih", weight_ih, MOST_UNITS),
        checks.matrix("weight_hh", weight_hh, MOST_UNITS),
        checks.matrix("weight_ho", weight_ho, MOST_TOKENS),
    )
    _check_shapes(decoder, len(state), len(decoder.weight_ho))
    return state, decoder


def _check_shapes(decoder: Decoder, units: int, tokens: int) -> None:
    wanted = {"weight_ih": (units, tokens), "weight_hh": (units, units), "weight_ho": (tokens, units)}
    for name, matrix in decoder._asdict().items():
        found = (len(matrix), len(matrix[0]))
        if found != wanted[name]:
            raise ValueError(
                f"{name} must be {wanted[name][0]}×{wanted[name][1]} for {units} hidden units and {tokens} tokens, not "
                f"{found[0]}×{found[1]}"
            )


def check_tokens(decoder: Decoder, **tokens: int) -> None:
    """The tokens are of the decoder's vocabulary. ValueError if not."""
    checks.whole(0, len(decoder.weight_ho) - 1, **tokens)


SIZES = {"units": whole(1, 3), "tokens": whole(3, 4), "steps": whole(1, 5)}
_ENTRIES = stepped(-2, 2, 0.25)
STATES = array("units", of=stepped(-1, 1, 0.25))
WEIGHTS = {
    "weight_ih": array("units", "tokens", of=_ENTRIES),
    "weight_hh": array("units", "units", of=_ENTRIES),
    "weight_ho": array("tokens", "units", of=_ENTRIES),
}
TOKENS = whole(0, 2)
_STEPS = Domain({"token": TOKENS, "hidden": STATES, **WEIGHTS}, sizes=SIZES)


@reference(domain=_STEPS)
def decoder_scores(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    """Scores (logits) of all V tokens behind one step, which reads a token and the old hidden state (H,)."""
    state, decoder = checked("hidden", hidden, weight_ih, weight_hh, weight_ho)
    check_tokens(decoder, token=token)
    # O·tanh(W·x_t + U·h_{t−1})
    return decoder.scores(decoder.state(token, state))


@reference(domain=_STEPS)
def decoder_probabilities(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    """Probabilities of all V tokens behind one step: the softmax of `decoder_scores`.

    The most probable token is the one with the highest score: softmax is not needed to choose it.
    """
    # p_i = e^z_i / Σ_j e^z_j
    return shares(decoder_scores(token, hidden, weight_ih, weight_hh, weight_ho))


@decoder_scores.slip("The scores are read from the new hidden state, behind the token, not from the old one.")
def scores_of_old_state(hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    return Decoder(weight_ih, weight_hh, weight_ho).scores(hidden)  # type: ignore[arg-type]  # rows, as checked


@decoder_scores.slip("The new state goes through tanh before it is scored.")
def state_not_squashed(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    state, decoder = checked("hidden", hidden, weight_ih, weight_hh, weight_ho)
    linear = [w[token] + _dot(u, state) for w, u in zip(decoder.weight_ih, decoder.weight_hh, strict=True)]
    return decoder.scores(tuple(linear))


@decoder_scores.slip("The decoder reads its old state, too, through weight_hh; not the token alone.")
def old_state_forgotten(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    return decoder_scores(token, (0.0,) * len(hidden), weight_ih, weight_hh, weight_ho)


@decoder_scores.slip("Tokens are numbered from 0: token 1 picks the second column of weight_ih.")
def column_from_one(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    return decoder_scores(max(token - 1, 0), hidden, weight_ih, weight_hh, weight_ho)


@decoder_probabilities.slip("Those are the scores; softmax turns them into probabilities.")
def scores_themselves(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    return decoder_scores(token, hidden, weight_ih, weight_hh, weight_ho)


@decoder_probabilities.slip("Softmax divides the exponentials by their sum, not the scores themselves.")
def exponential_forgotten(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    scores = decoder_scores(token, hidden, weight_ih, weight_hh, weight_ho)
    if abs(total := sum(scores)) < TIE:
        raise ValueError("the scores add up to 0")
    return tuple([score / total for score in scores])


@decoder_probabilities.slip("One token follows, so the probabilities share 1: softmax, not a sigmoid for each token.")
def sigmoid_of_each(token: int, hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    return tuple([logistic(score) for score in decoder_scores(token, hidden, weight_ih, weight_hh, weight_ho)])


@decoder_probabilities.slip("The scores are read from the new hidden state, behind the token, not from the old one.")
def softmax_of_old_state(hidden: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows) -> Vector:
    return shares(scores_of_old_state(hidden, weight_ih, weight_hh, weight_ho))


def _best(scores: Vector) -> int:
    """The token with the highest score. ValueError for a tie: what is emitted then is chance."""
    highest = max(scores)
    if len([score for score in scores if highest - score < TIE]) > 1:
        raise ValueError("weight_ho must leave a clear winner at each step: two tokens have the same highest score")
    return scores.index(highest)


def emitted(state: Vector, decoder: Decoder, sos: int) -> Iterator[tuple[int, Vector]]:
    """Token after token, each with the scores by which it was chosen: what was emitted is read at the next step."""
    token = sos
    while True:
        state = decoder.state(token, state)
        scores = decoder.scores(state)
        token = _best(scores)
        yield token, scores


def has_winners(function: Callable[..., object], arguments: Mapping[str, Any]) -> bool:
    try:
        function(**arguments)
    except ValueError:
        return False
    return True


def _can_be_decoded(**arguments: Any) -> bool:
    return has_winners(greedy_decode, arguments) and arguments["sos"] != arguments["eos"]


@reference(
    domain=Domain(
        {"context": STATES, **WEIGHTS, "max_length": whole(1, 6), "sos": TOKENS, "eos": TOKENS},
        where=_can_be_decoded,
        sizes=SIZES,
    )
)
def greedy_decode(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, max_length: int, sos: int = 0, eos: int = 1
) -> Vector:
    """Tokens that a decoder emits: the one with the highest score at each step, until eos or `max_length` tokens.

    It begins with the context (H,) as its state and sos as its input; what it emits is its next input. An eos that it
    emits is the last token of the list. A tie of scores is refused.
    """
    state, decoder = checked("context", context, weight_ih, weight_hh, weight_ho)
    checks.whole(1, LONGEST, max_length=max_length)
    check_tokens(decoder, sos=sos, eos=eos)
    # y_t = argmax of the scores behind y_{t−1}, and y_0 = sos
    tokens: list[int] = []
    for token, _ in emitted(state, decoder, sos):
        tokens.append(token)
        if token == eos or len(tokens) == max_length:
            break
    return tuple(tokens)


@greedy_decode.slip("Decoding stops as soon as eos is emitted.")
def no_stop_at_eos(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, max_length: int, sos: int
) -> Vector:
    state, decoder = checked("context", context, weight_ih, weight_hh, weight_ho)
    return tuple([token for _, (token, _) in zip(range(max_length), emitted(state, decoder, sos), strict=False)])


@greedy_decode.slip("The eos that ends the sequence is emitted like any token: it is the last of the list.")
def eos_left_out(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, max_length: int, sos: int, eos: int
) -> Vector:
    tokens = greedy_decode(context, weight_ih, weight_hh, weight_ho, max_length, sos, eos)
    return tokens[:-1] if tokens[-1] == eos else tokens


@greedy_decode.slip("Only the first step reads sos; then the decoder reads the token that it has just emitted.")
def sos_read_always(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, max_length: int, sos: int, eos: int
) -> Vector:
    state, decoder = checked("context", context, weight_ih, weight_hh, weight_ho)
    tokens: list[int] = []
    while len(tokens) < max_length and eos not in tokens:
        state = decoder.state(sos, state)
        tokens.append(_best(decoder.scores(state)))
    return tuple(tokens)


@greedy_decode.slip("The context is the state of the first step only; then the decoder's own state goes on.")
def context_at_each_step(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, max_length: int, sos: int, eos: int
) -> Vector:
    state, decoder = checked("context", context, weight_ih, weight_hh, weight_ho)
    tokens: list[int] = []
    while len(tokens) < max_length and eos not in tokens:
        tokens.append(_best(decoder.scores(decoder.state(tokens[-1] if tokens else sos, state))))
    return tuple(tokens)


@greedy_decode.slip("The decoder reads sos first; it does not emit it.")
def sos_listed(
    context: Vector, weight_ih: Rows, weight_hh: Rows, weight_ho: Rows, max_length: int, sos: int, eos: int
) -> Vector:
    return (sos, *greedy_decode(context, weight_ih, weight_hh, weight_ho, max_length, sos, eos))
