"""The host's window: the form, Start and Stop, people, history and log."""

import ipaddress
import tkinter as tk
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from enum import Enum, auto
from tkinter import messagebox, ttk
from typing import ClassVar, Literal, TypeVar

from chatroom import forms, words
from chatroom.forms import Problem
from chatroom.network.driver import Driver
from chatroom.network.events import DriverFailed, DriverStarted, DriverStopped
from chatroom.network.interfaces import usable_addresses
from chatroom.protocol import addresses
from chatroom.protocol.addresses import Address, Network, host_of, parse_networks
from chatroom.protocol.entries import Entry
from chatroom.server import events
from chatroom.server.room import Room
from chatroom.windows import poller, theme, transcript

EARLIER_AT_ONCE = 200
LOG_LINES_MOST = 2000
GOODBYE_MS = 3000

Value = TypeVar("Value")
OpenRoom = Callable[[str, int, str], Driver[Room]]


class Stage(Enum):
    """What the server is doing."""

    STOPPED = auto()
    STARTING = auto()
    RUNNING = auto()
    STOPPING = auto()


class ServerWindow:
    """Shows the room to its host, and does what the host wishes."""

    def __init__(
        self, root: tk.Tk, open_room: OpenRoom, host: str, port: int, password: str
    ) -> None:
        """Fill the form with what was given; `open_room(host, port, password)`."""
        self._root = root
        self._open_room = open_room
        self._poller = poller.Poller(root, self._handle)
        self._driver: Driver[Room] | None = None
        self._closing = False
        self._first = 1
        self._people: dict[str, Address] = {}
        self._host = tk.StringVar(root, host)
        self._port = tk.StringVar(root, str(port))
        self._password = tk.StringVar(root, password)
        self._allowed = tk.StringVar(root)
        self._make_side()
        self._make_tabs()
        self._show(Stage.STOPPED)
        root.protocol("WM_DELETE_WINDOW", self._close)

    # What the host does ----------------------------------------------------------------

    def _start(self) -> None:
        """Check every field, then open the room."""
        host = forms.check_host(self._host.get())
        port = forms.check_port(self._port.get())
        password = forms.check_password(self._password.get())
        allowed = self._read_allowed()
        checked = (host, port, password, allowed)
        problems = [one.words for one in checked if isinstance(one, Problem)]
        self._problem.configure(text="\n".join(problems))
        if (
            isinstance(host, Problem)
            or isinstance(port, Problem)
            or isinstance(password, Problem)
            or isinstance(allowed, Problem)
        ):
            return
        self._show(Stage.STARTING)
        self._driver = self._poller.driver = self._open_room(host, port, password)
        self._driver.start()
        self._wish(Room.allow_only, allowed)

    def _stop(self) -> None:
        self._show(Stage.STOPPING)
        self._call(Room.close)

    def _change_password(self) -> None:
        password = forms.check_password(self._password.get())
        if isinstance(password, Problem):
            self._problem.configure(text=password.words)
            return
        self._problem.configure(text="")
        self._wish(Room.change_password, password)
        self._log_line("the password was changed; everybody must prove the new one")

    def _apply_allowed(self) -> None:
        allowed = self._read_allowed()
        if isinstance(allowed, Problem):
            self._problem.configure(text=allowed.words)
            return
        self._problem.configure(text="")
        self._wish(Room.allow_only, allowed)
        names = ", ".join(map(str, allowed)) or "all addresses"
        self._log_line(f"allowed: {names}")

    def _read_allowed(self) -> list[Network] | Problem:
        try:
            return parse_networks(self._allowed.get())
        except ValueError as error:
            return Problem(f"Allow only: {error}")

    def _remove(self) -> None:
        for name in self._selected():
            self._wish(Room.remove, name)

    def _block(self) -> None:
        for name in self._selected():
            host = host_of(self._people[name])
            if messagebox.askyesno(
                "Block this address?",
                f"{name} speaks from {host}. Nobody at this address can come in until "
                "the server is started again. Block it?",
                parent=self._root,
            ):
                network = ipaddress.ip_network(host)
                self._wish(Room.block, network)
                self._log_line(f"blocked {host}")

    def _selected(self) -> list[str]:
        return [str(self._list.set(item, "name")) for item in self._list.selection()]

    def _copy_address(self) -> None:
        chosen = self._addresses.curselection()  # type: ignore[no-untyped-call]
        address = self._addresses.get(chosen[0] if chosen else 0)
        if address:
            self._root.clipboard_clear()
            self._root.clipboard_append(address)
            self._copied.configure(text=f"{address} copied")

    def _show_password(self) -> None:
        self._password_entry.configure(show="" if self._shows.get() else "\u2022")

    def _fetch_earlier(self) -> None:
        last = self._first - 1
        first = max(last - EARLIER_AT_ONCE + 1, 1)
        entries = self._call(lambda room, now: room.history(first, last))
        if entries is not None:
            self._await(entries, self._add_earlier)

    def _close(self) -> None:
        if self._driver is None:
            self._root.destroy()
        elif messagebox.askyesno(
            "Stop the server?",
            "The room is open. Stop the server and close this window?",
            parent=self._root,
        ):
            self._closing = True
            self._stop()
            self._root.after(GOODBYE_MS, self._root.destroy)

    # What happens ----------------------------------------------------------------------

    def _handle(self, event: object) -> None:
        """Show one event."""
        handler = self._HANDLERS.get(type(event))
        if handler is not None:
            handler(self, event)
        sentence = words.host_sentence(event)
        if sentence is not None:
            self._log_line(sentence)

    def _started(self, event: DriverStarted) -> None:
        self._show(Stage.RUNNING)
        self._addresses_frame.configure(
            text=f"Others type this address, and port {event.address[1]}"
        )
        for address in usable_addresses(self._host.get().strip()):
            self._addresses.insert("end", address)

    def _archive_opened(self, event: events.ArchiveOpened) -> None:
        for notice in event.notices:
            self._log_line(words.archive_sentence(notice))
        self._transcript.clear()
        self._first = event.head - len(event.recent) + 1
        self._transcript.add(event.recent, _is_ours)
        self._transcript.offer_earlier(self._first > 1)
        self._transcript.scroll_to_end()

    def _stored(self, event: events.MessagesStored) -> None:
        self._transcript.add(event.entries, _is_ours)

    def _add_earlier(self, entries: list[Entry]) -> None:
        if entries and entries[-1].seq == self._first - 1:
            self._first = entries[0].seq
            self._transcript.offer_earlier(self._first > 1)
            self._transcript.add_earlier(entries, _is_ours)

    def _came(self, event: events.PersonJoined | events.PersonMoved) -> None:
        self._people[event.name] = event.address
        self._list_people()

    def _went(self, event: events.PersonLeft) -> None:
        self._people.pop(event.name, None)
        self._list_people()

    def _failed(self, event: DriverFailed | events.StorageBroken) -> None:
        self._problem.configure(text=words.host_sentence(event) or "")

    def _stopped(self, event: DriverStopped) -> None:
        self._driver = self._poller.driver = None
        self._people.clear()
        self._list_people()
        self._addresses.delete(0, "end")
        self._copied.configure(text="")
        self._show(Stage.STOPPED)
        if self._closing:
            self._root.destroy()

    _HANDLERS: ClassVar[dict[type, Callable[..., None]]] = {
        DriverStarted: _started,
        events.ArchiveOpened: _archive_opened,
        events.MessagesStored: _stored,
        events.PersonJoined: _came,
        events.PersonMoved: _came,
        events.PersonLeft: _went,
        DriverFailed: _failed,
        events.StorageBroken: _failed,
        DriverStopped: _stopped,
    }

    def _call(self, action: Callable[[Room, float], object]) -> "Future[object] | None":
        return None if self._driver is None else self._driver.call(action)

    def _wish(self, do: Callable[[Room, Value, float], object], value: Value) -> None:
        self._call(lambda room, now: do(room, value, now))

    def _await(self, future: "Future[object]", then: Callable[..., None]) -> None:
        """Call `then` with the result, once it is there, in the window's thread."""
        if not future.done():
            self._root.after(poller.POLL_EVERY_MS, self._await, future, then)
        elif not future.cancelled():
            then(future.result())

    # What is shown ---------------------------------------------------------------------

    def _show(self, stage: Stage) -> None:
        """Show what can be done now; nothing else enables or disables a widget."""
        self._stage = stage
        stopped, running = stage is Stage.STOPPED, stage is Stage.RUNNING
        for entry in (self._host_entry, self._port_entry):
            entry.configure(state=_enabled(stopped))
        for entry in (self._password_entry, self._allowed_entry):
            entry.configure(state=_enabled(stopped or running))
        self._start_button.configure(state=_enabled(stopped))
        for button in self._running_buttons:
            button.configure(state=_enabled(running))
        self._state.configure(
            text={
                Stage.STOPPED: "The server is stopped.",
                Stage.STARTING: "Starting \u2026",
                Stage.RUNNING: "The server is running.",
                Stage.STOPPING: "Stopping \u2026",
            }[stage],
        )

    def _log_line(self, sentence: str) -> None:
        text = self._log
        follows = text.yview()[1] >= 1.0
        text.configure(state="normal")
        clock = f"{datetime.now():%H:%M:%S}"
        text.insert("end", f"{clock}  ", "time", f"{words.show_text(sentence)}\n")
        lines = int(text.index("end-1c").split(".")[0])
        if lines > LOG_LINES_MOST:
            text.delete("1.0", f"{lines - LOG_LINES_MOST}.0")
        text.configure(state="disabled")
        if follows:
            text.see("end")

    def _list_people(self) -> None:
        selected = set(self._selected())
        self._list.delete(*self._list.get_children())
        for name, address in self._people.items():
            row = self._list.insert("", "end", values=(name, addresses.show_address(address)))
            if name in selected:
                self._list.selection_add(row)
        count = len(self._people)
        self._people_frame.configure(text=f"People ({count})" if count else "People")

    # Widgets ---------------------------------------------------------------------------

    def _make_side(self) -> None:
        side = ttk.Frame(self._root, padding=10, width=320)
        side.pack(side="left", fill="y")
        self._running_buttons: list[ttk.Button] = []
        self._make_form(side)
        self._make_addresses(side)
        self._make_people(side)

    def _make_form(self, side: ttk.Frame) -> None:
        form = ttk.LabelFrame(side, text="Room", padding=8)
        form.pack(fill="x")
        form.columnconfigure(1, weight=1)
        self._host_entry = self._make_field(form, 0, "IP Address", self._host)
        hint = "0.0.0.0 means all addresses of this computer"
        ttk.Label(form, text=hint, style="Faded.TLabel").grid(
            row=1, column=0, columnspan=3, sticky="w"
        )
        self._port_entry = self._make_field(form, 2, "Port", self._port)
        self._password_entry = self._make_field(form, 3, "Password", self._password)
        self._password_entry.configure(show="\u2022")
        self._shows = tk.BooleanVar(self._root, value=False)
        ttk.Checkbutton(form, text="Show", variable=self._shows, command=self._show_password).grid(
            row=3, column=2
        )
        self._allowed_entry = self._make_field(form, 4, "Allow only", self._allowed)
        apply = self._make_button(form, "Apply", self._apply_allowed)
        apply.configure(width=6)
        apply.grid(row=4, column=2, padx=(4, 0))
        hint = "addresses or networks; empty allows everybody"
        ttk.Label(form, text=hint, style="Faded.TLabel").grid(
            row=5, column=0, columnspan=3, sticky="w"
        )
        buttons = ttk.Frame(form)
        buttons.grid(row=6, column=0, columnspan=3, sticky="w", pady=(8, 0))
        self._start_button = ttk.Button(
            buttons, text="Start Server", style="Accent.TButton", command=self._start
        )
        self._start_button.pack(side="left")
        self._make_button(buttons, "Stop Server", self._stop).pack(side="left", padx=4)
        self._make_button(buttons, "Change Password", self._change_password).pack(side="left")
        self._state = ttk.Label(form, style="Faded.TLabel")
        self._state.grid(row=7, column=0, columnspan=3, sticky="w", pady=(8, 0))
        self._problem = ttk.Label(form, style="Alarm.TLabel", wraplength=330)
        self._problem.grid(row=8, column=0, columnspan=3, sticky="w")

    def _make_field(
        self, form: ttk.LabelFrame, row: int, label: str, value: tk.StringVar
    ) -> ttk.Entry:
        ttk.Label(form, text=label).grid(row=row, column=0, sticky="w", padx=(0, 8))
        entry = ttk.Entry(form, textvariable=value, width=22)
        entry.grid(row=row, column=1, sticky="ew", pady=2)
        entry.bind("<Return>", lambda _: self._start_button.invoke())
        return entry

    def _make_button(self, parent: tk.Misc, label: str, command: Callable[[], None]) -> ttk.Button:
        """Return a button that works while the server runs."""
        button = ttk.Button(parent, text=label, command=command)
        self._running_buttons.append(button)
        return button

    def _make_addresses(self, side: ttk.Frame) -> None:
        frame = ttk.LabelFrame(side, text="Others type", padding=8)
        frame.pack(fill="x", pady=10)
        self._addresses_frame = frame
        self._addresses = tk.Listbox(frame, height=3, width=24, exportselection=False)
        self._addresses.pack(side="left", fill="x", expand=True)
        right = ttk.Frame(frame)
        right.pack(side="left", padx=(6, 0))
        self._make_button(right, "Copy", self._copy_address).pack()
        self._copied = ttk.Label(right, style="Faded.TLabel", width=18, wraplength=120)
        self._copied.pack()

    def _make_people(self, side: ttk.Frame) -> None:
        frame = ttk.LabelFrame(side, text="People", padding=8)
        frame.pack(fill="both", expand=True)
        self._people_frame = frame
        columns = ("name", "address")
        self._list = ttk.Treeview(frame, columns=columns, show="headings", height=6)
        for column, width in zip(columns, (130, 180), strict=True):
            self._list.heading(column, text=column.capitalize(), anchor="w")
            self._list.column(column, width=width, anchor="w")
        buttons = ttk.Frame(frame)
        buttons.pack(side="bottom", anchor="w", pady=(6, 0))
        self._make_button(buttons, "Remove", self._remove).pack(side="left")
        self._make_button(buttons, "Block Address", self._block).pack(side="left", padx=4)
        self._list.pack(fill="both", expand=True)

    def _make_tabs(self) -> None:
        tabs = ttk.Notebook(self._root)
        tabs.pack(side="left", fill="both", expand=True, padx=(0, 10), pady=10)
        self._transcript = transcript.Transcript(tabs, self._fetch_earlier)
        tabs.add(self._transcript, text="History")
        frame = ttk.Frame(tabs)
        self._log = tk.Text(frame, wrap="word", state="disabled", width=40, relief="flat", padx=8)
        bar = ttk.Scrollbar(frame, command=self._log.yview)
        self._log.configure(yscrollcommand=bar.set)
        bar.pack(side="right", fill="y")
        self._log.pack(side="left", fill="both", expand=True)
        self._log.tag_configure("time", foreground=theme.FADED)
        self._log.bind("<Button-1>", lambda _: self._log.focus_set())
        tabs.add(frame, text="Log")


def _enabled(condition: bool) -> Literal["normal", "disabled"]:
    return "normal" if condition else "disabled"


def _is_ours(_: Entry) -> bool:
    """Nothing is the host's own: the host reads along."""
    return False
