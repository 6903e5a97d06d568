"""archive.csv: what it holds after crashes, full disks, other programs and old age."""

import builtins
import csv
import errno
import io
import os
import random
import socket
import tempfile
import tracemalloc
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any
from unittest import mock

from chatroom.archive.index import Records
from chatroom.archive.rows import encode_row
from chatroom.archive.troubles import ArchiveError, Trouble
from chatroom.problems import Problem
from chatroom.protocol.entries import Entry, entry_fits
from chatroom.server.log import LogBroken, LogRefused
from chatroom.words import explain
from storage import Archive

HEADER = b"\xef\xbb\xbfRoom,Username,Message,Time,Id\r\n"
OLDER_HEADERS = (b"Room,Username,Message", b"Room,User,Message")
POSIX = os.name == "posix"
NASTY = [
    "=1+1",
    "+1",
    "-1",
    "@x",
    " =1",
    "'=1",
    "\t=1",
    "＝1",
    "a\nb\r\nc\rd",
    "\0\x01\x1b\x1f\x7f\x85",
    "␊ ␥ ␀ ␡ ␥␊",
    'a,"b";c',
    "",
    " ",
    "'",
    "\u2028\u2029\ufeff🧶",
]
DAMAGED = [
    b"four,cells,only,here\r\n",
    b"r,a,\xff\xfe,t,i\r\n",
    b'r,a,"never closed,t,i\r\n',
    b"\0\0\0\0\0\n",
    b"nonsense\n",
    b"r,a,b,t,i,six\r\n",
    b"a\rb\n",
]


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


class Creating(ArchiveCase):
    def test_missing_archive_is_made_with_its_header(self) -> None:
        archive = self.open()
        self.assertEqual(self.path.read_bytes(), HEADER)
        self.assertEqual((archive.head, archive.notices), (0, []))
        self.assert_writable(archive)
        self.assertEqual(self.beside(), {})

    def test_header_torn_at_any_byte_is_made_whole(self) -> None:
        for size in range(len(HEADER)):
            with self.subTest(size=size):
                archive = self.open(HEADER[:size])
                self.assertEqual(self.path.read_bytes(), HEADER)
                self.assert_writable(archive)

    def test_header_without_line_end_does_not_swallow_the_first_message(self) -> None:
        self.assert_writable(self.open(HEADER[3:].rstrip()))

    def test_header_of_another_editor_is_good(self) -> None:
        for header in (HEADER[3:], HEADER.replace(b"\r", b"")):
            with self.subTest(header=header):
                archive = self.open(header + rows(entry(1)))
                self.assertEqual(self.held(archive), [entry(1)])
                self.assert_writable(archive)

    def test_opening_leaves_a_sound_archive_as_it_is(self) -> None:
        data = HEADER + rows(entry(1), entry(2))
        archive = self.open(data)
        self.assertEqual(archive.notices, [])
        self.assertEqual(self.path.read_bytes(), data)
        self.assertEqual(self.beside(), {})

    def test_foreign_file_is_refused_and_left(self) -> None:
        for data in (
            b"Name,Phone\r\nAna,123\r\n",
            b"Room|Username|Message|Time|Id\r\n",
            b"\r\n" + HEADER,
            HEADER[3:].lower(),
            b"Room,Username,Message,Time\r\n",
            b"Room,Username,Message,More\r\n",
            b"More,Room,Username,Message,Time,Id\r\n",
            "Room,Username,Message,Time,Id\r\n".encode("utf-16-le"),  # without a mark
            b"\x89PNG\r\n\x1a\n\0\0",
            b"PK\x03\x04\x14\0\0\0\n",
            b"no line end",
            b"no line end in the first forty bytes of it",
            b"Room\rUsername\rMessage\n",
            rows(entry(1)),
        ):
            with self.subTest(data=data):
                self.path.write_bytes(data)
                self.refused(Trouble.NOT_AN_ARCHIVE)
                self.assertEqual(self.path.read_bytes(), data)
                self.assertEqual(self.beside(), {})
        self.open(HEADER)  # and the refused ones hold no lock

    def test_place_that_cannot_hold_an_archive(self) -> None:
        self.path.mkdir()
        self.refused(Trouble.IS_FOLDER)
        self.path = self.folder / "missing" / "archive.csv"
        self.refused(Trouble.CANNOT_OPEN)

    @unittest.skipUnless(POSIX, "Windows cannot sync a folder")
    def test_new_and_upgraded_file_stay_under_their_name_after_a_crash(self) -> None:
        seen: list[bytes] = []
        self.folder_sync.side_effect = lambda _: seen.append(self.path.read_bytes())
        self.open().close()
        self.assertEqual(seen[-1], HEADER)
        self.open(OLDER_HEADERS[0] + b"\r\nr,Ana,hi\r\n")
        self.assertEqual(seen[-1], self.path.read_bytes())
        self.assertTrue(seen[-1].startswith(HEADER))

    def test_header_is_whole_before_it_is_synced(self) -> None:
        seen: list[bytes] = []
        self.open(sync=lambda _: seen.append(self.path.read_bytes()))
        self.assertEqual(seen[0], HEADER)

    def test_disk_that_cannot_sync_is_refused_and_not_locked(self) -> None:
        failing = mock.Mock(side_effect=OSError(errno.EIO, "Input/output error"))
        self.path.write_bytes(HEADER)
        self.assertIn("Input/output error", self.refused(Trouble.CANNOT_OPEN, failing))
        self.open()


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


