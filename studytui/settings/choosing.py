"""The settings as a screen shows them: lines under a cursor, folded where there are many. No screen here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from studytui.frozen import frozen
from studytui.settings.declared import DECKS, KEYS, DeckSettings, Setting, declared
from studytui.settings.naming import key_setting, value_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from studytui.settings import Settings
    from studytui.settings.reading import Mistake, Place, Reading


@frozen
class Key:
    """What keys can be set for, and what its keys clash with."""

    id: str
    keys: str
    does: str
    clashes: tuple[str, ...] = ()


@frozen
class Offer:
    """What there is beside the settings themselves: the decks, the screens with their keys, the languages."""

    decks: Sequence[tuple[str, str]] = ()
    keys: Sequence[tuple[str, Sequence[Key]]] = ()
    languages: Sequence[str] = ()


@frozen
class Line:
    """A setting, or what folds several of them: then `setting` is None, and `value` how many differ from the default.

    `default` is what holds when nothing is set here: for a deck what is set for all, for keys those of the program.
    `mistake` says what the file has there in place of a value.
    """

    group: str
    place: Place
    title: str
    setting: Setting | None
    value: Any
    default: Any
    inside: bool = False
    mistake: str = ""
    at: int = 0
    clashes: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the learner set something else here."""
        if self.setting is None:
            return bool(self.value)
        return self.value is not None and self.value != self.default

    @property
    def held(self) -> Any:
        """The value that holds."""
        return self.default if self.value is None else self.value


def lines(settings: Settings, reading: Reading, offer: Offer, unfolded: Collection[Place]) -> list[Line]:
    """All lines from the top; those of a deck or a screen only when it is unfolded."""
    wrong = {each.place: each for each in reading.mistakes}
    found: list[Line] = []
    for setting in declared().values():
        if setting.name == "deck":
            found += _decks(settings, offer, unfolded, wrong)
        elif setting.name == "keys":
            found += _keys(settings, offer, unfolded)
        elif setting.name not in {"parameters_before", "parameters_since"}:  # those go with `parameters`
            value = value_of(settings, (setting.name,))
            found.append(_line(setting, (setting.name,), value, setting.default, wrong))
    return found


def _decks(
    settings: Settings,
    offer: Offer,
    unfolded: Collection[Place],
    wrong: Mapping[Place, Mistake],
) -> list[Line]:
    """A line for each deck, and below it what can be set for it alone."""
    found = []
    titles = {deck.id: deck.id for deck in settings.deck} | dict(offer.decks)
    for deck, title in titles.items():
        own = [
            _line(
                setting,
                ("deck", deck, setting.name),
                value_of(settings, ("deck", deck, setting.name)),
                getattr(settings, setting.name),
                wrong,
                inside=True,
            )
            for setting in declared(DeckSettings).values()
        ]
        mistake = next((each.mistake for each in own if each.mistake), "")
        changed = sum(line.value is not None for line in own)
        found.append(Line(DECKS, ("deck", deck), title, None, changed, 0, mistake=mistake))
        if ("deck", deck) in unfolded:
            found += own
    return found


def _keys(settings: Settings, offer: Offer, unfolded: Collection[Place]) -> list[Line]:
    """A line for each screen, and below it all of its keys."""
    chosen = dict(settings.keys)
    found = []
    for title, keys in offer.keys:
        changed = sum(chosen.get(each.id, each.keys) != each.keys for each in keys)
        clashes = tuple(each.id for each in keys if each.clashes)
        found.append(Line(KEYS, ("keys", title), title, None, changed, 0, clashes=clashes))
        if ("keys", title) in unfolded:
            found += [
                Line(
                    KEYS,
                    ("keys", each.id),
                    each.id,
                    key_setting(each.id, each.does),
                    chosen.get(each.id),
                    each.keys,
                    inside=True,
                    clashes=each.clashes,
                )
                for each in keys
            ]
    return found


def _line(
    setting: Setting,
    place: Place,
    value: Any,
    default: Any,
    wrong: Mapping[Place, Mistake],
    *,
    inside: bool = False,
) -> Line:
    mistake = wrong.get(place)
    words, at = ("", 0) if mistake is None else (mistake.words, mistake.line)
    return Line(DECKS if inside else setting.group, place, setting.name, setting, value, default, inside, words, at)


def stepped(line: Line, by: int, languages: Sequence[str]) -> Any:
    """The value one step on, or back, from the one that holds; None where there are no steps."""
    if line.setting is None:
        return None
    if line.place == ("language",):
        known = ["", *languages]
        here = known.index(line.held) if line.held in known else 0
        return known[(here + by) % len(known)]
    return line.setting.kind.next(line.held, by)
