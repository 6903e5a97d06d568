"""Askers, which want something of the server, and their requests that are under way.

An asker says when it is due and what it asks then; each has at most one request under way.
It is repeated until it is answered, since asked twice it changes no more than once. Every
transmission has a number of its own, so that an answer tells which one it took, and how
long that was.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol, TypeAlias

from chatroom.client import events, states, timers
from chatroom.protocol import changes, entries, listing, messages, wire

NEVER = float("inf")
NUMBERS_KEPT = 16
"""Transmissions of one request whose answers are still taken."""
REFUSED_PAUSE_S = 20.0
"""Pause after a refusal that only a fault explains, ours or the server's: the same request
would be refused again."""
CROWD_SPREAD_S = 0.2  # so that not everybody asks at once for what all just lack

Said: TypeAlias = messages.Reply | entries.Entries | changes.Changes | listing.Page
"""What the server says of the room; all askers hear all of it."""
Told: TypeAlias = Sequence[events.MemberEvent]
"""What the person is told about a change."""


class Asker(Protocol):
    """One of the things that a member asks the server for.

    `answer` is the kind of reply that its requests bring, or the kinds; `ready_at` is the time
    before which it does not ask.
    """

    answer: type[Said] | tuple[type[Said], ...]
    answered_at_once: bool = True
    """Whether the time to the answer is a round trip."""
    ready_at: float

    @property
    def due_at(self) -> float:
        """When there is something to ask, NEVER if there is nothing."""

    def request(self) -> messages.Request:
        """Return what to ask, where something is due."""

    def timeout_s(self, round_trip: timers.RoundTrip) -> float:
        """Return how long to wait before it is asked again for the first time."""
        return round_trip.timeout_s

    def hear(self, said: Said, now: float) -> Told:
        """Take what concerns this asker of what the server said, to it or to another."""
        return ()

    def answered(self, request: messages.Request, now: float) -> Told:
        """Note that this request of ours has all of its answer, which we have heard."""
        return ()

    def is_met(self, request: messages.Request) -> bool:
        """Tell whether this request of ours needs no answer any more, after what we heard."""
        return False

    def refused(self, reason: messages.Refusal, now: float) -> Told:
        """Note that the request was refused, for a reason that lies in the request."""
        self.ready_at = now + REFUSED_PAUSE_S
        return ()

    def unanswered(self, request: messages.Request) -> messages.Request | None:
        """Return what to ask after a timeout: the same, or other things, or nothing."""
        return request

    def given_up(
        self, retry: timers.Retry, hint: wire.Hint | None, now: float
    ) -> states.Cause | None:
        """Return why, after a timeout, this is not to be asked again in our state, if so.

        `hint` is what GONE said of our session since the last answer. It counts only now,
        since anybody can send it.
        """
        return states.Cause.SESSION_UNKNOWN if hint is wire.Hint.UNKNOWN_SESSION else None


class Pending:
    """A request under way: its timer, and when each numbered transmission went out."""

    def __init__(self, asker: Asker, request: messages.Request, retry: timers.Retry) -> None:
        self.asker = asker
        self.request = request
        self.retry = retry
        self.sent_at: dict[int, float] = {}
        self.parts: set[int] = set()  # that have come, of the answer


class Requests:
    """Starts, repeats and recognises the requests of those who may ask.

    `round_trip` learns from each answer.
    """

    def __init__(self, round_trip: timers.RoundTrip, random: timers.Random) -> None:
        self._round_trip = round_trip
        self._random = random
        self._askers: tuple[Asker, ...] = ()
        self._pending: dict[Asker, Pending] = {}
        self._met_sent_at: dict[int, float] = {}
        self._number = 0

    def __contains__(self, asker: object) -> bool:
        return asker in self._pending

    @property
    def are_under_way(self) -> bool:
        """Whether any waits for its answer."""
        return bool(self._pending)

    @property
    def awaited(self) -> tuple[int, ...]:
        """The numbers of the transmissions whose answers would be taken."""
        return tuple(number for one in self._pending.values() for number in one.sent_at)

    def allow(self, *askers: Asker) -> None:
        """Let these ask from now on; what others or they have under way is dropped."""
        self._askers = askers
        self._pending.clear()
        self._met_sent_at = {}

    def drop(self, asker: Asker) -> None:
        """Send the request of this one no more; it may have another."""
        self._pending.pop(asker, None)

    def hurry(self, now: float) -> None:
        """Send again now what waits for its timer."""
        for pending in self._pending.values():
            pending.retry.begin_anew(pending.asker.timeout_s(self._round_trip), now)

    def timer(self) -> float:
        """Return when there is something to send, NEVER if nobody has anything."""
        times = [one.retry.at for one in self._pending.values()]
        times += [asker.due_at for asker in self._askers if asker not in self._pending]
        return min(times, default=NEVER)

    def timed_out(self, now: float) -> list[Pending]:
        """Return the requests whose last transmission has waited long enough."""
        return [one for one in self._pending.values() if one.retry.timed_out(now)]

    def transmit(self, now: float) -> Iterator[bytes]:
        """Yield what is due now, each transmission under the next number.

        A request goes out from when it is due until it is answered or dropped.
        """
        for asker in self._askers:
            if asker not in self._pending and now >= asker.due_at:
                retry = timers.Retry(asker.timeout_s(self._round_trip), now, self._random)
                self._pending[asker] = Pending(asker, asker.request(), retry)
        for pending in self._pending.values():
            while now >= pending.retry.at:
                self._number += 1
                pending.sent_at[self._number] = now
                if len(pending.sent_at) > NUMBERS_KEPT:
                    del pending.sent_at[next(iter(pending.sent_at))]
                pending.retry.sent(now)
                yield messages.encode_request(self._number, pending.request)

    def answered(self, number: int, said: Said | messages.Refused, now: float) -> Pending | None:
        """Return the request that this answers, once it has all of its answer and is done."""
        pending = self._find(number, said)
        if pending is None:
            if number in self._met_sent_at:
                self._round_trip.measured(now - self._met_sent_at.pop(number))
            return None
        if not pending.parts and pending.asker.answered_at_once:
            self._round_trip.measured(now - pending.sent_at[number])
        if isinstance(said, entries.Entries):
            pending.parts.add(said.part)
            # One transmission's answer may have fewer parts than another's: the log has grown.
            if not pending.parts.issuperset(range(said.parts)):  # the rest is on its way
                pending.retry.at = max(pending.retry.at, now + self._round_trip.timeout_s)
                return None
        self.drop(pending.asker)
        return pending

    def drop_met(self, now: float) -> None:
        """Send no more what is done, since what it asked for was said to all."""
        for pending in [one for one in self._pending.values() if one.asker.is_met(one.request)]:
            if len(pending.sent_at) == 1:
                self._round_trip.measured(now - next(iter(pending.sent_at.values())))
            else:  # nobody can tell which one did it, before those after it are answered
                self._met_sent_at = pending.sent_at
            self.drop(pending.asker)

    def go_on(self, pending: Pending) -> None:
        """Go on after a timeout with what is to be asked now, on the same timer."""
        request = pending.asker.unanswered(pending.request)
        if request is None:
            self.drop(pending.asker)
        elif request != pending.request:
            pending.request = request
            pending.sent_at.clear()
            pending.parts.clear()

    def _find(self, number: int, said: Said | messages.Refused) -> Pending | None:
        for pending in self._pending.values():
            if number in pending.sent_at and isinstance(
                said, (pending.asker.answer, messages.Refused)
            ):
                return pending
        return None
