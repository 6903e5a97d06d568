"""Words for what shows an icon alone."""

import unittest
from tkinter import ttk

from chatroom.windows.icon_button import IconButton
from tests.tools.windows import WindowTest, reads


class TooltipTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.pressed: list[str] = []
        self.button = IconButton(
            self.root(),
            "search",
            "Search",
            lambda: self.pressed.append("Search"),
            "Search (Ctrl+F)",
        )
        self.button.pack(side="right", anchor="s")
        self.button.update()

    def test_it_comes_while_the_mouse_rests_and_goes_with_it(self) -> None:
        self.button.event_generate("<Enter>")
        self.pump(lambda: "Search (Ctrl+F)" in reads(self.button))
        tip = self.button.winfo_children()[0]
        self.assertLessEqual(tip.winfo_rootx() + tip.winfo_width(), tip.winfo_screenwidth())
        self.button.event_generate("<Leave>")
        self.assertEqual(reads(self.button), "")

    def test_what_is_pressed_at_once_needs_no_words(self) -> None:
        self.button.event_generate("<Enter>")
        self.button.event_generate("<ButtonPress-1>")
        told: list[int] = []
        self.button.after(700, told.append, 1)
        self.pump(lambda: told)
        self.assertEqual(reads(self.button), "")

    def test_mouse_presses_it_and_leaves_the_keyboard_where_it_was(self) -> None:
        field = ttk.Entry(self.roots[0])
        field.pack()
        field.focus_force()
        field.update()
        for event in ("<Enter>", "<Button-1>", "<ButtonRelease-1>"):
            self.button.event_generate(event, x=3, y=3)
            self.button.update()
        self.assertEqual(self.pressed, ["Search"])
        self.assertIs(field.focus_get(), field)

    def test_words_follow_the_icon(self) -> None:
        self.button.show("bell", "Another")
        self.button.event_generate("<Enter>")
        self.pump(lambda: reads(self.button) == "Another")

    def test_none_lies_on_a_menu_that_is_open(self) -> None:
        menu = ttk.Frame(self.roots[0])
        menu.pack()
        menu.update()
        menu.grab_set()
        self.button.event_generate("<FocusIn>")
        told: list[int] = []
        self.button.after(700, told.append, 1)
        self.pump(lambda: told)
        self.assertEqual(reads(self.button), "")

    def test_it_goes_with_its_widget(self) -> None:
        self.button.event_generate("<Enter>")
        self.pump(lambda: reads(self.button))
        self.button.destroy()
        self.roots[0].update()


if __name__ == "__main__":
    unittest.main()
