"""Soft breaks: no line is too long for Tk, and the text is what it was."""

import random
import unittest

from chatroom.windows.long_lines import LINE_MOST, SOFT_BREAK, harden, soften


class LongLines(unittest.TestCase):
    def test_no_line_is_too_long_and_the_text_is_the_same(self) -> None:
        rng = random.Random(8)
        for _ in range(300):
            text = "".join(
                rng.choice("x \n\U0001f600") * rng.choice((1, 3, LINE_MOST, 2 * LINE_MOST + 1))
                for _ in range(rng.randrange(8))
            )
            before = rng.choice((0, 5, LINE_MOST))
            after = rng.choice((0, LINE_MOST - before))
            soft = soften(text, before, after)
            self.assertEqual(harden(soft), text)
            lines = ("b" * before + soft + "a" * after).split("\n")
            longest = max(map(len, lines))
            self.assertLessEqual(longest, LINE_MOST + len(SOFT_BREAK))

    def test_a_line_breaks_after_a_space(self) -> None:
        text = "word " * LINE_MOST
        for piece in soften(text).split(SOFT_BREAK)[:-1]:
            self.assertTrue(piece.endswith("word "))

    def test_half_of_a_soft_break_is_no_text(self) -> None:
        half = SOFT_BREAK[:1]
        self.assertEqual(harden(soften(f"one{SOFT_BREAK}two{half}three")), "one\ntwothree")
        self.assertEqual(harden(f"one{half}two"), "onetwo")


if __name__ == "__main__":
    unittest.main()
