"""The clock of a Room and a Member: it never goes back, and goes on while a computer sleeps.

After a sleep all timers are then over at once, and who was away learns so. `time.monotonic`
stands still meanwhile on Linux and macOS; on Windows it does not. The log has another time:
that of the system's clock, which people may set.
"""

import sys
import time

if sys.platform == "linux":

    def now() -> float:
        """Return seconds since some moment."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

elif sys.platform == "darwin":

    def now() -> float:
        """Return seconds since some moment."""
        return time.clock_gettime(time.CLOCK_MONOTONIC)

else:
    now = time.monotonic


def utc_now() -> str:
    """Return the time as the log has it: UTC, ISO 8601."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
