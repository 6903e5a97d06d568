"""What members who say nothing cost the server: processor time for their pings, and memory."""

import contextlib
import itertools
import re
import time
from collections.abc import Callable
from pathlib import Path

from chatroom.client import pulse
from chatroom.protocol import messages
from tests.benchmarks import hosted, measure, rivals

MEMBERS = 1000
WATCHED_S = 10.0


def show(*, short: bool = False) -> None:
    """Print the share of a core, beside a loop that answers as many datagrams, and the memory."""
    members, watched_s = (20, 1.0) if short else (MEMBERS, WATCHED_S)
    hosted.allow_many_sockets()
    table = measure.Table(
        f"idle: {members} silent members, one ping each in {pulse.PING_AFTER_S:g} s",
        *("", "bare loop", "chat room", "to loop"),
    )
    with hosted.served() as server, contextlib.closing(rivals.BareLoop(1)) as loop:
        first = members // 10  # with them comes what is there once
        crowd = hosted.Crowd(server.address, first)
        before = memory_bytes(server.pid)
        crowd.let_in(members - first)
        each = (memory_bytes(server.pid) - before) / (members - first)
        asking = itertools.cycle(crowd.people)

        def ping() -> None:
            one = next(asking)
            one.ask(messages.Ping())
            one.hear()

        counted = itertools.count(1)

        def echo() -> None:
            loop.say(0, "x" * 160)
            loop.wait_for(next(counted))

        every_s = pulse.PING_AFTER_S / members
        room = measure.median_of(
            measure.TIMES, lambda: share_percent(server.pid, ping, every_s, watched_s)
        )
        bare = measure.median_of(
            measure.TIMES, lambda: share_percent(loop.pid, echo, every_s, watched_s)
        )
        table.row("per cent of a core", f"{bare:.2f}", f"{room:.2f}", measure.ratio(room, bare))
        table.row("KB of memory for each member", "-", f"{each / 1024:.1f}", "-")
        crowd.close()


def share_percent(pid: int, act: Callable[[], None], every_s: float, watched_s: float) -> float:
    """Return how much of a core a process takes while this is done so often."""
    began_s, until = measure.cpu_s(pid), time.monotonic()
    times = max(round(watched_s / every_s), 1)
    for _ in range(times):
        act()
        until += every_s
        time.sleep(max(until - time.monotonic(), 0))
    return 100 * (measure.cpu_s(pid) - began_s) / (times * every_s)


def memory_bytes(pid: int) -> int:
    """Return what a process has of memory that no other shares."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Private_Dirty:\s+(\d+) kB", text, re.MULTILINE)
    assert found is not None
    return int(found[1]) * 1024
