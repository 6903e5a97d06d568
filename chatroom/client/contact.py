"""What a member knows of the line to the server: is it there, and what was hinted."""

from chatroom.client import asking, events, timers
from chatroom.protocol import wire

TRIES_BEFORE_LOST = 3
SILENCE_BEFORE_LOST_S = 2.0  # on a fast network three tries are over in no time
SILENCE_TOLD_AFTER_S = 2.5


class Contact:
    """Found or lost, and told so once.

    `hint` is what GONE said of our session, until an answer shows that it was a lie or a
    timeout that it was none.
    """

    def __init__(self, now: float) -> None:
        self.hint: wire.Hint | None = None
        self._was_in = False
        self._is_lost = False
        self._greeting_since = now

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

    def heard(self, *, in_room: bool) -> asking.Told:
        """Note a valid seal: only the server can make one."""
        self.hint = None
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

    def unanswered(self, retry: timers.Retry, now: float) -> asking.Told:
        """Note that a request has timed out; after some tries the server is lost."""
        if retry.failed(TRIES_BEFORE_LOST, SILENCE_BEFORE_LOST_S, now):
            return self.lost()
        return ()

    def unmet(self, now: float) -> asking.Told:
        """Note that our greeting has timed out."""
        silent_s = now - self._greeting_since
        if silent_s < SILENCE_TOLD_AFTER_S:
            return ()
        return self.lost() if self._was_in else (events.ServerSilent(silent_s),)
