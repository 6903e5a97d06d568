"""What is selected: from a character of one row to one of another. Nothing of Tk."""

from collections.abc import Iterable
from typing import NamedTuple

from chatroom.client.conversation import Conversation
from chatroom.windows.conversation import labels, marks


class Spot(NamedTuple):
    """A place between characters: before the one with this number, in a row's shown text."""

    number: int
    at: int


class Selection:
    """Two spots; nothing is selected where they are one."""

    def __init__(self, shown: Conversation) -> None:
        self._shown = shown
        self._first = self._last = Spot(0, 0)

    def __bool__(self) -> bool:
        return self._first != self._last

    @property
    def last(self) -> Spot:
        """Where it ends."""
        return self._last

    def set(self, one: Spot, other: Spot) -> None:
        """Select what is between two spots."""
        self._first, self._last = min(one, other), max(one, other)

    def span(self, number: int, size: int) -> tuple[int, int] | None:
        """Return which characters of a row, of so many, are selected."""
        if not self or not self._first.number <= number <= self._last.number:
            return None
        start = self._first.at if number == self._first.number else 0
        end = self._last.at if number == self._last.number else size
        return (start, min(end, size)) if start < end else None

    def text(self) -> str:
        """Return what is selected; with names and times where it is more than one message."""
        if not self:
            return ""
        if self._first.number == self._last.number:
            text = self._text_of(self._first.number)
            return marks.copied(text[self._first.at : self._last.at])
        parts, next_one = [], None
        for number in self._numbers_at_hand():
            span = self.span(number, len(self._text_of(number)))
            if next_one not in (None, number):
                parts.append(labels.MISSING)
            next_one = number + 1
            if span is not None:
                parts.append(self._line_of(number, *span))
        return "\n".join(parts)

    # ----------------------------------------------------------------------------------

    def _numbers_at_hand(self) -> Iterable[int]:
        """Return the rows that are selected and say something, in their order."""
        first, last, head = self._first.number, self._last.number, self._shown.head
        seqs = sorted(entry.seq for entry in self._shown.newest_first())
        entries = [seq for seq in seqs if first <= seq <= last]
        return [*entries, *range(max(head + 1, first), min(last, self._shown.count) + 1)]

    def _line_of(self, number: int, start: int, end: int) -> str:
        row = self._shown.row(number)
        text = marks.copied(marks.shown(row.text)[start:end])
        return f"[{labels.stamp(row)}] {labels.name(row)}: {text}"

    def _text_of(self, number: int) -> str:
        return marks.shown(self._shown.text(number)) if number <= self._shown.count else ""
