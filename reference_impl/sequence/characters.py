"""The character model: its vocabulary, its one-hot inputs, its training pairs, and how large it is.

A character is a Unicode code point; upper case, spaces and signs are characters like any others.
"""

# ruff: noqa: D103 - a slip is documented by its sentence
# ruff: noqa: FBT001, FBT002 - `alphabetical` is given by place or name in decks

from __future__ import annotations

import itertools
import math

from reference_impl import checks
from reference_impl.arrays import Vector
from reference_impl.domain import Domain, choice, flag, whole
from reference_impl.reference import reference

LONGEST = 100
LARGEST_SIZE = 20_000
MOST_CLASSES = 64

_WORDS = (
    "hello", "Hello", "hello world", "banana", "Mississippi", "recurrent", "sequence to sequence", "abracadabra",
    "to be or not to be", "Anna", "Otto", "lstm", "gru", "aaaa", "character", "안녕하세요", "0110 1001", "x = x + 1",
)  # fmt: skip
_TEXTS = choice(*_WORDS, *map("".join, itertools.product("bA a", repeat=4)))
_LONGER_TEXTS = choice(*_WORDS, *map("".join, itertools.product("ba c", repeat=3)))


def _check_text(text: str, least: int = 1) -> None:
    if not isinstance(text, str) or not least <= len(text) <= LONGEST:
        raise ValueError(f"text must be a text of {least} to {LONGEST} characters, not {checks.shown(text)}")


@reference(domain=Domain({"text": _TEXTS, "alphabetical": flag()}))
def vocabulary(text: str, alphabetical: bool = False) -> str:
    """The distinct characters of a text, each once, in the order in which they first occur: “helo” for “hello”.

    `alphabetical` sorts them by their code points, as Python's `sorted(set(text))` does: “ehlo”.
    """
    _check_text(text)
    checks.flag(alphabetical=alphabetical)
    distinct = dict.fromkeys(text)
    return "".join(sorted(distinct) if alphabetical else distinct)


@vocabulary.slip("Each distinct character stands in the vocabulary once, however often it occurs.")
def with_repetitions(text: str, alphabetical: bool) -> str:
    return "".join(sorted(text)) if alphabetical else text


@vocabulary.slip("Mind the order: as the characters first occur, or sorted.")
def in_other_order(text: str, alphabetical: bool) -> str:
    return vocabulary(text, not alphabetical)


@vocabulary.slip("Characters that occur several times are in the vocabulary, too: once.")
def repeated_left_out(text: str, alphabetical: bool) -> str:
    single = [character for character in text if text.count(character) == 1]
    return "".join(sorted(single) if alphabetical else single)


@reference(domain=Domain({"text": _TEXTS}))
def vocabulary_size(text: str) -> int:
    """How many distinct characters a text has: 4 for “hello”."""
    _check_text(text)
    return len(set(text))


@vocabulary_size.slip("Each distinct character counts once, however often it occurs.")
def all_characters(text: str) -> int:
    return len(text)


@vocabulary_size.slip("Characters that occur several times count, too: once.")
def single_characters(text: str) -> int:
    return sum(text.count(character) == 1 for character in text)


@vocabulary_size.slip("A space is a character like any other.")
def spaces_left_out(text: str) -> int:
    return len(set(text) - {" "})


@vocabulary_size.slip("Upper and lower case are different characters.")
def case_ignored(text: str) -> int:
    return len(set(text.lower()))


@reference(
    domain=Domain(
        {"character": choice(*"aboelASt r"), "text": _TEXTS, "alphabetical": flag()},
        where=lambda character, text, alphabetical: character in text,  # noqa: ARG005 - all are given
    )
)
def character_index(character: str, text: str, alphabetical: bool = False) -> int:
    """Place of a character in the vocabulary of a text, counted from 0; see `vocabulary` for its order."""
    distinct = vocabulary(text, alphabetical)
    if not isinstance(character, str) or len(character) != 1 or character not in distinct:
        raise ValueError(f"character must be one of “{distinct}”, not {checks.shown(character)}")
    return distinct.index(character)


