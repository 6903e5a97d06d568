"""archive.csv: what it holds after crashes, full disks and other programs."""

import builtins
import csv
import errno
import io
import itertools
import os
import random
import unittest
from pathlib import Path
from typing import IO, Any
from unittest import mock

from chatroom.archive.index import BLOCK_SIZE
from chatroom.archive.records import READ_SIZE, Records
from chatroom.archive.troubles import Trouble
from chatroom.problems import Problem
from chatroom.protocol.entries import Entry
from chatroom.server.log import LogBroken, LogRefused
from chatroom.words import explain
from storage import Archive
from tests.archive.case import (
    HEADER,
    OLDER_HEADERS,
    POSIX,
    ArchiveCase,
    entry,
    held_open,
    no_sync,
    rows,
)

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


class HowMuchWasRead(ArchiveCase):
    def told(self, data: bytes) -> list[int]:
        """Open an archive of these bytes; return what was told meanwhile."""
        self.path.write_bytes(data)
        told: list[int] = []
        Archive(self.path, "default", no_sync, told.append).close()
        self.assertTrue(all(0 <= percent < 100 for percent in told), told)
        return told

    def test_long_archive_is_told_of_percent_by_percent(self) -> None:
        row = rows(entry(1, "x" * 500))
        told = self.told(HEADER + row * (20 * BLOCK_SIZE // len(row)))
        self.assertEqual(told, sorted(set(told)))
        self.assertIn(len(told), range(18, 21))

    def test_what_is_read_twice_is_told_of_twice(self) -> None:
        row = rows(entry(1, "x" * 500))
        long = rows(entry(1, "x" * 901))
        for data in (
            OLDER_HEADERS[0] + b"\r\n" + b"r,Ana,hello\r\n" * 100_000,
            HEADER + row * (20 * BLOCK_SIZE // len(row)) + long,
        ):
            told = self.told(data)
            falls = [now for before, now in itertools.pairwise(told) if now <= before]
            self.assertGreaterEqual(len(falls), 1)
            self.assertGreater(len(told), 30)

    def test_short_archive_is_not_told_of(self) -> None:
        self.assertEqual(self.told(HEADER + rows(*map(entry, range(1, 100)))), [])


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
        """What was read before, a block at once, is as it was; nothing else is passed on."""
        count = 2 * READ_SIZE // len(rows(entry(1000)))
        self.archive.append([entry(seq) for seq in range(3, count)])
        reading = self.archive.read(1, count)
        self.assertEqual(next(reading), entry(1))
        os.truncate(self.path, len(HEADER) + 40)
        held = [entry(1)]
        with self.assertRaises(LogBroken):
            for one in reading:
                held.append(one)
        self.assertEqual(held, [entry(seq) for seq in range(1, len(held) + 1)])
        self.assertLess(len(held), count * 3 // 4)

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
            with self.path.open("ab") as file:
                file.write(b"theirs")
            with self.assertRaises(LogRefused):
                self.archive.append([entry(3)])
            self.assertTrue(self.path.read_bytes().endswith(b"theirs"))
            os.truncate(self.path, len(HEADER + rows(entry(1), entry(2))))
        self.archive.append([entry(3)])

    def test_records_between_damaged_lines_are_read(self) -> None:
        damaged = b"x" * 2_000_000 + b"\n"
        self.archive.close()
        data = HEADER + damaged + rows(entry(1)) + b"\r\n" + damaged + rows(entry(2)) + damaged
        self.archive = self.open(data)
        self.assertEqual(self.held(self.archive), [entry(1), entry(2)])
        self.assert_writable(self.archive)


if __name__ == "__main__":
    unittest.main()
