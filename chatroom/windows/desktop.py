"""What the desktop is asked before the first window: dark or light, how large, how sharp."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

THEME_VARIABLE = "CHATROOM_THEME"
"""`dark` or `light` in the environment goes before what the desktop says."""

ANSWER_WITHIN_S = 0.5
_SYSTEM_DPI_AWARE = 1


def ask_for_sharp_pixels() -> None:
    """Tell Windows, before there is a window, that we scale what we draw ourselves.

    Otherwise it enlarges a picture of the window above 100 %, and all text is blurred.
    """
    if sys.platform == "win32":
        import ctypes

        with contextlib.suppress(AttributeError, OSError):  # before Windows 8.1
            ctypes.windll.shcore.SetProcessDpiAwareness(_SYSTEM_DPI_AWARE)


def prefers_dark() -> bool:
    """Tell whether the person wants dark windows; light where that cannot be told."""
    chosen = os.environ.get(THEME_VARIABLE, "").strip().lower()
    if chosen in ("dark", "light"):
        return chosen == "dark"
    if sys.platform == "win32":
        return _windows_prefers_dark()
    if sys.platform == "darwin":
        return _answer("defaults", "read", "-g", "AppleInterfaceStyle") == "Dark"
    scheme = ("gsettings", "get", "org.gnome.desktop.interface", "color-scheme")
    return "prefer-dark" in _answer(*scheme)


def screen_scale() -> float | None:
    """Return how much larger than 96 dots an inch an X11 desktop is set; None if unknown.

    Tk 8.6 goes by the size of the screen, and knows nothing of the setting (`Xft.dpi`).
    """
    if not os.environ.get("DISPLAY") or sys.platform in ("win32", "darwin"):
        return None
    for line in _answer("xrdb", "-query").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == "Xft.dpi":
            with contextlib.suppress(ValueError):
                return float(value) / 96
    return None


def _windows_prefers_dark() -> bool:
    if sys.platform == "win32":
        import winreg

        path = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
        with (
            contextlib.suppress(OSError),  # before Windows 10
            winreg.OpenKey(winreg.HKEY_CURRENT_USER, path) as key,
        ):
            return bool(winreg.QueryValueEx(key, "AppsUseLightTheme")[0] == 0)
    return False


def _answer(*command: str) -> str:
    """Return what a program of the system prints, "" where it is not there or too slow."""
    if shutil.which(command[0]) is None:
        return ""
    return _run(command)


def _run(command: Sequence[str]) -> str:
    with contextlib.suppress(OSError, subprocess.SubprocessError, UnicodeDecodeError):
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            timeout=ANSWER_WITHIN_S,
            check=False,
        )
        return done.stdout.strip()
    return ""
