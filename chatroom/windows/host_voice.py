"""What the host says, as the conversation shows it: it waits there until it is stored.

The room stores the host's texts in their order, each as one entry under the host's name, so
that whatever entries of that name come are the oldest ones that wait.
"""

from collections import deque
from collections.abc import Sequence
from itertools import islice

from chatroom.client import conversation, events
from chatroom.protocol import texts
from chatroom.protocol.entries import Entry
from chatroom.server.host import WAITING_MOST

Said = Sequence[int]
"""The numbers of the texts that something said at once became."""


class HostVoice:
    """Tells a conversation of the host's texts as a member's are told of."""

    def __init__(self, shown: conversation.Conversation) -> None:
        self._shown = shown
        self._said = 0
        self._waiting: deque[int] = deque()  # the numbers of texts, the oldest first

    def begin(self, room: str, name: str) -> None:
        """Speak in a room under a name; the log as it is now is history."""
        head = self._shown.head
        self._shown.handle(events.Entered(room, name, "", back=True, head=head))

    def say(self, text: str) -> tuple[conversation.Changed | None, Said]:
        """Have a text wait, and return which rows that changes, and its numbers."""
        first, changed = self._said + 1, None
        for part in islice(texts.parts(text), WAITING_MOST):
            self._said += 1
            self._waiting.append(self._said)
            changed = self._shown.handle(events.TextQueued(self._said, part))
        return changed, range(first, self._said + 1)

    def take_back(self, said: Said) -> conversation.Changed | None:
        """Have it wait no more: it was refused."""
        changes = []
        for number in said:
            if number in self._waiting:
                self._waiting.remove(number)
                changes.append(self._shown.handle(events.TextRefused(number, "")))
        return _all(changes)

    def hear(self, entries: Sequence[Entry]) -> conversation.Changed | None:
        """Show new entries; those of the host wait no more."""
        changes = []
        stored = [
            self._waiting.popleft() for one in entries if self._waiting and self._shown.is_ours(one)
        ]
        if stored:
            for event in (events.TextsStored(stored[-1]), events.CaughtUp(1)):
                changes.append(self._shown.handle(event))
        changes.append(self._shown.handle(events.NewEntries(tuple(entries))))
        return _all(changes)

    def end(self) -> tuple[conversation.Changed | None, str]:
        """Speak no more; return which rows that changes, and what was never stored."""
        lost = "\n".join(self._shown.waiting)
        return self.take_back(tuple(self._waiting)), lost


def _all(changes: Sequence[conversation.Changed | None]) -> conversation.Changed | None:
    rows = [one for one in changes if one is not None]
    if not rows:
        return None
    return conversation.Changed(min(one.first for one in rows), max(one.last for one in rows))
