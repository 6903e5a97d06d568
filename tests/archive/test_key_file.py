"""The file of the host's key: made once, kept to the host alone, never guessed at."""

import os
import secrets
import stat
import tempfile
import unittest
from pathlib import Path

from chatroom.archive import key_file
from chatroom.archive.troubles import ArchiveError, Trouble

POSIX = os.name == "posix"


class Key(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.archive = Path(folder.name, "archive.csv")
        self.archive.touch()
        self.path = Path(folder.name, ".archive.csv.key")

    def secret(self) -> bytes:
        return key_file.host_secret(self.archive, secrets.token_bytes)

    def refused(self) -> Trouble:
        with self.assertRaises(ArchiveError) as caught:
            self.secret()
        assert isinstance(caught.exception.reason, Trouble)
        return caught.exception.reason

    def test_key_is_made_once_and_each_archive_has_its_own(self) -> None:
        made = self.secret()
        self.assertEqual(len(made), 32)
        self.assertEqual(self.secret(), made)
        self.archive = self.archive.with_name("other.csv")
        self.archive.touch()
        self.assertNotEqual(self.secret(), made)

    @unittest.skipUnless(POSIX, "modes are POSIX's")
    def test_nobody_else_may_read_it(self) -> None:
        self.secret()
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)
        self.path.chmod(0o644)
        self.secret()
        self.assertEqual(stat.S_IMODE(self.path.stat().st_mode), 0o600)

    @unittest.skipUnless(POSIX and os.geteuid() == 0, "root alone could read another's")
    def test_one_that_another_user_laid_there_is_refused(self) -> None:
        made = self.secret()
        os.chown(self.path, 65534, -1)
        self.assertIs(self.refused(), Trouble.NOT_OUR_KEY)
        os.chown(self.archive, 65534, -1)  # whose archive it is, has its key
        self.assertEqual(self.secret(), made)

    def test_making_that_was_cut_short_begins_again(self) -> None:
        self.path.write_bytes(b"")
        made = self.secret()
        self.assertEqual(self.secret(), made)

    def test_what_is_no_key_is_left_as_it_is_and_told(self) -> None:
        for kept in (b"x" * 64, b"00" * 31, b"00" * 33, b"\xff" * 10, b"00" * 5000):
            self.path.write_bytes(kept)
            self.assertIs(self.refused(), Trouble.NO_HOST_KEY)
            self.assertEqual(self.path.read_bytes(), kept)

    @unittest.skipUnless(POSIX, "links need rights on Windows")
    def test_link_is_not_followed(self) -> None:
        aim = self.archive.with_name("aim")
        aim.write_bytes(b"precious")
        self.path.symlink_to(aim)
        self.refused()
        self.assertEqual(aim.read_bytes(), b"precious")

    def test_folder_in_its_place(self) -> None:
        self.path.mkdir()
        self.assertIs(self.refused(), Trouble.IS_FOLDER)


if __name__ == "__main__":
    unittest.main()
