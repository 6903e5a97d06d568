"""A member that asks and says as much as it can, and names false addresses.

It has a client of its own and the password, so the seals are valid.
"""

import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from chatroom.client.events import TextsStored
from chatroom.protocol import messages
from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import Entry, device_id
from chatroom.protocol.wire import DATAGRAM_SIZE
from chatroom.server import session
from chatroom.server.allowances import Joint
from chatroom.server.limits import TokenBucket
from chatroom.server.session import REQUESTS_AT_ONCE, REQUESTS_PER_S, TEXTS_AT_ONCE, TEXTS_PER_S
from storage import Archive
from tests.attacks.scene import (
    Client,
    Figure,
    Scene,
    Tape,
    at_most,
    cheap_curve,
    exactly,
    insider,
    told,
)
from tests.tools.link import Person, older_entries

HOST = "10.0.0.66"
FLOODER: Address = (HOST, 6)
TARGET: Address = ("10.0.0.99", 9)
PER_STEP, STEP_S = 20, 0.01  # 2000 requests a second
ANSWER_MOST = 16 * DATAGRAM_SIZE
CPU_MOST = 0.5  # of a core: two such members leave nothing for the others


def run(full: bool) -> list[Figure]:
    """Flood in each way for a while, beside two who talk."""
    seconds = 60.0 if full else 0.7
    with cheap_curve():
        return [
            *_ask(seconds, 5000 if full else 100),
            *_say(seconds),
            *_say_anew(seconds),
            *_rename(seconds),
            _name_a_target(),
        ]


def _request(n: int) -> bytes:
    request = messages.Fetch(1, 5000, 16) if n % 4 else messages.Who(0, 0, 32)
    return messages.encode_request(n, request)


def _ask(seconds: float, entries: int) -> list[Figure]:
    """Fetch all there is, again and again, of an archive on disk."""
    with tempfile.TemporaryDirectory() as folder:
        archive = Archive(Path(folder) / "archive.csv", "default", lambda _: None)
        archive.append(older_entries(entries))
        try:
            return _ask_of(Scene(archive), seconds)
        finally:
            archive.close()


def _ask_of(scene: Scene, seconds: float) -> list[Figure]:
    ana, ben = scene.join("Ana", history=0), scene.join("Ben", history=0)
    flooder = insider(scene, "Mallory", FLOODER)
    began_at = scene.now
    got, number, cpu_s, worst_s, lost = Counter[str](), 0, 0.0, 0.0, 0
    for step in range(round(seconds / STEP_S)):
        began = time.process_time()
        for _ in range(PER_STEP):
            number += 1
            heard = flooder.send(flooder.seal(_request(number)))
            got["answers"] += bool(heard)
            got["bytes"] += sum(map(len, heard))
        cpu_s += time.process_time() - began
        if step % 25 == 0:
            delay_s = _talk(scene, "Ana", len(ben.texts))
            lost += delay_s is None
            worst_s = max(worst_s, delay_s or 0.0)
        scene.run(STEP_S)
    lasted = scene.now - began_at
    most = REQUESTS_AT_ONCE + REQUESTS_PER_S * lasted
    return [
        at_most("answers to a member that asks 2000/s", got["answers"], most),
        at_most(
            "bytes per second to it",
            got["bytes"] / lasted,
            ANSWER_MOST * (REQUESTS_PER_S + REQUESTS_AT_ONCE / lasted),
            "B/s",
        ),
        exactly("texts of others lost beside it", lost, 0),
        at_most("worst delay of others beside it", worst_s, 0.2, "s"),
        exactly("all shown", ana.texts == ben.texts, True),
        at_most("share of a core for one that fetches", cpu_s / lasted, CPU_MOST),
    ]


def _talk(scene: Scene, name: str, shown: int) -> float | None:
    """Have somebody say something; return when the others had it, None if not."""
    people = {person.member.name: person for person in scene.people.values()}
    others = [person for person in people.values() if person.member.name != name]
    since = scene.now
    people[name].say(f"{since:.3f}")
    there = scene.run_until(lambda: all(len(person.texts) > shown for person in others), 2.0)
    return scene.now - since if there else None


