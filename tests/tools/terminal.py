"""A terminal for tests: what a person would see of a program that runs on a pseudo-terminal."""

import codecs
import contextlib
import os
import re
import struct
import subprocess
import sys
import threading
import unicodedata
import unittest
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.tools.home import settings_in
from tests.tools.processes import PASSWORD, ROOT, wait_for

if sys.platform != "win32":
    import fcntl
    import pty
    import termios

_TOKENS = re.compile(r"\x1b\[([?]?)([0-9;]*)([A-Za-z@])|(\x1b.)|(.)", re.DOTALL)


@dataclass
class Row:
    """A cell for each column; `goes_on`: what did not fit it stands in the next."""

    cells: list[str] = field(default_factory=list)
    goes_on: bool = False

    def clear(self, start: int) -> None:
        """Leave only what stands before this column."""
        del self.cells[start:]
        self.goes_on = False


class Emulator:
    """The screen that a terminal shows, and the lines that have left it at the top.

    It knows the sequences that our programs use; any other, it raises AssertionError for.
    """

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self.row = self.column = 0
        self._left: list[Row] = []
        self._screen = [Row()]
        self._wraps, self._is_wrap_due = True, False
        self._rest = ""

    def feed(self, text: str) -> None:
        """Take what the program prints, however it is cut."""
        text = self._rest + text
        cut = re.search(r"\x1b(?:\[[?]?[0-9;]*)?$", text)
        text, self._rest = (text[: cut.start()], cut[0]) if cut else (text, "")
        for private, numbers, final, other, character in _TOKENS.findall(text):
            if final:
                self._control(private + final, [int(n or 0) for n in numbers.split(";")])
            elif other:
                raise AssertionError(f"no sequence that we know: {other!r}")
            elif character in _CONTROLS:
                _CONTROLS[character](self)
            elif ord(character) < 32:
                raise AssertionError(f"an unexpected control character: {character!r}")
            else:
                self._print(character)

    @property
    def lines(self) -> list[str]:
        """All lines, also those that have left the screen, without spaces at their ends."""
        rows = [*self._left, *self._screen]
        text = "".join("".join(row.cells) + "\n" * (not row.goes_on) for row in rows)
        return [line.rstrip() for line in text.removesuffix("\n").split("\n")]

    @property
    def typed_row(self) -> str:
        """The row where the cursor is."""
        return "".join(self._screen[self.row].cells).rstrip()

    @property
    def before_cursor(self) -> str:
        """What stands in that row before the cursor."""
        return "".join(self._screen[self.row].cells[: self.column])

    # ----------------------------------------------------------------------------------

    def _print(self, character: str) -> None:
        if unicodedata.category(character) in ("Mn", "Me", "Cf"):
            if cells := self._screen[self.row].cells:
                cells[max(min(self.column, len(cells)) - 1, 0)] += character
            return
        width = 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if self._is_wrap_due or self.column + width > self.columns:
            if self._wraps:
                self._screen[self.row].goes_on = True
                self._return()
                self._feed_line()
            else:
                self.column = self.columns - width
        cells = self._screen[self.row].cells
        cells += [" "] * (self.column + width - len(cells))
        cells[self.column : self.column + width] = [character, ""][:width]
        self.column += width
        self._is_wrap_due = self.column >= self.columns and self._wraps
        self.column = min(self.column, self.columns - 1) if self._is_wrap_due else self.column

    def _return(self) -> None:
        self.column, self._is_wrap_due = 0, False

    def _feed_line(self) -> None:
        self._is_wrap_due = False
        self.row += 1
        if self.row == len(self._screen):
            self._screen.append(Row())
        if self.row == self.rows:
            self._left.append(self._screen.pop(0))
            self.row -= 1

    def _control(self, what: str, numbers: list[int]) -> None:
        self._is_wrap_due = False
        match what, numbers:
            case "m", _:
                pass
            case "A", [count]:
                self.row = max(self.row - max(count, 1), 0)
            case "H", [0]:
                self.row = self.column = 0
            case "J", [0]:
                self._screen[self.row].clear(self.column)
                del self._screen[self.row + 1 :]
            case "J", [2]:
                self._screen = [Row() for _ in self._screen]
            case "?l", [7]:
                self._wraps = False
            case "?h", [7]:
                self._wraps = True
            case _:
                raise AssertionError(f"no sequence that we know: {what} {numbers}")


