"""What a search has found: which hits are known, and on which one its reader stands.

Entries at hand are looked through here (`look`), the whole room by the server (`hear`). Both
find the same, so their hits are one list, the newest first. It has no gaps as far back as
both have come in a row from the newest entry; hits that happen to be known beyond are not
gone to before all between are known as well.

    ask(hits.begin("keys", head))       what it returns is for `Member.find`
    hits.look(conversation.newest_first())
    hits.hear(found)
    ask(hits.go_older())
"""

from collections.abc import Iterable
from typing import NamedTuple

from chatroom.client import events
from chatroom.protocol import search
from chatroom.protocol.entries import Entry

KNOWN_AHEAD = 20
"""With fewer older hits known than these, the server is asked for more."""


class Wish(NamedTuple):
    """What the server is to look for: words, in entries before a number (0: in all)."""

    words: str
    before: int


class Hits:
    """The hits of one search at a time; `current` is the number of the one stood on."""

    def __init__(self) -> None:
        self.begin("", 0)

    # What is looked for ----------------------------------------------------------------

    def begin(self, words: str, head: int) -> Wish | None:
        """Look for these words, in a log of so many entries. None where there are none."""
        self.words = words
        self.current: int | None = None
        self.is_waiting = False
        """Whether an older hit was asked for and is not known yet."""
        self._query = search.parse(words)
        self._numbers: list[int] = []  # the newest first
        return self.again(head)

    def again(self, head: int) -> Wish | None:
        """Look for the same once more, as there may be entries that nobody looked at."""
        self._head = head
        self._known_to = head + 1  # down to here all is looked at
        self._asked = bool(self._query) and head > 0
        return Wish(self.words, 0) if self._asked else None

    def stop(self) -> None:
        """The server was told to stop; what is known stays."""
        self._asked = self.is_waiting = False

    def look(self, entries: Iterable[Entry]) -> None:
        """Look through entries of the log: at hand, the newest first, or new ones."""
        found = []
        for entry in entries:
            if entry.seq == self._known_to - 1:
                self._known_to = entry.seq
            self._head = max(self._head, entry.seq)
            if self._query.matches(entry.name, entry.text):
                found.append(entry.seq)
        self._add(found)

    def hear(self, found: events.HitsFound) -> None:
        """Take in what the server found, if it is about these words."""
        if found.words != self.words or not self._asked:
            return
        if found.back_to > 0:  # else it has looked at nothing
            self._known_to = min(self._known_to, found.back_to)
        self._asked = not found.is_over
        self._add(found.numbers)

    # What is known ---------------------------------------------------------------------

    @property
    def count(self) -> int:
        """How many hits are known."""
        return len(self._numbers)

    @property
    def rank(self) -> int:
        """Which hit is stood on, 1 being the newest; 0 where there is none."""
        return 0 if self.current is None else self._numbers.index(self.current) + 1

    @property
    def is_searching(self) -> bool:
        """Whether the server looks for more, which is needed as long as not all is known."""
        return self._asked and not self.is_complete

    @property
    def is_complete(self) -> bool:
        """Whether all of the log is looked at."""
        return self._known_to <= 1

    @property
    def share(self) -> float:
        """How much of the log is looked at, from 0 to 1."""
        return 1 - (self._known_to - 1) / self._head if self._head else 1.0

    # Going from hit to hit -------------------------------------------------------------

    def go_older(self) -> Wish | None:
        """Go to the next older hit, from the oldest to the newest; return what to ask for."""
        self.is_waiting = True
        self._settle()
        return self._ask_on()

    def go_newer(self) -> None:
        """Go to the next newer hit; from the newest to the oldest once all are known."""
        if self.current is None:
            return
        newer = self.rank - 2
        if newer >= 0 or self.is_complete:
            self.current = self._numbers[newer]

    # ----------------------------------------------------------------------------------

    def _add(self, numbers: Iterable[int]) -> None:
        fresh = set(numbers).difference(self._numbers)
        if fresh:
            self._numbers = sorted(fresh.union(self._numbers), reverse=True)
        self._settle()

    def _settle(self) -> None:
        """Go where the reader wants to be, as far as that is known."""
        after = self.rank
        if self.is_waiting or self.current is None:
            if after < len(self._numbers) and self._numbers[after] >= self._known_to:
                self.current, self.is_waiting = self._numbers[after], False
            elif self.is_complete:
                self.current, self.is_waiting = next(iter(self._numbers), None), False

    def _ask_on(self) -> Wish | None:
        """Return what to ask for when the reader comes to the end of what is known."""
        known = [number for number in self._numbers[self.rank :] if number >= self._known_to]
        if self._asked or self.is_complete or len(known) >= KNOWN_AHEAD or not self._query:
            return None
        self._asked = True
        return Wish(self.words, self._known_to if self._known_to <= self._head else 0)
