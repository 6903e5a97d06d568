"""The host's window: the form, Start and Stop, people, history and log."""

import ipaddress
from collections.abc import Callable
from tkinter import Tk, messagebox, ttk

from chatroom import words
from chatroom.client.old_conversation import Conversation
from chatroom.network import driver, events as driver_events, interfaces
from chatroom.protocol.addresses import Address, Network, host_of
from chatroom.server import events, room
from chatroom.windows import host_form, host_lists, poller, transcript

EARLIER_AT_ONCE = 200
GOODBYE_MS = 3000

OpenRoom = Callable[[str, int, str], driver.Driver[room.Room]]


class HostWindow:
    """Connects form, lists and driver; `stage` is what the server does just now."""

    stage: host_form.Stage

    def __init__(self, root: Tk, open_room: OpenRoom, host: str, port: int, password: str) -> None:
        """Fill the form with what was given; `open_room(host, port, password)`."""
        self.root = root
        self._open_room = open_room
        self._poller = poller.Poller[room.Room](root, self._handle)
        self._closing = False
        self._host = host
        self.conversation = Conversation()
        side = ttk.Frame(root, padding=10, width=320)
        side.pack(side="left", fill="y")
        self.form = host_form.HostForm(side, self, host, port, password)
        self.form.pack(fill="x")
        self.addresses = host_lists.Addresses(side)
        self.addresses.pack(fill="x", pady=10)
        self.people = host_lists.People(side, remove=self._remove, block=self._block)
        self.people.pack(fill="both", expand=True)
        tabs = ttk.Notebook(root)
        tabs.pack(side="left", fill="both", expand=True, padx=(0, 10), pady=10)
        self.transcript = transcript.Transcript(tabs, self.conversation, self._fetch_earlier)
        self.log = host_lists.Log(tabs)
        tabs.add(self.transcript, text="History")
        tabs.add(self.log, text="Log")
        self._show(host_form.Stage.STOPPED)
        root.protocol("WM_DELETE_WINDOW", self._close)

    # What the host does ----------------------------------------------------------------

    def start(self, values: host_form.Values) -> None:
        """Open the room."""
        self._host = values.host
        self._show(host_form.Stage.STARTING)
        self._poller.start(self._open_room(values.host, values.port, values.password))
        self._poller.call(lambda room, now: room.allow_only(values.allowed, now))

    def stop(self) -> None:
        """Close the room; everybody is told."""
        self._show(host_form.Stage.STOPPING)
        self._poller.call(room.Room.close)

    def change_password(self, password: str) -> None:
        """Have everybody prove a new password."""
        self._poller.call(lambda room, now: room.change_password(password, now))
        self.log.add("the password was changed; everybody must prove the new one")

    def allow_only(self, networks: list[Network]) -> None:
        """Let in only who speaks from these; from anywhere where there are none."""
        self._poller.call(lambda room, now: room.allow_only(networks, now))
        names = ", ".join(map(str, networks)) or "all addresses"
        self.log.add(f"allowed: {names}")

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

    def _fetch_earlier(self) -> None:
        last = (self.conversation.first or 1) - 1
        first = max(last - EARLIER_AT_ONCE + 1, 1)
        self._poller.ask(
            lambda room, now: room.history(first, last),
            lambda entries: self.transcript.draw(self.conversation.prepend(entries)),
        )

    def leave(self) -> None:
        """Close the room if it is open, and then the window, whether or not it was heard."""
        if not self._poller.has_driver:
            self.root.destroy()
            return
        self._closing = True
        self.stop()
        self.root.after(GOODBYE_MS, self.root.destroy)

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
            self.log.add(sentence)

    def _act_on(self, event: object) -> None:
        match event:
            case driver_events.DriverStarted(address):
                self._show(host_form.Stage.RUNNING)
                self.addresses.show(interfaces.usable_addresses(self._host), address[1])
            case events.ArchiveOpened():
                self._show_archive(event)
            case events.MessagesStored(entries):
                self.transcript.draw(self.conversation.append(entries))
            case events.PersonJoined(name, address) | events.PersonMoved(name, address):
                self.people.add(name, address)
            case events.PersonLeft(name=name):
                self.people.remove(name)
            case driver_events.DriverFailed() | events.StorageBroken():
                self.form.show_problem(words.sentence(event) or "")
            case driver_events.DriverStopped():
                self._poller.drop()
                self._show(host_form.Stage.STOPPED)
                if self._closing:
                    self.root.after_idle(self.root.destroy)

    def _show_archive(self, opened: events.ArchiveOpened) -> None:
        """Start anew with what the archive has."""
        for notice in opened.notices:
            self.log.add(words.explain(notice))
        self.transcript.draw(self.conversation.clear())
        self.transcript.draw(self.conversation.append(opened.recent))
        self.transcript.scroll_to_end()

    def _show(self, stage: host_form.Stage) -> None:
        """Show what the server does, and what can be done meanwhile."""
        self.stage = stage
        running = stage is host_form.Stage.RUNNING
        self.form.show(stage)
        self.addresses.enable(running)
        self.people.enable(running)
        if stage is host_form.Stage.STOPPED:
            self.addresses.clear()
            self.people.clear()
