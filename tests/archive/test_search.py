"""Search in an archive: exactly what `Query.matches` says of the entries, in small slices."""

import random
import unittest
from unittest import mock

from chatroom.archive import rows, search as archive_search, sieve
from chatroom.protocol import search
from chatroom.protocol.entries import Entry
from chatroom.server.log import LogBroken
from storage import Archive
from tests.archive.case import HEADER, ArchiveCase, entry, rows as rows_of
from tests.tools import nasty

LETTERS = (
    "abksKnitßſẞİiŉǰﬁﬃΣσςιΐ\u0345\u1fb3пПрРᲂᲞაҏ日本😀é\u0301ȺⱥꭰᎠａＡ"
    "\"';,=+-@ \t\n\r\x00\x1b\x7f\u2400\u240a\u2421\u2425\u2420\ufe0f019"
)
NAMES = ["Ana", "ana Lindqvist", "Straße", "Σίσυφος", "'=Budi", 'a"b', "İ", "ﬁ", "a;=b", "日本"]


def random_text(chance: random.Random) -> str:
    if chance.random() < 0.2:
        return chance.choice(nasty.ALL)[:200]
    letters = chance.sample(LETTERS, 8) if chance.random() < 0.5 else LETTERS
    return "".join(chance.choices(letters, k=chance.randint(1, 12)))


def random_words(chance: random.Random, text: str) -> str:
    """Return something to look for, often a piece of this text in another case."""
    start = chance.randrange(len(text))
    piece = text[start : start + chance.randint(1, 5)]
    cases = [piece, piece.upper(), piece.lower(), piece.casefold(), piece.title()]
    return chance.choice([chance.choice(cases), chance.choice(LETTERS), random_text(chance)])


def foreign_row(chance: random.Random, one: Entry) -> bytes:
    """Return a row that another program may have written; it may be a damaged one."""
    cells = ["default", one.name, one.text.replace("\n", " "), one.time, one.id]
    if chance.random() < 0.5:
        cells = [cell.replace('"', '""') for cell in cells]
        cells = [f'"{cell}"' if chance.random() < 0.7 else cell for cell in cells]
    end = chance.choice(["\r\n", "\n", ",\r\n", ',"",\n', ",more\n"])
    return (",".join(cells) + end).encode()


DAMAGED = [
    b"\r\n",
    b"\n",
    b"x\n",
    b'"default","Ana","abks\n',
    b"\xff\xfe abks\n",
    b"\0" * 40 + b"\n",
]


class SearchCase(ArchiveCase):
    def setUp(self) -> None:
        super().setUp()
        self.chance = random.Random(7)

    def search(self, archive: Archive, words: str, before: int = 0) -> list[int]:
        """Return all numbers found; check that the slices follow each other."""
        numbers: list[int] = []
        back_to = before or archive.head + 1
        for one in archive.find(search.parse(words), before):
            expected = sorted(one.numbers, reverse=True)
            self.assertEqual(list(one.numbers), expected)
            if expected:
                self.assertLess(expected[0], back_to)
                self.assertGreaterEqual(expected[-1], one.back_to)
            self.assertLessEqual(one.back_to, back_to)
            numbers += one.numbers
            back_to = one.back_to
        self.assertEqual(back_to, 1)
        return numbers

    def assert_exact(self, archive: Archive, held: list[Entry], words: str, before: int = 0) -> int:
        """Check against every entry; return how many match."""
        query = search.parse(words)
        there = [one for one in held if not before or one.seq < before]
        expected = [one.seq for one in there if query.matches(one.name, one.text)][::-1]
        self.assertEqual(self.search(archive, words, before), expected, (words, before))
        return len(expected)

    def random_entry(self, seq: int) -> Entry:
        return entry(seq, random_text(self.chance), self.chance.choice(NAMES))


