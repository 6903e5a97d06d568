"""What the host does about people: removing, blocking, letting back in. It asks first."""

from collections.abc import Callable, Sequence
from tkinter import Misc

from chatroom import words
from chatroom.protocol.addresses import Network, host_of, show_network, to_block
from chatroom.server.people import Person
from chatroom.server.room import Room
from chatroom.windows import poller, question
from chatroom.words.hosting import Host

NAMES_MOST = 3
"""So many are named in a question."""


class HostAccess:
    """Knows what is blocked, also while the room is closed."""

    def __init__(
        self,
        parent: Misc,
        room: poller.Poller[Room],
        note: Callable[[Callable[[], str]], None],
        changed: Callable[[], None],
        everybody: Callable[[], list[Person]],
    ) -> None:
        """Ask above `parent`, `note` in the log what was done, and say that it has `changed`.

        `everybody()` is who is in the room now.
        """
        self.blocked: list[Network] = []
        self._parent, self._room = parent, room
        self._note, self._changed, self._everybody = note, changed, everybody

    def apply(self) -> None:
        """Keep out of a room that opens what was blocked before."""
        self._block(self.blocked)

    def remove(self, people: list[Person]) -> None:
        """Put these out, after a question."""
        sentence = Host.REMOVE_SENTENCE(names=_some([words.quoted(one.name) for one in people]))
        if self._agrees(Host.REMOVE_TITLE(), sentence, Host.REMOVE()):
            self._room.call(lambda room, now: [room.remove(one.name, now) for one in people])
            self._changed()

    def block(self, people: list[Person]) -> None:
        """Block where these speak from, after a question that names all who are there."""
        links = list(dict.fromkeys(to_block(one.address) for one in people))
        there = [
            one.name
            for one in self._everybody()
            if any(host_of(one.address) in link for link in links)
        ]
        named = dict.fromkeys([*(one.name for one in people), *there])
        sentence = Host.BLOCK_SENTENCE(
            names=_some([words.quoted(name) for name in named]),
            addresses=_some([*map(show_network, links)]),
        )
        if self._agrees(Host.BLOCK_TITLE(), sentence, Host.BLOCK_THIS()):
            self.block_networks(links)

    def block_networks(self, networks: list[Network]) -> None:
        """Let nobody in from these, and put out who is there."""
        fresh = [one for one in networks if one not in self.blocked]
        if fresh:
            self.blocked = sorted({*self.blocked, *fresh}, key=_order)
            self._block(fresh)
            names = ", ".join(map(show_network, fresh))
            self._note(lambda: Host.BLOCKED_NOW(names=names))
        self._changed()

    def unblock(self, networks: list[Network]) -> None:
        """Take that back."""
        self.blocked = [one for one in self.blocked if one not in networks]

        def unblock(room: Room, now: float) -> None:
            for one in networks:
                room.unblock(one)

        self._room.call(unblock)
        names = ", ".join(map(show_network, networks))
        self._note(lambda: Host.UNBLOCKED_NOW(names=names))
        self._changed()

    # ----------------------------------------------------------------------------------

    def _block(self, networks: Sequence[Network]) -> None:
        def block(room: Room, now: float) -> None:
            for one in networks:
                room.block(one, now)

        self._room.call(block)

    def _agrees(self, title: str, sentence: str, yes: str) -> bool:
        return question.ask(self._parent, title, sentence, yes, Host.CANCEL())


def _some(names: Sequence[str]) -> str:
    """Return the first few names, and how many more there are."""
    shown, more = ", ".join(names[:NAMES_MOST]), len(names) - NAMES_MOST
    return Host.AND_MORE(names=shown, count=more) if more > 0 else shown


def _order(network: Network) -> tuple[int, bytes, int]:
    return network.version, network.network_address.packed, network.prefixlen
