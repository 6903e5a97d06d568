"""The host's form: what the room is opened with, and the buttons that open and close it.

Only a password must be typed. While the room is open the form makes room for what matters then.
"""

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from tkinter import Misc, ttk
from typing import Any, NamedTuple, Protocol

from chatroom import forms, problems, words
from chatroom.archive.troubles import Trouble
from chatroom.network.driver import Driver
from chatroom.network.sockets import NoSocket
from chatroom.protocol.addresses import Network, parse_networks
from chatroom.server.room import Room
from chatroom.windows import cards, elided, fields, mnemonics, theme
from chatroom.words.host_form import RoomForm


class Stage(Enum):
    """What the server is doing."""

    STOPPED = auto()
    STARTING = auto()
    RUNNING = auto()
    STOPPING = auto()


PILLS = {
    Stage.STOPPED: ("Idle", RoomForm.STOPPED),
    Stage.STARTING: ("Busy", RoomForm.STARTING),
    Stage.RUNNING: ("Good", RoomForm.RUNNING),
    Stage.STOPPING: ("Busy", RoomForm.STOPPING),
}


class Values(NamedTuple):
    """What stands in the form, checked."""

    host: str
    port: int
    password: str
    allowed: list[Network]
    archive: Path
    room: str
    name: str
    """Under which the host speaks."""


class Filled(NamedTuple):
    """What stands in the form as it was typed: it begins so, and is made anew so."""

    host: str
    port: str
    password: str
    allowed: str
    archive: str
    room: str
    name: str
    opened: tuple[bool, bool] = (False, False)
    """Whether the less needed is shown, before the room is open and while it is."""


OpenRoom = Callable[[str, int, str, Path, str], Driver[Room]]
"""`open_room(host, port, password, archive, room)` returns a driver not yet started."""


class Actions(Protocol):
    """What the buttons do; nobody calls them with a value that is not good."""

    def start(self, values: Values) -> None: ...
    def stop(self) -> None: ...
    def change_password(self, password: str) -> None: ...
    def allow_only(self, networks: list[Network]) -> None: ...


