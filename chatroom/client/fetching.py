"""Fetching entries, as many datagrams at once as arrive."""

import abc

from chatroom.client import asking
from chatroom.protocol import entries, messages

FETCH_DATAGRAMS = 16
AHEAD_MOST = 4096
"""Entries taken beyond the first that is missing; what lies further ahead is fetched later."""


class Fetcher(asking.Asker):
    """Asks for the first entries that are missing, for as long as there are any."""

    answer = entries.Entries

    def __init__(self, now: float) -> None:
        self.ready_at = now
        self._datagrams = FETCH_DATAGRAMS

    @abc.abstractmethod
    def missing(self) -> tuple[int, int] | None:
        """Return the first and last number of what to fetch next, or None."""

    @property
    def due_at(self) -> float:
        return self.ready_at if self.missing() else asking.NEVER

    def request(self) -> messages.Fetch:
        """Ask for twice as much as before, since that has come."""
        self._datagrams = min(self._datagrams * 2, FETCH_DATAGRAMS)
        return self._fetch()

    def unanswered(self, request: messages.Request) -> messages.Request | None:
        """Ask for half as much, and only for what has not come meanwhile."""
        self._datagrams = max(self._datagrams // 2, 1)
        return self._fetch() if self.missing() else None

    def has_come_to_nothing(self, request: messages.Request) -> bool:
        """Tell whether a request that was answered in full has not even brought its first entry.

        Then the server has nothing of what is missing.
        """
        missing = self.missing()
        return (
            missing is not None
            and isinstance(request, messages.Fetch)
            and request.first == missing[0]
        )

    def _fetch(self) -> messages.Fetch:
        first, last = self.missing() or (0, 0)
        return messages.Fetch(first, last, self._datagrams)
