"""The window's end of the two queues to a driver: events come in, calls go out."""

import logging
import time
import tkinter as tk
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic

from chatroom.network.driver import Driver, EndpointT, Result

POLL_EVERY_MS = 20
POLL_FOR_S = 0.02
"""What more there is waits for the next poll, so that no crowd freezes the window."""

logger = logging.getLogger(__name__)


class Poller(Generic[EndpointT]):
    """Brings a driver's events into the window's thread, a bounded number at a time."""

    def __init__(self, root: tk.Misc, handle: Callable[[Any], None]) -> None:
        """Have every event handled from the main loop, until `root` is destroyed."""
        self._driver: Driver[EndpointT] | None = None
        self._awaited: list[tuple[Future[Any], Callable[[Any], None]]] = []
        self._root = root
        self._handle = handle
        self._next = root.after(POLL_EVERY_MS, self._poll)
        root.bind("<Destroy>", self._stop, add=True)

    @property
    def has_driver(self) -> bool:
        """Whether there is a driver to hear from."""
        return self._driver is not None

    def start(self, driver: Driver[EndpointT]) -> None:
        """Start a driver, and hear from it alone."""
        self._driver = driver
        driver.start()

    def drop(self) -> None:
        """Hear no more from the driver, which goes on until it is closed."""
        self._driver = None
        self._awaited.clear()

    def call(self, action: Callable[[EndpointT, float], object]) -> None:
        """Have `action(endpoint, now)` done in the driver's thread, if there is one."""
        if self._driver is not None:
            self._driver.call(action)

    def ask(
        self, action: Callable[[EndpointT, float], Result], then: Callable[[Result], None]
    ) -> None:
        """The same, and call `then` with the result once it is there, in this thread.

        Nothing comes where the driver ends before, or the action fails.
        """
        if self._driver is not None:
            self._awaited.append((self._driver.call(action), then))

    # ----------------------------------------------------------------------------------

    def _stop(self, event: "tk.Event[tk.Misc]") -> None:
        if event.widget is self._root:
            self.drop()
            self._root.after_cancel(self._next)

    def _poll(self) -> None:
        until = time.monotonic() + POLL_FOR_S
        while self._driver is not None and time.monotonic() < until:
            event = self._driver.next_event()
            if event is None:
                break
            self._try(self._handle, event)
        self._hand_over_results()
        self._next = self._root.after(POLL_EVERY_MS, self._poll)

    def _hand_over_results(self) -> None:
        done = [one for one in self._awaited if one[0].done()]
        self._awaited = [one for one in self._awaited if one not in done]
        for future, then in done:
            if not future.cancelled() and future.exception() is None:  # which is in the log
                self._try(then, future.result())

    def _try(self, show: Callable[[Any], None], what: object) -> None:
        try:
            show(what)
        except Exception:
            logger.exception("it could not be shown: %r", type(what))