class Appending(ArchiveCase):
    def test_appended_is_read_at_once_and_after_a_restart(self) -> None:
        archive = self.open()
        archive.append([entry(1), entry(2)])
        archive.append([entry(3)])
        self.assertEqual(self.held(archive), [entry(1), entry(2), entry(3)])
        self.assertEqual(self.path.read_bytes(), HEADER + rows(*self.held(archive)))
        self.assertEqual(self.held(self.reopen(archive)), [entry(1), entry(2), entry(3)])

    def test_all_entries_are_on_disk_by_one_sync(self) -> None:
        synced: list[bytes] = []
        archive = self.open(sync=lambda _: synced.append(self.path.read_bytes()))
        synced.clear()
        entries = [entry(seq) for seq in range(1, 9)]
        archive.append(entries)
        self.assertEqual(synced, [HEADER + rows(*entries)])

    def test_nothing_appended_changes_nothing(self) -> None:
        archive = self.open()
        archive.append([])
        self.assertEqual((archive.head, self.path.read_bytes()), (0, HEADER))

    def test_pages(self) -> None:
        archive = self.open(HEADER + rows(*map(entry, range(1, 11))))
        for first, last, expected in (
            (1, 10, range(1, 11)),
            (4, 6, range(4, 7)),
            (10, 10, range(10, 11)),
            (9, 99, range(9, 11)),
            (-5, 2, range(1, 3)),
            (11, 20, range(0)),
            (6, 4, range(0)),
            (0, 0, range(0)),
        ):
            with self.subTest(first=first, last=last):
                self.assertEqual(list(archive.read(first, last)), [*map(entry, expected)])

    def test_page_is_read_while_others_read_and_write(self) -> None:
        archive = self.open(HEADER + rows(*map(entry, range(1, 5))))
        ours, theirs = archive.read(1, 4), archive.read(3, 4)
        got = [next(ours), next(theirs), next(ours)]
        archive.append([entry(5)])
        got += [*archive.read(5, 5), next(ours), next(theirs)]
        self.assertEqual([one.seq for one in got], [1, 3, 2, 5, 3, 4])

    def test_room_stands_in_its_column(self) -> None:
        archive = Archive(self.path, "Küche, oben", no_sync)
        self.addCleanup(archive.close)
        archive.append([entry(1)])
        self.assertIn('"Küche, oben","Zoë",'.encode(), self.path.read_bytes())
        self.assertEqual(self.held(self.reopen(archive)), [entry(1)])


class Counters(ArchiveCase):
    def test_highest_of_each_device_is_recovered(self) -> None:
        ids = ["u1-1", "ub2-7", "u1-9", "u1-4", "u-x-3"]
        entries = [Entry(seq, "", "Ana", "x", id_) for seq, id_ in enumerate(ids, 1)]
        archive = self.open()
        archive.append(entries[:3])
        archive.append(entries[3:])
        for one in (archive, self.reopen(archive)):
            self.assertEqual(one.last_counter("u1"), 9)
            self.assertEqual(one.last_counter("ub2"), 7)
            self.assertEqual(one.last_counter("u-x"), 3)
            self.assertEqual(one.last_counter("u3"), 0)

    def test_ids_of_other_origin_count_for_nobody(self) -> None:
        ids = ["", "older-3", "u1", "u1-", "u1-x", "u1--", "u1-²", "u1-٣", "u1-4+1"]
        archive = self.open(HEADER + rows(*(Entry(1, "", "Ana", "x", id_) for id_ in ids)))
        self.assertEqual(archive.head, len(ids))
        for device in ("u1", "older", "u1-", ""):
            self.assertEqual(archive.last_counter(device), 0, device)

    def test_endless_counter_in_an_edited_id_does_not_stop_the_server(self) -> None:
        id_ = "u1-" + "9" * 5000
        archive = self.open(HEADER + rows(Entry(1, "", "Ana", "x", id_), entry(2)))
        self.assertEqual([one.text for one in self.held(archive)][1:], [entry(2).text])


class Spreadsheet(ArchiveCase):
    def assert_harmless(self, entries: list[Entry]) -> None:
        """Store the entries; check how they come back, and what others see."""
        archive = self.open()
        archive.append(entries)
        self.assertEqual(self.held(archive), entries)
        archive = self.reopen(archive)
        self.assertEqual(self.held(archive), entries)
        self.assertEqual(archive.notices, [])
        data = self.path.read_bytes()
        self.assertEqual(data.count(b"\n"), 1 + len(entries))
        seen = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        self.assertEqual([len(row) for row in seen], [5] * (1 + len(entries)))
        for cell in (cell for row in seen for cell in row):
            self.assertNotIn(cell.lstrip()[:1], set("=+-@＝＋－＠"), cell)
            self.assertFalse(any(ord(c) < 32 or ord(c) == 127 for c in cell), cell)

    def test_formulas_controls_and_pictures_come_back_and_do_no_harm(self) -> None:
        self.assert_harmless([Entry(n, text, text, text, text) for n, text in enumerate(NASTY, 1)])

    def test_random_nasty_messages(self) -> None:
        chance = random.Random(11)
        alphabet = [*NASTY, *"abc äß漢", *map(chr, range(128))]

        def cell(most: int) -> str:
            return "".join(chance.choices(alphabet, k=chance.randrange(most)))

        self.assert_harmless(
            [Entry(seq, cell(3), cell(5), cell(60), cell(3)) for seq in range(1, 1001)]
        )


