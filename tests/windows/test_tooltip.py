"""Words for what shows an icon alone, and for parts of a widget."""

import tkinter as tk
import unittest
from tkinter import ttk

from chatroom.windows.icon_button import IconButton
from chatroom.windows.tooltip import Part, PartsTooltip
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


class PartsTest(WindowTest):
    """Two parts above each other, of 50 pixels each, and nothing below."""

    def setUp(self) -> None:
        super().setUp()
        self.frame = tk.Frame(self.root(), width=200, height=150)
        self.frame.pack()
        self.texts = ["above", "below"]
        self.tooltip = PartsTooltip(self.frame, self.find)
        self.frame.update()

    def find(self, _: int, y: int) -> Part | None:
        place = y // 50
        if place >= len(self.texts):
            return None
        return Part(self.texts[place], 20, 50 * place, 50 * place + 50)

    def rest_at(self, y: int, text: str) -> None:
        self.frame.event_generate("<Motion>", x=30, y=y)
        self.pump(lambda: reads(self.frame) == text)

    def wait(self) -> None:
        told: list[int] = []
        self.frame.after(700, told.append, 1)
        self.pump(lambda: told)

    def test_it_tells_of_the_part_below_the_mouse_and_stands_below_that(self) -> None:
        for y, text in ((10, "above"), (70, "below")):
            self.rest_at(y, text)
            [tip] = self.frame.winfo_children()
            place = tip.winfo_rootx(), tip.winfo_rooty()
            bottom = self.frame.winfo_rooty() + (y // 50 + 1) * 50
            self.assertEqual(place, (self.frame.winfo_rootx() + 20, bottom + 4))
        self.frame.event_generate("<Motion>", x=30, y=120)
        self.assertEqual(reads(self.frame), "")

    def test_it_stays_while_the_mouse_moves_within_its_part(self) -> None:
        self.rest_at(10, "above")
        [tip] = self.frame.winfo_children()
        self.frame.event_generate("<Motion>", x=35, y=12)
        self.assertEqual(self.frame.winfo_children(), [tip])

    def test_it_goes_when_its_part_does_and_another_takes_its_place(self) -> None:
        self.rest_at(10, "above")
        self.texts[0] = "another"
        self.tooltip.look_again()
        self.assertEqual(reads(self.frame), "")
        self.pump(lambda: reads(self.frame) == "another")
        self.texts.clear()
        self.tooltip.look_again()
        self.assertEqual(reads(self.frame), "")

    def test_who_acts_or_goes_is_told_nothing_more(self) -> None:
        for event in ("<Button-1>", "<Button-3>", "<Leave>"):
            self.frame.bind(event, lambda _: "break")  # whatever else it is for
            self.rest_at(10, "above")
            self.frame.event_generate(event)
            self.assertEqual(reads(self.frame), "", event)
            self.tooltip.look_again()
            self.wait()
            self.assertEqual(reads(self.frame), "", event)
            self.frame.event_generate("<Leave>")


if __name__ == "__main__":
    unittest.main()
