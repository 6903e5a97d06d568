"""Wrong guesses at the password: how many each address has left.

Only failed proofs count, so whoever knows the password never waits for its own. Used up
means slower, never a ban: others may be at the same address.
"""

from chatroom.protocol.addresses import Address, prefix_of
from chatroom.server.limits import TokenBucket

GUESSES_AT_ONCE = 10
GUESSES_PER_S = 0.1
PREFIXES_MOST = 4096
"""Prefixes whose wrong guesses are remembered; at 50 handshakes a second, a long while."""


class Guesses:
    """A bucket of guesses for each prefix (IPv4 address, IPv6 /64) that guessed wrong."""

    def __init__(self) -> None:
        self._left: dict[str, TokenBucket] = {}  # the last to guess wrong stands last

    def __len__(self) -> int:
        """Return how many prefixes are remembered."""
        return len(self._left)

    def may_guess(self, address: Address, now: float) -> bool:
        """Tell whether this address has a guess left."""
        bucket = self._left.get(prefix_of(address))
        return bucket is None or not bucket.wait_s(now)

    def count_wrong(self, address: Address, now: float) -> None:
        """Take one guess from this address."""
        prefix = prefix_of(address)
        bucket = self._left.pop(prefix, None)
        if bucket is None:
            bucket = TokenBucket(GUESSES_AT_ONCE, GUESSES_PER_S, now)
        bucket.take(now)
        self._left[prefix] = bucket
        if len(self._left) > PREFIXES_MOST:
            full = [key for key, one in self._left.items() if one.is_full(now)]
            for key in full or [next(iter(self._left))]:
                del self._left[key]
