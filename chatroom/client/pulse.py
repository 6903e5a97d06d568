"""The ping that shows, after a silence, that both ends are there."""

from chatroom.client import asking, contact, session, timers
from chatroom.protocol import messages

PING_AFTER_S, PING_SPREAD_S = 20.0, 2.0
"""Until the server says when, so that many ping at the same moment."""
PING_SOONEST_S, PING_LATEST_S = 15.0, 30.0
"""Whatever the server says. RFC 8085: not under 15 s; 30 s keep NAT open."""


class Pulse(asking.Asker):
    """Pings after silence, when probed, and for the room key that a cast was under.

    Our silence is followed by a ping, lest we be forgotten; the server's, where something of
    ours is unanswered, lest it be taken for lost.
    """

    answer = messages.Pong

    def __init__(
        self,
        room_key: session.RoomKey,
        contact: contact.Contact,
        random: timers.Random,
        now: float,
    ) -> None:
        self.ready_at = now
        self._sent_at = now
        self._room_key = room_key
        self._contact = contact
        self._random = random
        self._wanted_at = asking.NEVER  # sooner than silence asks for it
        self._token = messages.NO_TOKEN

    @property
    def due_at(self) -> float:
        return min(self.ready_at, self._wanted_at, self._contact.probe_at)

    def request(self) -> messages.Ping:
        self._wanted_at = asking.NEVER
        return messages.Ping(self._token)

    def timeout_s(self, round_trip: timers.RoundTrip) -> float:
        """Return so little that also the answers to two repetitions come in time."""
        return min(round_trip.timeout_s, self._contact.probe_gap_s)

    def sent(self, now: float) -> None:
        """Note that something went out, whatever it was: the silence begins anew."""
        self._sent_at = now
        self.ready_at = now + PING_AFTER_S + PING_SPREAD_S * (2 * self._random() - 1)

    def hurry(self, now: float) -> None:
        """Ping at once."""
        self._wanted_at = now

    def probed(self, token: bytes, now: float) -> None:
        """Ping at once with this token, as the server asks."""
        self._token = token
        self.hurry(now)

    def lack_key(self, now: float) -> None:
        """Ping soon, since a cast was under a key that we do not have."""
        self._wanted_at = min(self._wanted_at, now + asking.CROWD_SPREAD_S * self._random())

    def hear(self, said: asking.Said, now: float) -> asking.Told:
        if isinstance(said, messages.Joined | messages.Pong):
            self._room_key.take(said.key_number, said.key)
        if isinstance(said, messages.Pong):  # from what went out on: so the way does not count
            wait_s = min(max(said.wait_ms / 1000, PING_SOONEST_S), PING_LATEST_S)
            self.ready_at = self._sent_at + wait_s
        return ()
