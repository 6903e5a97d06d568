"""Strangers by the hundred thousand: HELLO and KNOCK floods."""

import gc
import time
import tracemalloc
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from chatroom.protocol import wire
from chatroom.protocol.addresses import Address
from chatroom.server import door, half_open
from chatroom.server.cookies import Cookies
from chatroom.server.door import HANDSHAKES_PER_S, Door
from chatroom.server.half_open import HalfOpen, Place
from tests.attacks.scene import Figure, Scene, at_most, cheap_curve, exactly, told
from tests.tools.link import Person

TURN = 256  # as many datagrams as the driver takes in before it sends
MEMORY_MOST = 64 * 1024
HELLO_US_MOST = 10
STEP_S = 0.01


def run_hellos(full: bool) -> list[Figure]:
    """A million HELLO from a hundred thousand addresses."""
    count = 1_000_000 if full else 12_000
    addresses = [_address(n) for n in range(count // 10)]
    random = Scene().random
    hellos = [
        wire.encode_datagram(wire.Hello(wire.VERSION, random.randbytes(16))) for _ in range(1024)
    ]
    plain, traced = Scene(), Scene()
    cpu_s = _greet(plain, hellos, addresses, count)
    _greet(traced, hellos, addresses, TURN)
    gc.collect()
    before = traced.server_memory()
    tracemalloc.start()
    _greet(traced, hellos, addresses, count)
    gc.collect()
    grown, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    kept = traced.server_memory() - before
    return [
        at_most(f"memory after {count} HELLO", grown, MEMORY_MOST, "B"),
        told("highest meanwhile, with a turn's datagrams", f"{peak} B"),
        at_most("kept by the room", kept, MEMORY_MOST, "B"),
        at_most("CPU for each HELLO", cpu_s / count * 1e6, HELLO_US_MOST, "us"),
        exactly("events", len(plain.room_events), 0),
    ]


def _address(n: int) -> Address:
    return (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}", 1024 + n % 60000)


def _greet(scene: Scene, hellos: list[bytes], addresses: list[Address], count: int) -> float:
    """Send so many HELLO; return the CPU time of the server's part."""
    room, now = scene.room, scene.now
    receive, began = room.receive_datagram, time.process_time()
    for first in range(0, count, TURN):
        for n in range(first, min(first + TURN, count)):
            receive(hellos[n & 1023], addresses[n % len(addresses)], now)
        room.datagrams_to_send(now)
        now += 0.001
    return time.process_time() - began


def run_knocks(full: bool) -> list[Figure]:
    """KNOCKs with good cookies and with random ones; a newcomer knocks among them."""
    seconds, crowd = (60, 300) if full else (6, 50)
    with cheap_curve():
        return [
            *_flood("good cookies of 5 addresses", 5, 1000, seconds),
            *_flood(f"good cookies of {crowd} addresses", crowd, 1000, seconds),
            *_flood("random cookies", 0, 5000 if full else 1000, seconds),
        ]


def _flood(how: str, hosts: int, rate: int, seconds: float) -> Iterator[Figure]:
    """Knock at `rate` per second, from so many addresses; 0: with no good cookie."""
    scene, opened = Scene(), Counter[int]()
    random = scene.random

    def take(self: HalfOpen, place: Place) -> None:
        opened[int(scene.now)] += 1
        take_place(self, place)

    take_place = HalfOpen.take
    with mock.patch.object(HalfOpen, "take", take):
        before, began = scene.server_memory(), scene.now
        highest, cpu_s, ana = 0, 0.0, None
        for step in range(round(seconds / STEP_S)):
            start = time.process_time()
            for n in range(round(rate * STEP_S)):
                address = _address(1 + (step * 7 + n) % (hosts or 50_000))
                scene.inboxes[address] = []
                _knock(scene, address, random.randbytes, hosts > 0)
            cpu_s += time.process_time() - start
            if step == 200:
                ana, knocked_at = scene.add("Ana", host="192.168.7.7"), scene.now
            if ana is None or ana.member.is_settled:
                scene.run(STEP_S)
            elif scene.run_until(_settled(ana), STEP_S):
                yield at_most(f"newcomer in, {how}", scene.now - knocked_at, 30, "s")
            if step % 50 == 0:
                highest = max(highest, scene.server_memory())
    if ana is None or not ana.member.is_settled:
        yield Figure(f"newcomer in, {how}", "no", "<= 30 s", False)
    # A full bucket may add one second's worth to the first second.
    most = max(opened.values(), default=0)
    mean = sum(opened.values()) / (scene.now - began)
    yield at_most(f"handshakes in a second, {how}", most, 2 * HANDSHAKES_PER_S)
    long_run = HANDSHAKES_PER_S * (1 + 1 / seconds) + 1
    yield at_most(f"handshakes per second, {how}", mean, long_run)
    yield at_most(f"memory more at most, {how}", highest - before, 4 << 20, "B")
    yield told(
        f"CPU for each KNOCK and its HELLO, {how}",
        f"{cpu_s / rate / seconds * 1e6:.1f} us, the curve not counted",
    )


def _settled(person: Person) -> Callable[[], bool]:
    return lambda: person.member.is_settled


def _knock(scene: Scene, address: Address, entropy: Callable[[int], bytes], good: bool) -> None:
    """Knock once; for a good cookie, greet before."""
    room, now, nonce = scene.room, scene.now, entropy(16)
    cookie = entropy(24)
    if good:
        hello = wire.encode_datagram(wire.Hello(wire.VERSION, nonce))
        room.receive_datagram(hello, address, now)
        scene.flush_room()
        answer = wire.decode_datagram(scene.inboxes[address][-1])
        assert isinstance(answer, wire.Cookie)
        cookie = answer.cookie
    knock = wire.Knock(nonce, cookie, entropy(32), entropy(32))
    room.receive_datagram(wire.encode_datagram(knock), address, now)


@contextmanager
def _remember_greetings() -> Iterator[None]:
    hello = Door.hello

    def remember(self: Any, greeting: Any, address: Address, now: float) -> bytes:
        vars(self).setdefault("greeted", {})[address] = now
        return hello(self, greeting, address, now)

    with mock.patch.object(Door, "hello", remember):
        yield


@contextmanager
def _no_rate() -> Iterator[None]:
    with mock.patch.object(door, "HANDSHAKES_PER_S", 5000):
        yield


@contextmanager
def _keep_old() -> Iterator[None]:
    with (
        mock.patch.object(Cookies, "forget_old", lambda *_: None),
        mock.patch.object(HalfOpen, "forget_old", lambda *_: None),
        mock.patch.object(half_open, "HALF_OPEN_PER_PREFIX", 1 << 30),
        mock.patch.object(half_open, "HALF_OPEN_MOST", 1 << 30),
        mock.patch.object(door, "HANDSHAKES_PER_S", 5000),
    ):
        yield


HELLO_SABOTAGES = {"addresses of greetings are kept": _remember_greetings}
KNOCK_SABOTAGES = {
    "5000 handshakes a second": _no_rate,
    "half-open places are kept": _keep_old,
}
