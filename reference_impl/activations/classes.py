"""From scores to classes: softmax, cross-entropy and the likeliest class. Scores before a softmax are called logits.

Classes are counted from 0, logarithms are natural. Source: `torch.nn.functional.cross_entropy`.
"""

# ruff: noqa: D103 - a slip is documented by its sentence

from __future__ import annotations

import math

from reference_impl import checks
from reference_impl.arrays import Vector, logistic
from reference_impl.domain import Array, Domain, array, stepped, whole
from reference_impl.reference import reference

#: Logits as they are on cards, and logits of which the exponentials are more than a float can hold.
_LOGITS, _HUGE_LOGITS = [array("classes", of=of) for of in (stepped(-4, 4, 0.25), stepped(-1500, 1500, 250))]


def _targeted(logits: Array) -> Domain:
    """Logits, with one of their classes as the target."""
    return Domain(
        {"logits": logits, "target": whole(0, 5)},
        where=lambda logits, target: target < len(logits),
        sizes={"classes": whole(2, 6)},
    )


def shares(scores: Vector) -> Vector:
    """The exponential of each score as a share of all, for scores of any size."""
    # e^z_i / Σ_j e^z_j; taking the largest score off all of them changes nothing, and nothing overflows
    largest = max(scores)
    exponentials = [math.exp(score - largest) for score in scores]
    total = math.fsum(exponentials)
    return tuple([value / total for value in exponentials])


def surprise(scores: Vector, target: int) -> float:
    """Minus the natural logarithm of the target's share, for scores of any size."""
    # −ln p_t = ln Σ_j e^z_j − z_t, the largest score taken off so that nothing overflows
    largest = max(scores)
    return math.log(math.fsum(math.exp(score - largest) for score in scores)) + (largest - scores[target])


@reference(
    domain=Domain({"logits": _LOGITS}, sizes={"classes": whole(1, 6)})
    | Domain({"logits": _HUGE_LOGITS}, sizes={"classes": whole(1, 3)})
)
def softmax(logits: Vector) -> Vector:
    """Probabilities of the classes: each between 0 and 1, all together 1, in the order of the logits.

    A number added to all logits changes nothing. Source: `torch.nn.functional.softmax`.
    """
    # p_i = e^z_i / Σ_j e^z_j
    return shares(checks.vector("logits", logits))


@softmax.slip("Take the exponential of each logit before dividing by the sum.")
def shares_of_logits(logits: Vector) -> Vector:
    return tuple([_share(score, logits) for score in logits])


@softmax.slip("A softmax looks at all logits together; a sigmoid of each one alone does not add up to 1.")
def sigmoid_of_each(logits: Vector) -> Vector:
    return tuple([logistic(score) for score in logits])


@softmax.slip("Divide by the sum of all exponentials, not by the largest one: probabilities add up to 1.")
def divided_by_the_largest(logits: Vector) -> Vector:
    return tuple([math.exp(score - max(logits)) for score in logits])


@softmax.slip("The base is e, not 2.")
def softmax_of_base_two(logits: Vector) -> Vector:
    return softmax(tuple([score * math.log(2) for score in logits]))


def _share(score: float, scores: Vector) -> float:
    total = math.fsum(scores)
    if not total:
        raise ValueError("scores that add up to 0 have no shares")
    return score / total


def _check_target(target: int, scores: Vector) -> None:
    checks.whole(0, target=target)
    if target >= len(scores):
        raise ValueError(f"target must be a class from 0 to {len(scores) - 1}, not {target}")


@reference(domain=_targeted(_LOGITS))
def class_probability(logits: Vector, target: int) -> float:
    """Probability that a softmax gives to the class `target`, counted from 0."""
    z = checks.vector("logits", logits)
    _check_target(target, z)
    # p_t = e^z_t / Σ_j e^z_j
    return shares(z)[target]


@class_probability.slip("Take the exponential of each logit before dividing by the sum.")
def share_of_logits(logits: Vector, target: int) -> float:
    return _share(logits[target], logits)


@class_probability.slip("A softmax looks at all logits, not only at the target's: that is its sigmoid.")
def sigmoid_of_target(logits: Vector, target: int) -> float:
    return logistic(logits[target])


@class_probability.slip("Classes are counted from 0: that is the probability of the class before.")
def class_counted_from_one(logits: Vector, target: int) -> float:
    return softmax(logits)[_before(target)]


@class_probability.slip("That is the probability of all other classes together.")
def others_probability(logits: Vector, target: int) -> float:
    return 1 - class_probability(logits, target)


def _before(target: int) -> int:
    if not target:
        raise ValueError("the first class has none before it")
    return target - 1


@reference(domain=_targeted(_LOGITS) | _targeted(_HUGE_LOGITS))
def cross_entropy(logits: Vector, target: int) -> float:
    """Loss of one prediction in nats: minus the natural logarithm of the probability of the class `target`.

    Classes are counted from 0. Source: `torch.nn.CrossEntropyLoss`, which takes logits, not probabilities.
    """
    z = checks.vector("logits", logits)
    _check_target(target, z)
    # L = −ln p_t = ln Σ_j e^z_j − z_t
    return surprise(z, target)


@cross_entropy.slip("The logarithm is taken of the softmax probability, not of the raw score.")
def log_of_raw_score(logits: Vector, target: int) -> float:
    if logits[target] <= 0:
        raise ValueError("a score of 0 or less has no logarithm")
    return -math.log(logits[target])


@cross_entropy.slip("The loss is −ln p, not 1 − p.")
def one_minus_probability(logits: Vector, target: int) -> float:
    return 1 - class_probability(logits, target)


@cross_entropy.slip("The loss is in nats, with the natural logarithm; base 2 gives bits.")
def loss_in_bits(logits: Vector, target: int) -> float:
    return cross_entropy(logits, target) / math.log(2)


@cross_entropy.slip("The natural logarithm has base e, not 10.")
def loss_of_base_ten(logits: Vector, target: int) -> float:
    return cross_entropy(logits, target) / math.log(10)


@cross_entropy.slip("The logarithm of a probability is negative; the loss is minus that.")
def loss_sign_lost(logits: Vector, target: int) -> float:
    return -cross_entropy(logits, target)


@cross_entropy.slip("That is the probability of the target; the loss is minus its logarithm.")
def probability_for_loss(logits: Vector, target: int) -> float:
    return class_probability(logits, target)


@reference(
    domain=Domain({"scores": array("classes", of=stepped(-2, 2, 0.5))}, sizes={"classes": whole(1, 6)})
    | Domain({"scores": array("classes", of=stepped(-1, 1, 0.01))}, sizes={"classes": whole(2, 6)})
)
def argmax(scores: Vector) -> int:
    """Index of the class with the highest score, counted from 0; of several highest ones the first.

    Scores need not be probabilities: a softmax before it changes nothing. Source: `torch.argmax`.
    """
    found = checks.vector("scores", scores)
    # argmax_i s_i
    return found.index(max(found))


@argmax.slip("Classes are counted from 0, so the first one has index 0.")
def counted_from_one(scores: Vector) -> int:
    return argmax(scores) + 1


@argmax.slip("That is the class with the lowest score; the highest one wins.")
def lowest_score(scores: Vector) -> int:
    return argmax(tuple([-score for score in scores]))


@argmax.slip("Scores count with their sign: the highest wins, not the one farthest from 0.")
def largest_magnitude(scores: Vector) -> int:
    return argmax(tuple(map(abs, scores)))