@character_index.slip("Count along the vocabulary, where each character stands once, not along the text.")
def place_in_text(character: str, text: str, alphabetical: bool) -> int:
    return "".join(sorted(text) if alphabetical else text).index(character)


@character_index.slip("Places are counted from 0.")
def counted_from_one(character: str, text: str, alphabetical: bool) -> int:
    return character_index(character, text, alphabetical) + 1


@character_index.slip("Mind the order of the vocabulary: as the characters first occur, or sorted.")
def index_in_other_order(character: str, text: str, alphabetical: bool) -> int:
    return character_index(character, text, not alphabetical)


@reference(
    domain=Domain(
        {"index": whole(0, 30), "num_classes": whole(1, 31)}, where=lambda index, num_classes: index < num_classes
    )
)
def one_hot(index: int, num_classes: int) -> Vector:
    """One-hot vector of `num_classes` entries: 1 at the index, counted from 0, and 0 everywhere else.

    Source: `torch.nn.functional.one_hot`.
    """
    checks.whole(1, MOST_CLASSES, num_classes=num_classes)
    checks.whole(0, MOST_CLASSES, index=index)
    if index >= num_classes:
        raise ValueError(f"index must be smaller than num_classes, which is {num_classes}, not {index}")
    return tuple([int(place == index) for place in range(num_classes)])


@one_hot.slip("Places are counted from 0.")
def place_from_one(index: int, num_classes: int) -> Vector:
    return tuple([int(place == index - 1) for place in range(num_classes)])


@one_hot.slip("The one entry is 1, whatever the index is.")
def index_as_entry(index: int, num_classes: int) -> Vector:
    return tuple([index * (place == index) for place in range(num_classes)])


@one_hot.slip("Places are counted from the left.")
def counted_from_the_end(index: int, num_classes: int) -> Vector:
    return one_hot(index, num_classes)[::-1]


@one_hot.slip("One entry is 1 and all others are 0, not the other way round.")
def one_cold(index: int, num_classes: int) -> Vector:
    return tuple([int(place != index) for place in range(num_classes)])


_SENTENCES = Domain({"text": _LONGER_TEXTS})


@reference(domain=_SENTENCES)
def training_inputs(text: str) -> str:
    """The characters that a next-character model reads in training: all but the last. “hell” for “hello”."""
    _check_text(text, 2)
    return text[:-1]


@reference(domain=_SENTENCES)
def training_targets(text: str) -> str:
    """The characters that a next-character model is to predict in training: all but the first. “ello” for “hello”."""
    _check_text(text, 2)
    return text[1:]


@reference(domain=_SENTENCES)
def training_pairs(text: str) -> str:
    """Each input with its target, the character behind it: “h→e e→l l→l l→o” for “hello”."""
    _check_text(text, 2)
    return " ".join([f"{read}→{wanted}" for read, wanted in itertools.pairwise(text)])


@training_inputs.slip("Behind the last character nothing is left to predict: it is a target only.")
def last_character_read(text: str) -> str:
    return text


@training_inputs.slip("Those are the targets: inputs begin with the first character, targets with the second.")
def targets_for_inputs(text: str) -> str:
    return text[1:]


@training_inputs.slip("A model reads every character that has one behind it, repeated ones, too.")
def inputs_once_each(text: str) -> str:
    return "".join(dict.fromkeys(text[:-1]))


@training_targets.slip("The target is the next character, not the one that is read: shift the text by one.")
def targets_not_shifted(text: str) -> str:
    return text[:-1]


@training_targets.slip("Nothing comes before the first character to predict it from: it is an input only.")
def first_character_wanted(text: str) -> str:
    return text


@training_targets.slip("The last character has nothing behind it; the text does not begin again.")
def targets_begin_again(text: str) -> str:
    return text[1:] + text[0]


@training_pairs.slip("The target is the next character, not the one that is read: shift the text by one.")
def pairs_not_shifted(text: str) -> str:
    return " ".join([f"{character}→{character}" for character in text[:-1]])


