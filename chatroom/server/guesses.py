"""Wrong guesses at the password: how many are left, of an address, of its link, of all.

Only failed proofs count, and one that turns out right gives its guess back, so whoever
knows the password never waits for its own. Used up means slower, never a ban: others may
be at the same address.
"""

from chatroom.protocol.addresses import Address, names_of
from chatroom.server.limits import TokenBucket

GUESSES_AT_ONCE, GUESSES_PER_S = 10, 0.1
"""Of one address."""
LINK_GUESSES_AT_ONCE, LINK_GUESSES_PER_S = 100, 1.0
"""Of one IPv6 /64, where one stranger can call many addresses its own."""
ALL_GUESSES_AT_ONCE, ALL_GUESSES_PER_S = 100, 1.0
"""Of all addresses that have guessed wrong lately; many of them are no way around."""
FORGIVEN_AFTER_S = 3600.0
"""Who mistyped the password before that waits for nobody else's guesses."""
RIGHT_FOR_S = 24 * 3600.0
"""Whoever comes back to where it was in waits for nobody else's guesses either."""
REMEMBERED_MOST = 4096
"""Addresses of which it is known that they were right, or wrong: a long while of handshakes."""


class Guesses:
    """What is left of guesses, wherever somebody guessed wrong."""

    def __init__(self, now: float) -> None:
        self._hosts = _Buckets(GUESSES_AT_ONCE, GUESSES_PER_S)
        self._links = _Buckets(LINK_GUESSES_AT_ONCE, LINK_GUESSES_PER_S)
        self._all = TokenBucket(ALL_GUESSES_AT_ONCE, ALL_GUESSES_PER_S, now)
        self._is_told = False  # that they are used up
        self._right: dict[str, float] = {}  # when an address was last right, the oldest first

    def __len__(self) -> int:
        """Return how many addresses are remembered."""
        return len(self._hosts)

    def may_guess(self, address: Address, now: float) -> bool:
        """Tell whether there is a guess left for this address.

        One that was right within a day waits for its own guesses alone. One that was not wrong
        for an hour waits for nobody's but its link's.
        """
        host, link = names_of(address)
        if now - self._right.get(host, -RIGHT_FOR_S) < RIGHT_FOR_S:
            return self._hosts.has_one(host, now)
        if not self._links.has_one(link, now):
            return False
        return not self._hosts.was_taken_from(host, now) or (
            self._hosts.has_one(host, now) and not self._all.wait_s(now)
        )

    def count_wrong(self, address: Address, now: float) -> bool:
        """Take one guess from this address.

        Tell whether there are no more now for those who have guessed wrong; once, until all
        are there again.
        """
        host, link = names_of(address)
        self._hosts.take(host, now)
        self._links.take(link, now)
        self._is_told &= not self._all.is_full(now)
        self._all.take(now)
        is_news = not self._is_told and bool(self._all.wait_s(now))
        self._is_told |= is_news
        return is_news

    def was_right(self, address: Address, now: float) -> None:
        """Note that somebody at this address knew the password."""
        host, _ = names_of(address)
        self._right.pop(host, None)
        self._right[host] = now
        if len(self._right) > REMEMBERED_MOST:
            del self._right[next(iter(self._right))]

    def give_back(self, address: Address, now: float) -> None:
        """Take back `count_wrong`: whoever was there knew the password."""
        host, link = names_of(address)
        self._hosts.give_back(host, now)
        self._links.give_back(link, now)
        self._all.give_back(now)


class _Buckets:
    """A bucket for each key that was taken from; the one taken from last stands last."""

    def __init__(self, burst: float, per_second: float) -> None:
        self._burst, self._per_second = burst, per_second
        self._left: dict[str, TokenBucket] = {}
        self._taken_at: dict[str, float] = {}

    def __len__(self) -> int:
        return len(self._left)

    def was_taken_from(self, key: str, now: float) -> bool:
        """Tell whether it was within the last hour."""
        return now - self._taken_at.get(key, -FORGIVEN_AFTER_S) < FORGIVEN_AFTER_S

    def has_one(self, key: str, now: float) -> bool:
        bucket = self._left.get(key)
        return bucket is None or not bucket.wait_s(now)

    def take(self, key: str, now: float) -> None:
        bucket = self._left.pop(key, None) or TokenBucket(self._burst, self._per_second, now)
        bucket.take(now)
        self._left[key] = bucket
        self._taken_at[key] = now
        if len(self._left) > REMEMBERED_MOST:
            full = [one for one, left in self._left.items() if left.is_full(now)]
            for one in full or [next(iter(self._left))]:
                self._forget(one)

    def give_back(self, key: str, now: float) -> None:
        bucket = self._left.get(key)
        if bucket is not None:
            bucket.give_back(now)
            if bucket.is_full(now):
                self._forget(key)

    def _forget(self, key: str) -> None:
        del self._left[key], self._taken_at[key]
