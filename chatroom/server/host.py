"""The host as somebody who speaks: with a name that nobody can take, and without a session.

What the host says waits here until it is stored. Where the log refuses it, it is tried again
after a while, in the same order, as members try theirs again.
"""

import math
from collections import deque
from enum import Enum, auto
from itertools import islice

from chatroom.crypto import cpace
from chatroom.problems import WrongInput
from chatroom.protocol import entries, messages, names, texts
from chatroom.server import batch, people

WAITING_MOST = 512
"""Texts that wait, which is some 450 KB; the log may refuse them for long."""
TEXTS_A_TURN = 16
"""A pasted book must not keep everybody else waiting while it is sent to all."""
RETRY_FIRST_S, RETRY_MOST_S = 0.5, 4.0


class BadSpeech(Enum):
    """Why the host cannot have this name, or cannot say this."""

    NAME_HELD = auto()  # by somebody who is in the room
    NO_NAME = auto()
    NO_TEXT = auto()
    TOO_LONG = auto()
    TOO_MUCH_WAITS = auto()
    ROOM_CLOSED = auto()


class Host:
    """The name, the texts that wait, and when they are to be stored."""

    def __init__(self, people: people.People, entropy: cpace.Entropy) -> None:
        self.device = entries.device_id(entropy(messages.DEVICE_SIZE))
        self.said = 0
        self.due_at = math.inf
        self._people = people
        self._waiting: deque[str] = deque()
        self._retry_s = RETRY_FIRST_S

    @property
    def name(self) -> str:
        """The name that is reserved, "" where none is."""
        return self._people.reserved

    def __len__(self) -> int:
        """Return how many texts wait."""
        return len(self._waiting)

    def reserve(self, name: str, now: float) -> None:
        """Take a name, giving up the one before. Raises WrongInput for a bad or held one."""
        names.check_name(name)
        if not self._people.reserve(name, now):
            raise WrongInput(BadSpeech.NAME_HELD, given=name)

    def say(self, text: str, now: float) -> None:
        """Take a text, in parts where it is long. Raises WrongInput, and then takes nothing."""
        if not self.name:
            raise WrongInput(BadSpeech.NO_NAME)
        if not text.strip():
            raise WrongInput(BadSpeech.NO_TEXT)
        parts = list(islice(texts.parts(text), WAITING_MOST + 1))
        if len(parts) > WAITING_MOST:
            raise WrongInput(BadSpeech.TOO_LONG, most=WAITING_MOST)
        if len(self._waiting) + len(parts) > WAITING_MOST:
            raise WrongInput(BadSpeech.TOO_MUCH_WAITS, count=len(self._waiting))
        if not self._waiting:
            self.due_at = now
        self._waiting += parts

    def is_due(self, now: float) -> bool:
        """Tell whether something is to be stored now."""
        return now >= self.due_at

    def hurry(self, now: float) -> None:
        """Have what waits stored now, however often it was refused."""
        self.due_at = now if self._waiting else math.inf

    def drafts(self, now: float) -> list[batch.Draft]:
        """Return what is to be stored now, no more than one turn's worth."""
        if not self.is_due(now):
            return []
        first = islice(self._waiting, TEXTS_A_TURN)
        return [batch.Draft(self, self.said + n, text) for n, text in enumerate(first, 1)]

    def settle(self, stored: int, now: float) -> None:
        """Forget so many that are stored now, and go on with the next ones."""
        for _ in range(stored):
            self._waiting.popleft()
        self._retry_s = RETRY_FIRST_S
        self.hurry(now)

    def give_up(self) -> tuple[str, ...]:
        """Say nothing more; return what is not stored."""
        unsaid = tuple(self._waiting)
        self._waiting.clear()
        self.due_at = math.inf
        return unsaid

    def put_off(self, now: float) -> None:
        """Try again in a while, since the log took nothing."""
        self.due_at = now + self._retry_s
        self._retry_s = min(self._retry_s * 2, RETRY_MOST_S)
