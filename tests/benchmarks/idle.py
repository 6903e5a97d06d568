"""What members who say nothing cost the server: processor time for their pings, and memory.

The load is one process with a socket for each member. Each of them pings when the real
client's rule (`client.pulse`) has it ping, which is what its last Pong said; nothing else
brings any two together. Since timers, systems and a LAN are never quite in time, each ping is
late by up to 5 ms, drawn for it alone. What is cast while people come is not looked at.
"""

import contextlib
import heapq
import itertools
import random
import re
import selectors
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from chatroom.client.contact import Contact
from chatroom.client.pulse import PING_AFTER_S, PING_LATEST_S, Pulse
from chatroom.client.session import RoomKey
from chatroom.client.timers import RoundTrip
from chatroom.protocol import messages, wire
from tests.benchmarks import hosted, measure, rivals

MEMBERS = 1000
LATE_MOST_S = 0.005
SETTLED_AFTER_S = 2 * PING_LATEST_S  # then each has been told when to ping, and does
SPINS_S = 0.002
"""How long before a ping the load waits without sleep: sleeping rounds to milliseconds."""


def show(*, short: bool = False) -> None:
    """Print the share of a core, beside a loop that answers as many datagrams, and the memory."""
    members, settled_s, watched_s = (20, 0.0, 1.0) if short else (MEMBERS, SETTLED_AFTER_S, 20.0)
    hosted.allow_many_sockets()
    table = measure.Table(
        f"idle: {members} silent members, who ping when they are told: each 20 s, about",
        *("", "bare loop", "chat room", "to loop"),
    )
    with hosted.served() as server, contextlib.closing(Silent(server)) as silent:
        first = members // 10  # with them comes what is there once
        silent.let_in(first)
        before = memory_bytes(server.pid)
        silent.let_in(members - first)
        if short:
            silent.hurry()
        silent.keep(settled_s)
        silent.pings = 0
        room = measure.median_of(
            measure.TIMES,
            lambda: share_percent(server.pid, lambda: silent.keep(watched_s)),
        )
        each = (memory_bytes(server.pid) - before) / (members - first)
        bare = bare_percent(members / PING_AFTER_S, watched_s / 2)
        table.row("per cent of a core", f"{bare:.2f}", f"{room:.2f}", measure.ratio(room, bare))
        a_second = silent.pings / (measure.TIMES * watched_s)
        table.row("pings a second", f"{members / PING_AFTER_S:.1f}", f"{a_second:.1f}", "-")
        table.row("KB of memory for each member", "-", f"{each / 1024:.1f}", "-")


class Member(NamedTuple):
    """Somebody in the room, and when it pings, as the client has it."""

    person: hosted.Person
    contact: Contact
    pulse: Pulse


class Silent:
    """Members of whom nothing is heard but their pings; `pings` counts these."""

    def __init__(self, server: hosted.Server) -> None:
        self.pings = 0
        self._crowd = hosted.Crowd(server.address, 0)
        self._members: list[Member] = []
        self._due: list[tuple[float, int]] = []  # a heap; the last for each counts
        self._planned: list[float] = []
        self._selector = selectors.DefaultSelector()

    def let_in(self, count: int) -> None:
        """Let so many in, as fast as the door lets them, while the others ping."""
        for number in range(len(self._members), len(self._members) + count):
            since = time.monotonic()
            person, round_trip = self._crowd.let_one_in(), RoundTrip()
            person.socket.setblocking(False)
            contact = Contact(round_trip, since)
            pulse = Pulse(RoomKey(), contact, random.random, since)
            pulse.sent(time.monotonic())
            self._members.append(Member(person, contact, pulse))
            self._planned.append(0.0)
            self._plan(number)
            self._selector.register(person.socket, selectors.EVENT_READ, number)
            self.keep(since + hosted.JOIN_EVERY_S - time.monotonic())

    def hurry(self) -> None:
        """Have all ping now."""
        for number, one in enumerate(self._members):
            one.pulse.hurry(time.monotonic())
            self._plan(number)

    def keep(self, for_s: float) -> None:
        """Let them ping as they should for so long."""
        until = time.monotonic() + for_s
        while (now := time.monotonic()) < until:
            while self._due and self._due[0][0] <= now:
                at, number = heapq.heappop(self._due)
                if at == self._planned[number]:
                    self._ping(number)
            next_at = min(self._due[0][0], until) if self._due else until
            wait_s = max(next_at - time.monotonic() - SPINS_S, 0)
            for key, _ in self._selector.select(wait_s):
                self._hear(key.data)

    def close(self) -> None:
        """Close the sockets; nobody says goodbye."""
        self._selector.close()
        self._crowd.close()

    def _ping(self, number: int) -> None:
        person, contact, pulse = self._members[number]
        person.ask(pulse.request())
        self.pings += 1
        now = time.monotonic()
        pulse.sent(now)
        contact.awaits(now)
        self._plan(number)

    def _hear(self, number: int) -> None:
        person, contact, pulse = self._members[number]
        data = person.receive()
        if data[0] == wire.Kind.SEALED and isinstance(pong := person.open(data), messages.Pong):
            contact.heard(in_room=True)
            pulse.hear(pong, time.monotonic())
            self._plan(number)

    def _plan(self, number: int) -> None:
        late_s = LATE_MOST_S * random.random()
        self._planned[number] = self._members[number].pulse.due_at + late_s
        heapq.heappush(self._due, (self._planned[number], number))


def bare_percent(datagrams_per_s: float, watched_s: float) -> float:
    """Return how much of a core a bare loop takes that answers so many, each alone."""
    every_s, counted = 1 / datagrams_per_s, itertools.count(1)

    def echo() -> None:
        until = time.monotonic()
        for _ in range(max(round(watched_s / every_s), 1)):
            loop.say(0, "x" * 160)
            loop.wait_for(next(counted))
            until += every_s
            time.sleep(max(until - time.monotonic(), 0))

    with contextlib.closing(rivals.BareLoop(1)) as loop:
        return measure.median_of(measure.TIMES, lambda: share_percent(loop.pid, echo))


def share_percent(pid: int, act: Callable[[], None]) -> float:
    """Return how much of a core a process takes while this is done."""
    began_s, began_at = measure.cpu_s(pid), time.monotonic()
    act()
    return 100 * (measure.cpu_s(pid) - began_s) / (time.monotonic() - began_at)


def memory_bytes(pid: int) -> int:
    """Return what a process has of memory that no other shares."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Private_Dirty:\s+(\d+) kB", text, re.MULTILINE)
    assert found is not None
    return int(found[1]) * 1024
