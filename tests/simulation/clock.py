"""The virtual clock of a world, and the ends of the conversation that it wakes."""

import heapq
import itertools
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import Protocol

from tests.simulation.checks import Violation

START_S = 1000.0
TURNS_AT_ONE_MOMENT = 500
"""Each slice of a search is a turn, and many may wait in a row."""


class Clock:
    """A heap of what is to be done, in the order of time."""

    def __init__(self) -> None:
        self.now = START_S
        self._order = itertools.count()
        self._planned: list[tuple[float, int, Callable[[], None]]] = []

    def at(self, time: float, action: Callable[[], None]) -> None:
        """Have something done at a time."""
        heapq.heappush(self._planned, (time, next(self._order), action))

    def after(self, delay_s: float, action: Callable[[], None]) -> None:
        """Have something done in a while."""
        self.at(self.now + delay_s, action)

    def run_until(self, end: float) -> None:
        """Do all that is due until then."""
        while self._planned and self._planned[0][0] <= end:
            self.now, _, action = heapq.heappop(self._planned)
            action()
        self.now = end


class Endpoint(Protocol):
    """A Room or a Member."""

    def timer(self, now: float) -> float | None: ...
    def handle_timer(self, now: float) -> None: ...


class Node(ABC):
    """One end of the conversation: takes a turn when woken, as the driver does."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._wake_at: float | None = None
        self._turn_at = 0.0
        self._turns = 0

    @abstractmethod
    def turn(self) -> None:
        """Take in what has come, do what time brings, and send."""

    def begin_turn(self, endpoint: Endpoint) -> None:
        """Run the timer if it is due; no node may spin at one moment."""
        now = self.clock.now
        self._turns = self._turns + 1 if now == self._turn_at else 1
        self._turn_at = now
        if self._turns > TURNS_AT_ONE_MOMENT:
            raise Violation("timers_do_not_spin", f"{self._turns} turns at one moment")
        due = endpoint.timer(now)
        if due is not None and now >= due:
            endpoint.handle_timer(now)

    def end_turn(self, endpoint: Endpoint) -> None:
        """Plan the next turn for when the timer is due."""
        due = endpoint.timer(self.clock.now)
        if due is not None:
            self.wake(max(due, self.clock.now))

    def wake(self, at: float) -> None:
        """Plan a turn, unless there will be one before."""
        if self._wake_at is None or at < self._wake_at:
            self._wake_at = at
            self.clock.at(at, lambda: self._woken(at))

    def _woken(self, at: float) -> None:
        if self._wake_at == at:
            self._wake_at = None
            self.turn()
