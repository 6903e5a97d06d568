"""Where a person writes: what is sent, when, and what stays."""

import sys
import tkinter as tk
import unittest

from chatroom.windows.composer import LINES_MOST, Composer
from tests.tools.windows import WindowTest, press, text_of


class ComposerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.sent: list[str] = []
        self.composer = Composer(self.root(), self.sent.append)
        self.composer.pack()
        self.text = text_of(self.composer)
        self.text.update()
        self.text.focus_force()
        self.text.update()

    def key(self, key: str) -> None:
        self.text.event_generate(key)
        self.text.update()

    def test_the_button_and_both_enter_keys_send_and_leave_nothing_behind(self) -> None:
        keys = ["<Return>"] if sys.platform == "win32" else ["<Return>", "<KP_Enter>"]
        for number, send in enumerate(["Send", *keys]):  # Windows has one name for both
            self.composer.write(f"text {number}")
            if send == "Send":
                press(self.composer, send)
            else:
                self.key(send)
            self.assertEqual(self.composer.draft, "")
        self.assertEqual(self.sent, ["text 0", "text 1", "text 2"][: len(keys) + 1])

    def test_shift_enter_begins_a_new_line(self) -> None:
        self.composer.write("one")
        self.key("<Shift-Return>")
        self.composer.write("two\n\n")
        self.assertEqual(self.sent, [])
        press(self.composer, "Send")
        self.assertEqual(self.sent, ["one\ntwo"])

    def test_what_is_empty_is_not_sent(self) -> None:
        self.composer.write("  \n\t\n")
        press(self.composer, "Send")
        self.assertEqual((self.sent, self.composer.draft), ([], ""))

    def test_it_grows_with_its_lines_as_far_as_is_decent(self) -> None:
        for lines, height in ((1, 1), (3, 3), (40, LINES_MOST)):
            self.composer.write("\n".join("x" * lines))
            self.text.update()
            self.assertEqual(int(self.text["height"]), height)
            press(self.composer, "Send")
            self.assertEqual(int(self.text["height"]), 1)

    def test_disabled_it_takes_and_sends_nothing_and_keeps_its_draft(self) -> None:
        self.composer.write("a draft")
        self.composer.enable(False)
        self.composer.write("more")
        press(self.composer, "Send")
        self.key("<Return>")
        self.assertEqual((self.sent, self.composer.draft), ([], "a draft"))
        self.composer.enable(True)
        press(self.composer, "Send")
        self.assertEqual(self.sent, ["a draft"])

    def test_it_takes_the_keyboard(self) -> None:
        other = tk.Entry(self.composer.master)
        other.pack()
        other.focus_force()
        other.update()
        self.composer.take_keyboard()
        self.text.update()
        self.assertIs(self.text.focus_get(), self.text)


if __name__ == "__main__":
    unittest.main()
