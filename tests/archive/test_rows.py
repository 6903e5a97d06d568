"""Rows of the archive: exactly reversible, one line each, harmless in a spreadsheet."""

import csv
import io
import random
import unittest

from chatroom.archive.rows import HEADER, decode_row, encode_row, lacks_only_its_end
from chatroom.archive.troubles import Damaged, Trouble
from chatroom.protocol.entries import Entry
from tests.tools.nasty import FORMULAS, NUMBER_LIKE

STARTS = set("=+-@＝＋－＠")
PIECES = [
    *FORMULAS,
    *map(chr, range(33)),
    *map(chr, range(0x7F, 0xA1)),
    *map(chr, range(0x2400, 0x2427)),
    "'",
    '"',
    '""',
    ",",
    ";",
    "\\",
    "\r\n",
    "a",
    "ü",
    "🧶",
    "\u2028",
    "\u2029",
    "\ufeff",
    "\U0010ffff",
    "＇",
]


def entry(text: str, name: str = "Ana") -> Entry:
    return Entry(1, "2024-05-01T12:00:00Z", name, text, "u1-1")


def cells_of(line: bytes) -> list[str]:
    """Return the cells that any other program sees."""
    (cells,) = csv.reader([line.decode()], strict=True)
    return cells


def around(cell: str) -> list[str]:
    """Return the cell alone and in company."""
    return [cell, cell * 2, cell + "x", "x" + cell, "'" + cell, cell + "'", " " + cell]


class RoundTrip(unittest.TestCase):
    def assert_safe(self, row: Entry) -> None:
        """Check that a row comes back, on one line, with harmless cells."""
        line = encode_row("default", row)
        self.assertEqual(decode_row(line, row.seq), row)
        self.assertEqual(line.count(b"\n"), 1)
        self.assertTrue(line.endswith(b"\r\n"))
        self.assertFalse(any(code < 32 or code == 127 for code in line[:-2]))
        cells = cells_of(line)
        self.assertEqual(len(cells), len(HEADER))
        for cell in cells:
            self.assertNotIn(cell.lstrip()[:1], STARTS, cell)
            for part in cell.split(";")[1:]:
                self.assertNotIn(part.lstrip().lstrip('"').lstrip()[:1], STARTS, cell)

    def test_every_cell_is_quoted(self) -> None:
        self.assertEqual(
            encode_row("default", entry('say "hello"', name="")),
            b'"default","","say ""hello""","2024-05-01T12:00:00Z","u1-1"\r\n',
        )

    def test_every_nasty_piece_comes_back_in_every_cell(self) -> None:
        for piece in PIECES:
            for cell in around(piece):
                with self.subTest(cell=cell):
                    self.assert_safe(entry(cell))
                    self.assert_safe(Entry(1, cell, cell, cell, cell))

    def test_random_nasty_cells_come_back(self) -> None:
        chance = random.Random(9)

        def cell() -> str:
            return "".join(chance.choices(PIECES, k=chance.randrange(8)))

        for seq in range(1, 5000):
            self.assert_safe(Entry(seq, cell(), cell(), cell(), cell()))

    def test_formula_gets_an_apostrophe(self) -> None:
        cells = cells_of(encode_row("=room", entry("=1+1", "@Ana")))
        self.assertEqual(cells[:3], ["'=room", "'@Ana", "'=1+1"])

    def test_formula_after_a_semicolon_gets_a_mark(self) -> None:
        for text, cell in (
            ("hi;=1+1;there", "hi;␥=1+1;there"),
            ("a;=cmd|' /C calc'!A0", "a;␥=cmd|' /C calc'!A0"),
            (";;@SUM(1)", ";;␥@SUM(1)"),
            ('a; "=1+1"', 'a;␥ "=1+1"'),
            ("=1;=2", "'=1;␥=2"),
            ("a\t=1", "a␉=1"),
            (";'=1", ";'=1"),
            ("a;b = c; d", "a;b = c; d"),
        ):
            with self.subTest(text=text):
                self.assertEqual(cells_of(encode_row("", entry(text)))[2], cell)
                self.assert_safe(entry(text))

    def test_number_that_would_be_saved_as_another_gets_a_mark(self) -> None:
        for text in NUMBER_LIKE:
            with self.subTest(text=text):
                self.assertEqual(cells_of(encode_row("", entry(text)))[2], f"␥{text}")
                self.assert_safe(entry(text))

    def test_text_that_no_spreadsheet_changes_is_written_as_it_is(self) -> None:
        for text in (
            "5",
            "0",
            "2024",
            "62812345678",
            "5 minutes",
            "e5",
            "am",
            "q1",
            "...",
            "a 007",
        ):
            with self.subTest(text=text):
                self.assertEqual(cells_of(encode_row("", entry(text)))[2], text)

    def test_typed_apostrophe_is_not_taken_for_ours(self) -> None:
        texts = ["'=1", "''=1", "'", "''", "'tis", "' =1", " '=1"]
        for text in texts:
            self.assert_safe(entry(text))
        self.assertEqual(len({encode_row("", entry(text)) for text in texts}), 7)

    def test_line_break_stands_as_its_picture(self) -> None:
        self.assertEqual(cells_of(encode_row("", entry("a\nb\0\x7f")))[2], "a␊b␀␡")

    def test_typed_picture_stands_behind_a_mark(self) -> None:
        self.assertEqual(cells_of(encode_row("", entry("a␊b")))[2], "a␥␊b")

    def test_distinct_messages_stay_distinct(self) -> None:
        texts = ["\n", "␊", "␥␊", "␥\n", "␥", "␥␥", "\\n", "'␊", "␤"]
        lines = {encode_row("", entry(text)) for text in texts}
        self.assertEqual(len(lines), len(texts))


