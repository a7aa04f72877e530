"""Imported cards become a new deck file. Every importer ends here; reading their formats is elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from studytui.deck.files import LARGEST, NOT_DECKS, language_of
from studytui.deck.identity import distinct, slug
from studytui.deck.parse import LONGEST_CARD, MOST_CARDS
from studytui.frozen import frozen
from studytui.interchange.files import created
from studytui.interchange.markup import markdown, markdown_line
from studytui.problems import Problem
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


@frozen
class Imported:
    """A recall card as it was read: normal texts (`markup.normal`), and where it stood, as `file:line`."""

    front: str
    back: str
    tags: tuple[str, ...] = ()
    where: str = ""


def write_deck(path: Path, cards: Sequence[Imported]) -> None:
    """Writes a new deck of recall cards, each with its id.

    Raises Problem, with nothing written, when the file is there already, when no deck can have its name, and when a
    card or the deck is larger than decks may be.
    """
    _check_name(path)
    if len(cards) > MOST_CARDS:
        raise Problem(f"{path}: a deck of {len(cards)} cards is not read, at most {MOST_CARDS} are: import it in parts")
    data = deck_text(path.stem, cards).encode()
    if len(data) > LARGEST:
        size, limit = len(data) / 1024 / 1024, LARGEST // 1024 // 1024
        raise Problem(f"{path}: a deck of {size:.1f} MB is not read, at most {limit} MB are: import it in parts")
    with created(path) as file:
        file.write(data)


def deck_text(name: str, cards: Sequence[Imported]) -> str:
    """A deck's Markdown; its id and title come from a name. Raises Problem for a card that is too long."""
    title = clean_line("".join(" " if sign in "-_{}#" else sign for sign in name)) or "Imported cards"
    taken: set[str] = set()
    sections = [_section(card, distinct(slug(card.front.partition("\n")[0]), taken)) for card in cards]
    return "\n\n".join([f"# {title}", f"```toml\nid = {_quoted(slug(name))}\n```", *sections]) + "\n"


def _section(card: Imported, identity: str) -> str:
    """A card's first line is its heading; the other lines of its front stand under it, above a rule."""
    first, _, rest = card.front.partition("\n")
    parts = [f"## {markdown_line(first)} {{#{identity}}}"]
    if card.tags:
        parts.append(f"```toml\ntags = [{', '.join(map(_quoted, card.tags))}]\n```")
    if rest.strip("\n"):
        parts += [markdown(rest.strip("\n")), "---"]
    text = "\n\n".join([*parts, markdown(card.back)])
    if len(text) > LONGEST_CARD:
        raise Problem(f"{card.where}: the card has more than {LONGEST_CARD} characters: split it into several")
    return text


def _quoted(text: str) -> str:
    """A TOML string: what JSON escapes in a clean line, TOML reads in the same way."""
    return json.dumps(text, ensure_ascii=False)


def _check_name(path: Path) -> None:
    if path.suffix != ".md":
        raise Problem(f"{path}: a deck is a Markdown file: name it {path.stem or 'cards'}.md")
    translation = language_of(path.name)
    if translation is not None:
        raise Problem(f"{path}: this is the name of a translation of {translation[0]}: leave out “.{translation[1]}”")
    if path.stem.lower() in NOT_DECKS:
        raise Problem(f"{path}: files of this name are not read as decks: choose another")
