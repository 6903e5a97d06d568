"""The host's window: the form, Start and Stop, the invitation, conversation, people and log."""

import time
from collections.abc import Callable, Sequence
from functools import partial

from chatroom import preferences, problems, settings, words
from chatroom.client.conversation import Conversation
from chatroom.network import clock, events as driver_events, interfaces
from chatroom.protocol.addresses import Network
from chatroom.protocol.entries import Entry
from chatroom.server import events, people, room
from chatroom.windows import (
    alerts,
    appearance,
    details,
    help_window,
    host_access,
    host_form,
    host_log,
    host_pages,
    host_voice,
    keys,
    later,
    mnemonics,
    poller,
    question,
    theme,
    ticker,
)
from chatroom.words import moments
from chatroom.words.host_form import RoomForm
from chatroom.words.hosting import Host

GOODBYE_MS = 3000
PEOPLE_AFTER_MS = 100
"""Delay of asking who is there after somebody came or went: a crowd is asked for once."""
SMALLEST = 700, 420
"""Pixels at 100 %."""


class HostWindow:
    """Connects pages and driver; `stage` is what the server does just now."""

    stage: host_form.Stage

    def __init__(
        self,
        root: theme.Root,
        open_room: host_form.OpenRoom,
        filled: host_form.Filled,
        file: preferences.PreferencesFile | None = None,
    ) -> None:
        """Show the form as it is filled, in the look that is kept in `file`."""
        self.root = root
        self._open_room = open_room
        self._poller = poller.Poller[room.Room](root, self._handle)
        self._ticker = ticker.Ticker(root, self._tick)
        self._ask_soon = later.Later(root, self._ask_people)
        self._is_asked = False
        self._goodbye = ""
        self._host, self._port, self._room, self._name, self._since = "", 0, "", "", ""
        self._host_key = b""
        self._people: list[people.Person] = []
        self.conversation = Conversation(moments.read_time, clock.utc_now)
        self._voice = host_voice.HostVoice(self.conversation)
        self._lines = host_log.HostLog()
        self.access = host_access.HostAccess(
            root, self._poller, self._note, self._access_changed, lambda: self._people
        )
        self.alerts = alerts.Alerts(root, notifies=False)  # before the host joins in the talk
        self.alerts.on_attention(self._attend)
        self._looks = appearance.Appearance(
            root, file or preferences.PreferencesFile(), self.rebuild, smallest=SMALLEST
        )
        self._build(filled)
        self._show(host_form.Stage.STOPPED)
        self._keep_size()
        mnemonics.set_up(root)
        root.protocol("WM_DELETE_WINDOW", self._close)

    # What the host does ----------------------------------------------------------------

    def start(self, values: host_form.Values) -> None:
        """Open the room."""
        self._host, self._room, self._name = values.host, values.room, values.name
        self._show(host_form.Stage.STARTING)
        opened = values.host, values.port, values.password, values.archive, values.room
        self._poller.start(self._open_room(*opened))
        self._poller.ask(lambda room, now: _reserve(room, values.name, now), self._hear_problem)
        self._poller.call(lambda room, now: room.allow_only(values.allowed, now))
        self.access.apply()

    def stop(self) -> None:
        """Close the room, after a question where that matters; everybody is told."""
        if self._agrees_to_end(Host.STOP_TITLE(), Host.STOP()):
            self._stop()

    def change_password(self, password: str) -> None:
        """Have everybody prove a new password."""
        self._poller.call(lambda room, now: room.change_password(password, now))
        self._say_done(Host.PASSWORD_CHANGED)

    def allow_only(self, networks: list[Network]) -> None:
        """Let in only who speaks from these; from anywhere where there are none."""
        self._poller.call(lambda room, now: room.allow_only(networks, now))
        names = ", ".join(map(str, networks))
        self._say_done(lambda: Host.ALLOWED(names=names) if names else Host.ALL_ALLOWED())

    def say(self, text: str) -> None:
        """Say something in the room: it waits until it is stored."""
        self.alerts.notifies = True
        self.history.view.go_to_end()
        changed, said = self._voice.say(text)
        self.history.view.draw(changed)

        def hear(problem: problems.Problem | None) -> None:
            if problem is not None:
                self.history.view.draw(self._voice.take_back(said))
                self.history.composer.write(text)
            self._hear_problem(problem)

        self._poller.ask(lambda room, now: _say(room, text, now), hear)

    def read_page(self, first: int, last: int) -> None:
        """Have these entries at hand soon."""
        self._poller.ask(
            lambda room, now: room.history(first, last),
            lambda entries: self.history.add(tuple(entries)),
        )

    def find(self, words: str, before: int) -> None:
        """Look for words in the whole room."""
        self._poller.call(lambda room, now: room.find(words, before, now))

    def show_details(self) -> None:
        """Tell what there is to know of this room."""
        addresses = interfaces.usable_addresses(self._host) if self._port else []
        server = settings.show_server(addresses[0], self._port) if addresses else ""
        details.show(self.root, self._room, server, self._host_key)

    def stop_finding(self) -> None:
        """Look for nothing any more."""
        self._poller.call(lambda room, now: room.stop_finding())

    def leave(self) -> None:
        """Close the room if it is open, and then the window, whether or not it was heard."""
        if not self._poller.has_driver:
            self.root.destroy()
            return
        self._goodbye = self.root.after(GOODBYE_MS, self._end)
        self._stop()

    # ----------------------------------------------------------------------------------

    def _stop(self) -> None:
        self._show(host_form.Stage.STOPPING)
        self._poller.call(lambda room, now: room.close(now))

    def _end(self) -> None:
        self.root.after_cancel(self._goodbye)
        self.root.destroy()

    def _close(self) -> None:
        """Leave, after a question where that matters."""
        is_open = self._poller.has_driver
        title, yes = (
            (Host.STOP_TITLE, Host.STOP_AND_CLOSE) if is_open else (Host.CLOSE_TITLE, Host.CLOSE)
        )
        if self._agrees_to_end(title(), yes()):
            self.leave()

    def _agrees_to_end(self, title: str, yes: str) -> bool:
        """Ask, where somebody would be left alone or what is written would not be sent."""
        costs = [Host.STOP_SENTENCE(count=len(self._people))] if self._people else []
        if self.history.composer.has_draft or self.conversation.waiting:
            costs.append(Host.UNSENT())
        return not costs or question.ask(self.root, title, "\n\n".join(costs), yes, Host.CANCEL())

    # What happens ----------------------------------------------------------------------

    def _handle(self, event: object) -> None:
        """Show one event: where it belongs, and as a sentence in the log."""
        self._act_on(event)
        self.log.draw(self._lines.hear(event))

    def _act_on(self, event: object) -> None:
        match event:
            case driver_events.DriverStarted(address):
                self._port, self._since = address[1], time.strftime("%H:%M")
                self._show(host_form.Stage.RUNNING)
                self._show_invitation()
                if self.pages.tabs.shown == host_pages.CONVERSATION:
                    self.history.take_keyboard()
            case events.ArchiveRead(percent=percent):
                self.form.show_read(percent)
            case events.KeyTaken(key=key):
                self._host_key = key
            case events.ArchiveOpened(notices=notices, head=head):
                self._begin(notices, head)
            case events.MessagesStored(entries):
                self.history.view.draw(self._voice.hear(entries))
                self.history.find_bar.look(entries)
                self._tell(entries)
            case events.HitsFound():
                self.history.hear(event)
            case events.PersonJoined() | events.PersonMoved() | events.PersonLeft():
                self._ask_soon.within(PEOPLE_AFTER_MS)
            case driver_events.DriverFailed(problem):
                self.form.show_failure(problem)
            case events.StorageBroken():
                self.form.show_problem(words.sentence(event) or "")
            case driver_events.DriverStopped():
                self._stopped()

    def _begin(self, notices: Sequence[problems.Problem], head: int) -> None:
        for notice in notices:
            self._note(partial(words.explain, notice), warns=True)
        self.history.begin(head)
        self._voice.begin(self._room, self._name)

    def _stopped(self) -> None:
        was_stopped = self.stage is host_form.Stage.STOPPING
        self._poller.drop()
        self._is_asked = False
        changed, unsaid = self._voice.end()
        self.history.view.draw(changed)
        if unsaid:
            self.history.composer.enable(True)
            self.history.composer.write(unsaid)
        self._show(host_form.Stage.STOPPED)
        if was_stopped:
            self.form.take_keyboard()
        if self._goodbye:
            self.root.after_idle(self._end)

    def _tell(self, entries: Sequence[Entry]) -> None:
        """Tell a host who is not looking of what others say."""
        if not self.alerts.is_in_front:
            for entry in entries:
                if not self.conversation.is_ours(entry):
                    self.alerts.tell(entry.name, entry.text)
        self.alerts.count(self.conversation.unread_count)

    def _attend(self, present: bool) -> None:
        """Note that the window came to the front, or is not there any more."""
        self.history.view.draw(self.conversation.attend(present))
        self.alerts.count(self.conversation.unread_count)

    def _hear_problem(self, problem: problems.Problem | None) -> None:
        if problem is not None:
            self.form.show_problem(words.explain(problem))
            self._note(lambda: words.explain(problem), warns=True)

    def _ask_people(self) -> None:
        """Ask the room who is there, unless the answer to that is on its way."""
        if self._poller.has_driver and not self._is_asked:
            self._is_asked = True
            self._poller.ask(lambda room, now: room.people(now), self._hear_people)

    def _hear_people(self, people: list[people.Person]) -> None:
        self._is_asked = False
        self._people = people
        self.people.show(people)
        self._show_figures()

    def _access_changed(self) -> None:
        self.people.blocked.show(self.access.blocked)
        self._ask_soon.within(PEOPLE_AFTER_MS)

    def _note(self, say: Callable[[], str], *, warns: bool = False) -> None:
        self.log.draw(self._lines.add(say, warns=warns))

    def _say_done(self, say: Callable[[], str]) -> None:
        self._note(say)
        self.form.show_done(say())

    # What is shown ---------------------------------------------------------------------

    def rebuild(self) -> None:
        """Show all anew, in today's language and look."""
        before = self.pages
        self._lines.retell()
        self._build(before.form.filled())
        self.pages.take_over(before)
        before.pack_forget()
        self._show(self.stage)
        keys.hand_over(before, self.pages)
        before.destroy()
        if self.stage is host_form.Stage.RUNNING:
            self._show_invitation()
        self._keep_size()
        help_window.follow(self.root)

    def _build(self, filled: host_form.Filled) -> None:
        self.alerts.set_title(RoomForm.WINDOW())
        self.pages = host_pages.HostPages(
            self.root, self, self.access, self.conversation, self._lines, self._looks, filled
        )
        self.pages.pack(fill="both", expand=True)
        self.form, self.invitation = self.pages.form, self.pages.invitation
        self.history, self.people = self.pages.history, self.pages.people
        self.log = self.pages.log

    def _show_invitation(self) -> None:
        self.invitation.show(interfaces.usable_addresses(self._host), self._port)

    def _show(self, stage: host_form.Stage) -> None:
        """Show what the server does, and what can be done meanwhile."""
        self.stage = stage
        running = stage is host_form.Stage.RUNNING
        self.form.show(stage)
        self.people.enable(running)
        self.history.enable(self._room if running else "")
        if running:
            self._ticker.start()
        else:
            self._ticker.stop()
        if stage is host_form.Stage.STOPPED:
            self.invitation.clear()
            self._hear_people([])

    def _tick(self) -> None:
        self._ask_people()
        self._show_figures()

    def _show_figures(self) -> None:
        if self.stage is host_form.Stage.RUNNING:
            self.form.show_running(self._since, len(self._people), self.conversation.head)

    def _keep_size(self) -> None:
        """Let nobody make the window smaller than what can be used, nor than the screen."""
        px, root = theme.of(self.root).px, self.root
        width, height = px(SMALLEST[0]), px(SMALLEST[1])
        root.minsize(min(width, root.winfo_screenwidth()), min(height, root.winfo_screenheight()))


# What is done in the driver's thread, and answered with what is wrong --------------------


def _reserve(room: room.Room, name: str, now: float) -> problems.Problem | None:
    try:
        room.reserve(name, now)
    except problems.Problem as problem:
        return problem
    return None


def _say(room: room.Room, text: str, now: float) -> problems.Problem | None:
    try:
        room.say(text, now)
    except problems.Problem as problem:
        return problem
    return None
