"""The index of an archive: found in one pass that changes nothing."""

import tempfile
import unittest
from pathlib import Path

from chatroom.archive.index import BLOCK_SIZE, DAMAGED_NAMED_MOST, Index, scan
from chatroom.archive.rows import HEADER_LINE, LINE_MOST
from chatroom.archive.troubles import Damaged, Trouble
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

    def test_lines_about_as_long_as_one_that_is_looked_at(self) -> None:
        short, long = Damaged(Trouble.WRONG_CELLS, cells=1), Damaged(Trouble.LINE_TOO_LONG)
        for size, damage in ((LINE_MOST, short), (LINE_MOST + 1, long), (2 * LINE_MOST, long)):
            for before in (0, BLOCK_SIZE - 2, BLOCK_SIZE - 1, BLOCK_SIZE, BLOCK_SIZE + 1):
                blank = b"," * before + b"\n"
                index = self.scan(blank + b"x" * (size - 1) + b"\n" + rows(entry(1)))
                named = Damaged(damage.reason, **damage.details, line=3)
                self.assertEqual((index.named, len(index.records)), ((named,), 1), size)

    def test_row_that_ends_only_on_the_next_line_is_none(self) -> None:
        row = rows(entry(1, "a"))
        for data in (row.replace(b'"a"', b'"a\n"'), row.replace(b'","a', b'\n","a')):
            index = self.scan(rows(entry(1)) + data + rows(entry(2)))
            self.assertEqual((len(index.records), index.damaged), (2, 2))


if __name__ == "__main__":
    unittest.main()
