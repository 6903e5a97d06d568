"""The stretch of the log that a member holds: without gaps, growing at both ends.

Catching up is one thing, whatever made it needful: joining, a lost cast, scrolling back or
a week away. What arrives out of order waits until what is between has come.
"""

from collections.abc import Iterable

from chatroom.protocol.entries import Entry

AHEAD_MOST = 4096
"""Entries kept beyond a gap; what lies further ahead is fetched again later."""


class Stretch:
    """Holds `first` to `last`; the log is known to reach to `head`.

    The entries themselves are handed on with `take_new` and `take_earlier`; only the
    numbers, and the id of the last one, stay.
    """

    def __init__(self) -> None:
        self.first = 1
        self.last = 0
        self.last_id = ""
        self.head = 0
        self._wanted_first = 1
        self._ahead: dict[int, Entry] = {}
        self._behind: dict[int, Entry] = {}

    def begin(self, head: int, count: int | None) -> None:
        """Start anew with the newest `count` entries to get, or with all (None)."""
        self.head = head
        self.last = 0 if count is None else max(head - count, 0)
        self.last_id = ""
        self.first = self._wanted_first = self.last + 1
        self._ahead.clear()
        self._behind.clear()

    def want_earlier(self, count: int) -> None:
        """Ask for so many entries before the first; again only when those are here."""
        if self._wanted_first == self.first:
            self._wanted_first = max(self.first - count, 1)

    def resume(self, head: int) -> None:
        """Go on with a log that holds what we have and reaches to `head`."""
        self.head = max(self.last, head)

    def learn_head(self, head: int) -> None:
        """Note that the log reaches to `head`."""
        self.head = max(self.head, head)

    def offer(self, entries: Iterable[Entry]) -> None:
        """Keep what is new and within reach."""
        for entry in entries:
            if self.last < entry.seq <= self.last + AHEAD_MOST:
                self._ahead[entry.seq] = entry
            elif self._wanted_first <= entry.seq < self.first:
                self._behind[entry.seq] = entry

    def take_new(self) -> tuple[Entry, ...]:
        """Extend the stretch at its end; return the entries that it grew by."""
        grown = []
        while (entry := self._ahead.pop(self.last + 1, None)) is not None:
            grown.append(entry)
            self.last, self.last_id = entry.seq, entry.id
        self.head = max(self.head, self.last)
        return tuple(grown)

    def take_earlier(self) -> tuple[Entry, ...]:
        """Extend the stretch at its beginning, once all that was wanted is here."""
        if len(self._behind) < self.first - self._wanted_first:
            return ()
        grown = tuple(self._behind[seq] for seq in sorted(self._behind))
        self._behind.clear()
        self.first = self._wanted_first
        return grown

    def missing(self) -> tuple[int, int] | None:
        """Return the first and last number of what to fetch next, or None."""
        if self.last < self.head:
            return self.last + 1, min(self._ahead, default=self.head + 1) - 1
        if self._wanted_first < self.first:
            gaps = range(self._wanted_first, self.first)
            low = next(seq for seq in gaps if seq not in self._behind)
            high = min((seq for seq in self._behind if seq > low), default=self.first)
            return low, high - 1
        return None
