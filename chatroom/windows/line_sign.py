"""How the line to the server is: said in the head, and in the strip under it what to do."""

from typing import Protocol

from chatroom import words
from chatroom.client import events
from chatroom.network.events import DriverFailed
from chatroom.windows import chat_page, head
from chatroom.words.chat import Chat

Trouble = (
    events.ServerLost
    | events.AccessRefused
    | events.PasswordRefused
    | events.HostKeyChanged
    | events.Expelled
    | DriverFailed
)


class Remedies(Protocol):
    """What a person can do about a trouble."""

    def try_now(self) -> None: ...
    def ask_password(self, problem: str) -> None: ...
    def decide_on_host(self, changed: events.HostKeyChanged) -> None: ...
    def rejoin(self) -> None: ...


class LineSign:
    """Knows what is the matter with the line, if anything, and says so on a page."""

    def __init__(self, remedies: Remedies) -> None:
        self._remedies = remedies
        self._line = head.Line.RECONNECTING
        self._trouble: Trouble | None = None
        self._waiting = 0

    def show_on(self, page: chat_page.ChatPage) -> None:
        """Say it there from now on."""
        self._page = page
        self._say()

    @property
    def is_refused(self) -> bool:
        """Whether the host lets us in no more: whoever is not let in hears nothing further."""
        return isinstance(self._trouble, events.AccessRefused)

    def found(self) -> None:
        """Say that all is well."""
        self._line, self._trouble = head.Line.CONNECTED, None
        self._say()

    def lost(self, trouble: Trouble, waiting: int) -> None:
        """Say what is the matter, while so many of our messages wait."""
        if self.is_refused and isinstance(trouble, events.ServerLost):
            return
        self._trouble, self._waiting = trouble, waiting
        match trouble:
            case events.Expelled() | DriverFailed():
                self._line = head.Line.ENDED
            case events.AccessRefused():
                self._line = head.Line.NOT_LET_IN
            case _:
                self._line = head.Line.RECONNECTING
        self._say()

    def count(self, waiting: int) -> None:
        """Say how many of our messages wait now."""
        self._waiting = waiting
        if self._trouble is not None:
            self._say_trouble()

    # ----------------------------------------------------------------------------------

    def _say(self) -> None:
        self._page.show_line(self._line)
        if self._trouble is None:
            self._page.banner.hide()
        else:
            self._say_trouble()

    def _say_trouble(self) -> None:
        show, remedies = self._page.banner.show, self._remedies
        sentence = words.sentence(self._trouble) or ""
        match self._trouble:
            case events.ServerLost(stopped):
                said = words.reconnecting(self._waiting, stopped=stopped)
                show(said, Chat.TRY_NOW(), remedies.try_now)
            case events.AccessRefused():
                show(sentence, Chat.TRY_NOW(), remedies.try_now)
            case events.PasswordRefused():
                show(
                    sentence,
                    Chat.ENTER_PASSWORD(),
                    lambda: remedies.ask_password(sentence),
                )
            case events.HostKeyChanged() as changed:
                show(sentence, Chat.DECIDE(), lambda: remedies.decide_on_host(changed), alarm=True)
            case events.Expelled():
                show(sentence, Chat.REJOIN(), remedies.rejoin, alarm=True)
            case DriverFailed():
                show(sentence, alarm=True)
