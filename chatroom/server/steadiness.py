"""Whether what is sent to a member arrives, as far as its requests tell.

Nobody confirms what is cast. But who asks again has lost the request or its answer, and who
asks for what was just cast has lost that. Where neither happened for some minutes, most of what
would make up for losses can be left out.
"""

import math

STEADY_AFTER = 10
"""So many requests in a row that came once. At 10 % loss one row in eight is so long."""
COUNTED_EVERY_S = 15.0
"""The least between two of them: many at once tell little of the minutes to come."""
AGAIN_WITHIN_S = 10.0
"""A ping so soon after another is the same again: a client is silent for longer before one."""


class Steadiness:
    """What is known of one member's way to us and back."""

    __slots__ = ("_counted_at", "_in_a_row", "_pinged_at")

    def __init__(self) -> None:
        """Know nothing: then losses are likely."""
        self._in_a_row = 0
        self._counted_at = self._pinged_at = -math.inf

    def __bool__(self) -> bool:
        """Tell whether nothing was lost for long."""
        return self._in_a_row >= STEADY_AFTER

    def pinged(self, now: float) -> None:
        """Note a ping."""
        if now - self._pinged_at < AGAIN_WITHIN_S:
            self.lost()
        else:
            self.came(now)
        self._pinged_at = now

    def came(self, now: float) -> None:
        """Note a request that was new."""
        if now - self._counted_at >= COUNTED_EVERY_S:
            self._in_a_row += 1
            self._counted_at = now

    def lost(self) -> None:
        """Note that something was lost on the way here, or there."""
        self._in_a_row = 0
