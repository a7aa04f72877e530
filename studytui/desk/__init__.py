"""Everything a sitting needs, opened once: one room for the screens and the commands, a module for each thing wanted.

`Desk` opens it all; what it can do is found in its facets: the decks, the day, the cards, search and so on.
"""

from __future__ import annotations

from studytui.desk.desk import Desk
from studytui.desk.schedule import scheduler_of

__all__ = ["Desk", "scheduler_of"]
