"""What the host is told of strangers: some of each kind, and how many more there were.

A flood of one kind neither fills the host's log nor hides another kind in it.
"""

import math

from chatroom.protocol.addresses import Address
from chatroom.server import events, limits, post

TOLD_AT_ONCE, TOLD_PER_S = 20, 1
"""Events of one kind."""

Seen = events.GuessFailed | events.GuessesSlowed | events.AddressRefused


class Strangers:
    """Tells of each, or of the last one and how many came before it, when that may be."""

    def __init__(self, post: post.Post, now: float) -> None:
        self._post = post
        kinds: tuple[type[Seen], ...] = (
            events.GuessFailed,
            events.GuessesSlowed,
            events.AddressRefused,
        )
        self._allowed = {kind: limits.TokenBucket(TOLD_AT_ONCE, TOLD_PER_S, now) for kind in kinds}
        self._untold: dict[type[Seen], tuple[Address, int]] = {}

    def saw(self, kind: type[Seen], address: Address, now: float) -> None:
        """Tell the host, now or soon."""
        _, more = self._untold.get(kind, (address, -1))
        self._untold[kind] = address, more + 1
        self._tell(kind, now)

    def timer(self, now: float) -> float:
        """Return when `handle_timer` has something to tell."""
        times = (now + self._allowed[kind].wait_s(now) for kind in self._untold)
        return min(times, default=math.inf)

    def handle_timer(self, now: float) -> None:
        """Tell what had to wait."""
        for kind in list(self._untold):
            self._tell(kind, now)

    def _tell(self, kind: type[Seen], now: float) -> None:
        if self._allowed[kind].take(now):
            self._post.notify(kind(*self._untold.pop(kind)))
