"""What every start is compared with: the smallest Textual app that paints words."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Label


class Hello(App[None]):
    """One label."""

    def compose(self) -> ComposeResult:
        """The words that are waited for."""
        yield Label("Hello, world!")


if __name__ == "__main__":
    Hello().run()