def _say(seconds: float) -> list[Figure]:
    """Say far more than the rate allows, in one session."""
    scene = Scene()
    ben = scene.join("Ben")
    flooder = insider(scene, "Mallory", FLOODER)
    began, worst = scene.now, 0.0
    device = device_id(flooder.device)
    for step in range(round(seconds / STEP_S)):
        reached = scene.log.last_counter(device)
        texts = tuple(f"{step} {n}" for n in range(40))
        flooder.ask(messages.Say(reached + 1, texts))
        if step % 25 == 0:
            since, shown = scene.now, len(ben.saw(TextsStored))
            ben.say("me too")
            scene.run_until(_more_stored(ben, shown), 1.0)
            worst = max(worst, scene.now - since)
        scene.run(STEP_S)
    stored = scene.log.last_counter(device)
    allowed = TEXTS_AT_ONCE + TEXTS_PER_S * (scene.now - began)
    return [
        at_most(f"texts stored of one in {scene.now - began:.0f} s", stored, allowed),
        at_most("worst time until another's text is stored", worst, 0.2, "s"),
    ]


def _more_stored(person: Person, before: int) -> Callable[[], bool]:
    return lambda: len(person.saw(TextsStored)) > before


def _say_anew(seconds: float) -> list[Figure]:
    """Come in again after every burst, since a session begins with a full bucket."""
    scene = Scene()
    scene.join("Ben")
    began = scene.now
    for step in range(round(seconds / 0.1)):
        again = Client(scene, (HOST, 2000 + step))
        if again.enter("Mallory") or again.enter(f"Mallory {step}"):
            again.ask(messages.Say(1, tuple(f"{step} {n}" for n in range(TEXTS_AT_ONCE))))
        del scene.inboxes[again.address]
        scene.run(0.1)
    lasted = scene.now - began
    allowed = TEXTS_AT_ONCE + TEXTS_PER_S * lasted
    name = f"texts stored of one that comes in anew, {lasted:.0f} s"
    return [at_most(name, scene.log.head, allowed)]


def _rename(seconds: float) -> list[Figure]:
    """Change the name as fast as requests are taken."""
    scene = Scene()
    ben = scene.join("Ben")
    flooder = insider(scene, "Mallory", FLOODER)
    scene.run(5.0)
    tape: Tape = []
    scene.tape = tape
    scene.room_events.clear()
    for step in range(round(seconds / STEP_S)):
        for n in range(PER_STEP):
            flooder.ask(messages.Join(f"M{step} {n}", flooder.device, 0, ""))
        scene.run(STEP_S)
    sent = sum(destination == ben.address for _, _, destination in tape)
    return [
        told("lines in the host's log per second", len(scene.room_events) / seconds),
        at_most("datagrams per second to another", sent / seconds, 50),
    ]


def _name_a_target() -> Figure:
    """Ask from an address that is not ours: how much does the room send there?"""
    scene = Scene()
    scene.log.append([Entry(n, "", "Eva", "x" * 900, f"u-{n}") for n in range(1, 100)])
    flooder = insider(scene, "Mallory", FLOODER)
    scene.inboxes[TARGET] = []
    spent = 0
    for n in range(50):
        data = flooder.seal(messages.encode_request(n, messages.Fetch(1, 99, 16)))
        spent += len(data)
        flooder.send(data, source=TARGET)
    earned = len(b"".join(scene.inboxes[TARGET]))
    name = "bytes to an address that a member names falsely, for each of its own"
    return at_most(name, earned / spent, 3)  # RFC 9000, section 8


@contextmanager
def _no_rate() -> Iterator[None]:
    with (
        mock.patch.object(TokenBucket, "take", lambda *_: True),
        mock.patch.object(Joint, "take", lambda *_: True),
    ):
        yield


@contextmanager
def _many_texts() -> Iterator[None]:
    with mock.patch.object(session, "TEXTS_PER_S", 1000):
        yield


SABOTAGES = {"rates are not kept": _no_rate, "1000 texts per second": _many_texts}
