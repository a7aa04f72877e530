"""Every key of the program, in one place: an id to rebind it by, and the Hangul letter on the same key."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.binding import Binding, BindingsMap

from studytui.text import clean_line, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from textual.screen import Screen

#: The two-set Hangul layout: the letter that arrives when the input method is on.
_HANGUL = dict(zip("qwertyuiopasdfghjklzxcvbnm", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", strict=True))
_LATIN = {hangul: letter for letter, hangul in _HANGUL.items()}

#: Keys as they are printed on a keyboard, where Textual has other words for them.
PRINTED = {
    "question_mark": "?",
    "slash": "/",
    "comma": ",",
    "escape": "esc",
    "enter": "enter",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
}


def with_hangul(keys: str) -> str:
    """Keys as Textual writes them, with the Hangul letter added to every Latin one: `j` becomes `j,ㅓ`."""
    names = [name.strip() for name in keys.split(",") if name.strip()]
    return ",".join([*names, *(_HANGUL[name] for name in names if name in _HANGUL)])


def latin(keys: str) -> str:
    """Keys without the Hangul letters that were added: `j,ㅓ` becomes `j`."""
    names = [name.strip() for name in keys.split(",") if name.strip()]
    return ",".join(name for name in names if name not in _LATIN)


def pressed(name: str) -> str:
    """A key as it is written into the settings: the Latin letter, also when the input method was on."""
    return _LATIN.get(name, name)


def key(id: str, keys: str, action: str, label: str, tooltip: str, *, show: bool = True) -> Binding:  # noqa: A002
    """A binding that works with the Hangul input method on, and that the settings can change by its id."""
    return Binding(with_hangul(keys), action, label, id=id, tooltip=tooltip, show=show)


def own_keys(screen: Screen[Any], *, again: bool = False) -> None:
    """Gives a screen that is mounted the learner's own keys; where one is taken, it comes before what was there.

    With `again` those that it was given before are taken back first.

    `App.set_keymap` would unbind everything else on a key that it moves: with another key for “next” in place of space,
    space would not show the answer either.
    """
    chosen: Mapping[str, str] = getattr(screen.app, "chosen_keys", {})
    if not chosen and not again:
        return
    if again and screen._merged_bindings is not None:  # noqa: SLF001
        screen._bindings = screen._merged_bindings.copy()  # noqa: SLF001
    bindings = screen._bindings.key_to_bindings  # noqa: SLF001 - there is no other way to the screen's own keys
    declared = {each.id: each for on_key in bindings.values() for each in on_key if each.id in chosen}
    kept = [each for on_key in bindings.values() for each in on_key if each.id not in declared]
    own = [replace(each, key=keys) for id_, each in declared.items() if id_ and (keys := with_hangul(chosen[id_]))]
    screen._bindings = BindingsMap([*own, *kept])  # noqa: SLF001


def keymap(chosen: Iterable[tuple[str, str]], known: Iterable[str]) -> tuple[dict[str, str], list[str]]:
    """The learner's own keys by id, and a line for every id that does not exist."""
    known = list(known)
    mapped, problems = {}, []
    for name, keys in chosen:
        if name in known:
            mapped[name] = keys
        else:
            near = did_you_mean(name, known) or "; the ids are listed by `?`"
            problems.append(f"settings: [keys] has no “{clean_line(name)}”{near}")
    return mapped, problems
