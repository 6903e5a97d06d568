"""The log on a terminal: pages of it, all of it, and what a search finds.

Whoever reads a pipe sets the pace: the next page is asked for when those before have been
taken, so that a log of any length costs little memory.
"""

from collections import deque
from collections.abc import Callable, Sequence
from typing import NamedTuple

from chatroom import words
from chatroom.client import events
from chatroom.protocol.entries import Entry
from chatroom.words.terminal import Command

PAGE = 500
HITS_SHOWN = 20

Show = Callable[[Sequence[Entry]], None]
Answer = Callable[[str, Sequence[Entry], str], None]


class Page(NamedTuple):
    """Entries that are wanted, and what to do with them."""

    first: int
    last: int
    show: Show


class Pages:
    """Reads one page after another; each is shown whole and in order."""

    def __init__(self, ask: Callable[[int, int], None]) -> None:
        """`ask(first, last)` asks for a page, which is then handed to `take`."""
        self._ask = ask
        self._wanted: deque[Page] = deque()
        self._come: list[Entry] = []

    def __len__(self) -> int:
        """Return how many are wanted."""
        return len(self._wanted)

    def want(self, first: int, last: int, show: Show) -> None:
        """Read this page after those that are wanted already."""
        self._wanted.append(Page(first, last, show))
        if len(self._wanted) == 1:
            self._ask(first, last)

    def take(self, some: Sequence[Entry]) -> None:
        """Take what has come of the page that was asked for."""
        if not self._wanted:
            return
        page = self._wanted[0]
        self._come += some
        if len(self._come) <= page.last - page.first:
            return
        whole, self._come = sorted(self._come, key=lambda entry: entry.seq), []
        page.show(whole)
        self._wanted.popleft()
        if self._wanted:
            self._ask(self._wanted[0].first, self._wanted[0].last)

    def clear(self) -> None:
        """Want none any more: the log that they were of is gone."""
        self._wanted.clear()
        self._come.clear()


class History:
    """Shows the whole log from its first entry on, and then what comes.

    What comes before that is done is not kept, but read in its turn.
    """

    def __init__(self, pages: Pages, show: Show, has_room: Callable[[], bool]) -> None:
        """`has_room` tells whether the reader has taken what was shown so far."""
        self._pages = pages
        self._show = show
        self._has_room = has_room
        self._next: int | None = None  # to be shown
        self._last = 0
        self._is_asked = False

    @property
    def is_whole(self) -> bool:
        """Whether all that we know of is shown."""
        return self._next is not None and self._next > self._last

    def begin(self, head: int) -> None:
        """Show a log that reaches to `head`, from its beginning."""
        self._next, self._last, self._is_asked = 1, head, False
        self.go_on()

    def add(self, some: Sequence[Entry]) -> None:
        """Show the newest entries, in their turn."""
        if self.is_whole:
            self._take([entry for entry in some if entry.seq > self._last])
        self._last = max(self._last, some[-1].seq)

    def go_on(self) -> None:
        """Ask for the next page, where there is one and room for it."""
        first, last = self._next, self._last
        if first is None or first > last or self._is_asked or not self._has_room():
            return
        self._is_asked = True
        self._pages.want(first, min(first + PAGE - 1, last), self._take_page)

    def _take_page(self, page: Sequence[Entry]) -> None:
        self._is_asked = False
        self._take(page)
        self.go_on()

    def _take(self, some: Sequence[Entry]) -> None:
        if some:
            self._show(some)
            self._next = some[-1].seq + 1


class Hits:
    """What one search finds."""

    def __init__(self, looked_for: str) -> None:
        self._looked_for = looked_for
        self._numbers: set[int] = set()
        self.is_all = False
        """Whether it looked as far as the beginning."""
        self.is_over = False

    def __len__(self) -> int:
        """Return how many were found."""
        return len(self._numbers)

    def take(self, found: events.HitsFound) -> bool:
        """Take what was found; return whether with this it is over."""
        if self.is_over or found.words != self._looked_for:
            return False
        self._numbers.update(found.numbers)
        self.is_over, self.is_all = found.is_over, found.back_to <= 1
        return self.is_over

    @property
    def newest(self) -> list[int]:
        """The numbers of those that are shown, the newest last."""
        return sorted(self._numbers)[-HITS_SHOWN:]


class Log:
    """What a console prints of the log: what is new, or all that there is, and on demand
    hits, and what was before.
    """

    def __init__(
        self,
        ask: Callable[[int, int], None],
        show: Show,
        answer: Answer,
        *,
        has_room: Callable[[], bool],
        reads_all: bool,
    ) -> None:
        """`ask` and `has_room` as in `Pages` and `History`; `answer` prints what was asked for,
        between sentences above and below it.
        """
        self._show = show
        self._answer = answer
        self._pages = Pages(ask)
        self._history = History(self._pages, show, has_room) if reads_all else None
        self._hits: Hits | None = None
        self._is_new = True
        self._first: int | None = None  # of those shown; the next one, where none is

    @property
    def is_reading(self) -> bool:
        """Whether something of it is still to be read and shown."""
        searches = self._hits is not None and not self._hits.is_over
        is_whole = self._history is None or self._history.is_whole
        return searches or bool(self._pages) or not is_whole

    def find(self, looked_for: str) -> None:
        """Show what is found of these words, and of none before."""
        self._hits = Hits(looked_for)

    def show_earlier(self, count: int) -> None:
        """Show so many of the messages before those that are shown."""
        end = self._first
        if end is None:
            self._answer(Command.NOT_YET(), (), "")
        elif end <= 1 or self._history is not None:
            self._answer(Command.BEGINNING(), (), "")
        else:
            self._first = first = max(end - count, 1)
            above = Command.EARLIER(first=first, last=end - 1)
            below = Command.GO_ON() if first > 1 else Command.BEGINNING()
            self._pages.want(first, end - 1, lambda some: self._answer(above, some, below))

    def go_on(self) -> None:
        """Read on, if there is room for more now."""
        if self._history is not None:
            self._history.go_on()

    def handle(self, event: object) -> None:
        """Take in what the member tells of the log."""
        match event:
            case events.LogReplaced():
                self._pages.clear()
                self._is_new, self._first = True, None
            case events.Entered(head=head) if self._is_new:
                self._is_new = False
                if self._history is not None:
                    self._history.begin(head)
            case events.NewEntries(entries):
                if self._history is None:
                    self._show(entries)
                else:
                    self._history.add(entries)
            case events.CaughtUp(first):
                self._first = min(self._first or first, first)
            case events.PageRead(entries):
                self._pages.take(entries)
            case events.HitsFound() if self._hits is not None and self._hits.take(event):
                self._show_hits(self._hits)

    def _show_hits(self, hits: Hits) -> None:
        """Show them together, once all have come."""
        newest = hits.newest
        above = words.found(len(hits), len(hits) - len(newest), is_all=hits.is_all)
        come: list[Entry] = []

        def take(some: Sequence[Entry]) -> None:
            come.extend(some)
            if len(come) == len(newest):
                self._answer(above, come, "")

        for number in newest:
            self._pages.want(number, number, take)
        if not newest:
            self._answer(above, (), "")
