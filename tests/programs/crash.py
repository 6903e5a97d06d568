"""Kills the server again and again, and checks that it broke no promise.

    python -m tests.programs.crash --kills 1000      kill -9 at random moments, under load
    python -m tests.programs.crash --every-syscall   a kill at each write, fsync, ... (strace)

A promise is what a member was told: `TextsStored`, or an entry it was shown. The server
is a real process; its members live in this one, on real sockets.
"""

import argparse
import csv
import io
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from chatroom.archive.rows import HEADER, encode_row
from chatroom.client import events
from chatroom.network.events import DriverFailed
from chatroom.protocol.entries import Entry, make_id, split_id
from chatroom.settings import Settings
from client import join_room
from storage import Archive
from tests.tools.processes import PASSWORD, Program, archived, free_port, is_free, wait_for

PREFILLED_ROWS = 10_000
RESTART_LIMIT_S = 1.0
LONGEST_LIFE_S = 0.4  # of a server between two kills
MOST_WAITING = 4
CALLS = ("write", "fsync", "ftruncate", "rename", "sendfile")
"""What changes the disk. A kill comes before the call it counts to; what one after it
would leave is what the kill before the next call finds."""

_NEVER_EXPECTED = (
    events.LogReplaced,
    events.TextRefused,
    events.NameRefused,
    events.PasswordRefused,
    events.AccessRefused,
    events.Expelled,
    DriverFailed,
)


class Talker:
    """A member that remembers what it said, and what it was promised."""

    def __init__(self, name: str, port: int) -> None:
        self.name = name
        self.device = ""
        self.said: list[str] = []
        self.stored = 0
        self.shown: list[Entry] = []
        self.flaws: list[str] = []
        self._driver = join_room(Settings("127.0.0.1", port, PASSWORD, name, 0))
        self._driver.start()

    @property
    def waiting(self) -> int:
        """How many of its texts nobody called stored yet."""
        return len(self.said) - self.stored

    def say(self, text: str) -> None:
        """Say a text that fits one entry."""
        self.said.append(text)
        self._driver.call(lambda member, now: member.say(text, now))

    def listen(self) -> None:
        """Take note of what happened."""
        while (event := self._driver.next_event()) is not None:
            if isinstance(event, events.Entered):
                self.device = event.device
            elif isinstance(event, events.TextsStored):
                self.stored = event.counter
            elif isinstance(event, events.NewEntries):
                self.shown += event.entries
            elif isinstance(event, _NEVER_EXPECTED):
                self.flaws.append(f"{self.name}: {event}")

    def leave(self) -> None:
        """Say goodbye and end the thread."""
        self._driver.call(lambda member, now: member.leave(now))
        self._driver.join(10)


class Ledger:
    """The archive as Python's csv module reads it, on from where it last stopped."""

    def __init__(self, path: Path) -> None:
        self.rows: list[list[str]] = []  # the header, then entry 1, entry 2, ...
        self.ids: set[str] = set()
        self.doubled = 0
        self.flaws: list[str] = []
        self._path = path
        self._offset = 0
        self._counters: dict[str, int] = {}
        self._checked: dict[Talker, tuple[int, int]] = {}

    def read_on(self) -> None:
        """Take in the complete lines that were added."""
        with open(self._path, "rb") as file:
            file.seek(self._offset)
            added = file.read()
        added = added[: added.rfind(b"\n") + 1]
        self._offset += len(added)
        for row in csv.reader(io.StringIO(added.decode("utf-8-sig"), newline="")):
            self.rows.append(row)
            if len(row) != len(HEADER):
                self.flaws.append(f"row {len(self.rows)} has {len(row)} cells: {row}")
            elif len(self.rows) > 1:
                self._count(row[-1])

    def lost(self, talkers: Iterable[Talker]) -> int:
        """Return how many promises made since the last time the archive breaks."""
        lost = 0
        for talker in talkers:
            stored, shown = self._checked.get(talker, (0, 0))
            promised = range(stored + 1, talker.stored + 1)
            lost += sum(make_id(talker.device, n) not in self.ids for n in promised)
            for entry in talker.shown[shown:]:
                there = self.rows[entry.seq] if entry.seq < len(self.rows) else []
                lost += there[1:] != [entry.name, entry.text, entry.time, entry.id]
            self._checked[talker] = talker.stored, len(talker.shown)
        return lost

    def _count(self, id_: str) -> None:
        self.doubled += id_ in self.ids
        self.ids.add(id_)
        device, counter = split_id(id_) or ("", 0)
        if counter != self._counters.get(device, 0) + 1:
            self.flaws.append(f"{id_} follows {self._counters.get(device, 0)}")
        self._counters[device] = counter


