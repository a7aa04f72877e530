"""`studytui check`: everything that is wrong with decks, found by reading them and by trying every card."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from studytui.deck.codes import Findings
from studytui.deck.conventions import check_conventions
from studytui.deck.files import DeckFile, deck_files
from studytui.deck.fit import check_fit
from studytui.deck.languages import check_language, untranslated
from studytui.deck.leaks import check_leaks, glosses_of
from studytui.deck.likeness import Questions
from studytui.deck.load import Loaded, load_file
from studytui.deck.model import Finding, Level
from studytui.deck.options import check_habits, check_options
from studytui.deck.registry import kind_of
from studytui.deck.trial import Trial
from studytui.deck.worked import check_worked_translation
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
    languages: dict[str, tuple[str, ...]] = {}
    questions = Questions()
    for each in _files(paths, found):
        loaded = load_file(each)
        first = decks.setdefault(loaded.deck.id, loaded.deck.file)
        if first != loaded.deck.file:
            message = f'{first} has the deck id “{loaded.deck.id}” already: write id = "…" in this deck\'s settings'
            found.append(Finding(loaded.deck.file, 1, "duplicate-deck", message))
        else:
            questions.add(loaded.deck.cards)
        found += check_deck(loaded, trial)
        cards += len(loaded.deck.cards)
        languages[loaded.deck.file] = loaded.deck.languages
    return Report(cards, trial.drawn, _placed(found, [*questions.alike(), *untranslated(languages)]))


def _placed(found: list[Finding], late: list[Finding]) -> tuple[Finding, ...]:
    """The findings with those about all the decks together, which go to the other findings of their files."""
    if not late:
        return tuple(found)
    files = {file: place for place, file in enumerate(dict.fromkeys(finding.file for finding in [*found, *late]))}
    return tuple(sorted([*found, *late], key=lambda finding: (files[finding.file], finding.line)))


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
    trial.shown.clear()
    originals = {card.id: card for card in deck.cards}
    glosses = glosses_of([*deck.cards, *(card for cards in deck.translations.values() for card in cards.values())])
    for card in deck.cards:
        check_card(card, trial, findings)
        check_conventions(deck, card, findings)
        check_leaks(card, glosses, findings)
    check_habits(deck.cards, findings)
    for language, cards in deck.translations.items():
        own = Findings(str(next((Path(card.file) for card in cards.values()), Path(f"{deck.id}.{language}.md"))))
        for card in cards.values():
            if card.kind == "computed":  # the data are the deck's, and were tried there
                check_worked_translation(card, trial.shown.get(card.id, ()), own)
            else:
                check_card(card, Trial(1), own)
            if language == "ko":
                check_conventions(deck, card, own, translated=True)
            check_leaks(card, glosses, own)
            check_language(originals[card.id], card, language, own)
        check_habits(cards.values(), own, places=False)
        findings.extend(own.found)
    return sorted(
        [*deck.findings, *findings.found], key=lambda finding: (finding.file != deck.file, finding.file, finding.line)
    )


def check_card(card: Card, trial: Trial, findings: Findings) -> None:
    """Tries one card, and looks at what it shows."""
    kind_of(card.kind).check(card, trial, findings)
    if card.kind != "computed":  # whose texts differ between variants, and are looked at there
        check_fit(card, findings)
        check_options(card, findings)


def _files(paths: Iterable[str | Path], found: list[Finding]) -> Iterator[DeckFile]:
    """The deck files, each once; paths that give none are findings."""
    seen: set[Path] = set()
    for path in map(Path, paths):
        files = list(deck_files([path]))
        if not path.exists():
            message = "there is no such file or folder: check the path"
            found.append(Finding(str(path), 0, "missing-file", message))
        elif not files:
            message = "the folder holds no decks (*.md): name the folder where they are"
            found.append(Finding(str(path), 0, "no-decks", message))
        yield from (file for file in files if file.path not in seen)
        seen.update(file.path for file in files)