class TornTail(ArchiveCase):
    def test_torn_last_row_is_set_aside_wherever_it_is_cut(self) -> None:
        whole = HEADER + rows(entry(1))
        last = rows(entry(23, 'says ""u1-9""'))
        for size in range(1, len(last) - 2):
            with self.subTest(size=size):
                archive = self.open(whole + last[:size])
                self.assertEqual(self.path.read_bytes(), whole)
                self.assertEqual(self.beside(), {"archive.csv.torn-1": last[:size]})
                self.assert_notices(archive, Trouble.LAST_LINE_CUT)
                self.assertEqual(archive.notices[0].details["kept"], "archive.csv.torn-1")
                self.assertIn("To put it back", explain(archive.notices[0]))
                self.assertEqual(self.held(archive), [entry(1)])
                self.assertEqual(archive.last_counter("u1"), 1)
                self.assert_writable(archive)
                (self.folder / "archive.csv.torn-1").unlink()

    def test_last_row_that_lacks_only_its_line_end_counts(self) -> None:
        last = entry(2, 'x","y","u1-77"')
        for before in ([], [entry(1)]):
            whole = HEADER + rows(*before, last)
            for data in (whole[:-1], whole[:-2]):
                with self.subTest(data=data[-8:], before=len(before)):
                    archive = self.open(data)
                    self.assertEqual(self.path.read_bytes(), whole)
                    self.assert_notices(archive, Trouble.LAST_LINE_ENDED)
                    self.assertEqual([one.id for one in self.held(archive)][-1:], ["u1-2"])
                    self.assertEqual(archive.last_counter("u1"), 2)
                    self.assertEqual(self.beside(), {})
                    self.assert_writable(archive)

    def test_row_that_may_lack_a_digit_is_set_aside(self) -> None:
        for tail in (
            b"r,Ana,text,t,u1-12",  # as it was written before cells were quoted
            b'r,Ana,text,t,"u1-12"',
            b'"r","Ana","text","t","u1-12',
            b'"r","Ana","text","t","older-1"',
            b'"r","Ana","text","t",""',
            b'"r","Ana","text","t","u1-1","more"',
            b'"r","Ana","1/2","t","u1-1"',  # we would have written a mark
            b'"r","Ana","text","t","u1-1" ',
            b'"r","Ana","text","t","u1-1"\r\r',
            b'"r","Ana","te\xfft","t","u1-1"',
        ):
            with self.subTest(tail=tail):
                archive = self.open(HEADER + rows(entry(1)) + tail)
                self.assert_notices(archive, Trouble.LAST_LINE_CUT)
                self.assertEqual(self.held(archive), [entry(1)])
                self.assertEqual(self.beside(), {"archive.csv.torn-1": tail})
                (self.folder / "archive.csv.torn-1").unlink()
                archive.close()

    def test_full_disk_leaves_the_last_line_as_it_was(self) -> None:
        data = HEADER + rows(entry(1))[:-2]
        self.path.write_bytes(data)
        full = OSError(errno.ENOSPC, "No space left on device")
        with mock.patch("chatroom.archive.files.write_all", side_effect=full):
            self.assertIn("No space left on device", self.refused(Trouble.CANNOT_OPEN))
        self.assertEqual(self.path.read_bytes(), data)

    def test_first_row_torn(self) -> None:
        archive = self.open(HEADER + rows(entry(1))[:-3])
        self.assertEqual(archive.head, 0)
        self.assert_writable(archive)

    def test_long_archive_with_a_torn_end(self) -> None:
        entries = [entry(seq, "x" * 800) for seq in range(1, 101)]
        archive = self.open(HEADER + rows(*entries) + rows(entry(101))[:-3])
        self.assertEqual(self.held(archive), entries)
        self.assert_writable(archive)

    def test_every_torn_end_is_kept(self) -> None:
        for tail in (b"one", b"two", b"three"):
            self.open(HEADER + tail).close()
        self.assertEqual(
            self.beside(),
            {
                "archive.csv.torn-1": b"one",
                "archive.csv.torn-2": b"two",
                "archive.csv.torn-3": b"three",
            },
        )

    def test_torn_end_is_on_disk_aside_before_it_is_cut(self) -> None:
        seen: list[tuple[bytes, dict[str, bytes]]] = []
        self.open(
            HEADER + b"torn",
            lambda _: seen.append((self.path.read_bytes(), self.beside())),
        )
        aside = {"archive.csv.torn-1": b"torn"}
        self.assertIn((HEADER + b"torn", aside), seen)
        self.assertEqual(seen[-1], (HEADER, aside))


