"""The list of people as a log: its changes are numbered, and everybody keeps a copy.

The room is told of changes a moment after the first of them, so that a crowd that comes at
once is one change. Who missed some asks for them; who has no list, or too old a one, reads a
copy that is made now and then, and what changed since. So who comes does not make the server
go through all the names, however many come.
"""

from collections import deque
from collections.abc import Callable, Sequence
from itertools import islice

from chatroom.protocol import changes, messages, texts
from chatroom.protocol.changes import Change, Step

NEWS_AFTER_S = 0.2
CHANGES_KEPT = 1024
COPIED_AFTER = 1 / 8
"""A copy is good until so large a part of the people has changed: at most half of what is kept."""


class Roll:
    """The changes of late.

    `version` goes up by one with each; `told` is the version that the room knows of, which is
    to be told more at `news_at`.
    """

    def __init__(self) -> None:
        self.version = 1
        self.told = 1
        self.news_at: float | None = None
        self._recent: deque[Change] = deque(maxlen=CHANGES_KEPT)
        self._pages: dict[int, messages.People] = {}  # of the copy, by their first index
        self._copied = 0  # the version of the copy

    def note(self, step: Step, name: str, now: float) -> None:
        """Write down a change."""
        self.version += 1
        self._recent.append(Change(step, name))
        if self.news_at is None:
            self.news_at = now + NEWS_AFTER_S

    def take_news(self, now: float) -> list[changes.Changes]:
        """Return, once, what the room is to be told now, one for each datagram.

        Where more has changed than is kept, it is told the version alone.
        """
        if self.news_at is None or now < self.news_at:
            return []
        self.news_at = None
        told: list[changes.Changes] = []
        while self.told < self.version:
            some = self.since(self.told) or changes.Changes(self.version, ())
            told.append(some)
            self.told = some.version
        return told

    def since(self, version: int) -> changes.Changes | None:
        """Return what changed since then, as much as a datagram holds.

        None where that is not known any more, or never was.
        """
        oldest = self.version - len(self._recent)
        if not oldest <= version <= self.version:
            return None
        missed = tuple(islice(self._recent, version - oldest, None))
        some = missed[: changes.how_many_fit(missed)]
        return changes.Changes(version + len(some), some)

    def page(self, start: int, names: Callable[[], Sequence[str]]) -> messages.People:
        """Return the page of the copy that begins there, or the first one.

        `names` gives the list as it is now, where a newer copy is to be made.
        """
        if self.version - self._copied > COPIED_AFTER * self._size or not self._pages:
            self._copy(names())
        return self._pages.get(start) or self._pages[0]

    @property
    def _size(self) -> int:
        return self._pages[0].total if self._pages else 0

    def _copy(self, names: Sequence[str]) -> None:
        self._copied = self.version
        self._pages.clear()
        start = 0
        while start < len(names) or not self._pages:
            page = names[start:]
            page = page[: texts.list_fits(page)]
            people = messages.People(self.version, len(names), start, tuple(page))
            self._pages[start] = people
            start += len(page)
