"""The room's door: who may come in. Cookies, handshakes, and the count of wrong guesses.

Contains no networking code: it is told what arrived, and what it answers goes to `send`.

A stranger costs nothing until it has shown a cookie that was sent to its address; then it
may take one of a bounded number of half-open places, for ten seconds. A place is worth one
guess at the password. The server says nothing under a key before the client has.
"""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from chatroom.crypto.cpace import LowOrderPoint, Share, prs
from chatroom.crypto.replay import Replayed
from chatroom.crypto.sealing import KEY_SIZE, Forged, Opener, SessionKeys
from chatroom.protocol import wire
from chatroom.protocol.addresses import Address, prefix_of
from chatroom.server import events
from chatroom.server.access import AccessList
from chatroom.server.limits import TokenBucket

COOKIE_LIFE_S = 30.0
COOKIE_KEY_LIFE_S = 120.0
HALF_OPEN_MOST = 512
HALF_OPEN_PER_PREFIX = 8
HALF_OPEN_LIFE_S = 10.0
HANDSHAKES_PER_S = 50
GUESSES_AT_ONCE = 10
GUESSES_PER_S = 0.1
PREFIXES_MOST = 4096
"""Prefixes whose wrong guesses are remembered; at 50 handshakes a second, a long while."""
WAITING_MOST = 512
NEWS_AT_ONCE, NEWS_PER_S = 20, 1
"""Events that strangers cause: a flood of them must not fill the host's log."""

_MAC_SIZE = 16


class Proven(NamedTuple):
    """Somebody knew the password; `payload` is what came with the proof.

    `address` is the one that the cookie proved, wherever the proof came from.
    """

    address: Address
    keys: SessionKeys
    opener: Opener
    payload: bytes


@dataclass
class _HalfOpen:
    share: bytes
    address: Address
    answer: bytes
    keys: SessionKeys
    opener: Opener
    since: float
    failed: bool = False

    @property
    def prefix(self) -> str:
        return prefix_of(self.address)


