"""When a request is sent again: the measured round trip, and the timer made of it.

A network this small forgives more haste than RFC 6298 and 9002 allow: the first timeout is
1.5 round trips, and each repetition goes out twice. At 30 % loss that brings the slowest
hundredth of requests from 2.5 s down to 0.8 s.
"""

from collections.abc import Callable

FIRST_TIMEOUT_S = 0.3
HANDSHAKE_TIMEOUT_S = 1.0
SHORTEST_TIMEOUT_S = 0.02
LONGEST_TIMEOUT_S = 4.0
LONGEST_HANDSHAKE_TIMEOUT_S = 2.0
"""At 30 % loss 4 s would bring the slowest hundredth of joins over 12 s."""
COPY_AFTER_S = 0.02
JITTER = 0.1

Random = Callable[[], float]
"""Gives a number from 0 up to 1, to spread things in time; it is handed in, as the time is."""


class RoundTrip:
    """The round trip to the server, and the first timeout that follows from it."""

    def __init__(self) -> None:
        self.timeout_s = FIRST_TIMEOUT_S
        self._mean_s: float | None = None
        self._deviation_s = 0.0

    @property
    def likely_s(self) -> float:
        """How long an answer takes, if it is not one of the slowest."""
        return (self._mean_s or 0.0) + self._deviation_s

    def measured(self, round_trip_s: float) -> None:
        """Take in the time from one transmission to its answer."""
        if self._mean_s is None:
            self._mean_s, self._deviation_s = round_trip_s, round_trip_s / 8
        else:
            error = round_trip_s - self._mean_s
            self._mean_s += error / 8
            self._deviation_s += (abs(error) - self._deviation_s) / 4
        timeout_s = max(1.5 * self._mean_s, self._mean_s + 4 * self._deviation_s)
        self.timeout_s = min(max(timeout_s, SHORTEST_TIMEOUT_S), LONGEST_TIMEOUT_S)


class Retry:
    """The timer of one request: at once, then after gaps that double up to `longest_s`.

    Each repetition goes out as two copies, 20 ms apart. `at` is when the next is due.
    """

    def __init__(
        self,
        timeout_s: float,
        now: float,
        random: Random,
        longest_s: float = LONGEST_TIMEOUT_S,
    ) -> None:
        """Start with a first send at `now`; `random` gives numbers from 0 to 1."""
        self._longest_s = longest_s
        self.at = now
        self.first_sent_at = now  # until it is
        self.tries = 0
        self._gap_s = timeout_s
        self._random = random
        self._copies = 0

    def timed_out(self, now: float) -> bool:
        """Tell whether the last transmission, both copies of it, brought no answer."""
        return self.tries > 0 and not self._copies and now >= self.at

    def failed(self, tries: int, for_s: float, now: float) -> bool:
        """Tell whether there have been so many tries in vain, and for that long."""
        return self.tries >= tries and now - self.first_sent_at >= for_s

    def sent(self, now: float) -> None:
        """Note that the request went out, and set the time of the next."""
        if not self.tries:
            self.first_sent_at = now
        if self._copies:
            self._copies -= 1
        else:
            self._copies = 1 if self.tries else 0
            self.tries += 1
        if self._copies:
            self.at = now + COPY_AFTER_S
        else:
            spread = 1 + JITTER * (2 * self._random() - 1)
            self.at = now + self._gap_s * spread
            self._gap_s = min(2 * self._gap_s, self._longest_s)

    def begin_anew(self, timeout_s: float, now: float) -> None:
        """Send again now, and after that with gaps that begin with `timeout_s`."""
        self.at = now
        self._gap_s = timeout_s
        self._copies = 0
