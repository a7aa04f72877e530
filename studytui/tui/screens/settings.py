"""The settings screen: all settings under a cursor. What is changed is written into the learner's file at once."""

from __future__ import annotations

from functools import partial
from itertools import takewhile
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.screen import Screen

from studytui.problems import Problem
from studytui.settings.choosing import Key, Line, Offer, lines, stepped
from studytui.settings.kinds import KeyNames, OneOf, Parameters, YesNo
from studytui.settings.naming import plain, typed
from studytui.settings.reading import Reading, examine
from studytui.tui.doing import doing, waits
from studytui.tui.keys import key, own_keys
from studytui.tui.reporting import reporting, show_problems
from studytui.tui.screens.settings_rows import about_rows, settings_rows, typed_words
from studytui.tui.widgets.about_bar import AboutBar
from studytui.tui.widgets.answer_field import AnswerField
from studytui.tui.widgets.bars import KeyBar, TitleBar
from studytui.tui.widgets.card_view import CardView

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from studytui.deck.library import Library
    from studytui.desk import Desk
    from studytui.face import Row
    from studytui.fitting.requests import Answer
    from studytui.settings.reading import Place
    from studytui.tui.app import StudyApp
    from studytui.tui.doing import Tell


_STAYING = "Cancelled: the settings stay, and the decks are read when you leave this page."
_CANCELLED = "Cancelled: the settings stay, and the due dates follow them when you leave this page."


