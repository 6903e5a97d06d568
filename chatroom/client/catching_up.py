"""The stretch of the log that a member holds: without gaps, growing at its live end.

Catching up is one thing, whatever made it needful: joining, a lost cast or a week away. What
arrives out of order waits until what is between has come. What lies before the stretch is read
in `pages`.
"""

from collections.abc import Iterable

from chatroom.client import asking, events, fetching, timers
from chatroom.protocol import changes, entries, messages

GAP_WAIT_S = 0.08  # a repeated cast may still fill it
EMPTY_ANSWER_PAUSE_S = 2.0


class Stretch:
    """Holds `first` to `last`; the log is known to reach to `head`.

    The entries themselves are handed on with `take_new`; only the numbers, and the last one,
    stay.
    """

    def __init__(self) -> None:
        self.first = 1
        self.last = 0
        self.head = 0
        self._last: entries.Entry | None = None
        self._ahead: dict[int, entries.Entry] = {}

    @property
    def last_mark(self) -> str:
        """The mark of the last entry, "" where none is held."""
        return "" if self._last is None else entries.mark(self._last)

    @property
    def aside(self) -> int:
        """How many entries wait until what is between has come."""
        return len(self._ahead)

    def begin(self, head: int, count: int | None) -> None:
        """Start anew with the newest `count` entries to get, or with all (None)."""
        self.head = head
        self.last = 0 if count is None else max(head - count, 0)
        self._last = None
        self.first = self.last + 1
        self._ahead.clear()

    def resume(self, head: int) -> None:
        """Go on with a log that holds what we have and reaches to `head`."""
        self.head = max(self.last, head)

    def learn_head(self, head: int) -> None:
        """Note that the log reaches to `head`."""
        self.head = max(self.head, head)

    def offer(self, some: Iterable[entries.Entry]) -> None:
        """Keep what is new and within reach."""
        for entry in some:
            if self.last < entry.seq <= self.last + fetching.AHEAD_MOST:
                self._ahead[entry.seq] = entry

    def take_new(self) -> tuple[entries.Entry, ...]:
        """Extend the stretch; return the entries that it grew by."""
        grown = []
        while (entry := self._ahead.pop(self.last + 1, None)) is not None:
            grown.append(entry)
            self.last, self._last = entry.seq, entry
        self.head = max(self.head, self.last)
        return tuple(grown)

    def missing(self) -> tuple[int, int] | None:
        """Return the first and last number of what to fetch next, or None."""
        if self.last >= self.head:
            return None
        return self.last + 1, min(self._ahead, default=self.head + 1) - 1


class CatchingUp(fetching.Fetcher):
    """Fetches what is missing of the stretch.

    `history` is how many earlier entries to begin with (None: all).
    """

    def __init__(self, history: int | None, random: timers.Random, now: float) -> None:
        super().__init__(now)
        self.stretch = Stretch()
        self._history = history
        self._random = random
        self._has_begun = False
        self._told = False  # that it is complete, since we entered

    @property
    def is_complete(self) -> bool:
        """Whether all that is stored is here, as far as we know."""
        return self.stretch.last >= self.stretch.head

    def missing(self) -> tuple[int, int] | None:
        return self.stretch.missing()

    def hear(self, said: asking.Said, now: float) -> asking.Told:
        match said:
            case messages.Joined():
                self._begin(said, now)
                return self._tell_complete()
            case messages.Stored(head=head):
                self._learn(head, now, GAP_WAIT_S)
            case messages.Pong(head=head) | changes.Changes(head=head):
                self._learn(head, now, 0.0)
            case entries.Entries(number=messages.NO_NUMBER):  # cast
                return self._take(said, now, GAP_WAIT_S)
            case entries.Entries():
                return self._take(said, now, 0.0)
        return ()

    def answered(self, request: messages.Request, now: float) -> asking.Told:
        if self.has_come_to_nothing(request):
            self.ready_at = now + EMPTY_ANSWER_PAUSE_S
        return ()

    def _begin(self, joined: messages.Joined, now: float) -> None:
        if self._has_begun and joined.same:
            self.stretch.resume(joined.head)
        else:
            self.stretch.begin(joined.head, self._history)
        self._has_begun = True
        self._told = False
        self.ready_at = now

    def _take(self, some: entries.Entries, now: float, wait_s: float) -> asking.Told:
        told: list[events.MemberEvent] = []
        self.stretch.offer(some.entries)
        new = self.stretch.take_new()
        self._learn(some.head, now, wait_s)
        if new:
            told.append(events.NewEntries(new))
        return [*told, *self._tell_complete()]

    def _learn(self, head: int, now: float, wait_s: float) -> None:
        """Note how far the log has come; wait before asking what else may bring it."""
        if self.is_complete and self.stretch.head < head:  # a gap that we did not know
            self.ready_at = now + wait_s * (1 + self._random())
        self.stretch.learn_head(head)

    def _tell_complete(self) -> asking.Told:
        if self._told or not self.is_complete:
            return ()
        self._told = True
        return (events.CaughtUp(self.stretch.first),)
