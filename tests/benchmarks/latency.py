"""How long a message takes to be shown to all, in real time, alone and while others are busy."""

import contextlib
import os
import random
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import NamedTuple

from chatroom.archive import rows
from tests.benchmarks import hosted, measure, search
from tests.tools.processes import ROOT

MEMBERS = 100
IN_ARCHIVE = 1_000_000
MESSAGES = 500
GAP_S = 0.01
"""Between a message that all have and the next, more or less; nobody talks faster for long."""
BURDENS = ("", "fetch", "search", "flood")
TITLES = {
    "": "nobody else does anything",
    "fetch": "somebody reads the whole log",
    "search": "somebody searches it",
    "flood": "strangers greet 10,000 times a s",
}
MEMORY = Path("/dev/shm")
"""Where there is no disk to wait for, what is left is the server's own."""
SO_TIMESTAMPNS = 35  # socket(7)


class Spent(NamedTuple):
    """Milliseconds of each message: until all had it, and until the server had sent it to all."""

    shown_ms: list[float]
    sent_ms: list[float]


def show(*, short: bool = False) -> None:
    """Print how long messages take to be with all, and until the server has sent the last."""
    members, count, in_archive = (10, 20, 2000) if short else (MEMBERS, MESSAGES, IN_ARCHIVE)
    table = measure.Table(
        f"latency: ms from `say` to all of {members} members, {in_archive:,} in the archive",
        *("", "p50", "p99", "longest", "server p50", "server p99"),
    )
    disks = [Path(tempfile.gettempdir()), *([MEMORY] if MEMORY.is_dir() else [])]
    for disk in disks:
        with tempfile.TemporaryDirectory(dir=disk) as folder:
            archive = Path(folder) / "archive.csv"
            with open(archive, "wb") as file:
                file.write(rows.HEADER_LINE)
                file.writelines(search.lines(in_archive, []))
            title = "one fsync in memory" if disk == MEMORY else "one fsync on this disk"
            syncs = _syncs_ms(Path(folder) / "synced", count)
            table.row(title, *_percentiles(syncs), "-", "-")
            with hosted.served(archive=archive) as server:
                _show_burdens(table, server, members, in_archive, count)


def _show_burdens(
    table: measure.Table, server: hosted.Server, members: int, head: int, count: int
) -> None:
    """Print a row for each of those who may be busy meanwhile."""
    crowd = hosted.Crowd(server.address, members)
    for burden in BURDENS:
        with _burdened(burden, server.address[1]):
            spent = _spent(crowd, head, count)
        head += count
        server_side = _percentiles(spent.sent_ms)[:2]
        table.row(TITLES[burden], *_percentiles(spent.shown_ms), *server_side)
    crowd.close()


def _spent(crowd: hosted.Crowd, head: int, count: int) -> Spent:
    """Have so many messages said, one after another, each by another member.

    Who is served last has it when all have, each at a computer of its own: to take in here,
    one after the other, what came to a hundred sockets is no part of how long it takes.
    """
    chance = random.Random(1)
    spent = Spent([], [])
    last = crowd.people[-1]  # who is served last
    last.socket.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    for number in range(count):
        began = time.time_ns()
        crowd.people[number % len(crowd.people)].say("x" * 60)
        while last.reached < head + number + 1:
            data, notes, _, _ = last.socket.recvmsg(hosted.DATAGRAM_MOST, 64)
            crowd.take(len(crowd.people) - 1, data)
        spent.shown_ms.append((time.time_ns() - began) / 1e6)
        crowd.wait_for(head + number + 1)
        seconds, nanoseconds = struct.unpack("ll", notes[0][2])
        spent.sent_ms.append((seconds * 1_000_000_000 + nanoseconds - began) / 1e6)
        time.sleep(chance.uniform(0.5, 1.5) * GAP_S)
    return spent


def _syncs_ms(path: Path, count: int) -> list[float]:
    """Return how long so many lines take to be on the disk, each by itself."""
    found = []
    with open(path, "wb", buffering=0) as file:
        for _ in range(count):
            began = time.perf_counter()
            file.write(b"x" * 120)
            os.fsync(file.fileno())
            found.append(1000 * (time.perf_counter() - began))
            time.sleep(GAP_S)
    return found


def _percentiles(values_ms: list[float]) -> tuple[str, str, str]:
    """Return median, p99 and the longest as cells."""
    cuts = quantiles(values_ms, n=100, method="inclusive")
    return f"{cuts[49]:.2f}", f"{cuts[98]:.2f}", f"{max(values_ms):.2f}"


@contextlib.contextmanager
def _burdened(burden: str, port: int) -> Iterator[None]:
    """Keep the server busy meanwhile, from another process."""
    if not burden:
        yield
        return
    command = [sys.executable, "-m", "tests.benchmarks.burden", burden, str(port)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.5)
        try:
            yield
        finally:
            process.kill()
