"""The chat window: connecting, the conversation, and what the person does with it."""

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from enum import Enum, auto
from tkinter import messagebox, ttk
from typing import ClassVar, Literal, Protocol

from chatroom import forms, words
from chatroom.client import events
from chatroom.client.member import Member
from chatroom.network.driver import Driver
from chatroom.network.events import DriverFailed, DriverStarted, DriverStopped
from chatroom.protocol.entries import Entry, split_id
from chatroom.protocol.names import name_key
from chatroom.settings import Given, Settings
from chatroom.windows import poller, transcript

EARLIER_AT_ONCE = 100
GOODBYE_MS = 2500
INPUT_LINES_MOST = 6

JoinRoom = Callable[[Settings], Driver[Member]]


class Prompts(Protocol):
    """The questions before the chat. Each returns a good answer, or None for Cancel."""

    def server(self, initial: str = "", problem: str = "") -> str | None: ...
    def port(self, initial: str = "") -> int | None: ...
    def password(self, problem: str = "") -> str | None: ...
    def name(self, initial: str = "", problem: str = "") -> str | None: ...


class Stage(Enum):
    """What the window shows."""

    ASKING = auto()
    CONNECTING = auto()
    CHATTING = auto()
    ENDED = auto()  # the conversation can still be read


class ChatWindow:
    """Asks, connects, and then shows the conversation."""

    def __init__(self, root: tk.Tk, prompts: Prompts, join_room: JoinRoom, given: Given) -> None:
        self._root = root
        self._prompts = prompts
        self._join_room = join_room
        self._poller = poller.Poller(root, self._handle)
        self._driver: Driver[Member] | None = None
        self._device = ""
        self._stored = 0
        self._waiting: list[tuple[int, str]] = []
        self._first: int | None = None  # number of the first entry shown
        self._leaving = False
        self._goodbye = ""
        self._make_connecting_page()
        self._make_chat_page()
        self._show(Stage.ASKING)
        root.protocol("WM_DELETE_WINDOW", self._close)
        root.after_idle(self._ask_all, given)

    # Asking and connecting -------------------------------------------------------------

    def _ask_all(self, given: Given) -> None:
        """Ask, one after another, for what was not given; Cancel ends the program."""
        ask = self._prompts
        host = given.host or ask.server()
        port = host and (given.port or ask.port(str(forms.DEFAULT_PORT)))
        password = port and (given.password or ask.password())
        name = password and (given.name or ask.name())
        if host and port and password and name:
            self._connect(Settings(host, port, password, name, given.history))
        else:
            self._end()

    def _ask_address(self, problem: str = "") -> None:
        """Let the person correct address and port; Cancel ends the program."""
        self._stop_driver()
        self._show(Stage.ASKING)
        host = self._prompts.server(self._settings.host, problem)
        port = host and self._prompts.port(str(self._settings.port))
        if host and port:
            self._connect(replace(self._settings, host=host, port=port))
        else:
            self._end()

    def _connect(self, settings: Settings) -> None:
        self._settings = settings
        self._advice.configure(text="")
        self._progress.configure(text=f"Connecting to {settings.server} \u2026")
        self._show(Stage.CONNECTING)
        self._driver = self._poller.driver = self._join_room(settings)
        self._driver.start()

    def _ask_password(self) -> None:
        password = self._prompts.password(words.sentence(events.PasswordRefused()) or "")
        if password is None:
            self._leave()
        else:
            self._settings = replace(self._settings, password=password)
            self._call(lambda member, now: member.retry_password(password, now))

    def _ask_name(self, event: events.NameRefused) -> None:
        name = self._prompts.name(event.name, words.sentence(event) or "")
        if name is None:
            self._leave()
        else:
            self._settings = replace(self._settings, name=name)
            self._call(lambda member, now: member.rename(name, now))

    # What happens ----------------------------------------------------------------------

    def _handle(self, event: object) -> None:
        """Show one event."""
        handler = self._HANDLERS.get(type(event))
        if handler is not None:
            handler(self, event)
        if isinstance(event, DriverStarted | DriverStopped):
            return  # these have words for the host
        sentence = words.sentence(event)
        if sentence is None or (isinstance(event, events.Entered) and not event.back):
            return  # the title says where we are, and the history comes first
        if self._stage is Stage.CONNECTING:
            self._advice.configure(text=sentence)
        elif self._stage is not Stage.ASKING:
            self._transcript.add_notice(sentence)

    def _entered(self, event: events.Entered) -> None:
        self._device = event.device
        self._root.title(f"{event.room} \u2013 {event.name}")
        self._room.configure(text=event.room)
        self._connection.configure(text="connected", style="Faded.TLabel")
        self._show(Stage.CHATTING)

    def _new_entries(self, event: events.NewEntries) -> None:
        if self._first is None:
            self._first = event.entries[0].seq
            self._transcript.offer_earlier(self._first > 1)
        ours = {
            counter
            for device, counter in filter(None, (split_id(e.id) for e in event.entries))
            if device == self._device
        }
        if ours:
            self._set_waiting([one for one in self._waiting if one[0] not in ours])
        self._transcript.add(event.entries, self._is_ours)

    def _earlier_entries(self, event: events.EarlierEntries) -> None:
        self._first = event.entries[0].seq
        self._transcript.offer_earlier(self._first > 1)
        self._transcript.add_earlier(event.entries, self._is_ours)

    def _log_replaced(self, event: events.LogReplaced) -> None:
        self._first = None
        self._transcript.clear()

    def _caught_up(self, event: events.CaughtUp) -> None:
        """Texts that were stored before what we now show have been shown."""
        self._set_waiting([one for one in self._waiting if one[0] > self._stored])

    def _text_queued(self, event: events.TextQueued) -> None:
        self._set_waiting([*self._waiting, (event.counter, event.text)])

    def _texts_stored(self, event: events.TextsStored) -> None:
        self._stored = event.counter

    def _text_refused(self, event: events.TextRefused) -> None:
        self._set_waiting([one for one in self._waiting if one[0] != event.counter])

    def _people_changed(self, event: events.PeopleChanged) -> None:
        count = len(event.names)
        shown = ", ".join(map(words.show_text, event.names[:12]))
        more = f" and {count - 12} more" if count > 12 else ""
        self._people.configure(text=f"{count} in the room: {shown}{more}")

    def _server_silent(self, event: events.ServerSilent) -> None:
        self._advice.configure(text=words.no_answer(self._settings.server))

    def _server_lost(self, event: events.ServerLost) -> None:
        self._connection.configure(text="reconnecting \u2026", style="Alarm.TLabel")

    def _server_found(self, event: events.ServerFound) -> None:
        self._connection.configure(text="connected", style="Faded.TLabel")

    def _password_refused(self, event: events.PasswordRefused) -> None:
        self._root.after_idle(self._ask_password)

    def _name_refused(self, event: events.NameRefused) -> None:
        self._root.after_idle(self._ask_name, event)

    def _expelled(self, event: events.Expelled) -> None:
        self._connection.configure(text="ended", style="Alarm.TLabel")
        self._show(Stage.ENDED)

    def _driver_failed(self, event: DriverFailed) -> None:
        if self._stage is Stage.CONNECTING:
            self._root.after_idle(self._ask_address, words.explain(event.problem))
        else:
            self._connection.configure(text="ended", style="Alarm.TLabel")
            self._show(Stage.ENDED)

    def _driver_stopped(self, event: DriverStopped) -> None:
        if self._leaving:
            self._end()

    _HANDLERS: ClassVar[dict[type, Callable[..., None]]] = {
        events.Entered: _entered,
        events.NewEntries: _new_entries,
        events.EarlierEntries: _earlier_entries,
        events.LogReplaced: _log_replaced,
        events.CaughtUp: _caught_up,
        events.TextQueued: _text_queued,
        events.TextsStored: _texts_stored,
        events.TextRefused: _text_refused,
        events.PeopleChanged: _people_changed,
        events.ServerSilent: _server_silent,
        events.ServerLost: _server_lost,
        events.ServerFound: _server_found,
        events.PasswordRefused: _password_refused,
        events.NameRefused: _name_refused,
        events.Expelled: _expelled,
        DriverFailed: _driver_failed,
        DriverStopped: _driver_stopped,
    }

    # What the person does --------------------------------------------------------------

    def _send(self) -> None:
        """Say what stands in the input line."""
        text = self._input.get("1.0", "end-1c").rstrip("\n")
        if text.strip() == "exit":
            self._close()
            return
        self._input.delete("1.0", "end")
        self._fit_input()
        if text.strip():
            self._transcript.scroll_to_end()
            self._call(lambda member, now: member.say(text, now))

    def _fetch_earlier(self) -> None:
        self._call(lambda member, now: member.fetch_earlier(EARLIER_AT_ONCE, now))

    def _close(self) -> None:
        """Leave, after a question where something would be lost."""
        unsaid = len(self._waiting)
        if (
            unsaid
            and self._stage is Stage.CHATTING
            and not messagebox.askyesno(
                "Leave the room?",
                f"{unsaid} of your messages have not reached the server yet. Leave anyway?",
                parent=self._root,
            )
        ):
            return
        self._leave()

    def _leave(self) -> None:
        """Say goodbye, and close the window soon, whether or not it was heard."""
        self._leaving = True
        if self._driver is None or self._stage is Stage.ENDED:
            self._end()
            return
        self._call(lambda member, now: member.leave(now))
        self._root.withdraw()
        self._goodbye = self._root.after(GOODBYE_MS, self._end)

    def _end(self) -> None:
        self._bar.stop()
        if self._goodbye:
            self._root.after_cancel(self._goodbye)
        self._root.destroy()

    def _stop_driver(self) -> None:
        self._call(lambda member, now: member.leave(now))
        self._driver = self._poller.driver = None

    def _call(self, action: Callable[[Member, float], object]) -> None:
        if self._driver is not None:
            self._driver.call(action)

    # What is shown ---------------------------------------------------------------------

    def _show(self, stage: Stage) -> None:
        """Show the page of a stage; nothing else shows or hides one."""
        self._stage = stage
        self._bar.stop()
        self._connecting_page.pack_forget()
        self._chat_page.pack_forget()
        if stage is Stage.ASKING:
            self._root.withdraw()
            return
        if stage is Stage.CONNECTING:
            self._bar.start(15)
            self._connecting_page.pack(fill="both", expand=True)
        else:
            self._chat_page.pack(fill="both", expand=True)
        talks: Literal["normal", "disabled"] = "normal" if stage is Stage.CHATTING else "disabled"
        self._input.configure(state=talks)
        self._send_button.configure(state=talks)
        self._root.deiconify()
        if stage is Stage.CHATTING:
            self._input.focus_set()

    def _set_waiting(self, waiting: list[tuple[int, str]]) -> None:
        self._waiting = waiting
        self._transcript.show_waiting(waiting)

    def _is_ours(self, entry: Entry) -> bool:
        """Tell our entries, also those of an earlier visit under the same name."""
        origin = split_id(entry.id)
        if origin and origin[0] == self._device:
            return True
        return name_key(entry.name) == name_key(self._settings.name)

    def _make_connecting_page(self) -> None:
        page = self._connecting_page = ttk.Frame(self._root, padding=24)
        inner = ttk.Frame(page)
        inner.place(relx=0.5, rely=0.4, anchor="center")
        self._progress = ttk.Label(inner, style="Title.TLabel")
        self._progress.pack()
        self._bar = ttk.Progressbar(inner, mode="indeterminate", length=260)
        self._bar.pack(pady=16)
        self._advice = ttk.Label(inner, wraplength=480, justify="center")
        self._advice.pack(pady=(0, 16))
        buttons = ttk.Frame(inner)
        buttons.pack()
        change = ttk.Button(buttons, text="Change address \u2026", command=self._ask_address)
        change.pack(side="left", padx=4)
        cancel = ttk.Button(buttons, text="Cancel", command=self._leave)
        cancel.pack(side="left", padx=4)

    def _make_chat_page(self) -> None:
        page = self._chat_page = ttk.Frame(self._root)
        self._make_head(page)
        self._make_input(page)
        self._transcript = transcript.Transcript(page, self._fetch_earlier)
        self._transcript.pack(fill="both", expand=True)

    def _make_head(self, page: ttk.Frame) -> None:
        head = ttk.Frame(page, padding=(12, 8))
        head.pack(fill="x")
        self._room = ttk.Label(head, style="Title.TLabel")
        self._room.pack(side="left")
        self._connection = ttk.Label(head, style="Faded.TLabel")
        self._connection.pack(side="right")
        self._people = ttk.Label(head, style="Faded.TLabel")
        self._people.pack(side="left", padx=12)

    def _make_input(self, page: ttk.Frame) -> None:
        line = ttk.Frame(page, padding=8)
        line.pack(side="bottom", fill="x")
        self._input = tk.Text(line, height=1, wrap="word", undo=True, padx=6, pady=6)
        self._send_button = ttk.Button(
            line, text="Send", style="Accent.TButton", command=self._send
        )
        self._send_button.pack(side="right", padx=(8, 0), fill="y")
        self._input.pack(side="left", fill="x", expand=True)
        self._input.bind("<Return>", self._enter_pressed)
        self._input.bind("<KP_Enter>", self._enter_pressed)
        self._input.bind("<Shift-Return>", lambda _: None)
        self._input.bind("<<Modified>>", lambda _: self._fit_input())

    def _enter_pressed(self, _: "tk.Event[tk.Misc]") -> str:
        self._send()
        return "break"

    def _fit_input(self) -> None:
        """Grow the input line with what stands in it, as far as is decent."""
        lines = int(self._input.index("end-1c").split(".")[0])
        self._input.configure(height=min(lines, INPUT_LINES_MOST))
        self._input.edit_modified(False)
