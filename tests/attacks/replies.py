"""A hostile server: damaged replies, entries and casts under valid seals."""

import struct
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from unittest import mock

from chatroom.client import fetching, session
from chatroom.client.member import Member
from chatroom.client.states import State
from chatroom.crypto.sealing import cast_tags, encrypt
from chatroom.protocol import entries, listing, messages
from chatroom.protocol.entries import Entry, decode_entries, encode_entries, pack_entries
from chatroom.protocol.wire import cast_prefix
from chatroom.server.session import Session
from tests.attacks.mutations import (
    NUMBERS,
    PACKET_NUMBERS,
    TEXTS,
    damage,
    damage_message,
)
from tests.attacks.scene import Figure, Scene, at_most, cheap_curve, exactly, held, told
from tests.tools.link import SERVER, Person

MEMORY_MOST = 8 << 20
MOST_16 = (1 << 16) - 1
"""4096 entries beyond a gap, 1.2 KB each, and as much again for Python."""
LIVES = 200
"""Replies to one member at most, before a new one takes its place."""


def run(full: bool) -> list[Figure]:
    """Tell members half a million wrong things, then too much that is well formed."""
    with cheap_curve():
        liar = _Server()
        return [
            *liar.run(500_000 if full else 1_000),
            _packet_numbers(),
            _far_ahead(20_000 if full else 8_000),
            _long_list(20_000 if full else 1_000),
        ]


class _Server:
    """Has the keys of a server, and one member after another at its mercy."""

    def __init__(self) -> None:
        self.random = Random(13)
        self.escaped: Counter[str] = Counter()
        self.steps: Counter[str] = Counter()  # that are not in the table of states
        self.states: Counter[str] = Counter()
        self.first: dict[str, str] = {}
        self.largest = 0
        self._meet()

    def run(self, count: int) -> list[Figure]:
        """Do as much; return the figures."""
        for n in range(count):
            payload = self._payload()
            self.states[self.member.state.name] += 1
            try:
                self._tell(payload)
            except Exception as error:
                counts = self.steps if "no step" in str(error) else self.escaped
                counts[str(error) or repr(error)] += 1
                self.first.setdefault(str(error), repr(payload)[:160])
                self._meet()
            self.left -= 1
            if n % 1000 == 0:
                self.largest = max(self.largest, _memory(self.person))
            gone = (State.OVER, State.OUTSIDE, State.PASSWORD_ASKED, State.AT_THE_DOOR)
            if not self.left or self.member.state in gone:
                self._meet()
        return [
            exactly(f"exceptions of {count} replies", dict(self.escaped), {}),
            exactly("illegal steps beside them", dict(self.steps), {}),
            told("first of each", self.first),
            told("states met", dict(self.states)),
            at_most("memory of a member", self.largest, MEMORY_MOST, "B"),
        ]

    def _meet(self) -> None:
        """Get the next member: at the proof, or in."""
        random = self.random
        self.scene, self.person, self.session = _captive(random.random() < 0.2)
        self.member, self.casts, self.left = self.person.member, 1000, LIVES
        if random.random() < 0.2:
            self.member.say("hello", self.scene.now)
        if random.random() < 0.1:
            self.member.leave(self.scene.now)

    def _tell(self, payload: bytes) -> None:
        scene, member, random = self.scene, self.member, self.random
        if random.random() < 0.3 and payload:
            number, key = room_key(member)
            self.casts += 1
            body = encrypt(key, self.casts, cast_prefix(max(number, 0)), payload)
            data = body + cast_tags(body, [self.session.cast_hash])[0]
        else:
            data = self.session.channel.seal(payload)
        member.receive_datagram(data, SERVER, scene.now)
        member.datagrams_to_send(scene.now)
        for event in member.take_events():
            if type(event).__name__ == "NameRefused":
                member.rename("Another", scene.now)
        scene.now += random.random() * random.choice((0.01, 0.1, 2.0))
        due = member.timer(scene.now)
        if due is not None and due <= scene.now:
            member.handle_timer(scene.now)
        if random.random() < 0.02:
            first = random.choice((1, 100))
            member.read(first, first + random.choice((1, 100)), scene.now)
            member.find("so", random.choice((0, 100)), scene.now)
            member.try_now(scene.now)

    def _payload(self) -> bytes:
        random = self.random
        if random.random() < 0.4:
            return random.choice((self._entries, self._page))()
        whole = random.choice(NUMBERS[:16])
        reply: dict[str, Any] = random.choice(
            (
                {"do": "Joined", "room": random.choice(TEXTS), "head": whole}
                | {"same": random.random() < 0.5, "counter": 0, "version": 7}
                | {"key_number": 1, "key": random.randbytes(32).hex()},
                {"do": "Stored", "counter": whole, "head": whole, "wait_ms": whole},
                {"do": "Found", "numbers": random.choices(NUMBERS[:16], k=random.randrange(5))}
                | {"back_to": whole},
                {"do": "Pong", "head": whole, "version": 9, "key_number": 1}
                | {"key": "00" * 32, "wait_ms": whole % (1 << 32)},
                {"do": "Done"},
                {"do": "Refused", "reason": random.randrange(1, 10)},
                {"do": "Probe"},
                {"do": "Bye", "reason": random.randrange(1, 10)},
            )
        )
        if reply["do"] not in ("Probe", "Bye"):
            reply["number"] = self._number()
        if random.random() < 0.7:
            try:
                return messages.to_json(reply)
            except UnicodeEncodeError:
                return b"?"
        return damage_message(random, reply)

    def _number(self) -> int:
        """Return the number of a request that waits for its answer, mostly."""
        numbers = self.member.figures().awaited
        return self.random.choice(numbers) if numbers else self.random.randrange(99)

    def _page(self) -> bytes:
        random = self.random
        [body, *_] = listing.pack_names(random.choices(_FIT, k=random.randrange(5)))
        payload = listing.encode_page(
            body,
            number=self._number(),
            version=random.choice((7, 8, random.getrandbits(32))),
            part=random.randrange(4),
            parts=random.randrange(5),
        )
        return damage(random, [payload]) or b"\x03" if random.random() < 0.3 else payload

    def _entries(self) -> bytes:
        random = self.random
        near = self.member.figures().last + random.randrange(-3, 40)
        first = max(0, random.choice((near, near, random.randrange(1 << 64))))
        some = [
            Entry(first + n, "", random.choice(_FIT), random.choice(_FIT), f"u-{n}")
            for n in range(random.randrange(4))
        ]
        some = [one for one in some if one.seq < 1 << 64]
        payload = encode_entries(
            b"".join(pack_entries(some, 1)),
            head=random.choice((near + 50 if near > 0 else 0, random.getrandbits(64))),
            version=random.getrandbits(32),
            number=self._number(),
            part=random.randrange(4),
            parts=random.randrange(4),
        )
        if random.random() < 0.3:
            payload = damage(random, [payload]) or b"\x01"
        return payload[:1167]


