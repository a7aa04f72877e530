"""A setting by the name under which it is asked for, and a value as it is typed: for the command and the screen."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from studytui.problems import Problem
from studytui.settings.declared import KEYS, SCREEN, DeckSettings, Setting, declared
from studytui.settings.kinds import KeyNames
from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection

    from studytui.settings import Settings
    from studytui.settings.kinds import Value
    from studytui.settings.reading import Place


def named(name: str) -> tuple[Place, Setting]:
    """The place and the declaration of `new_per_day`, `keys.study.undo` or `deck.lstm.desired_retention`.

    Raises Problem for a name that there is not.
    """
    known = declared()
    table, _, rest = name.partition(".")
    if table == "keys" and rest:
        return ("keys", rest), key_setting(rest)
    if table == "deck":
        own_of_deck = declared(DeckSettings)
        deck, _, own = rest.rpartition(".")
        if not deck:
            raise Problem(f"“{clean_line(name)}” names no deck's setting: write deck.ID.desired_retention")
        return ("deck", deck, own), _known(own, own_of_deck, f"; a deck can have {', '.join(own_of_deck)}")
    if table == "keys":
        raise Problem("the keys are set one by one: write keys.study.undo; `?` lists the ids")
    return (name,), _known(name, known, "; `studytui settings` lists all")


def _known(name: str, known: dict[str, Setting], where: str) -> Setting:
    if name in known:
        return known[name]
    near = did_you_mean(name, known)
    raise Problem(f"there is no setting “{clean_line(name)}”{near or where}")


def key_setting(binding: str, help: str = "") -> Setting:  # noqa: A002 - the name of the declaration's field
    """The keys of one binding, as if they were declared."""
    return Setting(binding, "", KeyNames(), KEYS, SCREEN, help)


def typed(setting: Setting, text: str) -> Any:
    """The value that somebody means who types `text`: as TOML has it, or without its quotes and brackets.

    Raises Problem with the sentence that a file would get.
    """
    try:
        return setting.kind.read(tomllib.loads(f"value = {text}")["value"])
    except (tomllib.TOMLDecodeError, TypeError, ValueError):
        pass
    try:
        return setting.kind.read(setting.kind.loose(text.strip()))
    except (TypeError, ValueError) as error:
        raise Problem(f"{setting.name} {error}") from None


def value_of(settings: Settings, place: Place) -> Any:
    """What holds at a place; None where a deck or a binding has nothing of its own."""
    match place:
        case ("keys", binding):
            return dict(settings.keys).get(binding)
        case ("deck", deck, name):
            return getattr(settings.deck_settings(deck), name)
        case _:
            return getattr(settings, place[0])


def plain(setting: Setting, value: Any) -> Value | None:
    """A value as the file has it; None for none."""
    return None if value is None else setting.kind.plain(value)


def own_places(settings: Settings) -> Collection[Place]:
    """The places of decks and bindings that have something of their own."""
    places: list[Place] = [("keys", binding) for binding, _ in settings.keys]
    for deck in settings.deck:
        places += [("deck", deck.id, name) for name in declared(DeckSettings) if getattr(deck, name) is not None]
    return places
