"""Makes the table in `docs/settings.md` from the declared settings: `python -m docs.settings`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from studytui.settings.declared import DeckSettings, declared
from studytui.settings.kinds import OneOf
from studytui.settings.writing import literal

if TYPE_CHECKING:
    from studytui.settings.declared import Setting

PAGE = Path(__file__).with_name("settings.md")
BEGIN = "<!-- Made by `python -m docs.settings` from studytui/settings/declared.py: edit that, then run it again. -->"
END = "<!-- Here ends what is made. -->"


def table() -> str:
    """All settings, group by group, and those of one deck."""
    rows = ["| setting | default | what it does | a change holds |", "| --- | --- | --- | --- |"]
    group = ""
    for setting in declared().values():
        if setting.name in {"keys", "deck"}:
            continue
        if setting.group != group:
            group = setting.group
            rows.append(f"| **{group}** | | | |")
        rows.append(_row(setting, f"`{literal(setting.kind.plain(setting.default))}`"))
    rows.append('| **One deck**, under `[deck."id"]` | | | |')
    rows += [_row(setting, "as for all") for setting in declared(DeckSettings).values()]
    return "\n".join(rows)


def _row(setting: Setting, default: str) -> str:
    words = setting.kind.words
    if isinstance(setting.kind, OneOf):
        words = ", ".join(f"`{name}`" for name in setting.kind.names)
    may_be = f" ({words})" if words else ""
    return f"| `{setting.name}` | {default} | {setting.help}{may_be} | {setting.effect} |"


def page() -> str:
    """The whole page, with the table made anew and everything else as it is."""
    text = PAGE.read_text(encoding="utf-8")
    above, _, rest = text.partition(BEGIN)
    _, _, below = rest.partition(END)
    return f"{above}{BEGIN}\n\n{table()}\n\n{END}{below}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