class Exactness(SearchCase):
    def test_rows_of_this_program(self) -> None:
        entries = [self.random_entry(seq) for seq in range(1, 901)]
        archive = self.open(HEADER + rows_of(*entries[:600]))
        archive.append(entries[600:])
        self.assertEqual(self.held(archive), entries)
        found = 0
        for _ in range(150):
            words = random_words(self.chance, self.chance.choice(entries).text)
            found += self.assert_exact(archive, entries, words, self.chance.choice([0, 2, 700]))
        self.assertGreater(found, 1000)

    def test_names(self) -> None:
        entries = [self.random_entry(seq) for seq in range(1, 301)]
        archive = self.open(HEADER + rows_of(*entries))
        for name in ("ana", "STRASSE", "ς", "=budi", "'", 'a"b', "i\u0307", "fi", "nobody"):
            quoted = f"from:{name}" if '"' in name else f'from:"{name}"'
            for words in ("", " a", " s", ' "', f" {quoted} from:日本"):
                self.assert_exact(archive, entries, quoted + words)

    def test_rows_of_other_programs_and_damaged_lines(self) -> None:
        for columns in (5, 6, 7):
            lines = []
            for seq in range(1, 601):
                lines.append(foreign_row(self.chance, self.random_entry(seq)))
                if self.chance.random() < 0.02 * columns:
                    lines.append(self.chance.choice(DAMAGED))
            more = b"".join(b",more" for _ in range(columns - 5))
            header = HEADER.replace(b"\r\n", more + b"\r\n")
            archive = self.open(header + b"".join(lines))
            self.assertGreater(archive.head, 150)
            held = self.held(archive)
            for _ in range(40):
                words = random_words(self.chance, self.chance.choice(held).text or "a")
                self.assert_exact(archive, held, words)
            archive.close()

    def test_blocks_of_any_size(self) -> None:
        entries = [self.random_entry(seq) for seq in range(1, 121)]
        archive = self.open(HEADER + DAMAGED[2].join(rows_of(one) for one in entries))
        for size, most in ((1, 1), (200, 300), (1000, 3), (10**6, 7)):
            with (
                mock.patch.object(archive_search, "BLOCK_SIZE", size),
                mock.patch.object(archive_search, "BLOCK_RECORDS", most),
            ):
                for words in ("a", "ß", '"', "\n", "default", "x", "from:ana a"):
                    self.assert_exact(archive, entries, words)

    def test_what_stands_in_other_cells_is_not_found(self) -> None:
        archive = self.open(HEADER + rows_of(*(entry(seq, "hello") for seq in range(1, 50))))
        for words in ("default", "2024", "u1", "zoë", "from:hello", '","', ","):
            self.assertEqual(self.search(archive, words), [])

    def test_line_with_much_after_it(self) -> None:
        long = b"x" * (3 * rows.LINE_MOST) + b"\n"
        archive = self.open(HEADER + rows_of(entry(1, "a")) + long + rows_of(entry(2, "b")) + long)
        self.assertEqual(self.search(archive, "a"), [1])
        self.assertEqual(self.search(archive, "b"), [2])

    def test_empty_query_and_empty_archive(self) -> None:
        archive = self.open(HEADER)
        self.assertEqual(list(archive.find(search.parse("a"), 0)), [search.Slice((), 1)])
        archive.append([entry(1, "a")])
        self.assertEqual(list(archive.find(search.parse(" "), 0)), [search.Slice((), 1)])
        self.assertEqual(list(archive.find(search.parse("a"), 1)), [search.Slice((), 1)])
        self.assertEqual(list(archive.find(search.parse("a"), 0)), [search.Slice((1,), 1)])

    def test_what_comes_meanwhile_is_not_looked_at(self) -> None:
        archive = self.open(HEADER + rows_of(*(entry(seq, "a") for seq in range(1, 400))))
        slices = archive.find(search.parse("a"), 0)
        numbers = list(next(slices).numbers)
        archive.append([entry(400, "a")])
        for one in slices:
            numbers += one.numbers
        self.assertEqual(numbers, list(range(399, 0, -1)))


class Slices(SearchCase):
    def test_each_reads_and_decodes_little(self) -> None:
        archive = self.open(HEADER + rows_of(*(entry(seq, "a" * 50) for seq in range(1, 8001))))
        for words, decoded_most in (("a", 60), ("b", 0), ("default", 0), ('"', 60)):
            slices = archive.find(search.parse(words), 0)
            back_to = archive.head + 1
            while back_to > 1:
                with mock.patch.object(rows, "decode_row", wraps=rows.decode_row) as decode:
                    one = next(slices)
                self.assertLessEqual(decode.call_count, decoded_most)
                self.assertLessEqual(back_to - one.back_to, 2000)
                back_to = one.back_to

    def test_rare_word_is_found_without_decoding_others(self) -> None:
        entries = [entry(seq, f"straße {seq} ␥ ab") for seq in range(1, 3001)]
        entries[1000] = entry(1001, "WEIẞE Straße")
        archive = self.open(HEADER + rows_of(*entries))
        with mock.patch.object(rows, "decode_row", wraps=rows.decode_row) as decode:
            self.assertEqual(self.search(archive, "weiss"), [1001])
        self.assertEqual(decode.call_count, 1)


class ChangedByAnother(SearchCase):
    def test_file_of_another_size_breaks_the_log(self) -> None:
        archive = self.open(HEADER + rows_of(*(entry(seq, "a") for seq in range(1, 400))))
        slices = archive.find(search.parse("a"), 0)
        next(slices)
        with open(self.path, "ab") as file:
            file.write(b"x\n")
        with self.assertRaises(LogBroken):
            list(slices)

    def test_changed_line_is_not_passed_on(self) -> None:
        data = HEADER + rows_of(entry(1, "secret"), entry(2, "public"))
        archive = self.open(data)
        self.path.write_bytes(data.replace(b"secret", b"Secret"))
        with self.assertRaises(LogBroken):
            self.search(archive, "secret")
        self.assertEqual(self.search(archive, "from:nobody"), [])


class Folding(unittest.TestCase):
    def test_all_cased_letters_are_known(self) -> None:
        """They are looked for in a few places, so that this costs little."""
        known = {letter for letter, _ in sieve._folded()}
        everywhere = map(chr, range(0x110000))
        self.assertEqual(known, {letter for letter in everywhere if letter.casefold() != letter})


if __name__ == "__main__":
    unittest.main()
