"""The two themes, one dark and one light; every colour the program uses comes from them."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="studytui-dark",
    primary="#7aa2f7",
    secondary="#9ece6a",
    accent="#e0af68",
    foreground="#d5d9e6",
    background="#16171d",
    surface="#1c1e26",
    panel="#262935",
    boost="#21232d",
    success="#73d08b",
    warning="#e5b567",
    error="#f7768e",
    dark=True,
)
LIGHT = Theme(
    name="studytui-light",
    primary="#2a5db0",
    secondary="#4c7a1f",
    accent="#8a5a00",
    foreground="#23252e",
    background="#fbfaf7",
    surface="#f4f2ec",
    panel="#e6e3da",
    boost="#efece4",
    success="#1f7a3a",
    warning="#8a5a00",
    error="#b3202c",
    dark=False,
)
THEMES = (DARK, LIGHT)
