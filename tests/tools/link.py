"""Both ends of the room and a link between them, on a clock that the test moves.

    pair = Pair()
    ana = pair.join("Ana")
    ana.say("hello")
    pair.run(1.0)

Nothing here sleeps or draws chance that the seed does not give.
"""

import heapq
import itertools
import random
from collections.abc import Callable, Iterator, Sequence

from chatroom.client import events as client_events
from chatroom.client.member import Member
from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import Entry, split_id
from chatroom.protocol.search import Query, Slice
from chatroom.server.events import RoomEvent
from chatroom.server.log import Log
from chatroom.server.room import Room

SERVER: Address = ("127.0.0.1", 8080)
PASSWORD = "correct horse"
SLICE = 50
"""Entries that one step of a search in memory looks at."""


class MemoryLog:
    """A log in memory. `failure` is raised by the next appends, `loss` by reads, if set."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        self.entries = list(entries)
        self.appends = 0
        self.failure: Exception | None = None
        self.loss: Exception | None = None

    @property
    def head(self) -> int:
        return len(self.entries)

    def last_counter(self, device: str) -> int:
        origins = (split_id(entry.id) for entry in self.entries)
        return max((one[1] for one in origins if one and one[0] == device), default=0)

    def read(self, first: int, last: int) -> list[Entry]:
        if self.loss is not None:
            raise self.loss
        return self.entries[max(first, 1) - 1 : max(last, 0)]

    def find(self, query: Query, before: int) -> Iterator[Slice]:
        """Yield what matches, `SLICE` entries at a time."""
        last = min(before - 1 if before else self.head, self.head)
        if last < 1:
            yield Slice((), 1)
        while last > 0:
            first = max(last - SLICE + 1, 1)
            looked_at = reversed(self.read(first, last))
            found = [one.seq for one in looked_at if query.matches(one.name, one.text)]
            yield Slice(tuple(found), first)
            last = first - 1

    def append(self, entries: Sequence[Entry]) -> None:
        if self.failure is not None:
            raise self.failure
        self.appends += 1
        self.entries += entries


def older_entries(count: int) -> list[Entry]:
    """Return a log's worth of entries of somebody who is not there."""
    return [
        Entry(seq, "2026-01-01T00:00:00Z", "Eva", f"old {seq}", f"older-{seq}")
        for seq in range(1, count + 1)
    ]


class Person:
    """A member, its address, and all that it has shown so far."""

    def __init__(self, pair: "Pair", member: Member, address: Address) -> None:
        self.pair = pair
        self.member = member
        self.address = address
        self.events: list[client_events.MemberEvent] = []
        self.shown: list[Entry] = []
        self.pages: list[Entry] = []

    @property
    def texts(self) -> list[str]:
        """The texts shown, in order."""
        return [entry.text for entry in self.shown]

    def say(self, text: str) -> list[int]:
        return self.member.say(text, self.pair.now)

    def leave(self) -> None:
        self.member.leave(self.pair.now)

    def saw(self, kind: type[client_events.MemberEvent]) -> list[client_events.MemberEvent]:
        """Return the events of one type."""
        return [event for event in self.events if isinstance(event, kind)]

    def take_events(self) -> None:
        for event in self.member.take_events():
            self.events.append(event)
            if isinstance(event, client_events.NewEntries):
                self.shown.extend(event.entries)
            elif isinstance(event, client_events.PageRead):
                self.pages.extend(event.entries)
            elif isinstance(event, client_events.LogReplaced):
                self.shown.clear()


class Link:
    """A network that takes `delay_s` each way and loses what `loses` says.

    `loses(data, source, destination)` decides for each datagram; `count` counts them
    all, and `sent` keeps them unless `keeps_sent` is off.
    """

    def __init__(self, delay_s: float = 0.025) -> None:
        self.delay_s = delay_s
        self.loses: Callable[[bytes, Address, Address], bool] = lambda *_: False
        self.count = 0
        self.keeps_sent = True
        self.sent: list[tuple[float, bytes, Address, Address]] = []


