"""The host's wishes as lines of text, for a server without a window."""

from collections.abc import Callable
from concurrent.futures import CancelledError

from chatroom import forms, problems, words
from chatroom.network.driver import Driver, Result
from chatroom.protocol.addresses import BadNetwork, Network, parse_networks, show_address
from chatroom.server.room import Room

HELP = """\
people              who is in the room, with addresses
remove NAME         put somebody out
block ADDRESS       let nobody in from an address or network
unblock ADDRESS     take that back
allow ADDRESSES     let in these addresses or networks only; without any: everybody
status              how many are here, what is kept of strangers, what was dropped
password            change the password; everybody must prove the new one
stop                tell everybody goodbye, and end
help                this list"""


class Commands:
    """Carries out one line after another."""

    def __init__(self, driver: Driver[Room], read_password: Callable[[], str]) -> None:
        """Act on the driver's room; `read_password` gets a new password, unseen."""
        self._driver = driver
        self._read_password = read_password
        self._verbs: dict[str, Callable[[str], str]] = {
            "people": self._people,
            "remove": self._remove,
            "block": self._block,
            "unblock": self._unblock,
            "allow": self._allow,
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

    def _people(self, _: str) -> str:
        people = self._ask(lambda room, now: room.people())
        lines = [f"{name}  {show_address(address)}" for name, address in people]
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
        networks = parse_networks(text)
        self._ask(lambda room, now: room.allow_only(networks, now))
        return "allowed: " + (", ".join(map(str, networks)) or "all addresses")

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


def _at_least_one(text: str) -> list[Network]:
    networks = parse_networks(text)
    if not networks:
        raise problems.WrongInput(BadNetwork.MISSING)
    return networks
