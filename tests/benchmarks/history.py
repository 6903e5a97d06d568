"""What there was before one came: joining a long room, any page of it, and all of it.

python -m tests.benchmarks.history {member,console} PORT   a reader, in a process of its own
"""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median, quantiles

import client
from chatroom import settings
from chatroom.archive import rows
from chatroom.client import events
from chatroom.network import clock
from chatroom.network.events import DriverStopped
from chatroom.protocol.entries import Entry
from tests.benchmarks import measure
from tests.benchmarks.members import Members, Seat, server
from tests.tools.processes import PASSWORD, ROOT, Program

SMALL, ALL, LARGE = 1000, 100_000, 1_000_000
NAMES = ("Ana Lindqvist", "Budi", "Chidi", "Mei-Ling", "Noor Haddad")
TEXT = "Did anybody take the blue folder? It was on the table, {}."
JOINS = 20
TALKERS, SAID_EVERY_S = 5, 0.05
DATAGRAM, WINDOW = 1184, 16


def show(*, short: bool = False) -> None:
    """Print what joining, a page and all of it take, each beside a baseline of the same run."""
    counts = (100, 1000, 2000) if short else (SMALL, ALL, LARGE)
    with tempfile.TemporaryDirectory() as name:
        small, middle, large = (_archive(Path(name) / f"{count}.csv", count) for count in counts)
        show_joining([(counts[0], small), (counts[2], large)])
        show_all(counts[1], middle)


def _archive(path: Path, count: int) -> Path:
    """Write an archive of so many messages."""
    with open(path, "wb") as file:
        file.write(rows.HEADER_LINE)
        for seq in range(1, count + 1):
            moment = f"2026-11-{seq * 28 // (count + 1) + 1:02}T{seq % 24:02}:00:00Z"
            entry = Entry(seq, moment, NAMES[seq % 5], TEXT.format(seq), f"u0123456789abcdef-{seq}")
            file.write(rows.encode_row("default", entry))
    return path


# One who comes ------------------------------------------------------------------------


def show_joining(archives: list[tuple[int, Path]]) -> None:
    """Print what it takes to come in and to read a page, in a short room and in a long one."""
    table = measure.Table("history: one who comes", "", "ms", "ratio", "server's ms", "ratio")
    with ExitStack() as stack:
        rooms = [Joining(stack, count, archive) for count, archive in archives]
        for _ in range(JOINS):  # in turn, so that whatever else the machine does slows both
            for room in rooms:
                room.join()
        for what, kind in (("the newest 100 after joining", 0), ("50 in the middle", 1)):
            base = rooms[0].medians(kind)
            for room in rooms:
                took, cpu = room.medians(kind)
                table.row(
                    f"{what}, of {room.count:,}",
                    *(f"{took:.2f}", measure.ratio(took, base[0])),
                    *(f"{cpu:.2f}", measure.ratio(cpu, base[1])),
                )


