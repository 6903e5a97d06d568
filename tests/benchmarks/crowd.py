"""A crowd that comes, talks and goes: what each join, text and leave costs the server."""

from collections.abc import Callable
from contextlib import closing
from statistics import median

from chatroom.network import clock
from tests.benchmarks import handshake, measure
from tests.benchmarks.members import Members, server

PEOPLE, CHANGES, TEXTS = 1000, 50, 20
APART_S = 0.3  # so that no two changes share a datagram
NEWS_S = 0.5


def show(*, short: bool = False) -> None:
    """Print processor time of the server for each change, and datagrams for each member."""
    people, changes = (40, 5) if short else (PEOPLE, CHANGES)
    shaking_ms = median(handshake.costs_ms(20 if short else 100))
    table = measure.Table(
        f"crowd: {people:,} people, one after another",
        "the server's part",
        "ms each",
        "handshakes",
        "datagrams",
    )
    table.row("a handshake alone", f"{shaking_ms:.2f}", "1.00x", "")
    with server() as (pid, address), closing(Members(address)) as crowd:
        scene = Scene(crowd, pid, table, shaking_ms)
        scene.show("a join, the first ones", scene.join, changes)
        scene.show("... all others", scene.join, people - len(crowd.seats))
        scene.show(f"... into {people:,}, many at once", scene.join, changes)
        scene.show("... one at a time", scene.join_alone, changes)
        scene.show("a text", scene.say, TEXTS)
        scene.show("a leave, one at a time", scene.leave_alone, changes)
        scene.show("... many at once", scene.leave, changes)
        scene.show("... all others", scene.leave, len(crowd.seats))


class Scene:
    """What the crowd does, and what is measured of it."""

    def __init__(self, crowd: Members, pid: int, table: measure.Table, handshake_ms: float) -> None:
        self._crowd = crowd
        self._pid = pid
        self._table = table
        self._handshake_ms = handshake_ms

    def show(self, what: str, act: Callable[[], None], times: int) -> None:
        """Do something so many times; print the cost, until all have been told of it.

        The datagrams are those that each of those who stay is sent for it.
        """
        crowd = self._crowd
        stay = list(crowd.seats)
        cpu_s, before = measure.cpu_s(self._pid), [one.received for one in stay]
        for _ in range(times):
            act()
        crowd.run_until(self._all_know_all)
        crowd.run(NEWS_S)
        ms = (measure.cpu_s(self._pid) - cpu_s) * 1000 / times
        here = [(one, count) for one, count in zip(stay, before, strict=True) if one in crowd.seats]
        came = sum(one.received - count for one, count in here)
        each = f"{came / len(here) / times:.2f}" if here else ""
        self._table.row(what, f"{ms:.2f}", measure.ratio(ms, self._handshake_ms), each)

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
