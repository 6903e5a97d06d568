"""The requests that a member has under way: at most one of each kind.

Each may be repeated, since its answer is the same. Every transmission has a number of its
own, so that an answer tells which one it took, and how long that was.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace

from chatroom.messages import Join, Request, encode_message
from chatroom.retry import Retry, RoundTrip

_NUMBERS_KEPT = 16


@dataclass(eq=False)
class Pending:
    """A request under way: its timer, and when each numbered transmission went out."""

    request: Request
    retry: Retry
    sent_at: dict[int, float] = field(default_factory=dict)
    parts: set[int] = field(default_factory=set)  # of the answer to a Fetch

    @property
    def kind(self) -> type[Request]:
        """The class of the request."""
        return type(self.request)


class Requests:
    """Starts, repeats and recognises requests; `round_trip` learns from each answer."""

    def __init__(self, round_trip: RoundTrip, random: Callable[[], float]) -> None:
        self._round_trip = round_trip
        self._random = random
        self._pending: dict[type[Request], Pending] = {}
        self._number = 0

    def __contains__(self, kind: type[Request]) -> bool:
        return kind in self._pending

    def start(self, request: Request, now: float) -> None:
        """Have a request sent from now on until it is answered or dropped."""
        retry = Retry(self._round_trip.timeout_s, now, self._random)
        self._pending[type(request)] = Pending(request, retry)

    def drop(self, kind: type[Request]) -> None:
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
                yield encode_message(replace(pending.request, number=self._number))

    def answered(self, number: int, now: float) -> Pending | None:
        """Return the request that had this number, and measure its round trip."""
        for pending in self._pending.values():
            if number in pending.sent_at:
                # A Join may be answered late, when somebody else wants the name.
                if not pending.parts and pending.kind is not Join:
                    self._round_trip.measured(now - pending.sent_at[number])
                return pending
        return None

    def wait_longer(self, pending: Pending, now: float) -> None:
        """Put off the repetition, since the answer is coming in."""
        pending.retry.at = max(pending.retry.at, now + self._round_trip.timeout_s)

    def ask_instead(self, pending: Pending, request: Request) -> None:
        """Go on with another request of the same kind, on the same timer."""
        pending.request = request
        pending.sent_at.clear()
        pending.parts.clear()
