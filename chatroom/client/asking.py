"""The requests that a member has under way: at most one of each kind.

Each may be repeated, since its answer is the same. Every transmission has a number of its
own, so that an answer tells which one it took, and how long that was.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from chatroom.protocol import messages

FIRST_TIMEOUT_S = 0.3
HANDSHAKE_TIMEOUT_S = 1.0
SHORTEST_TIMEOUT_S = 0.02
LONGEST_TIMEOUT_S = 4.0
LONGEST_HANDSHAKE_TIMEOUT_S = 2.0
"""At 30 % loss 4 s would bring the slowest hundredth of joins over 12 s."""
COPY_AFTER_S = 0.02
JITTER = 0.1


class RoundTrip:
    """The round trip to the server, and the first timeout that follows from it."""

    def __init__(self) -> None:
        self.timeout_s = FIRST_TIMEOUT_S
        self._mean_s: float | None = None
        self._deviation_s = 0.0

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

    Each repetition goes out as two copies, 20 ms apart.
    """

    def __init__(
        self,
        timeout_s: float,
        now: float,
        random: Callable[[], float],
        longest_s: float = LONGEST_TIMEOUT_S,
    ) -> None:
        """Start with a first send at `now`; `random` gives numbers from 0 to 1."""
        self._longest_s = longest_s
        self.at = now
        self.first_sent_at = now  # until it is
        self.timeout_s = timeout_s
        self.tries = 0
        self._random = random
        self._copies = 0

    def timed_out(self, now: float) -> bool:
        """Tell whether the last transmission, both copies of it, brought no answer."""
        return self.tries > 0 and not self._copies and now >= self.at

    def sent(self, now: float) -> None:
        """Note that the request went out, and set the time of the next."""
        if not self.tries:
            self.first_sent_at = now
        if self._copies:
            self._copies -= 1
        else:
            self._copies = 1 if self.tries else 0
            if self.tries:
                self.timeout_s = min(2 * self.timeout_s, self._longest_s)
            self.tries += 1
        if self._copies:
            self.at = now + COPY_AFTER_S
        else:
            spread = 1 + JITTER * (2 * self._random() - 1)
            self.at = now + self.timeout_s * spread


_NUMBERS_KEPT = 16


@dataclass(eq=False)
class Pending:
    """A request under way: its timer, and when each numbered transmission went out."""

    request: messages.Request
    retry: Retry
    sent_at: dict[int, float] = field(default_factory=dict)
    parts: set[int] = field(default_factory=set)  # of the answer to a Fetch

    @property
    def kind(self) -> type[messages.Request]:
        """The class of the request."""
        return type(self.request)


class Requests:
    """Starts, repeats and recognises requests; `round_trip` learns from each answer."""

    def __init__(self, round_trip: RoundTrip, random: Callable[[], float]) -> None:
        self._round_trip = round_trip
        self._random = random
        self._pending: dict[type[messages.Request], Pending] = {}
        self._number = 0

    def __contains__(self, kind: type[messages.Request]) -> bool:
        return kind in self._pending

    def start(self, request: messages.Request, now: float) -> None:
        """Have a request sent from now on until it is answered or dropped."""
        retry = Retry(self._round_trip.timeout_s, now, self._random)
        self._pending[type(request)] = Pending(request, retry)

    def drop(self, kind: type[messages.Request]) -> None:
        """Send this one no more."""
        self._pending.pop(kind, None)

    def clear(self) -> None:
        """Drop all."""
        self._pending.clear()

    def timer(self) -> float | None:
        """Return when the next transmission is due."""
        return min((one.retry.at for one in self._pending.values()), default=None)

    def timed_out(self, now: float) -> list[Pending]:
        """Return the requests whose last transmission has waited long enough."""
        return [one for one in self._pending.values() if one.retry.timed_out(now)]

    def transmit(self, now: float) -> Iterator[bytes]:
        """Yield what is due now, each transmission under the next number."""
        for pending in self._pending.values():
            while now >= pending.retry.at:
                self._number += 1
                pending.sent_at[self._number] = now
                if len(pending.sent_at) > _NUMBERS_KEPT:
                    del pending.sent_at[next(iter(pending.sent_at))]
                pending.retry.sent(now)
                yield messages.encode_request(self._number, pending.request)

    def answered(self, number: int, now: float) -> Pending | None:
        """Return the request that had this number, and measure its round trip."""
        for pending in self._pending.values():
            if number in pending.sent_at:
                # A Join may be answered late, when somebody else wants the name.
                if not pending.parts and pending.kind is not messages.Join:
                    self._round_trip.measured(now - pending.sent_at[number])
                return pending
        return None

    def wait_longer(self, pending: Pending, now: float) -> None:
        """Put off the repetition, since the answer is coming in."""
        pending.retry.at = max(pending.retry.at, now + self._round_trip.timeout_s)

    def ask_instead(self, pending: Pending, request: messages.Request) -> None:
        """Go on with another request of the same kind, on the same timer."""
        pending.request = request
        pending.sent_at.clear()
        pending.parts.clear()
