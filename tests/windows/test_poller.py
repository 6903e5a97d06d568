"""Events and results come into the window's thread, whatever becomes of one of them."""

import unittest
from collections import deque
from concurrent.futures import Future
from typing import Any

from chatroom.windows.poller import Poller
from tests.tools.windows import WindowTest


class Script:
    """In place of a driver: tells what a test put there, and keeps what it was called with."""

    def __init__(self, *events: object) -> None:
        self.events = deque(events)
        self.started = False
        self.futures: list[Future[Any]] = []

    def start(self) -> None:
        self.started = True

    def next_event(self, timeout_s: float = 0.0) -> object:
        return self.events.popleft() if self.events else None

    def call(self, action: Any) -> "Future[Any]":
        self.futures.append(Future())
        return self.futures[-1]


class PollerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.window = self.root()
        self.handled: list[object] = []
        self.poller = Poller[Any](self.window, self.handled.append)

    def start(self, *events: object) -> Script:
        script: Any = Script(*events)
        self.poller.start(script)
        assert isinstance(script, Script)
        return script

    def test_events_come_in_order_from_the_driver_that_was_started(self) -> None:
        self.assertFalse(self.poller.has_driver)
        script = self.start("a", "b")
        self.assertTrue(script.started)
        self.pump(lambda: len(self.handled) == 2)
        self.assertEqual(self.handled, ["a", "b"])

    def test_a_dropped_driver_is_not_heard(self) -> None:
        old = self.start("old")
        self.poller.drop()
        self.poller.call(lambda endpoint, now: None)
        self.assertFalse(self.poller.has_driver)
        self.start("new")
        self.pump(lambda: self.handled)
        self.assertEqual((self.handled, old.futures), (["new"], []))

    def test_an_event_that_cannot_be_shown_is_logged_and_the_next_one_comes(self) -> None:
        shown: list[float] = []
        self.poller = Poller[Any](self.window, lambda event: shown.append(1 / event))
        with self.assertLogs("chatroom.windows.poller", "ERROR"):
            self.start(0, 1)
            self.pump(lambda: shown)
        self.assertEqual(shown, [1.0])

    def test_a_result_comes_once_and_a_lost_one_never(self) -> None:
        script = self.start()
        results: list[object] = []
        for _ in range(3):
            self.poller.ask(lambda endpoint, now: None, results.append)
        cancelled, failed, good = script.futures
        cancelled.cancel()
        failed.set_exception(ValueError())
        script.events.append("later")
        self.pump(lambda: self.handled)
        self.assertEqual(results, [])
        good.set_result("entries")
        self.pump(lambda: results)
        script.events.append("much later")
        self.pump(lambda: len(self.handled) == 2)
        self.assertEqual(results, ["entries"])

    def test_a_destroyed_window_hears_nothing_more(self) -> None:
        script = self.start()
        self.window.update()
        self.window.destroy()
        script.events.append("too late")
        self.assertFalse(self.poller.has_driver)


if __name__ == "__main__":
    unittest.main()
