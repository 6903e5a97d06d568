"""Calls that are still to come."""

import unittest
from tkinter import Frame

from chatroom.windows.conversation.later import Later
from tests.tools.windows import WindowTest


class LaterTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.window = self.root()
        self.frame = Frame(self.window)
        self.calls: list[int] = []
        self.later = Later(self.frame, lambda: self.calls.append(1))

    def test_it_is_made_once(self) -> None:
        self.later.when_idle()
        self.later.when_idle()
        self.assertTrue(self.later.is_due)
        self.window.update()
        self.assertEqual(self.calls, [1])
        self.assertFalse(self.later.is_due)

    def test_it_can_be_called_off(self) -> None:
        self.later.within(0)
        self.later.cancel()
        self.window.update()
        self.assertEqual(self.calls, [])

    def test_it_does_not_outlive_its_widget(self) -> None:
        before = self.window.tk.call("after", "info")
        self.later.within(10_000)
        self.frame.destroy()
        self.assertEqual(self.window.tk.call("after", "info"), before)


if __name__ == "__main__":
    unittest.main()
