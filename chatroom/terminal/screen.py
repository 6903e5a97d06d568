"""What comes in, and below it what waits and the line that is typed, whole at all times.

    12:34 Budi: see you there
    waiting: I am coming
    > the line that is ty_

The lowest rows are drawn again after whatever is printed above them. Each is cut to one row
of the terminal, so that it is known where they begin; a long typed line is shown around its
cursor.
"""

import threading
from collections.abc import Callable, Sequence

from chatroom import words
from chatroom.terminal import output, widths

PROMPT = "> "
CUT = "\u2026"
FAINT, PLAIN = "\x1b[2m", "\x1b[m"
_NO_WRAP, _WRAP = "\x1b[?7l", "\x1b[?7h"
_CLEAR_BELOW, _CLEAR_ALL = "\x1b[J", "\x1b[H\x1b[2J"


def no_more() -> bool:
    """Tell that nobody waits for a write."""
    return False


class Screen:
    """A terminal with rows that stay at its end. Any thread may use it."""

    def __init__(self, out: output.Output, size: Callable[[], tuple[int, int]]) -> None:
        """Print to `out`; `size()` returns the terminal's columns and rows."""
        self._out = out
        self._size = size
        self._lock = threading.RLock()
        self._rows: Sequence[str] = ()
        self._typed, self._cursor = "", 0
        self._is_open = self._is_drawn = False
        self._rows_drawn = 0  # above the prompt

    def print(self, text: str, is_wanted: Callable[[], bool] = no_more) -> None:
        """Print whole lines above; they may be lost where `Output.write` says so."""
        with self._lock:
            self._out.write(self._erased() + text + self._drawn(), is_wanted)

    def show_typed(self, text: str, cursor: int) -> None:
        """Show the line that is typed, and where in it."""
        with self._lock:
            self._typed, self._cursor = text, cursor
            self.draw()

    def show_rows(self, rows: Sequence[str]) -> None:
        """Show these above the line that is typed."""
        with self._lock:
            if list(rows) != list(self._rows):
                self._rows = rows
                self.draw()

    def draw(self) -> None:
        """Draw the lowest rows, anew where they are there, if they are to be shown."""
        with self._lock:
            self._out.write(self._erased() + self._drawn())

    def clear(self) -> None:
        """Leave nothing but the lowest rows."""
        with self._lock:
            self._is_drawn = False
            self._out.write(_CLEAR_ALL + self._drawn())

    def open(self) -> None:
        """Show the lowest rows from now on."""
        with self._lock:
            self._is_open = True
            self.draw()

    def close(self, *, keeps_typed: bool) -> None:
        """Show them no more; what is typed may stay as a line, so that it is not lost."""
        with self._lock:
            self._is_open = False
            is_kept = keeps_typed and self._typed.strip()
            typed = words.show_text(PROMPT + self._typed)
            self._out.write(self._erased() + (f"{typed}\n" if is_kept else ""))

    # ----------------------------------------------------------------------------------

    def _erased(self) -> str:
        if not self._is_drawn:
            return ""
        self._is_drawn = False
        up = f"\x1b[{self._rows_drawn}A" if self._rows_drawn else ""
        return f"\r{up}{_CLEAR_BELOW}"

    def _drawn(self) -> str:
        if not self._is_open:
            return ""
        columns, rows = self._size()
        cells = max(columns - 1, 1)
        shown = [cut(row, cells) for row in self._rows[: max(rows - 2, 0)]]
        prompt = PROMPT if cells > 4 * len(PROMPT) else ""
        before, after = around(self._typed, self._cursor, cells - len(prompt))
        self._is_drawn, self._rows_drawn = True, len(shown)
        above = "".join(f"{FAINT}{row}{PLAIN}\n" for row in shown)
        # The cursor goes where the same again ends, however wide the terminal draws it.
        return f"{_NO_WRAP}{above}{prompt}{before}{after}\r{prompt}{before}{_WRAP}"


def cut(text: str, cells: int) -> str:
    """Return a text as it fits one row, harmless, and with a sign where it was cut."""
    text = words.show_text(text[: 4 * cells])
    if widths.width(text) <= cells:
        return text
    return widths.fitting(text, cells - 1) + CUT


def around(text: str, cursor: int, cells: int) -> tuple[str, str]:
    """Return what is shown of a line before and after its cursor, which has a cell of its own."""
    before = words.show_text(text[max(cursor - 4 * cells, 0) : cursor])
    after = words.show_text(text[cursor : cursor + 4 * cells])
    if widths.width(before) + widths.width(after) < cells and len(before) == cursor:
        return before, after
    room = max(cells * 3 // 4, cells - 1 - widths.width(after))
    if widths.width(before) > room or len(before) < cursor:
        before = CUT + widths.fitting_end(before, room - 1)
    return before, cut(after, max(cells - widths.width(before), 0)) if after else ""
