"""What Windows does for a window and Tk has no word for, through its user32."""

import ctypes
import sys
from typing import Any

FLASHW_ALL = 0x3  # the frame and the button on the taskbar
FLASHW_TIMERNOFG = 0xC  # until the window comes to the front


class FlashInfo(ctypes.Structure):
    """FLASHWINFO."""

    _fields_ = (
        ("cbSize", ctypes.c_uint32),
        ("hwnd", ctypes.c_void_p),
        ("dwFlags", ctypes.c_uint32),
        ("uCount", ctypes.c_uint32),
        ("dwTimeout", ctypes.c_uint32),
    )


def flash(frame: int) -> None:
    """Have the button of a window on the taskbar flash, until somebody looks."""
    info = FlashInfo(ctypes.sizeof(FlashInfo), frame, FLASHW_ALL | FLASHW_TIMERNOFG, 0, 0)
    library().FlashWindowEx(ctypes.byref(info))


def front_process() -> int:
    """Return the number of the process whose window is in front; 0 where none is."""
    number = ctypes.c_uint32(0)
    user32 = library()
    front = user32.GetForegroundWindow
    front.restype = ctypes.c_void_p
    user32.GetWindowThreadProcessId(ctypes.c_void_p(front()), ctypes.byref(number))
    return number.value


def library() -> Any:
    """Return user32; raises OSError where this is not Windows."""
    if sys.platform == "win32":
        return ctypes.WinDLL("user32")
    raise OSError("not Windows")
