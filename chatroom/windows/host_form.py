"""The host's form: what the room is opened with, and the buttons that open and close it."""

from collections.abc import Callable
from enum import Enum
from pathlib import Path
from tkinter import BooleanVar, Misc, ttk
from typing import Any, NamedTuple, Protocol

from chatroom import forms, problems, words
from chatroom.network.driver import Driver
from chatroom.protocol.addresses import Network, parse_networks
from chatroom.server.room import Room
from chatroom.windows import cards, theme

DOTS = "\u2022"


class Stage(Enum):
    """What the server is doing, as the host reads it."""

    STOPPED = "Stopped"
    STARTING = "Starting \u2026"
    RUNNING = "Running"
    STOPPING = "Stopping \u2026"


MOODS = {Stage.STOPPED: "Idle", Stage.RUNNING: "Good"}


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
        """Fill the form with what was given."""
        super().__init__(parent, "Room")
        self._actions = actions
        self._px = theme.of(self).px
        self._pill = cards.Pill(self.head)
        self._pill.pack(side="right")
        self._host = self._make_field("IP Address", forms.check_host, filled.host)
        self._make_hint("0.0.0.0 means all addresses of this computer")
        self._port = self._make_field("Port", forms.check_port, filled.port)
        self._password = self._make_field("Password", forms.check_password, filled.password)
        self._make_show_box()
        self._change = self._make_button_beside(self._password, "Change", self._change_password)
        self._allowed = self._make_field("Allow only", parse_networks, filled.allowed)
        self._apply = self._make_button_beside(self._allowed, "Apply", self._apply_allowed)
        self._make_hint("addresses or networks; empty allows everybody")
        self._archive = self._make_field("Archive", forms.check_archive, filled.archive)
        self._room = self._make_field("Room name", forms.check_room, filled.room)
        self._name = self._make_field("Your name", forms.check_name, filled.name)
        self._said = cards.Wrapping(self.body, "Faded.TLabel")
        self._said.grid(columnspan=3, sticky="ew", pady=(self._px(10), 0))
        self._start_button, self._stop_button = self._make_buttons()
        self.show_problem("")

    def filled(self) -> Filled:
        """Return what stands in the fields, right or wrong."""
        return Filled(*(field.get() for field in self._fields()))

    def show(self, stage: Stage) -> None:
        """Say what the server does, and let the host do what can be done meanwhile."""
        stopped, running = stage is Stage.STOPPED, stage is Stage.RUNNING
        for field in (self._host, self._port, self._archive, self._room, self._name):
            _enable(field, stopped)
        for field, button in ((self._password, self._change), (self._allowed, self._apply)):
            _enable(field, stopped or running)
            _enable(button, running)
            _make_room_beside(field, button, running)
        _enable(self._start_button, stopped)
        _enable(self._stop_button, running)
        self._pill.show(MOODS.get(stage, "Busy"), stage.value)

    def show_running(self, port: int, duration: str) -> None:
        """Say at which port the server runs, and for how long."""
        self._pill.show("Good", f"Running on port {port} for {duration}")

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

    def _fields(self) -> "tuple[Field, ...]":
        """Return the fields in the order of `Values` and `Filled`."""
        first = self._host, self._port, self._password, self._allowed
        return *first, self._archive, self._room, self._name

    def _read(self, *fields: "Field") -> list[Any] | None:
        """Return the value of each field; None, and say so, where something is wrong."""
        values: list[Any] = []
        wrongs: list[str] = []
        for field in fields:
            try:
                values.append(field.check(field.get()))
                field.state(["!invalid"])
            except problems.WrongInput as wrong:
                field.state(["invalid"])
                wrongs.append(words.explain(wrong))
        self.show_problem("\n".join(wrongs))
        return None if wrongs else values

    def _say(self, sentence: str, style: str) -> None:
        self._said.configure(text=sentence, style=style)
        if sentence:
            self._said.grid()
        else:
            self._said.grid_remove()

    # Widgets ---------------------------------------------------------------------------

    def _make_field(self, label: str, check: Callable[[str], object], initial: str = "") -> "Field":
        px, row = self._px, self.body.grid_size()[1]
        said = ttk.Label(self.body, text=label, style="Faded.TLabel")
        said.grid(row=row, column=0, sticky="w", padx=px(3), pady=(px(8) if row else 0, px(1)))
        field = Field(self.body, check, initial)
        field.grid(row=row + 1, column=0, columnspan=3, sticky="ew")
        field.bind("<Return>", lambda _: self._start_button.invoke())
        return field

    def _make_hint(self, text: str) -> None:
        hint = cards.Wrapping(self.body, "Tiny.TLabel", text)
        hint.grid(column=0, columnspan=3, sticky="ew", padx=self._px(4), pady=(self._px(2), 0))

    def _make_show_box(self) -> None:
        """Make the box that shows the password; it stands as dots otherwise."""
        shows = BooleanVar(self, value=False)

        def show() -> None:
            self._password.configure(show="" if shows.get() else DOTS)

        show()
        box = ttk.Checkbutton(self.body, text="Show", variable=shows, command=show)
        row = int(self._password.grid_info()["row"]) - 1
        box.grid(row=row, column=1, columnspan=2, sticky="e", pady=(self._px(6), 0))

    def _make_button_beside(
        self, field: "Field", label: str, command: Callable[[], None]
    ) -> ttk.Button:
        """Make the button that hands over one field while the server runs."""
        button = ttk.Button(self.body, text=label, style="Plain.TButton", command=command)
        row = int(field.grid_info()["row"])
        button.grid(row=row, column=2, sticky="ew", padx=(self._px(4), 0))
        field.bind("<Return>", lambda _: button.invoke(), add=True)
        return button

    def _make_buttons(self) -> tuple[ttk.Button, ttk.Button]:
        line = ttk.Frame(self.body)
        line.grid(columnspan=3, sticky="ew", pady=(self._px(12), 0))
        line.columnconfigure((0, 1), weight=1, uniform="buttons")
        start = ttk.Button(line, text="Start", style="Accent.TButton", command=self._start)
        stop = ttk.Button(line, text="Stop", style="Plain.TButton", command=self._actions.stop)
        start.grid(row=0, column=0, sticky="ew", padx=(0, self._px(3)))
        stop.grid(row=0, column=1, sticky="ew", padx=(self._px(3), 0))
        return start, stop


class Field(ttk.Entry):
    """An entry, and the check of what stands in it."""

    def __init__(self, parent: Misc, check: Callable[[str], object], initial: str) -> None:
        super().__init__(parent, width=10, font=theme.of(parent).body)
        self.check = check
        self.insert(0, initial)


def _enable(widget: ttk.Entry | ttk.Button, enabled: bool) -> None:
    widget.configure(state="normal" if enabled else "disabled")


def _make_room_beside(field: Field, button: ttk.Button, shown: bool) -> None:
    """Show a button beside a field, or give the field its room."""
    field.grid(columnspan=2 if shown else 3)
    if shown:
        button.grid()
    else:
        button.grid_remove()