class DamageInTheMiddle(ArchiveCase):
    def test_damaged_row_is_reported_and_passed_over_and_left(self) -> None:
        for line in DAMAGED:
            with self.subTest(line=line):
                data = HEADER + rows(entry(1)) + line + rows(entry(2))
                archive = self.open(data)
                self.assertEqual(self.held(archive), [entry(1), entry(2)])
                self.assert_notices(archive, Trouble.LINES_DAMAGED)
                sentence = explain(archive.notices[0])
                self.assertIn("1 damaged", sentence)
                self.assertIn("line 3", sentence)
                self.assertEqual(self.path.read_bytes(), data)
                self.assert_writable(archive)
                self.assertTrue(self.path.read_bytes().startswith(data))
                self.assertEqual(self.beside(), {})

    def test_only_the_first_few_of_many_are_named(self) -> None:
        archive = self.open(HEADER + b"".join(DAMAGED) + rows(entry(1)))
        self.assertEqual(self.held(archive), [entry(1)])
        notice = explain(*archive.notices)
        self.assertIn("7 damaged", notice)
        self.assertIn("line 6 ", notice)
        self.assertNotIn("line 7 ", notice)
        self.assertIn("and others", notice)

    def test_five_are_named_all(self) -> None:
        notice = explain(*self.open(HEADER + b"".join(DAMAGED[:5])).notices)
        self.assertIn("line 6 ", notice)
        self.assertNotIn("and others", notice)

    def test_blank_line_is_no_damage(self) -> None:
        data = HEADER + b"\r\n" + rows(entry(1)) + b"\n,,,,\r\n" + rows(entry(2))
        archive = self.open(data)
        self.assertEqual(self.held(archive), [entry(1), entry(2)])
        self.assertEqual(archive.notices, [])
        self.assertEqual(self.path.read_bytes(), data)

    def test_damage_and_a_torn_end(self) -> None:
        archive = self.open(HEADER + b"nonsense\n" + rows(entry(1)) + b"torn")
        self.assert_notices(archive, Trouble.LAST_LINE_CUT, Trouble.LINES_DAMAGED)
        self.assertEqual(self.beside(), {"archive.csv.torn-1": b"torn"})
        self.assert_writable(archive)


class Older(ArchiveCase):
    def upgrade(self, data: bytes, *more: Trouble) -> list[tuple[str, str]]:
        """Open an older file; check the upgrade and what is told; return names and messages."""
        archive = self.open(data)
        self.assertEqual(self.beside(), {"archive.csv.before-upgrade-1": data})
        self.assert_notices(archive, Trouble.UPGRADED, *more)
        self.assertIn("archive.csv.before-upgrade-1", explain(archive.notices[0]))
        entries = self.held(archive)
        self.assertEqual(self.path.read_bytes(), HEADER + rows(*entries))
        archive = self.reopen(archive)
        self.assertEqual(archive.notices, [])
        self.assertEqual(self.held(archive), entries)
        self.assert_writable(archive)
        self.path.with_name("archive.csv.before-upgrade-1").unlink()
        return [(one.name, one.text) for one in entries]

    def test_both_headers_with_and_without_mark(self) -> None:
        for header in OLDER_HEADERS:
            for mark in (b"", b"\xef\xbb\xbf"):
                for end in (b"\r\n", b"\n"):
                    with self.subTest(header=header, mark=mark, end=end):
                        lines = (mark + header, b"r,Ana,hi", "r,Zoë,🧶".encode(), b"")
                        self.assertEqual(
                            self.upgrade(end.join(lines)),
                            [("Ana", "hi"), ("Zoë", "🧶")],
                        )

    def test_older_archive_without_messages(self) -> None:
        for header in OLDER_HEADERS:
            self.assertEqual(self.upgrade(header + b"\r\n"), [])
            self.assert_writable(self.open(header))
            self.assertTrue(self.path.read_bytes().startswith(HEADER))
            self.path.unlink()
            for name in self.beside():
                (self.folder / name).unlink()

    def test_nasty_older_messages(self) -> None:
        for row, text in (
            (b"r,Ana,no line end", "no line end"),
            (b"r,Ana,one, two,three\r\n", "one, two,three"),
            (b'r,Ana,"a\r\nb\n\nc"\r\n', "a\r\nb\n\nc"),
            (b'r,Ana,"a ""b"", c"\r\n', 'a "b", c'),
            (b'r,Ana,it is 5" wide\r\n', 'it is 5" wide'),
            (b"r,Ana,=1+1\r\n", "=1+1"),
            (b"r,Ana,'=1+1\r\n", "'=1+1"),
            ("r,Ana,␊ and ␥\r\n".encode(), "␊ and ␥"),
            (b"r,Ana,\r\n", ""),
            (b"r,Ana,tab\there\r\n", "tab\there"),
        ):
            with self.subTest(row=row):
                self.assertEqual(self.upgrade(OLDER_HEADERS[0] + b"\r\n" + row), [("Ana", text)])

    def test_encoding_is_guessed_for_each_row_and_told(self) -> None:
        lines = (
            OLDER_HEADERS[0],
            "r,Zoë,Grüße 🧶".encode(),
            b"r,Ana,caf\xe9 \x80 \x93",
            'r,Bo,"é'.encode(),
            b'and \xe9"',
            "r,Cy,é".encode(),
        )
        messages = self.upgrade(b"\r\n".join(lines), Trouble.ENCODING_GUESSED)
        expected = [("Zoë", "Grüße 🧶"), ("Ana", "café € “"), ("Bo", "é\r\nand é"), ("Cy", "é")]
        self.assertEqual(messages, expected)
        archive = self.open(b"\r\n".join(lines))
        self.assertEqual(archive.notices[1].details["count"], 2)
        self.assertIn("Windows-1252", explain(archive.notices[1]))

    def test_rows_of_too_few_cells_are_counted(self) -> None:
        messages = self.upgrade(
            OLDER_HEADERS[0] + b"\r\nr,Ana,hi\r\nr\r\n\r\nr,Ana\r\n", Trouble.ROWS_TOO_SHORT
        )
        self.assertEqual(messages, [("Ana", "hi")])

    def test_empty_columns_that_a_spreadsheet_added(self) -> None:
        for header in OLDER_HEADERS:
            messages = self.upgrade(header + b",,\r\nr,Ana,hi,,\r\nr,Bo,,,\r\nr,Cy,a,b,\r\n")
            self.assertEqual(messages, [("Ana", "hi"), ("Bo", ""), ("Cy", "a,b")])

    def test_endless_line_or_quote_is_refused_and_left(self) -> None:
        for more in (b"r,Ana," + b"x" * 3_000_000, b'r,Ana,"' + b"x y z\r\n" * 1_000_000):
            with self.subTest(more=more[:20]):
                data = OLDER_HEADERS[0] + b"\r\nr,Ana,hi\r\n" + more
                self.path.write_bytes(data)
                self.assertIn("line 3 is too long", self.refused(Trouble.ROW_TOO_LONG))
                self.assertEqual(self.path.read_bytes(), data)
                self.assertEqual(self.beside(), {})

    def test_older_messages_have_ids_of_nobody_and_no_time(self) -> None:
        archive = self.open(OLDER_HEADERS[0] + b"\r\nr,Ana,a\r\n\r\nr,Bo,b\r\n")
        self.assertEqual(
            self.held(archive),
            [Entry(1, "", "Ana", "a", "older-1"), Entry(2, "", "Bo", "b", "older-2")],
        )
        self.assertEqual(archive.last_counter("older"), 0)

    def test_long_older_message_is_split(self) -> None:
        text = "word " * 1000
        messages = self.upgrade(OLDER_HEADERS[0] + b"\r\nr,Ana," + text.encode())
        self.assertEqual("".join(part for _, part in messages), text)
        self.assertEqual({name for name, _ in messages}, {"Ana"})

    def test_older_message_beyond_the_field_limit_of_csv_is_kept(self) -> None:
        text = "x" * 140_000
        messages = self.upgrade(OLDER_HEADERS[0] + b"\r\nr,Ana," + text.encode())
        self.assertEqual("".join(part for _, part in messages), text)

    def test_zero_bytes_of_a_crash_do_not_hide_the_other_messages(self) -> None:
        messages = self.upgrade(OLDER_HEADERS[0] + b"\r\nr,Ana,hi\r\nr,Bo,a\0\0b\r\nr,Cy,ho\r\n")
        self.assertEqual((messages[0], messages[-1]), (("Ana", "hi"), ("Cy", "ho")))

    def test_older_name_too_long_is_shortened_between_characters(self) -> None:
        name = "ü" * 100
        ((shortened, _),) = self.upgrade(OLDER_HEADERS[0] + f"\r\nr,{name},hi\r\n".encode())
        self.assertEqual(shortened, "ü" * 64)

    def test_earlier_backup_is_not_overwritten(self) -> None:
        backup = self.path.with_name("archive.csv.before-upgrade-1")
        backup.write_bytes(b"precious")
        data = OLDER_HEADERS[0] + b"\r\nr,Ana,hi\r\n"
        self.open(data)
        self.assertEqual(backup.read_bytes(), b"precious")
        self.assertEqual(self.beside()["archive.csv.before-upgrade-2"], data)

    def test_upgrade_that_fails_anywhere_leaves_nothing_behind(self) -> None:
        data = OLDER_HEADERS[0] + b"\r\nr,Ana,hi\r\n"
        self.path.write_bytes(data)
        full = OSError(errno.ENOSPC, "No space left on device")
        for number in range(3):
            calls = iter(range(9))

            def sync(_: int, number: int = number, calls: Iterator[int] = calls) -> None:
                if next(calls) == number:
                    raise full

            with self.subTest(sync=number):
                reason = Trouble.CANNOT_REWRITE if number else Trouble.CANNOT_OPEN
                self.assertIn("No space left on device; free some", self.refused(reason, sync))
                self.assertEqual(self.path.read_bytes(), data)
                self.assertEqual(self.beside(), {})
        for name in ("os.replace", "os.chmod", "chatroom.archive.files.sync_folder"):
            with self.subTest(name), mock.patch(name, side_effect=full):
                self.assertIn("must be rewritten", self.refused(Trouble.CANNOT_REWRITE))
                self.assertEqual(self.path.read_bytes(), data)
                self.assertEqual(self.beside(), {})
        self.assertEqual([one.text for one in self.held(self.open())], ["hi"])

    @unittest.skipUnless(POSIX, "permission bits are POSIX's")
    def test_private_archive_stays_private(self) -> None:
        self.path.write_bytes(OLDER_HEADERS[0] + b"\r\nr,Ana,hi\r\n")
        self.path.chmod(0o600)
        self.addCleanup(os.umask, os.umask(0o022))
        self.open()
        self.assertEqual(self.path.stat().st_mode & 0o777, 0o600)


