"""The rows at the end of a terminal stay whole, whatever is typed and printed."""

import random
import unittest
from collections.abc import Callable
from typing import cast

from chatroom.terminal import output, screen, widths
from chatroom.terminal.screen import CUT, PROMPT, Screen
from tests.tools.terminal import Emulator


class FakeOutput:
    """Prints at once."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def write(self, text: str, is_wanted: Callable[[], bool] = bool) -> None:
        self._emulator.feed(text.replace("\n", "\r\n"))


class ScreenTest(unittest.TestCase):
    def make(self, columns: int = 40, rows: int = 10) -> Screen:
        self.emulator = Emulator(columns, rows)
        out = cast(output.Output, FakeOutput(self.emulator))
        shown = Screen(out, lambda: (self.emulator.columns, self.emulator.rows))
        shown.open()
        return shown


class Drawing(ScreenTest):
    def test_printed_lines_stand_above_and_rows_between(self) -> None:
        shown = self.make()
        shown.show_typed("typed", 2)
        shown.show_rows(["one waits", "two wait"])
        shown.print("first\n")
        shown.print(f"{'long ' * 30}\nlast\n")
        self.assertEqual(
            self.emulator.lines,
            ["first", ("long " * 30).rstrip(), "last", "one waits", "two wait", f"{PROMPT}typed"],
        )
        self.assertEqual(self.emulator.before_cursor, f"{PROMPT}ty")
        shown.show_rows([])
        self.assertEqual(self.emulator.lines[-2:], ["last", f"{PROMPT}typed"])

    def test_closed_screen_draws_nothing_and_leaves_what_was_typed(self) -> None:
        shown = self.make()
        shown.show_typed("not sent", 8)
        shown.close(keeps_typed=False)
        self.assertEqual(self.emulator.lines, [""])
        shown.show_typed("not sent either", 3)
        shown.print("printed\n")
        self.assertEqual(self.emulator.lines, ["printed", ""])
        shown.open()
        shown.close(keeps_typed=True)
        self.assertEqual(self.emulator.lines, ["printed", f"{PROMPT}not sent either", ""])

    def test_cleared_screen_keeps_the_typed_line(self) -> None:
        shown = self.make()
        shown.print("printed\n")
        shown.show_typed("typed", 5)
        shown.clear()
        self.assertEqual("".join(self.emulator.lines), f"{PROMPT}typed")

    def test_control_characters_that_were_pasted_are_pictures(self) -> None:
        shown = self.make()
        shown.show_rows(["a\x1b[2Jb"])
        shown.show_typed("a\tb\x9bc\u202e", 3)
        self.assertEqual(self.emulator.lines, ["a\u241b[2Jb", f"{PROMPT}a\u2409b\ufffdc\ufffd"])

    def test_very_small_terminals_show_what_they_can(self) -> None:
        for columns in range(1, 12):
            for rows in (1, 2, 3):
                shown = self.make(columns, rows)
                shown.show_rows(["waits"] * 3)
                shown.show_typed("some text \u4e16\u754c", 12)
                shown.print("printed\n")
                self.assertLessEqual(len(self.emulator.before_cursor), columns)

    def test_whatever_is_typed_in_whatever_width_keeps_to_one_row(self) -> None:
        chance = random.Random(8)
        letters = ["a", "word ", "\u4e16", "e\u0301", "\U0001f600", "\t", "\u0e33", "\u2764\ufe0f"]
        for _ in range(400):
            columns = chance.randrange(6, 60)
            shown = self.make(columns, 6)
            text = "".join(chance.choices(letters, k=chance.randrange(60)))
            cursor = chance.randrange(len(text) + 1)
            shown.print("above\n")
            shown.show_typed(text, cursor)
            shown.print("more\n")
            *above, row = self.emulator.lines
            self.assertEqual(above, ["above", "more"])
            self.assertLess(widths.width(row), columns)
            before = self.emulator.before_cursor
            if CUT in row:
                self.assertTrue(before.strip(PROMPT + CUT) in text.replace("\t", "\u2409"))
            else:
                self.assertEqual(before, PROMPT + text[:cursor].replace("\t", "\u2409"))


class Cutting(unittest.TestCase):
    def test_around_shows_as_much_as_fits_near_the_cursor(self) -> None:
        text = "".join(chr(ord("a") + n % 26) for n in range(100))
        for cursor, expected in (
            (0, ("", f"{text[:19]}{CUT}")),
            (10, (text[:10], f"{text[10:19]}{CUT}")),
            (100, (f"{CUT}{text[82:]}", "")),
            (50, (f"{CUT}{text[36:50]}", f"{text[50:54]}{CUT}")),
        ):
            with self.subTest(cursor):
                self.assertEqual(screen.around(text, cursor, 20), expected)

    def test_widths_are_rather_too_large_than_too_small(self) -> None:
        for text, cells in (
            ("abc", 3),
            ("\u4e16\u754c", 4),
            ("e\u0301", 1),
            ("\U0001f600", 2),
            ("\u2764\ufe0f", 2),
            ("\u200b", 0),
            ("\u0e01\u0e34", 1),
        ):
            self.assertEqual(widths.width(text), cells, ascii(text))
        self.assertEqual(widths.fitting("ab\u4e16\u754c", 5), "ab\u4e16")
        self.assertEqual(widths.fitting_end("\u4e16\u754ce\u0301", 4), "\u754ce\u0301")
        self.assertEqual(widths.fitting_end("\u4e16\u0301a", 2), "a")


if __name__ == "__main__":
    unittest.main()
