"""Who answers at the server's address and is not the host, but knows the password."""

from __future__ import annotations

from typing import TYPE_CHECKING
from unittest import mock

from chatroom.crypto import host_key
from chatroom.protocol.addresses import Address
from chatroom.server.room import Room
from tests.simulation import checks
from tests.simulation.checks import demand
from tests.tools.link import HOST_SECRET, PASSWORD, SERVER, MemoryLog, older_entries

if TYPE_CHECKING:
    from tests.simulation.world import World

FALSE_SECRET = bytes(reversed(HOST_SECRET))


class Impostor:
    """Runs a room of its own for whatever comes while the host is down, and for some of the rest.

    Its key is another one, or the host's, of which it lacks the secret.
    """

    def __init__(self, world: World) -> None:
        self.world = world
        self.log = MemoryLog(older_entries(checks.FALSE_ENTRIES))
        self._chance = world.stream("impostor")
        self._share = self._chance.choice((0.0, 0.05, 0.3))
        self.room = self._open(claims_key=self._chance.random() < 0.5)

    def catches(self) -> bool:
        """Tell whether it gets the datagram that arrives now at the host's address."""
        if self.world.is_healed:
            return False
        return self.world.host.room is None or self._chance.random() < self._share

    def receive(self, data: bytes, source: Address) -> None:
        """Answer at once, as a host would."""
        now = self.world.clock.now
        self.room.receive_datagram(data, source, now)
        if self.room.timer(now) <= now:
            self.room.handle_timer(now)
        for answer, address in self.room.datagrams_to_send(now):
            self.world.network.send(answer, SERVER, address, now)
        demand(checks.AFTER_IMPOSTOR_TURN, self)

    def _open(self, *, claims_key: bool) -> Room:
        key = host_key.HostKey(FALSE_SECRET)
        if claims_key:
            key.public = host_key.HostKey(HOST_SECRET).public
        with mock.patch.object(host_key, "HostKey", lambda _: key):
            return Room(
                self.log,
                PASSWORD,
                host_secret=FALSE_SECRET,
                entropy=self.world.stream("false entropy").randbytes,
                utc_now=self.world.utc_now,
                now=self.world.clock.now,
            )
