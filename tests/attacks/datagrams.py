"""Two million damaged datagrams, at a room and at members in every state."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from unittest import mock

from chatroom.crypto.replay import ReplayWindow
from chatroom.protocol import wire
from chatroom.protocol.addresses import Address
from chatroom.server import door
from chatroom.server.events import GuessFailed
from tests.attacks.mutations import damage, grow
from tests.attacks.scene import (
    Client,
    Figure,
    Scene,
    at_most,
    cheap_curve,
    dropped,
    exactly,
    told,
)
from tests.tools.link import SERVER, Person

BATCH = 1000
STRANGERS: list[Address] = [(f"10.9.{n}.1", 4000 + n) for n in range(50)]


def run(full: bool) -> list[Figure]:
    """Throw half of them at the room, half at members; then see whether all is well."""
    with cheap_curve():
        return _Storm().run(2_000_000 if full else 20_000)


class _Storm:
    """The people, what they were heard to say, and what has gone wrong."""

    def __init__(self) -> None:
        self.scene = scene = Scene()
        self.random = Random(7)
        self.escaped: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self.shown = self.stored = self.thrown = self.told = 0
        self.loudest = 0.0  # bytes answered for each byte, to a stranger
        scene.tape = []
        self.people = [scene.join(name) for name in ("Ana", "Ben", "Cem")]
        self._talk()
        # Strangers' answers count from here on; recorded datagrams are everybody's.
        self.corpus = list(dict.fromkeys(data for data, _, _ in scene.tape))
        kinds = {data[0] for data in self.corpus}
        assert kinds == set(wire.Kind), kinds
        scene.tape = None
        self.waiting = self._stop_halfway()
        self.addresses = [one.address for one in (*self.people, *self.waiting)]
        for address in STRANGERS:
            scene.inboxes[address] = []

    def _talk(self) -> None:
        """Have every kind of datagram and message said."""
        scene = self.scene
        for n in range(5):
            for person in self.people:
                person.say(f"{person.member.name} says {n}" * (1 + 10 * n))
            scene.run(0.5)
        late = scene.join("Dan", history=3)
        late.member.read(1, 5, scene.now)
        late.member.find("says", 0, scene.now)
        scene.run(30.0)
        scene.join("Eve", password="wrong")
        scene.join("Ana")
        late.leave()
        scene.join("Fay")
        scene.room.remove("Fay", scene.now)
        stray = Client(scene, ("10.0.0.9", 9))
        stray.send(wire.sealed_prefix(b"no such!") + bytes(30))
        scene.run(61.0)
        assert {one.texts[-1] for one in self.people} == {"Cem says 4" * 41}

    def _stop_halfway(self) -> list[Person]:
        """Return people who greet, who knock, and whose proof is on its way."""
        scene, waiting = self.scene, []
        for name, said in (("Gil", 1), ("Hal", 2), ("Ian", 3)):
            person, left = scene.add(name), [said]

            def lose(
                data: bytes,
                source: Address,
                destination: Address,
                person: Person = person,
                left: list[int] = left,
            ) -> bool:
                left[0] -= source == person.address
                late = source == person.address and left[0] <= 0
                return late or scene._pass_on(data, source, destination)

            scene.link.loses = lose
            scene.run_until(lambda left=left: left[0] <= 0, 2.0)  # type: ignore[misc]
            scene.away.add(person.address)
            waiting.append(person)
        scene.link.loses = scene._pass_on
        return waiting

    def run(self, count: int) -> list[Figure]:
        """Do as much; return the figures."""
        scene, corpus = self.scene, self.corpus
        corpus = grow(
            corpus,
            wire.decode_datagram,
            lambda data: damage(self.random, [data, *corpus[:9]]),
            ["wire.py"],
            min(2000, count // 20),
        )
        for data in corpus:  # what came under a key not yet known may count now, once
            for person in self.people:
                person.member.receive_datagram(data, SERVER, scene.now)
        before = self._state()
        for _ in range(0, count, 2 * BATCH):
            self._storm_room(corpus)
            self._storm_members(corpus)
            after = self._state()
            for name, value in after.items():
                self.changed[name] += value != before[name]
            before = after
            if self.escaped or +self.changed:
                break  # a broken room goes on badly, and slowly
        return [
            exactly(f"exceptions of {self.thrown} datagrams", dict(self.escaped), {}),
            told("dropped by the room", dropped(scene)),
            exactly("messages stored", self.stored, 0),
            exactly("events at members", self.shown, 0),
            exactly("changed in between", dict(+self.changed), {}),
            at_most("bytes to a stranger for each of its own", self.loudest, 1),
            exactly("what is said afterwards, shown", self._all_is_well(), True),
            exactly("memory grown beyond 64 KB", scene.server_memory() > 1 << 20, False),
        ]

    def _storm_room(self, corpus: list[bytes]) -> None:
        scene, random, draw = self.scene, self.random, self.random.random
        room, now, head = scene.room, scene.now, scene.log.head
        sources = self.addresses + STRANGERS
        proven = {address for _, address in scene.here()}
        for _ in range(BATCH):
            data = damage(random, corpus)
            source = sources[int(draw() * len(sources))]
            try:
                room.receive_datagram(data, source, now)
            except Exception as error:
                self.escaped[f"room: {error!r}"] += 1
            answers = room.datagrams_to_send(now)
            if answers:
                strange = [one for one, to in answers if to not in proven]
                self.loudest = max(self.loudest, len(b"".join(strange)) / len(data))
        self.stored += scene.log.head - head

    def _storm_members(self, corpus: list[bytes]) -> None:
        random, now = self.random, self.scene.now
        everybody = self.people + self.waiting
        for _ in range(BATCH):
            data = damage(random, corpus)
            person = everybody[int(random.random() * len(everybody))]
            try:
                person.member.receive_datagram(data, SERVER, now)
            except Exception as error:
                self.escaped[f"member: {error!r}"] += 1
        for person in everybody:
            self.shown += len(person.member.take_events())
        self.thrown += 2 * BATCH

    def _state(self) -> dict[str, Any]:
        """Return what nobody without a key may change."""
        room, figures = self.scene.room, self.scene.room.figures()
        self.told += sum(not isinstance(one, GuessFailed) for one in room.take_events())
        state: dict[str, Any] = {
            "head": self.scene.log.head,
            "names and addresses": self.scene.here(),
            "version": figures.version,
            "half-open": figures.door.half_open,
            "key": figures.key_number,
            "sessions": figures.sessions,
            "room's events": self.told,
        }
        for person in self.people + self.waiting:
            member = person.member
            session, key = member._session, member._room_key
            windows = (session.channel._opener._window, session.casts) if session else ()
            state[f"member {member.name}"] = (
                *(member.state, member.unsaid, member.figures()),
                *((window.highest, window._missing) for window in windows),
                *(key._number, key._key),
            )
        return state

    def _all_is_well(self) -> bool:
        """Tell whether people talk on, and those at the door come in."""
        scene = self.scene
        if self.escaped or +self.changed:
            return False
        scene.away.clear()
        for person in self.people:
            person.say(f"{person.member.name} is well")
        scene.run(60.0)
        expected = {f"{name} is well" for name in ("Ana", "Ben", "Cem")}
        talked = all(
            set(person.texts[-3:]) == expected and len(person.texts) == scene.log.head
            for person in self.people
        )
        return talked and all(person.member.is_settled for person in self.waiting)


@contextmanager
def _no_tags() -> Iterator[None]:
    def check(_: object, tagged: bytes) -> bytes:
        return tagged[:-16]

    with mock.patch("chatroom.crypto.sealing.Tagger.check", check):
        yield


@contextmanager
def _no_window() -> Iterator[None]:
    with mock.patch.object(ReplayWindow, "accept", lambda *_: None):
        yield


@contextmanager
def _long_hints() -> Iterator[None]:
    def hint(session: bytes, hint: int) -> bytes:
        return wire.encode_datagram(wire.Gone(session[: wire.SESSION_SIZE], hint)) + bytes(90)

    with mock.patch.object(door, "_hint", hint):
        yield


@contextmanager
def _any_size() -> Iterator[None]:
    decode = wire.decode_datagram

    def unchecked(data: bytes) -> Any:
        if data and data[0] == wire.Kind.GONE:
            return wire.Gone(data[1:9], data[9])
        return decode(data)

    with mock.patch.object(wire, "decode_datagram", unchecked):
        yield


SABOTAGES = {
    "tags are not checked": _no_tags,
    "replays are accepted": _no_window,
    "answers are longer than questions": _long_hints,
    "a size is not checked": _any_size,
}
