"""One person who knows the password, with all the sessions of an address, again and again."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

from chatroom.protocol import messages
from chatroom.protocol.addresses import Address
from chatroom.protocol.messages import encode_request
from chatroom.server import allowances, session, sessions
from tests.attacks.scene import (
    Client,
    Figure,
    Scene,
    at_most,
    cheap_curve,
    exactly,
    insider,
)

MALLORY, NEXT_DOOR = "10.0.0.66", "10.0.0.67"
STEP_S = 0.02  # a handshake each: as many as the server takes
STORED_WITHIN_S = 1.0


def run(full: bool) -> list[Figure]:
    """Say, list, rename, move and read as much as one address can."""
    seconds = 20.0 if full else 1.5
    with cheap_curve():
        return [
            *_say_much(seconds),
            _stay_beside(20.0 if full else 5.0),
            *_list_people(seconds, 300 if full else 30),
            _fill_the_log("rename", seconds, _rename),
            _fill_the_log("bad names", seconds, _ask_for_bad_names),
            _fill_the_log("coming and going", seconds, _come_and_go),
            _fill_the_log("moving", seconds, _move),
        ]


def _all_sessions(scene: Scene) -> list[Client]:
    clients = [Client(scene, (MALLORY, 1024 + n)) for n in range(sessions.SESSIONS_PER_HOST)]
    for n, one in enumerate(clients):
        assert one.enter(f"M{n}") is not None
        scene.run(STEP_S)
    return clients


def _grown(at_once: float, per_s: float, seconds: float) -> float:
    """Return how much there may be in this time, of what was untouched before."""
    return at_once + per_s * (seconds + 2.0)


def _sure(per_s: float, seconds: float) -> float:
    """Return how much of that is left to each session in this time, together."""
    return sessions.SESSIONS_PER_HOST * per_s * (seconds + session.SURE_FOR_S)


def _say_much(seconds: float) -> Iterator[Figure]:
    """Say with each session as much as a session may."""
    scene = Scene()
    ana, ben = scene.join("Ana"), scene.join("Ben", host="10.0.0.2")
    mallory = _all_sessions(scene)
    counters = [1] * len(mallory)
    scene.run(5.0)
    head, since, late = scene.log.head, scene.now, 0
    for n in range(int(seconds)):
        ana.say(f"among us, {n}")
        said_at = scene.now
        for _ in range(5):
            for place, one in enumerate(mallory):
                for said in one.ask(messages.Say(counters[place], ("x" * 80,) * 10)):
                    if isinstance(said, messages.Stored):
                        counters[place] = said.counter + 1
            scene.run(0.2)
        late += not scene.run_until(lambda: ben.texts[-1:] == ana.texts[-1:], STORED_WITHIN_S)
        assert said_at < scene.now
    lasted = scene.now - since
    most = _grown(allowances.TEXTS_AT_ONCE, allowances.TEXTS_PER_S, lasted)
    most += _sure(session.TEXTS_SURE_PER_S, lasted)
    yield at_most(f"texts of one address in {lasted:.0f} s", scene.log.head - head, most)
    yield exactly("texts of another that came late beside them", late, 0)


def _stay_beside(seconds: float) -> Figure:
    """Have her at the same address, as a VPN may show them, and ask and say without end."""
    scene = Scene()
    ana = scene.join("Ana", host=MALLORY)
    mallory = [Client(scene, (MALLORY, 1024 + n)) for n in range(sessions.SESSIONS_PER_HOST - 1)]
    for n, one in enumerate(mallory):
        assert one.enter(f"M{n}") is not None
        scene.run(STEP_S)
    scene.run(5.0)
    shared = scene.room._sessions._allowances.of(MALLORY, MALLORY, scene.now)
    shared.texts.take(scene.now, allowances.TEXTS_AT_ONCE)
    shared.requests.take(scene.now, allowances.REQUESTS_AT_ONCE)
    counters, longest_s, said_at = [1] * len(mallory), 0.0, scene.now
    until, n = scene.now + seconds, 0
    ana.say("do you hear me?")
    while scene.now < until:
        for _ in range(26):  # 13,000 a second, evenly: as many as they may
            n += 1
            one = mallory[n % len(mallory)]
            say = messages.Say(counters[n % len(mallory)], ("x" * 80,) * 10)
            for said in one.ask(say if n % 5 else messages.Ping()):
                if isinstance(said, messages.Stored):
                    counters[n % len(mallory)] = said.counter + 1
        scene.run(0.002)
        longest_s = max(longest_s, scene.now - said_at)
        if not ana.member.unsaid:
            ana.say("do you hear me?")
            said_at = scene.now
    return at_most("longest until a text of a neighbour is stored", longest_s, 2.5, "s")


def _list_people(seconds: float, people: int) -> Iterator[Figure]:
    """Ask for the list of people as often as all sessions may ask."""
    scene = Scene()
    for n in range(people):
        insider(scene, f"P{n}", (f"10.1.{n // 200}.{n % 200 + 1}", 7))
        scene.run(STEP_S)
    mallory = _all_sessions(scene)
    scene.run(2.0)
    since, began, answers = scene.now, time.process_time(), 0
    while scene.now < since + seconds:
        for one in mallory:
            for _ in range(20):
                one.number += 1
                ask = one.seal(encode_request(one.number, messages.Who(0, 0, 1)))
                scene.room.receive_datagram(ask, one.address, scene.now)
            answers += len(one.hear())
        scene.run(0.05)
    cpu_s, lasted = time.process_time() - began, scene.now - since
    most = _grown(allowances.REQUESTS_AT_ONCE, allowances.REQUESTS_PER_S, lasted)
    most += _sure(session.REQUESTS_SURE_PER_S, lasted)
    yield at_most(f"lists of people that one address got in {lasted:.0f} s", answers, most)
    yield at_most("CPU for each second of it", cpu_s / lasted, 0.9, "s")


# The host's log -----------------------------------------------------------------------


def _fill_the_log(what: str, seconds: float, act: Callable[[Scene, float], None]) -> Figure:
    """Count what the host is told meanwhile."""
    scene = Scene()
    before, since = len(scene.room_events), scene.now
    act(scene, seconds)
    lasted = scene.now - since
    lines = len(scene.room_events) - before
    # Another name is two lines: one that leaves, one that comes.
    most = 2 * _grown(allowances.CHANGES_AT_ONCE, allowances.CHANGES_PER_S, lasted)
    return at_most(f"lines in the log by {what}, in {lasted:.0f} s", lines, most)


def _rename(scene: Scene, seconds: float) -> None:
    _join_always(scene, seconds, lambda n: f"N{n}")


def _ask_for_bad_names(scene: Scene, seconds: float) -> None:
    _join_always(scene, seconds, lambda n: f" {n}")


def _join_always(scene: Scene, seconds: float, name: Callable[[int], str]) -> None:
    mallory, n = _all_sessions(scene), 0
    until = scene.now + seconds
    while scene.now < until:
        for one in mallory:
            n += 1
            one.ask(messages.Join(name(n), one.device, 0, ""))
        scene.run(0.05)


def _come_and_go(scene: Scene, seconds: float) -> None:
    until, n = scene.now + seconds, 0
    while scene.now < until:
        n += 1
        client = Client(scene, (MALLORY, 1024 + n))
        if client.enter("Mallory"):
            client.ask(messages.Leave())
        scene.run(STEP_S)


def _move(scene: Scene, seconds: float) -> None:
    """Speak from here and from there in turn, and show each time that one receives there."""
    mallory = insider(scene, "Mallory", (MALLORY, 1))
    homes: list[Address] = [(MALLORY, 1), (NEXT_DOOR, 1)]
    inboxes = [scene.inboxes.setdefault(home, []) for home in homes]
    until, n = scene.now + seconds, 0
    while scene.now < until:
        n += 1
        home, inbox = homes[n % 2], inboxes[n % 2]
        token = messages.NO_TOKEN
        for _ in range(2):  # a word from there; then the token that it brought
            mallory.number += 1
            ping = encode_request(mallory.number, messages.Ping(token))
            heard = [*mallory.send(mallory.seal(ping), source=home), *inbox]
            inbox.clear()
            probes = [one for one in mallory.open(heard) if isinstance(one, messages.Probe)]
            token = probes[0].token if probes else messages.NO_TOKEN
        scene.run(0.01)


# --------------------------------------------------------------------------------------


@contextmanager
def _each_session_for_itself() -> Iterator[None]:
    with mock.patch.object(allowances.Allowances, "of", lambda *_: allowances.UNLIMITED):
        yield


@contextmanager
def _who_comes_again_is_new() -> Iterator[None]:
    of = allowances.Allowances.of

    def forgetful(self: allowances.Allowances, host: str, link: str, now: float) -> object:
        self._known.clear()
        return of(self, host, link, now)

    with mock.patch.object(allowances.Allowances, "of", forgetful):
        yield


SABOTAGES = {
    "each session has all there is": _each_session_for_itself,
    "who comes again is new": _who_comes_again_is_new,
}
