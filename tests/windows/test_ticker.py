"""A call once a second: at once, while it is wanted, and never after the window."""

import unittest
from unittest import mock

from chatroom.windows import ticker
from tests.tools.windows import WindowTest


class TickerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        patch = mock.patch.object(ticker, "EVERY_MS", 1)
        patch.start()
        self.addCleanup(patch.stop)
        self.window, self.ticks = self.root(), 0
        self.ticker = ticker.Ticker(self.window, self.tick)

    def tick(self) -> None:
        self.ticks += 1

    def test_it_begins_at_once_and_goes_on(self) -> None:
        self.ticker.start()
        self.assertEqual(self.ticks, 1)
        self.pump(lambda: self.ticks > 3)

    def test_a_second_start_does_not_double_it(self) -> None:
        before = len(self.window.tk.call("after", "info"))
        for _ in range(5):
            self.ticker.start()
        self.assertEqual(len(self.window.tk.call("after", "info")), before + 1)

    def test_it_ends_when_it_is_stopped_and_with_the_window(self) -> None:
        before = self.window.tk.call("after", "info")
        self.ticker.start()
        self.ticker.stop()
        self.ticker.stop()
        self.assertEqual(self.window.tk.call("after", "info"), before)
        self.ticker.start()
        self.window.destroy()


if __name__ == "__main__":
    unittest.main()