def room_key(member: Member) -> tuple[int, bytes]:
    """Return the number and key that a member opens casts with."""
    return member._room_key._number, member._room_key._key


_FIT = [one for one in TEXTS if len(one.encode("utf-8", "replace")) < 120]
_FIT = [one for one in _FIT if one.isprintable()]


def _captive(joining: bool) -> tuple[Scene, Person, Session]:
    """Return a member, alone in a room whose keys are ours."""
    scene = Scene()
    person = scene.add("Ana")
    scene.run_until(lambda: bool(scene.room.figures().sessions), 5.0)
    if not joining:
        scene.run_until(lambda: person.member.state is State.IN, 5.0)
    [session] = scene.room._sessions  # with its keys, which nobody else can be shown
    return scene, person, session


def _memory(person: Person) -> int:
    """Return what a member keeps, without the test's chance."""
    return held(person.member, without=[person.pair.random])


def _packet_numbers() -> Figure:
    """Number replies and casts as nobody does."""
    escaped, (scene, person, session) = Counter[str](), _captive(False)
    key_number, key = room_key(person.member)
    payload = encode_entries(b"", head=0, version=1)
    for number in PACKET_NUMBERS:
        session.channel._sealer._next_number = number
        cast = encrypt(key, number, cast_prefix(key_number), payload)
        [tag] = cast_tags(cast, [session.cast_hash])
        for data in (session.channel.seal(payload), cast + tag):
            try:
                person.member.receive_datagram(data, SERVER, scene.now)
            except Exception as error:
                escaped[repr(error)] += 1
    return exactly("exceptions at odd packet numbers", dict(escaped), {})


def _far_ahead(count: int) -> Figure:
    """Send entries beyond a gap that never closes, as many as there can be."""
    scene, person, session = _captive(False)
    for n in range(3, count):
        [body] = pack_entries([Entry(n, "", "Eva", "x" * 900, f"u-{n}")], 1)
        payload = encode_entries(body, head=1 << 60, version=1)
        person.member.receive_datagram(session.channel.seal(payload), SERVER, scene.now)
        person.member.take_events()
    size = _memory(person)
    return at_most(f"memory after {count} entries beyond a gap", size, MEMORY_MOST, "B")


def _long_list(pages: int) -> Figure:
    """Answer every Who with one more page of names, without an end."""
    scene, person, session = _captive(False)
    scene.run(5.0)
    member = person.member
    payload = encode_entries(b"", head=0, version=99)
    member.receive_datagram(session.channel.seal(payload), SERVER, scene.now)
    scene.now += 1.0
    for page in range(pages):
        member.datagrams_to_send(scene.now)
        [body] = listing.pack_names(f"{page} {n} {'n' * 20}" for n in range(25))
        part = page % MOST_16
        answer = listing.encode_page(body, number=1, version=99, part=part, parts=MOST_16)
        member.receive_datagram(session.channel.seal(answer), SERVER, scene.now)
        scene.now += 0.01
    size = _memory(person)
    return at_most(f"memory after {pages} pages of names", size, 1 << 20, "B")


@contextmanager
def _no_end() -> Iterator[None]:
    with mock.patch.object(fetching, "AHEAD_MOST", 1 << 62):
        yield


@contextmanager
def _rash_entries() -> Iterator[None]:
    header = struct.Struct(">BBBH")

    def decode(payload: bytes) -> Any:
        header.unpack_from(payload, entries._ENTRIES_HEADER.size)
        return decode_entries(payload)

    with mock.patch.dict(session._DECODERS, {b"\1": decode}):
        yield


SABOTAGES = {
    "entries beyond a gap are all kept": _no_end,
    "sizes of entries are not checked": _rash_entries,
}
