"""What attacks stand on: figures, a room with ears, a client without manners."""

import contextlib
import gc
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any, TypeAlias
from unittest import mock

from chatroom.client.handshake import Handshake
from chatroom.client.session import ClientSession
from chatroom.client.timers import RoundTrip
from chatroom.client.trust import Trust
from chatroom.crypto.replay import Replayed
from chatroom.crypto.sealing import Forged
from chatroom.protocol import entries, messages, wire
from chatroom.protocol.addresses import Address
from chatroom.server.log import Log
from tests.tools.link import PASSWORD, Link, MemoryLog, Pair, Person

Said: TypeAlias = messages.Reply | messages.Notice | entries.Entries
_P = 2**255 - 19

Tape: TypeAlias = list[tuple[bytes, Address, Address]]
"""Datagrams with their source and destination."""


@dataclass(frozen=True)
class Figure:
    """One result, beside what it should be."""

    name: str
    value: object
    target: str
    good: bool

    def __str__(self) -> str:
        shown = f"{self.value:.4g}" if isinstance(self.value, float) else self.value
        line = f"{self.name}: {shown} (target {self.target})"
        return line if self.good else f"{line}  MISSED"


def at_most(name: str, value: float, most: float, unit: str = "") -> Figure:
    """Return a figure that is good up to `most`."""
    return Figure(name, value, f"<= {most:g}{unit and ' ' + unit}", value <= most)


def exactly(name: str, value: object, expected: object) -> Figure:
    """Return a figure that is good where it is the expected one."""
    return Figure(name, value, f"{expected}", value == expected)


def told(name: str, value: object) -> Figure:
    """Return a figure that is worth knowing and has no target."""
    return Figure(name, value, "none", True)


@contextlib.contextmanager
def cheap_curve() -> Iterator[None]:
    """Multiply numbers modulo p in place of points on the curve.

    X25519 in Python integers costs 1.3 ms, and an attack makes thousands. All that the
    handshake asks of it is that the order of two scalars does not matter, and that
    another password leads elsewhere: both hold. Nobody attacks the mathematics here.
    """

    def multiply(scalar: bytes, point: bytes) -> bytes:
        product = int.from_bytes(scalar, "little") * int.from_bytes(point, "little")
        return (product % _P).to_bytes(32, "little")

    with mock.patch("chatroom.crypto.cpace.scalar_mult", multiply):
        yield


def held(thing: object, *, without: Iterable[object] = ()) -> int:
    """Return the bytes of an object and all that it refers to, code excepted."""
    code = (type, FunctionType, ModuleType, BuiltinFunctionType)
    seen, waiting, total = {id(one) for one in without}, [thing], 0
    while waiting:
        one = waiting.pop()
        if id(one) not in seen and not isinstance(one, code):
            seen.add(id(one))
            total += sys.getsizeof(one)
            waiting += gc.get_referents(one)
    return total


def dropped(scene: "Scene") -> dict[str, int]:
    """Return how many datagrams and requests had no effect, by the reason."""
    return {reason.name: count for reason, count in scene.room.figures().dropped.items()}


def session_numbers(scene: "Scene") -> list[bytes]:
    """Return the numbers of the server's sessions; they go over the wire in clear."""
    return [one.number for one in scene.room.figures().sessions]


def has_shown(count: int, *people: Person) -> Callable[[], bool]:
    """Return a condition: each of them has shown more than `count` entries."""
    return lambda: all(len(person.shown) > count for person in people)


class QuickLog(MemoryLog):
    """A log in memory that knows the counters by heart."""

    def __init__(self, held: Sequence[entries.Entry] = ()) -> None:
        super().__init__()
        self._counters: dict[str, int] = {}
        self.append(held)

    def last_counter(self, device: str) -> int:
        return self._counters.get(device, 0)

    def append(self, fresh: Sequence[entries.Entry]) -> None:
        super().append(fresh)
        for entry in fresh:
            if origin := entries.split_id(entry.id):
                self._counters[origin[0]] = max(origin[1], self.last_counter(origin[0]))


class _Forgetful(list[Any]):
    """A list that keeps nothing."""

    def append(self, _: object) -> None:
        pass


