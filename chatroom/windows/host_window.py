"""The host's window: the form, Start and Stop, the invitation, history, people and log."""

import ipaddress
import time
from tkinter import Tk, messagebox

from chatroom import words
from chatroom.client.conversation import Conversation
from chatroom.network import events as driver_events, interfaces
from chatroom.protocol.addresses import Address, Network, host_of
from chatroom.server import events, room
from chatroom.windows import (
    cards,
    host_form,
    host_history,
    host_invitation,
    host_lists,
    icon_button,
    moments,
    poller,
    tabs,
    theme,
    ticker,
)

GOODBYE_MS = 3000
COLUMN_WIDTH = 344
SMALLEST = 700, 420
"""Pixels at 100 %."""

SEARCH = "Search (Ctrl+F)"
WARNINGS = (
    events.GuessFailed,
    events.GuessesSlowed,
    events.StorageRefused,
    events.StorageBroken,
    driver_events.DriverFailed,
)


class HostWindow:
    """Connects form, lists and driver; `stage` is what the server does just now."""

    stage: host_form.Stage

    def __init__(self, root: Tk, open_room: host_form.OpenRoom, filled: host_form.Filled) -> None:
        """Show the form as it is filled."""
        self.root = root
        self._open_room = open_room
        self._poller = poller.Poller[room.Room](root, self._handle)
        self._ticker = ticker.Ticker(root, self._tick)
        self._goodbye = ""
        self._host, self._port, self._since = "", 0, ""
        self.conversation = Conversation(moments.read_time, moments.utc_now)
        self._make_column(filled)
        self._make_tabs()
        self._show(host_form.Stage.STOPPED)
        self._keep_size()
        root.protocol("WM_DELETE_WINDOW", self._close)

    # What the host does ----------------------------------------------------------------

    def start(self, values: host_form.Values) -> None:
        """Open the room."""
        self._host = values.host
        self._show(host_form.Stage.STARTING)
        opened = values.host, values.port, values.password, values.archive, values.room
        self._poller.start(self._open_room(*opened))
        self._poller.call(lambda room, now: room.allow_only(values.allowed, now))

    def stop(self) -> None:
        """Close the room; everybody is told."""
        self._show(host_form.Stage.STOPPING)
        self._poller.call(room.Room.close)

    def change_password(self, password: str) -> None:
        """Have everybody prove a new password."""
        self._poller.call(lambda room, now: room.change_password(password, now))
        self._say_done("the password was changed; everybody must prove the new one")

    def allow_only(self, networks: list[Network]) -> None:
        """Let in only who speaks from these; from anywhere where there are none."""
        self._poller.call(lambda room, now: room.allow_only(networks, now))
        names = ", ".join(map(str, networks)) or "all addresses"
        self._say_done(f"allowed: {names}")

    def _say_done(self, sentence: str) -> None:
        self.log.add(sentence)
        self.form.show_done(f"{sentence[0].upper()}{sentence[1:]}.")

    def _remove(self, name: str) -> None:
        self._poller.call(lambda room, now: room.remove(name, now))

    def _block(self, name: str, address: Address) -> None:
        host = host_of(address)
        if messagebox.askyesno(
            "Block this address?",
            f"{name} speaks from {host}. Nobody at this address can come in until "
            "the server is started again. Block it?",
            parent=self.root,
        ):
            network = ipaddress.ip_network(host)
            self._poller.call(lambda room, now: room.block(network, now))
            self.log.add(f"blocked {host}")

    def _read_page(self, first: int, last: int) -> None:
        self._poller.ask(
            lambda room, now: room.history(first, last),
            lambda entries: self.history.add(tuple(entries)),
        )

    def _find(self, words: str, before: int) -> None:
        self._poller.call(lambda room, now: room.find(words, before, now))

    def _open_search(self) -> None:
        self._tabs.show("History")
        self.history.find_bar.open()

    def leave(self) -> None:
        """Close the room if it is open, and then the window, whether or not it was heard."""
        if not self._poller.has_driver:
            self.root.destroy()
            return
        self._goodbye = self.root.after(GOODBYE_MS, self._end)
        self.stop()

    def _end(self) -> None:
        self.root.after_cancel(self._goodbye)
        self.root.destroy()

    def _close(self) -> None:
        """Leave, after a question where the room is open."""
        question = "The room is open. Stop the server and close this window?"
        if not self._poller.has_driver or messagebox.askyesno(
            "Stop the server?", question, parent=self.root
        ):
            self.leave()

    # What happens ----------------------------------------------------------------------

    def _handle(self, event: object) -> None:
        """Show one event: where it belongs, and as a sentence in the log."""
        self._act_on(event)
        sentence = words.sentence(event)
        if sentence is not None:
            self.log.add(sentence, warns=isinstance(event, WARNINGS))

    def _act_on(self, event: object) -> None:
        match event:
            case driver_events.DriverStarted(address):
                self._port, self._since = address[1], time.strftime("%H:%M")
                self._show(host_form.Stage.RUNNING)
                self.invitation.show(interfaces.usable_addresses(self._host), self._port)
            case events.ArchiveOpened():
                self._show_archive(event)
            case events.MessagesStored(entries):
                self.people.count(entries)
                self.history.add(entries)
            case events.HitsFound():
                self.history.hear(event)
            case events.PersonJoined(name, address) | events.PersonMoved(name, address):
                self.people.add(name, address)
            case events.PersonLeft(name=name):
                self.people.remove(name)
            case driver_events.DriverFailed(problem):
                self.form.show_failure(problem)
            case events.StorageBroken():
                self.form.show_problem(words.sentence(event) or "")
            case driver_events.DriverStopped():
                self._poller.drop()
                self._show(host_form.Stage.STOPPED)
                if self._goodbye:
                    self.root.after_idle(self._end)
        self._count()

    def _show_archive(self, opened: events.ArchiveOpened) -> None:
        """Start anew with what the archive has."""
        for notice in opened.notices:
            self.log.add(words.explain(notice), warns=True)
        self.history.begin(opened.head)

    # What is shown ---------------------------------------------------------------------

    def _show(self, stage: host_form.Stage) -> None:
        """Show what the server does, and what can be done meanwhile."""
        self.stage = stage
        running = stage is host_form.Stage.RUNNING
        self.form.show(stage)
        self.people.enable(running)
        if running:
            self._ticker.start()
        else:
            self._ticker.stop()
        if stage is host_form.Stage.STOPPED:
            self.invitation.clear()
            self.people.clear()
        self._count()

    def _tick(self) -> None:
        people, messages = len(self.people.names), self.conversation.head
        self.form.show_running(self._since, people, messages)
        self.people.tick()

    def _count(self) -> None:
        """Say how many are there, and how long the log is."""
        people, messages = len(self.people.names), self.conversation.head
        persons = "1 person" if people == 1 else f"{people} people"
        said = "1 message" if messages == 1 else f"{messages:,} messages"
        self._tabs.note(f"{persons}  \u00b7  {said}")

    # Widgets ---------------------------------------------------------------------------

    def _make_column(self, filled: host_form.Filled) -> None:
        px = theme.of(self.root).px
        column = cards.Column(self.root, px(COLUMN_WIDTH), px(12))
        column.pack(side="left", fill="y", padx=(px(14), 0), pady=px(12))
        self.form = host_form.HostForm(column.inner, self, filled)
        self.form.pack(fill="x")
        self.invitation = host_invitation.Invitation(column.inner)
        self.invitation.pack(fill="x", pady=(px(10), 0))

    def _make_tabs(self) -> None:
        px = theme.of(self.root).px
        self._tabs = tabs.Tabs(self.root)
        self._tabs.pack(side="left", fill="both", expand=True, padx=(0, px(14)), pady=px(12))
        pages = self._tabs.pages
        self.history = host_history.HostHistory(
            pages,
            self.conversation,
            read_page=self._read_page,
            find=self._find,
            stop=lambda: self._poller.call(lambda room, now: room.stop_finding()),
        )
        self.people = host_lists.People(pages, remove=self._remove, block=self._block)
        self.log = host_lists.Log(pages)
        self._tabs.add("History", self.history)
        self._tabs.add("People", self.people)
        self._tabs.add("Log", self.log)
        search = icon_button.IconButton(self._tabs.tools, "search", SEARCH, self._open_search)
        search.pack()
        self.root.bind("<<Find>>", lambda _: self._open_search(), add=True)

    def _keep_size(self) -> None:
        """Let nobody make the window smaller than what can be used, nor than the screen."""
        px, root = theme.of(self.root).px, self.root
        width, height = px(SMALLEST[0]), px(SMALLEST[1])
        root.minsize(min(width, root.winfo_screenwidth()), min(height, root.winfo_screenheight()))
