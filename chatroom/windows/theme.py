"""The look of both windows: colours, fonts and styles."""

import contextlib
import sys
from tkinter import TclError, Tk, font, ttk

from chatroom import forms, problems

ACCENT = "#1f6f54"
CANVAS = "#f3f4f6"
PAPER = "#ffffff"
INK = "#1d2327"
FADED = "#6a737b"
THEIRS = "#eef1f3"
OURS = "#d9f2e4"
WAITING = "#f4f1dc"
ALARM = "#a3271f"


def make_root(title: str, size: str) -> Tk:
    """Return a main window in the house's style. Raises Problem where there is no display."""
    _ask_for_sharp_pixels()
    try:
        root = Tk(className="Chatroom")
    except TclError:
        raise problems.Problem(forms.NoWindow.NO_DISPLAY) from None
    root.title(title)
    root.geometry(size)
    root.configure(background=CANVAS)
    root.option_add("*Text.font", "TkDefaultFont")
    style = ttk.Style(root)
    if style.theme_use() == "default":  # the plain X11 look
        style.theme_use("clam")
    style.configure(".", background=CANVAS)
    style.configure("Title.TLabel", font=variant_font("TkDefaultFont", 3, "bold"))
    style.configure("Faded.TLabel", foreground=FADED)
    style.configure("Alarm.TLabel", foreground=ALARM)
    style.configure("Accent.TButton", font=variant_font("TkDefaultFont", 0, "bold"))
    return root


def variant_font(name: str, larger: int, weight: str = "normal") -> tuple[str, int, str]:
    """Return a font like a named one, `larger` by so many points."""
    actual = font.nametofont(name).actual()
    return actual["family"], max(int(actual["size"]) + larger, 4), weight


def _ask_for_sharp_pixels() -> None:
    """Tell Windows, before there is a window, that we scale what we draw ourselves.

    Otherwise it enlarges a picture of the window above 100 %, and all text is blurred.
    """
    if sys.platform == "win32":
        import ctypes

        with contextlib.suppress(AttributeError, OSError):  # before Windows 8.1
            ctypes.windll.shcore.SetProcessDpiAwareness(_SYSTEM_DPI_AWARE)


_SYSTEM_DPI_AWARE = 1