class Pair:
    """One room and any number of people, joined by a link."""

    def __init__(
        self,
        log: Log | None = None,
        *,
        seed: int = 1,
        link: Link | None = None,
        password: str = PASSWORD,
    ) -> None:
        self.now = 1000.0
        self.random = random.Random(seed)
        self.link = link or Link()
        self.log: Log = log if log is not None else MemoryLog()
        self.room_events: list[RoomEvent] = []
        self.people: dict[Address, Person] = {}
        self.server_up = True
        self._order = itertools.count()
        self._flying: list[tuple[float, int, bytes, Address, Address]] = []
        self.password = password
        self.room = self.open_room()

    def open_room(self) -> Room:
        """Start the server's side, for the first time or again."""
        self.room = Room(
            self.log,
            self.password,
            entropy=self.random.randbytes,
            utc_now=lambda: "2026-11-22T12:00:00Z",
            now=self.now,
        )
        self.server_up = True
        return self.room

    def stop_room(self) -> None:
        """Stop the server's side, cleanly."""
        self.room.close(self.now)
        self._flush_room()
        self.server_up = False

    def add(
        self,
        name: str,
        *,
        password: str | None = None,
        history: int | None = 100,
        host: str = "127.0.0.1",
        device: bytes | None = None,
    ) -> Person:
        """Add somebody who begins to knock now."""
        address: Address = (host, 50000 + len(self.people))
        member = Member(
            SERVER,
            self.password if password is None else password,
            name,
            device=device or self.random.randbytes(16),
            history=history,
            entropy=self.random.randbytes,
            random=self.random.random,
            now=self.now,
        )
        person = Person(self, member, address)
        self.people[address] = person
        return person

    def join(self, name: str, **options: object) -> Person:
        """Add somebody and run until it is in or was refused."""
        person = self.add(name, **options)  # type: ignore[arg-type]
        self.run_until(lambda: bool(person.events), 30.0)
        return person

    def here(self) -> list[tuple[str, Address]]:
        """Return name and address of everybody in the room, as the host is shown them."""
        return [(one.name, one.address) for one in self.room.people(self.now)]

    def move(self, person: Person, address: Address) -> None:
        """Let a person speak from another address from now on."""
        del self.people[person.address]
        person.address = address
        self.people[address] = person

    def run(self, seconds: float) -> None:
        """Let time pass."""
        self.run_until(lambda: False, seconds)

    def run_until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Let time pass until `done`, for so long at most; return whether it was."""
        end = self.now + seconds
        while True:
            self._flush()
            if done():
                return True
            due = self._next_time()
            if due > end:
                self.now = end
                return done()
            self.now = max(self.now, due)
            self._deliver()
            self._run_timers()

    def inject(self, data: bytes, source: Address, destination: Address) -> None:
        """Put a datagram on the link, as anybody could."""
        self._send(data, source, destination)

    # ----------------------------------------------------------------------------------

    def _next_time(self) -> float:
        times = [person.member.timer(self.now) for person in self.people.values()]
        if self.server_up:
            times.append(self.room.timer(self.now))
        if self._flying:
            times.append(self._flying[0][0])
        return min((time for time in times if time is not None), default=float("inf"))

    def _deliver(self) -> None:
        while self._flying and self._flying[0][0] <= self.now:
            _, _, data, source, destination = heapq.heappop(self._flying)
            if destination == SERVER:
                if self.server_up:
                    self.room.receive_datagram(data, source, self.now)
            elif destination in self.people:
                member = self.people[destination].member
                member.receive_datagram(data, source, self.now)

    def _run_timers(self) -> None:
        if self.server_up and self.room.timer(self.now) <= self.now:
            self.room.handle_timer(self.now)
        for person in self.people.values():
            due = person.member.timer(self.now)
            if due is not None and due <= self.now:
                person.member.handle_timer(self.now)

    def _flush(self) -> None:
        if self.server_up:
            self._flush_room()
        for person in self.people.values():
            for data, destination in person.member.datagrams_to_send(self.now):
                self._send(data, person.address, destination)
            person.take_events()

    def _flush_room(self) -> None:
        for data, destination in self.room.datagrams_to_send(self.now):
            self._send(data, SERVER, destination)
        self.room_events += self.room.take_events()

    def _send(self, data: bytes, source: Address, destination: Address) -> None:
        self.link.count += 1
        if self.link.keeps_sent:
            self.link.sent.append((self.now, data, source, destination))
        if not self.link.loses(data, source, destination):
            arrival = self.now + self.link.delay_s
            heapq.heappush(self._flying, (arrival, next(self._order), data, source, destination))
