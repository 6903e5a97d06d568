"""What a message costs the server for each of those it is delivered to, in processor time."""

import contextlib
import itertools
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from statistics import median
from typing import NamedTuple

from tests.benchmarks import hosted, measure, rivals

MESSAGES_MOST, DELIVERIES = 300, 40_000
"""Of one measurement: so many messages, or fewer where so many deliveries tell as much."""
SETTLE_S = 0.03
"""Until a server is done with the last message, and its processor time is told exactly."""
ALONE_S = 3.5
"""Until a lone text is repeated no more."""
LONE = (100, 1000)
"""So many members are told of it."""


class Case(NamedTuple):
    """So many members, who have so many messages of so many bytes under way at any time."""

    members: int
    under_way: int
    size: int


CASES = (
    Case(100, 1, 60),
    Case(100, 20, 60),
    Case(100, 1, 600),
    Case(100, 20, 600),
    Case(10, 1, 60),
    Case(300, 1, 60),
    Case(300, 20, 60),
    Case(1000, 1, 60),
    Case(1000, 20, 60),
)


@dataclass
class Contender:
    """A rival, how many messages were said there, and how many have come to all."""

    rival: rivals.Rival
    said: int = 0
    heard: int = 0
    costs_us: list[float] = field(default_factory=list)


def show(*, short: bool = False) -> None:
    """Print microseconds for each message and member it is delivered to, of all contenders."""
    hosted.allow_many_sockets()
    table = measure.Table(
        "fanout: server CPU in us for each delivered message",
        *("", "bare loop", "bare room", "ngIRCd", "chat room"),
        *("to loop", "to bare room", "to ngIRCd"),
    )
    cases = [case._replace(members=10) for case in CASES[:2]] if short else CASES
    for members, some in itertools.groupby(cases, lambda case: case.members):
        with _contenders(members) as contenders:
            for case in some:
                most = 40 if short else MESSAGES_MOST
                _show_case(table, case, contenders, min(most, DELIVERIES // members))
            if members in LONE and not short:
                _show_lone(table, members, contenders)


def _show_case(
    table: measure.Table, case: Case, contenders: list[Contender], messages: int
) -> None:
    for _ in range(measure.TIMES):
        for one in contenders:
            one.costs_us.append(_cost_us(one, case, messages))
    _show_costs(
        table, f"{case.members} members, {case.under_way} under way, {case.size} B", contenders
    )


def _show_lone(table: measure.Table, members: int, contenders: list[Contender]) -> None:
    """Show what a text costs that nothing follows, with what is repeated of it."""
    for _ in range(measure.TIMES):
        for one in contenders:
            one.rival.stay()
        began_s = [measure.cpu_s(one.rival.pid) for one in contenders]
        for one in contenders:
            one.rival.say(one.said % members, "x" * 60)
            one.said += 1
            one.heard = one.rival.wait_for(one.said)
        time.sleep(ALONE_S)
        for one, since_s in zip(contenders, began_s, strict=True):
            spent_s = measure.cpu_s(one.rival.pid) - since_s
            one.costs_us.append(spent_s * 1e6 / one.rival.listeners)
    _show_costs(table, f"{members} members, a lone text, 60 B", contenders)


def _show_costs(table: measure.Table, title: str, contenders: list[Contender]) -> None:
    """Show the medians of what was measured, and forget it."""
    room, loop, bare, *others = (median(one.costs_us) for one in contenders)
    for one in contenders:
        one.costs_us.clear()
    irc = others[0] if others else 0.0
    table.row(
        title,
        f"{loop:.2f}",
        f"{bare:.2f}",
        f"{irc:.2f}" if irc else "-",
        f"{room:.2f}",
        measure.ratio(room, loop),
        measure.ratio(room, bare),
        measure.ratio(room, irc),
    )


def _cost_us(one: Contender, case: Case, messages: int) -> float:
    """Have so many messages said, each when an earlier one has come to all; return the cost."""
    one.rival.stay()
    text = "x" * case.size
    began_s = measure.cpu_s(one.rival.pid)
    last = one.said + messages
    while one.heard < last:
        while one.said < min(one.heard + case.under_way, last):
            one.rival.say(one.said % case.members, text)
            one.said += 1
        one.heard = one.rival.wait_for(one.heard + 1)
    time.sleep(SETTLE_S)
    spent_s = measure.cpu_s(one.rival.pid) - began_s
    return spent_s * 1e6 / (messages * one.rival.listeners)


@contextlib.contextmanager
def _contenders(members: int) -> Iterator[list[Contender]]:
    """Run the room, the bare ones, and ngIRCd where it is installed, each with its people."""
    with contextlib.ExitStack() as ends:
        server = ends.enter_context(hosted.served(program="tests/benchmarks/limitless.py"))
        all_: list[rivals.Rival] = [rivals.Room(server, members)]
        all_ += [rivals.BareLoop(members), rivals.BareRoom(members)]
        if shutil.which("ngircd"):
            all_.append(rivals.Ngircd(members))
        for one in all_:
            ends.callback(one.close)
        yield [Contender(one) for one in all_]
