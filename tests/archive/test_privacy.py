"""Archives that others on the computer may read."""

import os
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatroom.archive import privacy
from chatroom.archive.troubles import Trouble
from tests.archive.case import POSIX


@unittest.skipUnless(POSIX, "permission bits are POSIX's")
class Hiding(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.archive = Path(folder.name) / "archive.csv"
        self.archive.touch()

    def hide(self, mode: int, *, is_empty: bool) -> tuple[list[object], int]:
        """Return what is told of a file of this mode, and the mode that it has then."""
        self.archive.chmod(mode)
        told = privacy.hide(self.archive, is_empty=is_empty)
        self.assertEqual([one.details for one in told], [{"path": self.archive}] * len(told))
        return [one.reason for one in told], self.archive.stat().st_mode & 0o777

    def test_empty_one_is_hidden(self) -> None:
        for mode in (0o644, 0o640, 0o666, 0o604):
            self.assertEqual(self.hide(mode, is_empty=True), ([], 0o600))

    def test_one_with_messages_stays_as_it_is_and_that_is_told(self) -> None:
        for mode in (0o644, 0o640, 0o660):
            told = self.hide(mode, is_empty=False)
            self.assertEqual(told, ([Trouble.OTHERS_MAY_READ], mode))

    def test_nothing_is_told_of_a_private_one(self) -> None:
        for mode in (0o600, 0o400):
            for is_empty in (True, False):
                self.assertEqual(self.hide(mode, is_empty=is_empty), ([], mode))

    def test_what_cannot_be_hidden_is_told(self) -> None:
        self.archive.chmod(0o644)
        with mock.patch.object(os, "chmod", side_effect=PermissionError):
            [told] = privacy.hide(self.archive, is_empty=True)
        self.assertIs(told.reason, Trouble.OTHERS_MAY_READ)


if __name__ == "__main__":
    unittest.main()