# --------------------------------------------------------------------------------------
# At random moments


@dataclass
class Figures:
    """What a run found."""

    kills: int = 0
    kills_with_waiting: int = 0  # something said was not yet called stored
    kills_with_stored: int = 0  # this server had stored something
    messages: int = 0
    lost: int = 0
    doubled: int = 0
    restarts_s: list[float] = field(default_factory=list)
    seconds: float = 0.0
    flaws: list[str] = field(default_factory=list)

    @property
    def slowest_restart_s(self) -> float:
        """The longest time from a start to `listening`."""
        return max(self.restarts_s)

    @property
    def good(self) -> bool:
        """Whether no promise was broken and nothing else was amiss."""
        return not (self.lost or self.doubled or self.flaws)


def kill_at_random(
    folder: Path, kills: int, seed: int, rows: int = PREFILLED_ROWS, members: int = 6
) -> Figures:
    """Kill the server under load so many times; return what came of it."""
    return _RandomKills(folder, seed, rows, members).run(kills)


class _RandomKills:
    def __init__(self, folder: Path, seed: int, rows: int, members: int) -> None:
        self._folder = folder
        self._random = random.Random(seed)
        self._rows = rows
        self._archive = folder / "archive.csv"
        _prefill(self._archive, rows)
        self._ledger = Ledger(self._archive)
        self._port = free_port()
        self._figures = Figures()
        self._server = self._start()
        self._talkers = [Talker(f"M{n}", self._port) for n in range(members)]
        wait_for(self._all_are_in, 20, "everybody is in")

    def run(self, kills: int) -> Figures:
        figures, began_at = self._figures, time.monotonic()
        try:
            for _ in range(kills):
                self._talk(self._random.uniform(0, LONGEST_LIFE_S))
                figures.kills += 1
                figures.kills_with_waiting += any(t.waiting for t in self._talkers)
                self._server.kill()
                if self._server.err:
                    figures.flaws.append(self._server.err)
                head = len(self._ledger.rows)
                self._check()
                figures.kills_with_stored += len(self._ledger.rows) > head
                self._server = self._start()
            for talker in self._talkers:  # who is silent would notice at its next ping
                talker.say("goodbye")
            try:
                wait_for(self._all_is_told, 60, "everything stored and shown")
            except AssertionError as error:  # then the figures say what is missing
                figures.flaws.append(str(error))
            for talker in self._talkers:
                talker.leave()
            if self._server.stop() != 0:
                figures.flaws.append(f"the last server: {self._server.err}")
            self._check_end()
        finally:
            self._server.kill()
        figures.seconds = time.monotonic() - began_at
        return figures

    def _start(self) -> Program:
        wait_for(lambda: is_free(self._port), 10, "a free port")
        began_at = time.monotonic()
        server = _start_server(self._folder, self._port)
        server.wait_for_output("listening on")
        self._figures.restarts_s.append(time.monotonic() - began_at)
        return server

    def _talk(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left_s := until - time.monotonic()) > 0:
            for talker in self._talkers:
                talker.listen()
                if talker.waiting < MOST_WAITING and self._random.random() < 0.2:
                    filler = "x" * self._random.choice((0, 0, 5, 50, 600))
                    talker.say(f"{talker.name} {len(talker.said)} {filler}")
            time.sleep(min(left_s, 0.01))

    def _check(self) -> None:
        """Hold what is on disk against what was promised until now."""
        for talker in self._talkers:
            talker.listen()
        self._ledger.read_on()
        self._figures.lost += self._ledger.lost(self._talkers)

    def _check_end(self) -> None:
        """Hold the whole file, read anew, against all that was said."""
        self._check()
        figures, ledger = self._figures, self._ledger
        said = {
            make_id(talker.device, n): text
            for talker in self._talkers
            for n, text in enumerate(talker.said, start=1)
        }
        figures.messages = len(said)
        rows = archived(self._archive)[self._rows :]
        found = {row["Id"]: row["Message"] for row in rows}
        missing = sum(found.get(id_) != text for id_, text in said.items())
        figures.lost = max(figures.lost, missing)
        figures.doubled = max(ledger.doubled, len(rows) - len(found))
        archive = Archive(self._archive)
        held = [entry.id for entry in archive.read(self._rows + 1, archive.head)]
        archive.close()
        if held != [row["Id"] for row in rows] or archive.notices:
            figures.flaws.append(f"storage reads another archive: {archive.notices}")
        for talker in self._talkers:
            seqs = [entry.seq for entry in talker.shown]
            if seqs != list(range(seqs[0], self._rows + len(rows) + 1)):
                talker.flaws.append(f"{talker.name} was not shown each entry once")
            figures.flaws += talker.flaws
        figures.flaws += ledger.flaws

    def _all_are_in(self) -> bool:
        for talker in self._talkers:
            talker.listen()
        return all(talker.device for talker in self._talkers)

    def _all_is_told(self) -> bool:
        self._check()
        head = len(self._ledger.rows) - 1
        return all(
            not talker.waiting and talker.shown and talker.shown[-1].seq == head
            for talker in self._talkers
        )


