"""The list of people as a member knows it, collected page by page."""

from chatroom.client.events import PeopleChanged
from chatroom.protocol.messages import People

PEOPLE_MOST = 4096  # as many sessions as a server has


class Roster:
    """Knows the names of one version of the list, and whether there is a newer one."""

    def __init__(self) -> None:
        self._names: tuple[str, ...] | None = None
        self._version = -1
        self._version_heard = 0
        self._pages: list[str] = []
        self._pages_version = 0

    @property
    def is_stale(self) -> bool:
        """Whether the list has changed since we read it."""
        return self._version < self._version_heard

    @property
    def next_start(self) -> int:
        """The index from which to ask on."""
        return len(self._pages)

    def begin(self, version: int) -> None:
        """Start with another server, or the same again: read the list afresh."""
        self._version = -1
        self._version_heard = version
        self._pages.clear()

    def hear(self, version: int) -> bool:
        """Note the newest version; return whether it is news."""
        news = version > self._version_heard
        self._version_heard = max(version, self._version_heard)
        return news

    def take(self, page: People) -> PeopleChanged | None:
        """Add a page; return what changed once the list is whole."""
        if page.total > PEOPLE_MOST:
            return None
        if page.start == 0:
            self._pages.clear()
            self._pages_version = page.version
        if page.start != len(self._pages) or page.version != self._pages_version:
            self._pages.clear()  # the list changed between two pages: read it again
            return None
        self._pages.extend(page.names)
        if len(self._pages) < page.total and page.names:
            return None
        before, self._names = self._names, tuple(self._pages)
        self._version = page.version
        self._pages.clear()
        self.hear(page.version)
        if before is None:
            return PeopleChanged(self._names, (), ())
        came = tuple(name for name in self._names if name not in before)
        went = tuple(name for name in before if name not in self._names)
        return PeopleChanged(self._names, came, went)
