"""Ten thousand wrong passwords from one address, where members are too."""

from collections.abc import Iterator
from contextlib import contextmanager
from unittest import mock

from chatroom.client.events import ServerFound
from chatroom.crypto.sealing import Forged, Opener
from chatroom.protocol import channel
from chatroom.protocol.addresses import Address
from chatroom.protocol.messages import Join, encode_request
from chatroom.server import guesses
from chatroom.server.guesses import GUESSES_AT_ONCE, GUESSES_PER_S
from tests.attacks.scene import (
    Client,
    Figure,
    Scene,
    at_most,
    cheap_curve,
    exactly,
    has_shown,
    session_numbers,
    told,
)
from tests.tools.link import Person

HOST = "10.0.0.1"
AT_ONCE = 64
"""Handshakes of one volley: more than places and tokens, to race the bucket."""
STEP_S = 1.0
AWAY_S = (100.0, 217.3, 400.9, 612.7)


class Counted(Opener):
    """Counts the passwords that the door tried and found wrong: one for each exchange."""

    wrong = 0
    was_wrong = False

    def open(self, datagram: bytes, prefix_size: int) -> tuple[bytes, bool]:
        try:
            return super().open(datagram, prefix_size)
        except Forged:
            Counted.wrong += not self.was_wrong
            self.was_wrong = True
            raise


@contextmanager
def counted() -> Iterator[None]:
    """Have `Counted.wrong` count from nothing."""
    Counted.wrong = 0
    with mock.patch.object(channel, "Opener", Counted):
        yield


def run(full: bool) -> list[Figure]:
    """Guess one after another, then in volleys; and look how members do meanwhile."""
    with cheap_curve(), counted():
        return [
            *_guess("one by one", 10_000 if full else 300, 10),
            *_guess("volleys", 10_000 if full else 320, AT_ONCE),
            *_return(AWAY_S if full else AWAY_S[:1]),
            _newcomer(1000.0 if full else 20.0),
        ]


def _guess(how: str, count: int, at_once: int) -> list[Figure]:
    scene = Scene()
    ana, ben = scene.join("Ana", host=HOST), scene.join("Ben", host="10.0.0.2")
    Counted.wrong, began, delays, said = 0, scene.now, [0.0], 0
    for first in range(0, count, at_once):
        _volley(scene, at_once, first)
        shown, since = len(ben.texts), scene.now
        ana.say(f"still here {first}")
        said += 1
        if scene.run_until(has_shown(shown, ben), STEP_S):
            delays.append(scene.now - since)
        scene.run(since + STEP_S - scene.now)
    lasted = scene.now - began
    names = [name for name, _ in scene.here()]
    allowed = GUESSES_AT_ONCE + int(lasted * GUESSES_PER_S)
    return [
        at_most(f"guesses tried of {count}, {how}, {lasted:.0f} s", _wrong(), allowed),
        exactly(f"who is in after {how}", names, ["Ana", "Ben"]),
        exactly(f"sessions after {how}", len(session_numbers(scene)), 2),
        exactly(f"said beside {how}: shown", ben.texts == ana.texts and len(ben.texts), said),
        at_most(f"worst delay beside {how}", max(delays), 0.2, "s"),
    ]


def _wrong() -> int:
    return Counted.wrong


def _volley(scene: Scene, at_once: int, first: int) -> None:
    """Have many half-open at the same time, and let all prove at the same time."""
    guessers = [
        Client(scene, (HOST, 1024 + (first + n) % 60000), f"guess {first + n}")
        for n in range(at_once)
    ]
    for guesser in guessers:
        guesser.greet()
    for guesser in guessers:
        guesser.knock()
    for guesser in guessers:
        guesser.hear_answer()
        if guesser.session is not None:
            join = Join("Mallory", guesser.device, 0, "")
            data = guesser.seal(encode_request(1, join))
            for _ in range(3):  # a copy must not count as another guess, nor as none
                guesser.send(data)
    for guesser in guessers:
        del scene.inboxes[guesser.address]


def _return(aways_s: tuple[float, ...]) -> list[Figure]:
    """Let a member's network be away for minutes, while its address guesses on."""
    after_word, after_network = [], []
    for away_s in aways_s:
        scene = Scene(seed=int(away_s))
        cem = scene.join("Cem", host=HOST)
        scene.run(5.0)
        _guess_for(scene, 60.0)
        scene.away.add(cem.address)
        _guess_for(scene, away_s)
        scene.away.clear()
        back_at = scene.now
        spoke_at, heard_at = _answered(scene, cem)
        after_word.append(heard_at - spoke_at)
        after_network.append(heard_at - back_at)
    return [
        at_most("returning member: from its first word on", max(after_word), 2.0, "s"),
        # The retry is every 4 s +-10 % by design, so the network's return is not known.
        at_most("returning member: from the network on", max(after_network), 4.5, "s"),
    ]


def _guess_for(scene: Scene, seconds: float) -> None:
    until, first = scene.now + seconds, 0
    while scene.now < until:
        _volley(scene, 4, first)
        first += 4
        scene.run(min(STEP_S, until - scene.now))


def _answered(scene: Scene, person: Person) -> tuple[float, float]:
    """Return when the server got the person's first word, and it the answer."""
    tape: list[tuple[bytes, Address, Address]] = []
    scene.tape = tape
    found = len(person.saw(ServerFound))
    until, spoke_at, first = scene.now + 30, float("inf"), 70
    while scene.now < until:
        if scene.run_until(lambda: len(person.saw(ServerFound)) > found, 0.01):
            return spoke_at, scene.now
        if spoke_at > scene.now and any(one[1] == person.address for one in tape):
            spoke_at = scene.now
        if int(scene.now * 10) != int((scene.now - 0.01) * 10):
            _volley(scene, 1, first)
            first += 1
    return 0.0, float("inf")


def _newcomer(patience_s: float) -> Figure:
    """Let somebody with the password come to the address that guesses."""
    scene = Scene()
    _guess_for(scene, 30.0)
    dan, began = scene.add("Dan", host=HOST), scene.now
    dan.member.timer(scene.now)
    while not dan.member.is_settled and scene.now < began + patience_s:
        _volley(scene, 1, int(scene.now * 10))
        scene.run_until(lambda: dan.member.is_settled, 0.1)
    waited = f"{scene.now - began:.1f} s"
    value = waited if dan.member.is_settled else f"not within {waited}"
    return told("newcomer with the password on the guessing address", value)


@contextmanager
def _forget_guesses() -> Iterator[None]:
    with mock.patch.object(guesses.Guesses, "count_wrong", lambda *_: None):
        yield


@contextmanager
def _many_guesses() -> Iterator[None]:
    with mock.patch.object(guesses, "GUESSES_AT_ONCE", 1000):
        yield


@contextmanager
def _no_tags() -> Iterator[None]:
    def check(_: object, tagged: bytes) -> bytes:
        return tagged[:-16]

    with mock.patch("chatroom.crypto.sealing.Tagger.check", check):
        yield


SABOTAGES = {
    "wrong guesses are forgotten": _forget_guesses,
    "a thousand guesses at once": _many_guesses,
    "tags are not checked": _no_tags,
}