def _start_server(folder: Path, port: int, prefix: Sequence[str] = ()) -> Program:
    where = ("--host", "127.0.0.1", "--port", port, "--archive", folder / "archive.csv")
    return Program("server.py", "--headless", *where, folder=folder, prefix=tuple(prefix))


def _prefill(path: Path, rows: int) -> None:
    device = "u0123456789abcdef"
    lines = [",".join(HEADER).encode() + b"\r\n"]
    for n in range(1, rows + 1):
        text = f"an earlier message, number {n}, of a usual length"
        time_ = f"2024-01-01T{n // 3600 % 24:02}:{n // 60 % 60:02}:{n % 60:02}Z"
        entry = Entry(n, time_, "Earlier", text, make_id(device, n))
        lines.append(encode_row("default", entry))
    path.write_bytes(b"".join(lines))


# --------------------------------------------------------------------------------------
# At every system call


def _made(path: Path) -> list[str]:
    return []


def _upgraded(path: Path) -> list[str]:
    path.write_bytes(b'Room,User,Message\nclass,Siti,one\nclass,Ana,"two\nlines"\n')
    return ["one", "two\nlines"]


def _torn(path: Path) -> list[str]:
    _prefill(path, 3)
    with open(path, "r+b") as file:
        file.truncate(path.stat().st_size - 40)
    return [f"an earlier message, number {n}, of a usual length" for n in (1, 2)]


SCENARIOS: dict[str, Callable[[Path], list[str]]] = {
    "made": _made,
    "upgraded": _upgraded,
    "torn": _torn,
}
"""Each puts an archive where the server will find it; returns the texts that count."""