def encode_unquoted(room: str, row: Entry) -> bytes:
    """Return the line that the program wrote before every cell was quoted."""
    pictures = {code: chr(0x2400 + code) for code in range(32)} | {127: "\u2421"}
    marked = {ord(mark): "\u2425" + mark for mark in (*pictures.values(), "\u2425")}
    cells = []
    for text in (room, row.name, row.text, row.time, row.id):
        cell = text.translate(pictures | marked)
        starts = cell.lstrip().startswith(tuple("=+-@'＝＋－＠"))
        cells.append("'" + cell if starts else cell)
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow(cells)
    return line.getvalue().encode()


class Unquoted(unittest.TestCase):
    """Rows of the program as it was before are read exactly as then."""

    def test_nasty_cells(self) -> None:
        for piece in (*PIECES, *NUMBER_LIKE):
            for cell in (*around(piece), f";{piece}", f"a;'{piece}", f"'{piece};{piece}"):
                row = Entry(1, cell, cell, cell, cell)
                self.assertEqual(decode_row(encode_unquoted("r", row), 1), row)

    def test_random_cells(self) -> None:
        chance = random.Random(10)
        pieces = [*PIECES, *NUMBER_LIKE, ";=", ";'=", "'007"]
        for seq in range(1, 5000):
            cells = ("".join(chance.choices(pieces, k=chance.randrange(8))) for _ in range(4))
            row = Entry(seq, *cells)
            self.assertEqual(decode_row(encode_unquoted("r", row), seq), row)


class LineEnds(unittest.TestCase):
    def test_no_part_of_a_row_is_taken_for_a_whole_one(self) -> None:
        chance = random.Random(12)
        pieces = [*PIECES, '","', '""', '","u1-1"', '"u1-1"']
        for seq in range(1, 1000):
            name, text = ("".join(chance.choices(pieces, k=chance.randrange(6))) for _ in range(2))
            row = Entry(seq, "2024-05-01T12:00:00Z", name, text, f"u1-{seq}")
            line = encode_row("room", row)
            whole = [size for size in range(len(line)) if lacks_only_its_end(line[:size])]
            self.assertEqual(whole, [len(line) - 2, len(line) - 1], line)
            self.assertFalse(lacks_only_its_end(encode_unquoted("room", row)[:-2]))


class Decoding(unittest.TestCase):
    """What a host's own editor may have left."""

    def decoded(self, line: bytes) -> Entry:
        row = decode_row(line, 5)
        assert row is not None
        return row

    def assert_damaged(self, line: bytes, damage: Damaged) -> None:
        with self.assertRaises(Damaged) as caught:
            decode_row(line, 1)
        self.assertEqual(caught.exception, damage)

    def test_row_of_another_program_is_read(self) -> None:
        self.assertEqual(
            self.decoded(b'r,"A ""B""","x, y",t,i\n'),
            Entry(5, "t", 'A "B"', "x, y", "i"),
        )

    def test_empty_cells_are_cells(self) -> None:
        self.assertEqual(self.decoded(b"r,,,,\r\n"), Entry(5, "", "", "", ""))

    def test_apostrophe_before_a_word_is_part_of_it(self) -> None:
        self.assertEqual(self.decoded(b"r,a,'tis,t,i\n").text, "'tis")

    def test_formula_typed_by_the_host_is_read_as_it_is(self) -> None:
        self.assertEqual(self.decoded(b"r,a,=1+1,t,i\n").text, "=1+1")

    def test_mark_before_nothing_is_itself(self) -> None:
        self.assertEqual(self.decoded("r,a,x␥,t,i\n".encode()).text, "x␥")

    def test_blank_line_is_nothing(self) -> None:
        for line in (b"\n", b"\r\n", b",,,,\r\n", b'""\n'):
            with self.subTest(line=line):
                self.assertIsNone(decode_row(line, 1))

    def test_wrong_count_of_cells_is_told(self) -> None:
        self.assert_damaged(b"a,b,c,d\n", Damaged(Trouble.WRONG_CELLS, cells=4))
        self.assert_damaged(b"a,b,c,d,e,f\n", Damaged(Trouble.WRONG_CELLS, cells=6))

    def test_unreadable_line_is_told(self) -> None:
        self.assert_damaged(b"r,a,\xff,t,i\n", Damaged(Trouble.NOT_UTF_8))
        for line in (b'r,a,"open,t,i\n', b'r,a,"x"y,t,i\n', b"r,a,b\rc,t,i\n"):
            with self.subTest(line=line):
                self.assert_damaged(line, Damaged(Trouble.BAD_QUOTES))

    def test_zero_bytes_are_told(self) -> None:
        self.assert_damaged(b"\0\0\n", Damaged(Trouble.ZERO_BYTES))
