"""Brute force for the character model: the text is gone through place by place, and parameters are wired up one by one.

A character is new where it does not stand further left.
"""

# ruff: noqa: FBT001, FBT002 - `alphabetical` is a boolean, as in the references

from __future__ import annotations

import math

from reference_impl import sequence as ref
from reference_impl.arrays import Vector


def _first_places(text: str) -> list[int]:
    """The places at which a character stands for the first time."""
    return [place for place in range(len(text)) if all(text[left] != text[place] for left in range(place))]


@ref.vocabulary.witness("brute force")
def new_characters(text: str, alphabetical: bool = False) -> str:
    """Writes down new characters; in alphabetical order by looking for the smallest that is left, again and again."""
    found = [text[place] for place in _first_places(text)]
    if alphabetical:
        left, found = found, []
        while left:
            found.append(min(left))
            left.remove(found[-1])
    return "".join(found)


@ref.vocabulary_size.witness("brute force")
def count_new_characters(text: str) -> int:
    """Counts the places at which a character is new."""
    return len(_first_places(text))


@ref.character_index.witness("brute force")
def count_smaller_ones(character: str, text: str, alphabetical: bool = False) -> int:
    """Counts the characters that come before: those that occur earlier, or those with a smaller code point."""
    before = 0
    for place in _first_places(text):
        if alphabetical:
            before += ord(text[place]) < ord(character)
        else:
            before += place < text.index(character)
    return before


@ref.one_hot.witness("brute force")
def write_a_one(index: int, num_classes: int) -> Vector:
    """Writes zeros, then a 1 over one of them."""
    row = [0] * num_classes
    row[index] = 1
    return tuple(row)


@ref.training_inputs.witness("brute force")
def characters_with_a_next(text: str) -> str:
    """Goes through the places and reads those that have one to their right."""
    return "".join([text[place] for place in range(len(text)) if place + 1 in range(len(text))])


@ref.training_targets.witness("brute force")
def characters_with_one_before(text: str) -> str:
    """Goes through the places and reads those that have one to their left."""
    return "".join([text[place] for place in range(len(text)) if place - 1 in range(len(text))])


@ref.training_pairs.witness("brute force")
def remember_the_last(text: str) -> str:
    """Reads one character at a time, and pairs it with the one that it remembers."""
    pairs, remembered = "", ""
    for character in text:
        if remembered:
            pairs += f" {remembered}→{character}"
        remembered = character
    return pairs.removeprefix(" ")


@ref.character_model_parameters.witness("brute force")
def wire_up(vocab_size: int, hidden_size: int, biases: int) -> int:
    """Wires up one unit and one character of the output, then counts the wires of all units and all characters."""
    unit = ["character"] * vocab_size + ["state"] * hidden_size + ["bias"] * biases
    character = ["state"] * hidden_size + ["bias"] * min(biases, 1)
    total = 0
    for _ in range(hidden_size):
        total += len(unit)
    for _ in range(vocab_size):
        total += len(character)
    return total


@ref.uniform_loss.witness("brute force")
def search_exponent(vocab_size: int) -> float:
    """Halves an interval until it has the loss whose e^−loss is one chance in so many."""
    low, high = 0.0, float(vocab_size)
    for _ in range(80):
        middle = (low + high) / 2
        if math.exp(-middle) * vocab_size > 1:
            low = middle
        else:
            high = middle
    return high
