"""Who has no business in the room: guesses, floods, noise, and ears on the path."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from chatroom.client import events
from chatroom.client.handshake import Handshake
from chatroom.client.states import State
from chatroom.client.timers import RoundTrip
from chatroom.client.trust import Trust
from chatroom.protocol import wire
from chatroom.protocol.addresses import Address
from tests.simulation.network import damage
from tests.simulation.visitors import Person, Visit
from tests.tools.link import PASSWORD, SERVER

if TYPE_CHECKING:
    from tests.simulation.world import World

NOBODYS_HOSTS = tuple(f"198.51.100.{number}" for number in range(1, 200))
"""Nobody is there to prove anything: whatever comes from there is a lie."""


class Guesser(Person):
    """Tries one wrong password after another."""

    def come(self) -> None:
        """Knock with the first guess."""
        self.visit = Visit(self, "Mallory", 0, "guess 1")
        self.visit.turn()

    def plan(self) -> None:
        """Do nothing else."""

    def hear(self, event: events.MemberEvent) -> None:
        """Guess again; whoever was let in did not guess."""
        if isinstance(event, events.PasswordRefused):
            self._soon(self._guess)

    def heal(self) -> None:
        """Give up."""
        if self.visit is not None and not self.visit.is_gone:
            self.visit.go()

    def _guess(self) -> None:
        visit = self.visit
        if visit is None or visit.is_gone:
            return
        if visit.member.state is State.PASSWORD_ASKED:
            guess = f"guess {self.world.clock.now}"
            visit.member.retry_password(guess, self.world.clock.now)
            visit.turn()


class Knocker:
    """Shows a cookie, takes a half-open place, and never comes in."""

    def __init__(self, world: World, ip: str, chance: Random) -> None:
        self._world = world
        self._address = world.new_address(ip, self)
        self._handshake = Handshake(
            PASSWORD,
            Trust(),
            RoundTrip(),
            world.entropy.randbytes,
            chance.random,
            world.clock.now,
        )
        self._send()

    def receive(self, data: bytes, source: Address) -> None:
        """Knock when the cookie is there."""
        datagram = wire.decode_datagram(data)
        if isinstance(datagram, wire.Cookie):
            self._handshake.receive_cookie(datagram, self._world.clock.now)
            self._send()

    def _send(self) -> None:
        now = self._world.clock.now
        data = self._handshake.datagram_to_send(now)
        if data is not None:
            self._world.network.send(data, self._address, SERVER, now)


class Listener:
    """Hears everything on the path, and sends what it likes under any address."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._chance = world.stream("listener")

    def plan(self) -> None:
        """Do something in a while, again and again until the world heals."""
        if not self._world.is_healed:
            self._world.clock.after(self._chance.expovariate(2.0), self._act)

    def _act(self) -> None:
        if self._world.is_healed or not self._world.network.recent:
            return
        self.plan()
        chance = self._chance
        data, source, destination = chance.choice(self._world.network.recent)
        kind = chance.randrange(4)
        if kind == 0:
            self._inject(data, source, destination)
        elif kind == 1:
            self._inject(damage(data, chance), source, destination)
        elif kind == 2:
            self._inject(data, (chance.choice(NOBODYS_HOSTS), 7), SERVER)
        elif data[0] == wire.Kind.SEALED:
            hint = wire.Gone(data[1 : wire.SEALED_PREFIX_SIZE], chance.choice(list(wire.Hint)))
            member = destination if source == SERVER else source
            self._inject(wire.encode_datagram(hint), SERVER, member)

    def _inject(self, data: bytes, source: Address, destination: Address) -> None:
        if data:
            self._world.tell("a stranger sends:")
            self._world.carry(0.001, data, source, destination)
