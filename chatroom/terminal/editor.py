"""The line that somebody types: its text, the place in it, and the lines before.

The keys are those that terminals have had for it since Emacs and readline, beside those with
names: Home, End, Delete, the cursor keys.
"""

from collections import deque
from collections.abc import Callable
from enum import Enum, auto

from chatroom.terminal import keys, widths

LINES_KEPT = 500
"""Lines to go back to; in memory alone."""
LENGTH_MOST = 1 << 18
"""Characters of a line; what is longer is handed on in pieces of that length."""


class Told(Enum):
    """What a key asks of the terminal and not of the line."""

    END = auto()
    CLEAR = auto()


class Editor:
    """Edits one line after another; `text` and `cursor` are what is to be shown.

    A line that ends while it `is_secret` is not one to go back to.
    """

    def __init__(self) -> None:
        self.text = ""
        self.cursor = 0
        self.is_secret = False
        self._keys = keys.Keys()
        self._lines: deque[str] = deque(maxlen=LINES_KEPT)
        self._back = 0  # how many lines before the newest we have gone
        self._draft = ""  # what was typed before that
        self._killed = ""

    def take(self, characters: str) -> list[str | Told]:
        """Take what the terminal sends; return the lines that it ends, and what else it asks."""
        done: list[str | Told] = []
        for what, is_text in self._keys.take(characters):
            if is_text:
                self._insert(what)
            elif what in ENTER:
                done.append(self._end_line())
            elif what == CTRL_D and not self.text:
                done.append(Told.END)
            elif what == CTRL_L:
                done.append(Told.CLEAR)
            elif what in ACTIONS:
                ACTIONS[what](self)
            while len(self.text) >= LENGTH_MOST:
                rest = self.text[LENGTH_MOST:]
                self.text = self.text[:LENGTH_MOST]
                done.append(self._end_line())
                self._insert(rest)
        return done

    # ----------------------------------------------------------------------------------

    def _end_line(self) -> str:
        line = self.text
        is_new = not self._lines or self._lines[-1] != line
        if line.strip() and is_new and not self.is_secret:
            self._lines.append(line)
        self._put("")
        self._back, self._draft = 0, ""
        return line

    def _put(self, text: str) -> None:
        self.text, self.cursor = text, len(text)

    def _insert(self, text: str) -> None:
        self.text = self.text[: self.cursor] + text + self.text[self.cursor :]
        self.cursor += len(text)

    def _before(self) -> int:
        """Return the place before the letter on the left, with all its marks."""
        at = max(self.cursor - 1, 0)
        while at > 0 and (widths.is_mark(self.text[at]) or self.text[at - 1] == "\u200d"):
            at -= 1
        return at

    def _after(self) -> int:
        end = len(self.text)
        at = min(self.cursor + 1, end)
        while at < end and (widths.is_mark(self.text[at]) or self.text[at - 1] == "\u200d"):
            at += 1
        return at

    def _word_before(self, *, is_part: Callable[[str], bool] = str.isalnum) -> int:
        at = self.cursor
        while at > 0 and not is_part(self.text[at - 1]):
            at -= 1
        while at > 0 and is_part(self.text[at - 1]):
            at -= 1
        return at

    def _word_after(self) -> int:
        at, end = self.cursor, len(self.text)
        while at < end and not self.text[at].isalnum():
            at += 1
        while at < end and self.text[at].isalnum():
            at += 1
        return at

    def _remove(self, start: int, end: int) -> str:
        removed = self.text[start:end]
        self.text, self.cursor = self.text[:start] + self.text[end:], start
        return removed

    def _kill(self, start: int, end: int) -> None:
        self._killed = self._remove(start, end) or self._killed

    # Keys ------------------------------------------------------------------------------

    def _left(self) -> None:
        self.cursor = self._before()

    def _right(self) -> None:
        self.cursor = self._after()

    def _word_left(self) -> None:
        self.cursor = self._word_before()

    def _word_right(self) -> None:
        self.cursor = self._word_after()

    def _home(self) -> None:
        self.cursor = 0

    def _end(self) -> None:
        self.cursor = len(self.text)

    def _backspace(self) -> None:
        self._remove(self._before(), self.cursor)

    def _delete(self) -> None:
        self._remove(self.cursor, self._after())

    def _kill_to_end(self) -> None:
        self._kill(self.cursor, len(self.text))

    def _kill_to_start(self) -> None:
        self._kill(0, self.cursor)

    def _kill_word(self) -> None:
        """Take away what stands between spaces, as terminals do themselves."""
        self._kill(self._word_before(is_part=lambda one: not one.isspace()), self.cursor)

    def _kill_word_before(self) -> None:
        self._kill(self._word_before(), self.cursor)

    def _kill_word_after(self) -> None:
        self._kill(self.cursor, self._word_after())

    def _yank(self) -> None:
        self._insert(self._killed)

    def _older(self) -> None:
        if self._back < len(self._lines):
            if not self._back:
                self._draft = self.text
            self._back += 1
            self._put(self._lines[-self._back])

    def _newer(self) -> None:
        if self._back:
            self._back -= 1
            self._put(self._lines[-self._back] if self._back else self._draft)


ENTER = "\n", "\r", "\r\n", "\x1bOM"
CTRL_D, CTRL_L = "\x04", "\x0c"
ACTIONS: dict[str, Callable[[Editor], None]] = {
    key: action
    for action, sent in {
        Editor._left: ("\x02", "\x1b[D", "\x1bOD"),
        Editor._right: ("\x06", "\x1b[C", "\x1bOC"),
        Editor._word_left: ("\x1bb", "\x1b[1;5D", "\x1b[1;3D", "\x1b[5D", "\x1bOd"),
        Editor._word_right: ("\x1bf", "\x1b[1;5C", "\x1b[1;3C", "\x1b[5C", "\x1bOc"),
        Editor._home: ("\x01", "\x1b[H", "\x1bOH", "\x1b[1~", "\x1b[7~"),
        Editor._end: ("\x05", "\x1b[F", "\x1bOF", "\x1b[4~", "\x1b[8~"),
        Editor._backspace: ("\x7f", "\x08"),
        Editor._delete: ("\x04", "\x1b[3~"),
        Editor._kill_to_end: ("\x0b",),
        Editor._kill_to_start: ("\x15",),
        Editor._kill_word: ("\x17",),
        Editor._kill_word_before: ("\x1b\x7f", "\x1b\x08"),
        Editor._kill_word_after: ("\x1bd", "\x1b[3;5~"),
        Editor._yank: ("\x19",),
        Editor._older: ("\x10", "\x1b[A", "\x1bOA"),
        Editor._newer: ("\x0e", "\x1b[B", "\x1bOB"),
    }.items()
    for key in sent
}
"""What each key does, by what terminals send for it."""