class Saved(ArchiveCase):
    """Archives of today's columns that a spreadsheet or an editor has saved."""

    def setUp(self) -> None:
        super().setUp()
        self.entries = [
            entry(1),
            Entry(2, "", "Bo", 'a;b,c\t"d"\n=1', "u2-1"),
            Entry(3, "", "Bo", "'tis ␊; 007", "u2-2"),
        ]

    def saved(self, separator: str = ",", end: str = "\r\n", more: str = "", row: str = "") -> str:
        """Return the archive as it was saved; `more` stands in the header, `row` in each row."""
        text = io.StringIO(newline="")
        writer = csv.writer(text, delimiter=separator, lineterminator="\n")
        line = (HEADER + rows(*self.entries)).decode("utf-8-sig")
        writer.writerows(csv.reader(io.StringIO(line, newline="")))
        first, *others = text.getvalue().splitlines()
        return end.join([first + more, *(one + row for one in others), ""])

    def check(self, data: bytes, *told: Trouble) -> Archive:
        archive = self.open(data)
        self.assert_notices(archive, *told)
        self.assertEqual(self.held(archive), self.entries)
        self.assertEqual(archive.last_counter("u2"), 2)
        self.assert_writable(archive)
        return archive

    def test_what_can_be_gone_on_with_is_left_as_it_is(self) -> None:
        mark = "\ufeff"
        for name, text in (
            ("plain", self.saved()),
            ("two marks", mark + mark + self.saved()),
            ("line feeds", self.saved(end="\n")),
            ("trailing commas", self.saved(more=",", row=",")),
            ("trailing commas in rows only", self.saved(row=",,,")),
            ("a column more", self.saved(more=",Notes", row=",mine")),
            ("a column more, and empty ones", self.saved(more=",Notes,,", row=",mine,,")),
        ):
            with self.subTest(name):
                self.check(text.encode())
                self.assertTrue(self.path.read_bytes().startswith(text.encode()))
                self.assertEqual(self.beside(), {})

    def test_cell_too_many_without_a_column_for_it_is_damage(self) -> None:
        archive = self.open(self.saved(row=",mine").encode())
        self.assert_notices(archive, Trouble.LINES_DAMAGED)
        self.assertEqual(archive.head, 0)

    def test_other_forms_are_brought_into_todays_where_they_are_clear(self) -> None:
        for name, data in (
            ("semicolons", self.saved(";").encode()),
            ("semicolons and a mark", self.saved(";").encode("utf-8-sig")),
            ("semicolons and a column", self.saved(";", more=";Notes", row=";mine").encode()),
            ("tabs", self.saved("\t").encode()),
            ("UTF-16 with tabs, as Excel has it", self.saved("\t").encode("utf-16")),
            ("UTF-16 with commas", self.saved().encode("utf-16")),
            ("UTF-16, the other way round", b"\xfe\xff" + self.saved().encode("utf-16-be")),
            ("carriage returns", self.saved(end="\r").encode()),
            ("two carriage returns", self.saved(end="\r\r\n").encode()),
            ("semicolons and no last line end", self.saved(";").rstrip().encode()),
        ):
            with self.subTest(name):
                self.check(data, Trouble.OTHER_FORM)
                self.assertTrue(self.path.read_bytes().startswith(HEADER + rows(*self.entries)))
                self.assertEqual(self.beside(), {"archive.csv.before-upgrade-1": data})
                self.path.with_name("archive.csv.before-upgrade-1").unlink()

    def test_older_columns_in_other_forms(self) -> None:
        for header in ("Room;Username;Message", "Room;User;Message"):
            for encoding in ("utf-8", "utf-16"):
                archive = self.open(f'{header}\r\nr;Zoë;"a;b"\r\n'.encode(encoding))
                self.assert_notices(archive, Trouble.OTHER_FORM)
                self.assertEqual(self.held(archive), [Entry(1, "", "Zoë", "a;b", "older-1")])
                archive.close()

    def test_what_is_not_clear_is_refused_with_its_cause_and_left(self) -> None:
        short, wrong = "r;a;b;t\r\n", 'r;a;"b"c;t;i\r\n'
        latin = self.saved(";").encode("cp1252", errors="replace")
        for data, reason, cause in (
            ((self.saved(";") + short).encode(), Trouble.SEMICOLONS, "line 5"),
            ((self.saved(";") + wrong).encode(), Trouble.SEMICOLONS, "line 5"),
            (self.saved(";", row=";mine").encode(), Trouble.SEMICOLONS, "line 2"),
            (latin, Trouble.OTHER_ENCODING, "comma delimited"),
            ((self.saved("\t") + "r\ta\tb\r\n").encode(), Trouble.TABS, "by tabs"),
            ((self.saved() + "r,a\r\n").encode("utf-16"), Trouble.UTF_16, "in UTF-16"),
            (self.saved().encode("utf-16")[:-1], Trouble.UTF_16, "in UTF-16"),
            ((self.saved(end="\r") + "r,a\r").encode(), Trouble.CR_ENDS, "carriage return"),
            (b"Room;User;Message\r\nr;a;b;c\r\n", Trouble.SEMICOLONS, "line 2"),
        ):
            with self.subTest(reason=reason, cause=cause):
                self.path.write_bytes(data)
                self.assertIn(cause, self.refused(reason))
                self.assertEqual(self.path.read_bytes(), data)
                self.assertEqual(self.beside(), {})


