"""A terminal that hands over each key as it is pressed, and acts on what is printed.

POSIX has termios for it. Windows' console does the same from Windows 10 on (2016): it then
sends and understands the sequences that terminals have used for decades.
"""

import contextlib
import os
import sys
from typing import IO, Any, Protocol

_LINE_INPUT, _ECHO_INPUT, _SEQUENCES_IN = 0x2, 0x4, 0x200  # of SetConsoleMode
_SEQUENCES_OUT = 0x4


class Modes(Protocol):
    """How a terminal behaves."""

    def set(self) -> None:
        """Have each key handed over, and none shown."""

    def restore(self) -> None:
        """Have it as it was found; where the terminal has gone, do nothing."""


def find(typed: IO[Any], shown: IO[Any]) -> Modes | None:
    """Return the modes of a terminal by its two streams; None where it has none of these."""
    if sys.platform == "win32":
        with contextlib.suppress(OSError):
            return _WindowsModes(typed.fileno(), shown.fileno())
        return None
    if os.environ.get("TERM", "dumb") in ("", "dumb", "unknown"):
        return None
    try:
        return _PosixModes(typed.fileno())
    except OSError:
        return None


if sys.platform == "win32":
    import ctypes
    import msvcrt

    class _WindowsModes:
        def __init__(self, typed: int, shown: int) -> None:
            """Raises OSError where the console is too old for it, or is none."""
            self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            self._usual: list[tuple[int, int]] = []
            for number in (typed, shown):
                handle, mode = msvcrt.get_osfhandle(number), ctypes.c_ulong()
                if not self._kernel.GetConsoleMode(ctypes.c_void_p(handle), ctypes.byref(mode)):
                    raise OSError("not a console")
                self._usual.append((handle, mode.value))
            try:
                self.set()
            finally:
                self.restore()

        def set(self) -> None:
            (typed, typed_mode), (shown, shown_mode) = self._usual
            self._put(typed, typed_mode & ~(_LINE_INPUT | _ECHO_INPUT) | _SEQUENCES_IN)
            self._put(shown, shown_mode | _SEQUENCES_OUT)

        def restore(self) -> None:
            with contextlib.suppress(OSError):
                for handle, mode in self._usual:
                    self._put(handle, mode)

        def _put(self, handle: int, mode: int) -> None:
            if not self._kernel.SetConsoleMode(ctypes.c_void_p(handle), mode):
                raise OSError(ctypes.get_last_error(), "the console has no such mode")

else:
    import termios

    class _PosixModes:
        def __init__(self, typed: int) -> None:
            """Raises OSError where it is no terminal."""
            self._typed = typed
            try:
                self._usual = termios.tcgetattr(typed)
            except termios.error as error:
                raise OSError(*error.args) from None

        def set(self) -> None:
            mode = [*self._usual[:6], [*self._usual[6]]]
            mode[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
            mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
            self._put(mode)

        def restore(self) -> None:
            self._put(self._usual)

        def _put(self, mode: list[Any]) -> None:
            with contextlib.suppress(termios.error):
                termios.tcsetattr(self._typed, termios.TCSANOW, mode)
