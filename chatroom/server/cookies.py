"""Cookies: who shows one receives at the address that it sends from (RFC 9147, section 5.1).

The server keeps nothing of who asks for a cookie. When it was made stands in it, and a tag
over that, the client's nonce and its address, under a key that only the server has. What is
kept is which cookies were used: each buys one handshake.
"""

import hashlib
import hmac

from chatroom.crypto import cpace
from chatroom.crypto.sealing import KEY_SIZE
from chatroom.protocol.addresses import Address

COOKIE_LIFE_S = 30.0
COOKIE_KEY_LIFE_S = 120.0

_STAMP_SIZE = 8
_MAC_SIZE = 16


class Cookies:
    """Makes cookies, checks them, and knows which were used."""

    def __init__(self, entropy: cpace.Entropy, now: float) -> None:
        self._entropy = entropy
        self._keys = [entropy(KEY_SIZE), entropy(KEY_SIZE)]  # the newest, the one before
        self._key_since = now
        self._used: dict[bytes, bytes] = {}  # for which session; in the order of use

    def __len__(self) -> int:
        """Return how many used cookies are kept."""
        return len(self._used)

    def make(self, nonce: bytes, address: Address, now: float) -> bytes:
        """Return a cookie for this client's nonce, good at this address only."""
        self._renew_key(now)
        stamp = int(now * 1000).to_bytes(_STAMP_SIZE, "big", signed=True)
        return stamp + _mac(self._keys[0], stamp, nonce, address)

    def is_fresh(self, cookie: bytes, nonce: bytes, address: Address, now: float) -> bool:
        """Tell whether it was made here for this nonce and address, and not long ago."""
        self._renew_key(now)
        stamp, mac = cookie[:_STAMP_SIZE], cookie[_STAMP_SIZE:]
        return any(
            hmac.compare_digest(mac, _mac(key, stamp, nonce, address)) for key in self._keys
        ) and not _is_old(cookie, now)

    def use(self, cookie: bytes, session: bytes) -> None:
        """Remember, for as long as it is fresh, which session the cookie was used for."""
        self._used[cookie] = session

    def used_for(self, cookie: bytes) -> bytes | None:
        """Return the number of the session that the cookie was used for, if any."""
        return self._used.get(cookie)

    def forget_old(self, now: float) -> None:
        """Forget used cookies that are no longer fresh, up to the first that is."""
        while self._used and _is_old(cookie := next(iter(self._used)), now):
            del self._used[cookie]

    def _renew_key(self, now: float) -> None:
        if now - self._key_since >= COOKIE_KEY_LIFE_S:
            self._keys = [self._entropy(KEY_SIZE), self._keys[0]]
            self._key_since = now


def _is_old(cookie: bytes, now: float) -> bool:
    made_at = int.from_bytes(cookie[:_STAMP_SIZE], "big", signed=True) / 1000
    return now - made_at > COOKIE_LIFE_S


def _mac(key: bytes, stamp: bytes, nonce: bytes, address: Address) -> bytes:
    told = stamp + nonce + f"{address[0]} {address[1]}".encode()
    return hashlib.blake2b(told, key=key, digest_size=_MAC_SIZE).digest()
