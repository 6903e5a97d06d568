"""What all sessions of one address may do together, and all of one IPv6 link.

One person may have many sessions, and may leave and come in again and again: what an address
has used up is remembered until it has grown again, whoever is there. What they read has no
allowance: it has its turn (`reading`).
"""

from typing import NamedTuple

from chatroom.server.limits import WHOLE, Rate, TokenBucket

TEXTS_AT_ONCE, TEXTS_PER_S = 200, 40
REQUESTS_AT_ONCE, REQUESTS_PER_S = 4000, 1000
"""What requests cost together: one each, a Join its cast."""
CHANGES_AT_ONCE, CHANGES_PER_S = 100, 1
"""Comings, other names, and names refused: each is told to the host, and most to all."""
LINK_AT_ONCE, LINK_PER_S = 4, 2
"""An IPv6 /64, where a whole local network may be, has so many times that; but for changes:"""
LINK_CHANGES_AT_ONCE, LINK_CHANGES_PER_S = 1024, 10
"""As many as it has sessions, so that all may come at once when the server is back."""
REMEMBERED_MOST = 8192
"""Addresses and links; one that has all there is, is forgotten before it comes to more."""


class Both:
    """Two buckets as one: there is a token where each of them has one."""

    __slots__ = ("_one", "_other")

    def __init__(self, one: "TokenBucket | Both", other: "TokenBucket | Both") -> None:
        self._one = one
        self._other = other

    def take(self, now: float, count: int = 1) -> bool:
        """Take so many tokens from both; what is missing has to come in later."""
        if self.wait_s(now):
            return False
        if self._one.wait_s(now) or not self._other.take(now, count):
            return False
        return self._one.take(now, count)

    def wait_s(self, now: float) -> float:
        """Return the seconds until there is a token to take."""
        return max(self._one.wait_s(now), self._other.wait_s(now))

    def is_full(self, now: float) -> bool:
        """Tell whether these buckets are like new ones, and so can be forgotten."""
        return self._one.is_full(now) and self._other.is_full(now)


class Allowance(NamedTuple):
    """What one address, or one link, or one address on its link may do."""

    texts: TokenBucket | Both
    requests: TokenBucket | Both
    changes: TokenBucket | Both

    def is_full(self, now: float) -> bool:
        """Tell whether this is like a new one, and so can be forgotten."""
        return all(one.is_full(now) for one in self)


UNLIMITED = Allowance(*[TokenBucket(float("inf"), 1, 0.0)] * 3)
"""What is shared by a session that has no place in the room's table, or not yet: no limit."""


class Joint(TokenBucket):
    """What a session may do: what is in this bucket, and of what it shares as much as there is.

    Where others have used up what is `shared`, a little is left to each that is there already.
    """

    __slots__ = ("_sure", "shared")

    def __init__(self, own: Rate, sure: Rate, now: float, tokens: float | None = None) -> None:
        """Start full, or with so many tokens; and with nothing that is sure.

        So that coming in again does not bring it.
        """
        super().__init__(*own, now, tokens)
        self._sure = TokenBucket(*sure, now, 0)
        self.shared = UNLIMITED.texts

    def take(self, now: float, count: int = 1) -> bool:
        """Take so many tokens where there is one; what is missing has to come in later."""
        if self._refill(now) < WHOLE:
            return False
        if not self.shared.take(now, count) and not self._sure.take(now, count):
            return False
        self._tokens -= count
        return True

    def wait_s(self, now: float) -> float:
        """Return the seconds until there is a token to take."""
        shared_s = self.shared.wait_s(now)
        return max(super().wait_s(now), shared_s and min(shared_s, self._sure.wait_s(now)))


_OF_HOST: tuple[Rate, ...] = (
    (TEXTS_AT_ONCE, TEXTS_PER_S),
    (REQUESTS_AT_ONCE, REQUESTS_PER_S),
    (CHANGES_AT_ONCE, CHANGES_PER_S),
)
_OF_LINK: tuple[Rate, ...] = (
    (LINK_AT_ONCE * TEXTS_AT_ONCE, LINK_PER_S * TEXTS_PER_S),
    (LINK_AT_ONCE * REQUESTS_AT_ONCE, LINK_PER_S * REQUESTS_PER_S),
    (LINK_CHANGES_AT_ONCE, LINK_CHANGES_PER_S),
)


class Allowances:
    """The allowance of each address, and of each link, as long as it is not full."""

    def __init__(self, times: float = 1.0) -> None:
        """Give each so many times what is usual."""
        self._of_host, self._of_link = (
            [(times * at_once, times * per_s) for at_once, per_s in usual]
            for usual in (_OF_HOST, _OF_LINK)
        )
        self._known: dict[str, Allowance] = {}

    def of(self, host: str, link: str, now: float) -> Allowance:
        """Return what a session at this address draws from; an IPv4 address is its own link."""
        if len(self._known) >= REMEMBERED_MOST:
            full = [name for name, one in self._known.items() if one.is_full(now)]
            for name in full or [next(iter(self._known))]:
                del self._known[name]
        ours = self._get(host, now, self._of_host)
        if host == link:
            return ours
        return Allowance(*map(Both, ours, self._get(link, now, self._of_link)))

    def _get(self, name: str, now: float, rates: list[Rate]) -> Allowance:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = Allowance(*(TokenBucket(*rate, now) for rate in rates))
        return known
