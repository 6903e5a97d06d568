"""The client at the door: greet, show the cookie, exchange shares. `door` is its answer.

The result is a session whose keys only someone with the password has. Whether the server
is that someone shows with the first sealed answer.
"""

from chatroom.client import session, timers, trust
from chatroom.client.exchange import Exchange
from chatroom.crypto import cpace
from chatroom.protocol import wire

KNOCKS_BEFORE_NEW_HELLO = 4  # by then the cookie may have expired
COOKIES_KEPT = 16
"""Cookies of one greeting that may be knocked with, when the first has brought nothing."""
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
        self._trust = trust
        self._nonce = b""
        self._is_spoiled = False
        self._greetings_unanswered = 0
        self._prs = cpace.prs(password)
        self._round_trip = round_trip
        self._entropy = entropy
        self._random = random
        self._exchanges: list[Exchange] = []
        self._turn = 0  # whose knock is next, from the newest back
        self._cookies: list[wire.Cookie] = []  # that came beside
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
        return bool(self._exchanges)

    def datagram_to_send(self, now: float) -> bytes | None:
        """Return what is due now, if anything."""
        if now < self._retry.at:
            return None
        knocked_enough = self._exchanges and self._retry.tries >= KNOCKS_BEFORE_NEW_HELLO
        if self._is_spoiled or (knocked_enough and self._retry.timed_out(now)):
            self._greet(now)
            if now < self._retry.at:
                return None
        self._retry.sent(now)
        if not self._exchanges:
            self._greetings_unanswered += 1
            return wire.encode_datagram(wire.Hello(wire.VERSION, self._nonce))
        return wire.encode_datagram(self._next_knock())

    def receive_cookie(self, cookie: wire.Cookie, now: float) -> None:
        """Knock with the cookie that answers our greeting; keep one more than we asked for.

        It may answer a knock with a stale one. Or one of them is false: anybody on the path can
        send us some, and the first need not be the server's.
        """
        known = [one.knock.cookie for one in self._exchanges]
        known += [one.cookie for one in self._cookies]
        if cookie.nonce != self._nonce or cookie.cookie in known:
            return
        self._greetings_unanswered -= 1
        if self._exchanges:
            if self._greetings_unanswered < 0:  # else it answers a copy of the greeting
                self._keep(cookie)
            return
        timeout_s = timers.HANDSHAKE_TIMEOUT_S
        if self._retry.tries == 1:
            self._round_trip.measured(now - self._retry.first_sent_at)
            timeout_s = max(self._round_trip.timeout_s, timers.FIRST_TIMEOUT_S)
        self._exchanges.append(Exchange(self._prs, cookie, self._entropy))
        self._retry = self._timer(timeout_s, now)

    def receive_answer(self, answer: wire.Answer, now: float) -> session.ClientSession | None:
        """Return the session that answers a knock of ours.

        None where it is not the host that we know, where it lacks the proof that it is who it
        says, and after a bad share: a share is used once, so another greeting follows, when
        the timer says so and no sooner.
        """
        exchange = next((one for one in self._exchanges if one.is_answered_by(answer)), None)
        if exchange is None or self._is_spoiled:
            return None
        if not self._trust.knows(answer.host_key):
            self.stranger = answer.host_key
            return None
        tagger = exchange.tagger_of(answer)
        if tagger is None:
            return None
        self._trust.went_on(now)
        try:
            return exchange.finish(answer, tagger)
        except cpace.LowOrderPoint:
            self._is_spoiled = True
            return None

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

    def _keep(self, cookie: wire.Cookie) -> None:
        """Keep a cookie for later, in the place of any other where there are many."""
        if len(self._cookies) >= COOKIES_KEPT:
            self._cookies.pop(self._draw())
        self._cookies.append(cookie)

    def _next_knock(self) -> wire.Knock:
        """Return a knock with a cookie that was not tried, or else what we knocked with before.

        All that we knocked with may still be answered.
        """
        if self._cookies:
            cookie = self._cookies.pop(self._draw())
            self._exchanges.append(Exchange(self._prs, cookie, self._entropy))
            self._turn = 0
            return self._exchanges[-1].knock
        self._turn += 1
        return self._exchanges[-self._turn % len(self._exchanges)].knock

    def _draw(self) -> int:
        return int(self._random() * len(self._cookies))

    def _pause(self, until: float) -> None:
        self._retry.at = self._paused_until = until

    def _greet(self, now: float) -> None:
        self._is_spoiled = False
        self._nonce = self._entropy(wire.NONCE_SIZE)
        self._exchanges = []
        self._cookies = []
        self._turn = 0
        self._greetings_unanswered = 0
        self._retry = self._timer(timers.HANDSHAKE_TIMEOUT_S, now)
        if self._trust.ready_at > now:
            self._pause(self._trust.ready_at)

    def _timer(self, timeout_s: float, now: float) -> timers.Retry:
        return timers.Retry(timeout_s, now, self._random, timers.LONGEST_HANDSHAKE_TIMEOUT_S)
