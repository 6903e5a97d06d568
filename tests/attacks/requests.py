"""A million damaged requests under valid seals: a member whose client is its own."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random
from typing import Any
from unittest import mock

from chatroom.protocol import messages, names, texts
from chatroom.protocol.entries import Entry, device_id, split_id
from chatroom.protocol.names import is_name, name_key
from chatroom.protocol.texts import text_fits
from tests.attacks.mutations import (
    NUMBERS,
    PACKET_NUMBERS,
    TEXTS,
    damage,
    damage_message,
    grow,
)
from tests.attacks.scene import (
    Client,
    Figure,
    Scene,
    cheap_curve,
    dropped,
    exactly,
    insider,
    session_numbers,
    told,
)
from tests.tools.link import older_entries

BATCH = 200
STEP_S = 0.005  # as fast as requests are taken
COMING_S = 3.0  # as often as one address may come in, and change its name
COUNTER_MOST = (1 << 53) - 1
ADDRESS, VICTIM = ("10.0.0.66", 6), ("10.0.0.1", 1)


def run(full: bool) -> list[Figure]:
    """Say a million wrong things beside a member who only pings."""
    with cheap_curve():
        return [*_Liar().run(1_000_000 if full else 6_000), _packet_numbers()]


class _Liar:
    def __init__(self) -> None:
        self.scene = Scene()
        self.scene.log.append(older_entries(300))
        self.random = Random(11)
        self.escaped: Counter[str] = Counter()
        self.invalid: Counter[str] = Counter()
        self.lost = 0
        self.entered = 0
        self.unsayable = 0  # stored with a counter that no Stored can carry
        self.devices: set[str] = set()
        self.ana = insider(self.scene, "Ana", VICTIM)
        self.client = self._enter()
        self.corpus: list[bytes] = []
        self.examples: dict[str, str] = {}

    def run(self, count: int) -> list[Figure]:
        """Do as much; return the figures."""
        scene, log, tries = self.scene, self.scene.log, min(3000, count // 12)
        seeds = [self._payload() for _ in range(50)]
        self.corpus = grow(
            seeds,
            messages.decode_request,
            lambda data: damage(self.random, [data, *seeds]),
            ["messages.py"],
            tries,
        )
        for _ in range(0, count, BATCH):
            head = log.head
            for _ in range(BATCH):
                self._lie()
            for entry in log.read(head + 1, log.head):
                self._check(entry)
            pong = self.ana.ask(messages.Ping())
            self.lost += not any(isinstance(one, messages.Pong) for one in pong)
            scene.room_events.clear()
            if self.random.random() < 0.2:
                self.client = self._enter()
        return [
            exactly(f"exceptions of {count} requests", dict(self.escaped), {}),
            told("first of each", self.examples),
            exactly("invalid entries stored", dict(self.invalid), {}),
            exactly("counters stored beyond 2^53", self.unsayable, 0),
            exactly("times the other member was lost", self.lost, 0),
            Figure("valid entries stored", log.head - 300, "> 0", log.head > 300),
            told("dropped", dropped(scene)),
        ]

    def _enter(self) -> Client:
        self.entered += 1
        self.scene.now += COMING_S
        client = insider(self.scene, f"M{self.entered}", ADDRESS)
        self.devices.add(device_id(client.device))
        return client

    def _lie(self) -> None:
        scene = self.scene
        scene.now += STEP_S
        payload = (
            damage(self.random, self.corpus) if self.random.random() < 0.2 else self._payload()
        )
        try:
            self.client.send(self.client.seal(payload[:1167] or b"0"))
            if scene.room.timer(scene.now) <= scene.now:
                scene.room.handle_timer(scene.now)
        except Exception as error:
            self.escaped[repr(error)] += 1
            self.examples.setdefault(repr(error), repr(payload))
        session = self.client.session
        if session is None or session.number not in session_numbers(scene):
            self.client = self._enter()

    def _payload(self) -> bytes:
        """Return a request with likely values, mostly altered."""
        random = self.random
        whole = random.choice(NUMBERS[:16])
        request: dict[str, Any] = random.choice(
            (
                {"do": "Join", "name": random.choice(TEXTS), "last": whole}
                | {"device": self._device().hex(), "last_mark": random.choice(TEXTS)},
                {"do": "Say", "counter": self._counter(), "texts": self._texts()},
                {"do": "Say", "counter": self._counter(), "texts": self._texts()},
                {"do": "Fetch", "first": whole, "last": random.choice(NUMBERS[:16])}
                | {"datagrams": random.choice((0, 1, 16, 255))},
                {
                    "do": "Who",
                    "version": whole,
                    "part": whole,
                    "datagrams": random.choice((0, 1, 2)),
                },
                {"do": "Ping"},
                {"do": "Leave" if random.random() < 0.1 else "Ping"},
            )
        )
        request["number"] = random.randrange(1 << 32)
        if random.random() < 0.4:
            return messages.to_json(request) if _encodes(request) else b"{}"
        return damage_message(random, request)

    def _device(self) -> bytes:
        own = self.random.random() < 0.9
        return self.client.device if own else self.random.randbytes(16)

    def _counter(self) -> int:
        if self.random.random() < 0.02:
            return COUNTER_MOST - self.random.randrange(3)
        reached = self.scene.log.last_counter(device_id(self.client.device))
        return max(0, reached + self.random.randrange(-2, 40))

    def _texts(self) -> list[str]:
        return self.random.choices(TEXTS, k=self.random.randrange(4))

    def _check(self, entry: Entry) -> None:
        """Count what is wrong with an entry that was stored."""
        origin = split_id(entry.id)
        wrong = {
            "name": not is_name(entry.name),
            "another's name": name_key(entry.name) == "ana",
            "text": not text_fits(entry.text),
            "device": not origin or origin[0] not in self.devices,
            "counter": not origin or origin[1] < 1,
        }
        self.unsayable += bool(origin and origin[1] > COUNTER_MOST)
        self.invalid.update(what for what, is_wrong in wrong.items() if is_wrong)


def _packet_numbers() -> Figure:
    """Number datagrams as nobody does."""
    escaped, scene = Counter[str](), Scene()
    client = insider(scene, "Mallory", ADDRESS)
    for number in PACKET_NUMBERS:
        assert client.session is not None
        client.session.channel._sealer._next_number = number
        try:
            client.ask(messages.Ping())
        except Exception as error:
            escaped[repr(error)] += 1
    return exactly("exceptions at odd packet numbers", dict(escaped), {})


def _encodes(request: dict[str, Any]) -> bool:
    try:
        return bool(messages.to_json(request))
    except UnicodeEncodeError:
        return False


@contextmanager
def _any_text() -> Iterator[None]:
    with mock.patch.object(texts, "text_fits", lambda text: True):
        yield


@contextmanager
def _any_name() -> Iterator[None]:
    with mock.patch.object(names, "is_name", lambda name: True):
        yield


@contextmanager
def _loose_numbers() -> Iterator[None]:
    readers = {key: lambda value: value for key in ("first", "last", "counter")}
    with mock.patch.dict(messages._READERS, readers):
        yield


@contextmanager
def _deep_json() -> Iterator[None]:
    with mock.patch.object(messages, "RecursionError", KeyError, create=True):
        yield


SABOTAGES = {
    "any text is taken": _any_text,
    "any name is taken": _any_name,
    "numbers are not checked": _loose_numbers,
    "deep JSON is not foreseen": _deep_json,
}