class Joining:
    """A room, and what it took to come in and to read a page, in ms and in the server's ms."""

    def __init__(self, stack: ExitStack, count: int, archive: Path) -> None:
        self.count = count
        self._pid, address = stack.enter_context(server(archive))
        self._members = stack.enter_context(closing(Members(address)))
        self._found: tuple[list[tuple[float, float]], ...] = [], []

    def join(self) -> None:
        """Come in, and read a page."""
        with _measured(self._pid, self._found[0]):
            seat = self._members.add(history=100)
            self._members.run_until(lambda: seat.member.is_settled)
        with _measured(self._pid, self._found[1]):
            _read(self._members, seat, self.count // 3, 50)

    def medians(self, kind: int) -> tuple[float, float]:
        """Return the medians of the joins (0) or of the pages (1)."""
        found = self._found[kind]
        return median(one for one, _ in found), median(one for _, one in found)


@contextmanager
def _measured(pid: int, found: list[tuple[float, float]]) -> Iterator[None]:
    since, cpu_s = clock.now(), measure.cpu_s(pid)
    yield
    found.append(((clock.now() - since) * 1000, (measure.cpu_s(pid) - cpu_s) * 1000))


def _read(members: Members, seat: Seat, first: int, count: int) -> None:
    """Read a page, and wait for all of it."""
    came = 0

    def hear(event: object) -> None:
        nonlocal came
        came += len(event.entries) if isinstance(event, events.PageRead) else 0

    seat.hears = hear
    seat.member.read(first, first + count - 1, clock.now())
    seat.turn(clock.now())
    members.run_until(lambda: came == count)


# All of it ----------------------------------------------------------------------------


def show_all(count: int, archive: Path) -> None:
    """Print how fast all is read, and how long others wait meanwhile for what is said."""
    columns = "messages/s", "of bare", "server us", "reader us", "others p50", "p99 (ms)"
    table = measure.Table(f"history: all of {count:,} messages, read by one", "", *columns)
    bare = measure.median_of(measure.TIMES, lambda: _bare_rate(archive.stat().st_size, count))
    table.row("bare datagrams, 16 for a request", f"{bare:,.0f}", "1.00x")
    module = [sys.executable, "-m", "tests.benchmarks.history"]
    with server(archive) as (pid, address), closing(Members(address)) as talkers:
        scene = Scene(pid, talkers)
        sleep = scene.run([sys.executable, "-c", "import time; time.sleep(2)"])
        table.row("nobody reads", "", "", "", "", *sleep.delays())
        for what, argument in (("a member", "member"), ("the console, as JSON", "console")):
            command = [*module, argument, str(address[1])]
            talk = argument == "member"
            runs = [scene.run(command, talk=talk) for _ in range(measure.TIMES)]
            rate = median(count / one.lasted_s for one in runs)
            table.row(
                what,
                *(f"{rate:,.0f}", measure.ratio(rate, bare)),
                f"{median(one.server_cpu_s for one in runs) * 1e6 / count:.1f}",
                f"{median(one.cpu_s for one in runs) * 1e6 / count:.1f}",
                *Run([delay for one in runs for delay in one.delays_s]).delays(),
            )


class Run:
    """One reader's run: how long it lasted, processor time, and delays of what others said."""

    def __init__(self, delays_s: list[float]) -> None:
        self.delays_s = delays_s
        self.lasted_s = self.cpu_s = self.server_cpu_s = 0.0

    def delays(self) -> tuple[str, str]:
        """Return the median and the slowest hundredth of the delays, in ms."""
        if not self.delays_s:
            return "", ""
        cuts = quantiles(self.delays_s, n=100, method="inclusive")
        return f"{cuts[49] * 1000:.1f}", f"{cuts[98] * 1000:.1f}"


class Scene:
    """A few who talk, while a reader in a process of its own reads all."""

    def __init__(self, pid: int, talkers: Members) -> None:
        self._pid = pid
        self._talkers = talkers
        self._said = 0
        self._waits: dict[str, float] = {}
        self._delays_s: list[float] = []
        for _ in range(TALKERS):
            seat = talkers.add()
            talkers.run_until(lambda one=seat: one.member.is_settled)  # type: ignore[misc]
        talkers.seats[0].hears = self._hear

    def run(self, command: list[str], *, talk: bool = True) -> Run:
        """Talk while a command runs, which prints what it took, if it read.

        A console leaves when nobody says anything.
        """
        self._delays_s = []
        cpu_s = measure.cpu_s(self._pid)
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT, text=True) as process:
            while process.poll() is None:
                if talk:
                    self._say()
                self._talkers.run(SAID_EVERY_S)
            out = process.stdout.read() if process.stdout is not None else ""
        run = Run(self._delays_s)
        run.server_cpu_s = measure.cpu_s(self._pid) - cpu_s
        if out:
            run.lasted_s, run.cpu_s = json.loads(out)
        return run

    def _say(self) -> None:
        """Have one of them say something, who is not the one that listens."""
        self._said += 1
        seat = self._talkers.seats[1 + self._said % (TALKERS - 1)]
        text = f"among us {self._said}"
        self._waits[text] = clock.now()
        seat.member.say(text, clock.now())
        seat.turn(clock.now())

    def _hear(self, event: object) -> None:
        if isinstance(event, events.NewEntries):
            now = clock.now()
            self._delays_s += [
                now - self._waits.pop(one.text) for one in event.entries if one.text in self._waits
            ]


def _bare_rate(size: int, count: int) -> float:
    """Return how many messages a second come in datagrams that nobody seals or opens."""
    datagrams = size // DATAGRAM
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as source,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as reader,
    ):
        for one in (source, reader):
            one.bind(("127.0.0.1", 0))
        reader.settimeout(1.0)

        def serve() -> None:
            while source.recvfrom(DATAGRAM)[0]:
                for _ in range(WINDOW):
                    source.sendto(bytes(DATAGRAM), reader.getsockname())

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        since = time.perf_counter()
        for _ in range(datagrams // WINDOW + 1):
            reader.sendto(b"next", source.getsockname())
            for _ in range(WINDOW):
                reader.recvfrom(DATAGRAM)
        lasted_s = time.perf_counter() - since
        reader.sendto(b"", source.getsockname())
        thread.join()
    return count / lasted_s


# The reader's process -----------------------------------------------------------------


def read_all(port: int) -> tuple[float, float]:
    """Return how long a member took to have all, once it was in, and its processor time."""
    asked = settings.Settings("127.0.0.1", port, PASSWORD, "Reader", None)
    reader = client.join_room(asked)
    reader.start()
    since = cpu_s = lasted_s = 0.0
    while not isinstance(event := reader.next_event(1.0), DriverStopped):
        if isinstance(event, events.Entered):
            since, cpu_s = time.perf_counter(), time.process_time()
        elif isinstance(event, events.CaughtUp):
            lasted_s, cpu_s = time.perf_counter() - since, time.process_time() - cpu_s
            reader.call(lambda member, now: member.leave(now))
    return lasted_s, cpu_s


def read_by_console(port: int) -> tuple[float, float]:
    """Return how long the console took to print all, from its start, and its processor time."""
    with tempfile.TemporaryDirectory() as name:
        since, before = time.perf_counter(), os.times()
        options = ("--console", "--json", "--history", "all", "--name", "Reader")
        place = ("--host", "127.0.0.1", "--port", port)
        with open(os.devnull, "wb") as nowhere:
            console = Program(
                "client.py", *options, *place, folder=Path(name), stdout=nowhere.fileno()
            )
            console.end_input()
            console.wait(100.0)
        after = os.times()
        cpu_s = after.children_user + after.children_system
        cpu_s -= before.children_user + before.children_system
        return time.perf_counter() - since, cpu_s


if __name__ == "__main__":
    read = read_by_console if sys.argv[1] == "console" else read_all
    print(json.dumps(read(int(sys.argv[2]))))
