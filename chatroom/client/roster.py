"""The list of people as a member knows it: read in pages once, and then kept by changes.

Joined is followed by the list, and the answer to one question may be many datagrams. What does
not come with the first of them is asked for a little later, since it is on its way, or lost.
"""

from chatroom.client import asking, events, timers
from chatroom.protocol import changes, entries, listing, messages
from chatroom.protocol.changes import Step

PEOPLE_MOST = 4097  # as many sessions as a server has, and the host
DATAGRAMS_AT_ONCE = 32
REST_WAIT_S = 0.08
BACK_WITHIN_S = 10.0
"""After a server has started again all come back, one after the other: who is not there at first
has not left for that."""


class Roster(asking.Asker):
    """Knows the names of one version of the list, and asks when it has missed a change."""

    answer = (changes.Changes, listing.Page)

    def __init__(self, random: timers.Random, now: float) -> None:
        self.ready_at = now
        self._random = random
        self._version = 0  # of the names, 0 where they are not all here
        self._version_heard = 0
        self._names: list[str] = []
        self._pages = Pages()
        self._told: tuple[str, ...] | None = None
        self._is_back = False  # we are, and have not heard yet who else is
        self._missed: list[str] = []  # who was there before, and may yet come back
        self._missed_until = now

    @property
    def is_stale(self) -> bool:
        """Whether the list has changed since the version that we hold."""
        return self._version < max(self._version_heard, 1)

    @property
    def due_at(self) -> float:
        return self.ready_at if self.is_stale else asking.NEVER

    def request(self) -> messages.Who:
        first, last = self._pages.missing()
        return messages.Who(self._version, first, min(last - first + 1, DATAGRAMS_AT_ONCE))

    def hear(self, said: asking.Said, now: float) -> asking.Told:
        match said:
            case messages.Joined(version=version):
                self._begin(version)
                self.ready_at = now + REST_WAIT_S
                return ()
            case messages.Pong(version=version) | entries.Entries(version=version):
                self._learn(version, now)
                return self._tell(now) if self._missed else ()
            case listing.Page():
                self._read(said)
            case changes.Changes():
                self._follow(said)
                self._learn(said.version, now)
            case _:
                return ()
        if said.number != messages.NO_NUMBER:
            self.ready_at = now + REST_WAIT_S
        return self._tell(now)

    def _begin(self, version: int) -> None:
        """Start with another server, or the same again: read the list afresh."""
        self._version = 0
        self._version_heard = version
        self._pages = Pages()
        self._is_back = self._told is not None

    def _learn(self, version: int, now: float) -> None:
        """Note the newest version; what we missed may yet come by itself."""
        if self._version and not self.is_stale and version > self._version:
            self.ready_at = now + asking.CROWD_SPREAD_S * self._random()
        self._version_heard = max(version, self._version_heard)

    def _read(self, page: listing.Page) -> None:
        """Take a page of the list, as it was a while ago; we missed more than is known of."""
        if page.version <= self._version:
            return
        self._pages.take(page)
        names = self._pages.names()
        if names is not None:
            self._version, self._names = page.version, names
            self._pages = Pages()

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

    def _tell(self, now: float) -> asking.Told:
        """Tell who came and went, once the list is as new as we have heard of."""
        if self.is_stale:
            return ()
        before, names = self._told, tuple(self._names)
        is_back, self._is_back = self._is_back, False
        is_over = bool(self._missed) and now >= self._missed_until
        if names == before and not is_over:
            return ()
        self._told = names
        if before is None:
            return (events.PeopleChanged(names, (), ()),)
        here = set(names)
        came = here.difference(before, self._missed)
        went = [name for name in before if name not in here]
        self._missed = [name for name in self._missed if name not in here]
        if is_back:
            self._missed, went = (self._missed + went)[-PEOPLE_MOST:], []
            self._missed_until = now + BACK_WITHIN_S
        elif is_over:
            self._missed, went = [], self._missed + went
        came_in_order = tuple(name for name in names if name in came)
        return (events.PeopleChanged(names, came_in_order, tuple(went)),)


class Pages:
    """Pages of the newest copy of the list that we have heard of, in whatever order they come."""

    def __init__(self) -> None:
        self._version = 0
        self._parts = 0  # 0 where none is here
        self._names: dict[int, tuple[str, ...]] = {}

    def take(self, page: listing.Page) -> None:
        """Keep a page, unless it is of an older copy; keep none of more people than can be."""
        if page.version < self._version:
            return
        if (page.version, page.parts) != (self._version, self._parts):
            self._version, self._parts = page.version, page.parts
            self._names.clear()
        self._names[page.part] = page.names
        if sum(map(len, self._names.values())) > PEOPLE_MOST:
            self._names.clear()

    def missing(self) -> tuple[int, int]:
        """Return the numbers of the first page that is missing, and of the last one beside it.

        After the last page come changes, of which nobody knows how many there are.
        """
        first = next(part for part in range(len(self._names) + 1) if part not in self._names)
        later = [part for part in self._names if part > first]
        return first, min(later, default=first + DATAGRAMS_AT_ONCE) - 1

    def names(self) -> list[str] | None:
        """Return all names, None where not all are here."""
        if not self._parts or len(self._names) < self._parts:
            return None
        return [name for part in range(self._parts) for name in self._names[part]]
