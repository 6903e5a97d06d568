"""Somebody who was shut out, or has left, and would like to read on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias
from unittest import mock

from chatroom.client import events as member_events
from chatroom.crypto import sealing
from chatroom.protocol import entries, messages, wire
from chatroom.protocol.addresses import Address, parse_networks
from chatroom.server import caster, door, events
from chatroom.server.half_open import HalfOpen
from tests.attacks.scene import Client, Figure, Scene, at_most, cheap_curve, exactly, insider
from tests.tools.link import SERVER, Person

NEAR: Address = ("10.0.0.66", 6)
FAR: Address = ("10.0.0.67", 7)
"""Two addresses of Mallory; the host shuts out the first, or all but others."""
GUEST: Address = ("10.0.0.5", 5)
OTHERS = "127.0.0.0/8 10.0.0.67"
EVERY_S = 1.0

Shut: TypeAlias = Callable[[Scene], None]


def run(full: bool) -> list[Figure]:
    """Come in by each way that may have been left open, then leave in each way and listen."""
    seconds = 600.0 if full else 130.0
    with cheap_curve():
        return [
            *_stay_in("block", _block),
            *_stay_in("allow only", _allow_only),
            _put_another_out(20 if full else 3),
            *_read_on(seconds),
            *_read_for_hours(3 if full else 1),
        ]


# Shut out -----------------------------------------------------------------------------


def _block(scene: Scene) -> None:
    [network] = parse_networks(NEAR[0])
    scene.room.block(network, scene.now)


def _allow_only(scene: Scene) -> None:
    scene.room.allow_only(parse_networks(OTHERS), scene.now)


def _stay_in(how: str, shut: Shut) -> list[Figure]:
    """Begin from one address and go on from the other, and be shut out in between."""
    tries = {
        "begun at the blocked one, proven at the other": (NEAR, FAR),
        "begun at the other, proven at the blocked one": (FAR, NEAR),
        "begun and proven at the blocked one": (NEAR, NEAR),
    }
    found = [
        exactly(f"sessions and casts, {how}, {way}", _enter_late(shut, *addresses), (0, 0))
        for way, addresses in tries.items()
    ]
    name = f"sessions and casts, {how}, moved to the blocked one"
    return [*found, exactly(name, _move_in(shut), (0, 0))]


def _enter_late(shut: Shut, begun: Address, proven: Address) -> tuple[int, int]:
    scene = Scene()
    ana = scene.join("Ana")
    mallory = Client(scene, begun)
    scene.inboxes[proven] = mallory.scene.inboxes[begun]
    mallory.greet()
    mallory.knock()
    assert mallory.session is not None
    shut(scene)
    join = messages.encode_request(1, messages.Join("Mallory", mallory.device, 0, ""))
    for _ in range(3):
        mallory.send(mallory.seal(join), source=proven)
        scene.run(1.0)
    return _what_comes(scene, mallory, lambda: ana.say("we are among us"))


def _move_in(shut: Shut) -> tuple[int, int]:
    """Come in at the other, and then say, by a token, to be at the blocked one."""
    scene = Scene()
    ana = scene.join("Ana")
    mallory = insider(scene, "Mallory", FAR)
    near = scene.inboxes[NEAR] = []
    shut(scene)
    ping = messages.Ping()
    for _ in range(3):
        mallory.send(_request(mallory, ping), source=NEAR)
        heard = mallory.open(near)
        near.clear()
        tokens = [one.token for one in heard if isinstance(one, messages.Probe)]
        ping = messages.Ping(tokens[-1]) if tokens else ping
    sessions, _ = _what_comes(scene, mallory, lambda: ana.say("we are among us"))
    return sessions, len(near)


def _request(client: Client, request: messages.Request) -> bytes:
    client.number += 1
    return client.seal(messages.encode_request(client.number, request))


def _what_comes(scene: Scene, client: Client, speak: Callable[[], object]) -> tuple[int, int]:
    """Return how many sessions the shut out have, and how many casts come to them."""
    client.hear()
    speak()
    scene.run(5.0)
    casts = sum(data[0] == wire.Kind.CAST for data in client.hear())
    sessions = scene.room.figures().sessions
    return sum(one.over is None and one.address == NEAR for one in sessions), casts


def _put_another_out(tries: int) -> Figure:
    """Hear all that she and the server send, shut out, and send it on from there, and sooner."""
    put_out = 0
    for seed in range(1, tries + 1):
        scene = Scene(seed=seed)
        _block(scene)
        ana = scene.join("Ana")
        scene.run(5.0)
        scene.link.loses = _sends_on(scene, ana)
        for n in range(10):
            ana.say(f"{n}")
            scene.run(3.0)
        put_out += bool(ana.saw(member_events.Expelled))
    return exactly(f"times of {tries} that she was put out by who is shut out", put_out, 0)


def _sends_on(scene: Scene, ana: Person) -> Callable[[bytes, Address, Address], bool]:
    """Be the path from her to the server, which thinks that she speaks from elsewhere."""

    def loses(data: bytes, source: Address, destination: Address) -> bool:
        if source == ana.address and data[0] == wire.Kind.SEALED:
            scene.room.receive_datagram(data, NEAR, scene.now)
            return True
        if destination == NEAR:
            scene.inject(data, SERVER, ana.address)
            return True
        return False

    return loses


# Left ---------------------------------------------------------------------------------


class Ear:
    """Hears all that goes over the network, and has the room key of when it was in."""

    def __init__(self, scene: Scene, client: Client) -> None:
        self._scene = scene
        [pong] = [one for one in client.ask(messages.Ping()) if isinstance(one, messages.Pong)]
        self._number, self._key = pong.key_number, pong.key

    def listen(self, say: Callable[[str], object], seconds: float) -> set[int]:
        """Have something said every second; return the numbers of what it could read."""
        scene = self._scene
        tape = scene.tape = []
        head, until = scene.log.head, scene.now + seconds
        while scene.now < until:
            say(f"among us, {scene.now:.0f}")
            scene.run(EVERY_S)
        return {seq for data, _, _ in tape for seq in self._read(data) if seq > head}

    def _read(self, data: bytes) -> list[int]:
        if data[0] != wire.Kind.CAST or data[1] != self._number:
            return []
        body = data[: -sealing.TAG_SIZE]
        said = entries.decode_entries(sealing.decrypt(self._key, body, wire.CAST_PREFIX_SIZE))
        return [] if said is None else [entry.seq for entry in said.entries]


def _read_on(seconds: float) -> Iterator[Figure]:
    for how, age_s in (("the key is old", 200.0), ("the key has just changed", 0.0)):
        scene = Scene()
        ana, mallory = scene.join("Ana"), insider(scene, "Mallory", NEAR)
        _let_the_key_change(scene, ana, mallory, age_s)
        ear = Ear(scene, mallory)
        mallory.ask(messages.Leave())
        read = ear.listen(ana.say, seconds)
        allowed = 0 if age_s else caster.KEY_CHANGED_EVERY_S / EVERY_S
        name = f"read of {seconds:.0f} messages after it left, {how}"
        yield at_most(name, len(read), allowed)
    for how, shut in (("removed", _remove), ("blocked", _block)):
        scene = Scene()
        ana, mallory = scene.join("Ana"), insider(scene, "Mallory", NEAR)
        _let_the_key_change(scene, ana, mallory, 0.0)
        ear = Ear(scene, mallory)
        shut(scene)
        name = f"read of {seconds:.0f} messages after it was {how}"
        yield exactly(name, len(ear.listen(ana.say, seconds)), 0)
    scene = Scene()
    ana, mallory = scene.join("Ana"), insider(scene, "Mallory", NEAR)
    ear = Ear(scene, mallory)
    scene.run_until(
        lambda: any(isinstance(one, events.PersonLeft) for one in scene.room_events), 90
    )
    name = f"read of {seconds:.0f} messages after it fell quiet"
    yield exactly(name, len(ear.listen(ana.say, seconds)), 0)


def _remove(scene: Scene) -> None:
    scene.room.remove("Mallory", scene.now)


def _let_the_key_change(scene: Scene, ana: Person, mallory: Client, age_s: float) -> None:
    """Have somebody come and go; then wait until the key that this brings is so old."""
    scene.run(70.0)
    insider(scene, "Guest", GUEST).ask(messages.Leave())
    for _ in range(int(age_s) + 1):
        ana.say("who was that?")
        mallory.ask(messages.Ping())
        scene.run(1.0)


def _read_for_hours(hours: int) -> Iterator[Figure]:
    """Learn one key, and listen while nobody comes or goes."""
    scene = Scene()
    ana, mallory = scene.join("Ana"), insider(scene, "Mallory", NEAR)
    ear = Ear(scene, mallory)
    while scene.now < 1000.0 + hours * caster.KEY_LIFE_S:
        scene.run(30.0)
        mallory.ask(messages.Ping())
    name = "read under a key of an hour ago"
    yield exactly(name, len(ear.listen(ana.say, 10.0)), 0)


@contextmanager
def _half_open_stay() -> Iterator[None]:
    with (
        mock.patch.object(HalfOpen, "forget_unless", lambda *_: None),
        mock.patch.object(door.Door, "prove", _prove_from_anywhere),
    ):
        yield


def _prove_from_anywhere(
    self: door.Door, sealed: wire.Sealed, address: Address, now: float
) -> door.Proven | bytes:
    with mock.patch.object(self.access, "permits", lambda _: True):
        return _prove(self, sealed, address, now)


_prove = door.Door.prove


@contextmanager
def _one_key() -> Iterator[None]:
    with mock.patch.object(caster.Caster, "renew_key", lambda *_, **__: None):
        yield


@contextmanager
def _sessions_go_anywhere() -> Iterator[None]:
    with mock.patch.object(door.Door, "turn_away_from", lambda *_: None):
        yield


SABOTAGES = {
    "a session goes on from where nobody may be": _sessions_go_anywhere,
    "who is shut out while at the door comes in": _half_open_stay,
    "the key changes for nobody who leaves": _one_key,
}
