"""`pytest decks/`: each card of a deck is a test, named by its id; a failure is its findings, one line each.

Which files are decks: those named on the command line; those below a folder that the ini option `studytui_decks`
names; and `*.md` files in a folder called `decks` that hold a card id (`{#…}`) or a `toml` fence. Other Markdown is
left alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from studytui.deck.load import Loaded
    from studytui.deck.model import Card, Finding

#: The item that stands for what is wrong with a file and belongs to no card.
FILE_ITEM = "(deck)"

_DECK_LIKE = re.compile(rb"^##? .*\{#|^ {0,3}(?:```|~~~) *toml\b", re.MULTILINE)
_LOOK_AT = 256 * 1024


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--deck-variants`, `--deck-witnesses` and the ini option `studytui_decks`."""
    group = parser.getgroup("studytui", "decks of StudyTUI")
    group.addoption(
        "--deck-variants",
        type=int,
        default=50,
        metavar="N",
        help="variants drawn for each computed card (default: 50)",
    )
    group.addoption(
        "--deck-witnesses",
        choices=["brute-force", "all"],
        default="brute-force",
        help="which witnesses confirm computed answers; all includes PyTorch (default: brute-force)",
    )
    parser.addini(
        "studytui_decks", "folders, relative to the root, whose *.md files are decks", type="args", default=[]
    )


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """A deck file becomes a collector of its cards; a translation belongs to its deck."""
    if file_path.suffix != ".md" or not _is_deck(file_path, parent):
        return None
    return DeckCollector.from_parent(parent, path=file_path)


def _is_deck(path: Path, parent: pytest.Collector) -> bool:
    from studytui.deck.files import NOT_DECKS, language_of

    translation = language_of(path.name)
    if translation is not None and (path.parent / translation[0]).exists():
        return False
    if parent.session.isinitpath(path):
        return True
    if path.stem.lower() in NOT_DECKS:
        return False
    config = parent.config
    if any((config.rootpath / folder) in path.parents for folder in config.getini("studytui_decks")):
        return True
    return any(folder.name == "decks" for folder in path.parents) and _looks_like_a_deck(path)


def _looks_like_a_deck(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return _DECK_LIKE.search(file.read(_LOOK_AT)) is not None
    except OSError:
        return False


class DeckCollector(pytest.File):
    """One deck file: an item for the file as a whole, and one for each card, good or broken."""

    def collect(self) -> Iterator[pytest.Item]:
        """The items, in the order of the file."""
        from studytui.deck.files import DeckFile, translations_of
        from studytui.deck.load import load_file

        loaded = load_file(DeckFile(self.path, translations_of(self.path)))
        yield CardItem.from_parent(self, name=FILE_ITEM, loaded=loaded, cards=(), card_id=None)
        by_section: dict[str, list[Card]] = {card_id: [] for card_id in loaded.drafts}
        for card in loaded.deck.cards:
            by_section.setdefault(card.family or card.id, []).append(card)
        for card_id, cards in by_section.items():
            name = card_id.partition("/")[2]
            yield CardItem.from_parent(self, name=name, loaded=loaded, cards=tuple(cards), card_id=card_id)


class CardItem(pytest.Item):
    """The cards of one section, tried as `studytui check` tries them; or the file's own findings."""

    def __init__(self, *, loaded: Loaded, cards: Sequence[Card], card_id: str | None, **kwargs: object) -> None:
        super().__init__(**kwargs)  # type: ignore[arg-type]  # name and parent, as pytest hands them on
        self._loaded, self._cards, self._card_id = loaded, cards, card_id

    def runtest(self) -> None:
        """Raises DeckError when there is an error among the findings."""
        from studytui.deck.model import Level

        found = self._findings()
        errors = [finding for finding in found if finding.level is Level.ERROR]
        if errors:
            raise DeckError("\n".join(map(str, found)))

    def _findings(self) -> list[Finding]:
        from studytui.deck.check import check_card
        from studytui.deck.codes import Findings
        from studytui.deck.trial import Trial

        trial = Trial(self.config.getoption("--deck-variants"), self.config.getoption("--deck-witnesses"))
        findings = Findings(self._loaded.deck.file)
        for card in self._cards:
            check_card(card, trial, findings)
        read = [finding for finding in self._loaded.deck.findings if self._concerns(finding)]
        return [*read, *findings.found]

    def _concerns(self, finding: Finding) -> bool:
        """Whether a finding of reading the file is this item's."""
        mine = finding.card == self._card_id
        orphan = self._card_id is None and finding.card not in self._loaded.drafts
        return mine or orphan or finding.card in {card.id for card in self._cards}

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """The findings as lines; a traceback only for what is no finding."""
        if isinstance(excinfo.value, DeckError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo, style))  # type: ignore[arg-type]  # pytest's own choice of style

    def reportinfo(self) -> tuple[Path, int, str]:
        """The card's place in the file; pytest counts lines from 0."""
        draft = self._loaded.drafts.get(self._card_id or "")
        return self.path, draft.line - 1 if draft is not None else 0, f"{self.path.stem}/{self.name}"


class DeckError(Exception):
    """A card, or a file, with an error among its findings; the text is one line a finding."""
