"""The conversation as a person sees it, row by row: the whole log, and what waits.

    row 0               the top of the room, before its first entry
    rows 1 to head      the entries of the log by their numbers, at hand or not
    ... to count        what we have said and is not in the log yet, in the order of saying

A window hands in what its member tells, and is told which rows are to be drawn again:

    changed = conversation.handle(event)
    view.draw(changed)

It says what is in view, and learns which page to have read for that (`want`). The host's
window reads along: it hands in entries, and nothing of them is its own.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import Enum, auto
from typing import NamedTuple

from chatroom.client import devices, events, kept, notices, waiting
from chatroom.client.when import When
from chatroom.protocol.entries import Entry, split_id
from chatroom.protocol.names import name_key

GROUP_S = 300
"""What somebody says within five minutes belongs together."""
PAGE_ROWS = 80  # of usual length they fit the 16 datagrams of one answer
ROWS_AROUND = 20  # are at hand before they come into view
LATE_MOST = 50
"""So many of the newest entries may have come before it is told that somebody has come."""
COMING_MOST = 500
"""So many entries after the newest at hand come by themselves, soon."""


class Kind(Enum):
    """What a row is."""

    TOP = auto()
    ABSENT = auto()  # an entry that is not at hand
    THEIRS = auto()
    OURS = auto()
    WAITING = auto()  # ours, and not known to be stored


class Row(NamedTuple):
    """All that is to be drawn of one row, from top to bottom.

    `time` is as the log has it, `when` the same, or None where it cannot be read. `notices`
    are events that happened after it.
    """

    number: int
    kind: Kind
    name: str
    text: str
    time: str
    when: When | None
    begins_group: bool
    begins_day: bool
    is_first_unread: bool
    notices: tuple[object, ...]


class Changed(NamedTuple):
    """Rows `first` to `last` are not what they were; some may have come, or gone."""

    first: int
    last: int


class _Said(NamedTuple):
    """What a row says, whether it is in the log or waits."""

    kind: Kind
    name: str
    text: str
    time: str


class Conversation:
    """The log as far as it is known, with what is ours, what waits and what is unread."""

    def __init__(self, read_time: Callable[[str], When | None], utc_now: Callable[[], str]) -> None:
        """Start with nothing to show; nothing is ours before `Entered` says who we are.

        `read_time` reads a time of the log; `utc_now` gives one, for what we say.
        """
        self.head = 0
        self.name = ""
        self.unread: int | None = None
        """The row above which is said that it and those below were not read yet."""
        self._read_time = read_time
        self._kept = kept.Kept()
        self._utc_now = utc_now
        self._waiting = waiting.Waiting(utc_now)
        self._device = ""
        self._name_key: str | None = None
        self._notices = notices.Notices()
        self._devices = devices.Devices()
        self._history: int | None = None  # up to here all was said before we were there
        self._live: int | None = None  # up to here all new entries have come
        self._place = 0  # about what is looked at
        self._wanted: tuple[int, int] | None = None
        self._attends = True
        self._read: int | None = None
        self._own_unread = 0

    # Rows ------------------------------------------------------------------------------

    @property
    def count(self) -> int:
        """The number of the last row."""
        return self.head + len(self._waiting)

    @property
    def waiting(self) -> tuple[str, ...]:
        """What we have said and is not in the log yet, in the order of saying."""
        return self._waiting.texts()

    def row(self, number: int) -> Row:
        """Return what is in a row, 0 to `count`."""
        said = self._said(number)
        before = self._said(number - 1) if number > 0 else None
        when = self._read_time(said.time)
        when_before = self._read_time(before.time) if before is not None else None
        begins_day = (when is not None and not self._notices.has_day(number - 1, when)) and (
            number == 1
            or (
                before is not None
                and before.kind is not Kind.ABSENT
                and (when_before is None or when_before.day != when.day)
            )
        )
        is_first_unread = number == self.unread
        begins_group = (
            begins_day
            or is_first_unread
            or before is None
            or before.name != said.name
            or number - 1 in self._notices
            or (when is not None and when_before is not None and _apart(when, when_before))
        )
        below = self._notices.below(number)
        return Row(number, *said, when, begins_group, begins_day, is_first_unread, below)

    def text(self, number: int) -> str:
        """Return what a row says, "" where that is not at hand."""
        return self._said(number).text

    def newest_first(self) -> Iterator[Entry]:
        """Yield all entries that are at hand."""
        return self._kept.newest_first()

    def is_ours(self, entry: Entry) -> bool:
        """Tell our entries, also those of an earlier visit under the same name."""
        origin = split_id(entry.id)
        if origin and origin[0] == self._device:
            return True
        return name_key(entry.name) == self._name_key

    def want(self, first: int, last: int) -> tuple[int, int] | None:
        """Note that these rows are in view; return which page to read for that, if any.

        The first and the last number; None where all is at hand, or is on its way.
        """
        self._place = (first + last) // 2
        around = range(max(first - ROWS_AROUND, 1), min(last + ROWS_AROUND, self.head) + 1)
        absent = [number for number in around if self._is_to_be_read(number)]
        if not absent or (self._wanted and _holds(self._wanted, absent[0], absent[-1])):
            return None
        low, high = absent[0], absent[-1]
        if low <= first:
            low = min(low, max(high - PAGE_ROWS + 1, 1))
        else:
            high = max(high, min(low + PAGE_ROWS - 1, self.head))
        self._wanted = low, high
        return self._wanted

    # What happens ----------------------------------------------------------------------

    def handle(self, event: object) -> Changed | None:
        """Take in what a member tells; return which rows that changes."""
        count, head, unread = self.count, self.head, self.unread
        waited = self._waiting.counters
        self._waiting.handle(event, self._device)
        changed = self._update_log(event)
        if self._waiting.counters != waited or self.head != head:
            changed = _both(changed, Changed(head, max(count, self.count)))
        return _both(changed, self._moved_line(unread))

    def begin(self, head: int) -> Changed:
        """Show a log with so many entries, none of which is at hand yet."""
        changed = self._clear()
        self.head = self._live = self._history = head
        return Changed(0, max(changed.last, head))

    def add(self, entries: Iterable[Entry]) -> Changed | None:
        """Take in entries of the log: the next ones, or a page of older ones."""
        added = tuple(entries)
        if not added:
            return None
        head = self.head
        self.head = max(self.head, added[-1].seq)
        if self._live is not None and added[0].seq <= self._live + 1:
            self._live = max(self._live, added[-1].seq)
        at_end = self._place >= head - ROWS_AROUND
        self._kept.put(added, self.head if at_end else self._place)
        if self._wanted and not any(map(self._is_to_be_read, _numbers(self._wanted))):
            self._wanted = None
        return Changed(min(added[0].seq, head), max(added[-1].seq + 1, self.count))

    def note(self, event: object) -> Changed:
        """Have this stand below the newest entry: comings and goings there as one.

        Who is told as having come has perhaps said something already, and stands above that.
        """
        row = self.head
        if isinstance(event, events.PeopleChanged) and event.came:
            row = self._row_before(event.came)
            if row < self.head:
                came = events.PeopleChanged((), event.came, ())
                self._notices.add(row, came, self._day_after(row, self._said(row + 1).time))
                event = events.PeopleChanged((), (), event.went)
        self._notices.add(self.head, event, self._day_after(self.head, self._utc_now()))
        return Changed(row, self.head + 1)

    # What is read ----------------------------------------------------------------------

    @property
    def read(self) -> int:
        """The number of the last entry that somebody had before their eyes."""
        return self.head if self._attends else min(self._read or 0, self.head)

    @property
    def unread_count(self) -> int:
        """How many entries of others came while nobody attended."""
        return max(self.head - self.read - self._own_unread, 0)

    def open_at(self, read: int) -> None:
        """Say, before we enter, which entry was the last one read on an earlier visit.

        0 where there was none.
        """
        self._read = read or None

    def attend(self, present: bool) -> Changed | None:
        """Note that somebody looks at the conversation, or does not."""
        unread = self.unread
        if not present and self._attends:
            self._read = self.head or self._read  # 0 before we enter
            self._own_unread, self.unread = 0, None
        self._attends = present
        return self._moved_line(unread)

    # ----------------------------------------------------------------------------------

    def _said(self, number: int) -> _Said:
        entry = self._kept.get(number)
        if entry is not None:
            kind = Kind.OURS if self.is_ours(entry) else Kind.THEIRS
            return _Said(kind, entry.name, entry.text, entry.time)
        if number > self.head:
            text, time = self._waiting.said(number - self.head - 1)
            return _Said(Kind.WAITING, self.name, text, time)
        return _Said(Kind.ABSENT if number else Kind.TOP, "", "", "")

    def _row_before(self, names: Sequence[str]) -> int:
        """Return the row before the first that these have said since people were last told of."""
        row = self.head
        for number in range(self.head, max(self._history or 0, self.head - LATE_MOST), -1):
            entry = self._kept.get(number)
            if entry is None or self._notices.has_people(number):
                break
            if entry.name in names:
                row = number - 1
        return row

    def _day_after(self, row: int, time: str) -> When | None:
        """Return a time where it is of another day than a row, None for the same day."""
        when, above = self._read_time(time), self._read_time(self._said(row).time)
        is_other = when is not None and above is not None and when.day != above.day
        return when if is_other else None

    def _is_to_be_read(self, number: int) -> bool:
        """Tell whether an entry is not at hand, and does not come by itself."""
        if number in self._kept or self._live is None:
            return False
        return not self._live < number <= self._live + COMING_MOST

    def _update_log(self, event: object) -> Changed | None:
        match event:
            case events.Entered():
                return self._enter(event)
            case events.NewEntries(entries):
                self._live = entries[-1].seq
                self._count_unread(entries)
                self._mark_devices(entries)
                return self.add(entries)
            case events.PageRead(entries):
                return self.add(entries)
            case events.LogReplaced():
                return self._clear()
            case events.TextQueued() if self._attends:
                self.unread = None  # whoever answers has read it
            case events.CaughtUp(first=first):
                self._live = max(self._live or 0, first - 1)
        return None

    def _mark_devices(self, entries: tuple[Entry, ...]) -> None:
        """Say above an entry that came since we entered where its name has moved."""
        for entry in entries:
            if self._devices.hear(entry) and entry.seq > (self._history or 0):
                self._notices.add(entry.seq - 1, notices.NameMoved(entry.name))

    def _enter(self, entered: events.Entered) -> Changed:
        """Show the log that we came to, from its first entry to its last."""
        self._device, self.name = entered.device, entered.name
        self._name_key = name_key(entered.name)
        self._wanted = None  # the page was asked for in another session
        head, self.head = self.head, max(self.head, entered.head)
        if self._read is None or self._read > self.head:  # it is of another log
            self._read = self.head
        if self._history is None:
            self._history = self.head
        if not entered.back and self._read < self.head:
            self.unread = self._read + 1
        return Changed(0 if not entered.back else head, self.count)

    def _clear(self) -> Changed:
        count = self.count
        self._kept.clear()
        self._devices.clear()
        self._notices.clear()
        self.head = self._own_unread = 0
        self._history = self._live = self._wanted = self.unread = self._read = None
        return Changed(0, count)

    def _count_unread(self, entries: Iterable[Entry]) -> None:
        if self._attends:
            return
        for entry in entries:
            if entry.seq > (self._read or 0):
                if self.is_ours(entry):
                    self._own_unread += 1
                else:
                    self.unread = self.unread or entry.seq

    def _moved_line(self, unread: int | None) -> Changed | None:
        """Return what changed since the line of the unread stood above this row."""
        rows = [row for row in (unread, self.unread) if row is not None]
        return Changed(min(rows), max(rows) + 1) if unread != self.unread else None


def _apart(when: When, before: When) -> bool:
    return not 0 <= when.seconds - before.seconds <= GROUP_S


def _holds(page: tuple[int, int], first: int, last: int) -> bool:
    return page[0] <= first and last <= page[1]


def _numbers(page: tuple[int, int]) -> range:
    return range(page[0], page[1] + 1)


def _both(one: Changed | None, other: Changed | None) -> Changed | None:
    if one is None or other is None:
        return one or other
    return Changed(min(one.first, other.first), max(one.last, other.last))
