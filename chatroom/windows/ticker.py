"""A call once a second, while it is wanted and there is a window."""

import tkinter as tk
from collections.abc import Callable

EVERY_MS = 1000


class Ticker:
    """Calls `tick` from the main loop, first at once; it ends with its root."""

    def __init__(self, root: tk.Misc, tick: Callable[[], None]) -> None:
        self._root = root
        self._tick = tick
        self._next = ""
        root.bind("<Destroy>", self._destroyed, add=True)

    def start(self) -> None:
        """Begin, or begin anew."""
        self.stop()
        self._go_on()

    def stop(self) -> None:
        """Call no more."""
        if self._next:
            self._root.after_cancel(self._next)
            self._next = ""

    def _go_on(self) -> None:
        self._next = self._root.after(EVERY_MS, self._go_on)
        self._tick()

    def _destroyed(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self._root:
            self.stop()
