"""The newest entries once more, a few times at growing gaps.

So who missed the last one neither waits for the next nor has to ask. Who seems to lose nothing
is told again less often: a lone text would else cost seven times what it costs to say it once.
"""

import math
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from chatroom.protocol import entries
from chatroom.server.audience import Audience

REPEAT_GAPS_S = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)
TO_ALL = (1, 3, 5)
"""Places of the gaps after which all are told again, the steady ones, too."""
REPEAT_SPAN_S = 4.0
"""How long an entry is repeated; older ones, a member has to ask for."""
RECENT_MOST = 64
LOOKED_EVERY_S = 1.0
"""Whether all are steady is looked up so often, rather than for each of many messages."""


class _Step(NamedTuple):
    """A repetition, so long after the one before."""

    gap_s: float
    is_to_all: bool


_STEPS = [_Step(gap_s, place in TO_ALL) for place, gap_s in enumerate(REPEAT_GAPS_S)]
_AT_S = [at_s for place, at_s in enumerate(accumulate(REPEAT_GAPS_S)) if place in TO_ALL]
_STEPS_TO_ALL = [
    _Step(at_s - before_s, True) for before_s, at_s in zip([0.0, *_AT_S], _AT_S, strict=False)
]


class Repeats:
    """What was cast lately, and when it is `due_at` again."""

    def __init__(self) -> None:
        self.due_at = math.inf
        self._recent: deque[tuple[float, entries.Entry]] = deque(maxlen=RECENT_MOST)
        self._steps: Iterator[_Step] = iter(())
        self._is_to_all = False
        self._are_all_steady = False
        self._looked_at = -math.inf

    def plan(self, newest: Sequence[entries.Entry], audience: Audience, now: float) -> None:
        """Begin to repeat the newest entries, which were just cast to this audience."""
        self._recent.extend((now, entry) for entry in newest)
        if now - self._looked_at >= LOOKED_EVERY_S:
            self._looked_at = now
            self._are_all_steady = audience.is_steady
        self._steps = iter(_STEPS_TO_ALL if self._are_all_steady else _STEPS)
        self._plan_next(now)

    def stop(self) -> None:
        """Say nothing more by itself."""
        self.due_at = math.inf

    def take(self, audience: Audience, now: float) -> tuple[bytes, Audience]:
        """Return the body to repeat now, as many of the newest as a datagram holds, and to whom."""
        receivers = audience if self._is_to_all else audience.of_unsteady()
        self._plan_next(now)
        newest = [entry for since, entry in self._recent if now - since <= REPEAT_SPAN_S]
        return entries.pack_newest(newest), receivers

    def _plan_next(self, now: float) -> None:
        gap_s, self._is_to_all = next(self._steps, (math.inf, False))
        self.due_at = now + gap_s
