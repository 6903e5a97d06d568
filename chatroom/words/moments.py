"""Times of the log as their reader's clock and calendar have them."""

import functools
from datetime import datetime, timezone

from chatroom.client.when import When
from chatroom.words import dates


@functools.lru_cache(maxsize=4096)
def read_time(text: str) -> When | None:
    """Return a time of the log (UTC, ISO 8601), None where it cannot be read.

    To the second: as a float, the last microsecond of year 9999 is in the next year.
    """
    try:
        utc = datetime.fromisoformat(text.removesuffix("Z") + "+00:00").replace(microsecond=0)
        return When(utc.timestamp(), utc.astimezone().toordinal())
    except (ValueError, OverflowError, OSError):
        return None


def is_today(when: When) -> bool:
    """Tell whether it is on the day that the reader has now."""
    return when.day == datetime.now(timezone.utc).astimezone().toordinal()


def clock(when: When) -> str:
    """Return the time of day: 09:33."""
    return f"{_local(when):%H:%M}"


def day_name(when: When) -> str:
    """Return the day: Tuesday, 24 November 2026."""
    return dates.day(_local(when))


def _local(when: When) -> datetime:
    return datetime.fromtimestamp(when.seconds, timezone.utc).astimezone()
