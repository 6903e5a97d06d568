"""Somebody on the path, without the password: slips datagrams in, repeats some, counts bytes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from chatroom.client import events, handshake, session
from chatroom.crypto import replay, sealing
from chatroom.protocol import agreement, wire
from chatroom.protocol.addresses import Address
from chatroom.server import caster, half_open
from tests.attacks.scene import Figure, Scene, Tape, at_most, cheap_curve, exactly
from tests.tools.link import SERVER, Person

LOST_AFTER_MOST_S = 3.0
SIZES_MOST = len(sealing.PADDED_SIZES)


def run(full: bool) -> list[Figure]:
    """Whisper at the door, at a dead host's place, and listen to how long things are."""
    tries = 200 if full else 10
    with cheap_curve():
        return [
            *_spoil_proofs(tries),
            *_hint_at_the_door(tries),
            *(_send_cookies_first(count, 100 if full else 3) for count in (1, 3)),
            _answer_first(30.0 if full else 15.0),
            *_replay_casts(20 if full else 2),
            *_replay_a_key_number(2000 if full else 1100),
            *_measure_lengths(1 if full else 30),
        ]


# At the door --------------------------------------------------------------------------


def _spoil_proofs(tries: int) -> Iterator[Figure]:
    """Send rubbish into a place as soon as its number has gone over the wire."""
    for loss in (0.0, 0.3):
        scene, refused, late = Scene(), 0, 0
        for n in range(tries):
            ana = scene.add(f"Ana {n}", host="10.0.0.1")
            _whisper(scene, ana, loss)
            is_in = scene.run_until(_has_seen(ana, events.Entered), 20.0)
            refused += bool(ana.saw(events.PasswordRefused))
            late += not is_in
            scene.link.loses = scene._pass_on
            ana.leave()
            scene.run(5.0)
        slowed = sum(bool(one.saw(events.GuessesSlowedHere)) for one in scene.people.values())
        how = f"{loss:.0%} lost"
        yield exactly(f"right passwords called wrong of {tries}, {how}", refused, 0)
        yield exactly(f"times not in, {how}", late, 0)
        yield exactly(f"times slowed down for guesses of others, {how}", slowed, 0)


def _whisper(scene: Scene, ana: Person, loss: float) -> None:
    """Answer each ANSWER to her with rubbish in her name, before her proof can be there."""

    def pass_on(data: bytes, source: Address, destination: Address) -> bool:
        if data[0] == wire.Kind.ANSWER and destination == ana.address:
            answer = wire.decode_datagram(data)
            assert isinstance(answer, wire.Answer)
            for n in range(3):
                rubbish = wire.sealed_prefix(answer.session) + n.to_bytes(8, "big") + bytes(144)
                scene.room.receive_datagram(rubbish, ana.address, scene.now)
        return scene.random.random() < loss

    scene.link.loses = pass_on


def _hint_at_the_door(tries: int) -> Iterator[Figure]:
    """Tell whoever knocks, while the host is away for a while, that it is of no use."""
    given_up = sum(not _comes_in_after(hint, float(tries)) for hint in wire.Hint)
    yield exactly("people who gave up for a hint", given_up, 0)
    slowest_s = max(_time_to_come_in(hint) for hint in wire.Hint)
    yield at_most("slowest way in where every step is hinted to be in vain", slowest_s, 1.0, "s")


def _comes_in_after(hint: wire.Hint, seconds: float) -> bool:
    scene = Scene()
    scene.server_up = False
    ana = scene.add("Ana")

    def answer(data: bytes, source: Address, _: Address) -> bool:
        hello = wire.decode_datagram(data)
        if isinstance(hello, wire.Hello):
            gone = wire.encode_datagram(wire.Gone(hello.nonce[: wire.SESSION_SIZE], hint))
            scene.inject(gone, SERVER, source)
        return False

    scene.link.loses = answer
    scene.run(seconds)
    scene.server_up = True
    return scene.run_until(lambda: ana.member.is_settled, 10.0)


def _time_to_come_in(hint: wire.Hint) -> float:
    """Have each datagram to the host followed by a hint, which is there before the answer."""
    scene = Scene()
    ana, since = scene.add("Ana"), scene.now

    def hint_at(data: bytes, source: Address, destination: Address) -> bool:
        said = wire.decode_datagram(data)
        if destination == SERVER and isinstance(said, wire.Hello | wire.Knock):
            number = said.nonce[: wire.SESSION_SIZE]
        elif destination == SERVER and isinstance(said, wire.Sealed):
            number = said.session
        else:
            return False
        gone = wire.encode_datagram(wire.Gone(number, hint))
        ana.member.receive_datagram(gone, SERVER, scene.now)
        return False

    scene.link.loses = hint_at
    scene.run_until(lambda: ana.member.is_settled, 60.0)
    return scene.now - since


