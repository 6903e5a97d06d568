"""One thing to be done a while later."""

import unittest
from tkinter import ttk

from chatroom.windows.later import Later
from tests.tools.windows import WindowTest


class LaterTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []
        self.widget = ttk.Frame(self.root())
        self.later = Later(self.widget, lambda: self.done.append("done"))

    def wait(self, ms: int) -> None:
        waited: list[int] = []
        self.roots[0].after(ms, waited.append, 1)
        self.pump(lambda: waited)

    def test_it_is_done_once_after_the_last_wish(self) -> None:
        self.later.start(1)
        self.later.start(60_000)
        self.wait(20)
        self.assertEqual((self.done, self.later.is_due), ([], True))
        self.later.start(1)
        self.pump(lambda: self.done)
        self.wait(20)
        self.assertEqual((self.done, self.later.is_due), (["done"], False))

    def test_what_is_due_anyway_is_not_put_off(self) -> None:
        self.later.start(1)
        self.later.within(10_000)
        self.pump(lambda: self.done)
        self.later.when_idle()
        self.later.when_idle()
        self.later.within(10_000)
        self.widget.update()
        self.assertEqual((self.done, self.later.is_due), (["done", "done"], False))

    def test_it_is_not_done_once_cancelled_or_without_its_widget(self) -> None:
        self.later.start(1)
        self.later.cancel()
        self.later.cancel()
        self.wait(20)
        self.later.start(1)
        self.widget.destroy()
        self.wait(20)
        self.assertEqual(self.done, [])


if __name__ == "__main__":
    unittest.main()
