"""The list of people as a member knows it, collected page by page."""

from chatroom.client import asking, events, timers
from chatroom.protocol import entries, messages

PEOPLE_MOST = 4096  # as many sessions as a server has


class Roster(asking.Asker):
    """Knows the names of one version of the list, and asks when there is a newer one."""

    answer = messages.People

    def __init__(self, random: timers.Random, now: float) -> None:
        self.ready_at = now
        self._random = random
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

    @property
    def due_at(self) -> float:
        return self.ready_at if self.is_stale else asking.NEVER

    def request(self) -> messages.Who:
        return messages.Who(self.next_start)

    def hear(self, said: asking.Said, now: float) -> asking.Told:
        match said:
            case messages.Joined(version=version):
                self.begin(version)
                self.ready_at = now
            case messages.Pong(version=version) | entries.Entries(version=version):
                if self.learn(version):
                    self.ready_at = now + asking.CROWD_SPREAD_S * self._random()
            case messages.People():
                changed = self.take(said)
                return () if changed is None else (changed,)
        return ()

    def begin(self, version: int) -> None:
        """Start with another server, or the same again: read the list afresh."""
        self._version = -1
        self._version_heard = version
        self._pages.clear()

    def learn(self, version: int) -> bool:
        """Note the newest version; return whether it is news."""
        news = version > self._version_heard
        self._version_heard = max(version, self._version_heard)
        return news

    def take(self, page: messages.People) -> events.PeopleChanged | None:
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
        self.learn(page.version)
        if before is None:
            return events.PeopleChanged(self._names, (), ())
        known, now_known = set(before), set(self._names)
        came = tuple(name for name in self._names if name not in known)
        went = tuple(name for name in before if name not in now_known)
        return events.PeopleChanged(self._names, came, went)
