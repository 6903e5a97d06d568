"""What is selected: from a character of one row to one of another. Nothing of Tk."""

from collections.abc import Iterator
from typing import NamedTuple

from chatroom import words
from chatroom.client.conversation import Conversation
from chatroom.windows.conversation import labels, marks
from chatroom.words import moments


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
    def first(self) -> Spot:
        """Where it begins."""
        return self._first

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
        """Return what is selected; with names and times where it is more than one message.

        Days stand there where it is more than one, and a sign where some is not at hand.
        """
        if not self:
            return ""
        if self._first.number == self._last.number:
            text = self._text_of(self._first.number)
            return text[self._first.at : self._last.at]
        said = list(self._said())
        times = [moments.read_time(time) for _, _, time, _ in said]
        has_days = len({when.day for when in times if when}) > 1
        lines: list[str] = []
        before, day = max(self._first.number, 1) - 1, None
        for when, (number, name, time, text) in zip(times, said, strict=True):
            if number > before + 1:
                lines.append(labels.MISSING)
            if has_days and when and when.day != day:
                day = when.day
                lines.append(f"\u2014 {moments.day_name(when)} \u2014")
            before = number
            text = marks.shown(text)
            start, end = self.span(number, len(text)) or (0, 0)
            if text[start:end].strip("\n"):  # not from behind all that is drawn of it
                lines.append(f"[{labels.clock(time)}] {name}: {text[start:end]}")
        if before < self._last.number:
            lines.append(labels.MISSING)
        return "\n".join(lines)

    # ----------------------------------------------------------------------------------

    def _said(self) -> Iterator[tuple[int, str, str, str]]:
        """Yield number, name, time and text of what is selected and at hand."""
        first, last, head = self._first.number, self._last.number, self._shown.head
        entries = [one for one in self._shown.newest_first() if first <= one.seq <= last]
        for entry in reversed(entries):
            yield entry.seq, words.show_text(entry.name), entry.time, entry.text
        for number in range(max(head + 1, first), min(last, self._shown.count) + 1):
            row = self._shown.row(number)
            yield number, labels.name(row), row.time, row.text

    def _text_of(self, number: int) -> str:
        return marks.shown(self._shown.text(number)) if number <= self._shown.count else ""
