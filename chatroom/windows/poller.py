"""Brings a driver's events into the window's thread."""

import logging
import time
import tkinter as tk
from collections.abc import Callable
from typing import Any

from chatroom.network.driver import Driver

POLL_EVERY_MS = 20
POLL_FOR_S = 0.02
"""What more there is waits for the next poll, so that no crowd freezes the window."""

logger = logging.getLogger(__name__)


class Poller:
    """Brings a driver's events into the window's thread, a bounded number at a time."""

    def __init__(self, root: tk.Misc, handle: Callable[[Any], None]) -> None:
        self.driver: Driver[Any] | None = None
        self._root = root
        self._handle = handle
        self._next = root.after(POLL_EVERY_MS, self._poll)
        root.bind("<Destroy>", self._stop, add=True)

    def _stop(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self._root:
            self.driver = None
            self._root.after_cancel(self._next)

    def _poll(self) -> None:
        until = time.monotonic() + POLL_FOR_S
        while self.driver is not None and time.monotonic() < until:
            event = self.driver.next_event()
            if event is None:
                break
            try:
                self._handle(event)
            except Exception:
                logger.exception("an event could not be shown: %r", type(event))
        self._next = self._root.after(POLL_EVERY_MS, self._poll)
