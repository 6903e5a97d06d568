"""The entries of the log that are at hand: a bounded number, wherever its reader looks."""

from collections.abc import Iterable, Iterator

from chatroom.protocol.entries import Entry

KEPT_MOST = 14_000
"""Entries in memory; the others are on the server, and read again when they are looked at."""
NEWEST_KEPT = 1_000
"""So many at the end of the log are kept wherever its reader looks."""


class Kept:
    """Entries by their number. Too many are too far from what is looked at, and dropped."""

    def __init__(self) -> None:
        self._entries: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self._entries)

    def __contains__(self, seq: int) -> bool:
        return seq in self._entries

    def get(self, seq: int) -> Entry | None:
        """Return an entry, None where it is not at hand."""
        return self._entries.get(seq)

    def put(self, some: Iterable[Entry], place: int) -> None:
        """Keep these; drop what is far from `place` where that makes too many."""
        self._entries.update((entry.seq, entry) for entry in some)
        if len(self._entries) > KEPT_MOST:
            self._drop_far_from(place)

    def clear(self) -> None:
        """Keep none."""
        self._entries.clear()

    def newest_first(self) -> Iterator[Entry]:
        """Yield what is at hand from the end of the log to its beginning."""
        for seq in sorted(self._entries, reverse=True):
            yield self._entries[seq]

    def _drop_far_from(self, place: int) -> None:
        """Keep the newest, and what is nearest: four fifths, so that it is not done often."""
        newest = max(self._entries) - NEWEST_KEPT
        nearest = sorted(self._entries, key=lambda seq: 0 if seq > newest else 1 + abs(seq - place))
        for seq in nearest[KEPT_MOST * 4 // 5 :]:
            del self._entries[seq]