class TooLong(ArchiveCase):
    """Rows that the host's own editor made longer than a datagram."""

    def test_long_message_is_split_and_the_old_file_kept(self) -> None:
        text = "long " * 500
        data = HEADER + rows(entry(1), entry(2, text), entry(3))
        archive = self.open(data)
        self.assertEqual(self.beside(), {"archive.csv.before-upgrade-1": data})
        self.assert_notices(archive, Trouble.SPLIT_TOO_LONG)
        held = self.held(archive)
        self.assertTrue(all(map(entry_fits, held)))
        self.assertEqual("".join(one.text for one in held[1:-1]), text)
        self.assertEqual((held[0], held[-1].text), (entry(1), entry(3).text))
        self.assertEqual([one.seq for one in held], [*range(1, len(held) + 1)])
        self.assertEqual(len({one.id for one in held}), len(held))
        self.assertEqual([held[1].id, held[-1].id], ["u1-2", "u1-3"])
        self.assertEqual(archive.last_counter("u1"), 3)
        self.assert_writable(archive)
        self.assertEqual(self.open().notices, [])

    def test_message_beyond_the_usual_limit_of_csv_is_split_too(self) -> None:
        text = "x" * 140_000
        archive = self.open(HEADER + rows(entry(1, text)))
        self.assertEqual("".join(one.text for one in self.held(archive)), text)

    def test_parts_of_a_message_with_the_longest_id_fit(self) -> None:
        long = Entry(1, "t" * 40, "n" * 128, "x" * 20_000, "i" * 40)
        held = self.held(self.open(HEADER + rows(long)))
        self.assertTrue(all(map(entry_fits, held)))
        self.assertEqual(len({one.id for one in held}), len(held))
        self.assertEqual("".join(one.text for one in held), long.text)

    def test_long_name_time_and_id_are_shortened(self) -> None:
        archive = self.open(HEADER + rows(Entry(1, "t" * 99, "é" * 99, "x", "i" * 99)))
        self.assertEqual(self.held(archive), [Entry(1, "t" * 40, "é" * 64, "x", "i" * 40)])

    def test_damaged_row_in_such_a_file_is_kept_beside(self) -> None:
        data = HEADER + b"nonsense\n" + rows(entry(1, "x" * 901))
        archive = self.open(data)
        self.assertEqual(self.beside(), {"archive.csv.before-upgrade-1": data})
        self.assertEqual([len(one.text) for one in self.held(archive)], [900, 1])


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


