"""A crowd that comes, talks and goes: what each join, text and leave costs the server.

What is counted of a change is all that the server does for it, in all its threads: from the
greeting on, until everybody was told and the newcomer has the list of people. On one machine
that is more than on a network: who sends to a socket of the same machine also does the work of
receiving there, in the kernel, which is a good part of each datagram; so it is for the bare
ones. A handshake, from HELLO to ANSWER, is measured at the same server in the same way, by
strangers who go no further. Before each scene all ping, so that no ping falls into it: what
they cost is the figure of `idle`.

python -m tests.benchmarks.crowd TIMES   sends to addresses of standard input, in a process
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from statistics import mean, median

from chatroom.network import clock, sending
from chatroom.protocol.outgoing import Datagram, Outgoing
from tests.benchmarks import measure
from tests.benchmarks.members import Members, Name, Seat, server
from tests.tools.processes import ROOT

PEOPLE, CHANGES, TEXTS = 1000, 25, 20
APART_S = 0.4  # so that no two changes share a datagram
TOGETHER = 10
REPEATS_S = 4.0  # until the last text is repeated no more
PINGS_AT_ONCE, PINGS_PAUSE_S = 20, 0.02
SMALLEST = bytes(154)  # a CAST of a few changes
JOIN_MOST_MS = 5.0


def usual_name(number: int) -> str:
    """Return a name such as most have."""
    return f"Person {number}"


def longest_name(number: int) -> str:
    """Return a name of 32 emoji, which are 128 bytes."""
    return "".join(chr(0x1F600 + int(digit)) for digit in f"{number:032}")


def show(*, short: bool = False) -> None:
    """Print processor time of the server for each change, and datagrams for each member."""
    people, changes = (20, 2) if short else (PEOPLE, CHANGES)
    show_crowd(f"crowd: {people:,} people", usual_name, people, changes)
    show_crowd(f"crowd: {people:,} people with names of 128 bytes", longest_name, people, changes)
    print(f"  target: {JOIN_MOST_MS:g} ms for a join beside its handshake, 1.00 datagrams")


def show_crowd(title: str, name: Name, people: int, changes: int) -> None:
    """Have so many people come, talk and go."""
    columns = ("median ms", "mean ms", "beside", "to bare", "datagrams")
    table = measure.Table(title, "the server's part", *columns)
    with server() as (pid, address), closing(Members(address, name=name)) as crowd:
        scene = Scene(crowd, pid, table)
        for _ in range(people):
            scene.join()
        scene.show_bare("a bare datagram to each", changes)
        scene.show("handshakes alone", scene.knock, changes)
        scene.show("joins one at a time", scene.join, changes, is_join=True)
        scene.show("joins, ten at once", scene.join, changes // 2, TOGETHER, is_join=True)
        scene.show("texts", scene.say, min(TEXTS, changes))
        crowd.run(REPEATS_S)
        scene.show("the first leave in a minute", scene.leave, 1)
        scene.show("leaves one at a time", scene.leave, changes)
        scene.show("leaves, ten at once", scene.leave, changes // 2, TOGETHER)


class Scene:
    """What the crowd does, and what is measured of it."""

    def __init__(self, crowd: Members, pid: int, table: measure.Table) -> None:
        self._crowd = crowd
        self._pid = pid
        self._table = table
        self._bare_ms = self._handshake_ms = 0.0

    def show(
        self,
        what: str,
        act: Callable[[], None],
        times: int,
        at_once: int = 1,
        is_join: bool = False,
    ) -> None:
        """Do something so often, some of it at once; print what one costs.

        A join is shown without its handshake as well, and beside a bare datagram to each. The
        datagrams are those that each of those who stay is sent for one.
        """
        self._ping()
        stay = list(self._crowd.seats)
        before = {one: one.received for one in stay}
        found_ms = [self._cost_ms(act, at_once) for _ in range(times)]
        middle_ms = median(found_ms)
        if act == self.knock:
            self._handshake_ms = middle_ms
        beside_ms = middle_ms - self._handshake_ms * is_join
        here = [one for one in self._crowd.seats if one in before]
        came = sum(one.received - before[one] for one in here)
        self._table.row(
            what,
            *(f"{middle_ms:.2f}", f"{mean(found_ms):.2f}", f"{beside_ms:.2f}"),
            measure.ratio(beside_ms, self._bare_ms),
            f"{came / len(here) / times / at_once:.2f}",
        )

    def show_bare(self, what: str, times: int) -> None:
        """Print what it costs a process to send each of them one small datagram, at times."""
        addresses = [one.socket.getsockname() for one in self._crowd.seats]
        command = [sys.executable, "-m", "tests.benchmarks.crowd", str(times)]
        pipe = subprocess.PIPE
        with subprocess.Popen(command, stdin=pipe, stdout=pipe, cwd=ROOT, text=True) as process:
            assert process.stdin is not None
            process.stdin.write(json.dumps(addresses))
            process.stdin.close()
            self._crowd.run_until(lambda: process.poll() is not None)
            assert process.stdout is not None
            for how, found_ms in json.load(process.stdout).items():
                middle_ms = median(found_ms)
                self._bare_ms = self._bare_ms or middle_ms
                ratio = measure.ratio(middle_ms, self._bare_ms)
                cells = f"{middle_ms:.2f}", f"{mean(found_ms):.2f}", f"{middle_ms:.2f}", ratio
                self._table.row(f"{what}, {how}", *cells, "1.00")

    def knock(self) -> None:
        """Have a stranger come as far as the server's ANSWER, and go away."""
        self._crowd.knock()

    def join(self) -> None:
        """Have somebody come in, and wait until they are."""
        seat = self._crowd.add()
        self._crowd.run_until(lambda: seat.member.is_settled)

    def say(self) -> None:
        """Have somebody say something that all are shown."""
        crowd = self._crowd
        head = crowd.seats[0].member.figures().head + 1
        crowd.seats[0].member.say(
            "Did anybody take the blue folder? It was on the table.", clock.now()
        )
        crowd.seats[0].due = 0.0
        crowd.run_until(lambda: all(one.member.figures().last >= head for one in crowd.seats))

    def leave(self) -> None:
        """Have the last who came go."""
        seat = self._crowd.seats[-1]
        seat.member.leave(clock.now())
        seat.due = 0.0
        self._crowd.run_until(lambda: seat.member.closed)
        self._crowd.remove(seat)

    def _cost_ms(self, act: Callable[[], None], at_once: int) -> float:
        """Do something until all have been told of it; return what one of it costs."""
        cpu_s = measure.cpu_s(self._pid)
        for _ in range(at_once):
            act()
        self._crowd.run(APART_S)
        self._crowd.run_until(self._all_know_all)
        return (measure.cpu_s(self._pid) - cpu_s) * 1000 / at_once

    def _all_know_all(self) -> bool:
        """Tell whether everybody lists everybody, and perhaps the host."""
        count = len(self._crowd.seats)
        return all(count <= len(one.names) <= count + 1 for one in self._crowd.seats)

    def _ping(self) -> None:
        """Have all ping, some at once: then nobody does for a while."""
        crowd = self._crowd
        for some in _groups(crowd.seats, PINGS_AT_ONCE):
            for seat in some:
                seat.member.try_now(clock.now())
                seat.due = 0.0
            crowd.run(PINGS_PAUSE_S)
        crowd.run(APART_S)


def _groups(seats: list[Seat], size: int) -> list[list[Seat]]:
    return [seats[start : start + size] for start in range(0, len(seats), size)]


def send_bare(times: int) -> dict[str, list[float]]:
    """Return the processor time, in ms, that it takes to send one datagram to each address.

    That is one by one, and as the server does it.
    """
    datagrams: list[Datagram] = [(SMALLEST, tuple(one)) for one in json.load(sys.stdin)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sender = sending.Sender(sock)

        def send_each() -> None:
            for one in datagrams:
                sock.sendto(*one)

        return {
            "one by one": [_sending_ms(send_each) for _ in range(times)],
            "together": [
                _sending_ms(lambda: sender.send(Outgoing(datagrams))) for _ in range(times)
            ],
        }


def _sending_ms(send: Callable[[], object]) -> float:
    time.sleep(APART_S)
    began = time.process_time()
    send()
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    print(json.dumps(send_bare(int(sys.argv[1]))))
