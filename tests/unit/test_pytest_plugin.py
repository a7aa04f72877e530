"""`pytest decks/`: cards as test items, failures as findings, and nothing for people who have no decks."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

GOOD = "# T\n\n## Good {#good}\n\nYes.\n\n## Two gaps {#gaps .cloze}\n\n==One== and ==two==.\n"
BAD = GOOD + "\n## Bad {#bad}\n\n- [ ] no\n- [ ] never\n"
COMPUTED = """# T

## Out {#out}

{n} wide?

```toml
answer = "convolution.output_size(n, 3, 1, 1)"
[given]
n = "5..9"
```

{answer}
"""


@pytest.fixture(autouse=True)
def _without_asyncio(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    """Inner runs have their own settings, without asyncio's; textual-snapshot has one folder for all runs."""
    pytester.makeini("[pytest]\n")
    monkeypatch.setenv("PYTEST_ADDOPTS", "-p no:asyncio -p no:textual-snapshot")


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Path:
    """A folder called decks in an empty project."""
    return pytester.mkdir("decks")


def test_each_card_is_an_item_named_by_its_id(pytester: pytest.Pytester, folder: Path) -> None:
    (folder / "one.md").write_text(GOOD)
    result = pytester.runpytest("--collect-only", "-q")
    result.stdout.fnmatch_lines(["decks/one.md::(deck)", "decks/one.md::good", "decks/one.md::gaps"])
    pytester.runpytest().assert_outcomes(passed=3)


def test_a_failure_is_a_line_without_traceback(pytester: pytest.Pytester, folder: Path) -> None:
    (folder / "one.md").write_text(BAD)
    result = pytester.runpytest()
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(["*decks/one.md:13: error no-correct-option: no option is right*"])
    result.stdout.no_fnmatch_line("*Traceback*")
    result.stdout.no_fnmatch_line("*DeckError*raise*")


def test_what_belongs_to_no_card_fails_the_file(pytester: pytest.Pytester, folder: Path) -> None:
    (folder / "one.md").write_text(GOOD.replace("# T\n", "\n", 1) + "\n## Good {#good}\n\nAgain.\n")
    result = pytester.runpytest()
    result.assert_outcomes(passed=2, failed=1)
    result.stdout.fnmatch_lines(["*error no-title*", "*error duplicate-id*"])


def test_a_translation_is_tried_with_its_deck(pytester: pytest.Pytester, folder: Path) -> None:
    (folder / "one.md").write_text(GOOD)
    (folder / "one.ko.md").write_text("# 티\n\n## 빈칸 {#gaps}\n\n==하나==.\n\n## 없음 {#gone}\n\n없다.\n")
    result = pytester.runpytest()
    result.assert_outcomes(passed=1, failed=2)
    result.stdout.fnmatch_lines(["*one.ko.md:7: error translation-orphan*", "*one.ko.md:3: error translation-differs*"])


def test_variants_can_be_asked_for(pytester: pytest.Pytester, folder: Path) -> None:
    (folder / "one.md").write_text(COMPUTED)
    pytester.runpytest("--deck-variants", "5").assert_outcomes(passed=2)
    (folder / "one.md").write_text(COMPUTED.replace("(n, 3, 1, 1)", "(n, 3) / (n - 7)"))
    result = pytester.runpytest("--deck-variants", "40", "--deck-witnesses", "brute-force")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*outside-domain: this divides by zero (for n 7)*"])


def test_other_markdown_is_left_alone(pytester: pytest.Pytester, folder: Path) -> None:
    (folder / "README.md").write_text(BAD)
    (folder / "slides.md").write_text("# Slides\n\n## First slide\n\nWords.\n")
    docs = pytester.mkdir("docs")
    (docs / "page.md").write_text(BAD)
    assert pytester.runpytest().ret == pytest.ExitCode.NO_TESTS_COLLECTED


def test_a_file_that_is_named_is_a_deck(pytester: pytest.Pytester) -> None:
    docs = pytester.mkdir("docs")
    (docs / "page.md").write_text(GOOD)
    pytester.runpytest("docs/page.md").assert_outcomes(passed=3)
    pytester.runpytest("docs/page.md::good").assert_outcomes(passed=1)


def test_an_option_names_other_folders(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\nstudytui_decks = cards\n")
    cards = pytester.mkdir("cards")
    (cards / "plain.md").write_text("# T\n\n## Question\n\nAnswer.\n")
    pytester.runpytest().assert_outcomes(passed=2)


def test_it_works_with_xdist(pytester: pytest.Pytester, folder: Path) -> None:
    (folder / "one.md").write_text(BAD)
    pytester.runpytest("-n", "1", "-p", "xdist").assert_outcomes(passed=3, failed=1)


def test_the_plugin_is_light(pytester: pytest.Pytester) -> None:
    code = (
        "import sys, studytui.pytest_plugin;"
        "print(*[n for n in sys.modules if n.startswith(('studytui.deck', 'markdown_it', 'numpy', 'reference_impl'))])"
    )
    result = pytester.runpython_c(code)
    assert result.outlines == [""]
