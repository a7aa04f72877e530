"""`studytui check`: everything that is wrong with decks, found by reading them and by trying every card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.deck.codes import Findings
from studytui.deck.files import DeckFile, deck_files
from studytui.deck.load import Loaded, load_file
from studytui.deck.model import Finding, Level
from studytui.deck.registry import kind_of
from studytui.deck.trial import Trial
from studytui.frozen import frozen

if TYPE_CHECKING:
    from studytui.deck.model import Card
    from studytui.deck.trial import Witnesses


@frozen
class Report:
    """What a check did and found: cards tried, variants drawn, findings in the order of files and lines."""

    cards: int
    variants: int
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        """How many findings are errors."""
        return sum(finding.level is Level.ERROR for finding in self.findings)


def check(paths: Iterable[str | Path], *, variants: int = 200, witnesses: Witnesses = "brute-force") -> Report:
    """Checks the decks among files and below folders, `variants` draws for each computed card.

    With `witnesses="all"` PyTorch is heard, too, on a few variants of each card. Nothing is raised for what is wrong
    with a deck, or with a path.
    """
    trial = Trial(variants, witnesses)
    cards = 0
    found: list[Finding] = []
    decks: dict[str, str] = {}
    for each in _files(paths, found):
        loaded = load_file(each)
        first = decks.setdefault(loaded.deck.id, loaded.deck.file)
        if first != loaded.deck.file:
            message = f'{first} has the deck id “{loaded.deck.id}” already: write id = "…" in this deck\'s settings'
            found.append(Finding(loaded.deck.file, 1, "duplicate-deck", message))
        found += check_deck(loaded, trial)
        cards += len(loaded.deck.cards)
    return Report(cards, trial.drawn, tuple(found))


def check_deck(loaded: Loaded, trial: Trial) -> list[Finding]:
    """The findings of one deck: those of reading it, of naming its cards, and of trying each."""
    deck = loaded.deck
    findings = Findings(deck.file)
    for draft in loaded.drafts.values():
        if not draft.named:
            message = (
                f"the card has no id: write {{#{draft.id.partition('/')[2]}}} behind the heading, or run check --fix"
            )
            findings.add(draft.line, "no-id", message, draft.id)
    for card in deck.cards:
        check_card(card, trial, findings)
    for language, cards in deck.translations.items():
        own = Findings(str(next((Path(card.file) for card in cards.values()), Path(f"{deck.id}.{language}.md"))))
        for card in cards.values():
            if card.kind != "computed":  # the data are the deck's, and were tried there
                check_card(card, Trial(1), own)
        findings.extend(own.found)
    return sorted(
        [*deck.findings, *findings.found], key=lambda finding: (finding.file != deck.file, finding.file, finding.line)
    )


def check_card(card: Card, trial: Trial, findings: Findings) -> None:
    """Tries one card."""
    kind_of(card.kind).check(card, trial, findings)


def _files(paths: Iterable[str | Path], found: list[Finding]) -> Iterator[DeckFile]:
    """The deck files; paths that give none are findings."""
    for path in map(Path, paths):
        files = list(deck_files([path]))
        if not path.exists():
            message = "there is no such file or folder: check the path"
            found.append(Finding(str(path), 0, "missing-file", message))
        elif not files:
            message = "the folder holds no decks (*.md): name the folder where they are"
            found.append(Finding(str(path), 0, "no-decks", message))
        yield from files
