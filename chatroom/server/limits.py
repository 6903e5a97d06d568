"""Rates: how much of something may happen, and when there may be more."""

WHOLE = 1 - 1e-6  # what a sum of fractions may fall short of one token

Rate = tuple[float, float]
"""Tokens at once, and how many a second come in again."""


class TokenBucket:
    """Lets `burst` things happen at once, and `per_second` in the long run."""

    __slots__ = ("_burst", "_per_second", "_tokens", "_updated_at")

    def __init__(
        self, burst: float, per_second: float, now: float, tokens: float | None = None
    ) -> None:
        """Start full, or with so many tokens."""
        self._burst = burst
        self._per_second = per_second
        self._tokens = burst if tokens is None else tokens
        self._updated_at = now

    def take(self, now: float, count: int = 1) -> bool:
        """Take so many tokens if there is one; what is missing has to come in later."""
        if self._refill(now) < WHOLE:
            return False
        self._tokens -= count
        return True

    def give_back(self, now: float) -> None:
        """Take one `take` back."""
        self._tokens = min(self._burst, self._refill(now) + 1)

    def wait_s(self, now: float) -> float:
        """Return the seconds until there is a token to take."""
        missing = 1 - self._refill(now)
        return missing / self._per_second if missing > 1 - WHOLE else 0.0

    def is_full(self, now: float) -> bool:
        """Tell whether this bucket is like a new one, and so can be forgotten."""
        return self._refill(now) >= self._burst

    def _refill(self, now: float) -> float:
        gained = (now - self._updated_at) * self._per_second
        self._tokens = min(self._burst, self._tokens + gained)
        self._updated_at = now
        return self._tokens
