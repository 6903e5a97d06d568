"""Text that has to fit."""

import unittest

from chatroom.windows import theme
from chatroom.windows.elided import ELLIPSIS, Elided, elide
from tests.tools.windows import WindowTest


class ElidedTest(WindowTest):
    def test_as_much_is_shown_as_fits_and_not_a_letter_less(self) -> None:
        font = theme.of(self.root()).body
        text = "some words and a few more \U0001f600 after them"
        whole = font.measure(text)
        self.assertEqual(elide(text, font, whole), text)
        for width in range(font.measure(ELLIPSIS), whole, 7):
            shown = elide(text, font, width)
            kept = shown.removesuffix(ELLIPSIS)
            self.assertLessEqual(font.measure(shown), width)
            self.assertTrue(shown.endswith(ELLIPSIS) and text.startswith(kept))
            longer = text[: len(kept) + 2].rstrip() + ELLIPSIS
            self.assertTrue(font.measure(longer) > width or longer == shown)

    def test_label_asks_for_no_room_and_takes_what_it_is_given(self) -> None:
        root = self.root()
        label = Elided(root, theme.of(root).title, "Title.TLabel")
        label.pack(fill="x")
        label.say("long " * 100)
        root.update()
        self.assertLess(label.winfo_reqwidth(), 60)
        narrow = str(label["text"])
        root.geometry("1200x200")
        self.pump(lambda: len(str(label["text"])) > len(narrow))


if __name__ == "__main__":
    unittest.main()
