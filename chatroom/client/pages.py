"""The page of the log that its reader looks at, beside the live end and apart from it."""

from collections.abc import Iterable

from chatroom.client import asking, events, fetching
from chatroom.protocol import entries, messages

Gaps = list[tuple[int, int]]
"""First and last numbers of what is missing, in order."""


class Pages(fetching.Fetcher):
    """Fetches one page, until all of it has come or the log has no more of it.

    There is one wish at a time. What comes is handed on as it comes, each entry once; so what
    is kept are numbers. Where the line is interrupted the wish goes on after it; in another
    log its numbers mean something else.
    """

    def __init__(self, now: float) -> None:
        super().__init__(now)
        self._gaps: Gaps = []

    def want(self, first: int, last: int, now: float) -> None:
        """Fetch this page now, and what was wanted before no more."""
        first = max(first, 1)
        self._gaps = [(first, last)] if first <= last else []
        self.ready_at = now

    def missing(self) -> tuple[int, int] | None:
        return self._gaps[0] if self._gaps else None

    def hear(self, said: asking.Said, now: float) -> asking.Told:
        match said:
            case messages.Joined(same=False):
                self._gaps.clear()
            case entries.Entries() if self._gaps:
                return self._take(said.entries)
        return ()

    def answered(self, request: messages.Request, now: float) -> asking.Told:
        """Give up what the log does not have."""
        if self.has_come_to_nothing(request):
            self._gaps.clear()
        return ()

    def _take(self, some: Iterable[entries.Entry]) -> asking.Told:
        most = self._gaps[0][0] + fetching.AHEAD_MOST
        fitting = tuple(
            entry
            for entry in some
            if entry.seq < most and any(low <= entry.seq <= high for low, high in self._gaps)
        )
        if not fitting:
            return ()
        self._gaps = _without(self._gaps, fitting[0].seq, fitting[-1].seq)
        return (events.PageRead(fitting),)


def _without(gaps: Gaps, first: int, last: int) -> Gaps:
    """Return what is still missing where these numbers are not."""
    rest = []
    for low, high in gaps:
        rest += [(low, min(high, first - 1)), (max(low, last + 1), high)]
    return [(low, high) for low, high in rest if low <= high]
