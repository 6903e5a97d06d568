"""What the tests of an archive stand on."""

import errno
import os
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from chatroom.archive.rows import encode_row
from chatroom.archive.troubles import ArchiveError, Trouble
from chatroom.protocol.entries import Entry
from chatroom.words import explain
from storage import Archive

HEADER = b"\xef\xbb\xbfRoom,Username,Message,Time,Id\r\n"
OLDER_HEADERS = (b"Room,Username,Message", b"Room,User,Message")
POSIX = os.name == "posix"


def entry(seq: int, text: str = 'Grüße, "Ana"\n🧶', name: str = "Zoë") -> Entry:
    return Entry(seq, "2024-05-01T12:00:00Z", name, text, f"u1-{seq}")


def rows(*entries: Entry) -> bytes:
    return b"".join(encode_row("default", one) for one in entries)


def no_sync(descriptor: int) -> None:
    """Stand in for the disk where a test is not about it."""


class ArchiveCase(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve() / "room"
        self.folder.mkdir()
        self.path = self.folder / "archive.csv"
        folder_sync = mock.patch("os.fsync")
        self.folder_sync = folder_sync.start()
        self.addCleanup(folder_sync.stop)

    def open(self, data: bytes | None = None, sync: Callable[[int], None] = no_sync) -> Archive:
        """Open the archive, with this in its file if given."""
        if data is not None:
            self.path.write_bytes(data)
        archive = Archive(self.path, "default", sync)
        self.addCleanup(archive.close)
        return archive

    def reopen(self, archive: Archive) -> Archive:
        archive.close()
        return self.open()

    def held(self, archive: Archive) -> list[Entry]:
        return list(archive.read(1, archive.head))

    def beside(self) -> dict[str, bytes]:
        """Return what lies beside the archive, the lock aside."""
        return {
            path.name: path.read_bytes()
            for path in self.folder.iterdir()
            if path != self.path and not path.name.endswith(".lock")
        }

    def assert_writable(self, archive: Archive) -> None:
        """Check that one more message is stored, after all that was there."""
        before = self.held(archive)
        new = entry(archive.head + 1, "one more")
        archive.append([new])
        self.assertEqual(self.held(archive), [*before, new])
        archive = self.reopen(archive)
        self.assertEqual(self.held(archive), [*before, new])
        self.assertTrue(self.path.read_bytes().endswith(rows(new)))
        archive.close()

    def refused(self, reason: Trouble, sync: Callable[[int], None] = no_sync) -> str:
        """Check that opening fails for this reason; return the sentence for it."""
        with self.assertRaises(ArchiveError) as caught:
            self.open(sync=sync)
        self.assertIs(caught.exception.reason, reason)
        sentence = explain(caught.exception)
        self.assertIn(os.path.realpath(self.path), sentence)
        self.assertTrue(sentence.endswith("."))
        return sentence

    def assert_notices(self, archive: Archive, *reasons: Trouble) -> None:
        """Check what was told on opening, and that each has its sentence."""
        self.assertEqual([one.reason for one in archive.notices], list(reasons))
        for notice in archive.notices:
            self.assertIn(str(self.path), explain(notice))


def held_open(number: int) -> PermissionError:
    """Return what Windows says of a file that another program has open, or locks a part of."""
    error = PermissionError(errno.EACCES, "The process cannot access the file", None, number)
    if POSIX:  # where that number is left out
        error.__dict__["winerror"] = number
    return error
