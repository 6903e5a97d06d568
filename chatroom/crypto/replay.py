"""The replay window: which packet numbers have been seen (RFC 4303, section 3.4.3)."""

REPLAY_WINDOW = 1024
"""Packet numbers below the highest seen that may still arrive (RFC 4303 asks for 32)."""

_WINDOW = (1 << REPLAY_WINDOW) - 1


class Replayed(Exception):
    """The number was seen before: somebody recorded a datagram and sent it again."""


class ReplayWindow:
    """The numbers seen so far, exact for the newest 1024 (RFC 4303, section 3.4.3)."""

    __slots__ = ("_missing", "highest")

    def __init__(self) -> None:
        self.highest = -1
        self._missing = 0  # bit n: highest - n may still come; mostly none, which is small

    def accept(self, number: int) -> None:
        """Note `number` as seen. Raises Replayed if it was, or is too old to tell."""
        ahead = number - self.highest
        if ahead > 0:
            ahead = min(ahead, REPLAY_WINDOW)
            passed_over = (1 << ahead) - 2
            self._missing = (self._missing << ahead | passed_over) & _WINDOW
            self.highest = number
        elif self._missing >> -ahead & 1:
            self._missing ^= 1 << -ahead
        else:
            raise Replayed
