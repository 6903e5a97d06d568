"""How the line to the server is: said in the head, and in the strip under it what to do."""

from typing import Protocol

from chatroom import words
from chatroom.client import events
from chatroom.network.events import DriverFailed
from chatroom.windows import chat_page, head
from chatroom.words.chat import Chat

Trouble = events.ServerLost | events.PasswordRefused | events.Expelled | DriverFailed


class Remedies(Protocol):
    """What a person can do about a trouble."""

    def try_now(self) -> None: ...
    def ask_password(self, problem: str) -> None: ...
    def rejoin(self) -> None: ...


class LineSign:
    """Knows what is the matter with the line, if anything, and says so."""

    def __init__(self, page: chat_page.ChatPage, remedies: Remedies) -> None:
        self._page = page
        self._remedies = remedies
        self._trouble: Trouble | None = None

    def found(self) -> None:
        """Say that all is well."""
        self._trouble = None
        self._page.show_line(head.Line.CONNECTED)
        self._page.banner.hide()

    def lost(self, trouble: Trouble, waiting: int) -> None:
        """Say what is the matter, while so many of our messages wait."""
        self._trouble = trouble
        is_over = isinstance(trouble, events.Expelled | DriverFailed)
        self._page.show_line(head.Line.ENDED if is_over else head.Line.RECONNECTING)
        self.count(waiting)

    def count(self, waiting: int) -> None:
        """Say how many of our messages wait now."""
        show, remedies = self._page.banner.show, self._remedies
        sentence = words.sentence(self._trouble) or ""
        match self._trouble:
            case events.ServerLost(stopped):
                said = words.reconnecting(waiting, stopped=stopped)
                show(said, Chat.TRY_NOW(), remedies.try_now)
            case events.PasswordRefused():
                show(sentence, Chat.ENTER_PASSWORD(), lambda: remedies.ask_password(sentence))
            case events.Expelled():
                show(sentence, Chat.REJOIN(), remedies.rejoin, alarm=True)
            case DriverFailed():
                show(sentence, alarm=True)
