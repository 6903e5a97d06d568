"""A crowd that comes, talks and goes: what each join, text and leave costs the server.

python -m tests.benchmarks.crowd TIMES   sends to addresses of standard input, in a process
"""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from statistics import median

from chatroom.network import clock
from tests.benchmarks import handshake, measure
from tests.benchmarks.members import Members, server
from tests.tools.processes import ROOT

PEOPLE, CHANGES, TEXTS = 1000, 50, 20
APART_S = 0.3  # so that no two changes share a datagram
NEWS_S = 0.5
REST_S = 10.0
SMALLEST = bytes(154)  # a CAST of a few changes


def show(*, short: bool = False) -> None:
    """Print processor time of the server for each change, and datagrams for each member."""
    people, changes = (40, 5) if short else (PEOPLE, CHANGES)
    shaking_ms = median(handshake.costs_ms(20 if short else 100))
    table = measure.Table(
        f"crowd: {people:,} people, one after another",
        "the server's part",
        "ms each",
        "handshakes",
        "by itself",
        "datagrams",
    )
    table.row("a handshake alone", f"{shaking_ms:.2f}", "1.00x")
    with server() as (pid, address), closing(Members(address)) as crowd:
        scene = Scene(crowd, pid, table, shaking_ms)
        scene.show("joins, the first ones", scene.join, changes)
        scene.show("joins of all others", scene.join, people - len(crowd.seats))
        scene.show_rest(1.0 if short else REST_S)
        scene.show(f"joins into {people:,}, many at once", scene.join, changes)
        scene.show("joins one at a time", scene.join_alone, changes)
        scene.show_bare(changes)
        scene.show("texts", scene.say, TEXTS)
        scene.show("leaves one at a time", scene.leave_alone, changes)
        scene.show("leaves, many at once", scene.leave, changes)
        scene.show("leaves of all others", scene.leave, len(crowd.seats))


class Scene:
    """What the crowd does, and what is measured of it."""

    def __init__(self, crowd: Members, pid: int, table: measure.Table, handshake_ms: float) -> None:
        self._crowd = crowd
        self._pid = pid
        self._table = table
        self._handshake_ms = handshake_ms
        self._rest_ms = 0.0  # for each member and second

    def show(self, what: str, act: Callable[[], None], times: int) -> None:
        """Do something so many times; print the cost, until all have been told of it.

        By itself it is without the handshake, and without what the room costs at rest. The
        datagrams are those that each of those who stay is sent for it.
        """
        crowd = self._crowd
        stay = list(crowd.seats)
        since, count = clock.now(), len(stay)
        cpu_s, before = measure.cpu_s(self._pid), [one.received for one in stay]
        for _ in range(times):
            act()
        crowd.run_until(self._all_know_all)
        crowd.run(NEWS_S)
        ms = (measure.cpu_s(self._pid) - cpu_s) * 1000 / times
        here = [(one, count) for one, count in zip(stay, before, strict=True) if one in crowd.seats]
        came = sum(one.received - count for one, count in here)
        each = f"{came / len(here) / times:.2f}" if here else ""
        others_ms = self._rest_ms * (count + len(crowd.seats)) / 2 * (clock.now() - since) / times
        others_ms += self._handshake_ms if "joins" in what else 0.0
        self._table.row(
            what,
            *(f"{ms:.2f}", measure.ratio(ms, self._handshake_ms)),
            *(f"{ms - others_ms:.2f}", each),
        )

    def show_rest(self, seconds: float) -> None:
        """Print what the room costs when nobody does anything; later rows are without that."""
        cpu_s = measure.cpu_s(self._pid)
        self._crowd.run(seconds)
        ms = (measure.cpu_s(self._pid) - cpu_s) * 1000 / seconds
        self._rest_ms = ms / len(self._crowd.seats)
        self._table.row("all at rest, a second", f"{ms:.2f}")

    def show_bare(self, times: int) -> None:
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
            ms = float(process.stdout.read())
        ratio = measure.ratio(ms, self._handshake_ms)
        self._table.row("a bare datagram to each of them", f"{ms:.2f}", ratio, "", "1.00")

    def join(self) -> None:
        """Have somebody come in, and wait until they are."""
        seat = self._crowd.add()
        self._crowd.run_until(lambda: seat.member.is_settled)

    def join_alone(self) -> None:
        """Have somebody come in, so that the others hear of nobody else with it."""
        self.join()
        self._crowd.run(APART_S)

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

    def leave_alone(self) -> None:
        """Have somebody go, so that the others hear of nobody else with it."""
        self.leave()
        self._crowd.run(APART_S)

    def _all_know_all(self) -> bool:
        """Tell whether everybody lists everybody, and perhaps the host."""
        count = len(self._crowd.seats)
        return all(count <= len(one.names) <= count + 1 for one in self._crowd.seats)


def send_bare(times: int) -> float:
    """Return the processor time, in ms, that it takes to send one datagram to each address."""
    addresses = [tuple(one) for one in json.load(sys.stdin)]
    cpu_s = 0.0
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        for _ in range(times):
            time.sleep(APART_S)
            began = time.process_time()
            for address in addresses:
                sock.sendto(SMALLEST, address)
            cpu_s += time.process_time() - began
    return cpu_s * 1000 / times


if __name__ == "__main__":
    print(send_bare(int(sys.argv[1])))
