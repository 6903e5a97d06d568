"""A room that is made up: a driver for a chat window, with a log of any size behind it.

It answers what a window asks its member, at once and in this thread, so that a window can be
looked at in any state without a server, a socket or a wait.
"""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import Any

from chatroom.client import events
from chatroom.network.events import DriverStarted, DriverStopped
from chatroom.protocol import search
from chatroom.protocol.entries import Entry, make_id

DEVICE = "u0123456789abcdef"
HISTORY = 100


class Log:
    """A log of so many entries, each made when it is asked for."""

    def __init__(self, head: int, make: Callable[[int], Entry]) -> None:
        self.head = head
        self._make = make
        self._added: dict[int, Entry] = {}

    def read(self, first: int, last: int) -> tuple[Entry, ...]:
        """Return these entries, as far as they are."""
        numbers = range(max(first, 1), min(last, self.head) + 1)
        return tuple(self._added.get(seq) or self._make(seq) for seq in numbers)

    def add(self, name: str, text: str, time: str, id_: str = "x-1") -> Entry:
        """Add an entry at the end."""
        self.head += 1
        entry = self._added[self.head] = Entry(self.head, time, name, text, id_)
        return entry


class MadeUpRoom:
    """Driver and member in one, as far as a window calls them."""

    def __init__(
        self,
        log: Log,
        *,
        room: str = "default",
        name: str = "Budi",
        people: Sequence[str] = (),
        utc_now: Callable[[], str] = lambda: "2026-11-24T09:36:00Z",
    ) -> None:
        self.log = log
        self.answers_pages = True
        self.stores = True
        self.asked: list[tuple[str, Any]] = []  # reads, finds and so on, in order
        self._room = room
        self._name = name
        self._people = tuple(people) or (name,)
        self._utc_now = utc_now
        self._counter = 0
        self._events: deque[Any] = deque()

    # The driver ------------------------------------------------------------------------

    def start(self) -> None:
        """Let the member in, with the newest messages."""
        head = self.log.head
        first = max(head - HISTORY + 1, 1)
        self.tell(DriverStarted(("127.0.0.1", 50000)))
        self.tell(events.Entered(self._room, self._name, DEVICE, back=False, head=head))
        if head:
            self.tell(events.NewEntries(self.log.read(first, head)))
        self.tell(events.CaughtUp(first), events.PeopleChanged(self._people, (), ()))

    def call(self, action: Callable[[Any, float], Any]) -> "Future[Any]":
        """Do what a window wants of its member."""
        future: Future[Any] = Future()
        future.set_result(action(self, 0.0))
        return future

    def next_event(self, timeout_s: float = 0.0) -> Any:
        """Return the oldest event, None where there is none."""
        return self._events.popleft() if self._events else None

    def join(self, timeout_s: float | None = None) -> bool:
        """Nothing runs."""
        return True

    def tell(self, *told: object) -> None:
        """Have the window hear of these."""
        self._events.extend(told)

    # The member ------------------------------------------------------------------------

    def say(self, text: str, now: float) -> None:
        """Store a text, or have it wait."""
        self._counter += 1
        self.tell(events.TextQueued(self._counter, text))
        if self.stores:
            id_ = make_id(DEVICE, self._counter)
            entry = self.log.add(self._name, text, self._utc_now(), id_)
            self.tell(events.TextsStored(self._counter), events.NewEntries((entry,)))

    def others_say(self, name: str, text: str) -> None:
        """Have somebody else say something."""
        self.tell(events.NewEntries((self.log.add(name, text, self._utc_now()),)))

    def read(self, first: int, last: int, now: float) -> None:
        """Read a page, if this room does."""
        self.asked.append(("read", (first, last)))
        if self.answers_pages:
            self.tell(events.PageRead(self.log.read(first, last)))

    def find(self, words: str, before: int, now: float) -> None:
        """Find all that matches, at once."""
        self.asked.append(("find", (words, before)))
        query = search.parse(words)
        found = self.log.read(1, (before or self.log.head + 1) - 1)
        numbers = [one.seq for one in reversed(found) if query.matches(one.name, one.text)]
        self.tell(events.HitsFound(words, tuple(numbers), 1, is_over=True))

    def stop_finding(self) -> None:
        """Find no more."""
        self.asked.append(("stop_finding", None))

    def try_now(self, now: float) -> None:
        """Note the wish."""
        self.asked.append(("try_now", None))

    def rejoin(self, now: float) -> None:
        """Be in again."""
        self.asked.append(("rejoin", None))
        entered = events.Entered(self._room, self._name, DEVICE, True, self.log.head)
        self.tell(entered, events.CaughtUp(1))

    def retry_password(self, password: str, now: float) -> None:
        """Be in again."""
        self.asked.append(("retry_password", password))
        self.rejoin(now)

    def leave(self, now: float) -> None:
        """End."""
        self.tell(events.Left(0), DriverStopped())
