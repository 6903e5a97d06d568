"""What leaves the room with the turn: datagrams, and what the host is told."""

from collections import Counter
from collections.abc import Iterable

from chatroom.protocol import addresses, messages, outgoing
from chatroom.server import events, figures
from chatroom.server.session import Session

Answer = messages.Reply | list[bytes] | None
"""A reply; or the payloads that a Fetch brings; or nothing, or not yet."""


class Post:
    """Collects what the parts of the room send and tell, until it is taken away.

    `dropped` counts what came in and had no effect.
    """

    def __init__(self) -> None:
        self.dropped: Counter[figures.Drop] = Counter()
        self._outgoing = outgoing.Outgoing()
        self._events: list[events.RoomEvent] = []

    def __len__(self) -> int:
        """Return how many datagrams wait."""
        return len(self._outgoing)

    def send(self, data: bytes, address: addresses.Address) -> None:
        """Send a datagram to an address."""
        self._outgoing.add(data, address)

    def send_all(self, datagrams: Iterable[tuple[bytes, addresses.Address]]) -> None:
        """Send each datagram to its address."""
        for data, address in datagrams:
            self.send(data, address)

    def cast(self, cast: outgoing.Cast) -> None:
        """Send what goes to the whole room."""
        self._outgoing.cast(cast)

    def answer(self, session: Session, number: int, answer: Answer) -> None:
        """Send what a request brought, if it is to be answered now."""
        match answer:
            case None:
                pass
            case list():
                for payload in answer:
                    self.seal(session, payload)
            case _:
                self.reply(session, number, answer)

    def reply(self, session: Session, number: int, reply: messages.Reply) -> None:
        """Answer the request of this number."""
        self.seal(session, messages.encode_reply(number, reply))

    def tell(self, session: Session, notice: messages.Notice) -> None:
        """Say something that was not asked."""
        self.seal(session, messages.encode_notice(notice))

    def seal(self, session: Session, payload: bytes) -> None:
        """Send a payload to the client of this session."""
        self.send(session.channel.seal(payload), session.address)

    def notify(self, event: events.RoomEvent) -> None:
        """Tell the host what happened."""
        self._events.append(event)

    def take_datagrams(self) -> outgoing.Outgoing:
        """Return what is to be sent, and forget it."""
        taken, self._outgoing = self._outgoing, outgoing.Outgoing()
        return taken

    def take_events(self) -> list[events.RoomEvent]:
        """Return what happened since the last call."""
        taken, self._events = self._events, []
        return taken
