"""Finding a row by how it begins."""

import unittest

from chatroom.windows.type_ahead import PAUSE_MS, TypeAhead

ROWS = ("Ana", "Andi", "Budi", "budi b", "Citra")


class TypeAheadTest(unittest.TestCase):
    def setUp(self) -> None:
        self.ahead = TypeAhead()
        self.now_ms = 5000
        self.here = -1

    def type(self, text: str, *, after_ms: int = 100) -> str:
        """Type letter by letter, the first after a time; return the row come to."""
        for typed in text:
            self.now_ms += after_ms
            after_ms = 100
            found = self.ahead.find(typed, self.now_ms, ROWS, self.here)
            self.here = self.here if found is None else found
        return ROWS[self.here]

    def test_letters_together_are_the_beginning_in_either_case(self) -> None:
        self.assertEqual(self.type("an"), "Ana")
        self.assertEqual(self.type("D"), "Andi")
        self.assertEqual(self.type("BUDI ", after_ms=PAUSE_MS + 1), "budi b")

    def test_after_a_pause_all_begins_anew(self) -> None:
        self.assertEqual(self.type("an"), "Ana")
        self.assertEqual(self.type("c", after_ms=PAUSE_MS + 1), "Citra")

    def test_one_letter_again_goes_on_and_around(self) -> None:
        found = [self.type("b") for _ in range(3)]
        self.assertEqual(found, ["Budi", "budi b", "Budi"])
        found = [self.type("a", after_ms=PAUSE_MS + 1) for _ in range(3)]
        self.assertEqual(found, ["Ana", "Andi", "Ana"])

    def test_what_nobody_begins_with_goes_nowhere(self) -> None:
        self.assertEqual(self.type("ci"), "Citra")
        self.assertEqual(self.type("x"), "Citra")
        self.assertIsNone(self.ahead.find("q", self.now_ms + PAUSE_MS + 1, ROWS, -1))
        self.assertIsNone(self.ahead.find("q", 0, (), -1))

    def test_clock_that_begins_anew_is_a_pause(self) -> None:
        self.assertEqual(self.type("a"), "Ana")
        self.assertEqual(self.ahead.find("b", 3, ROWS, self.here), 2)

    def test_it_is_under_way_for_a_while(self) -> None:
        self.assertFalse(self.ahead.is_under_way(0))
        self.type("a")
        self.assertTrue(self.ahead.is_under_way(self.now_ms + PAUSE_MS))
        self.assertFalse(self.ahead.is_under_way(self.now_ms + PAUSE_MS + 1))


if __name__ == "__main__":
    unittest.main()