def _send_cookies_first(count: int, tries: int) -> Figure:
    """Send so many false cookies for each word that she says at the door, before the server's."""
    slowest_s, patience_s = 0.0, 60.0
    for seed in range(1, tries + 1):
        scene = Scene(seed=seed)
        ana, since = scene.add("Ana", host="10.0.0.1"), scene.now
        scene.link.loses = _whispers_cookies(scene, ana, count)
        scene.run_until(lambda ana=ana: ana.member.is_settled, patience_s)  # type: ignore[misc]
        slowest_s = max(slowest_s, scene.now - since)
    what = f"slowest way in where {count} false cookies come first for each word"
    return at_most(what, slowest_s, 30.0, "s")


def _whispers_cookies(
    scene: Scene, ana: Person, count: int
) -> Callable[[bytes, Address, Address], bool]:
    def whisper(data: bytes, source: Address, _: Address) -> bool:
        said = wire.decode_datagram(data) if source == ana.address else None
        if isinstance(said, wire.Hello | wire.Knock):
            for _each in range(count):
                false = wire.Cookie(said.nonce, scene.random.randbytes(wire.COOKIE_SIZE))
                ana.member.receive_datagram(wire.encode_datagram(false), SERVER, scene.now)
        return False

    return whisper


def _answer_first(patience_s: float) -> Figure:
    """Answer every knock of somebody who knows the host, with its key, before it can."""
    scene = Scene()
    ana, since = scene.add("Ana"), scene.now
    ana.member.trust_host(scene.room.host_key, scene.now)

    def answer(data: bytes, source: Address, destination: Address) -> bool:
        knock = wire.decode_datagram(data)
        if destination == SERVER and isinstance(knock, wire.Knock):
            sid = wire.exchange_id(knock.nonce, knock.cookie)
            number, point = scene.random.randbytes(8), scene.random.randbytes(32)
            false = wire.Answer(sid[: wire.EXCHANGE_SIZE], number, point, scene.room.host_key)
            ana.member.receive_datagram(wire.encode_datagram(false), SERVER, scene.now)
        return False

    scene.link.loses = answer
    scene.run_until(lambda: ana.member.is_settled, patience_s)
    return at_most("way in where somebody answers first", scene.now - since, 1.0, "s")


# At a dead host's place ---------------------------------------------------------------


def _replay_casts(rounds: int) -> Iterator[Figure]:
    """Repeat old casts to those in the room, when the host has crashed."""
    longest_s, heard = 0.0, 0
    for seed in range(1, 1 + rounds):
        scene = Scene(seed=seed)
        tape: Tape = []
        scene.tape = tape
        ana, guest = scene.join("Ana"), scene.join("Guest")
        for n in range(3):
            guest.say(f"{n}")
            scene.run(1.0)
        scene.room.remove("Guest", scene.now)
        ana.say("under the new key")
        scene.run(5.0)
        casts = [data for data, _, to in tape if to == ana.address and data[0] == wire.Kind.CAST]
        for data in casts:  # some came before she had their key, and are new once
            scene.inject(data, SERVER, ana.address)
        scene.run(1.0)
        scene.server_up = False
        shown, before = len(ana.shown), len(ana.events)
        ana.say("does anybody hear me?")
        since, at = scene.now, 0
        while not ana.saw(events.ServerLost) and scene.now < since + 30:
            scene.inject(casts[at % len(casts)], SERVER, ana.address)
            at += 1
            scene.run_until(_has_seen(ana, events.ServerLost), 0.1)
        longest_s = max(longest_s, scene.now - since)
        for data in casts:
            scene.inject(data, SERVER, ana.address)
        scene.run(2.0)
        found = [one for one in ana.events[before:] if isinstance(one, events.ServerFound)]
        heard += len(found) + len(ana.shown) - shown
    yield at_most(
        "longest until a dead host is missed, casts repeated", longest_s, LOST_AFTER_MOST_S, "s"
    )
    yield exactly("signs of life that old casts gave, and entries shown", heard, 0)


def _replay_a_key_number(casts: int) -> Iterator[Figure]:
    """Keep a cast of a busy hour until a key of the same number is there again."""
    scene = Scene()
    ana, ben = scene.join("Ana"), scene.join("Ben")
    scene.run(5.0)
    while scene.room._caster._cast_number < casts:
        scene.room._delivery._cast([b""], scene.room._people.audience, scene.now)
    tape: Tape = []
    scene.tape = tape
    ben.say("the last of a busy hour")
    scene.run(5.0)
    kept = [data for data, _, to in tape if to == ana.address and data[0] == wire.Kind.CAST]
    for _ in range(256):
        scene.room._caster.change_key(scene.now)
    ben.say("a new key")
    scene.run(30.0)
    for data in kept:
        scene.inject(data, SERVER, ana.address)
    scene.run(1.0)
    longest_s = 0.0
    for n in range(5):
        ben.say(f"{n}")
        since = scene.now
        scene.run_until(_has_shown(ana, f"{n}"), 60.0)
        longest_s = max(longest_s, scene.now - since)
        scene.run(10.0)
    yield at_most("delay of what is cast, after a cast of 256 keys ago", longest_s, 0.5, "s")


