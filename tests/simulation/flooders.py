"""Who knows the password, and asks for more than there is: places, entries, hits, storage."""

from __future__ import annotations

import contextlib
from random import Random
from typing import TYPE_CHECKING

from chatroom.client.handshake import Handshake
from chatroom.client.session import ClientSession
from chatroom.client.timers import RoundTrip
from chatroom.client.trust import Trust
from chatroom.crypto import replay, sealing
from chatroom.protocol import messages, wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import device_id, is_entries
from tests.simulation import checks
from tests.tools.link import PASSWORD, SERVER

if TYPE_CHECKING:
    from tests.simulation.world import World

TURN_S = 0.25
PATIENCE_S = 5.0


class Flooder:
    """One session after another of the same address, until there are many; none gives up."""

    def __init__(self, world: World, ip: str, count: int) -> None:
        self.world = world
        self.sessions = [Session(self, ip, number) for number in range(count)]

    def plan(self) -> None:
        """Have all do something, again and again until the world heals."""
        for one in self.sessions:
            if self.world.is_healed:
                one.leave()
            else:
                one.act()
        if not self.world.is_healed:
            self.world.clock.after(TURN_S, self.plan)


class Session:
    """One of them, with a client that has no manners and retries nothing but its handshake."""

    def __init__(self, flooder: Flooder, ip: str, number: int) -> None:
        self.name = f"Flood {number}"
        self._world = flooder.world
        self._chance = Random(f"{flooder.world.seed} flood {number}")
        self._secret = self._chance.randbytes(16)
        self.device = device_id(self._secret)
        self._address = flooder.world.new_address(ip, self)
        self._session: ClientSession | None = None
        self._had: list[ClientSession] = []
        self._numbers = 0
        self._stored = 0
        self._silent_since = 0.0
        self._greet()

    def receive(self, data: bytes, source: Address) -> None:
        """Go on with the handshake, or hear how much is stored of us."""
        now = self._world.clock.now
        datagram = wire.decode_datagram(data)
        if isinstance(datagram, wire.Sealed) and self._session is not None:
            with contextlib.suppress(sealing.Forged, replay.Replayed):
                self._hear(self._session.channel.open(data)[0])
        elif isinstance(datagram, wire.Cookie):
            self._handshake.receive_cookie(datagram, now)
        elif isinstance(datagram, wire.Answer) and self._session is None:
            self._session = self._handshake.receive_answer(datagram, now)
            self._had += [self._session] if self._session else []
            self._ask(messages.Join(self.name, self._secret, 0, ""))

    def act(self) -> None:
        """Knock on, or ask for something."""
        now = self._world.clock.now
        if now - self._silent_since > PATIENCE_S:
            self._greet()
        if self._session is None:
            data = self._handshake.datagram_to_send(now)
            if data is not None:
                self._send(data)
            return
        say = messages.Say(self._stored + 1, checks.FLOOD_TEXTS[: self._chance.randrange(1, 8)])
        some = messages.Fetch(1, 1 << 20, 16), messages.Find("a", 0), messages.Who(0, 0, 32), say
        join = messages.Join(self.name, self._secret, 0, "")
        self._ask(self._chance.choice((*some, join)))

    def leave(self) -> None:
        """Say goodbye in every session that it had, so that nobody has to miss it later."""
        for session in self._had:
            self._session = session
            self._ask(messages.Leave())

    def _greet(self) -> None:
        self._session = None
        self._silent_since = self._world.clock.now
        trust = Trust()
        trust.host_key = self._world.host_key
        self._handshake = Handshake(
            PASSWORD,
            trust,
            RoundTrip(),
            self._chance.randbytes,
            self._chance.random,
            self._world.clock.now,
        )

    def _hear(self, payload: bytes) -> None:
        self._silent_since = self._world.clock.now
        if is_entries(payload):
            return
        _, reply = messages.decode_reply(payload)
        if isinstance(reply, messages.Joined | messages.Stored):
            self._stored = reply.counter

    def _ask(self, request: messages.Request) -> None:
        if self._session is not None:
            self._numbers += 1
            data = messages.encode_request(self._numbers, request)
            self._send(self._session.channel.seal(data))

    def _send(self, data: bytes) -> None:
        self._world.network.send(data, self._address, SERVER, self._world.clock.now)
