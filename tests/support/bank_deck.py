"""A deck with every way of answering, and the questions that its cards make."""

from __future__ import annotations

from functools import cache

from studytui.deck.ask import ask
from studytui.deck.builtin import builtin_decks
from studytui.deck.library import Library
from studytui.deck.model import Reveal
from studytui.deck.parse import parse_deck

DECK = r"""# Ways of answering

```toml
id = "ways"
tags = ["odd [tag]", "cnn"]
```

## How wide is \{it}? {#width}

{input_size} pixels, kernel {kernel_size}, padding {padding}; `a = {b: c}` ~ # 100%

```toml
answer = "convolution.output_size(input_size, kernel_size, 1, padding)"
unit = "px"

[given]
input_size = "7..64"
kernel_size = [3, 5, 7]
padding = "1..3"
```

{input_size} + 2·{padding} − {kernel_size} + 1 = **{answer}**

## What is a third? {#third}

Of {x}.

```toml
answer = "x / 3"

[given]
x = [1, 2, 4, 5]
```

{x} / 3 ≈ {answer}

## Which shape? {#shape}

{size} by {size}, {channels} channels.

```toml
answer = "convolution.output_shape(size, size, channels, 3)"

[given]
size = "7..20"
channels = "3..6"
```

{answer}

## Is it more? {#more}

Is {x} more than 3?

```toml
answer = "x > 3"

[given]
x = "1..6"
```

{answer}

## Step by step {#steps}

A square of {x}, padded by {padding} on every side.

```toml
answer = "padded * padded"
ask = "How many pixels?"

[[step]]
name = "padded"
ask = "How wide is it?"
answer = "x + 2 * padding"
unit = "px"

[given]
x = "3..9"
padding = "1..3"
```

{padded} · {padded} = {answer}

## Which one? {#one}

- [x] [html] a = b
- [ ] 50% of ~#\{x}
- [ ] %25% of it

## Which ones? {#several}

- [x] one
- [x] two
- [x] three
- [ ] four

## In order {#order .order}

1. first -> of all
2. second
3. third

## In pairs {#pairs .match}

| a = b | c |
| --- | --- |
| x ~ y | shared |
| y -> z | shared |
| z | \{own} |

## Which language? {#text}

```toml
accept = ["C++", "forget-gate", "a * b", "[html] x"]
```

```python
a = {1: 2}

# the end
```

## A gap {#gap .cloze}

The ==forget== gate.
"""


@cache
def questions(seed=3):
    """The questions of the deck's cards, by the cards' names."""
    deck = parse_deck(DECK.encode(), "ways.md", "ways").deck
    assert not deck.findings, [str(finding) for finding in deck.findings]
    return {card.id.partition("/")[2]: ask(card, seed) for card in deck.cards}


@cache
def _library():
    return Library([builtin_decks()])


@cache
def built_in(language="", seed=5):
    """A question of every card of the built-in decks that a machine grades."""
    library = _library()
    cards = [library.card(name, language) for deck in library.decks() for name in library.ids(deck.id)]
    return tuple(each for each in (ask(card, seed) for card in cards) if not isinstance(each.form, Reveal))