def _has_shown(person: Person, text: str) -> Callable[[], bool]:
    return lambda: person.texts[-1:] == [text]


def _has_seen(person: Person, kind: type[events.MemberEvent]) -> Callable[[], bool]:
    return lambda: bool(person.saw(kind))


# How long things are ------------------------------------------------------------------


def _measure_lengths(step: int) -> Iterator[Figure]:
    """Say texts of every length; look how many lengths of datagrams that makes."""
    scene = Scene()
    ana, ben = scene.join("Ana"), scene.join("Ben")
    scene.run(5.0)
    tape: Tape = []
    scene.tape = tape
    for size in range(1, 901, step):
        ana.say("x" * size)
        scene.run(4.0)
    texts = len(range(1, 901, step))
    says = {len(data) for data, source, _ in tape if source == ana.address}
    casts = {len(data) for data, _, to in tape if to == ben.address and data[0] == wire.Kind.CAST}
    yield at_most(f"lengths of datagrams for {texts} lengths of a text", len(says), SIZES_MOST)
    yield at_most("lengths of what the room is sent of it", len(casts), SIZES_MOST)
    tape.clear()
    for n in range(1, 33):
        scene.join("N" * n, host="10.0.0.9")
    names = {len(data) for data, source, _ in _sealed(tape) if source[0] == "10.0.0.9"}
    yield at_most("lengths of a Join for 32 lengths of a name", len(names), 2)


def _sealed(tape: Tape) -> Tape:
    return [one for one in tape if one[0][0] == wire.Kind.SEALED]


# --------------------------------------------------------------------------------------


@contextmanager
def _one_try() -> Iterator[None]:
    """Give a place up after the first datagram that is no proof."""
    get = half_open.HalfOpen.get

    def unless_failed(self: half_open.HalfOpen, number: bytes) -> half_open.Place | None:
        place = get(self, number)
        return None if place is None or place.failed else place

    with mock.patch.object(half_open.HalfOpen, "get", unless_failed):
        yield


@contextmanager
def _any_answer() -> Iterator[None]:
    with mock.patch.object(agreement, "has_proof", lambda *_: True):
        yield


@contextmanager
def _any_cast() -> Iterator[None]:
    """Take casts under any key, however often they come."""
    open_cast = session.RoomKey.open

    def open_any(self: session.RoomKey, *cast: Any) -> bytes:
        return open_cast(self, *cast) or b"?"

    with (
        mock.patch.object(replay.ReplayWindow, "accept", lambda *_: None),
        mock.patch.object(session.RoomKey, "open", open_any),
    ):
        yield


@contextmanager
def _no_padding() -> Iterator[None]:
    with mock.patch.object(sealing, "PADDED_SIZES", ()):
        yield


@contextmanager
def _numbers_of_each_key() -> Iterator[None]:
    """Count casts anew under each key, and take what was not seen under it."""
    change_key, take = caster.Caster.change_key, session.RoomKey.take
    open_cast = session.RoomKey.open

    def change(self: caster.Caster, now: float) -> None:
        change_key(self, now)
        self._cast_number = 0

    def take_anew(self: session.RoomKey, number: int, key: bytes) -> None:
        if key != self._key:
            vars(self)["seen"] = replay.ReplayWindow()
        take(self, number, key)

    def open_seen(self: session.RoomKey, cast: wire.Cast, tagger: Any, _: Any) -> Any:
        return open_cast(self, cast, tagger, vars(self)["seen"])

    with (
        mock.patch.object(caster.Caster, "change_key", change),
        mock.patch.object(session.RoomKey, "take", take_anew),
        mock.patch.object(session.RoomKey, "open", open_seen),
    ):
        yield


@contextmanager
def _one_cookie() -> Iterator[None]:
    with mock.patch.object(handshake.Handshake, "_keep", lambda *_: None):
        yield


SABOTAGES = {
    "the first cookie is the server's": _one_cookie,
    "each key has its own numbers of casts": _numbers_of_each_key,
    "a place is for one datagram": _one_try,
    "an answer needs no proof": _any_answer,
    "an old cast is a sign of life": _any_cast,
    "nothing is padded": _no_padding,
}