class Door:
    """Turns strangers' HELLO, KNOCK and first SEALED into proven sessions."""

    def __init__(
        self,
        password: str,
        entropy: Callable[[int], bytes],
        now: float,
        send: Callable[[bytes, Address], None],
        notify: Callable[[events.RoomEvent], None],
    ) -> None:
        self.access = AccessList()
        self._entropy = entropy
        self._send = send
        self._notify = notify
        self._cookie_keys = [entropy(KEY_SIZE), entropy(KEY_SIZE)]
        self._cookie_key_at = now
        self._news = TokenBucket(NEWS_AT_ONCE, NEWS_PER_S, now)
        self._handshakes = TokenBucket(HANDSHAKES_PER_S, HANDSHAKES_PER_S, now)
        self._waiting: dict[str, tuple[wire.Knock, Address]] = {}
        self._half_open: dict[bytes, _HalfOpen] = {}
        self._used_cookies: dict[bytes, tuple[bytes, float]] = {}
        self._guesses: dict[str, TokenBucket] = {}
        self.change_password(password)

    def change_password(self, password: str) -> None:
        """Ask for another password from now on, in handshakes under way too."""
        self._prs = prs(password)
        self._half_open.clear()

    def hello(self, hello: wire.Hello, address: Address, now: float) -> None:
        """Answer a greeting with a cookie, and keep nothing of it."""
        if not self._admits(hello.nonce, address, now):
            return
        if hello.version != wire.VERSION:
            self._hint(hello.nonce[: wire.SESSION_SIZE], wire.Hint.OTHER_VERSION, address)
            return
        self._send_cookie(hello.nonce, address, now)

    def knock(self, knock: wire.Knock, address: Address, now: float) -> bool:
        """Answer a knock with our share.

        Return False where its cookie is not good, and another was sent: the server was
        started again meanwhile, or the client has moved.
        """
        self._renew_cookie_key(now)
        if not self._is_fresh(knock, address, now):
            if self._admits(knock.nonce, address, now):
                self._send_cookie(knock.nonce, address, now)
            return False
        if knock.cookie in self._used_cookies:
            self._repeat_answer(knock, address)
        elif self._may_try(knock, address, now):
            if self._waiting or not self._handshakes.take(now):
                self._let_wait(knock, address)
            else:
                self._open_half(knock, address, now)
        return True

    def prove(self, sealed: wire.Sealed, address: Address, now: float) -> Proven | None:
        """Return the proof that a datagram of a half-open session is, or answer it."""
        half = self._half_open.get(sealed.session)
        if half is None or now - half.since > HALF_OPEN_LIFE_S:
            self._hint(sealed.session, wire.Hint.UNKNOWN_SESSION, address)
            return None
        if not self._admits(sealed.session, address, now):
            return None
        guesses = self._guesses_left(half.prefix, now)
        if half.failed:
            self._hint(sealed.session, wire.Hint.WRONG_PASSWORD, address)
            return None
        if guesses.wait_s(now):
            self._slow_down(sealed.session, address, now)
            return None
        try:
            payload, _ = half.opener.open(sealed.datagram, wire.SEALED_PREFIX_SIZE)
        except (Forged, Replayed):
            guesses.take(now)
            self._remember(half.prefix, guesses, now)
            half.failed = True
            self._tell(events.GuessFailed(address), now)
            self._hint(sealed.session, wire.Hint.WRONG_PASSWORD, address)
            return None
        del self._half_open[sealed.session]
        return Proven(half.address, half.keys, half.opener, payload)

    def timer(self, now: float) -> float | None:
        """Return when `handle_timer` has something to do, or None."""
        return now + self._handshakes.wait_s(now) if self._waiting else None

    def handle_timer(self, now: float) -> None:
        """Answer knocks that had to wait, drawn at random, as far as the rate allows."""
        while self._waiting and not self._handshakes.wait_s(now):
            prefix = list(self._waiting)[self._draw(len(self._waiting))]
            knock, address = self._waiting.pop(prefix)
            if (
                knock.cookie not in self._used_cookies
                and self._is_fresh(knock, address, now)
                and self._may_try(knock, address, now)
            ):
                self._handshakes.take(now)
                self._open_half(knock, address, now)

    # ----------------------------------------------------------------------------------

    def _send_cookie(self, nonce: bytes, address: Address, now: float) -> None:
        self._renew_cookie_key(now)
        stamp = int(now * 1000).to_bytes(8, "big", signed=True)
        cookie = stamp + _mac(self._cookie_keys[0], stamp, nonce, address)
        self._send(wire.encode_datagram(wire.Cookie(nonce, cookie)), address)

    def _may_try(self, knock: wire.Knock, address: Address, now: float) -> bool:
        """Tell whether the address is allowed and has a guess left; else tell it."""
        if not self._admits(knock.nonce, address, now):
            return False
        if self._guesses_left(prefix_of(address), now).wait_s(now):
            self._slow_down(knock.nonce[: wire.SESSION_SIZE], address, now)
            return False
        return True

    def _admits(self, nonce: bytes, address: Address, now: float) -> bool:
        if self.access.permits(address):
            return True
        self._tell(events.AddressRefused(address), now)
        self._hint(nonce[: wire.SESSION_SIZE], wire.Hint.NOT_ALLOWED, address)
        return False

    def _tell(self, event: events.RoomEvent, now: float) -> None:
        if self._news.take(now):
            self._notify(event)

    def _hint(self, session: bytes, hint: wire.Hint, address: Address) -> None:
        self._send(wire.encode_datagram(wire.Gone(session, hint)), address)

    def _slow_down(self, session: bytes, address: Address, now: float) -> None:
        self._tell(events.GuessesSlowed(address), now)
        self._hint(session, wire.Hint.SLOW_DOWN, address)

    def _renew_cookie_key(self, now: float) -> None:
        if now - self._cookie_key_at >= COOKIE_KEY_LIFE_S:
            self._cookie_keys = [self._entropy(KEY_SIZE), self._cookie_keys[0]]
            self._cookie_key_at = now

    def _is_fresh(self, knock: wire.Knock, address: Address, now: float) -> bool:
        stamp, mac = knock.cookie[:-_MAC_SIZE], knock.cookie[-_MAC_SIZE:]
        return (
            any(
                hmac.compare_digest(mac, _mac(key, stamp, knock.nonce, address))
                for key in self._cookie_keys
            )
            and now - int.from_bytes(stamp, "big", signed=True) / 1000 <= COOKIE_LIFE_S
        )

    def _repeat_answer(self, knock: wire.Knock, address: Address) -> None:
        session, _ = self._used_cookies[knock.cookie]
        half = self._half_open.get(session)
        if half is not None and half.share == knock.share:
            self._send(half.answer, address)

    def _let_wait(self, knock: wire.Knock, address: Address) -> None:
        """Keep one knock for each prefix, so that a crowd at one has one chance."""
        prefix = prefix_of(address)
        if prefix in self._waiting and self._draw(2):
            return
        if len(self._waiting) >= WAITING_MOST:
            del self._waiting[list(self._waiting)[self._draw(len(self._waiting))]]
        self._waiting[prefix] = (knock, address)

    def _open_half(self, knock: wire.Knock, address: Address, now: float) -> None:
        self._forget_old(now)
        share = Share(
            self._prs,
            wire.CHANNEL,
            wire.exchange_id(knock.nonce, knock.cookie),
            self._entropy,
        )
        try:
            keys = SessionKeys.from_isk(share.finish_as_responder(knock.share))
        except LowOrderPoint:
            return
        self._make_place(prefix_of(address))
        session = self._entropy(wire.SESSION_SIZE)
        answer = wire.encode_datagram(wire.Answer(knock.nonce, session, share.public))
        self._half_open[session] = _HalfOpen(
            knock.share, address, answer, keys, Opener(keys.client), now
        )
        self._used_cookies[knock.cookie] = (session, now + COOKIE_LIFE_S)
        self._send(answer, address)

    def _make_place(self, prefix: str) -> None:
        """Give up the oldest place where there are too many, at this prefix or in all.

        An honest client needs its place for one round trip, a flood fills it slower.
        """
        same = [key for key, half in self._half_open.items() if half.prefix == prefix]
        if len(same) >= HALF_OPEN_PER_PREFIX:
            del self._half_open[same[0]]
        elif len(self._half_open) >= HALF_OPEN_MOST:
            del self._half_open[next(iter(self._half_open))]

    def _forget_old(self, now: float) -> None:
        """Drop what has expired; both tables are in the order of time."""
        while self._half_open:
            session, half = next(iter(self._half_open.items()))
            if now - half.since <= HALF_OPEN_LIFE_S:
                break
            del self._half_open[session]
        while self._used_cookies:
            cookie, (_, until) = next(iter(self._used_cookies.items()))
            if now <= until:
                break
            del self._used_cookies[cookie]

    def _guesses_left(self, prefix: str, now: float) -> TokenBucket:
        return self._guesses.get(prefix) or TokenBucket(GUESSES_AT_ONCE, GUESSES_PER_S, now)

    def _remember(self, prefix: str, guesses: TokenBucket, now: float) -> None:
        """Keep the bucket of a prefix that guessed wrong, newest last."""
        self._guesses.pop(prefix, None)
        self._guesses[prefix] = guesses
        if len(self._guesses) > PREFIXES_MOST:
            full = [key for key, one in self._guesses.items() if one.is_full(now)]
            for key in full or [next(iter(self._guesses))]:
                del self._guesses[key]

    def _draw(self, count: int) -> int:
        return int.from_bytes(self._entropy(4), "big") % count


def _mac(key: bytes, stamp: bytes, nonce: bytes, address: Address) -> bytes:
    told = stamp + nonce + f"{address[0]} {address[1]}".encode()
    return hashlib.blake2b(told, key=key, digest_size=_MAC_SIZE).digest()
