"""The way in, from the first greeting to the answer to Join; and the way out.

A handshake gives a session; the first request in it, Join, proves the password and asks
for the name. Why that brought nothing may show in a hint, which counts only once the
request has timed out, since anybody can send one:

    WRONG_PASSWORD   the host has shown that it refused our proof: another password is needed
    SLOW_DOWN        another handshake, after a pause
    UNKNOWN_SESSION  another handshake, and so after some tries without any hint
"""

from chatroom.client import asking, catching_up, events, handshake, session, states, timers, trust
from chatroom.crypto import cpace
from chatroom.protocol import entries, messages, wire

JOINS_BEFORE_NEW_HANDSHAKE, ASKED_BEFORE_NEW_HANDSHAKE_S = 5, 4.0
"""A Join may wait two seconds while the server looks whether the name is free."""
LEAVE_TRIES = 3


class Entrance(asking.Asker):
    """One handshake after another until there is a session, and then Join."""

    answer = messages.Joined
    answered_at_once = False  # somebody else may want the name

    def __init__(
        self,
        password: str,
        name: str,
        device: bytes,
        held: catching_up.Stretch,
        *,
        round_trip: timers.RoundTrip,
        entropy: cpace.Entropy,
        random: timers.Random,
        now: float,
    ) -> None:
        """Greet at `now`. Join says who we are and what we hold of the log.

        Raises ValueError for a name too long to send.
        """
        self.rename(name, now)
        self._password = password
        self._device = device
        self._held = held
        self._round_trip = round_trip
        self._entropy = entropy
        self._random = random
        self._hint_told: wire.Hint | None = None
        self._was_in = False
        self.was_proven = False
        """Whether this password has let us in."""
        self._trust = trust.Trust()
        self._stranger_told: bytes | None = None
        self._trial_told = False
        self._full_told = False
        self.greet(now)

    def rename(self, name: str, now: float) -> None:
        """Ask for this name; whether it is good, the server decides."""
        if len(name.encode()) > wire.NAME_SIZE:
            raise ValueError("a name has at most 128 bytes")
        self.name = name
        self.ready_at = now

    def take_password(self, password: str) -> None:
        """Prove this password from the next greeting on."""
        self._password = password
        self.was_proven = False

    # The handshake ---------------------------------------------------------------------

    @property
    def timer(self) -> float:
        """When `datagram_to_send` has the next one."""
        return self._handshake.timer

    def greet(self, now: float, *, slowed_down: bool = False) -> asking.Told:
        """Begin a new handshake, a few seconds later where the server asks for that.

        Later still, and told once, where somebody answers who proves nothing.
        """
        self._handshake = handshake.Handshake(
            self._password, self._trust, self._round_trip, self._entropy, self._random, now
        )
        if slowed_down:
            self._handshake.pause(now)
        if not self._trust.is_tried or self._trial_told:
            return ()
        self._trial_told = True
        return (events.HostUnproven(),)

    def full(self) -> asking.Told:
        """Tell once that there is no place for us."""
        told, self._full_told = self._full_told, True
        return () if told else (events.RoomFull(),)

    def trust(self, host_key: bytes, now: float) -> None:
        """Take the holder of this key for the host, and nobody else; greet anew."""
        self._trust.host_key = host_key
        self._stranger_told = None
        self.greet(now)

    def proven(self, host_key: bytes) -> None:
        """Note a valid seal: who has this key knows the password."""
        self._trust.proven(host_key)
        self._stranger_told = None
        self._trial_told = False

    def met_stranger(self, now: float) -> asking.Told:
        """Tell once of somebody with another key, when the host we know has had its time."""
        stranger = self._handshake.stranger
        known = self._trust.host_key
        due = self._handshake.timed_out(now)
        if stranger is None or known is None or not due or stranger == self._stranger_told:
            return ()
        self._stranger_told = stranger
        return (events.HostKeyChanged(known, stranger),)

    def hurry(self, now: float) -> None:
        """Do not wait for the timer, unless the server asked for a pause."""
        self._handshake.hurry(now)

    def datagram_to_send(self, now: float) -> bytes | None:
        """Return what is due now, if anything."""
        return self._handshake.datagram_to_send(now)

    def receive(
        self, datagram: wire.Cookie | wire.Answer, now: float
    ) -> session.ClientSession | None:
        """Go on with the handshake; return the session that it ends with."""
        if isinstance(datagram, wire.Cookie):
            self._handshake.receive_cookie(datagram, now)
            return None
        return self._handshake.receive_answer(datagram, now)

    def receive_hint(self, gone: wire.Gone, now: float) -> asking.Told:
        """Tell once why we wait at the door."""
        hint = self._handshake.receive_hint(gone, now)
        if hint is None or hint is self._hint_told:
            return ()
        self._hint_told = hint
        match hint:
            case wire.Hint.SLOW_DOWN:
                return (events.GuessesSlowedHere(),)
            case wire.Hint.NOT_ALLOWED | wire.Hint.OTHER_VERSION:
                return (events.AccessRefused(hint),)
        return ()

    def is_unmet(self, now: float) -> bool:
        """Tell whether a greeting has just timed out, and nobody answered one."""
        return self._handshake.timed_out(now) and not self._handshake.was_answered

    # Join ------------------------------------------------------------------------------

    @property
    def due_at(self) -> float:
        return self.ready_at

    def request(self) -> messages.Join:
        return messages.Join(self.name, self._device, self._held.last, self._held.last_mark)

    def hear(self, said: asking.Said, now: float) -> asking.Told:
        if not isinstance(said, messages.Joined):
            return ()
        self._hint_told = None
        self._full_told = False
        back, self._was_in = self._was_in, True
        self.was_proven = True
        device = entries.device_id(self._device)
        key = self._trust.host_key or b""
        entered = events.Entered(said.room, self.name, device, back, said.head, key)
        return (entered,) if said.same or not back else (events.LogReplaced(), entered)

    def given_up(
        self, retry: timers.Retry, hint: wire.Hint | None, now: float
    ) -> states.Cause | None:
        match hint:
            case wire.Hint.WRONG_PASSWORD:
                return states.Cause.PASSWORD_REFUSED
            case wire.Hint.SLOW_DOWN:
                return states.Cause.SLOWED_DOWN
            case wire.Hint.UNKNOWN_SESSION:
                return states.Cause.SESSION_UNKNOWN
        if retry.failed(JOINS_BEFORE_NEW_HANDSHAKE, ASKED_BEFORE_NEW_HANDSHAKE_S, now):
            return states.Cause.JOIN_UNANSWERED
        return None


class Goodbye(asking.Asker):
    """Says Leave, a few times."""

    answer = messages.Done
    ready_at = 0.0

    @property
    def due_at(self) -> float:
        return self.ready_at

    def request(self) -> messages.Leave:
        return messages.Leave()

    def given_up(
        self, retry: timers.Retry, hint: wire.Hint | None, now: float
    ) -> states.Cause | None:
        over = retry.tries > LEAVE_TRIES or hint is wire.Hint.UNKNOWN_SESSION
        return states.Cause.GOODBYE_OVER if over else None
