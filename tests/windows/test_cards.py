"""A column of cards: it scrolls where it must, and shows what has the keyboard."""

import unittest
from tkinter import ttk

from chatroom.windows import cards
from tests.tools.windows import WindowTest

FIELDS = 20


class ColumnTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.window = self.root()
        self.column = cards.Column(self.window, 300, 12)
        self.column.pack(side="left", fill="y")
        self.fields = [ttk.Entry(self.column.inner) for _ in range(FIELDS)]
        for field in self.fields:
            field.pack(fill="x")
        self.resize(self.window, 500, 300)

    def in_view(self, field: ttk.Entry) -> bool:
        top = field.winfo_rooty() - self.column.winfo_rooty()
        return top >= 0 and top + field.winfo_height() <= self.column.winfo_height()

    def test_it_scrolls_only_where_there_is_too_little_room(self) -> None:
        self.assertTrue(self.column.scrolls)
        self.assertFalse(self.in_view(self.fields[-1]))
        self.resize(self.window, 500, 900)
        self.assertFalse(self.column.scrolls)
        self.assertTrue(self.in_view(self.fields[-1]))

    def test_what_gets_the_keyboard_comes_into_view(self) -> None:
        for field in (self.fields[-1], self.fields[0], self.fields[FIELDS // 2]):
            field.focus_force()
            self.window.update()
            self.assertTrue(self.in_view(field))

    def test_a_wheel_over_any_part_of_it_scrolls(self) -> None:
        for button, moves in ((5, True), (4, False)):
            for _ in range(FIELDS):
                self.fields[0].event_generate(f"<Button-{button}>")
            self.window.update()
            self.assertIs(self.in_view(self.fields[-1]), moves)
            self.assertIs(self.in_view(self.fields[0]), not moves)


class Texts(WindowTest):
    def test_a_text_takes_as_many_lines_as_its_width_wants(self) -> None:
        window = self.root()
        label = cards.Wrapping(window, "Faded.TLabel", "a text of some length " * 20)
        label.pack(fill="x")
        heights = []
        for width in (900, 300):
            self.resize(window, width, 300)
            heights.append(label.winfo_height())
        self.assertGreater(heights[1], 2 * heights[0])


if __name__ == "__main__":
    unittest.main()
