"""The line that is typed, key by key."""

import random
import unittest

from chatroom.terminal import editor
from chatroom.terminal.editor import Editor, Told

LEFT, RIGHT, UP, DOWN = "\x1b[D", "\x1b[C", "\x1b[A", "\x1b[B"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


class EditorTest(unittest.TestCase):
    def setUp(self) -> None:
        self.line = Editor()

    def type(self, keys: str) -> str:
        """Press keys; return the line with a bar where the cursor is."""
        self.done = self.line.take(keys)
        return f"{self.line.text[: self.line.cursor]}|{self.line.text[self.line.cursor :]}"


class Editing(EditorTest):
    def test_keys_edit_as_in_a_shell(self) -> None:
        for keys, expected in (
            ("one two", "one two|"),
            ("abc" + LEFT + "X", "abX|c"),
            ("abc\x02\x02X", "aX|bc"),
            ("abc\x01\x06X", "aX|bc"),
            ("abc\x1b[HX\x1b[FY", "XabcY|"),
            ("abc\x1b[1~X\x1b[4~Y", "XabcY|"),
            ("abc\x1bOHX\x1bOFY", "XabcY|"),
            ("abc\x01X\x05Y", "XabcY|"),
            ("abc\x7f\x08", "a|"),
            ("abc\x01\x1b[3~\x04", "|c"),
            ("one two" + LEFT * 3 + "\x0b", "one |"),
            ("one two" + LEFT * 3 + "\x15", "|two"),
            ("one two-three\x17", "one |"),
            ("one two-three\x1b\x7f", "one two-|"),
            ("one two\x1bb\x1bbX", "X|one two"),
            ("one two\x01\x1bfX", "oneX| two"),
            ("one two\x01\x1bd", "| two"),
            ("one two\x1b[1;5D\x1b[1;5DX\x1b[1;5CY", "XoneY| two"),
            ("one two\x17\x01\x19 ", "two |one "),
            ("a\tb", "a\tb|"),
            (LEFT + RIGHT + "\x7f\x1b[3~\x17\x15\x0b", "|"),
            ("x\x1b[20~\x1b[99;9Z\x00\x1f\x1bzy", "xy|"),
        ):
            with self.subTest(keys):
                self.line = Editor()
                self.assertEqual(self.type(keys), expected)
                self.assertEqual(self.done, [])

    def test_letter_goes_with_its_marks(self) -> None:
        for letter in ("e\u0301", FAMILY, "\u2764\ufe0f", "\U0001f44d\U0001f3fd", "\u0928\u093f"):
            with self.subTest(letter):
                self.line = Editor()
                self.assertEqual(self.type(f"a{letter}" + LEFT), f"a|{letter}")
                self.assertEqual(self.type(RIGHT), f"a{letter}|")
                self.assertEqual(self.type("\x7f"), "a|")
                self.assertEqual(self.type(f"{letter}{LEFT}\x1b[3~"), "a|")

    def test_keys_may_come_in_pieces(self) -> None:
        chance = random.Random(5)
        keys = [LEFT, RIGHT, "\x1b[1;5D", "\x1bb", "\x7f", "x", "\u4e16 ", "\x17", UP, "\n", "\x19"]
        for _ in range(200):
            typed = "".join(chance.choices(keys, k=30))
            whole, pieces = Editor(), Editor()
            lines = whole.take(typed)
            cut: list[str | Told] = []
            for character in typed:
                cut += pieces.take(character)
            self.assertEqual((whole.text, whole.cursor), (pieces.text, pieces.cursor))
            self.assertEqual(lines, cut)
            self.assertTrue(0 <= whole.cursor <= len(whole.text))

    def test_sequence_without_an_end_holds_up_nothing_for_long(self) -> None:
        self.type("\x1b[" + "1;" * 500)
        self.assertEqual(self.type("abc"), "abc|")


class Lines(EditorTest):
    def test_enter_ends_a_line_and_several_may_come_at_once(self) -> None:
        self.assertEqual(self.type("one\ntwo\r\nthree\rfo"), "fo|")
        self.assertEqual(self.done, ["one", "two", "three"])
        self.assertEqual(self.type(LEFT + "\n"), "|")
        self.assertEqual(self.done, ["fo"])

    def test_very_long_line_is_handed_on_in_pieces(self) -> None:
        text = "x" * editor.LENGTH_MOST
        self.assertEqual(self.type(text + text + "yz"), "yz|")
        self.assertEqual(self.done, [text, text])

    def test_end_of_input_is_asked_for_on_an_empty_line_only(self) -> None:
        self.type("ab\x02\x04")
        self.assertEqual(self.done, [])
        self.type("\x7f\x04")
        self.assertEqual(self.done, [Told.END])

    def test_screen_is_cleared_on_wish(self) -> None:
        self.assertEqual(self.type("ab\x0c"), "ab|")
        self.assertEqual(self.done, [Told.CLEAR])

    def test_lines_before_come_back_and_what_was_begun_too(self) -> None:
        self.type("one\ntwo\ntwo\n \n")
        self.assertEqual(self.type("begun" + UP), "two|")
        self.assertEqual(self.type(UP), "one|")
        self.assertEqual(self.type(UP), "one|")
        self.assertEqual(self.type(DOWN + DOWN), "begun|")
        self.assertEqual(self.type(DOWN), "begun|")
        self.assertEqual(self.type("\x10\x10!\n"), "|")
        self.assertEqual(self.done, ["one!"])
        self.assertEqual(self.type("\x10\x10\x10"), "one|")
        self.assertEqual(self.type("\x0e"), "two|")

    def test_lines_that_are_kept_are_bounded(self) -> None:
        self.type("".join(f"{n}\n" for n in range(editor.LINES_KEPT + 10)))
        self.assertEqual(self.type(UP * 10_000), "10|")


if __name__ == "__main__":
    unittest.main()
