"""What `studytui quiz --print` adds to the command and writes: a paper and its key, or a file for a question bank."""

from __future__ import annotations

import contextlib
import functools
from pathlib import Path
from typing import TYPE_CHECKING

import click

from studytui.frozen import frozen
from studytui.problems import Problem
from studytui.text import clean_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from studytui.desk import Desk
    from studytui.quiz.paper import Paper
    from studytui.quiz.plan import Plan

#: The formats, each with the endings that its files may have.
FORMATS: Mapping[str, tuple[str, ...]] = {"markdown": (".md",), "gift": (".txt", ".gift"), "moodle": (".xml",)}
#: Those that only a paper can have.
BANKS = ("gift", "moodle")
MOST_VARIANTS = 100


@frozen
class Printing:
    """What was chosen for a paper that is printed. Without `output` it goes to stdout; notes go to stderr."""

    form: str = "text"
    output: Path | None = None
    variants: int | None = None
    language: str | None = None

    def check(self) -> None:
        """Raises Problem for what cannot be written, before any question is drawn."""
        if self._form not in FORMATS:
            raise Problem(f"a paper is not printed as {self._form}: choose --format {', '.join(FORMATS)}")
        if self._form == "markdown" and self.variants is not None:
            raise Problem("a printed paper asks each card once: --variants is for --format gift and moodle")
        if self.output is not None and self.output.suffix.lower() not in FORMATS[self._form]:
            right = f"{self.output.stem or 'quiz'}{FORMATS[self._form][0]}"
            raise Problem(f"{self.output}: {self._form} is not written to such a file: name it {right}")

    def write(self, desk: Desk, plan: Plan) -> None:
        """Draws and writes a paper. Markdown goes to NAME.md and NAME-key.md, or to stdout with the key behind.

        Raises Problem when there is nothing to ask, or when it cannot be written; then no file is left.
        """
        from studytui.quiz.paper import draw_paper

        paper = draw_paper(plan, desk.papers.pool(self._spoken(desk)))
        for notice in paper.notices:
            _note(notice)
        files = self._paper(paper) if self._form == "markdown" else {self.output: self._bank(paper)}
        _write(files)

    def _spoken(self, desk: Desk) -> str | None:
        """The language of the paper; None is the learner's. `en` is what decks are written in by themselves."""
        known = desk.decks.languages
        if self.language is not None and self.language not in {"en", *known}:
            others = f"{', '.join(known)}, or en" if known else "en"
            shown = clean_line(self.language)[:20]
            raise Problem(f"no open deck is translated into “{shown}”: choose {others} for the decks' own words")
        return self.language

    @property
    def _form(self) -> str:
        return "markdown" if self.form == "text" else self.form

    def _paper(self, paper: Paper) -> Mapping[Path | None, str]:
        from studytui.interchange import paper_markdown

        asked = (paper.questions, paper.header, paper.language)
        if self.output is None:
            return {None: paper_markdown.paper_and_key(*asked)}
        key = self.output.with_stem(f"{self.output.stem}-key")
        return {self.output: paper_markdown.paper(*asked), key: paper_markdown.key(*asked)}

    def _bank(self, paper: Paper) -> str:
        from studytui.interchange.draws import drawn
        from studytui.interchange.gift import gift
        from studytui.interchange.moodle import moodle_xml

        draws = drawn(paper.questions, self.variants or 1)
        titles = {question.card.deck: paper.title(question.card.deck) for question in paper.questions}
        exported = (gift if self._form == "gift" else moodle_xml)(draws.questions, titles, paper.language)
        for note in dict.fromkeys((*draws.notes, *exported.left_out)):
            _note(note)
        if len(exported.left_out) == len(draws.questions):
            raise Problem(f"no question of this paper has a form in {self._form}: nothing is written")
        return exported.text


def printing(command: Callable[..., None]) -> Callable[..., None]:
    """Adds the options of `--print` to the quiz command, which gets them together as `printed`, None without it.

    The command has `--format` and `--output` of its own.
    """

    @click.option("--print", "on_paper", is_flag=True, help="Print the paper and its key instead of asking it.")
    @click.option(
        "--variants",
        type=click.IntRange(1, MOST_VARIANTS),
        help="With --print to a question bank: so many draws of each computed card.",
    )
    @click.option("--language", metavar="CODE", help="With --print: such as ko; default: as in the settings.")
    @functools.wraps(command)
    def with_printing(
        *args: object,
        form: str,
        on_paper: bool,
        output: Path | None,
        variants: int | None,
        language: str | None,
        **options: object,
    ) -> None:
        printed = Printing(form, output, variants, language) if on_paper else None
        if printed is not None:
            printed.check()
        elif variants is not None or language is not None:
            raise Problem("--variants and --language are for a paper that is printed: add --print")
        elif form in BANKS:
            raise Problem(f"a quiz is not taken as {form}: add --print to have its paper as {form}")
        command(*args, form=form, output=output, printed=printed, **options)

    return with_printing


def _write(files: Mapping[Path | None, str]) -> None:
    """Writes all the files or none of them; None is stdout."""
    from studytui.interchange.files import created

    with contextlib.ExitStack() as stack:
        for path, text in files.items():
            if path is None:
                click.echo(text, nl=False)
            else:
                stack.enter_context(created(path)).write(text.encode())
    for path in files:
        if path is not None:
            _note(f"wrote {path}")


def _note(words: str) -> None:
    click.echo(f"studytui: {words}", err=True)
