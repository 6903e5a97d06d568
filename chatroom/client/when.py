"""A time of the log for its reader, who has a clock and a calendar of their own."""

from typing import NamedTuple


class When(NamedTuple):
    """A time: seconds since the epoch, and the number of its day where the reader is."""

    seconds: float
    day: int
