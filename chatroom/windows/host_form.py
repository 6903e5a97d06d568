"""The host's form: what the room is opened with, and the buttons that open and close it."""

from collections.abc import Callable
from enum import Enum
from tkinter import BooleanVar, Misc, ttk
from typing import Any, NamedTuple, Protocol

from chatroom import forms, problems, words
from chatroom.protocol.addresses import Network, parse_networks

DOTS = "\u2022"


class Stage(Enum):
    """What the server is doing, as the host reads it."""

    STOPPED = "The server is stopped."
    STARTING = "Starting \u2026"
    RUNNING = "The server is running."
    STOPPING = "Stopping \u2026"


class Values(NamedTuple):
    """What stands in the form, checked."""

    host: str
    port: int
    password: str
    allowed: list[Network]


class Actions(Protocol):
    """What the buttons do; nobody calls them with a value that is not good."""

    def start(self, values: Values) -> None: ...
    def stop(self) -> None: ...
    def change_password(self, password: str) -> None: ...
    def allow_only(self, networks: list[Network]) -> None: ...


class HostForm(ttk.LabelFrame):
    """Fields that stay filled, whatever becomes of what stands in them."""

    def __init__(self, parent: Misc, actions: Actions, host: str, port: int, password: str) -> None:
        """Fill the form with what was given."""
        super().__init__(parent, text="Room", padding=8)
        self.columnconfigure(1, weight=1)
        self._actions = actions
        self._running_buttons: list[ttk.Button] = []
        self._host = self._make_field(0, "IP Address", forms.check_host, host)
        self._make_hint(1, "0.0.0.0 means all addresses of this computer")
        self._port = self._make_field(2, "Port", forms.check_port, str(port))
        self._password = self._make_field(3, "Password", forms.check_password, password)
        self._make_show_box(3)
        self._allowed = self._make_field(4, "Allow only", parse_networks)
        apply = self._make_button(self, "Apply", self._apply_allowed)
        apply.configure(width=6)
        apply.grid(row=4, column=2, padx=(4, 0))
        self._make_hint(5, "addresses or networks; empty allows everybody")
        self._make_buttons(6)
        self._state = ttk.Label(self, style="Faded.TLabel")
        self._state.grid(row=7, column=0, columnspan=3, sticky="w", pady=(8, 0))
        self._problem = ttk.Label(self, style="Alarm.TLabel", wraplength=330)
        self._problem.grid(row=8, column=0, columnspan=3, sticky="w")

    def show(self, stage: Stage) -> None:
        """Say what the server does, and let the host do what can be done meanwhile."""
        stopped, running = stage is Stage.STOPPED, stage is Stage.RUNNING
        for field in (self._host, self._port):
            _enable(field, stopped)
        for field in (self._password, self._allowed):
            _enable(field, stopped or running)
        _enable(self._start_button, stopped)
        for button in self._running_buttons:
            _enable(button, running)
        self._state.configure(text=stage.value)

    def show_problem(self, sentence: str) -> None:
        """Say what is wrong, or "" for nothing."""
        self._problem.configure(text=sentence)

    # What the buttons do ---------------------------------------------------------------

    def _start(self) -> None:
        values = self._read(self._host, self._port, self._password, self._allowed)
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

    def _read(self, *fields: "Field") -> list[Any] | None:
        """Return the value of each field; None, and say so, where something is wrong."""
        values: list[Any] = []
        wrongs: list[str] = []
        for field in fields:
            try:
                values.append(field.check(field.get()))
            except problems.WrongInput as wrong:
                wrongs.append(words.explain(wrong))
        self.show_problem("\n".join(wrongs))
        return None if wrongs else values

    # Widgets ---------------------------------------------------------------------------

    def _make_field(
        self, row: int, label: str, check: Callable[[str], object], initial: str = ""
    ) -> "Field":
        ttk.Label(self, text=label).grid(row=row, column=0, sticky="w", padx=(0, 8))
        field = Field(self, check, initial)
        field.grid(row=row, column=1, sticky="ew", pady=2)
        field.bind("<Return>", lambda _: self._start_button.invoke())
        return field

    def _make_hint(self, row: int, text: str) -> None:
        hint = ttk.Label(self, text=text, style="Faded.TLabel")
        hint.grid(row=row, column=0, columnspan=3, sticky="w")

    def _make_show_box(self, row: int) -> None:
        """Make the box that shows the password; it stands as dots otherwise."""
        shows = BooleanVar(self, value=False)

        def show() -> None:
            self._password.configure(show="" if shows.get() else DOTS)

        show()
        ttk.Checkbutton(self, text="Show", variable=shows, command=show).grid(row=row, column=2)

    def _make_buttons(self, row: int) -> None:
        buttons = ttk.Frame(self)
        buttons.grid(row=row, column=0, columnspan=3, sticky="w", pady=(8, 0))
        self._start_button = ttk.Button(
            buttons, text="Start Server", style="Accent.TButton", command=self._start
        )
        self._start_button.pack(side="left")
        stop = self._make_button(buttons, "Stop Server", self._actions.stop)
        stop.pack(side="left", padx=4)
        self._make_button(buttons, "Change Password", self._change_password).pack(side="left")

    def _make_button(self, parent: Misc, label: str, command: Callable[[], None]) -> ttk.Button:
        """Return a button that works while the server runs."""
        button = ttk.Button(parent, text=label, command=command)
        self._running_buttons.append(button)
        return button


class Field(ttk.Entry):
    """An entry, and the check of what stands in it."""

    def __init__(self, parent: Misc, check: Callable[[str], object], initial: str) -> None:
        super().__init__(parent, width=22)
        self.check = check
        self.insert(0, initial)


def _enable(widget: ttk.Entry | ttk.Button, enabled: bool) -> None:
    widget.configure(state="normal" if enabled else "disabled")
