"""Measuring: sentences that are broken, bubbles as large as their text."""

import unittest
from tkinter import Frame

from chatroom.windows import theme
from chatroom.windows.conversation import marks, ruler, sheets
from tests.tools.windows import WindowTest

ROOM = 40


class Words(unittest.TestCase):
    def test_a_sentence_is_broken_at_spaces(self) -> None:
        self.assertEqual(ruler.wrap("one two three", 8, len), "one two\nthree")
        self.assertEqual(ruler.wrap("one", 8, len), "one")
        self.assertEqual(ruler.wrap("incomprehensible one", 8, len), "incomprehensible\none")


class Sizes(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        frame = Frame(self.root())
        frame.pack(fill="both", expand=True)
        frame.update()
        self.look = theme.of(frame)
        self.ruler = ruler.Ruler(frame, self.look)
        self.text = sheets.make_text(frame, self.look)

    def end_of(self, message: marks.Message, width: int, height: int) -> tuple[int, int]:
        """Return where a text and the time behind it end in a Text of this size."""
        self.text.place(x=0, y=0, width=width, height=height)
        sheets.fill(self.text, message, self.look, ROOM)
        self.text.update()
        time, line = self.text.bbox("end-2c"), self.text.dlineinfo("end-2c")
        assert time is not None and line is not None, "not all of it is shown"
        return time[0] + time[2], line[1] + line[3]

    def test_a_size_is_that_of_all_the_text_and_the_time_behind_it(self) -> None:
        for text in (
            "ok",
            "a text that fits one line",
            "one line\nand another",
            "word " * 100,
            "W" * 500,
            "\U0001f389",
            "mixed \U0001f600 emoji \U0001f600 in a text that goes on for more than one line",
            "\u5b9f\u9a13\u5ba4\u306e\u9375" * 30,
            "\u0645\u0631\u062d\u0628\u0627",
            "two lines\n\nand an empty one",
            "a\ttab",
            "\tname\tsize\n\tkeys\t12",
            "many\ttabs\t" * 20,
            "\t\U0001f600\tend",
            "\U0001f389\t\U0001f389",
            "\u0645\u0631\t\u062d\u0628\u0627",
        ):
            message = marks.read(text, "")
            width, height = self.ruler.size(message, 0, 300, ROOM)
            with self.subTest(text):
                self.assertLessEqual(width, 300)
                right, bottom = self.end_of(message, width, height)
                self.assertLessEqual(right, width)
                self.assertEqual(bottom, height)

    def test_a_line_with_tabs_has_room_for_them(self) -> None:
        plain = self.ruler.size(marks.read("ok", ""), 0, 300, ROOM)
        for text in ("a\tb", "\t\t1", "12345678\tb", "\u00e4\tb\t"):
            with self.subTest(text):
                self.assertEqual(self.ruler.size(marks.read(text, ""), 0, 300, ROOM)[1], plain[1])

    def test_a_short_text_has_the_time_behind_it(self) -> None:
        one_line = self.ruler.size(marks.read("ok", ""), 0, 300, ROOM)
        other = self.ruler.size(marks.read("a little longer", ""), 0, 300, ROOM)
        self.assertEqual(one_line[1], other[1])
        self.assertLess(one_line[0], other[0])


if __name__ == "__main__":
    unittest.main()
