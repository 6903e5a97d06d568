"""One world: its clock, its phases, and what becomes of each datagram."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Protocol

import storage
from chatroom.crypto.host_key import HostKey
from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import Entry
from chatroom.protocol.wire import Kind
from tests.simulation import checks
from tests.simulation.checks import Violation, demand
from tests.simulation.clock import START_S, Clock
from tests.simulation.disk import Disk
from tests.simulation.flooders import Flooder
from tests.simulation.host import Host
from tests.simulation.impostors import Impostor
from tests.simulation.network import Network, draw_weather
from tests.simulation.strangers import Guesser, Knocker, Listener
from tests.simulation.visitors import NAMES, Person, Visit
from tests.tools.link import HOST_SECRET, PASSWORD, SERVER, older_entries

HEALED_WITHIN_S = 30.0
REST_S = 70.0  # whoever was killed is missed after a minute
QUIET_S = 30.0
NEWCOMER_S = 5.0


class Receiver(Protocol):
    """Whoever has an address."""

    def receive(self, data: bytes, source: Address) -> None: ...


@dataclass(frozen=True)
class Counts:
    """How much happened."""

    messages: int
    crashes: int
    datagrams: int


class World:
    """Everything that one seed makes."""

    def __init__(self, seed: int, folder: Path, trace: Callable[[str], None] | None = None) -> None:
        self.seed = seed
        self.clock = Clock()
        self.entropy = self.stream("entropy")
        self.is_healed = False
        self.shown: dict[int, Entry] = {}  # to anybody
        self.visits: list[Visit] = []
        self.sent_at_rest = 0
        self.newcomer_shown: list[Entry] = []
        self._trace = trace
        self._folder = folder
        self._chance = chance = self.stream("world")
        self._ports = 50000
        self.host_key = HostKey(HOST_SECRET).public
        self.impostor: Impostor | None = None
        self.flooder: Flooder | None = None
        self._at: dict[Address, Receiver] = {}
        self.lag_s = chance.choice((0.0, 0.001, 0.02, 0.2))
        self.network = Network(self.stream("network"), self.carry)
        path = folder / "archive.csv"
        self.older = _write_older(path, chance.choice((0, 0, 0, 1, 40, 150)))
        self.host = Host(self, Disk(path, self.stream("disk")))
        self._people = self._draw_people()

    def stream(self, name: str) -> Random:
        """Return chance for one part, which no other part's draws disturb."""
        return Random(f"{self.seed} {name}")

    def utc_now(self) -> str:
        """Return the world's time as the archive writes it."""
        seconds = int(self.clock.now - START_S)
        return f"2026-11-22T12:{seconds // 60:02}:{seconds % 60:02}Z"

    def tell(self, words: str) -> None:
        """Write a line of the trace, if one is wanted."""
        if self._trace is not None:
            folder = f"{self._folder}{os.sep}"  # it differs each time
            for name in (folder, repr(folder)[1:-1], f"{self._folder.as_posix()}/"):
                words = words.replace(name, "")
            self._trace(f"{self.clock.now - START_S:9.4f}  {words}")

    def counts(self) -> Counts:
        """Return how much has happened so far."""
        messages = sum(len(visit.said) for visit in self.visits)
        messages += sum(map(len, self.host.speech.said.values()))
        return Counts(messages, self.host.crashes, self.network.sent)

    def present(self) -> Iterator[Visit]:
        """Yield the members that run and should be in the room."""
        return (visit for visit in self.visits if not visit.is_gone)

    # The phases -----------------------------------------------------------------------

    def run(self) -> None:
        """Run to the end. Raises Violation, and whatever escapes the program."""
        self._begin()
        self.clock.run_until(START_S + self._chance.uniform(25, 70))
        self._heal()
        self._wait_until_whole()
        self._rest()
        self._let_a_newcomer_in()
        demand(checks.AT_REST, self, self.host.archived())

    def _begin(self) -> None:
        self.clock.at(START_S, self.host.start)
        self.host.plan_trouble()
        self.host.speech.plan()
        self._change_weather()
        for person in self._people:
            self.clock.after(self._chance.uniform(0, 10), person.come)
            person.plan()
        if self._chance.random() < 0.2:
            Listener(self).plan()
        if self._chance.random() < 0.1:
            self.clock.after(self._chance.uniform(1, 20), self._flood)
        chance = self.stream("troublemakers")
        if chance.random() < 0.15:
            self.impostor = Impostor(self)
        if chance.random() < 0.12:
            self.clock.after(chance.uniform(0, 20), lambda: self._let_insider_flood(chance))

    def _heal(self) -> None:
        self.tell("everything heals")
        self.is_healed = True
        self.network.heal()
        self.host.heal()
        for person in self._people:
            person.heal()

    def _wait_until_whole(self) -> None:
        """All must be well soon; what is well before need not be waited for."""
        end = self.clock.now + HEALED_WITHIN_S
        while self.clock.now < end:
            self.clock.run_until(self.clock.now + 2.0)
            try:
                demand(checks.WHEN_HEALED, self)
            except Violation:
                continue
            break
        demand(checks.WHEN_HEALED, self)

    def _rest(self) -> None:
        self.tell("rest")
        self.clock.run_until(self.clock.now + REST_S - QUIET_S)
        before = self.network.sent
        self.clock.run_until(self.clock.now + QUIET_S)
        self.sent_at_rest = self.network.sent - before
        demand(checks.WHEN_HEALED, self)

    def _let_a_newcomer_in(self) -> None:
        newcomer = Visit(self._people[0], "Newcomer", None, PASSWORD)
        self.visits.append(newcomer)
        newcomer.turn()
        self.clock.run_until(self.clock.now + NEWCOMER_S)
        self.newcomer_shown = newcomer.shown
        demand(checks.WHEN_HEALED + checks.AT_THE_END, self)

    # The network ----------------------------------------------------------------------

    def new_address(self, ip: str, receiver: Receiver) -> Address:
        """Return an address of this machine that nobody had before."""
        self._ports += 1
        self._at[ip, self._ports] = receiver
        return ip, self._ports

    def free_address(self, address: Address) -> None:
        """Let nothing more arrive there."""
        self._at.pop(address, None)

    def carry(self, delay_s: float, data: bytes, source: Address, destination: Address) -> None:
        """Have a datagram arrive in a while."""
        self.clock.after(delay_s, lambda: self._arrive(data, source, destination))

    def _arrive(self, data: bytes, source: Address, destination: Address) -> None:
        if self._trace is not None:
            kind = Kind(data[0]).name if data and 0 < data[0] < 8 else "?"
            self.tell(f"{source[1]} -> {destination[1]}  {kind} {len(data)}")
        if destination == SERVER and self.impostor is not None and self.impostor.catches():
            self.impostor.receive(data, source)
        elif destination == SERVER:
            self.host.receive(data, source)
        elif destination in self._at:
            self._at[destination].receive(data, source)

    # Chance ---------------------------------------------------------------------------

    def _draw_people(self) -> list[Person]:
        chance = self._chance
        share_ip = chance.random() < 0.3
        wishes = chance.sample(NAMES, chance.randrange(1, 5))
        people = []
        for number in range(chance.choice((2, 2, 3, 3, 4, 4, 5, 6, 8))):
            ip = "192.0.2.1" if share_ip else f"192.0.2.{number + 1}"
            own = [*wishes, f"Person {number}"]
            people.append(Person(self, number, ip, own))
        if chance.random() < 0.15:
            people.append(Guesser(self, 100, "203.0.113.9", []))
        return people

    def _change_weather(self) -> None:
        if self.is_healed:
            return
        self.network.weather = draw_weather(self._chance)
        self.tell(f"{self.network.weather}")
        if self._at and self._chance.random() < 0.3:
            address = self._chance.choice([SERVER, *self._at])
            self.network.cut(address, self.clock.now + self._chance.uniform(1, 15))
            self.tell(f"{address[1]} is cut off")
        self.clock.after(self._chance.uniform(2, 12), self._change_weather)

    def _flood(self) -> None:
        """Have more knock at once than the server answers in a second."""
        chance = self.stream("flood")
        for number in range(chance.choice((10, 70))):
            ip = f"203.0.113.{number + 10 if chance.random() < 0.8 else 1}"
            Knocker(self, ip, chance)

    def _let_insider_flood(self, chance: Random) -> None:
        """Have one person take places, from an address of its own or where others are, too."""
        ip = chance.choice(("203.0.113.77", "192.0.2.1", "192.0.2.1"))
        self.flooder = Flooder(self, ip, chance.choice((3, 40, 40)))
        self.flooder.plan()


def _write_older(path: Path, count: int) -> int:
    """Begin with an archive that has so many entries of long ago."""
    if count:
        archive = storage.Archive(path, sync=lambda _: None)
        archive.append(older_entries(count))
        archive.close()
    return count
