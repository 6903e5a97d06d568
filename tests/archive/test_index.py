"""The index of an archive: found in one pass that changes nothing."""

import tempfile
import unittest
from pathlib import Path

from chatroom.archive.index import DAMAGED_NAMED_MOST, Index, scan
from chatroom.archive.records import Records
from chatroom.archive.rows import HEADER_LINE, LINE_MOST, encode_row
from chatroom.archive.troubles import Damaged, Trouble
from chatroom.protocol.entries import Entry
from tests.archive.case import entry, rows

LONG = b"x" * (2 * LINE_MOST)


class IndexCase(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "archive.csv"

    def scan(self, data: bytes, columns: int = 5) -> Index:
        """Scan a file of these bytes after its header; check that they stay."""
        self.path.write_bytes(HEADER_LINE + data)
        self.file = open(self.path, "r+b", buffering=0)  # noqa: SIM115
        self.addCleanup(self.file.close)
        index = scan(self.file, columns)
        self.assertEqual(self.path.read_bytes(), HEADER_LINE + data)
        return index


class Scanning(IndexCase):
    def test_sound_archive(self) -> None:
        data = rows(entry(1), entry(2))
        index = self.scan(data)
        self.assertEqual((len(index.records), index.records.end), (2, len(HEADER_LINE + data)))
        self.assertEqual((index.damaged, index.named, index.tail_size), (0, (), 0))
        self.assertTrue(index.all_fit)

    def test_what_is_no_record_keeps_its_place(self) -> None:
        index = self.scan(b"\r\n" + rows(entry(1)) + LONG + b"\n" + b"x\n" + rows(entry(2)) + b"x")
        found = [index.records.read_one(self.file, seq) for seq in (1, 2)]
        self.assertEqual(found, [entry(1), entry(2)])
        self.assertEqual(index.damaged, 2)
        self.assertEqual(
            index.named,
            (Damaged(Trouble.LINE_TOO_LONG, line=4), Damaged(Trouble.WRONG_CELLS, cells=1, line=5)),
        )
        self.assertEqual(index.tail_size, 1)

    def test_end_of_any_length(self) -> None:
        for end in (b"x", b"x" * LINE_MOST, LONG, LONG + b"y"):
            index = self.scan(rows(entry(1)) + end)
            self.assertEqual((len(index.records), index.tail_size), (1, len(end)))
            self.assertEqual(index.records.end, len(HEADER_LINE + rows(entry(1))))

    def test_of_many_damaged_lines_the_first_are_named(self) -> None:
        index = self.scan(b"x\n" * 9)
        self.assertEqual((index.damaged, len(index.named)), (9, DAMAGED_NAMED_MOST + 1))
        self.assertEqual(index.named[-1], Damaged(Trouble.MORE))

    def test_one_record_too_large_is_noticed(self) -> None:
        self.assertFalse(self.scan(rows(entry(1), entry(2, "x" * 901), entry(3))).all_fit)

    def test_columns_that_somebody_added(self) -> None:
        row = rows(entry(1)).replace(b"\r\n", b',"mine"\r\n')
        self.assertEqual(self.scan(row, columns=5).damaged, 1)
        index = self.scan(row, columns=6)
        self.assertEqual(index.records.read_one(self.file, 1), entry(1))


class Reading(IndexCase):
    def test_record_that_is_not_what_it_was(self) -> None:
        line = rows(entry(1))
        records = self.scan(line + rows(entry(2))).records
        for other in (line.replace(b"Zo", b"Zu"), bytes(len(line)), b"\n" * len(line)):
            self.path.write_bytes(HEADER_LINE + other + rows(entry(2)))
            with self.assertRaises(Damaged):
                records.read_one(self.file, 1)
            self.assertEqual(records.read_one(self.file, 2), entry(2))

    def test_counters_are_of_each_device(self) -> None:
        records = Records(0, 5)
        for id_ in ("u1-3", "u2-7", "u1-2", "older-9", ""):
            one = Entry(1, "", "Ana", "x", id_)
            records.add(one, encode_row("room", one))
        self.assertEqual([records.last_counter(one) for one in ("u1", "u2", "older")], [3, 7, 0])


if __name__ == "__main__":
    unittest.main()
