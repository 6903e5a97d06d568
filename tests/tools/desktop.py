"""A desktop driven from outside like by a person who has no mouse: windows, keys, pictures.

Needs Xvfb, openbox and xdotool, and ImageMagick's import for the pictures.
"""

import contextlib
import re
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from chatroom.windows import mnemonics
from chatroom.words.text import Text
from tests.tools.clipboard import Clipboard, clipboard
from tests.tools.processes import private_display, wait_for
from tests.tools.wine import is_wine

TOOLS = ("Xvfb", "openbox", "xdotool")
PAINTED_AFTER_S = 0.3
WINE_SETTLES_S = 2.0  # Wine hands on the keyboard a while after it got it
KEYS_APART_MS = 4
DONE_WITHIN_S = 3.0
TRIES = 20


class Desktop:
    """A screen with a window manager, somebody who types, a clipboard, and a camera."""

    def __init__(self, pictures: Path | None, clipboard: Clipboard) -> None:
        self._pictures = pictures
        self.clipboard = clipboard

    # Windows ---------------------------------------------------------------------------

    def see(self, title: str, seconds: float = 20.0) -> str:
        """Wait for a window whose title is this, or holds it where it is longer; return its id."""
        found: list[str] = []

        def look() -> bool:
            found[:] = self.find(title)[-1:]
            return bool(found)

        wait_for(look, seconds, f"window {title}")
        return found[0]

    def window(self, title: str, seconds: float = 30.0) -> str:
        """Wait for a window with this title and give it the keyboard; return its id."""
        window = ""

        def has_keyboard() -> bool:
            nonlocal window
            window = self.see(title, seconds)  # a dialog before may have been called so
            has_focus = self._tool("getwindowfocus") == window
            is_active = self._tool("getactivewindow") == window
            if not is_active:
                self._tool("windowactivate", window)  # it may have been too early before
            elif not has_focus and not is_wine():
                self._tool("windowfocus", window)  # where the window manager lets that go by
            return has_focus and is_active

        wait_for(has_keyboard, seconds, f"focus of {title}")
        if is_wine():  # which may have let it go by, before it had drawn the window
            self._tool("windowactivate", "--sync", window)
        self.settle()
        return window

    def find(self, title: str) -> list[str]:
        """Return the windows whose title holds this."""
        pattern = re.sub("[^ -~]+", ".+", re.escape(title))  # xdotool may know ASCII alone
        return self._tool("search", "--onlyvisible", "--name", pattern).split()

    def gone(self, window: str, title: str) -> None:
        """Wait until a window with this title is closed."""
        self.settle()
        wait_for(lambda: self.has_gone(window, title), 30, f"end of {title}")

    def has_gone(self, window: str, title: str) -> bool:
        """Tell whether a window with this title is closed, as far as that can be seen.

        Windows of Wine stay for a while, or become the next dialog's.
        """
        return is_wine() or window not in self.find(title)

    def titles(self) -> list[str]:
        """Return the titles of all windows that can be seen."""
        return [self._tool("getwindowname", window) for window in self.find("")]

    def settle(self) -> None:
        """Give Wine the time that it needs before the next key."""
        if is_wine():
            time.sleep(WINE_SETTLES_S)

    def manages_windows(self) -> bool:
        """Tell whether the window manager is there."""
        return self._run("get_desktop").returncode == 0

    def put_mouse_away(self) -> None:
        """Have the pointer where it touches no menu."""
        self._tool("mousemove", "9999", "9999")  # as far as the screen goes

    def place(self, window: str, x: int, y: int) -> None:
        """Move a window."""
        self._tool("windowmove", window, str(x), str(y))

    # The keyboard ----------------------------------------------------------------------

    def type(self, text: str, *keys: str) -> None:
        """Type a text, then press keys."""
        if text:
            self._tool("type", "--delay", str(KEYS_APART_MS), text)
        if keys:
            self._tool("key", "--delay", str(KEYS_APART_MS), *keys)

    def press(self, *keys: str, times: int = 1) -> None:
        """Press keys, one after another, so many times."""
        self.type("", *keys * times)

    def choose(self, label: Text) -> None:
        """Press what has this label: Alt and the letter that is underlined there."""
        self.press(f"alt+{letter(label)}")

    def press_until(self, key: str, is_done: Callable[[], object]) -> None:
        """Press a key until it has done something: a window may be busy and not hear it."""
        for _ in range(TRIES):
            self.press(key)
            self.settle()
            with contextlib.suppress(AssertionError):
                wait_for(is_done, DONE_WITHIN_S)
                return
        raise AssertionError(f"{key} did nothing, over {self.titles()}")

    def close(self, title: str) -> None:
        """Close a window by the window manager's key; see that it has gone."""
        window = self.window(title)

        def is_closed() -> bool:
            self._tool("windowactivate", window)  # the keyboard may have been given on meanwhile
            return self.has_gone(window, title)

        self.press_until("alt+F4", is_closed)

    def open_menu(self, key: str) -> None:
        """Have a key open a menu."""
        self.press_until(key, self._has_menu)

    def fill(self, title: str, text: str, *keys: str) -> None:
        """Answer a dialog by typing over what stands there, and see it close."""
        dialog = self.window(title)
        self.type(text, *(keys or ("Return",)))
        self.gone(dialog, title)

    def agree(self, title: Text, yes: Text) -> None:
        """Answer a question, and see it close."""
        dialog = self.window(title())
        self.choose(yes)
        self.gone(dialog, title())

    # Pictures --------------------------------------------------------------------------

    def picture(self, name: str, window: str = "root") -> None:
        """Keep a picture of a window."""
        if self._pictures is not None:
            time.sleep(PAINTED_AFTER_S)
            path = str(self._pictures / f"{name}.png")
            subprocess.run(["import", "-window", window, path], check=True, timeout=20)

    def _has_menu(self) -> bool:
        """Tell whether a menu of Tk is open; those of Windows are drawn by Wine."""
        return is_wine() or self._tool("search", "--onlyvisible", "--class", "^Menu$") != ""

    def _tool(self, *words: str) -> str:
        return self._run(*words).stdout.strip()

    def _run(self, *words: str) -> "subprocess.CompletedProcess[str]":
        command = ["xdotool", *words]
        return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def letter(label: Text) -> str:
    """Return the letter of a label that is underlined, in the language spoken now."""
    said, place = mnemonics.split(label())
    assert place >= 0, f"{label} has no letter"
    return said[place].lower()


@contextlib.contextmanager
def desktop(pictures: Path | None) -> Iterator[Desktop]:
    """Start a screen of our own with a window manager."""
    with private_display(), clipboard() as board:
        quiet = subprocess.DEVNULL
        manager = subprocess.Popen(["openbox"], stdin=quiet, stdout=quiet, stderr=quiet)
        try:
            desk = Desktop(pictures, board)
            wait_for(desk.manages_windows, 20, "the window manager")
            desk.put_mouse_away()
            yield desk
        finally:
            manager.terminate()
            manager.wait(10)
