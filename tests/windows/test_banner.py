"""The strip under the head."""

import unittest
from tkinter import ttk

from chatroom.windows.banner import Banner
from tests.tools.windows import WindowTest, button, press, reads

LONG = "The host closed the room. You come back by yourself when it opens again. " * 3


class BannerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        root = self.root()
        root.columnconfigure(0, weight=1)
        self.above = ttk.Label(root, text="above")
        self.above.grid(row=0, column=0)
        self.banner = Banner(root)
        self.banner.grid(row=1, column=0, sticky="ew")
        self.below = ttk.Entry(root)
        self.below.grid(row=2, column=0)
        self.banner.hide()
        root.update()
        self.pressed: list[str] = []

    def show(self, text: str, label: str = "") -> None:
        self.banner.show(text, label, lambda: self.pressed.append(label))
        self.banner.update()

    def test_it_comes_where_it_was_put_and_leaves_nothing_behind(self) -> None:
        y = self.below.winfo_y()
        self.show("Reconnecting\u2026", "Try now")
        self.assertIn("Reconnecting\u2026", reads(self.banner))
        self.assertEqual(self.banner.text, "Reconnecting\u2026")
        self.assertGreater(self.banner.winfo_y(), self.above.winfo_y())
        self.assertGreater(self.below.winfo_y(), y)
        self.banner.hide()
        self.banner.update()
        self.assertEqual((self.below.winfo_y(), self.banner.text), (y, ""))

    def test_its_button_does_what_it_was_last_given_for(self) -> None:
        for label in ("Try now", "Rejoin"):
            self.show("Something", label)
            press(self.banner, label)
        self.assertEqual(self.pressed, ["Try now", "Rejoin"])

    def test_without_anything_to_do_there_is_no_button(self) -> None:
        self.show("Something", "Try now")
        self.show("The server cannot write just now.")
        self.assertFalse(button(self.banner, "").winfo_viewable())

    def test_long_sentence_is_wrapped_beside_its_button(self) -> None:
        self.show("short", "Try now")
        low = self.banner.winfo_height()
        self.show(LONG, "Try now")
        self.pump(lambda: self.banner.winfo_height() > low)
        pressed = button(self.banner, "Try now")
        self.assertLessEqual(pressed.winfo_x() + pressed.winfo_width(), self.banner.winfo_width())

    def test_keyboard_reaches_the_button_and_is_not_lost_with_it(self) -> None:
        self.show("Something", "Try now")
        self.below.focus_force()
        self.below.update()
        self.assertIs(self.below.tk_focusPrev(), button(self.banner, "Try now"))
        for leave in (self.banner.hide, lambda: self.show("Nothing to be done")):
            self.show("Something", "Try now")
            button(self.banner, "Try now").focus_force()
            self.banner.update()
            self.banner.focus_get().event_generate("<space>")  # type: ignore[union-attr]
            leave()
            self.banner.update()
            self.assertIs(self.below.focus_get(), self.below)
        self.assertEqual(self.pressed, ["Try now"] * 2)

    def test_an_alarm_has_other_colours(self) -> None:
        looks = []
        for alarm in (False, True):
            self.banner.show("x", alarm=alarm)
            style = ttk.Style(self.banner)
            looks.append(style.lookup(str(self.banner["style"]), "background"))
        self.assertNotEqual(*looks)


if __name__ == "__main__":
    unittest.main()