class SettingsScreen(Screen[None]):
    """The file says what holds; here is only what is under the cursor, and what is being typed."""

    DEFAULT_CSS = """
    SettingsScreen AnswerField { dock: bottom; margin: 0 0 4 0; display: none; }
    SettingsScreen.typing AnswerField { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        key("settings.press", "space", "press", "change", "The next of a few, or open and close what is below"),
        key("settings.enter", "enter", "enter", "type", "Type a value, press a key, or open what is below"),
        key("settings.more", "right,l", "change(1)", "more", "More, later, or the next of a few", show=False),
        key("settings.less", "left,h", "change(-1)", "less", "Less, earlier, or the one before", show=False),
        key("settings.default", "d,backspace,delete", "default", "default", "Put the default back"),
        key("settings.add", "a", "add", "add a key", "Set one more key for this"),
        key("settings.down", "down,j", "move(1)", "down", "Next setting", show=False),
        key("settings.up", "up,k", "move(-1)", "up", "Setting before", show=False),
        key("settings.page_down", "pagedown,ctrl+d", "move(10)", "page down", "Ten settings on", show=False),
        key("settings.page_up", "pageup,ctrl+u", "move(-10)", "page up", "Ten settings back", show=False),
        key("settings.write", "w", "write", "write all", "Put every setting into the file, as comments", show=False),
        key("settings.edit", "e", "edit", "edit", "Open the file in $EDITOR, at this setting"),
        key("settings.cancel", "escape", "cancel", "cancel", "Leave the value as it is"),
        key("settings.leave", "escape,q", "leave", "back", "Back to the screen below; everything is written"),
        key("settings.help", "question_mark,f1", "app.help", "help", "All keys and words"),
    ]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        path = desk.settings_file.path
        self._reading = Reading(desk.settings) if path is None else examine(path)
        self._lines = lines(desk.settings, self._reading, Offer(), ())
        self._cursor = 0
        self._unfolded: set[Place] = set()
        self._typing = False
        self._problem = ""

    @property
    def _study_app(self) -> StudyApp:
        return cast("StudyApp", self.app)

    @property
    def here(self) -> Line:
        """The line under the cursor."""
        return self._lines[self._cursor]

    # -- what is shown -------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """The settings, and what is said of one, between two bars."""
        yield TitleBar("Settings")
        yield CardView()
        yield KeyBar()
        yield AboutBar()
        yield AnswerField()

    def on_mount(self) -> None:
        """The first setting is ready to be changed."""
        own_keys(self)
        self.query_one(CardView).focus()
        if self._desk.language != self._desk.settings.language:  # chosen in Study, and kept only at the end else
            self._desk.settings_file.write({("language",): self._desk.language})
        self._read()

    def on_screen_resume(self) -> None:
        """Here for the first time, or back from a page. What is wrong in the file stands at its row already."""
        shown = self._reading.settings.problems
        self._desk.problems[:] = [problem for problem in self._desk.problems if problem not in shown]
        show_problems(self, self._desk.problems)

    def _read(self) -> None:
        """Shows what the file says now."""
        path = self._desk.settings_file.path
        self._reading = examine(path) if path is not None else Reading(self._desk.settings)
        self._renew()

    def _renew(self) -> None:
        self._lines = lines(self._desk.settings, self._reading, self._offer(), self._unfolded)
        self._cursor = min(self._cursor, len(self._lines) - 1)
        self._show()

    def _offer(self) -> Offer:
        from studytui.tui.rebinding import conflicts, rebindable

        clashing = conflicts(self._study_app.chosen_keys)
        keys = [
            (
                screen.title,
                [Key(each.id, each.keys, each.does, tuple(clashing.get(each.id, ()))) for each in screen.bound],
            )
            for screen in rebindable()
        ]
        decks = [(deck, self._desk.decks.title(deck)) for deck in self._desk.decks.ids]
        return Offer(decks, keys, self._desk.decks.languages)

    def _show(self) -> None:
        whole = [each for each in self._reading.mistakes if not each.place]
        state = f"✗ {whole[0].words}" if whole else "• differs from the default"
        state = doing(self).words or state
        self.query_one(TitleBar).show("Settings", state if len(state) < self.size.width - 12 else "", "")
        view = self.query_one(CardView)
        within = sum(1 for _ in takewhile(lambda line: line.inside, self._lines[self._cursor + 1 :]))
        view.show(self._rows, keep_scroll=True, below=within if self.here.place in self._unfolded else 0)
        view.reveal_cursor()
        if self._cursor == 0:
            view.scroll_to(y=0, animate=False, immediate=True)
        self.query_one(AboutBar).show(self._about)
        self.refresh_bindings()

    def _rows(self, width: int) -> list[Row]:
        return settings_rows(self._lines, self._cursor, self._unfolded, width)

    def _about(self, width: int) -> list[Row]:
        from studytui.face import sentence

        whole = next((each.words for each in self._reading.mistakes if not each.place), "")
        if self._problem or whole:
            return sentence(f"✗ {self._problem or whole}", width, "wrong")
        return about_rows(self.here, width)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """Only what can be done with the setting under the cursor."""
        if action == "cancel" or self._typing:
            return self._typing and action == "cancel"
        line, setting = self.here, self.here.setting
        kind = None if setting is None else setting.kind
        possible = {
            "press": kind is None or self._steps(line),
            "change": kind is None or self._steps(line),
            "enter": not isinstance(kind, Parameters | OneOf | YesNo),
            "default": kind is not None and (line.changed or bool(line.mistake) or self._is_named(line)),
            "add": isinstance(kind, KeyNames),
            "edit": self._desk.settings_file.path is not None,
            "write": self._desk.settings_file.path is not None,
        }
        return possible.get(action, True)

    def _is_named(self, line: Line) -> bool:
        """Whether the file has a line for a setting, be it the default."""
        return bool(self._reading.line_of(line.place))

    def _steps(self, line: Line) -> bool:
        return stepped(line, 1, self._desk.decks.languages) is not None

    # -- the cursor ----------------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """Another setting; one step goes round the ends, ten stop there."""
        there = self._cursor + by
        self._go(there % len(self._lines) if abs(by) == 1 else min(max(there, 0), len(self._lines) - 1))

    def _go(self, cursor: int) -> None:
        self._cursor, self._problem = cursor, ""
        self._show()

    def action_row(self, row: int) -> None:
        """A row was clicked: the first click goes there, the next one changes it."""
        if row != self._cursor:
            self._go(row)
        elif self.check_action("press", ()):
            self.action_press()
        elif self.check_action("enter", ()):
            self.action_enter()

    async def on_card_view_pressed(self, event: CardView.Pressed) -> None:
        """A row was clicked."""
        if not self._typing:
            await self.run_action(event.action)

    # -- changing ------------------------------------------------------------------------------------------------------

    @waits
    def action_press(self) -> None:
        """Space."""
        if self.here.setting is None:
            self._fold(is_open=self.here.place not in self._unfolded)
        else:
            self.action_change(1)

    @waits
    def action_change(self, by: int) -> None:
        """One step on or back."""
        if self.here.setting is None:
            self._fold(is_open=by > 0)
            return
        value = stepped(self.here, by, self._desk.decks.languages)
        if value is not None and value != self.here.held:
            self._set(value)

    def _fold(self, *, is_open: bool) -> None:
        (self._unfolded.add if is_open else self._unfolded.discard)(self.here.place)
        self._problem = ""
        self._renew()

    @waits
    def action_default(self) -> None:
        """The default holds again: the setting is taken out of the file."""
        self._write({self.here.place: None})

    @waits
    def action_enter(self) -> None:
        """A value is typed, a key is pressed, or a line opens."""
        line = self.here
        if line.setting is None:
            self._fold(is_open=line.place not in self._unfolded)
        elif isinstance(line.setting.kind, KeyNames):
            self._ask_key(beside=False)
        else:
            self._begin_typing(typed_words(line))

    @waits
    def action_add(self) -> None:
        """One more key."""
        self._ask_key(beside=True)

    def _ask_key(self, *, beside: bool) -> None:
        from studytui.tui.screens.press_key import PressKeyScreen

        assert self.here.setting is not None  # noqa: S101 - the keys' check
        self.app.push_screen(
            PressKeyScreen(self.here.setting.help, beside=beside), partial(self._take_key, beside=beside)
        )

    def _take_key(self, name: str | None, *, beside: bool) -> None:
        if not name:
            return
        keys = [each for each in self.here.held.split(",") if each] if beside else []
        if name not in keys:
            self._set(",".join([*keys, name]))

    # -- typing --------------------------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        """A digit begins a value, if it is no key of the screen."""
        free = event.is_printable and event.key not in self._bindings.key_to_bindings
        if free and not self._typing and event.character and event.character.isdigit():
            takes = self.here.setting is not None and self.check_action("enter", ()) and not self._takes_keys
            if takes and not doing(self).waits():
                self._begin_typing(event.character)
            event.stop()

    @property
    def _takes_keys(self) -> bool:
        return self.here.setting is not None and isinstance(self.here.setting.kind, KeyNames)

    def _begin_typing(self, text: str) -> None:
        field = self.query_one(AnswerField)
        field.value = text
        field.cursor_position = len(text)
        self._typing = True
        self.set_class(True, "typing")  # noqa: FBT003 - Textual's
        field.focus()
        self._show()

    def on_answer_field_entered(self, event: AnswerField.Entered) -> None:
        """What was typed is taken, or what is wrong with it is said, and it can be mended."""
        event.stop()
        assert self.here.setting is not None  # noqa: S101 - only such lines are typed
        try:
            value = typed(self.here.setting, event.text)
        except Problem as problem:
            self._problem = str(problem)
            self._show()
            return
        self.action_cancel()
        self._set(value)

    def action_cancel(self) -> None:
        """Nothing is typed any more."""
        self._typing, self._problem = False, ""
        self.set_class(False, "typing")  # noqa: FBT003 - Textual's
        self.query_one(CardView).focus()
        self._show()

    # -- writing -------------------------------------------------------------------------------------------------------

    def _set(self, value: Any) -> None:
        """Writes a value. The default needs no line; where the file has one already, it stays."""
        line = self.here
        assert line.setting is not None  # noqa: S101 - what folds has no value
        needless = value == line.default and not self._is_named(line)
        self._write({line.place: None if needless else plain(line.setting, value)})

    def _write(self, values: dict[Place, Any]) -> None:
        why = self._desk.settings_file.write(values)
        self._problem = f"{why}; nothing was changed" if why else ""
        if not why:
            self._take_effect({place[0] for place in values})
        self._read()

    def _take_effect(self, names: set[str]) -> None:
        if "theme" in names:
            self.app.theme = self._desk.settings.theme
        if "keys" in names:
            self._study_app.choose_keys()

    @waits
    def action_write(self) -> None:
        """Every setting that the file does not name is put in as a comment."""
        from studytui.settings.commented import commented
        from studytui.settings.writing import change

        path = self._desk.settings_file.path
        if path is not None:
            why, changed = change(path, commented)
            words = "every setting stands in it, as a comment" if changed else "every setting stands in it already"
            self.notify(why or f"{path}: {words}", severity="warning" if why else "information", markup=False)
            self._read()

    @waits
    def action_edit(self) -> None:
        """The file in $EDITOR; what was changed there takes effect as here."""
        from studytui.tui.editor import edited

        path = self._desk.settings_file.path
        if path is None:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        if edited(self, str(path), self._reading.line_of(self.here.place) or 1):
            names = {line.place[0] for line in self._lines}
            self._desk.settings_file.take(names)
            self._take_effect(names)
            self._read()

    # -- leaving -------------------------------------------------------------------------------------------------------

    def action_leave(self) -> None:
        """Back; where the schedule is another now, the memory of all cards is computed before, beside the screen."""
        from studytui.fitting.requests import Reschedule
        from studytui.tui.doing import answering

        if doing(self).end():
            return
        if not self._desk.decks.are_as_set:
            library = self._desk.decks.others()

            def read(tell: Tell) -> Library:
                self._desk.decks.register_apart(library, tell)
                return library

            doing(self).begin(self, "Reading the decks", read, self._show, self._decks_read, _STAYING)
            return
        if self._desk.schedule.is_as_set:
            self._leave()
            return
        request = Reschedule(self._desk.journal_file, self._desk.settings)
        what = "Computing the memory of all cards"
        doing(self).begin(self, what, answering(request), self._show, self._rescheduled, _CANCELLED)

    def _decks_read(self, library: Library | None) -> None:
        if library is not None:
            with reporting(self):
                self._desk.decks.take(library)
                self.action_leave()

    def on_unmount(self) -> None:
        """No process outlives the screen."""
        doing(self).leave()

    def _rescheduled(self, _: Answer | None) -> None:
        with reporting(self):
            if self._desk.schedule.take():  # even one that was ended in its last moment
                self.app.notify("Every due date follows the new settings.", markup=False)
                self._leave()

    def _leave(self) -> None:
        """Back to home, or out of a program that began here."""
        if len(self.app.screen_stack) > 1:
            self.dismiss()
        else:
            self.app.exit()
