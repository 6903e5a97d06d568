"""Odd files: each is read or refused in words; none hangs, and nothing is lost."""

import unittest

from tests.archive.odd_files import kinds, try_to_open


class OddFiles(unittest.TestCase):
    def test_each_is_read_or_refused_in_words_and_nothing_is_lost(self) -> None:
        for odd in kinds():
            with self.subTest(odd.name):
                outcome = try_to_open(odd)
                self.assertTrue(outcome.is_in_time, "it hangs")
                self.assertEqual((outcome.told, outcome.held), (odd.told, odd.held))
                self.assertTrue(outcome.is_all_there)
                for sentence in outcome.read:
                    self.assertRegex(sentence, r"^[\dA-Za-z./].*\.$")

    def test_there_are_many_kinds_of_them(self) -> None:
        self.assertGreaterEqual(len({odd.name for odd in kinds()}), 40)


if __name__ == "__main__":
    unittest.main()
