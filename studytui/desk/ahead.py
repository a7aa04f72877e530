"""What is loaded ahead, in threads, so that no key press waits for it."""

from __future__ import annotations

import importlib
import threading
from typing import TYPE_CHECKING

from studytui.garbage import keep_what_is_there
from studytui.journal import JournalError

if TYPE_CHECKING:
    from collections.abc import Collection

    from studytui.desk import Desk
    from studytui.journal import Journal


class Ahead:
    """Work that can be done while the learner reads."""

    def __init__(self, desk: Desk, journal: Journal) -> None:
        self._desk, self._journal = desk, journal
        self._settled = False

    def settle(self) -> None:
        """What can wait until something is on the screen, in a thread: loading what answers need, the day's backup.

        Garbage is collected from now on, except of what start-up has made, which stays: collections during key presses
        have little to look at.
        """
        if not self._settled:
            self._settled = True
            keep_what_is_there()
            kinds = {kind for deck in self._desk.decks.open.values() for kind in deck.kinds}
            threading.Thread(target=self._settle, args=(kinds,), name="settle", daemon=True).start()

    def _settle(self, kinds: Collection[str]) -> None:
        """Loads what the first card of each kind would wait for; then backs up."""
        from studytui.deck.registry import kind_of

        for kind in kinds:
            kind_of(kind)
        importlib.import_module("studytui.answer.grading")
        importlib.import_module("studytui.reviewing")
        if "computed" in kinds:
            importlib.import_module("studytui.desk.witnesses")
            importlib.import_module("studytui.referee.client")
        importlib.import_module("studytui.desk.cards")
        try:
            self._journal.backup_if_due(self._desk.clock())
        except JournalError as error:
            self._desk.problems.append(str(error))

    def load_card(self, card_id: str | None) -> None:
        """Loads the models of the card that comes next, in a thread, while the learner looks at the one before it."""
        card = self._desk.decks.card(card_id) if card_id is not None else None
        if card is not None and card.kind == "computed":
            from studytui.deck.proof import make_ready

            threading.Thread(target=make_ready, args=(card,), name="look ahead", daemon=True).start()

    def load_for_quiz(self) -> None:
        """Loads the models that a paper of many decks needs, in a thread: for whoever is still setting up a quiz."""
        threading.Thread(target=load_models, name="quiz", daemon=True).start()


def load_models() -> None:
    """All references with their quick witnesses; numpy last, which no built-in card needs."""
    for module in ("studytui.quiz.paper", "studytui.deck.recast_siblings", "studytui.deck.recast_values"):
        importlib.import_module(module)
    from reference_impl.catalogue import references

    for reference in references():
        _ = reference.quick_witnesses
    importlib.import_module("numpy")