def held_open(number: int) -> PermissionError:
    """Return what Windows says of a file that another program has open, or locks a part of."""
    error = PermissionError(errno.EACCES, "The process cannot access the file")
    error.__dict__["winerror"] = number
    return error


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


class FailingFile(io.FileIO):
    """A file on a disk that fails when the test says so."""

    at_once: int | None = None
    write_error: OSError | None = None
    truncate_error: OSError | None = None

    def write(self, data: Any, /) -> int:
        if self.write_error:
            if getattr(self.write_error, "winerror", None) is None:
                super().write(data[: len(data) // 2])
            raise self.write_error
        return super().write(data[: self.at_once])

    def truncate(self, size: int | None = None, /) -> int:
        if self.truncate_error:
            raise self.truncate_error
        return super().truncate(size)


class FailingDisk(ArchiveCase):
    def setUp(self) -> None:
        super().setUp()
        self.files: list[FailingFile] = []
        opening = mock.patch("chatroom.archive.files.open", self.open_file, create=True)
        opening.start()
        self.addCleanup(opening.stop)
        self.sync_error: OSError | None = None
        self.archive = self.open(HEADER + rows(entry(1)), self.sync)
        (self.file,) = self.files

    def open_file(self, path: Path, mode: str, **options: Any) -> IO[Any]:
        """Open like `open`; the archive itself is one of ours."""
        if mode != "r+b" or path != self.path:
            return builtins.open(path, mode, **options)
        self.files.append(FailingFile(path, "r+", opener=options["opener"]))
        return self.files[-1]

    def failed(self, kind: type[Problem], reason: Trouble, *entries: Entry) -> str:
        """Check that appending fails in this way; return the sentence for it."""
        with self.assertRaises(kind) as caught:
            self.archive.append(entries)
        self.assertIs(caught.exception.reason, reason)
        sentence = explain(caught.exception)
        self.assertIn(str(self.path), sentence)
        return sentence

    def sync(self, descriptor: int) -> None:
        if self.sync_error:
            raise self.sync_error

    def assert_as_before(self) -> None:
        self.assertEqual(self.path.read_bytes(), HEADER + rows(entry(1)))
        self.assertEqual(self.held(self.archive), [entry(1)])
        self.assertEqual(self.archive.last_counter("u1"), 1)

    def test_full_disk_refuses_and_leaves_the_file_as_it_was(self) -> None:
        self.file.write_error = OSError(errno.ENOSPC, "No space left on device")
        for _ in range(2):
            why = self.failed(LogRefused, Trouble.CANNOT_WRITE, entry(2), entry(3))
            self.assertIn("No space left on device; free some space", why)
            self.assert_as_before()
        self.file.write_error = None
        self.archive.append([entry(2, "there is space again")])
        self.assert_writable(self.archive)
        self.assertEqual(self.beside(), {})

    def test_archive_that_a_spreadsheet_holds_refuses_until_it_is_free(self) -> None:
        for number in (32, 33):
            self.file.write_error = held_open(number)
            self.file.truncate_error = held_open(number)  # of no matter: nothing was written
            why = self.failed(LogRefused, Trouble.HELD_OPEN, entry(2), entry(3))
            self.assertIn("Close that program", why)
            self.assert_as_before()
            with mock.patch("storage.os.stat", side_effect=held_open(number)):
                self.failed(LogRefused, Trouble.HELD_OPEN, entry(2))
        self.file.write_error = None
        self.archive.append([entry(2, "it is free again")])
        self.assert_writable(self.archive)

    def test_closed_archive_holds_no_file_open(self) -> None:
        self.archive.close()
        self.assertTrue(self.file.closed)

    def test_failed_opening_leaves_no_file_open(self) -> None:
        self.archive.close()
        self.sync_error = OSError(errno.EIO, "Input/output error")
        self.refused(Trouble.CANNOT_OPEN, self.sync)
        self.assertTrue(self.files[-1].closed)

    def test_write_that_takes_a_few_bytes_at_a_time_is_finished(self) -> None:
        self.file.at_once = 7
        self.archive.append([entry(2), entry(3)])
        self.assertEqual(self.path.read_bytes(), HEADER + rows(entry(1), entry(2), entry(3)))

    def test_write_that_cannot_be_taken_back_breaks_the_log(self) -> None:
        self.file.write_error = OSError(errno.ENOSPC, "No space left on device")
        self.file.truncate_error = OSError(errno.EIO, "Input/output error")
        self.assertIn(
            "Input/output error", self.failed(LogBroken, Trouble.CANNOT_RESTORE, entry(2))
        )
        # What is left of the write stays known.
        self.failed(LogBroken, Trouble.CHANGED_BY_ANOTHER, entry(2))
        # The next start sets the half row aside and goes on.
        self.assert_writable(self.reopen(self.archive))

    def test_failed_sync_breaks_the_log_and_the_file_is_as_it_was(self) -> None:
        self.sync_error = OSError(errno.EIO, "Input/output error")
        self.assertIn("Input/output error", self.failed(LogBroken, Trouble.CANNOT_SYNC, entry(2)))
        self.assert_as_before()

    def test_failed_sync_that_cannot_be_taken_back_breaks_the_log(self) -> None:
        self.sync_error = OSError(errno.EIO, "Input/output error")
        self.file.truncate_error = OSError(errno.EIO, "Input/output error")
        self.failed(LogBroken, Trouble.CANNOT_RESTORE, entry(2))


class Meddling(ArchiveCase):
    """Another program has the file open while the room runs."""

    def setUp(self) -> None:
        super().setUp()
        self.archive = self.open(HEADER + rows(entry(1), entry(2)))

    def assert_broken(self) -> None:
        """Check that the change is noticed on writing, and on reading."""
        with self.assertRaises(LogBroken) as caught:
            self.archive.append([entry(3)])
        self.assertIs(caught.exception.reason, Trouble.CHANGED_BY_ANOTHER)
        self.assertEqual(self.archive.head, 2)
        self.assert_unreadable(1)

    def assert_unreadable(self, *seqs: int) -> None:
        for seq in seqs:
            with self.assertRaises(LogBroken) as caught:
                list(self.archive.read(seq, seq))
            self.assertIs(caught.exception.reason, Trouble.CHANGED_BY_ANOTHER)

    def test_line_added_by_another_program_is_not_overwritten(self) -> None:
        with self.path.open("ab") as file:
            file.write(b"theirs\r\n")
        changed = self.path.read_bytes()
        self.assert_broken()
        self.assertEqual(self.path.read_bytes(), changed)

    def test_file_cut_by_another_program(self) -> None:
        os.truncate(self.path, len(HEADER))
        self.assert_broken()
        self.assertEqual(self.path.read_bytes(), HEADER)

    @unittest.skipUnless(POSIX, "Windows keeps an open file where it is")
    def test_file_replaced_by_a_copy(self) -> None:
        copy = self.folder / "copy.csv"
        copy.write_bytes(self.path.read_bytes())
        os.replace(copy, self.path)
        self.assert_broken()
        self.assertEqual(self.path.read_bytes(), HEADER + rows(entry(1), entry(2)))

    @unittest.skipUnless(POSIX, "Windows keeps an open file where it is")
    def test_file_removed(self) -> None:
        self.path.unlink()
        self.assert_broken()

    @unittest.skipUnless(POSIX, "Windows keeps an open file where it is")
    def test_folder_replaced(self) -> None:
        self.folder.rename(self.folder.with_name("moved"))
        self.folder.write_bytes(b"a file now")
        self.assert_broken()

    def test_row_that_was_edited_in_its_place_is_not_passed_on(self) -> None:
        first, second = rows(entry(1)), rows(entry(2))
        for edited in (
            b"x" * (len(first) - 1) + b"\n",
            first.replace(b"Ana", b"Bob"),
            first[:-1] + b" ",
            first.replace(b'","', b'"\n"'),
            bytes(len(first)),
        ):
            with self.subTest(edited=edited):
                self.assertEqual(len(edited), len(first))
                self.path.write_bytes(HEADER + edited + second)
                self.assert_unreadable(1)
                self.assertEqual(list(self.archive.read(2, 2)), [entry(2)])
        self.path.write_bytes(HEADER + first + second)
        self.assertEqual(self.held(self.archive), [entry(1), entry(2)])

    def test_row_that_was_edited_while_it_is_read(self) -> None:
        reading = self.archive.read(1, 2)
        self.assertEqual(next(reading), entry(1))
        os.truncate(self.path, len(HEADER) + 40)
        with self.assertRaises(LogBroken):
            next(reading)

    def test_disk_that_cannot_read(self) -> None:
        failing = OSError(errno.EIO, "Input/output error")
        broken = self.assertRaises(LogBroken)
        with mock.patch.object(Records, "read", side_effect=failing), broken as caught:
            self.held(self.archive)
        self.assertIs(caught.exception.reason, Trouble.CANNOT_READ)
        self.assertIn("Input/output error", explain(caught.exception))

    def test_file_that_cannot_be_looked_at_just_now_is_read_and_not_written(self) -> None:
        failing = PermissionError(errno.EACCES, "Permission denied")
        with mock.patch("storage.os.stat", side_effect=failing):
            self.assertEqual(self.held(self.archive), [entry(1), entry(2)])
            with self.assertRaises(LogRefused):
                self.archive.append([entry(3)])
        self.archive.append([entry(3)])

    def test_records_between_damaged_lines_are_read(self) -> None:
        damaged = b"x" * 2_000_000 + b"\n"
        self.archive.close()
        data = HEADER + damaged + rows(entry(1)) + b"\r\n" + damaged + rows(entry(2)) + damaged
        self.archive = self.open(data)
        self.assertEqual(self.held(self.archive), [entry(1), entry(2)])
        self.assert_writable(self.archive)
