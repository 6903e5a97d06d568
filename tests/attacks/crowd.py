"""One person as a crowd: of sessions, who knows the password; of addresses, who guesses it."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest import mock

from chatroom.client import events as client_events
from chatroom.protocol import messages, wire
from chatroom.protocol.addresses import Address, parse_networks, prefix_of
from chatroom.protocol.messages import encode_request
from chatroom.server import events, guesses, row, sessions, strangers
from tests.attacks.guesses import Counted, counted
from tests.attacks.scene import (
    Client,
    Figure,
    QuickLog,
    Scene,
    at_most,
    cheap_curve,
    exactly,
    told,
)
from tests.tools.link import older_entries

MALLORY = "10.0.0.66"
PLACES_SHORT = 64
STEP_S = 0.02  # a handshake each: as many as the server takes


def run_sessions(full: bool) -> list[Figure]:
    """Take all the places that there are, from one address and from many."""
    with cheap_curve():
        return [
            *_take_places(300 if full else 40),
            *_take_a_link(1100 if full else 60),
            *_read_much(300 if full else 40, 20 if full else 2),
            *_come_back_to_a_full_room(full),
        ]


def run_guesses(full: bool) -> list[Figure]:
    """Guess from many addresses at once."""
    seconds = 600.0 if full else 40.0
    with cheap_curve():
        return [
            *_guess_from_many(200, seconds),
            *([_guess_from_a_network(600.0)] if full else []),
            *_guess_on_one_link(seconds),
            *_hide_guesses(seconds / 4),
        ]


# Who knows the password ---------------------------------------------------------------


def _enter_often(scene: Scene, hosts: list[str], count: int) -> list[Client]:
    """Have so many come in, in turn from these hosts; return those who were let in."""
    entered = []
    for n in range(count):
        client = Client(scene, (hosts[n % len(hosts)], 1024 + n))
        if client.enter(f"M{n}"):
            entered.append(client)
        scene.run(STEP_S)
        if n % 500 == 499:
            _ping(entered)
    return entered


def _ping(clients: list[Client]) -> None:
    for one in clients:
        one.ask(messages.Ping())


def _take_places(count: int) -> Iterator[Figure]:
    scene = Scene()
    ana, ben = scene.join("Ana"), scene.join("Ben", host="10.0.0.2")
    mallory = _enter_often(scene, [MALLORY], count)
    most = sessions.SESSIONS_PER_HOST
    yield at_most(f"places of {count} that one address took", len(mallory), most)
    newcomer, since = scene.add("Cem", host="10.0.0.3"), scene.now
    scene.run_until(lambda: newcomer.member.is_settled, 10.0)
    yield at_most("newcomer in beside them", scene.now - since, 1.0, "s")
    since = scene.now
    ana.say("are you there?")
    scene.run_until(lambda: len(ben.texts) == 1, 10.0)
    yield at_most("delay of a message beside them", scene.now - since, 0.2, "s")


def _take_a_link(count: int) -> Iterator[Figure]:
    """Come in from ever new addresses of one IPv6 link, where a whole local network may be."""
    entered = len(_enter_often(Scene(), [f"fe80::{n:x}" for n in range(1, count + 1)], count))
    most = sessions.SESSIONS_PER_LINK
    yield at_most(f"places of {count} that one IPv6 link took", entered, most)
    yield at_most("people of one local network that were refused", min(count, most) - entered, 0)


def _read_much(count: int, rounds: int) -> Iterator[Figure]:
    """Have all that one address can bring in Fetch and Find, as much as may wait."""
    scene = Scene(QuickLog(older_entries(5000)))
    ana, ben = Client(scene, ("10.0.0.1", 1)), Client(scene, ("10.0.0.2", 1))
    ana.enter("Ana")
    ben.enter("Ben")
    mallory = _enter_often(scene, [MALLORY], count)
    scene.run(5.0)
    stored_in: list[int] = []
    read_in: list[int] = []
    longest_s = 0.0
    for _ in range(rounds):
        scene.now += 1.0  # no turn of the server yet
        for one in mallory:
            for n in range(20):
                read = messages.Fetch(n + 1, 5000, 16) if n % 4 else messages.Find(f"no {n}", 0)
                _put(scene, one, read)
        _put(scene, ana, messages.Say(len(stored_in) + 1, ("among us",)))
        _put(scene, ben, messages.Fetch(1, 9, 1))
        head, turns, waiting = scene.log.head, 0, {ana: stored_in, ben: read_in}
        while waiting:
            began, turns = time.process_time(), turns + 1
            scene.turn_room()
            longest_s = max(longest_s, time.process_time() - began)
            heard = {one: _heard(scene, one) for one in waiting}
            if ana in heard and scene.log.head > head and _was_cast(heard[ana]):
                waiting.pop(ana).append(turns)
            if ben in heard and ben.open(heard[ben]):
                waiting.pop(ben).append(turns)
        while scene.room.timer(scene.now) <= scene.now:  # the rest of it
            scene.turn_room()
    yield exactly("turns until what another says is stored beside it", max(stored_in), 1)
    yield at_most("turns until another has read a page beside it", max(read_in), 2)
    yield at_most("CPU of the longest turn", longest_s, 0.02, "s")


def _put(scene: Scene, client: Client, request: messages.Request) -> None:
    """Have a request arrive, before the server does anything about it."""
    client.number += 1
    data = client.seal(encode_request(client.number, request))
    scene.room.receive_datagram(data, client.address, scene.now)


def _was_cast(heard: list[bytes]) -> bool:
    """Tell whether there is a cast among what has come, which answers a Say."""
    return any(data[0] == wire.Kind.CAST for data in heard)


def _heard(scene: Scene, client: Client) -> list[bytes]:
    """Return what has come for somebody, without a turn of the server."""
    inbox = scene.inboxes[client.address]
    heard = inbox[:]
    inbox.clear()
    return heard


def _come_back_to_a_full_room(full: bool) -> Iterator[Figure]:
    """Sleep with texts unsent, while a crowd of many addresses takes all the places."""
    places = sessions.SESSIONS_MOST if full else PLACES_SHORT
    hosts = [f"10.1.{n // 200}.{n % 200 + 1}" for n in range(places // 32 + 2)]
    with mock.patch.object(sessions, "SESSIONS_MOST", places):
        scene = Scene()
        ana, cem = scene.join("Ana"), scene.join("Cem", host="10.0.0.3")
        scene.away.add(cem.address)
        scene.run(70.0)  # it is not missed before
        for n in range(3):
            cem.say(f"written in a tunnel {n}")
        crowd = _enter_often(scene, hosts, places + 10)
        _ping(crowd)
        scene.away.clear()
        scene.run(20.0)
        yield told(f"places of {places} taken", len(crowd))
        yield exactly("told that the room is full", len(cem.saw(client_events.RoomFull)), 1)
        yield exactly("texts that the sleeper keeps", cem.member.unsaid, 3)
        for one in crowd:
            one.ask(messages.Leave())
        since = scene.now
        scene.run_until(lambda: cem.member.is_settled, 30.0)
        yield at_most("back when there are places again", scene.now - since, 10.0, "s")
        scene.run(1.0)
        yield exactly("texts of the sleeper that others were shown", len(ana.texts), 3)


# Who does not -------------------------------------------------------------------------


def _guess(scene: Scene, address: Address, n: int) -> None:
    """Try one password from an address."""
    guesser = Client(scene, address, f"guess {n}")
    guesser.greet()
    guesser.knock()
    if guesser.session is not None:
        join = messages.Join("Mallory", guesser.device, 0, "")
        guesser.send(guesser.seal(encode_request(1, join)))
    del scene.inboxes[address]


def _guess_from_many(count: int, seconds: float) -> Iterator[Figure]:
    """Guess from these addresses in turn, 45 times a second."""
    scene, n = Scene(), 0
    with counted():
        since, slowest_s = scene.now, 0.0
        while scene.now < since + seconds:
            _guess(scene, (f"10.1.{n % count // 200}.{n % count % 200 + 1}", 1024 + n % 60000), n)
            n += 1
            scene.run(1 / 45)
            if n % 450 == 0:
                slowest_s = max(slowest_s, _come_in(scene, f"Guest {n}", f"10.0.9.{n // 450}"))
        tried, lasted = Counted.wrong, scene.now - since
    # The first guess of each is free: it cannot be told from somebody with the password.
    allowed = count + guesses.ALL_GUESSES_AT_ONCE + guesses.ALL_GUESSES_PER_S * lasted
    used_up = sum(isinstance(one, events.GuessesUsedUp) for one in scene.room_events)
    yield at_most(f"passwords that {count} addresses tried in {lasted:.0f} s", tried, allowed)
    yield at_most("of them a second, in the end", (tried - count - 100) / lasted, 1.0)
    yield exactly("times that the host is told that all guesses are used up", used_up, 1)
    yield at_most("slowest newcomer with the password beside it", slowest_s, 1.0, "s")


def _come_in(scene: Scene, name: str, host: str) -> float:
    """Return how long somebody with the password takes."""
    guest, since = scene.add(name, host=host), scene.now
    scene.run_until(lambda: guest.member.is_settled, 20.0)
    guest.leave()
    return scene.now - since


def _guess_from_a_network(seconds: float) -> Figure:
    """Guess from ever new addresses, as who owns a whole /16 can."""
    scene, n = Scene(), 0
    with counted():
        since = scene.now
        while scene.now < since + seconds:
            _guess(scene, (f"10.{2 + n // 60000}.{n // 250 % 240}.{n % 250 + 1}", 1024), n)
            n += 1
            scene.run(1 / 45)
        return told(f"tried in {seconds:.0f} s from a new address each", Counted.wrong)


def _guess_on_one_link(seconds: float) -> Iterator[Figure]:
    """Guess from one IPv6 address, and then from ever new ones of its /64."""
    for link in ("2001:db8::", "fe80::"):
        scene, since = Scene(), 1000.0
        for n in range(50):
            _guess(scene, (f"{link}66", 1024 + n), n)
        took_s = _come_in(scene, "Ana", f"{link}1")
        yield at_most(f"a neighbour in beside one guesser, {link}/64", took_s, 1.0, "s")
    with counted():
        scene = Scene()
        _come_in(scene, "Ben", "2001:db8::2")
        since, n = scene.now, 0
        while scene.now < since + seconds:
            _guess(scene, (f"2001:db8::1:{n % 60000:x}", 1024), n)
            n += 1
            scene.run(1 / 45)
        tried, lasted = Counted.wrong, scene.now - since
    took_s = _come_in(scene, "Ben", "2001:db8::2")
    yield at_most("back on that link, meanwhile, who was in before", took_s, 1.0, "s")
    newcomer, came_at = scene.add("Ana", host="2001:db8::1"), scene.now
    while not newcomer.member.is_settled and scene.now < came_at + seconds:
        _guess(scene, (f"2001:db8::1:{n % 60000:x}", 1024), n)
        n += 1
        scene.run(1 / 45)
    waited = f"{scene.now - came_at:.0f} s"
    value = waited if newcomer.member.is_settled else f"not within {waited}"
    yield told("newcomer with the password on that link, meanwhile", value)
    allowed = guesses.LINK_GUESSES_AT_ONCE + guesses.LINK_GUESSES_PER_S * lasted
    yield at_most(f"tried in {lasted:.0f} s from new addresses of one /64", tried, allowed + 1)


def _hide_guesses(seconds: float) -> Iterator[Figure]:
    """Guess at a door where addresses that are shut out make a noise."""
    scene = Scene()
    [noisy] = parse_networks("10.7.0.0/16")
    scene.room.block(noisy, scene.now)
    since, longest_s, n = scene.now, 0.0, 0
    while scene.now < since + seconds:
        for _ in range(20):
            n += 1
            noise = Client(scene, (f"10.7.{n // 250 % 250}.{n % 250}", 7))
            noise.greet()
            del scene.inboxes[noise.address]
        if n % 400 == 0:
            guessed_at, before = scene.now, len(scene.room_events)
            _guess(scene, (MALLORY, 1024 + n), n)
            scene.run_until(_is_told(scene, before), 30.0)
            longest_s = max(longest_s, scene.now - guessed_at)
        scene.run(0.02)
    lines = len(scene.room_events) / (scene.now - since)
    most = 3 * (strangers.TOLD_PER_S + strangers.TOLD_AT_ONCE / seconds) + 1
    yield at_most(
        "longest until the host is told of a guess, amid 1000 refused a second", longest_s, 1.0, "s"
    )
    yield at_most("lines of its log a second", lines, most)


def _is_told(scene: Scene, before: int) -> Callable[[], bool]:
    return lambda: any(
        isinstance(one, events.GuessFailed | events.GuessesSlowed)
        for one in scene.room_events[before:]
    )


# --------------------------------------------------------------------------------------


@contextmanager
def _no_limit_a_prefix() -> Iterator[None]:
    with mock.patch.object(sessions.Sessions, "_make_place", lambda *_: True):
        yield


@contextmanager
def _one_row_for_all() -> Iterator[None]:
    """Serve whoever reads in the order of coming."""

    def put(self: row.Row, asker: row.Asker) -> None:
        self._links.setdefault("", {}).setdefault("", {})[asker] = None

    with mock.patch.object(row.Row, "put", put):
        yield


@contextmanager
def _no_limit_for_all() -> Iterator[None]:
    with mock.patch.object(guesses, "ALL_GUESSES_AT_ONCE", 10**9):
        yield


@contextmanager
def _one_bucket_a_link() -> Iterator[None]:
    def names(address: Address) -> tuple[str, str]:
        return prefix_of(address), prefix_of(address)

    with mock.patch.object(guesses, "names_of", names):
        yield


@contextmanager
def _nobody_was_right() -> Iterator[None]:
    with mock.patch.object(guesses.Guesses, "was_right", lambda *_: None):
        yield


@contextmanager
def _one_budget_for_all_news() -> Iterator[None]:
    """Count every kind of stranger against one budget."""
    saw = strangers.Strangers.saw

    def same(
        self: strangers.Strangers, kind: type[strangers.Seen], address: Address, now: float
    ) -> None:
        saw(self, events.AddressRefused, address, now)

    with mock.patch.object(strangers.Strangers, "saw", same):
        yield


SESSION_SABOTAGES = {
    "a prefix has any number of places": _no_limit_a_prefix,
    "who reads is served in the order of coming": _one_row_for_all,
}
GUESS_SABOTAGES = {
    "nobody is known to have been right": _nobody_was_right,
    "many addresses have no limit together": _no_limit_for_all,
    "a link has one bucket": _one_bucket_a_link,
    "a flood of one kind hides the others": _one_budget_for_all_news,
}
