"""The chat window: it asks, connects and shows the conversation."""

from collections.abc import Callable
from enum import Enum, auto
from tkinter import Tk, messagebox
from typing import Protocol

from chatroom import forms, settings, words
from chatroom.client import events, member, old_conversation as conversation
from chatroom.network import driver, events as driver_events
from chatroom.windows import chat_page, connecting_page, poller

EARLIER_AT_ONCE = 100
GOODBYE_MS = 2500

JoinRoom = Callable[[settings.Settings], driver.Driver[member.Member]]


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
    """Connects pages, prompts and driver; `stage` is what the window shows just now."""

    stage: Stage
    _settings: settings.Settings  # once all is answered

    def __init__(
        self, root: Tk, prompts: Prompts, join_room: JoinRoom, given: settings.Given
    ) -> None:
        """Ask for what was not given as soon as the main loop runs."""
        self.root = root
        self._prompts = prompts
        self._join_room = join_room
        self._poller = poller.Poller[member.Member](root, self._handle)
        self._leaving = False
        self._is_over = False
        self._goodbye = ""
        self.conversation = conversation.Conversation()
        self.connecting = connecting_page.ConnectingPage(root, self._ask_address, self.leave)
        self.chat = chat_page.ChatPage(
            root, self.conversation, send=self._send, fetch_earlier=self._fetch_earlier
        )
        self._show(Stage.ASKING)
        root.protocol("WM_DELETE_WINDOW", self._close)
        root.after_idle(self._ask_all, given)

    # Asking and connecting -------------------------------------------------------------

    def _ask_all(self, given: settings.Given) -> None:
        """Ask, one after another, for what was not given; Cancel ends the program."""
        ask = self._prompts
        host = given.host or ask.server()
        port = host and (given.port or ask.port(str(forms.DEFAULT_PORT)))
        password = port and (given.password or ask.password())
        name = password and (given.name or ask.name())
        if host and port and password and name:
            self._connect(settings.Settings(host, port, password, name, given.history))
        else:
            self._end()

    def _ask_address(self, problem: str = "") -> None:
        """Let the person correct address and port; Cancel ends the program."""
        self._poller.call(lambda member, now: member.leave(now))
        self._poller.drop()
        self._show(Stage.ASKING)
        host = self._prompts.server(self._settings.host, problem)
        port = host and self._prompts.port(str(self._settings.port))
        if host and port:
            self._connect(self._settings._replace(host=host, port=port))
        else:
            self._end()

    def _ask_password(self, refused: events.PasswordRefused) -> None:
        password = self._prompts.password(words.sentence(refused) or "")
        if password is None:
            self.leave()
        else:
            self._settings = self._settings._replace(password=password)
            self._poller.call(lambda member, now: member.retry_password(password, now))

    def _ask_name(self, refused: events.NameRefused) -> None:
        name = self._prompts.name(refused.name, words.sentence(refused) or "")
        if name is None:
            self.leave()
        else:
            self._settings = self._settings._replace(name=name)
            self._poller.call(lambda member, now: member.rename(name, now))

    def _connect(self, settings: settings.Settings) -> None:
        self._settings = settings
        self.connecting.begin(settings.server)
        self._show(Stage.CONNECTING)
        self._poller.start(self._join_room(settings))

    # What happens ----------------------------------------------------------------------

    def _handle(self, event: object) -> None:
        """Show one event: in the conversation, around it, and as a sentence."""
        self.chat.transcript.draw(self.conversation.handle(event))
        self._act_on(event)
        if isinstance(event, driver_events.DriverStarted | driver_events.DriverStopped):
            return  # these have words for the host
        sentence = words.sentence(event)
        if sentence is None or (isinstance(event, events.Entered) and not event.back):
            return  # the title says where we are, and the history comes first
        if self.stage is Stage.CONNECTING:
            self.connecting.advise(sentence)
        elif self.stage is not Stage.ASKING:
            self.chat.transcript.add_notice(sentence)

    def _act_on(self, event: object) -> None:
        match event:
            case events.Entered(room, name):
                self.root.title(f"{room} \u2013 {name}")
                self.chat.head.show_room(room)
                self.chat.head.show_line(chat_page.Line.CONNECTED)
                self._show(Stage.CHATTING)
            case events.PeopleChanged(names):
                self.chat.head.show_people(names)
            case events.ServerSilent():
                self.connecting.advise(words.no_answer(self._settings.server))
            case events.ServerLost():
                self.chat.head.show_line(chat_page.Line.RECONNECTING)
            case events.ServerFound():
                self.chat.head.show_line(chat_page.Line.CONNECTED)
            case events.PasswordRefused():
                self.root.after_idle(self._ask_password, event)
            case events.NameRefused():
                self.root.after_idle(self._ask_name, event)
            case driver_events.DriverFailed(problem) if self.stage is Stage.CONNECTING:
                self.root.after_idle(self._ask_address, words.explain(problem))
            case events.Expelled() | driver_events.DriverFailed():
                self._show(Stage.ENDED)
            case driver_events.DriverStopped() if self._leaving:
                self._end()

    # What the person does --------------------------------------------------------------

    def _send(self, text: str) -> None:
        """Say what was written, or go, where it was the word for it."""
        if text.strip() == "exit":
            self._close()
            return
        self.chat.transcript.scroll_to_end()
        self._poller.call(lambda member, now: member.say(text, now))

    def _fetch_earlier(self) -> None:
        last = (self.conversation.first or 1) - 1
        self._poller.call(lambda member, now: member.read(last - EARLIER_AT_ONCE + 1, last, now))

    def _close(self) -> None:
        """Leave, after a question where something would be lost."""
        unsaid = len(self.conversation.waiting)
        question = f"{unsaid} of your messages have not reached the server yet. Leave anyway?"
        if unsaid and self.stage is Stage.CHATTING:
            leaves = messagebox.askyesno("Leave the room?", question, parent=self.root)
        else:
            leaves = True
        if leaves:
            self.leave()

    def leave(self) -> None:
        """Say goodbye, and close the window soon, whether or not it was heard."""
        self._leaving = True
        if not self._poller.has_driver or self.stage is Stage.ENDED:
            self._end()
            return
        self._poller.call(lambda member, now: member.leave(now))
        self.root.withdraw()
        self._goodbye = self.root.after(GOODBYE_MS, self._end)

    def _end(self) -> None:
        if self._is_over:  # by a signal, while a question was open
            return
        self._is_over = True
        self.connecting.move(False)
        if self._goodbye:
            self.root.after_cancel(self._goodbye)
        self.root.destroy()

    # What is shown ---------------------------------------------------------------------

    def _show(self, stage: Stage) -> None:
        """Show the page of a stage; nothing else shows or hides one."""
        self.stage = stage
        connects, chats = stage is Stage.CONNECTING, stage in (Stage.CHATTING, Stage.ENDED)
        for page, shown in ((self.connecting, connects), (self.chat, chats)):
            if shown:
                page.pack(fill="both", expand=True)
            else:
                page.pack_forget()
        self.connecting.move(connects)
        self.chat.composer.enable(stage is Stage.CHATTING)
        if stage is Stage.ENDED:
            self.chat.head.show_line(chat_page.Line.ENDED)
        if stage is Stage.ASKING:
            self.root.withdraw()
        else:
            self.root.deiconify()
        if stage is Stage.CHATTING:
            self.chat.composer.take_keyboard()