_CONTROLS: dict[str, Callable[[Emulator], None]] = {
    "\r": Emulator._return,
    "\n": Emulator._feed_line,
    "\x07": lambda _: None,
}


class Terminal:
    """A program on a pseudo-terminal, and the person before it."""

    def __init__(
        self,
        *command: str,
        folder: Path,
        size: tuple[int, int] = (80, 24),
        environment: dict[str, str] | None = None,
        **streams: Any,
    ) -> None:
        """Start it with its streams on the terminal, where `streams` has no others."""
        self.emulator = Emulator(*size)
        self.printed = ""
        self._lock = threading.Lock()
        self._keyboard, self._inside = pty.openpty()
        self.resize(*size)
        env = {key: value for key, value in os.environ.items() if key != "NO_COLOR"}
        env |= {"TERM": "xterm-256color", "LANGUAGE": "en", **settings_in(folder / "settings")}
        env.pop("CHATROOM_PASSWORD", None)
        self.process = subprocess.Popen(
            [sys.executable, "-c", _IN_FRONT, *command],
            env=env | (environment or {}),
            cwd=folder,
            stdin=self._inside,
            stdout=streams.get("stdout", self._inside),
            stderr=streams.get("stderr", self._inside),
            start_new_session=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def type(self, text: str) -> None:
        """Press keys."""
        data = text.encode()
        while data:
            data = data[os.write(self._keyboard, data) :]

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(self._inside, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        with self._lock:
            self.emulator.columns, self.emulator.rows = columns, rows

    @property
    def modes(self) -> list[Any]:
        """The terminal's modes."""
        return termios.tcgetattr(self._inside)

    @property
    def lines(self) -> list[str]:
        """What was printed, as it stands there."""
        with self._lock:
            return self.emulator.lines

    @property
    def row(self) -> str:
        """What stands in the row with the cursor."""
        with self._lock:
            return self.emulator.typed_row

    @property
    def before_cursor(self) -> str:
        """What stands in that row before the cursor."""
        with self._lock:
            return self.emulator.before_cursor

    def wait_for(self, text: str, seconds: float = 20.0) -> None:
        """Wait until a line holds this; raise AssertionError where none ever does."""
        try:
            wait_for(lambda: any(text in line for line in self.lines), seconds, text)
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.lines}") from None

    def wait_for_row(self, row: str, seconds: float = 20.0) -> None:
        """Wait until this is what stands in the row with the cursor."""
        try:
            wait_for(lambda: self.row == row, seconds, row)
        except AssertionError as error:
            raise AssertionError(f"{error}: {self.row!r} below {self.lines}") from None

    def wait(self, seconds: float = 30.0) -> int:
        """Wait for the program's end; return its exit status."""
        return self.process.wait(seconds)

    def close(self) -> None:
        """End it, if need be, and close the terminal."""
        self.process.kill()
        self.process.wait(10)
        os.close(self._inside)
        self._reader.join(10)
        os.close(self._keyboard)

    def _read(self) -> None:
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        with contextlib.suppress(OSError):  # EIO: nobody has the other end any more
            while data := os.read(self._keyboard, 65536):
                text = decoder.decode(data)
                with self._lock:
                    self.printed += text
                    self.emulator.feed(text)


_IN_FRONT = """
import fcntl, os, signal, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # the terminal is this session's
signal.signal(signal.SIGINT, signal.SIG_DFL)  # what runs in the background begins without
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@unittest.skipIf(sys.platform == "win32", "Windows has no pseudo-terminals of this kind")
class TerminalTest(unittest.TestCase):
    """A test with programs on terminals, which are closed with it."""

    def terminal(self, *command: str, folder: Path, **more: Any) -> Terminal:
        """Run a Python with these arguments."""
        terminal = Terminal(*command, folder=folder, **more)
        self.addCleanup(terminal.close)
        return terminal

    def client(self, folder: Path, port: int, *options: str, **more: Any) -> Terminal:
        """Run a console client for Ana that knows the password, and wait until it is in."""
        where = "--host", "127.0.0.1", "--port", str(port), "--name", "Ana"
        more["environment"] = {"CHATROOM_PASSWORD": PASSWORD, **more.get("environment", {})}
        script = str(ROOT / "client.py")
        command = script, "--console", *where, *options
        return self.terminal(*command, folder=folder, **more)
