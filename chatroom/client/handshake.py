"""The client at the door: greet, show the cookie, exchange shares. `door` is its answer.

The result is a session whose keys only someone with the password has. Whether the server
is that someone shows with the first sealed answer.
"""

from chatroom.client import session, timers, trust
from chatroom.crypto import cpace, host_key, replay, sealing
from chatroom.protocol import agreement, channel, wire

KNOCKS_BEFORE_NEW_HELLO = 4  # by then the cookie may have expired
SLOW_DOWN_S = 5.0


class Handshake:
    """One attempt after another, until the server answers."""

    def __init__(
        self,
        password: str,
        trust: trust.Trust,
        round_trip: timers.RoundTrip,
        entropy: cpace.Entropy,
        random: timers.Random,
        now: float,
    ) -> None:
        """Begin at `now`, or when `trust` lets us.

        The first answer to a greeting measures `round_trip`.
        """
        self.stranger: bytes | None = None
        """The key of somebody who answered, and is not the host that we know."""
        self._met = b""  # the key of who answered last
        self._host_secret: bytes | None = None  # what we share with them
        self._trust = trust
        self._nonce = b""
        self._is_spoiled = False
        self._greetings_unanswered = 0
        self._prs = cpace.prs(password)
        self._round_trip = round_trip
        self._entropy = entropy
        self._random = random
        self._knock: wire.Knock | None = None
        self._retry: timers.Retry
        self._paused_until = now
        self._greet(now)

    @property
    def timer(self) -> float:
        """When `datagram_to_send` has the next one."""
        return self._retry.at

    def timed_out(self, now: float) -> bool:
        """Tell whether the last datagram has waited long enough for its answer."""
        return self._retry.timed_out(now)

    @property
    def was_answered(self) -> bool:
        """Whether this attempt has met a server at all."""
        return self._knock is not None

    def datagram_to_send(self, now: float) -> bytes | None:
        """Return what is due now, if anything."""
        if now < self._retry.at:
            return None
        knocked_enough = self._knock and self._retry.tries >= KNOCKS_BEFORE_NEW_HELLO
        if self._is_spoiled or (knocked_enough and self._retry.timed_out(now)):
            self._greet(now)
            if now < self._retry.at:
                return None
        self._retry.sent(now)
        if self._knock is None:
            self._greetings_unanswered += 1
        return wire.encode_datagram(self._knock or wire.Hello(wire.VERSION, self._nonce))

    def receive_cookie(self, cookie: wire.Cookie, now: float) -> None:
        """Knock with the cookie that answers our greeting, or a knock with a stale one."""
        if cookie.nonce != self._nonce:
            return
        self._greetings_unanswered -= 1
        if self._knock and (self._greetings_unanswered >= 0 or self._retry.tries < 2):
            return  # it answers a copy of the greeting: an answer to our knock may be on its way
        timeout_s = timers.HANDSHAKE_TIMEOUT_S
        if self._knock is None and self._retry.tries == 1:
            self._round_trip.measured(now - self._retry.first_sent_at)
            timeout_s = max(self._round_trip.timeout_s, timers.FIRST_TIMEOUT_S)
        sid = wire.exchange_id(cookie.nonce, cookie.cookie)
        self._exchange = sid[: wire.EXCHANGE_SIZE]
        self._share = cpace.Share(self._prs, wire.CHANNEL, sid, self._entropy)
        self._host_share = host_key.HostKey(self._entropy(cpace.POINT_SIZE))
        self._met = b""
        self._knock = wire.Knock(
            cookie.nonce, cookie.cookie, self._share.public, self._host_share.public
        )
        self._retry = self._timer(timeout_s, now)

    def receive_answer(self, answer: wire.Answer, now: float) -> session.ClientSession | None:
        """Return the session that answers our knock.

        None where it is not the host that we know, where it lacks the proof that it is who it
        says, and after a bad share: a share is used once, so another greeting follows, when
        the timer says so and no sooner.
        """
        if self._knock is None or self._is_spoiled or answer.exchange != self._exchange:
            return None
        if not self._trust.knows(answer.host_key):
            self.stranger = answer.host_key
            return None
        host_secret = self._secret_with(answer.host_key)
        if host_secret is None:
            return None
        tagger = agreement.host_tagger(host_secret, self._knock)
        if not agreement.has_proof(answer, tagger):
            return None
        try:
            isk = self._share.finish_as_initiator(answer.share)
        except cpace.LowOrderPoint:
            self._is_spoiled = True
            self._trust.went_on(now)
            return None
        self._trust.went_on(now)
        keys = agreement.session_keys(isk, host_secret, self._knock, answer)
        own_end = channel.Channel.of_client(answer.session, keys)
        refusals = session.Refusals(tagger)
        return session.ClientSession(
            own_end,
            sealing.Tagger(keys.cast),
            replay.ReplayWindow(),
            refusals,
            answer.host_key,
        )

    def _secret_with(self, key: bytes) -> bytes | None:
        """Return what we share with the host of this key, None where that is nothing."""
        if key != self._met:
            self._met = key
            try:
                self._host_secret = self._host_share.shared(key)
            except cpace.LowOrderPoint:
                self._host_secret = None
        return self._host_secret

    def receive_hint(self, gone: wire.Gone, now: float) -> wire.Hint | None:
        """Return why the server does not go on with us, where the hint is for us."""
        if gone.session != self._nonce[: wire.SESSION_SIZE]:
            return None
        if gone.hint == wire.Hint.SLOW_DOWN:
            self.pause(now)
        return wire.Hint.read(gone.hint)

    def pause(self, now: float) -> None:
        """Wait a few seconds before the next attempt, as the server asked."""
        self._pause(max(now + SLOW_DOWN_S, self._paused_until))

    def hurry(self, now: float) -> None:
        """Do not wait for the timer, unless the server asked for a pause."""
        if now >= self._paused_until:
            self._retry.begin_anew(timers.HANDSHAKE_TIMEOUT_S, now)

    def _pause(self, until: float) -> None:
        self._retry.at = self._paused_until = until

    def _greet(self, now: float) -> None:
        self._is_spoiled = False
        self._nonce = self._entropy(wire.NONCE_SIZE)
        self._knock = None
        self._greetings_unanswered = 0
        self._retry = self._timer(timers.HANDSHAKE_TIMEOUT_S, now)
        if self._trust.ready_at > now:
            self._pause(self._trust.ready_at)

    def _timer(self, timeout_s: float, now: float) -> timers.Retry:
        return timers.Retry(timeout_s, now, self._random, timers.LONGEST_HANDSHAKE_TIMEOUT_S)