class HostForm(cards.Card):
    """Fields that stay filled, whatever becomes of what stands in them."""

    def __init__(self, parent: Misc, actions: Actions, filled: Filled) -> None:
        """Fill the form with what was given; the keyboard is where something is missing."""
        super().__init__(parent, RoomForm.TITLE())
        self._actions = actions
        self._px = theme.of(self).px
        self._stage = Stage.STOPPED
        self._opened = list(filled.opened)
        self._pill = cards.Pill(self.head)
        self._pill.pack(side="right")
        self._make_fields(filled)
        self.show(Stage.STOPPED)
        self.take_keyboard()

    def filled(self) -> Filled:
        """Return what stands in the fields, right or wrong."""
        texts: list[Any] = [field.text.get() for field in self._fields()]
        return Filled._make([*texts, (self._opened[False], self._opened[True])])

    def take_keyboard(self) -> None:
        """Have the keyboard where the host goes on: at the password, or at the button."""
        if self._stage is Stage.STOPPED:
            is_missing = not self._password.text.get()
            (self._password.entry if is_missing else self._start_button).focus_set()
        else:
            self._more.focus_set()

    def show(self, stage: Stage) -> None:
        """Say what the server does, and let the host do what can be done meanwhile."""
        self._stage = stage
        stopped, running = stage is Stage.STOPPED, stage is Stage.RUNNING
        for field in (self._host, self._port, self._archive, self._room, self._name):
            field.enable(stopped)
        for field in (self._password, self._allowed):
            field.enable(stopped or running)
        for button in (self._change, self._apply, self._stop_button):
            _enable(button, running)
        _enable(self._start_button, stopped)
        mood, text = PILLS[stage]
        self._pill.show(mood, text())
        self.title.say(self._room.text.get() if self._is_running() else RoomForm.TITLE())
        self._figures.say("")
        self._arrange()
        if self._has_lost_keyboard():
            self.take_keyboard()

    def show_read(self, percent: int) -> None:
        """Say how much of a long archive has been read."""
        self._pill.show("Busy", RoomForm.READING(percent=percent))

    def show_running(self, since: str, others: int, messages: int) -> None:
        """Say since when the server runs ("14:02"), who is there beside the host, and how much."""
        self._pill.show("Good", RoomForm.RUNNING_SINCE(since=since))
        people = RoomForm.OTHERS(count=others) if others else RoomForm.ALONE()
        self._figures.say(f"{people}  \u00b7  {RoomForm.MESSAGES(count=messages)}")

    def show_failure(self, problem: problems.Problem) -> None:
        """Say why the room could not be opened, at the field that can mend it if there is one."""
        field = self._field_of(problem)
        if field is None:
            self.show_problem(words.explain(problem))
        else:
            field.show_wrong(words.explain(problem))
            self._go_to(field)

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong, or "" for nothing."""
        self._say(sentence, "Alarm.TLabel")

    def show_done(self, sentence: str) -> None:
        """Say what was done."""
        self._say(sentence, "Faded.TLabel")

    # What the buttons do ---------------------------------------------------------------

    def _start(self) -> None:
        values = self._read(*self._fields())
        if values is not None:
            self._actions.start(Values(*values))

    def _change_password(self) -> None:
        values = self._read(self._password)
        if values is not None:
            self._actions.change_password(*values)

    def _apply_allowed(self) -> None:
        values = self._read(self._allowed)
        if values is not None:
            self._actions.allow_only(*values)

    def _open_or_close(self) -> None:
        running = self._is_running()
        self._opened[running] = not self._opened[running]
        self._arrange()

    # ----------------------------------------------------------------------------------

    def _fields(self) -> tuple[fields.Field, ...]:
        """Return the fields in the order of `Values` and `Filled`."""
        first = self._host, self._port, self._password, self._allowed
        return *first, self._archive, self._room, self._name

    def _read(self, *asked: fields.Field) -> list[Any] | None:
        """Return the value of each field; None, and go to the first one that is wrong."""
        values, wrong = [], []
        self.show_problem("")
        for field in asked:
            try:
                values.append(field.read())
            except problems.WrongInput:
                wrong.append(field)
        if wrong:
            self._go_to(*wrong)
        return None if wrong else values

    def _field_of(self, problem: problems.Problem) -> fields.Field | None:
        """Return the field in which a problem can be mended."""
        match problem.reason:
            case NoSocket.PORT_IN_USE | NoSocket.PORT_FORBIDDEN:
                return self._port
            case NoSocket.ADDRESS_NOT_OURS:
                return self._host
            case Trouble():
                return self._archive
        return None

    def _go_to(self, *wrong: fields.Field) -> None:
        """Show these fields, and have the keyboard in the first of them."""
        if not all(field.grid_info() for field in wrong):
            self._open_or_close()
        first = min(wrong, key=self.body.winfo_children().index)
        first.entry.focus_set()

    def _has_lost_keyboard(self) -> bool:
        """Tell whether it is here, at something that is not shown or does not work."""
        widget = self.focus_lastfor()
        if not isinstance(widget, ttk.Widget) or not str(widget).startswith(f"{self.body}."):
            return False
        is_shown = widget.winfo_manager() and widget.master.winfo_manager()
        return not is_shown or widget.instate(["disabled"])

    def _is_running(self) -> bool:
        return self._stage in (Stage.RUNNING, Stage.STOPPING)

    def _arrange(self) -> None:
        """Show what is needed now, below each other."""
        running = self._is_running()
        is_open = self._opened[running]
        shown: set[Misc] = {self._line}
        shown |= {self._figures} if running else {self._room, self._name, self._start_button}
        shown |= {self._password} if is_open or not running else set()
        shown |= {self._allowed} if is_open else set()
        shown |= {self._host, self._port, self._archive} if is_open and not running else set()
        shown |= {self._said} if self._said["text"] else set()
        self._line.lift(self._figures if running else self._name)  # for the keyboard, too
        for row, widget in enumerate(self.body.winfo_children()):
            assert isinstance(widget, ttk.Widget)
            if widget in shown:
                widget.grid(row=row, sticky="ew", pady=(self._px(8) if row else 0, 0))
            else:
                widget.grid_remove()
        for button in (self._change, self._apply):
            (button.grid if running else button.grid_remove)()
        self._show_line(running, is_open)

    def _show_line(self, running: bool, is_open: bool) -> None:
        """Show what the button opens, and the one to stop where there is something to stop."""
        look = theme.of(self)
        mnemonics.name(self._more, (RoomForm.ACCESS if running else RoomForm.MORE)())
        self._more.configure(image=look.icon("previous" if is_open else "next", look.c.faded, 16))
        if running:
            self._stop_button.pack(side="right", before=self._more)  # it gets its room first
        else:
            self._stop_button.pack_forget()

    def _say(self, sentence: str, style: str) -> None:
        self._said.configure(text=sentence, style=style)
        self._arrange()

    # Widgets ---------------------------------------------------------------------------

    def _make_fields(self, filled: Filled) -> None:
        """Make all that is in the form, in the order of the keyboard."""
        body, made = self.body, fields.Field
        self._figures = elided.Elided(body, theme.of(self).small, "Faded.TLabel")
        self._password = fields.PasswordField(body, forms.check_password, filled.password)
        self._room = made(body, RoomForm.ROOM(), forms.check_room, filled.room)
        self._name = made(body, RoomForm.NAME(), forms.check_name, filled.name)
        self._make_line()
        hint = RoomForm.HOST_HINT()
        self._host = made(body, RoomForm.HOST(), forms.check_host, filled.host, hint)
        self._port = made(body, RoomForm.PORT(), forms.check_port, filled.port)
        hint = RoomForm.ALLOWED_HINT()
        self._allowed = made(body, RoomForm.ALLOWED(), parse_networks, filled.allowed, hint)
        self._archive = fields.ArchiveField(body, forms.check_archive, filled.archive)
        self._change = self._password.add_button(RoomForm.CHANGE(), self._change_password)
        self._apply = self._allowed.add_button(RoomForm.APPLY(), self._apply_allowed)
        self._said = cards.Wrapping(body, "Faded.TLabel")
        self._start_button = ttk.Button(body, style="Accent.TButton", command=self._start)
        mnemonics.name(self._start_button, RoomForm.START())
        pressed = {self._password: self._change, self._allowed: self._apply}
        for field in self._fields():
            field.on_enter(self._start_button)
            if field in pressed:
                field.on_enter(pressed[field])

    def _make_line(self) -> None:
        """Make the line of what shows more or less, and of what stops."""
        self._line = ttk.Frame(self.body)
        self._more = ttk.Button(
            self._line, style="Ghost.TButton", compound="right", command=self._open_or_close
        )
        self._more.pack(side="left")
        self._stop_button = ttk.Button(
            self._line, style="Plain.TButton", command=self._actions.stop
        )
        mnemonics.name(self._stop_button, RoomForm.STOP())


def _enable(button: ttk.Button, enabled: bool) -> None:
    button.configure(state="normal" if enabled else "disabled")
