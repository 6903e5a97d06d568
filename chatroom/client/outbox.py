"""What we said and the server has not yet called stored, in the order of saying."""

from collections import deque
from collections.abc import Sequence

from chatroom.client import asking, events
from chatroom.protocol import entries, messages, texts

STORAGE_PAUSE_S = 2.0
TEXTS_AT_ONCE = 64  # the server takes 20 at once, whatever fits one request


class Outbox(asking.Asker):
    """Texts under the counters that the server stores them by, from 1 without a gap.

    The count is the server's. Where it is another than ours when we come in, because it has
    an older archive now or a text was given up, what waits is numbered anew.

    A text that is given up leaves a gap until then: the next Say is refused for it
    (COUNTER_SKIPS), and for that we come in anew, with another session. In the old one a
    late copy of a Say could be taken under the new numbers.
    """

    answer = messages.Stored

    def __init__(self, device: bytes, now: float) -> None:
        """Have nothing to say yet; `device` is the secret that our texts are stored under."""
        self.ready_at = now
        self._device = entries.device_id(device)
        self._texts: deque[tuple[int, str]] = deque()
        self._next_counter = 1
        self._asked = messages.Say(0, ())
        self._one_at_once = False
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
        count = 1 if self._one_at_once else texts.list_fits(first)
        self._asked = messages.Say(self._texts[0][0], tuple(first[:count]))
        return self._asked

    def hear(self, said: asking.Said, now: float) -> asking.Told:
        match said:
            case messages.Joined(counter=counter):
                self.ready_at = now
                self._stalled = self._one_at_once = False
                if self._first_counter - 1 <= counter < self._next_counter:
                    return self._forget(counter)
                return (self._renumber(counter + 1),)
            case messages.Stored(counter=counter):
                self.ready_at = now + said.wait_ms / 1000
                self._stalled = self._one_at_once = False
                return self._forget(counter)
            case entries.Entries() if self._texts:
                return self._see_stored(said.entries)
        return ()

    def is_met(self, request: messages.Request) -> bool:
        """Tell whether all texts of this Say are stored: the room is cast them as they are."""
        assert isinstance(request, messages.Say)
        return request.counter + len(request.texts) <= self._first_counter

    def refused(self, reason: messages.Refusal, now: float) -> asking.Told:
        match reason:
            case messages.Refusal.STORAGE:
                self.ready_at = now + STORAGE_PAUSE_S
                news, self._stalled = not self._stalled, True
                return (events.StorageStalled(),) if news else ()
            case messages.Refusal.MALFORMED if len(self._asked.texts) > 1:
                self._one_at_once = True  # to see which of them it is
                return ()
            case messages.Refusal.MALFORMED | messages.Refusal.TEXT_BAD:
                return (events.TextRefused(*self._texts.popleft()),)
        self.ready_at = now + asking.REFUSED_PAUSE_S
        return ()

    @property
    def _first_counter(self) -> int:
        """The counter of the first text that waits, or else of the next that is said."""
        return self._texts[0][0] if self._texts else self._next_counter

    def _see_stored(self, stored: Sequence[entries.Entry]) -> asking.Told:
        """Forget what is among these entries, and so all before it."""
        own = [entry.id for entry in stored if entry.id.startswith(self._device)]
        origin = entries.split_id(own[-1]) if own else None
        if origin is None:
            return ()
        self._stalled = self._one_at_once = False
        return self._forget(origin[1])

    def _forget(self, counter: int) -> asking.Told:
        """Forget the texts up to this counter, which are stored."""
        before = len(self._texts)
        while self._texts and self._texts[0][0] <= counter:
            self._texts.popleft()
        return (events.TextsStored(counter),) if len(self._texts) < before else ()

    def _renumber(self, first: int) -> events.TextsRenumbered:
        """Count what waits from `first`."""
        waiting = [text for _, text in self._texts]
        self._texts = deque(enumerate(waiting, start=first))
        self._next_counter = first + len(waiting)
        return events.TextsRenumbered(tuple(self._texts))
