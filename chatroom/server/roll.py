"""The list of people as a log: its changes are numbered, and everybody keeps a copy.

The room is told of changes a moment after the first of them, so that a crowd that comes at
once is one change. Who missed some asks for them; who has no list, or too old a one, reads a
copy that is made now and then, and what changed since. So who comes does not make the server
go through all the names, however many come; and one request brings all of it, since what
wakes the server for each page would cost more than the page.
"""

import math
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from chatroom.protocol import changes, listing, messages
from chatroom.protocol.changes import Change, Step

NEWS_AFTER_S = 0.2
CHANGES_KEPT = 1024
COPIED_AFTER = 1 / 8
"""A copy is good until so large a part of the people has changed: at most half of what is kept."""
DATAGRAMS_MOST = 32
"""Of one answer: the list of 1,000 people takes half of them, with usual names."""


class Copy(NamedTuple):
    """The list as it was with `version`, in pages, and how many people are in it."""

    version: int
    size: int
    pages: list[bytes]


class Roll:
    """The changes of late.

    `version` goes up by one with each; `told` is the version that the room knows of, which is
    to be told more at `news_at`.
    """

    def __init__(self) -> None:
        self.version = 1
        self.told = 1
        self.news_at = math.inf
        self._recent: deque[Change] = deque(maxlen=CHANGES_KEPT)
        self._copy: Copy | None = None

    def note(self, step: Step, name: str, now: float) -> None:
        """Write down a change."""
        self.version += 1
        self._recent.append(Change(step, name))
        self.news_at = min(self.news_at, now + NEWS_AFTER_S)

    def take_news(self, now: float) -> list[changes.Changes]:
        """Return, once, what the room is to be told now, one for each datagram.

        Where more has changed than is kept, it is told the version alone.
        """
        if now < self.news_at:
            return []
        self.news_at = math.inf
        told, self.told = self.told, self.version
        return list(self.since(told)) if self.knows(told) else [changes.Changes(self.version, ())]

    def knows(self, version: int) -> bool:
        """Tell whether all that changed since then is still known."""
        return self.version - len(self._recent) <= version <= self.version

    def since(self, version: int) -> Iterator[changes.Changes]:
        """Yield what changed since a version that is known, one for each datagram."""
        missed = tuple(islice(self._recent, len(self._recent) - (self.version - version), None))
        while missed:
            some = missed[: changes.how_many_fit(missed)]
            version += len(some)
            yield changes.Changes(version, some)
            missed = missed[len(some) :]

    def answer(
        self, who: messages.Who, names: Callable[[], Sequence[str]], *, number: int, head: int
    ) -> list[bytes]:
        """Return what a Who is answered: changes, or pages of a copy and what changed since.

        A page that there is not is the first. `names` gives the list as it is now, where a
        newer copy is to be made.
        """
        most, version = answered_by(who.datagrams), who.version
        payloads: list[bytes] = []
        if not self.knows(version):
            version, _, pages = self._good_copy(names)
            first = who.part if who.part < len(pages) else 0
            payloads = [
                listing.encode_page(
                    pages[part], number=number, version=version, part=part, parts=len(pages)
                )
                for part in range(first, len(pages))[:most]
            ]
        for some in islice(self.since(version), most - len(payloads)):
            payloads.append(changes.encode_changes(some, head=head, number=number))
        nothing = changes.Changes(version, ())
        return payloads or [changes.encode_changes(nothing, head=head, number=number)]

    def _good_copy(self, names: Callable[[], Sequence[str]]) -> Copy:
        copy = self._copy
        if copy is None or self.version - copy.version > COPIED_AFTER * copy.size:
            here = names()
            copy = self._copy = Copy(self.version, len(here), listing.pack_names(here))
        return copy


def answered_by(datagrams: int) -> int:
    """Return how many datagrams at most answer a Who that takes so many."""
    return min(max(datagrams, 1), DATAGRAMS_MOST)
