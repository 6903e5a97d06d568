"""How messages look to somebody who reads along on a terminal."""

from collections.abc import Iterable

from chatroom import words
from chatroom.protocol.entries import Entry
from chatroom.terminal import colours
from chatroom.words import moments

LINE_BREAK = "\n" + " " * 6
"""Further lines of a message stand below its first one, behind the time that begins it."""


class WithTimes:
    """Shows them as `12:34 name: text`, with a line where another day begins."""

    def __init__(self, colours: tuple[str, ...]) -> None:
        """Show names in these colours (see `colours`)."""
        self._colours = colours
        self._day: int | None = None

    def __call__(self, some: Iterable[Entry]) -> str:
        return "".join(map(self._lines_of, some))

    def _lines_of(self, one: Entry) -> str:
        name = colours.coloured(words.show_text(one.name), self._colours)
        text = LINE_BREAK.join(map(words.show_text, one.text.rstrip("\n").split("\n")))
        line = f"{name}: {text}\n"
        when = moments.read_time(one.time)
        if when is None:
            return line
        is_new, self._day = when.day != self._day, when.day
        day = f"\u2014 {moments.day_name(when)} \u2014\n" if is_new else ""
        return f"{day}{moments.clock(when)} {line}"
