"""The host's wishes as lines of text, for a server without a window."""

import queue
from collections.abc import Callable, Sequence
from concurrent.futures import CancelledError

from chatroom import forms, problems, words
from chatroom.network.driver import Driver, Result
from chatroom.protocol import addresses, entries, search
from chatroom.server.events import HitsFound
from chatroom.server.room import Room

HELP = """\
people              who is in the room, with addresses
remove NAME         put somebody out
block ADDRESS       let nobody in from an address or network
unblock ADDRESS     take that back
allow ADDRESSES     let in these addresses or networks only; without any: everybody
find WORDS          the newest messages with these words; from:NAME before them: of a person
status              how many are here, what is kept of strangers, what was dropped
password            change the password; everybody must prove the new one
stop                tell everybody goodbye, and end
help                this list"""
HITS_SHOWN_MOST = 20
HITS_COUNTED_MOST = 10_000


class Commands:
    """Carries out one line after another."""

    def __init__(self, driver: Driver[Room], read_password: Callable[[], str]) -> None:
        """Act on the driver's room; `read_password` gets a new password, unseen."""
        self._driver = driver
        self._read_password = read_password
        self._hits: queue.SimpleQueue[HitsFound] = queue.SimpleQueue()
        self._verbs: dict[str, Callable[[str], str]] = {
            "people": self._people,
            "remove": self._remove,
            "block": self._block,
            "unblock": self._unblock,
            "allow": self._allow,
            "find": self._find,
            "status": self._status,
            "password": self._password,
            "stop": self._stop,
            "help": lambda _: HELP,
        }

    def run(self, line: str) -> str:
        """Do what the line says; return what there is to say about it."""
        verb, _, rest = line.strip().partition(" ")
        action = self._verbs.get(verb.lower())
        if action is None:
            return f"there is no command {verb!r}; help lists them"
        try:
            return action(rest.strip())
        except problems.WrongInput as wrong:
            return words.explain(wrong)
        except CancelledError:
            return "the room is not open"

    def hear(self, hits: HitsFound) -> None:
        """Take what the room found, in whatever thread takes the driver's events."""
        self._hits.put(hits)

    def _people(self, _: str) -> str:
        people = self._ask(lambda room, now: room.people(now))
        lines = [f"{one.name}  {addresses.show_address(one.address)}" for one in people]
        return "\n".join(lines) or "nobody is in the room"

    def _remove(self, name: str) -> str:
        if self._ask(lambda room, now: room.remove(name, now)):
            return f"{name} was put out; who knows the password can come back"
        return f"nobody here has the name {name!r}"

    def _block(self, text: str) -> str:
        networks = _at_least_one(text)

        def block(room: Room, now: float) -> None:
            for network in networks:
                room.block(network, now)

        self._ask(block)
        return "blocked " + ", ".join(map(str, networks))

    def _unblock(self, text: str) -> str:
        networks = _at_least_one(text)

        def unblock(room: Room, _: float) -> None:
            for network in networks:
                room.unblock(network)

        self._ask(unblock)
        return "no longer blocked: " + ", ".join(map(str, networks))

    def _allow(self, text: str) -> str:
        networks = addresses.parse_networks(text)
        self._ask(lambda room, now: room.allow_only(networks, now))
        return "allowed: " + (", ".join(map(str, networks)) or "all addresses")

    def _find(self, text: str) -> str:
        if not search.parse(text):
            return "which words? find WORDS, or find from:NAME, or both"
        shown: list[entries.Entry] = []
        count = before = 0
        while before != 1 and count < HITS_COUNTED_MOST:
            hits = self._look_before(before, text)
            count += len(hits.numbers)
            shown += self._entries(hits.numbers[: HITS_SHOWN_MOST - len(shown)])
            before = hits.back_to
        lines = [
            f"{one.seq}  {one.time}  {words.show_text(one.name)}: {words.show_text(one.text)}"
            for one in shown
        ]
        return "\n".join([*lines, _how_many_more(count, len(shown), is_all=before == 1)])

    def _look_before(self, before: int, text: str) -> HitsFound:
        """Have the room look on; wait for what it finds, which takes it many turns."""
        self._ask(lambda room, now: room.find(text, before, now))
        while True:
            try:
                hits = self._hits.get(timeout=1.0)
            except queue.Empty:
                self._ask(lambda room, now: None)  # is cancelled where the room has ended
                continue
            if hits.words == text:  # and not of a search that came to no end
                return hits

    def _entries(self, numbers: Sequence[int]) -> list[entries.Entry]:
        def read(room: Room, _: float) -> list[entries.Entry]:
            return [entry for number in numbers for entry in room.history(number, number)]

        return self._ask(read)

    def _status(self, _: str) -> str:
        return words.status(self._ask(lambda room, now: room.figures()))

    def _password(self, rest: str) -> str:
        if rest:
            return "type password alone; the new one is asked for, and not shown"
        password = forms.check_password(self._read_password())
        self._ask(lambda room, now: room.change_password(password, now))
        return "the password was changed; everybody must prove the new one"

    def _stop(self, _: str) -> str:
        self._ask(Room.close)
        return "stopping"

    def _ask(self, action: Callable[[Room, float], Result]) -> Result:
        return self._driver.call(action).result()


def _how_many_more(count: int, shown: int, *, is_all: bool) -> str:
    if not count:
        return "no message has that"
    if not is_all:
        return f"and {count - shown} older ones at least"
    return f"and {count - shown} older ones" if count > shown else "that is all"


def _at_least_one(text: str) -> list[addresses.Network]:
    networks = addresses.parse_networks(text)
    if not networks:
        raise problems.WrongInput(addresses.BadNetwork.MISSING)
    return networks