class Scene(Pair):
    """A room with people, and addresses where somebody else listens.

    What goes to an address in `inboxes` is put there at once; `away` are addresses
    whose network is down; with a `tape`, everything sent is recorded on it.
    """

    def __init__(self, log: Log | None = None, *, seed: int = 1) -> None:
        self.inboxes: dict[Address, list[bytes]] = {}
        self.away: set[Address] = set()
        self.tape: Tape | None = None
        link = Link()
        link.sent = _Forgetful()
        link.loses = self._pass_on
        super().__init__(log if log is not None else QuickLog(), seed=seed, link=link)

    def flush_room(self) -> None:
        """Let the server store and send."""
        self._flush_room()

    def turn_room(self) -> None:
        """Let the server do what is due, and then store and send."""
        self.room.handle_timer(self.now)
        self._flush_room()

    def server_memory(self) -> int:
        """Return the bytes that the room keeps, beside the log."""
        return held(self.room, without=[self.log, self.random, self])

    def _pass_on(self, data: bytes, source: Address, destination: Address) -> bool:
        if self.tape is not None:
            self.tape.append((data, source, destination))
        if destination in self.inboxes:
            self.inboxes[destination].append(data)
            return True
        return source in self.away or destination in self.away


class Client:
    """Somebody at an address who says what it likes, when it likes, to the server.

    Its datagrams arrive at once, and so do the answers.
    """

    def __init__(self, scene: Scene, address: Address, password: str = PASSWORD) -> None:
        self.scene = scene
        self.address = address
        self.session: ClientSession | None = None
        self.device = scene.random.randbytes(16)
        self.number = 0
        self._inbox = scene.inboxes.setdefault(address, [])
        self._handshake = Handshake(
            password,
            Trust(),
            RoundTrip(),
            scene.random.randbytes,
            scene.random.random,
            scene.now,
        )

    def send(self, data: bytes, *, source: Address | None = None) -> list[bytes]:
        """Send a datagram; return what has come for us."""
        room, now = self.scene.room, self.scene.now
        room.receive_datagram(data, source or self.address, now)
        return self.hear()

    def hear(self) -> list[bytes]:
        """Return what has come since the last call."""
        self.scene.flush_room()
        heard = self._inbox[:]
        self._inbox.clear()
        return heard

    def greet(self) -> None:
        """Say HELLO, and take the cookie."""
        self._say_next()

    def knock(self) -> None:
        """KNOCK, and take the answer if it comes at once."""
        self._say_next()

    def hear_answer(self) -> None:
        """Take an answer that had to wait."""
        self._take(self.hear())

    def seal(self, payload: bytes) -> bytes:
        """Return a datagram of our session."""
        assert self.session is not None
        return self.session.channel.seal(payload)

    def ask(self, request: messages.Request | bytes) -> list[Said]:
        """Say something under our seal; return what was answered to it at once."""
        if not isinstance(request, bytes):
            self.number += 1
            request = messages.encode_request(self.number, request)
        return self.open(self.send(self.seal(request)))

    def open(self, datagrams: Iterable[bytes]) -> list[Said]:
        """Return what the sealed ones among the datagrams say."""
        assert self.session is not None
        found: list[Said] = []
        for data in datagrams:
            datagram = wire.decode_datagram(data)
            if isinstance(datagram, wire.Sealed):
                with contextlib.suppress(Forged, Replayed):
                    payload, _ = self.session.channel.open(data)
                    one = (
                        entries.decode_entries(payload)
                        if entries.is_entries(payload)
                        else messages.decode_reply(payload)[1]
                    )
                    if one is not None:
                        found.append(one)
        return found

    def enter(self, name: str) -> messages.Joined | None:
        """Come in under a name; return what the server says to that."""
        self.greet()
        self.knock()
        if self.session is None:
            return None
        replies = self.ask(messages.Join(name, self.device, 0, ""))
        return next((one for one in replies if isinstance(one, messages.Joined)), None)

    def _say_next(self) -> None:
        data = self._handshake.datagram_to_send(self.scene.now)
        if data is not None:
            self._take(self.send(data))

    def _take(self, datagrams: Iterable[bytes]) -> None:
        for data in datagrams:
            datagram = wire.decode_datagram(data)
            if isinstance(datagram, wire.Cookie):
                self._handshake.receive_cookie(datagram, self.scene.now)
            elif isinstance(datagram, wire.Answer) and self.session is None:
                now = self.scene.now
                self.session = self._handshake.receive_answer(datagram, now)


def insider(scene: Scene, name: str, address: Address) -> Client:
    """Return somebody who knows the password and is in, with a client of its own."""
    client = Client(scene, address)
    assert client.enter(name) is not None
    return client
