"""The questions before the chat: which comes next, and what stands in it. Knows no Tk."""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import NamedTuple

from chatroom import forms, words
from chatroom.problems import WrongInput
from chatroom.protocol import addresses
from chatroom.remembered import Room
from chatroom.settings import Given, Settings


class Question(Enum):
    """What is asked, in this order."""

    ADDRESS = 1
    PORT = 2
    PASSWORD = 3
    NAME = 4


class Move(Enum):
    """What a person does with a question."""

    NEXT = 1
    BACK = 2
    CANCEL = 3


class Prompt(NamedTuple):
    """One question, as it is put."""

    question: Question
    text: str
    """What stands in it already."""
    problem: str
    """What was wrong with it, "" for nothing."""
    step: int
    steps: int
    has_back: bool
    is_last: bool
    recent: Sequence[Room]
    """Rooms to choose from, where it is asked for one."""


class Reply(NamedTuple):
    """What a person did with a question, and what stood in it then."""

    move: Move
    text: str


CHECKS: dict[Question, Callable[[str], object]] = {
    Question.ADDRESS: forms.check_address,
    Question.PORT: forms.check_port,
    Question.PASSWORD: forms.check_password,
    Question.NAME: forms.check_name,
}
"""Each returns what the text says, or raises WrongInput."""


class Asking:
    """Puts the questions one after another, back and forth, and keeps what was typed.

    What nobody typed is as it was in the room that was visited last.
    """

    def __init__(
        self, ask: Callable[[Prompt], Reply], given: Given, recent: Sequence[Room]
    ) -> None:
        """Put questions by `ask`, which goes on with text alone that passes its check.

        `recent` are the rooms of earlier visits, the last one first.
        """
        self._ask = ask
        self._recent = recent
        self._history = given.history
        port = None if given.port is None else str(given.port)
        texts = zip(Question, (given.host, port, given.password, given.name), strict=True)
        self._typed = {question: text for question, text in texts if text is not None}
        self._problems = {question: self._wrong_with(question) for question in self._typed}
        self._asked = self._open([one for one in Question if self._problems.get(one) != ""])

    def start(self) -> Settings | None:
        """Ask for what was not given, or not well; None where somebody cancels."""
        if not self._asked:
            return self._settings()
        return self._put(self._asked, self._asked[0], self._asked[-1])

    def again(
        self, question: Question, problem: str = "", *, alone: bool = False, anew: bool = False
    ) -> Settings | None:
        """Ask for what has to be mended, with the port after the address.

        From there one can go back to what was asked before, if it is not asked alone. `anew`:
        what was typed before is of no use, and does not stand there.
        """
        if anew:
            self._typed[question] = ""
        last = Question.PORT if question is Question.ADDRESS else question
        mended = {question, last}
        asked = [one for one in Question if one in mended or (one in self._asked and not alone)]
        self._problems[question] = problem
        return self._put(asked, question, last)

    # ----------------------------------------------------------------------------------

    def _put(self, asked: list[Question], first: Question, last: Question) -> Settings | None:
        """Go from the first question to the last; back is possible to all that are asked."""
        question = first
        while True:
            prompt = self._prompt(asked, question, last)
            reply = self._ask(prompt)
            if reply.text != prompt.text:
                self._typed[question] = reply.text
            if reply.move is Move.CANCEL:
                return None
            if reply.move is Move.BACK:
                question = self._before(asked, question)[-1]
                continue
            self._tidy_address()
            after = [one for one in self._open(asked) if question.value < one.value <= last.value]
            if not after:
                return self._settings()
            question = after[0]

    def _prompt(self, asked: list[Question], question: Question, last: Question) -> Prompt:
        return Prompt(
            question,
            self._text(question),
            self._problems.pop(question, ""),
            asked.index(question) + 1,
            len(asked),
            has_back=bool(self._before(asked, question)),
            is_last=question is last,
            recent=self._recent if question is Question.ADDRESS else (),
        )

    def _before(self, asked: list[Question], question: Question) -> list[Question]:
        return [one for one in self._open(asked) if one.value < question.value]

    def _open(self, asked: list[Question]) -> list[Question]:
        """Return those that are not answered by another: an address can bring its port."""
        has_port = self._address().port is not None
        return [one for one in asked if one is not Question.PORT or not has_port]

    def _tidy_address(self) -> None:
        """Keep of an invitation what it says."""
        host, port = self._address()
        if len(self._text(Question.ADDRESS).split()) > 1:
            self._typed[Question.ADDRESS] = addresses.show_address((host, port)) if port else host

    # What is answered so far -----------------------------------------------------------

    def _settings(self) -> Settings:
        address = self._address()
        return Settings(
            address.host,
            address.port or forms.check_port(self._text(Question.PORT)),
            self._text(Question.PASSWORD),
            forms.check_name(self._text(Question.NAME)),
            self._history,
        )

    def _text(self, question: Question) -> str:
        return self._typed[question] if question in self._typed else self._suggest(question)

    def _suggest(self, question: Question) -> str:
        """Return what was answered the last time, of this room where it is known."""
        if question is Question.ADDRESS:
            return self._recent[0].host if self._recent else ""
        if question is Question.PORT:
            host = self._address().host
            ports = [room.port for room in self._recent if room.host == host]
            return str([*ports, forms.DEFAULT_PORT][0])
        if question is Question.NAME:
            address = self._address()
            here = address.host, str(address.port or self._text(Question.PORT))
            names = [room.name for room in self._recent if (room.host, str(room.port)) == here]
            names += [room.name for room in self._recent]
            return next(filter(None, names), "")
        return ""

    def _address(self) -> forms.Address:
        """Return the server so far; an empty host for what is not one yet."""
        try:
            return forms.check_address(self._text(Question.ADDRESS))
        except WrongInput:
            return forms.Address("", None)

    def _wrong_with(self, question: Question) -> str:
        try:
            CHECKS[question](self._text(question))
        except WrongInput as wrong:
            return words.explain(wrong)
        return ""
