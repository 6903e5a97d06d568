"""The sentences about the archive: one for each trouble, whole with its particulars."""

import errno
import string
import unittest
from pathlib import Path

from chatroom.archive.troubles import Damaged, Trouble
from chatroom.problems import Problem
from chatroom.words.archive_english import SENTENCES, archive_sentence

DETAILS: dict[str, object] = {
    "path": Path("archive.csv"),
    "error": OSError(errno.EIO, "Input/output error"),
    "kept": "archive.csv.torn-1",
    "count": 2,
    "size": 17,
    "line": 3,
    "cells": 4,
    "lines": (Damaged(Trouble.ZERO_BYTES, line=3), Damaged(Trouble.NOT_READABLE, line=9)),
}


class Sentences(unittest.TestCase):
    def test_every_trouble_has_a_sentence_of_known_particulars(self) -> None:
        self.assertEqual(set(SENTENCES), set(Trouble))
        for trouble in Trouble:
            with self.subTest(trouble.name):
                sentence = archive_sentence(Problem(trouble, **DETAILS))
                self.assertNotIn("{", sentence)

    def test_the_cause_is_told_wherever_the_system_refused(self) -> None:
        for trouble, sentence in SENTENCES.items():
            if "why" in (field for _, field, _, _ in string.Formatter().parse(sentence)):
                said = archive_sentence(Problem(trouble, **DETAILS))
                self.assertIn("Input/output error", said)

    def test_full_disk_says_what_to_do(self) -> None:
        full = OSError(errno.ENOSPC, "No space left on device")
        said = archive_sentence(Problem(Trouble.CANNOT_WRITE, path="a.csv", error=full))
        self.assertIn("free some space on that disk", said)

    def test_the_first_of_many_lines_are_named(self) -> None:
        few = archive_sentence(Problem(Trouble.LINES_DAMAGED, **DETAILS))
        self.assertIn("line 3 (zero bytes), line 9 (not readable).", few)
        many = archive_sentence(Problem(Trouble.LINES_DAMAGED, **DETAILS | {"count": 3}))
        self.assertIn("line 9 (not readable), ...", many)


if __name__ == "__main__":
    unittest.main()
