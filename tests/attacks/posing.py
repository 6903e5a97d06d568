"""A member that copies the log, waits until the host is gone, and opens a room in its place."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

from chatroom.client import events, trust
from chatroom.crypto import host_key
from chatroom.protocol import agreement, entries, messages, wire
from chatroom.server.room import Room
from tests.attacks.scene import (
    Client,
    Figure,
    QuickLog,
    Scene,
    cheap_curve,
    exactly,
    insider,
    told,
)
from tests.tools.link import HOST_SECRET, PASSWORD, Person

MALLORY = ("10.0.0.66", 6)
FALSE_SECRET = bytes(reversed(HOST_SECRET))
LIE = "send me the keys of the safe"
TELLING = (events.HostKeyChanged, events.HostUnproven)


def run(full: bool) -> list[Figure]:
    """Pose with another key, and with the host's own but without its secret."""
    with cheap_curve():
        return [
            *_pose("another key", full, _open_with_another_key, told_of_it=2),
            *_pose("the host's key, not its secret", full, _open_with_the_hosts_key, told_of_it=0),
            *_meet_a_newcomer(),
        ]


def _pose(
    how: str, full: bool, open_room: Callable[[Scene, QuickLog], Room], told_of_it: int
) -> Iterator[Figure]:
    """Crash the host while texts wait, and see who gets them.

    What lacks the host's proof is noise, and nobody is told of it but that the host is lost.
    """
    scene = Scene()
    people = [scene.join(name) for name in ("Ana", "Ben")]
    for n in range(40 if full else 5):
        people[n % 2].say(f"before {n}")
        scene.run(0.5)
    mallory = insider(scene, "Mallory", MALLORY)
    copied = _copy(mallory, scene.log.head)
    yield exactly(f"log copied, {how}", copied == list(scene.log.read(1, scene.log.head)), True)
    scene.server_up = False
    waiting = [f"waits {n}" for n in range(10)]
    for n, text in enumerate(waiting):
        people[n % 2].say(text)
    scene.run(10.0)
    before = {person: len(person.events) for person in people}
    tape = scene.tape = []
    false_log = _add_a_lie(copied)
    scene.room = open_room(scene, false_log)
    scene.server_up = True
    scene.run(600.0 if full else 60.0)
    knocks = sum(data[0] == wire.Kind.KNOCK for data, _, _ in tape)
    yield Figure(f"knocks at the false host, {how}", knocks, "> 0", knocks > 0)
    got = false_log.head - len(copied) - 1
    yield exactly(f"texts that it got of {len(waiting)}", got, 0)
    yield exactly("people who believe to be back", _count(people, before, events.Entered), 0)
    yield exactly("people who were shown its lie", sum(LIE in one.texts for one in people), 0)
    yield exactly("people who were told", _count(people, before, *TELLING), told_of_it)
    scene.open_room()
    scene.run(60.0)
    there = [one.text for one in scene.log.read(len(copied) + 1, scene.log.head)]
    yield exactly("all of them stored when the host is back", sorted(there) == waiting, True)


def _meet_a_newcomer() -> Iterator[Figure]:
    """Pose before somebody who was never here, and has nothing to compare the key with."""
    scene = Scene()
    scene.room = _open_with_another_key(scene, _add_a_lie([]))
    dan = scene.join("Dan")
    scene.run(1.0)
    yield told("a newcomer is fooled", LIE in dan.texts)


def _copy(mallory: Client, head: int) -> list[entries.Entry]:
    """Fetch the whole log."""
    held: list[entries.Entry] = []
    while len(held) < head:
        heard = mallory.ask(messages.Fetch(len(held) + 1, head, 16))
        mallory.scene.run(0.1)  # it has its turn
        for one in [*heard, *mallory.open(mallory.hear())]:
            if isinstance(one, entries.Entries):
                held += one.entries
    return held


def _add_a_lie(copied: list[entries.Entry]) -> QuickLog:
    lie = entries.Entry(len(copied) + 1, "2026-11-22T12:00:00Z", "Ben", LIE, "u0000-1")
    return QuickLog([*copied, lie])


def _open_with_another_key(scene: Scene, log: QuickLog) -> Room:
    return Room(
        log,
        PASSWORD,
        host_secret=FALSE_SECRET,
        entropy=scene.random.randbytes,
        utc_now=lambda: "2026-11-22T12:00:00Z",
        now=scene.now,
    )


def _open_with_the_hosts_key(scene: Scene, log: QuickLog) -> Room:
    own = host_key.HostKey(HOST_SECRET).public
    start = host_key.HostKey.__init__

    def claim(self: host_key.HostKey, secret: bytes) -> None:
        start(self, secret)
        self.public = own

    with mock.patch.object(host_key.HostKey, "__init__", claim):
        return _open_with_another_key(scene, log)


def _count(people: list[Person], before: dict[Person, int], *kinds: type) -> int:
    """Return how many people saw an event of these kinds since."""
    return sum(any(isinstance(one, kinds) for one in who.events[before[who] :]) for who in people)


@contextmanager
def _any_host() -> Iterator[None]:
    with mock.patch.object(trust.Trust, "knows", lambda *_: True):
        yield


@contextmanager
def _password_alone() -> Iterator[None]:
    """Ask for no proof in an answer, and leave the second exchange out of the session's keys."""
    derive = agreement.session_keys
    with (
        mock.patch.object(agreement, "has_proof", lambda *_: True),
        mock.patch.object(
            agreement,
            "session_keys",
            lambda isk, _, knock, answer: derive(isk, b"", knock, answer),
        ),
    ):
        yield


SABOTAGES = {
    "any key is the host's": _any_host,
    "the password alone proves a host": _password_alone,
}
