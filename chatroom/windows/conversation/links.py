"""Opens links in the browser, which may take its time to start, or not start at all."""

import contextlib
import queue
import threading
import webbrowser
from collections.abc import Callable
from tkinter import Misc

from chatroom.windows import later

LOOK_EVERY_MS = 100


class Opener:
    """Has links opened in other threads; calls `fail` from the main loop where that fails."""

    def __init__(self, widget: Misc, fail: Callable[[], None]) -> None:
        self._fail = fail
        self._tried: queue.SimpleQueue[bool] = queue.SimpleQueue()
        self._trying = 0
        self._next = later.Later(widget, self._look)

    def open(self, address: str) -> None:
        """Open an address of http or https."""
        self._trying += 1
        # The thread knows nothing of Tk's objects, which must not be collected there.
        threading.Thread(target=_try, args=(address, self._tried), daemon=True).start()
        self._next.within(LOOK_EVERY_MS)

    def _look(self) -> None:
        while not self._tried.empty():
            self._trying -= 1
            if not self._tried.get():
                self._fail()
        if self._trying:
            self._next.within(LOOK_EVERY_MS)


def _try(address: str, tried: "queue.SimpleQueue[bool]") -> None:
    """Tell whether a browser took an address."""
    is_open = False
    with contextlib.suppress(webbrowser.Error, OSError):
        is_open = webbrowser.open(address)
    tried.put(is_open)