@training_pairs.slip("The model predicts forwards: the character that comes first is the input.")
def pairs_backwards(text: str) -> str:
    return " ".join([f"{after}→{before}" for before, after in itertools.pairwise(text)])


@training_pairs.slip("The last character has nothing behind it; the text does not begin again.")
def pairs_begin_again(text: str) -> str:
    return training_pairs(text + text[0]) if len(text) < LONGEST else training_pairs(text)


@reference(
    domain=Domain(
        {
            "vocab_size": choice(2, 3, 4, 10, 27, 65),
            "hidden_size": choice(1, 2, 3, 5, 8, 20, 100),
            "biases": whole(0, 2),
        }
    )
)
def character_model_parameters(vocab_size: int, hidden_size: int, biases: int) -> int:
    """Parameters of a one-hot character model: a plain recurrent layer, and a dense layer back to the vocabulary.

    `biases` is the number of bias vectors of the recurrent layer, as in `recurrent.rnn_parameters`: 2 in PyTorch, 1 in
    Keras. With 0 the dense layer has none either. 4 characters and 3 units have 33 weights, 40 with one bias vector.
    """
    checks.whole(1, LARGEST_SIZE, vocab_size=vocab_size, hidden_size=hidden_size)
    checks.whole(0, 2, biases=biases)
    # V·H + H² + H·V, and b·H + V
    weights = vocab_size * hidden_size + hidden_size**2 + hidden_size * vocab_size
    return int(weights) + biases * hidden_size + (vocab_size if biases else 0)


@character_model_parameters.slip("The dense layer from the hidden state back to the vocabulary has weights, too.")
def output_layer_forgotten(vocab_size: int, hidden_size: int, biases: int) -> int:
    return hidden_size * (vocab_size + hidden_size) + biases * hidden_size


@character_model_parameters.slip("The hidden state of the step before is read, too: that takes hidden_size² weights.")
def recurrence_left_out(vocab_size: int, hidden_size: int, biases: int) -> int:
    return 2 * vocab_size * hidden_size + biases * hidden_size + (vocab_size if biases else 0)


@character_model_parameters.slip("Mind the biases: how many vectors the cell has, and one of the dense layer.")
def biases_mistaken(vocab_size: int, hidden_size: int, biases: int) -> int:
    return character_model_parameters(vocab_size, hidden_size, 1 if biases != 1 else 0)


@character_model_parameters.slip("The dense layer has a bias of its own: one number for each character.")
def output_bias_forgotten(vocab_size: int, hidden_size: int, biases: int) -> int:
    return 2 * vocab_size * hidden_size + hidden_size**2 + biases * hidden_size


@character_model_parameters.slip("A bias is a vector with one entry for each unit, not one number for a layer.")
def biases_as_numbers(vocab_size: int, hidden_size: int, biases: int) -> int:
    return character_model_parameters(vocab_size, hidden_size, 0) + biases + (1 if biases else 0)


@reference(domain=Domain({"vocab_size": whole(1, 400)}))
def uniform_loss(vocab_size: int) -> float:
    """Cross-entropy of a model that finds all characters equally likely, in nats: what untrained models begin near.

    ln 4 = 1.386294 for 4 characters.
    """
    checks.whole(1, LARGEST_SIZE, vocab_size=vocab_size)
    # −ln (1 / V) = ln V
    return math.log(vocab_size)


@uniform_loss.slip("The loss is taken with the natural logarithm; that is its value in bits.")
def loss_in_bits(vocab_size: int) -> float:
    return math.log2(vocab_size)


@uniform_loss.slip("That is the probability of each character; the loss is its negative logarithm.")
def probability_itself(vocab_size: int) -> float:
    return 1 / vocab_size


@uniform_loss.slip("The loss is the logarithm with a minus: never negative.")
def minus_forgotten(vocab_size: int) -> float:
    return -math.log(vocab_size)


@uniform_loss.slip("The loss is −ln p, not 1 − p.")
def chance_of_error(vocab_size: int) -> float:
    return 1 - 1 / vocab_size
