"""What tests of the server stand on: sessions, and clients that say what a test wants."""

import unittest
from typing import TypeAlias

from chatroom.client.handshake import Handshake
from chatroom.client.timers import RoundTrip
from chatroom.client.trust import Trust
from chatroom.crypto.sealing import SessionKeys, decrypt
from chatroom.protocol import messages, wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.changes import Changes, decode_changes
from chatroom.protocol.channel import Channel
from chatroom.protocol.entries import Entries, decode_entries
from chatroom.protocol.listing import Page, decode_page
from chatroom.server import events, figures
from chatroom.server.session import Session
from tests.tools.link import SERVER, MemoryLog, Pair

Heard: TypeAlias = messages.Reply | messages.Notice | Entries | Changes | Page


def keys_of(number: int) -> SessionKeys:
    """Return keys that no other number has."""
    return SessionKeys.from_secret(number.to_bytes(64, "big"))


def new_session(number: int, now: float = 0.0) -> Session:
    """Return a session of a device of its own."""
    keys = keys_of(number)
    channel = Channel.of_server(number.to_bytes(8, "big"), keys)
    session = Session.start(channel, keys.cast, ("10.0.0.1", number), now)
    session.device = f"u{number}"
    return session


class Caller:
    """A client that proved the password and then seals whatever a test wants."""

    def __init__(self, pair: Pair, port: int = 7000, host: str = "127.0.0.1") -> None:
        self.pair = pair
        self.address: Address = (host, port)
        self.device = pair.random.randbytes(16)
        self.room_key = b""
        self.number = 0
        random = pair.random.random
        shaking = Handshake(
            pair.password, Trust(), RoundTrip(), pair.random.randbytes, random, pair.now
        )
        [cookie] = self.exchange(shaking.datagram_to_send(pair.now))
        assert isinstance(cookie, wire.Cookie)
        shaking.receive_cookie(cookie, pair.now)
        [answer] = self.exchange(shaking.datagram_to_send(pair.now))
        assert isinstance(answer, wire.Answer)
        session = shaking.receive_answer(answer, pair.now)
        assert session is not None
        self.session = session

    def exchange(self, *data: bytes | None, s: float | None = None) -> list[wire.Datagram]:
        """Send datagrams at once; return all that came within `s`, a round trip."""
        since = len(self.pair.link.sent)
        for one in data:
            assert one is not None
            self.pair.inject(one, self.address, SERVER)
        self.pair.run(self.pair.link.delay_s * 2.1 if s is None else s)
        return self.received(since)

    def received(self, since: int = 0) -> list[wire.Datagram]:
        sent = self.pair.link.sent[since:]
        datagrams = [wire.decode_datagram(one) for _, one, _, to in sent if to == self.address]
        return [datagram for datagram in datagrams if datagram is not None]

    def seal(self, payload: messages.Request | bytes) -> bytes:
        """Return our next request, or any other payload, under our seal."""
        if isinstance(payload, bytes):
            data = payload
        else:
            self.number += 1
            data = messages.encode_request(self.number, payload)
        return self.session.channel.seal(data)

    def open(self, datagrams: list[wire.Datagram]) -> list[Heard]:
        """Return what the server said to us alone."""
        heard: list[Heard] = []
        for datagram in datagrams:
            if isinstance(datagram, wire.Sealed):
                data, _ = self.session.channel.open(datagram.datagram)
                said: Heard | None = decode_entries(data) or decode_changes(data)
                said = said or decode_page(data) or messages.decode_reply(data)[1]
                assert said is not None
                heard.append(said)
        return heard

    def casts(self, datagrams: list[wire.Datagram]) -> list[Entries | Changes]:
        """Return what the server cast to the room."""
        heard: list[Entries | Changes] = []
        for datagram in datagrams:
            if isinstance(datagram, wire.Cast):
                body = self.session.cast_tagger.check_cast(datagram.datagram)
                data = decrypt(self.room_key, body, wire.CAST_PREFIX_SIZE)
                said = decode_entries(data) or decode_changes(data)
                assert said is not None
                heard.append(said)
        return heard

    def ask(self, *payloads: messages.Request | bytes, s: float | None = None) -> list[Heard]:
        return self.open(self.exchange(*map(self.seal, payloads), s=s))

    def join(self, name: str) -> messages.Joined:
        [joined, *_] = self.ask(messages.Join(name, self.device, 0, ""))
        assert isinstance(joined, messages.Joined)
        self.room_key = joined.key
        return joined


class RoomCase(unittest.TestCase):
    def setUp(self) -> None:
        self.log = MemoryLog()
        self.pair = Pair(self.log)

    def caller(self, name: str = "Ana", port: int = 7000) -> Caller:
        caller = Caller(self.pair, port)
        caller.join(name)
        self.pair.run(0.5)  # until the word that the people changed is out
        return caller

    def texts(self) -> list[str]:
        return [entry.text for entry in self.log.entries]

    def told(self, kind: type[events.RoomEvent]) -> list[events.RoomEvent]:
        return [event for event in self.pair.room_events if isinstance(event, kind)]

    def dropped(self, reason: figures.Drop) -> int:
        """Return how much had no effect, for this reason."""
        return self.pair.room.figures().dropped.get(reason, 0)
