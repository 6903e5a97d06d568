"""Members in this process, each on a socket and an address of its own, at a real server."""

import contextlib
import resource
import selectors
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

from chatroom.client import events
from chatroom.client.asking import NEVER
from chatroom.client.member import Member
from chatroom.client.states import State
from chatroom.network import clock
from chatroom.protocol.addresses import Address
from tests.tools.processes import PASSWORD, Program, free_port

AT_ONE_ADDRESS = 32  # as many as a server lets in
TIMERS_EVERY_S = 0.01
KNOCK_MOST_S = 5.0

Name = Callable[[int], str]
"""Gives the name of the n-th who comes."""


@contextlib.contextmanager
def server(archive: Path | None = None) -> Iterator[tuple[int, Address]]:
    """Run a headless server; yield its process and its address."""
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        place = ("--host", "127.0.0.1", "--port", port, "--archive", archive or folder / "a.csv")
        program = Program("server.py", "--headless", *place, folder=folder)
        try:
            program.wait_for_output("listening on", 60.0)
            yield program.process.pid, ("127.0.0.1", port)
        finally:
            program.kill()


class Seat:
    """A member, its socket, and what came to it.

    `received` counts datagrams, `names` is the list of people; `hears` is told each event.
    """

    def __init__(self, member: Member, sock: socket.socket) -> None:
        self.member = member
        self.socket = sock
        self.due = 0.0
        self.received = 0
        self.names: tuple[str, ...] = ()
        self.hears: Callable[[Any], None] = lambda _: None

    def turn(self, now: float) -> None:
        """Do what a driver does in one turn, where there is something to do."""
        if now >= self.due:
            self.member.handle_timer(now)
        for data, address in self.member.datagrams_to_send(now):
            with contextlib.suppress(OSError):
                self.socket.sendto(data, address)
        for event in self.member.take_events():
            if isinstance(event, events.PeopleChanged):
                self.names = event.names
            self.hears(event)
        due = self.member.timer(now)
        self.due = NEVER if due is None else due

    def receive(self, now: float) -> None:
        """Take in all that has come."""
        with contextlib.suppress(BlockingIOError):
            while True:
                self.member.receive_datagram(*self.socket.recvfrom(65535), now)
                self.received += 1


class Members:
    """All of them, and the one loop that they run in."""

    def __init__(self, server: Address, seed: int = 1, name: Name = "Person {}".format) -> None:
        self.seats: list[Seat] = []
        self._server = server
        self._name = name
        self._chance = Random(seed)
        self._selector = selectors.DefaultSelector()
        self._timers_at = 0.0
        self._count = 0
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))

    def add(self, history: int | None = 0) -> Seat:
        """Have somebody knock who wants to come in."""
        seat = self._make(history)
        self._selector.register(seat.socket, selectors.EVENT_READ, seat)
        self.seats.append(seat)
        seat.turn(clock.now())
        return seat

    def knock(self) -> None:
        """Have somebody knock, and go away at the answer. Raises TimeoutError."""
        seat = self._make(history=0)
        with seat.socket as sock:
            sock.settimeout(KNOCK_MOST_S)
            while seat.member.state is State.AT_THE_DOOR:
                for data, address in seat.member.datagrams_to_send(clock.now()):
                    sock.sendto(data, address)
                seat.member.receive_datagram(*sock.recvfrom(65535), clock.now())

    def _make(self, history: int | None) -> Seat:
        self._count += 1
        group = self._count // AT_ONE_ADDRESS
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.setblocking(False)
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
        sock.bind((f"127.0.{1 + group // 250}.{1 + group % 250}", 0))
        member = Member(
            self._server,
            PASSWORD,
            self._name(self._count),
            device=self._chance.randbytes(16),
            history=history,
            entropy=self._chance.randbytes,
            random=self._chance.random,
            now=clock.now(),
        )
        return Seat(member, sock)

    def remove(self, seat: Seat) -> None:
        """Have somebody who has left be no more."""
        self._selector.unregister(seat.socket)
        seat.socket.close()
        self.seats.remove(seat)

    def run_until(self, done: Callable[[], bool], most_s: float = 60.0) -> None:
        """Run all until something is so. Raises TimeoutError where it never was."""
        until = clock.now() + most_s
        while not done():
            if clock.now() > until:
                raise TimeoutError
            for key, _ in self._selector.select(TIMERS_EVERY_S):
                seat: Seat = key.data
                seat.receive(clock.now())
                seat.turn(clock.now())
            now = clock.now()
            if now >= self._timers_at:
                self._timers_at = now + TIMERS_EVERY_S
                for seat in self.seats:
                    if now >= seat.due:
                        seat.turn(now)

    def run(self, seconds: float) -> None:
        """Let time pass."""
        until = clock.now() + seconds
        self.run_until(lambda: clock.now() >= until, seconds + 1.0)

    def received(self) -> int:
        """Return how many datagrams those who are here have received."""
        return sum(seat.received for seat in self.seats)

    def close(self) -> None:
        """Let go of all sockets."""
        for seat in list(self.seats):
            self.remove(seat)
        self._selector.close()
