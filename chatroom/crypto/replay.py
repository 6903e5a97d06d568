"""The replay window: which packet numbers have been seen (RFC 4303, section 3.4.3)."""

REPLAY_WINDOW = 1024
"""Packet numbers below the highest seen that may still arrive (RFC 4303 asks for 32)."""


class Replayed(Exception):
    """The number was seen before: somebody recorded a datagram and sent it again."""


class ReplayWindow:
    """The numbers seen so far, exact for the newest 1024 (RFC 4303, section 3.4.3)."""

    __slots__ = ("_seen", "highest")

    def __init__(self) -> None:
        self.highest = -1
        self._seen = 0  # bit n: highest - n was seen

    def accept(self, number: int) -> None:
        """Note `number` as seen. Raises Replayed if it was, or is too old to tell."""
        ahead = number - self.highest
        if ahead > 0:
            if ahead >= REPLAY_WINDOW:
                self._seen = 1
            else:
                self._seen = (self._seen << ahead | 1) & ((1 << REPLAY_WINDOW) - 1)
            self.highest = number
            return
        if -ahead >= REPLAY_WINDOW or self._seen >> -ahead & 1:
            raise Replayed
        self._seen |= 1 << -ahead
