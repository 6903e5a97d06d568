"""What the room needs of its archive. `storage.Archive` is one; tests have others."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from chatroom.problems import Problem
from chatroom.protocol.entries import Entry
from chatroom.protocol.search import Query, Slice


class LogRefused(Problem):
    """Nothing of an append was stored, and the log is as it was; it may work later.

    The log gives the reason: the disk is full, say.
    """


class LogBroken(Problem):
    """Nobody can tell what is on disk, so nothing more may be called stored."""


class Log(Protocol):
    """The messages of a room, numbered from 1 without gaps."""

    @property
    def head(self) -> int:
        """The number of the newest entry, 0 for an empty log."""

    def last_counter(self, device: str) -> int:
        """Return the highest counter among the ids of this device, or 0."""

    def read(self, first: int, last: int) -> Iterable[Entry]:
        """Return the entries from `first` to `last`, both included. Raises LogBroken."""

    def find(self, query: Query, before: int) -> Iterator[Slice]:
        """Yield what matches before this number (0: of all), newest first, slice by slice.

        A slice takes a few milliseconds at most; the last one ends at 1. Raises LogBroken.
        """

    def append(self, entries: Sequence[Entry]) -> None:
        """Store all entries, or none. Raises LogRefused and LogBroken."""
