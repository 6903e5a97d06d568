"""The conversation as a person sees it: the part of the log that is shown, and what waits.

A window hands in what its member tells and draws the changes that come out; what is shown,
what is ours and what waits is known here alone.

    for change in conversation.handle(event):
        draw(change)

The host's window reads along: it hands in entries, and nothing of them is its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chatroom.client import events
from chatroom.protocol.entries import Entry, split_id
from chatroom.protocol.names import name_key


@dataclass(frozen=True)
class Appended:
    """These entries now follow the last one shown."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Prepended:
    """These entries now stand before the first one shown."""

    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Emptied:
    """No entry is shown any more; what waits still does."""


@dataclass(frozen=True)
class WaitingChanged:
    """All that we have said and that is not among the entries yet, in the order of saying."""

    texts: tuple[str, ...]


Change = Appended | Prepended | Emptied | WaitingChanged


class Conversation:
    """A stretch of the log without gaps, and after it what we said and is not in it yet."""

    def __init__(self) -> None:
        """Start with nothing to show; nothing is ours before `Entered` says who we are."""
        self._entries: list[Entry] = []
        self._waiting: dict[int, str] = {}  # by counter
        self._stored = 0  # our last counter on the server's disk
        self._device = ""
        self._name_key: str | None = None

    @property
    def entries(self) -> Sequence[Entry]:
        """The entries shown, the oldest first."""
        return self._entries

    @property
    def first(self) -> int | None:
        """The number of the first entry shown; None where there is none."""
        return self._entries[0].seq if self._entries else None

    @property
    def has_earlier(self) -> bool:
        """Whether the log has entries before the first one shown."""
        return self.first is not None and self.first > 1

    @property
    def waiting(self) -> tuple[str, ...]:
        """What we have said and is not among the entries yet, in the order of saying."""
        return tuple(self._waiting.values())

    def is_ours(self, entry: Entry) -> bool:
        """Tell our entries, also those of an earlier visit under the same name."""
        origin = split_id(entry.id)
        if origin and origin[0] == self._device:
            return True
        return name_key(entry.name) == self._name_key

    def handle(self, event: object) -> list[Change]:
        """Take in what a member tells; return what changed, in the order of drawing."""
        waited = self.waiting
        self._update_waiting(event)
        changes = self._update_log(event)
        return changes if self.waiting == waited else [WaitingChanged(self.waiting), *changes]

    def append(self, entries: Iterable[Entry]) -> list[Change]:
        """Show entries that follow the last one."""
        added = tuple(entries)
        self._entries += added
        return [Appended(added)] if added else []

    def prepend(self, entries: Iterable[Entry]) -> list[Change]:
        """Show entries that end right before the first one; any others are left out."""
        added = tuple(entries)
        if not added or added[-1].seq + 1 != self.first:
            return []
        self._entries[:0] = added
        return [Prepended(added)]

    def clear(self) -> list[Change]:
        """Show no entries any more."""
        self._entries.clear()
        return [Emptied()]

    # ----------------------------------------------------------------------------------

    def _update_log(self, event: object) -> list[Change]:
        match event:
            case events.Entered(name=name, device=device):
                self._device, self._name_key = device, name_key(name)
            case events.NewEntries(entries):
                return self.append(entries)
            case events.PageRead(entries):
                return self.prepend(entries)
            case events.LogReplaced():
                return self.clear()
        return []

    def _update_waiting(self, event: object) -> None:
        match event:
            case events.TextQueued(counter, text):
                self._waiting[counter] = text
            case events.TextRefused(counter=counter):
                self._waiting.pop(counter, None)
            case events.TextsStored(counter):
                self._stored = counter  # it waits until the log that we show has it
            case events.TextsRenumbered(texts):
                self._waiting, self._stored = dict(texts), 0
            case events.NewEntries(entries):
                for device, counter in filter(None, (split_id(one.id) for one in entries)):
                    if device == self._device:
                        self._waiting.pop(counter, None)
            case events.CaughtUp():  # what is stored, and not shown by now, lies before it
                self._keep_waiting(after=self._stored)

    def _keep_waiting(self, after: int) -> None:
        self._waiting = {n: text for n, text in self._waiting.items() if n > after}
