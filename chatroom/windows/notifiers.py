"""Messages on the desktop, by what each system has for it.

None of them delays the window: a program is started and not waited for, and is ended where
it hangs. None of them matters enough to be reported where it fails.
"""

import contextlib
import html
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from tkinter import Tk

from chatroom.windows import win32
from chatroom.words.chat import Chat

HANGS_AFTER_S = 2.5
KILLED_WITHIN_S = 0.5
OUTPUT_MOST = 200


class Notifier:
    """Shows nothing, for a system that has nothing to show it with."""

    @property
    def is_busy(self) -> bool:
        """Whether it cannot show a message just now, and wants to be tidied later."""
        return False

    def show(self, title: str, body: str) -> None:
        """Show a message, in the place of the last one where the system can do that.

        Both are one line, of no more characters than fit.
        """

    def tidy(self) -> None:
        """End what hangs; call it before each message, and some seconds after the last one."""

    def close(self) -> None:
        """End what runs, and wait for it a moment."""


class Program(Notifier):
    """Shows a message with a program, of which one runs at a time."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._process: subprocess.Popen[bytes] | None = None
        self._started = 0.0

    @property
    def is_busy(self) -> bool:
        """Whether the program was started, and its end not seen."""
        return self._process is not None

    def tidy(self) -> None:
        """Take note of the program's end, or bring it about where it hangs."""
        if self._process is None:
            return
        status = self._process.poll()
        if status is not None:
            self._ended(status, _output(self._process))
            self._process = None
        elif time.monotonic() - self._started >= HANGS_AFTER_S:
            self._process.kill()

    def close(self) -> None:
        """Kill the program if it runs, and wait for it a moment."""
        if self._process is not None:
            self._process.kill()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(KILLED_WITHIN_S)
            self.tidy()

    def _start(self, *words: str) -> None:
        """Start the program, unless it is busy."""
        if self.is_busy:
            return
        self._started = time.monotonic()
        with contextlib.suppress(OSError, ValueError):
            self._process = subprocess.Popen(
                # As the desktop reads it, whatever this system's encoding is.
                [os.fsencode(self._path), *(word.encode("utf-8", "replace") for word in words)],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )

    def _ended(self, status: int, printed: bytes) -> None:
        """Learn from what a program that has ended printed."""


class NotifySend(Program):
    """The desktop notifications of freedesktop.org, with libnotify's notify-send."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self._can_replace = False
        self._number = b""  # of the message that is shown
        self._start("--version")

    def show(self, title: str, body: str) -> None:
        """Show a message in the place of the last one, from libnotify 0.8 on."""
        options = [f"--app-name={Chat.TITLE()}"]
        if self._can_replace:
            options.append("--print-id")
        if self._number:
            options.append(f"--replace-id={self._number.decode()}")
        # A body is markup, and notify-send reads backslashes in it as C does.
        body = html.escape(body, quote=False).replace("\\", "\\\\")
        self._start(*options, "--", title, body)

    def _ended(self, status: int, printed: bytes) -> None:
        version = re.search(rb" (\d{1,4})\.(\d{1,4})[.0-9]*\s*$", printed)  # after its path
        if version:
            self._can_replace = (int(version[1]), int(version[2])) >= (0, 8)
        elif self._can_replace:
            shown = re.fullmatch(rb"\d{1,10}", printed.strip())
            self._number = shown[0] if shown and status == 0 else b""


class AppleScript(Program):
    """The notifications of macOS, with osascript. The texts are no part of the script."""

    # From the end, wherever its arguments begin.
    SCRIPT = (
        "on run texts",
        "display notification (item -1 of texts) with title (item -2 of texts)",
        "end run",
    )

    def show(self, title: str, body: str) -> None:
        """Show a message beside the last one."""
        lines = [word for line in self.SCRIPT for word in ("-e", line)]
        self._start(*lines, "--", title, body)


class Taskbar(Notifier):
    """The taskbar of Windows, which says nothing of the text."""

    def __init__(self, frame: Callable[[], str]) -> None:
        """`frame` tells which window is to flash, in hexadecimal."""
        self._frame = frame

    def show(self, title: str, body: str) -> None:
        """Have the window's button flash."""
        with contextlib.suppress(OSError, AttributeError, ValueError):
            win32.flash(int(self._frame(), 16))


def find(root: Tk) -> Notifier:
    """Return what this system has."""
    if sys.platform == "win32":
        return Taskbar(root.wm_frame)
    if sys.platform == "darwin":
        name, kind = "osascript", AppleScript
    else:
        name, kind = "notify-send", NotifySend
    path = shutil.which(name)
    return Notifier() if path is None else kind(path)


# --------------------------------------------------------------------------------------


def _output(process: "subprocess.Popen[bytes]") -> bytes:
    """Return the first of what a program printed, without waiting for more of it.

    Something that it left behind may hold its output open.
    """
    if process.stdout is None:
        return b""
    with process.stdout as stream:
        os.set_blocking(stream.fileno(), False)
        with contextlib.suppress(OSError):
            return os.read(stream.fileno(), OUTPUT_MOST)
    return b""
