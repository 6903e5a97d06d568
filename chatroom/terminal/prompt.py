"""The line at the end of a terminal where somebody types while messages come in.

Python's `readline` is not used for it: it tells no other thread where the cursor is, cannot be
told that its row has been printed over, and leaves the terminal as it is when the program ends
around it. So this has an editor of its own, with the same keys, the same on all systems.
"""

import codecs
import contextlib
import os
import queue
import threading
from collections.abc import Callable, Iterator
from typing import IO, Any

from chatroom.terminal import editor, lines, modes, output, screen, signals

FLUSHED_WITHIN_S = 0.5


class Prompt:
    """Reads lines from the keys of a terminal; `screen` is where to print meanwhile."""

    def __init__(self, terminal: modes.Modes, shown: IO[Any], out: output.Output) -> None:
        """Read from standard input, whose modes these are; show it on a stream by its Output."""
        self.screen = screen.Screen(out, lambda: _size_of(shown))
        self._modes = terminal
        self._out = out
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._has_come: Callable[[str], bool] = lambda name: False
        self._is_over = False
        self._line = editor.Editor()
        self._question = ""  # shown in place of what is typed

    def lines(self) -> Iterator[str]:
        """Yield the lines that are typed, until the input ends."""
        threading.Thread(target=self._read, name="keys", daemon=True).start()
        yield from iter(self._lines.get, None)

    @contextlib.contextmanager
    def open(self) -> Iterator["Prompt"]:
        """Show the line while the context lasts, and have the terminal as it was after it."""
        with signals.noted("SIGTSTP", "SIGCONT", "SIGWINCH") as self._has_come:
            self._begin()
            try:
                yield self
            finally:
                self.end()

    def end(self) -> None:
        """Read and show no more; what was typed and not sent is left to be read."""
        if not self._is_over:
            self._is_over = True
            self.screen.close(keeps_typed=True)
            self.restore()

    def restore(self) -> None:
        """Have the terminal as it was found, at once."""
        self._modes.restore()

    @contextlib.contextmanager
    def hidden(self, question: str) -> Iterator[None]:
        """Show a question in place of what is typed, and keep that nowhere."""
        self._question, self._line.is_secret = question, True
        self._show_typed()
        try:
            yield
        finally:
            self._question, self._line.is_secret = "", False
            self._show_typed()

    def heed_signals(self) -> None:
        """Do what the terminal's signals ask; to be called often."""
        is_resized, is_continued = self._has_come("SIGWINCH"), self._has_come("SIGCONT")
        if self._has_come("SIGTSTP"):
            self._pause()
        elif is_continued and not self._is_over:  # whoever stopped us has set modes of its own
            self._begin()
        elif is_resized:
            self.screen.draw()

    # ----------------------------------------------------------------------------------

    def _begin(self) -> None:
        self._modes.set()
        self.screen.open()

    def _pause(self) -> None:
        """Leave the terminal to the shell until we are continued."""
        if self._is_over:
            signals.suspend()
            return
        self.screen.close(keeps_typed=False)
        self._out.flush(FLUSHED_WITHIN_S)
        self.restore()
        signals.suspend()
        self._begin()

    def _read(self) -> None:
        """Take the keys, in a thread of its own."""
        line = self._line
        decoder = codecs.getincrementaldecoder(lines.input_encoding())("surrogateescape")
        for chunk in lines.input_chunks():
            for done in line.take(decoder.decode(chunk)):
                if done is editor.Told.CLEAR:
                    self.screen.clear()
                elif done is editor.Told.END:
                    self._lines.put(None)
                    return
                else:
                    self._lines.put(done)
            self._show_typed()
        self._lines.put(None)

    def _show_typed(self) -> None:
        question, line = self._question, self._line
        if question:
            self.screen.show_typed(question, len(question))
        else:
            self.screen.show_typed(line.text, line.cursor)


def _size_of(stream: IO[Any]) -> tuple[int, int]:
    """Return the columns and rows of a terminal; 80 and 24 where it does not say."""
    columns = rows = 0
    with contextlib.suppress(OSError, ValueError):
        columns, rows = os.get_terminal_size(stream.fileno())
    return columns or 80, rows or 24
