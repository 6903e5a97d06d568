"""The way into a room: what is asked, the knock, and what is asked again where it was wrong."""

from collections.abc import Callable
from enum import Enum, auto
from typing import Protocol

from chatroom import remembered, words
from chatroom.client import events, member
from chatroom.network import driver
from chatroom.settings import Settings
from chatroom.windows import appearance, asking, poller, question, theme
from chatroom.windows.asking import Question
from chatroom.words.chat import Chat

JoinRoom = Callable[[Settings], driver.Driver[member.Member]]


class Stage(Enum):
    """What a chat window shows."""

    ASKING = auto()
    CONNECTING = auto()
    CHATTING = auto()
    ENDED = auto()  # the conversation can still be read


class Window(Protocol):
    """What the way in needs of the window it belongs to."""

    root: theme.Root
    stage: Stage
    is_leaving: bool

    def show(self, stage: Stage) -> None: ...
    def begin(self, answers: Settings, visit: remembered.Visit) -> None: ...
    def write_on(self) -> None: ...
    def close(self) -> bool: ...
    def leave(self) -> None: ...
    def end(self) -> None: ...


class Joining:
    """Asks and knocks; `settings` are the answers with which it did so last."""

    settings: Settings

    def __init__(
        self,
        window: Window,
        asking: asking.Asking,
        join_room: JoinRoom,
        memory: remembered.Remembered,
        poller: poller.Poller[member.Member],
    ) -> None:
        self._window = window
        self._asking = asking
        self._join_room = join_room
        self._memory = memory
        self._poller = poller

    def start(self) -> None:
        """Ask, one after another, for what was not given; Cancel ends the program."""
        answers = self._asking.start()
        if answers is None:
            self._window.end()
        else:
            self._knock(answers)

    def ask_address(self, problem: str = "") -> None:
        """Let the person correct address and port."""
        self._hang_up()
        self._ask_again(Question.ADDRESS, problem)

    def ask_password(self, problem: str = "") -> None:
        """Ask for the password that the host has now."""
        self._ask_again(Question.PASSWORD, problem, anew=True)

    def ask_soon(self, question: Question, problem: str, *, anew: bool = False) -> None:
        """Ask for what was wrong, once no other dialog or menu is open."""
        root = self._window.root
        if self._window.is_leaving:
            return
        if root.tk.call("grab", "current", root):
            root.after(appearance.LATER_MS, lambda: self.ask_soon(question, problem, anew=anew))
        else:
            self._ask_again(question, problem, anew=anew)

    def decide_on_host(self, changed: events.HostKeyChanged) -> bool:
        """Ask whether to go on with another host, and do so; nothing of ours goes there before."""
        sentence = words.sentence(changed) or ""
        said = f"{sentence} {Chat.OTHER_HOST_ADVICE()}"
        texts = Chat.OTHER_HOST(), said, Chat.TRUST_HOST(), Chat.NOT_NOW()
        trusts = question.ask(self._window.root, *texts)
        if trusts:
            self._poller.call(lambda member, now: member.trust_host(changed.met, now))
        elif self._window.stage is Stage.CONNECTING:
            self.ask_address(sentence)
        return trusts

    def entered(self, event: events.Entered) -> None:
        """Remember the room, and how we are there, for the next time."""
        self._memory.update(
            self.settings.key, name=event.name, title=event.room, host_key=event.host_key
        )

    # ----------------------------------------------------------------------------------

    def _ask_again(self, question: Question, problem: str, *, anew: bool = False) -> None:
        """Ask for what was wrong; one who is in the room may think it over."""
        window = self._window
        is_in = window.stage is Stage.CHATTING
        if not is_in:
            window.root.withdraw()  # nothing is connecting meanwhile
        answers = self._asking.again(question, problem, alone=is_in, anew=anew)
        if answers is not None:
            self._go_on(question, answers)
        elif not is_in:
            window.leave()
        elif question is Question.NAME and not window.close():
            window.root.after_idle(self.ask_soon, question, problem)
        if is_in and not window.is_leaving:
            window.write_on()

    def _go_on(self, question: Question, answers: Settings) -> None:
        """Knock with what was mended; anew where more than that has changed."""
        if self._window.stage is Stage.CONNECTING:
            self._window.show(Stage.CONNECTING)
        before, self.settings = self.settings, answers
        name, password = answers.name, answers.password
        if question is Question.PASSWORD and before._replace(password=password) == answers:
            self._poller.call(lambda member, now: member.retry_password(password, now))
        elif question is Question.NAME and before._replace(name=name) == answers:
            self._poller.call(lambda member, now: member.rename(name, now))
        else:
            self._hang_up()
            self._knock(answers)

    def _hang_up(self) -> None:
        """Leave this room for another."""
        self._poller.call(lambda member, now: member.leave(now))
        self._poller.drop()
        self._window.show(Stage.ASKING)

    def _knock(self, answers: Settings) -> None:
        visit = self._memory.room(answers.key)
        self.settings = answers._replace(host_key=visit.known_host)
        self._window.begin(self.settings, visit)
        self._poller.start(self._join_room(self.settings))
