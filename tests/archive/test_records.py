"""The records of an archive: read in runs, and never passed on where they were changed."""

import unittest
from unittest import mock

from chatroom.archive import records as archive_records
from chatroom.archive.records import READ_SIZE, Records
from chatroom.archive.rows import HEADER_LINE, LINE_MOST, encode_row
from chatroom.archive.troubles import Damaged
from chatroom.protocol.entries import Entry, split_id
from tests.archive.case import entry, rows
from tests.archive.test_index import IndexCase


class Runs(IndexCase):
    def read(self, records: Records, first: int, last: int) -> list[int]:
        """Read a run, which must hold what it should; return how many bytes each look took."""
        with mock.patch.object(self, "file", wraps=self.file) as file:
            found = list(records.read(file, first, last))
        self.assertEqual(found, [entry(seq) for seq in range(first, last + 1)])
        return [call.args[0] for call in file.read.call_args_list]

    def test_of_any_place_and_length(self) -> None:
        lines = [rows(entry(seq)) for seq in range(1, 41)]
        records = self.scan(b"".join(lines)).records
        for size in (1, 100, 1000, READ_SIZE):
            with mock.patch.object(archive_records, "READ_SIZE", size):
                for first in (1, 2, 39, 40):
                    for last in range(first - 1, 41):
                        looks = self.read(records, first, last)
                        self.assertEqual(sum(looks), len(b"".join(lines[first - 1 : last])))

    def test_one_record_costs_one_line(self) -> None:
        records = self.scan(rows(*map(entry, range(1, 100)))).records
        self.assertEqual(self.read(records, 50, 50), [len(rows(entry(50)))])

    def test_long_run_is_read_in_few_looks_of_bounded_size(self) -> None:
        count = 5 * READ_SIZE // len(rows(entry(1000)))
        records = self.scan(rows(*map(entry, range(1, count + 1)))).records
        looks = self.read(records, 1, count)
        self.assertLessEqual(len(looks), 6)
        self.assertLess(max(looks), READ_SIZE + 1000)

    def test_what_is_no_record_is_passed_over_and_not_read_whole(self) -> None:
        damaged = b"x" * (3 * LINE_MOST) + b"\n"
        data = rows(entry(1)) + b"\r\nx\n" + rows(entry(2)) + damaged + rows(entry(3)) + damaged
        looks = self.read(self.scan(data).records, 1, 3)
        self.assertLessEqual(max(looks), READ_SIZE + LINE_MOST)

    def test_rows_of_all_kinds(self) -> None:
        own, saved = rows(entry(1, "own")), b"default,Zo\xc3\xab,saved,2024-05-01T12:00:00Z,u1-2\n"
        odd = b'default,Zo\xc3\xab,"od""d",2024-05-01T12:00:00Z,older-3,\n'
        records = self.scan(own + saved + odd).records
        texts = [(one.seq, one.text, one.id) for one in records.read(self.file, 1, 3)]
        self.assertEqual(texts, [(1, "own", "u1-1"), (2, "saved", "u1-2"), (3, 'od"d', "older-3")])


class ChangedByAnother(IndexCase):
    def test_record_that_is_not_what_it_was(self) -> None:
        line = rows(entry(1))
        records = self.scan(line + rows(entry(2))).records
        for other in (line.replace(b"Zo", b"Zu"), bytes(len(line)), b"\n" * len(line)):
            self.path.write_bytes(HEADER_LINE + other + rows(entry(2)))
            with self.assertRaises(Damaged):
                records.read_one(self.file, 1)
            self.assertEqual(records.read_one(self.file, 2), entry(2))

    def test_a_run_ends_before_what_was_changed_wherever_that_is(self) -> None:
        lines = [rows(entry(seq, "hello")) for seq in range(1, 9)]
        records = self.scan(b"".join(lines)).records
        for number in range(8):
            changed = [*lines]
            changed[number] = lines[number].replace(b"hello", b"Hello")
            cut = [*lines[:number], lines[number][:-1]]
            for other in (changed, cut):
                self.path.write_bytes(HEADER_LINE + b"".join(other))
                found = []
                with self.assertRaises(Damaged):
                    for one in records.read(self.file, 1, 8):
                        found.append(one)
                self.assertEqual(found, [entry(seq, "hello") for seq in range(1, number + 1)])

    def test_lines_that_are_exchanged_are_noticed(self) -> None:
        one, two = rows(entry(1, "one")), rows(entry(2, "two"))
        records = self.scan(one + two).records
        self.path.write_bytes(HEADER_LINE + two + one)
        with self.assertRaises(Damaged):
            records.read_one(self.file, 1)


class Counters(unittest.TestCase):
    def test_they_are_of_each_device_whatever_the_order(self) -> None:
        records = Records(0, 5)
        for id_ in ("u1-3", "u2-7", "u1-2", "older-9", ""):
            one = Entry(1, "", "Ana", "x", id_)
            records.extend([encode_row("room", one)], [split_id(id_)])
        self.assertEqual([records.last_counter(one) for one in ("u1", "u2", "older")], [3, 7, 0])


class Sorted(IndexCase):
    def test_counters_of_an_archive_that_somebody_sorted(self) -> None:
        lines = sorted(rows(entry(seq)) for seq in range(1, 1201))
        for data in (lines, lines[::-1]):
            self.assertEqual(self.scan(b"".join(data)).records.last_counter("u1"), 1200)


if __name__ == "__main__":
    unittest.main()
