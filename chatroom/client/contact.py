"""What a member knows of the line to the server: is it there, and what was hinted.

Once we are in, the line counts as there until what was sent has been followed by silence for
almost three seconds, whatever the round trip: nobody should believe for longer that what they
write arrives. So that a slow line, a lost datagram or a search that takes its time is not
taken for a dead one, pings go out while their answers can still come in time.
"""

from chatroom.client import asking, events, timers
from chatroom.protocol import wire

SILENCE_BEFORE_LOST_S = 2.9
"""With what a driver and a window add, 3 s."""
PROBE_PARTS = 4
"""Of the time to spare; a ping goes out after one, and again after two and after all of them."""
SOONEST_PROBE_S = 0.1
SILENCE_TOLD_AFTER_S = 2.5


class Contact:
    """Found or lost, and told so once.

    `hint` is what GONE said of our session, until an answer shows that it was a lie or a
    timeout that it was none.
    """

    def __init__(self, round_trip: timers.RoundTrip, now: float) -> None:
        self.hint: wire.Hint | None = None
        self._round_trip = round_trip
        self._was_in = False
        self._is_lost = False
        self._greeting_since = now
        self._silent_since = asking.NEVER  # when what waits for its answer went out

    @property
    def lost_at(self) -> float:
        """When the server counts as lost if nothing is heard before."""
        claims = self._was_in and not self._is_lost
        return self._silent_since + SILENCE_BEFORE_LOST_S if claims else asking.NEVER

    @property
    def probe_at(self) -> float:
        """When to ask whether the server is there, lest it count as lost without reason."""
        return asking.NEVER if self._is_lost else self._silent_since + self.probe_gap_s

    @property
    def probe_gap_s(self) -> float:
        """A part of the time that there is to ask in, and still hear the answer."""
        spare_s = SILENCE_BEFORE_LOST_S - self._round_trip.likely_s
        return max(spare_s / PROBE_PARTS, SOONEST_PROBE_S)

    def greet(self, now: float) -> None:
        """Begin anew at the door, without a session that a hint could be about."""
        self.hint = None
        self._greeting_since = now

    def hinted(self, hint: wire.Hint | None) -> None:
        """Keep what GONE said, if we know it."""
        self.hint = hint or self.hint

    def entered(self) -> None:
        """Note that we are in; whoever is told that need not be told that we are back."""
        self._was_in = True
        self._is_lost = False

    def awaits(self, now: float) -> None:
        """Note that something is on its way that should be answered."""
        self._silent_since = min(self._silent_since, now)

    def awaits_nothing(self) -> None:
        """Note that what was on its way is not waited for any more."""
        self._silent_since = asking.NEVER

    def heard(self, *, in_room: bool) -> asking.Told:
        """Note a valid seal: only the server can make one."""
        self.hint = None
        self.awaits_nothing()
        if not (self._is_lost and in_room):
            return ()
        self._is_lost = False
        return (events.ServerFound(),)

    def lost(self, *, stopped: bool = False) -> asking.Told:
        """Note that the server is not there any more, or says that it stops."""
        if self._is_lost or not self._was_in:
            return ()
        self._is_lost = True
        return (events.ServerLost(stopped),)

    def overdue(self, now: float) -> asking.Told:
        """Note how late it is: after a silence the server is lost."""
        return self.lost() if now >= self.lost_at else ()

    def unmet(self, now: float) -> asking.Told:
        """Note that our greeting has timed out; before we are in, that is told each time."""
        silent_s = now - self._greeting_since
        if self._was_in or silent_s < SILENCE_TOLD_AFTER_S:
            return ()
        return (events.ServerSilent(silent_s),)
