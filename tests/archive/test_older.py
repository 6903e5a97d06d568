"""Archives in other forms, and messages that are too long."""

import csv
import errno
import io
import os
import unittest
from collections.abc import Iterator
from unittest import mock

from chatroom.archive.troubles import Trouble
from chatroom.protocol.entries import Entry, entry_fits
from chatroom.words import explain
from storage import Archive
from tests.archive.case import HEADER, OLDER_HEADERS, POSIX, ArchiveCase, entry, rows


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


if __name__ == "__main__":
    unittest.main()
