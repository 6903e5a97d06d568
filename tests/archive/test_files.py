"""Opening, locking and replacing an archive's file, whatever has its name."""

import errno
import os
import socket
import tracemalloc
import unittest
from pathlib import Path
from unittest import mock

from chatroom.archive.troubles import ArchiveError, Trouble
from chatroom.words import explain
from tests.archive.case import HEADER, OLDER_HEADERS, POSIX, ArchiveCase, entry, held_open, rows


class Opening(ArchiveCase):
    """What is no file, or no sensible one, ends in words at once."""

    @unittest.skipUnless(POSIX, "names of pipes and devices are POSIX's")
    def test_pipe_socket_and_device_are_refused_without_waiting(self) -> None:
        os.mkfifo(self.path)
        self.refused(Trouble.IS_NO_FILE)
        self.path.unlink()
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(str(self.path))
            self.refused(Trouble.IS_NO_FILE)
        for name in ("null", "zero", "full", "tty"):
            self.path = Path("/dev", name)
            self.refused(Trouble.IS_NO_FILE)
            self.assertFalse(Path("/dev", f".{name}.lock").exists())

    @unittest.skipUnless(POSIX, "links need rights on Windows")
    def test_links_that_lead_nowhere(self) -> None:
        self.path.symlink_to(self.path)
        self.assertIn("symbolic links", self.refused(Trouble.CANNOT_OPEN))
        self.path.unlink()
        self.path.symlink_to(self.folder / "missing" / "archive.csv")
        with self.assertRaises(ArchiveError) as caught:
            self.open()
        self.assertIs(caught.exception.reason, Trouble.CANNOT_OPEN)

    @unittest.skipUnless(POSIX, "links need rights on Windows")
    def test_link_in_the_way_of_a_file_beside_is_not_followed(self) -> None:
        elsewhere = self.folder / "elsewhere"
        names = ("archive.csv.torn-1", "archive.csv.before-upgrade-1", "archive.csv.new")
        for name in names:
            (self.folder / name).symlink_to(elsewhere)
        older = OLDER_HEADERS[0] + b"\r\nr,Ana,hi\r\n"
        self.open(older).close()
        self.open(HEADER + b"torn").close()
        self.assertFalse(elsewhere.exists())
        self.assertEqual(self.path.with_name("archive.csv.before-upgrade-2").read_bytes(), older)
        self.assertEqual(self.path.with_name("archive.csv.torn-2").read_bytes(), b"torn")
        lock = self.folder / ".archive.csv.lock"
        lock.unlink()
        lock.symlink_to(elsewhere)
        with self.assertRaises(ArchiveError) as caught:
            self.open()
        self.assertIs(caught.exception.reason, Trouble.CANNOT_LOCK)
        self.assertIn(f"{lock} keeps a second server", explain(caught.exception))
        self.assertFalse(elsewhere.exists())

    @unittest.skipUnless(POSIX, "permission bits are POSIX's")
    def test_new_files_are_private(self) -> None:
        self.addCleanup(os.umask, os.umask(0))
        self.open().close()
        self.open(HEADER + b"torn").close()
        self.open(OLDER_HEADERS[0] + b"\r\nr,Ana,hi\r\n").close()
        modes = {one.name: one.stat().st_mode & 0o777 for one in self.folder.iterdir()}
        self.assertEqual(len(modes), 4)
        self.assertEqual(set(modes.values()), {0o600}, modes)

    @unittest.skipUnless(POSIX, "permission bits are POSIX's")
    def test_shared_archive_stays_shared_and_what_is_beside_it_is_private(self) -> None:
        self.path.write_bytes(OLDER_HEADERS[0] + b"\r\nr,Ana,hi\r\n")
        self.path.chmod(0o664)
        self.open().close()
        self.assertEqual(self.path.stat().st_mode & 0o777, 0o664)
        kept = self.path.with_name("archive.csv.before-upgrade-1")
        self.assertEqual(kept.stat().st_mode & 0o777, 0o600)

    def test_endless_first_line_is_not_read(self) -> None:
        for start in (b"", HEADER.rstrip()):
            with self.subTest(start=start):
                self.path.write_bytes(start)
                os.truncate(self.path, 500_000_000)
                tracemalloc.start()
                self.refused(Trouble.NOT_AN_ARCHIVE)
                _, most = tracemalloc.get_traced_memory()
                tracemalloc.stop()
                self.assertLess(most, 1_000_000)

    def test_endless_end_is_refused_and_left(self) -> None:
        self.path.write_bytes(HEADER + rows(entry(1)))
        size = 100_000_000
        os.truncate(self.path, size)
        tracemalloc.start()
        sentence = self.refused(Trouble.NO_LINE_END)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertIn(str(size - len(HEADER + rows(entry(1)))), sentence)
        self.assertEqual(self.path.stat().st_size, size)
        self.assertEqual(self.beside(), {})
        self.assertLess(most, 10_000_000)

    def test_endless_line_in_the_middle_is_passed_over(self) -> None:
        line = b"x" * 20_000_000 + b"\n"
        self.path.write_bytes(HEADER + rows(entry(1)) + line + rows(entry(2)))
        tracemalloc.start()
        archive = self.open()
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        self.assertEqual(self.held(archive), [entry(1), entry(2)])
        self.assert_notices(archive, Trouble.LINES_DAMAGED)
        self.assertIn("line 3 (too long)", explain(archive.notices[0]))
        self.assertLess(most, 10_000_000)
        self.assert_writable(archive)


