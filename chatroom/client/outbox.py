"""What we said and the server has not yet called stored, in the order of saying."""

from collections import deque

from chatroom.client import asking, events
from chatroom.protocol import messages, texts

STORAGE_PAUSE_S = 2.0
TEXTS_AT_ONCE = 64  # the server takes 20 at once, whatever fits one request


class Outbox(asking.Asker):
    """Texts under the counters that the server stores them by, from 1."""

    answer = messages.Stored

    def __init__(self, now: float) -> None:
        self.ready_at = now
        self._texts: deque[tuple[int, str]] = deque()
        self._next_counter = 1
        self._stalled = False

    def __len__(self) -> int:
        return len(self._texts)

    def add(self, text: str) -> list[tuple[int, str]]:
        """Queue a text, split as needed; return its parts with their counters."""
        parts = list(enumerate(texts.split_text(text), start=self._next_counter))
        self._next_counter += len(parts)
        self._texts.extend(parts)
        return parts

    @property
    def due_at(self) -> float:
        return self.ready_at if self._texts else asking.NEVER

    def request(self) -> messages.Say:
        """Return the request that says as many of the first texts as fit."""
        first = [text for _, text in list(self._texts)[:TEXTS_AT_ONCE]]
        return messages.Say(self._texts[0][0], tuple(first[: texts.list_fits(first)]))

    def hear(self, said: asking.Said, now: float) -> asking.Told:
        match said:
            case messages.Joined(counter=counter):
                self.ready_at = now
                self._stalled = False
                return self._forget(counter)
            case messages.Stored(counter=counter):
                self.ready_at = now + said.wait_ms / 1000
                self._stalled = False
                return self._forget(counter)
        return ()

    def refused(self, reason: messages.Refusal, now: float) -> asking.Told:
        match reason:
            case messages.Refusal.STORAGE:
                self.ready_at = now + STORAGE_PAUSE_S
                news, self._stalled = not self._stalled, True
                return (events.StorageStalled(),) if news else ()
            case messages.Refusal.TEXT_BAD:
                return (events.TextRefused(*self._texts.popleft()),)
        self.ready_at = now + asking.REFUSED_PAUSE_S
        return ()

    def _forget(self, counter: int) -> asking.Told:
        """Forget the texts up to this counter, which are stored."""
        before = len(self._texts)
        while self._texts and self._texts[0][0] <= counter:
            self._texts.popleft()
        return (events.TextsStored(counter),) if len(self._texts) < before else ()
