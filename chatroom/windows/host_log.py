"""The host's log: what happened and when, line by line, without Tk.

Equal refusals of one address are counted in one line, and messages that are stored one after
another are one line, so that nobody can flood it. Sentences are said in the language of their
time; `retell` says them anew.
"""

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from chatroom import words
from chatroom.network.events import DriverFailed
from chatroom.protocol.addresses import Network, host_of, to_block
from chatroom.protocol.entries import Entry
from chatroom.records import replace
from chatroom.server import events
from chatroom.words.hosting import Host

LINES_MOST = 5000
COUNTED_WITHIN = 100
"""A refusal is counted in its line while that is among so many of the newest ones."""
NAMES_MOST = 8

WARNINGS = (
    events.GuessFailed,
    events.GuessesSlowed,
    events.AddressRefused,
    events.StorageRefused,
    events.StorageBroken,
    DriverFailed,
)

Say = Callable[[], str]


class Line:
    """One line; `number` counts all lines that ever were, from 1."""

    event: object = None
    count: int = 1
    last: datetime = datetime.min
    refused: Network | None = None  # what to block, to hear of it no more
    text: str = ""

    def __init__(self, number: int, time: datetime, say: Say, *, warns: bool) -> None:
        self.number = number
        self.time = time
        self.say = say
        self.warns = warns

    def retell(self) -> None:
        """Say it in today's language."""
        said = words.show_text(self.say())
        if self.count > 1:
            said = Host.COUNTED(said=said, count=self.count, last=f"{self.last:%H:%M:%S}")
        self.text = said


class Filter(NamedTuple):
    """Which lines are wanted: with these words, in any case; with warnings alone."""

    words: str = ""
    warnings: bool = False

    def passes(self, line: Line) -> bool:
        """Tell whether a line is wanted."""
        if self.warnings and not line.warns:
            return False
        said = f"{line.time:%H:%M:%S} {line.text}".casefold()
        return all(word in said for word in self.words.casefold().split())


class HostLog:
    """The newest lines; `dropped` older ones were let go."""

    def __init__(self, now: Callable[[], datetime] = datetime.now, most: int = LINES_MOST) -> None:
        self.dropped = 0
        self._now = now
        self._most = most
        self._lines: deque[Line] = deque()
        self._counted: dict[object, Line] = {}  # refusals by what is equal in them

    def __iter__(self) -> Iterator[Line]:
        """Yield the lines, the oldest first."""
        return iter(self._lines)

    def __len__(self) -> int:
        return len(self._lines)

    def hear(self, event: object) -> Line | None:
        """Take in an event; return the line that is new or has changed, if one has."""
        match event:
            case _ if words.sentence(event) is None:
                return None
            case events.MessagesStored(entries):
                return self._hear_stored(entries)
            case (
                events.GuessFailed(address=address)
                | events.GuessesSlowed(address=address)
                | events.AddressRefused(address=address)
                | events.JoinRefused(address=address)
            ):
                line = self._count(event, str(host_of(address)))
                line.refused = to_block(address)
                return line
        return self._add_event(event)

    def add(self, say: Say, *, warns: bool = False) -> Line:
        """Add a line that `say` puts into words, now and in every other language."""
        line = Line(self._newest + 1, self._now(), say, warns=warns)
        line.retell()
        self._lines.append(line)
        if len(self._lines) > self._most:
            self._lines.popleft()
            self.dropped += 1
        self._forget_old_refusals()
        return line

    def retell(self) -> None:
        """Say all lines in today's language."""
        for line in self._lines:
            line.retell()

    # ----------------------------------------------------------------------------------

    @property
    def _newest(self) -> int:
        return self.dropped + len(self._lines)

    def _add_event(self, event: object) -> Line:
        line = self.add(lambda: words.sentence(event) or "", warns=isinstance(event, WARNINGS))
        line.event = event
        return line

    def _count(self, refused: Any, host: str) -> Line:
        """Count a refusal in the line of its equals, where that is near, or begin one."""
        event = replace(refused, address=host)  # each try comes from another port
        line = self._counted.get(event)
        if line is None or line.number <= self._newest - COUNTED_WITHIN:
            line = self._counted[event] = self._add_event(event)
            return line
        line.count += 1
        line.last = self._now()
        line.retell()
        return line

    def _hear_stored(self, entries: Sequence[Entry]) -> Line:
        """Add that these were stored, or have the newest line say so if it says such a thing."""
        line = self._lines[-1] if self._lines else None
        if line is None or not isinstance(line.event, events.MessagesStored):
            return self._add_event(events.MessagesStored(_bare(entries)))
        both = events.MessagesStored(_bare((*line.event.entries, *entries)))
        line.event, line.say = both, lambda: words.sentence(both) or ""
        line.retell()
        return line

    def _forget_old_refusals(self) -> None:
        if len(self._counted) > 2 * COUNTED_WITHIN:
            least = self._newest - COUNTED_WITHIN
            near = {event: line for event, line in self._counted.items() if line.number > least}
            self._counted = near


def _bare(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Return the first entry of each name, as far as they are shown, and the last of all.

    Without their texts, which are none of the log's.
    """
    by_name: dict[str, Entry] = {}
    for entry in entries:
        if len(by_name) < NAMES_MOST:
            by_name.setdefault(entry.name, entry)
    shown = [one for one in by_name.values() if one is not entries[-1]]
    return tuple(one._replace(text="") for one in (*shown, entries[-1]))
