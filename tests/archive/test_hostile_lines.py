"""Hostile lines, the short form; the long one is a command."""

import functools
import re
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from chatroom.archive import index, rows, sieve
from tests.archive import hostile_lines


class HostileLines(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "archive.csv"

    def test_many_lines_at_once_are_what_the_rule_says_of_each(self) -> None:
        seen, wrong = hostile_lines.run(8000, 1, self.path)
        self.assertEqual(wrong, [])
        for what in ("records", "damaged", "uneven", "plain"):
            self.assertGreater(seen[what], 500, what)
        self.assertGreater(seen["files with what is too long"], 50)
        self.assertGreater(seen["files"] - seen["files with what is too long"], 50)

    def test_every_part_of_the_pattern_is_needed(self) -> None:
        for part, instead in (
            (b'"(?:[^"]{0,900}"', b'"(?:[^"]{0,909}"'),
            (b'(?:[^"]|""){0,900}', b'(?:[^"]|""){0,909}'),
            (b'"[^"]{0,128}"', b'"[^"]{0,139}"'),
            (b'[^",\\r\\n]{0,128}', b"[^,\\r\\n]{0,128}"),
            (b'[^",\\r\\n]{0,900}', b'[^",\\n]{0,900}'),
            (b"u[0-9a-z]{0,22}", b"[^\\n-]{0,22}"),
            (b"{1,16}", b"{1,99}"),
            (b"[0-9A-Za-tv-z]", b"[0-9A-Za-z]"),
            (b"[0-9A-Za-tv-z]", b"[0-9A-Za-tv-z\xe2]"),
            (b"{0,39}", b"{0,45}"),
            (b'(?(1)")', b'"?'),
            (b"){0,0},*", b"){0,1},*"),
        ):
            self.assertIn(part, rows.plain_rows(5).pattern)
            make = functools.partial(_changed_rows, rows.plain_rows, part, instead)
            with self.subTest(part), mock.patch.object(rows, "plain_rows", make):
                self.assert_noticed()

    def test_the_rest_is_needed_too(self) -> None:
        for owner, name, instead in (
            (index, "_is_text", lambda block: b"\0" not in block),
            (index, "_is_text", lambda block: True),
            (sieve, "is_even", lambda line: True),
            (sieve, "_ESCAPE", "never"),
        ):
            with self.subTest(name), mock.patch.object(owner, name, instead):
                self.assert_noticed()

    def assert_noticed(self) -> None:
        self.assertTrue(hostile_lines.run(40_000, 1, self.path)[1])  # or as soon as one is


def _changed_rows(
    make: Callable[[int], re.Pattern[bytes]], part: bytes, instead: bytes, columns: int
) -> re.Pattern[bytes]:
    return re.compile(make(columns).pattern.replace(part, instead))


if __name__ == "__main__":
    unittest.main()