def has_strace() -> bool:
    """Tell whether system calls can be counted here."""
    return shutil.which("strace") is not None and (
        subprocess.run(
            ["strace", "-f", "-o", "/dev/null", "true"],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )


def kill_at_every_call(
    folder: Path, scenario: str, call: str, texts: int = 2
) -> tuple[int, list[str]]:
    """Kill a server at its 1st, 2nd, ... such call, until one lives through the script.

    Return the number of kills, and what was amiss.
    """
    flaws: list[str] = []
    kills = 0
    while True:
        place = folder / f"{scenario}-{call}-{kills + 1}"
        place.mkdir()
        survived, found = _kill_at_call(place, scenario, call, kills + 1, texts)
        flaws += [f"{place.name}: {flaw}" for flaw in found]
        if survived:
            return kills, flaws
        kills += 1


def _kill_at_call(
    folder: Path, scenario: str, call: str, when: int, texts: int
) -> tuple[bool, list[str]]:
    """Run the script once under strace; return whether the server lived, and flaws."""
    path, port = folder / "archive.csv", free_port()
    older = SCENARIOS[scenario](path)
    before = path.read_bytes() if path.exists() else b""
    kept = before.rpartition(b"\n")[2] or before  # a torn end, or all that is upgraded
    # -D: the server is our child, and strace the one that stands beside it.
    strace = ("strace", "-D", "-f", "-o", "/dev/null", "-e", f"trace={call}")
    inject = ("-e", f"inject={call}:signal=SIGKILL:when={when}")
    server = _start_server(folder, port, (*strace, *inject))
    talker: Talker | None = None
    try:
        wait_for(lambda: "listening" in server.out or _ended(server), 20, "listening")
        if not _ended(server):
            talker = Talker("Ana", port)
            _talk_in_turn(talker, texts, server)
            if not _ended(server):
                server.process.terminate()
        survived = server.wait() == 0
        flaws = [server.err] if server.err else []
        flaws += _broken_promises(path, older, kept, talker)
        # Whoever was not told must be able to go on with the next server.
        server.kill()
        server = _start_server(folder, port)
        server.wait_for_output("listening")
        talker = talker or Talker("Ana", port)
        _talk_in_turn(talker, texts, server)
        wait_for(lambda: _has_heard(talker, texts), 20, "all is shown")
        talker.leave()
        if server.stop() != 0 or server.err:
            flaws.append(f"the second server: {server.err}")
        flaws += _broken_promises(path, older, kept, talker)
        if len(talker.said) != texts or talker.waiting or talker.flaws:
            flaws.append(f"the member is left with {talker.__dict__}")
        return survived, flaws
    finally:
        server.kill()


def _talk_in_turn(talker: Talker, texts: int, server: Program) -> None:
    """Say what is unsaid of so many texts, each after the one before is stored."""

    def heard() -> bool:
        talker.listen()
        return (not talker.waiting and talker.device != "") or _ended(server)

    wait_for(heard, 20, "stored")
    while len(talker.said) < texts and not _ended(server):
        talker.say(f"text {len(talker.said) + 1}")
        wait_for(heard, 20, "stored")


def _has_heard(talker: Talker, texts: int) -> bool:
    talker.listen()
    shown = [entry.text for entry in talker.shown]
    return bool(talker.said) and shown[-1:] == [f"text {texts}"]


def _ended(program: Program) -> bool:
    return program.process.poll() is not None


def _broken_promises(path: Path, older: list[str], kept: bytes, talker: Talker | None) -> list[str]:
    """Open the archive anew; return what of it is not as it must be."""
    beside = (file.read_bytes() for file in path.parent.glob("archive.csv*"))
    if kept and not any(kept in held for held in beside):
        return [f"kept nowhere: {kept!r}"]
    archive = Archive(path)
    entries = list(archive.read(1, archive.head))
    archive.close()
    texts = [entry.text for entry in entries]
    if talker is None:
        return [] if texts == older else [f"{texts} instead of {older}"]
    talker.listen()
    new = entries[len(older) :]
    ids = [make_id(talker.device, n + 1) for n in range(len(new))]
    good = (
        texts == older + talker.said[: len(new)]
        and [entry.id for entry in new] == ids
        and len(new) >= talker.stored
        and all(entry in entries for entry in talker.shown)
    )
    return [] if good else [f"{entries}; promised: {talker.stored}, {talker.shown}"]


# --------------------------------------------------------------------------------------


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return 0 where no promise was broken."""
    parser = argparse.ArgumentParser(prog="python -m tests.programs.crash")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--members", type=int, default=6)
    parser.add_argument("--rows", type=int, default=PREFILLED_ROWS)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every-syscall", action="store_true")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        if options.every_syscall:
            return _report_every_call(Path(name))
        figures = kill_at_random(
            Path(name), options.kills, options.seed, options.rows, options.members
        )
    print(
        f"kills: {figures.kills} in {figures.seconds:.0f} s, "
        f"{figures.kills_with_stored} of a server that had stored something, "
        f"{figures.kills_with_waiting} while something waited; "
        f"members: {options.members}; "
        f"rows before: {options.rows}; messages: {figures.messages}; "
        f"lost: {figures.lost}; doubled: {figures.doubled}; "
        f"restart: {statistics.median(figures.restarts_s):.2f} s, "
        f"slowest {figures.slowest_restart_s:.2f} s"
    )
    _print_flaws(figures.flaws)
    in_time = figures.slowest_restart_s <= RESTART_LIMIT_S
    return 0 if figures.good and in_time else 1


def _report_every_call(folder: Path) -> int:
    if not has_strace():
        print("there is no strace here, or it may not be used", file=sys.stderr)
        return 2
    pairs = [(scenario, call) for scenario in SCENARIOS for call in CALLS]
    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda pair: kill_at_every_call(folder, *pair), pairs))
    flaws = [flaw for _, found in results for flaw in found]
    for (scenario, call), (kills, found) in zip(pairs, results, strict=True):
        print(f"{scenario:9} {call:10} kills: {kills:3}, flaws: {len(found)}")
    total = sum(kills for kills, _ in results)
    print(f"kills: {total}; promises broken or other flaws: {len(flaws)}")
    _print_flaws(flaws)
    return 1 if flaws else 0


def _print_flaws(flaws: list[str]) -> None:
    for flaw in flaws[:20]:
        print(f"  {flaw}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
