"""The server of a world: its turns, its troubles, its restarts."""

from __future__ import annotations

from collections import Counter
from ipaddress import ip_network
from typing import TYPE_CHECKING

import storage
from chatroom.archive.troubles import ArchiveError
from chatroom.protocol import wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import Entry
from chatroom.protocol.messages import Refusal
from chatroom.server import people
from chatroom.server.events import HostTextsLost, MessagesStored, PersonLeft
from chatroom.server.figures import Figures, SessionFigures
from chatroom.server.room import Room
from chatroom.words import explain
from tests.simulation import checks
from tests.simulation.checks import Violation, demand
from tests.simulation.clock import Node
from tests.simulation.disk import Crashed, Disk, Doom
from tests.simulation.speech import Speech
from tests.simulation.strangers import NOBODYS_HOSTS
from tests.tools.link import HOST_SECRET, PASSWORD, SERVER

if TYPE_CHECKING:
    from tests.simulation.world import World

TROUBLE_EVERY_S = 12.0
DATAGRAMS_A_TURN = 256  # as the driver has it
NOBODYS_SET = set(NOBODYS_HOSTS)


class Host(Node):
    """Runs a Room on a real archive, and lets it crash."""

    def __init__(self, world: World, disk: Disk) -> None:
        super().__init__(world.clock)
        self.world = world
        self.disk = disk
        self.room: Room | None = None
        self.crashes = 0
        self.holders: dict[str, SessionFigures] = {}
        self.blocked: set[str] = set()
        self.key_since = self.cast_at = 0.0
        self.left_at: float | None = None  # somebody, as the host was told
        self.put_out_at: float | None = None  # the same, by the host
        self._key_number = -1
        self.received: Counter[Address] = Counter()
        self.sent_unproven: Counter[Address] = Counter()
        self._proven: set[Address] = set()
        self._archive: storage.Archive | None = None
        self._inbox: list[tuple[bytes, Address]] = []
        self._chance = world.stream("host")
        self._dies_sending = False
        self._version = -1
        self.lists: set[tuple[str, ...]] = set()  # of people, that there have been
        self.speech = Speech(self)

    def __str__(self) -> str:
        return "the host"

    @property
    def running(self) -> Room:
        """The room, which must be open."""
        assert self.room is not None
        return self.room

    def look(self) -> Figures:
        """Return how the room is just now, and keep it as `figures`."""
        self.figures = self.running.figures()
        return self.figures

    @property
    def head(self) -> int:
        """The number of the newest entry."""
        assert self._archive is not None
        return self._archive.head

    def present(self) -> list[people.Person]:
        """Return everybody in the room but the host."""
        return self.running.people(self.clock.now)

    def names(self) -> tuple[str, ...]:
        """Return the list of people: the host, and all others in the order of coming."""
        return (self.running.host_name, *(one.name for one in self.present()))

    def archived(self) -> list[Entry]:
        """Return all that the archive holds."""
        assert self._archive is not None
        return list(self._archive.read(1, self.head))

    def start(self) -> None:
        """Open archive and room, unless they are open."""
        if self.room is not None:
            return
        try:
            archive = storage.Archive(self.disk.path, sync=self.disk.sync)
        except Crashed:
            self._fall("while it opened the archive")
            return
        except ArchiveError as error:
            if self.disk.failed:
                self._fall("since the disk failed at the opening")
                return
            raise Violation("archive_opens_again", explain(error)) from None
        self._archive = archive
        self.disk.fill(archive)
        self.world.tell(f"the server starts with {archive.head} entries")
        demand(checks.AT_REST, self.world, self.archived())
        self.room = Room(
            archive,
            PASSWORD,
            host_secret=HOST_SECRET,
            entropy=self.world.entropy.randbytes,
            utc_now=self.world.utc_now,
            now=self.clock.now,
        )
        self._version = self._key_number = -1
        self.holders.clear()
        self.blocked.clear()
        self.left_at = self.put_out_at = None
        self.speech.begin(self.room)
        self.end_turn(self.room)

    def receive(self, data: bytes, source: Address) -> None:
        """Take a datagram from the network; a turn takes in all that wait."""
        if self.room is not None and len(self._inbox) < DATAGRAMS_A_TURN:
            self._inbox.append((data, source))
            self.wake(self.clock.now + self._chance.random() * self.world.lag_s)

    def turn(self) -> None:
        """Do what the driver does in one turn."""
        room = self.room
        if room is None:
            return
        inbox, self._inbox = self._inbox, []
        for data, source in inbox:
            self.received[source] += len(data)
            room.receive_datagram(data, source, self.clock.now)
            self.lists.add(self.names())
            if source not in self._proven and data[:1] == bytes((wire.Kind.SEALED,)):
                self._note_proven(room)
        self.begin_turn(room)
        self.lists.add(self.names())
        try:
            outgoing = list(room.datagrams_to_send(self.clock.now))
        except Crashed:
            self._fall("in a sync")
            return
        if self._dies_sending and len(outgoing) > 1:
            self._send(outgoing[: self._chance.randrange(len(outgoing))])
            self._fall("while it sent")
            return
        self._look_at_key(room)
        self._send(outgoing)
        lost: tuple[str, ...] = ()
        for event in room.take_events():
            self.world.tell(f"server: {event}")
            if isinstance(event, HostTextsLost):
                lost = event.texts
            if isinstance(event, MessagesStored):
                demand([checks.shown_alike], self, event)
            if isinstance(event, PersonLeft) and event.reason is Refusal.REMOVED:
                self.put_out_at = self.clock.now
            elif isinstance(event, PersonLeft):
                self.left_at = self.clock.now
        self._check(room)
        if room.closed:
            demand([checks.host_is_told_what_is_lost], self, lost)
            self._close("it stopped")
            self._plan_start()
        else:
            self.end_turn(room)

    def close(self) -> None:
        """Let go of the file, however the world ended."""
        if self._archive is not None:
            self._archive.close()

    # Troubles -------------------------------------------------------------------------

    def plan_trouble(self) -> None:
        """Have something go wrong in a while."""
        if not self.world.is_healed:
            delay_s = self._chance.expovariate(1 / TROUBLE_EVERY_S)
            self.clock.after(delay_s, self._make_trouble)

    def heal(self) -> None:
        """Run from now on."""
        self.disk.doom = None
        self.disk.is_full = False
        self._dies_sending = False
        self.start()
        for ip in list(self.blocked):
            self._unblock(self.running, ip)
        self.speech.heal()

    def _make_trouble(self) -> None:
        if self.world.is_healed:
            return
        self.plan_trouble()
        if self.room is None:
            return
        chance = self._chance
        kind = chance.randrange(10)
        if kind < 2:
            self._fall("between datagrams")
        elif kind < 5:
            self.disk.doom = chance.choice(list(Doom))
            self.world.tell(f"the next sync: {self.disk.doom.name}")
        elif kind < 6:
            self._dies_sending = True
        elif kind < 8:
            self.disk.is_full = True
            self.clock.after(chance.uniform(0.5, 8), self._empty_disk)
            self.world.tell("the disk is full")
        elif kind < 9:
            self._stop(self.room)
        elif chance.random() < 0.5:
            self._remove_somebody(self.room)
        else:
            self._block_somebody(self.room)

    def _stop(self, room: Room) -> None:
        try:
            room.close(self.clock.now)
        except Crashed:
            self._fall("in its last sync")
        else:
            self.turn()

    def _block_somebody(self, room: Room) -> None:
        """Shut an address out for a while, whoever is there."""
        ips = sorted({source[0] for source in self.received} - NOBODYS_SET)
        if not ips:
            return
        ip = self._chance.choice(ips)
        self.world.tell(f"the host blocks {ip}")
        self.blocked.add(ip)
        room.block(ip_network(ip), self.clock.now)
        self.turn()
        self.clock.after(self._chance.uniform(3, 20), lambda: self._unblock(room, ip))

    def _unblock(self, room: Room, ip: str) -> None:
        room.unblock(ip_network(ip))
        if room is self.room:
            self.blocked.discard(ip)

    def _remove_somebody(self, room: Room) -> None:
        names = [one.name for one in self.present()]
        if names:
            name = self._chance.choice(names)
            self.world.tell(f"the host removes {name!r}")
            room.remove(name, self.clock.now)
            self.turn()

    def _empty_disk(self) -> None:
        self.disk.is_full = False

    def _fall(self, when: str) -> None:
        """Crash here and now."""
        self.crashes += 1
        self._close(f"it crashes {when}")
        if self._chance.random() < 0.4:
            self.disk.lose_process()
        else:
            self.world.tell(f"power lost: {self.disk.lose_power()}")
        self._plan_start()

    def _close(self, why: str) -> None:
        self.world.tell(f"the server is down: {why}")
        self.room = None
        self._dies_sending = False
        self._inbox.clear()
        if self._archive is not None:
            self._archive.close()
            self._archive = None

    def _plan_start(self) -> None:
        if self.world.is_healed:
            self.clock.after(0.5, self.start)
        else:
            self.clock.after(self._chance.uniform(0.1, 8), self.start)

    # ----------------------------------------------------------------------------------

    def _send(self, outgoing: list[tuple[bytes, Address]]) -> None:
        for data, address in outgoing:
            if data[0] == wire.Kind.CAST:
                self.cast_at = self.clock.now
            if address not in self._proven:
                self.sent_unproven[address] += len(data)
            self.world.network.send(data, SERVER, address, self.clock.now)

    def _note_proven(self, room: Room) -> None:
        """Note at once who has a session: it may end within the same turn."""
        self._proven.update(
            one.address for one in room.figures().sessions if one.address[0] not in NOBODYS_HOSTS
        )

    def _look_at_key(self, room: Room) -> None:
        """Note when the room key changed."""
        number = self.look().key_number
        if number != self._key_number:
            self._key_number = number
            self.key_since = self.clock.now

    def _check(self, room: Room) -> None:
        demand(checks.AFTER_SERVER_TURN, self)
        version = self.figures.version
        if version != self._version:
            self._version = version
            demand(checks.WHEN_PEOPLE_CHANGE, self)
