"""What Windows does for a window and Tk has no word for.

Only Windows needs ctypes: a Python for another system may be without it.
"""

import contextlib
import struct
import sys
from typing import Any

FLASHW_ALL = 0x3  # the frame and the button on the taskbar
FLASHW_TIMERNOFG = 0xC  # until the window comes to the front
FLASHWINFO = struct.Struct("IPIII0P")  # its size, the window, what to do, how often, how fast


def flash(frame: int) -> None:
    """Have the button of a window on the taskbar flash, until somebody looks.

    Raises OSError where this is not Windows.
    """
    what = FLASHW_ALL | FLASHW_TIMERNOFG
    library().FlashWindowEx(FLASHWINFO.pack(FLASHWINFO.size, frame, what, 0, 0))


def front_process() -> int:
    """Return the number of the process whose window is in front; 0 where none is known."""
    if sys.platform == "win32":
        import ctypes

        number = ctypes.c_uint32(0)
        user32 = library()
        user32.GetForegroundWindow.restype = ctypes.c_void_p
        front = ctypes.c_void_p(user32.GetForegroundWindow())
        user32.GetWindowThreadProcessId(front, ctypes.byref(number))
        return number.value
    return 0


def stand_apart(name: str) -> None:
    """Have windows stand on the taskbar as a program of that name, with icons of their own.

    Otherwise they are all Python's, and have its icon.
    """
    if sys.platform == "win32":
        import ctypes

        with contextlib.suppress(AttributeError, OSError):
            ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(name)


def library() -> Any:
    """Return user32; raises OSError where this is not Windows."""
    if sys.platform == "win32":
        import ctypes

        return ctypes.WinDLL("user32")
    raise OSError("not Windows")
