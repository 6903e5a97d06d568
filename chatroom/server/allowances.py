"""What all sessions of one address may do together, and all of one IPv6 link.

One person may have many sessions, and may leave and come in again and again: what an address
has used up is remembered until it has grown again, whoever is there. What they read has no
allowance: it has its turn (`reading`).
"""

from typing import NamedTuple

from chatroom.server.limits import TokenBucket

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


class Joint:
    """What a session may do: what is its own, and of what it shares as much as there is.

    Where others have used up what is shared, a little is left to each that is there already.
    """

    __slots__ = ("_own", "_shared", "_sure")

    def __init__(self, own: TokenBucket | None = None, sure: TokenBucket | None = None) -> None:
        """Take from `own`; from `sure`, too, where there is no more of what is shared."""
        self._own = own
        self._sure = sure
        self._shared: tuple[TokenBucket, ...] = ()

    def share(self, bucket: TokenBucket) -> None:
        """Take from this bucket as well."""
        self._shared += (bucket,)

    def take(self, now: float, count: int = 1) -> bool:
        """Take so many tokens where there is one; what is missing has to come in later."""
        if self.wait_s(now):
            return False
        if self._sure is not None and self._shared_wait_s(now):
            self._sure.take(now, count)
        else:
            for bucket in self._shared:
                bucket.take(now, count)
        if self._own is not None:
            self._own.take(now, count)
        return True

    def wait_s(self, now: float) -> float:
        """Return the seconds until there is a token to take."""
        wait_s = self._shared_wait_s(now)
        if wait_s and self._sure is not None:
            wait_s = min(wait_s, self._sure.wait_s(now))
        return wait_s if self._own is None else max(wait_s, self._own.wait_s(now))

    def _shared_wait_s(self, now: float) -> float:
        return max((bucket.wait_s(now) for bucket in self._shared), default=0.0)


class Allowance(NamedTuple):
    """What one address or one link may do."""

    texts: TokenBucket
    requests: TokenBucket
    changes: TokenBucket

    def is_full(self, now: float) -> bool:
        """Tell whether this is like a new one, and so can be forgotten."""
        return all(bucket.is_full(now) for bucket in self)


Rate = tuple[float, float]
"""Tokens at once, and how many a second come in again."""

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
        self._times = times
        self._known: dict[str, Allowance] = {}

    def of(self, host: str, link: str, now: float) -> tuple[Allowance, ...]:
        """Return what a session at this address draws from; an IPv4 address is its own link."""
        if len(self._known) >= REMEMBERED_MOST:
            full = [name for name, one in self._known.items() if one.is_full(now)]
            for name in full or [next(iter(self._known))]:
                del self._known[name]
        ours = self._get(host, now, _OF_HOST)
        return (ours,) if host == link else (ours, self._get(link, now, _OF_LINK))

    def _get(self, name: str, now: float, usual: tuple[Rate, ...]) -> Allowance:
        known = self._known.get(name)
        if known is None:
            buckets = (
                TokenBucket(self._times * at_once, self._times * per_s, now)
                for at_once, per_s in usual
            )
            known = self._known[name] = Allowance(*buckets)
        return known
