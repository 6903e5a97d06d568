"""Whether the window is in front: somebody who is there may be looking at it."""

import os
import sys
from collections.abc import Callable
from tkinter import Event, Misc, Tk

from chatroom.windows import win32

SETTLES_AFTER_MS = 60
"""While the keyboard goes from one window of ours to another, it is nobody's for a moment."""
LOOKS_EVERY_MS = 1000
"""Windows tells nothing when the keyboard goes from a message box to another program."""


class Attention:
    """Calls `changed` whenever the window has come to the front, or is not there any more.

    A dialog or a menu of ours that has the keyboard is in front of the window, and belongs
    to it.
    """

    is_in_front = False

    def __init__(self, root: Tk, changed: Callable[[bool], None]) -> None:
        """Watch a window until it is destroyed. It begins as one that is not in front."""
        self._root = root
        self._changed = changed
        self._is_soon = False
        self._next = root.after(LOOKS_EVERY_MS, self._look)
        for event in ("<FocusIn>", "<FocusOut>"):  # those of dialogs, too
            root.bind_all(event, self._stirred, add=True)
        for event in ("<Map>", "<Unmap>"):
            root.bind(event, self._stirred, add=True)
        root.bind("<Destroy>", self._destroyed, add=True)

    def _stirred(self, _: "Event[Misc]") -> None:
        if not self._is_soon:
            self._is_soon = True
            self._root.after_cancel(self._next)
            self._next = self._root.after(SETTLES_AFTER_MS, self._look)

    def _look(self) -> None:
        self._is_soon = False
        self._next = self._root.after(LOOKS_EVERY_MS, self._look)
        in_front = self._root.state() in ("normal", "zoomed") and self._has_keyboard()
        if in_front != self.is_in_front:
            self.is_in_front = in_front
            self._changed(in_front)

    def _has_keyboard(self) -> bool:
        # Not `focus_displayof`, which knows no widget that Tk made for itself.
        if self._root.tk.call("focus", "-displayof", self._root):
            return True
        # The message boxes of Windows are ours, and no windows of Tk.
        return sys.platform == "win32" and win32.front_process() == os.getpid()

    def _destroyed(self, event: "Event[Misc]") -> None:
        if event.widget is self._root:
            self._root.after_cancel(self._next)