class Locking(ArchiveCase):
    def test_second_archive_is_refused_until_the_first_is_closed(self) -> None:
        first = self.open()
        self.refused(Trouble.IN_USE)
        first.append([entry(1)])
        first.close()
        self.assertEqual(self.held(self.open()), [entry(1)])

    def test_another_archive_in_the_same_folder_is_free(self) -> None:
        self.open()
        self.path = self.folder / "other.csv"
        self.open()

    def test_closing_twice_does_not_take_the_lock_from_the_next(self) -> None:
        first = self.open()
        first.close()
        self.open()
        first.close()
        self.refused(Trouble.IN_USE)

    @unittest.skipUnless(POSIX, "links need rights on Windows")
    def test_link_to_an_archive_is_that_archive(self) -> None:
        first = self.open()
        first.append([entry(1)])
        real, self.path = self.path, self.folder / "link.csv"
        self.path.symlink_to(real)
        self.refused(Trouble.IN_USE)
        first.close()
        self.open().append([entry(2)])
        self.assertTrue(self.path.is_symlink())
        self.assertEqual(real.read_bytes(), HEADER + rows(entry(1), entry(2)))

    @unittest.skipUnless(POSIX, "Windows keeps an open lock file where it is")
    def test_lost_lock_file_lets_in_nobody(self) -> None:
        first = self.open()
        (self.folder / ".archive.csv.lock").unlink()
        self.refused(Trouble.IN_USE)
        first.append([entry(1)])
        first.close()
        self.assertEqual(self.held(self.open()), [entry(1)])

    @unittest.skipUnless(hasattr(os, "link"), "this system has no hard links")
    def test_hard_link_to_an_archive_is_that_archive(self) -> None:
        first = self.open()
        real, self.path = self.path, self.folder / "link.csv"
        os.link(real, self.path)
        self.refused(Trouble.IN_USE)
        first.append([entry(1)])
        first.close()
        self.open().append([entry(2)])
        self.assertEqual(real.read_bytes(), HEADER + rows(entry(1), entry(2)))

    @unittest.skipUnless(POSIX, "Windows keeps an open lock file where it is")
    def test_rewritten_archive_is_locked_before_it_has_its_name(self) -> None:
        self.path.write_bytes(OLDER_HEADERS[0] + b"\r\nr,Ana,hi\r\n")
        replace = os.replace
        tried: list[str] = []

        def open_around(fresh: Path, path: Path) -> None:
            (self.folder / ".archive.csv.lock").unlink()
            self.refused(Trouble.IN_USE)
            replace(fresh, path)
            self.refused(Trouble.IN_USE)
            tried.append("before and after")

        with mock.patch("os.replace", open_around):
            archive = self.open()
        self.refused(Trouble.IN_USE)
        self.assertEqual(tried, ["before and after"])
        self.assert_writable(archive)

    def test_file_system_without_locks_is_refused_with_its_cause(self) -> None:
        if not POSIX:
            self.skipTest("fcntl is POSIX's")
        without = OSError(errno.ENOLCK, "No locks available")
        with mock.patch("fcntl.flock", side_effect=without):
            self.assertIn("No locks available", self.refused(Trouble.CANNOT_OPEN))


class HeldOpen(ArchiveCase):
    """A spreadsheet has the archive open, on Windows."""

    def test_opening_says_what_to_close(self) -> None:
        for number in (32, 33):
            with mock.patch("os.open", side_effect=held_open(number)):
                self.assertIn("Close that program", self.refused(Trouble.HELD_OPEN))

    def test_upgrade_leaves_nothing_behind_and_says_what_to_close(self) -> None:
        data = OLDER_HEADERS[0] + b"\r\nr,Ana,hi\r\n"
        self.path.write_bytes(data)
        for number in (32, 33):
            with mock.patch("os.replace", side_effect=held_open(number)):
                self.assertIn("Close that program", self.refused(Trouble.HELD_OPEN))
            self.assertEqual(self.path.read_bytes(), data)
            self.assertEqual(self.beside(), {})
        self.assertEqual([one.text for one in self.held(self.open())], ["hi"])


if __name__ == "__main__":
    unittest.main()
