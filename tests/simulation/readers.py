"""What somebody reads beside the live end: pages of the log, and searches."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from chatroom.client import events
from chatroom.protocol import search
from chatroom.protocol.entries import Entry

WORDS = (
    "you",
    "SO",
    "明天",
    "left; no",
    "\twice",
    "old 1",
    "=1+",
    "1.",
    "e",
    "from:ana",
    "from:Eva OLD",
    'from:"bo" are',
    "nobody says this",
    "",
)


@dataclass
class Page:
    """A page that was wished for when the log was known to reach to `head`."""

    first: int
    last: int
    head: int
    shown: list[Entry] = field(default_factory=list)

    @property
    def missing(self) -> set[int]:
        """The numbers of what the log had and this has not shown."""
        wanted = range(self.first, min(self.last, self.head) + 1)
        return set(wanted) - {entry.seq for entry in self.shown}

    def take(self, came: Sequence[Entry]) -> str | None:
        """Take what is shown of it; return what is wrong with that."""
        strays = [one.seq for one in came if not self.first <= one.seq <= self.last]
        if strays:
            return f"{strays} is no part of {self.first}-{self.last}"
        had = {entry.seq for entry in self.shown}
        twice = [one.seq for one in came if one.seq in had]
        self.shown += came
        return f"{twice} came twice" if twice else None


@dataclass
class Search:
    """A search that was begun when the log was known to reach to `head`."""

    words: str
    before: int  # 0: all
    head: int
    numbers: list[int] = field(default_factory=list)
    back_to: int = 0
    is_over: bool = False

    def take(self, found: events.HitsFound) -> str | None:
        """Take what is told of it; return what is wrong with that."""
        if found.words != self.words:
            return f"told of {found.words!r}"
        numbers = [*self.numbers, *found.numbers]
        if numbers != sorted(set(numbers), reverse=True):
            return f"numbers not in order: {numbers}"
        if self.before and numbers and numbers[0] >= self.before:
            return f"{numbers[0]} is not before {self.before}"
        if numbers and numbers[-1] < found.back_to:
            return f"looked back to {found.back_to} and found {numbers[-1]}"
        self.numbers, self.back_to, self.is_over = numbers, found.back_to, found.is_over
        return None

    def check(self, archived: Sequence[Entry]) -> str | None:
        """Return what it found wrongly, or did not find, of what was there when it began."""
        query = search.parse(self.words)
        beyond = self.before or len(archived) + 1
        right = {
            entry.seq
            for entry in archived[max(self.back_to, 1) - 1 : beyond - 1]
            if query.matches(entry.name, entry.text)
        }
        found = set(self.numbers)
        wrong = found - right
        missed = {number for number in right - found if number <= self.head}
        if wrong or missed:
            return f"{self.words!r} missed {sorted(missed)}, found wrongly {sorted(wrong)}"
        return None


class Reader:
    """The page and the search of one visit; `searches` are those that are over."""

    def __init__(self) -> None:
        self.page: Page | None = None
        self.search: Search | None = None
        self.searches: list[Search] = []

    def take_page(self, event: events.PageRead) -> str | None:
        """Take a part of the page; return what is wrong with it."""
        return self.page.take(event.entries) if self.page else "nobody wanted a page"

    def take_hits(self, event: events.HitsFound) -> str | None:
        """Take a part of what is found; return what is wrong with it."""
        if self.search is None:
            return "nobody searches"
        wrong = self.search.take(event)
        if self.search.is_over:
            self.searches.append(self.search)
            self.search = None
        return wrong
