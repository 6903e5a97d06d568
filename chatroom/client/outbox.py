"""What we said and the server has not yet called stored, in the order of saying."""

from collections import deque

from chatroom.protocol.messages import Say
from chatroom.protocol.texts import list_fits, split_text

STORAGE_PAUSE_S = 2.0
_TEXTS_LOOKED_AT = 64  # more never fit one request


class Outbox:
    """Texts numbered from 1; `ready_at` is when the next may be sent."""

    def __init__(self, now: float) -> None:
        self.ready_at = now
        self._texts: deque[tuple[int, str]] = deque()
        self._next_counter = 1
        self._stalled = False

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, text: str) -> list[tuple[int, str]]:
        """Queue a text, split as needed; return its parts with their counters."""
        parts = list(enumerate(split_text(text), start=self._next_counter))
        self._next_counter += len(parts)
        self._texts.extend(parts)
        return parts

    def request(self) -> Say:
        """Return the request that says as many of the first texts as fit."""
        texts = [text for _, text in list(self._texts)[:_TEXTS_LOOKED_AT]]
        return Say(self._texts[0][0], tuple(texts[: list_fits(texts)]))

    def stored(self, counter: int, ready_at: float) -> bool:
        """Forget the texts up to this counter; return whether there were any."""
        self._stalled = False
        self.ready_at = ready_at
        before = len(self._texts)
        while self._texts and self._texts[0][0] <= counter:
            self._texts.popleft()
        return len(self._texts) < before

    def stall(self, now: float) -> bool:
        """Wait, since the server cannot store; return whether that is news."""
        self.ready_at = now + STORAGE_PAUSE_S
        news, self._stalled = not self._stalled, True
        return news

    def give_up_first(self) -> tuple[int, str]:
        """Take out the first text, which the server never takes; return it."""
        return self._texts.popleft()
