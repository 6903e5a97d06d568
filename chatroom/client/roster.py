"""The list of people as a member knows it: read page by page once, and then kept by changes."""

from chatroom.client import asking, events, timers
from chatroom.protocol import changes, entries, messages
from chatroom.protocol.changes import Step

PEOPLE_MOST = 4097  # as many sessions as a server has, and the host


class Roster(asking.Asker):
    """Knows the names of one version of the list, and asks when it has missed a change."""

    answer = (changes.Changes, messages.People)

    def __init__(self, random: timers.Random, now: float) -> None:
        self.ready_at = now
        self._random = random
        self._version = 0  # of the names, 0 where they are not all here
        self._version_heard = 0
        self._names: list[str] = []
        self._pages_version = 0
        self._told: tuple[str, ...] | None = None

    @property
    def is_stale(self) -> bool:
        """Whether the list has changed since the version that we hold."""
        return self._version < max(self._version_heard, 1)

    @property
    def due_at(self) -> float:
        return self.ready_at if self.is_stale else asking.NEVER

    def request(self) -> messages.Who:
        return messages.Who(self._version, 0 if self._version else len(self._names))

    def hear(self, said: asking.Said, now: float) -> asking.Told:
        match said:
            case messages.Joined(version=version):
                self._begin(version)
                self.ready_at = now
                return ()
            case messages.Pong(version=version) | entries.Entries(version=version):
                self._learn(version, now)
                return ()
            case messages.People():
                self._read(said)
            case changes.Changes():
                self._follow(said)
                self._learn(said.version, now)
            case _:
                return ()
        return self._tell()

    def _begin(self, version: int) -> None:
        """Start with another server, or the same again: read the list afresh."""
        self._version = 0
        self._version_heard = version
        self._names.clear()

    def _learn(self, version: int, now: float) -> None:
        """Note the newest version; what we missed may yet come by itself."""
        if self._version and not self.is_stale and version > self._version:
            self.ready_at = now + asking.CROWD_SPREAD_S * self._random()
        self._version_heard = max(version, self._version_heard)

    def _read(self, page: messages.People) -> None:
        """Add a page of the list, as it was a while ago."""
        if page.total > PEOPLE_MOST:
            return
        self._version = 0  # we missed more than the server knows of
        if page.start == 0:
            self._names.clear()
            self._pages_version = page.version
        if page.start != len(self._names) or page.version != self._pages_version:
            self._names.clear()  # another copy was made between two pages: read that
            return
        self._names += page.names
        if len(self._names) >= page.total or not page.names:
            self._version = page.version

    def _follow(self, some: changes.Changes) -> None:
        """Make those changes that lead on from our version."""
        new = some.version - self._version
        if not self._version or not 0 < new <= len(some.changes):
            return
        for step, name in some.changes[-new:]:
            if name in self._names:
                self._names.remove(name)
            if step is Step.CAME:
                self._names.append(name)
            elif step is Step.CAME_FIRST:
                self._names.insert(0, name)
        del self._names[PEOPLE_MOST:]
        self._version = some.version

    def _tell(self) -> asking.Told:
        """Tell who came and went, once the list is as new as we have heard of."""
        before, names = self._told, tuple(self._names)
        if self.is_stale or names == before:
            return ()
        self._told = names
        if before is None:
            return (events.PeopleChanged(names, (), ()),)
        known, now_known = set(before), set(names)
        came = tuple(name for name in names if name not in known)
        went = tuple(name for name in before if name not in now_known)
        return (events.PeopleChanged(names, came, went),)
