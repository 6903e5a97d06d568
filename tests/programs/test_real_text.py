"""Real text of many scripts through real processes; and the counting of what is wrong."""

import tempfile
import unittest
from collections import Counter
from pathlib import Path

from chatroom.archive.rows import HEADER_LINE, encode_row
from chatroom.protocol.entries import Entry, make_id
from tests.programs import real_text
from tests.tools import corpus, libreoffice

SAID = {"Ana": ["one", "two", "two", " 三 "], "Budi": ["=1+1", "007"]}


def archive_of(folder: str, said: real_text.Said) -> Path:
    """Return an archive that holds these texts."""
    path = Path(folder, "archive.csv")
    spoken = [(name, text) for name, texts in said.items() for text in texts]
    entries = (
        Entry(n, "2024-05-01T12:00:00Z", name, text, make_id("u0123456789abcdef", n))
        for n, (name, text) in enumerate(spoken, start=1)
    )
    path.write_bytes(HEADER_LINE + b"".join(encode_row("default", one) for one in entries))
    return path


class ThroughProcesses(unittest.TestCase):
    def test_nothing_is_wrong_anywhere(self) -> None:
        with tempfile.TemporaryDirectory() as name:
            figures = real_text.send(Path(name), lines=400, people=10, seed=3)
        looked_at = [wrong for wrong in figures.wrong.values() if wrong is not None]
        self.assertEqual(looked_at, [[]] * (4 if libreoffice.is_there() else 3))
        self.assertEqual(figures.lines, 400)
        self.assertGreater(figures.texts, 400)  # some are long


class Counting(unittest.TestCase):
    def test_each_kind_of_flaw_is_counted(self) -> None:
        self.assertEqual(real_text.differences(SAID, SAID), [])
        for flaw, ana, wrong in (
            ("changed", ["one", "two", "two", "三"], 1),
            ("missing", ["one", "two", " 三 "], 1),
            ("doubled", ["one", "one", "two", "two", " 三 "], 1),
            ("moved", ["two", "one", "two", " 三 "], 2),
            ("all missing", [], 4),
        ):
            with self.subTest(flaw):
                self.assertEqual(len(real_text.differences(SAID, SAID | {"Ana": ana})), wrong)
        nobodys = real_text.differences(SAID, SAID | {"Mal": ["x", "y"]})
        self.assertEqual(nobodys, ["Mal: 'x' instead of None", "Mal: 'y' instead of None"])
        self.assertEqual(len(real_text.differences(SAID, {})), 6)

    def test_archive_with_a_changed_line_is_noticed_by_every_reader(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = archive_of(folder, SAID)
            whole = path.read_bytes()
            for new, wrong in (("one", []), ("One", ["Ana: 'One' instead of 'one'"])):
                path.write_bytes(whole.replace(b"one", new.encode()))
                for read in (real_text.read_by_csv, real_text.read_by_storage):
                    with self.subTest(new, read=read):
                        self.assertEqual(real_text.differences(SAID, read(path)), wrong)

    @libreoffice.is_needed
    def test_cells_that_libreoffice_converts_are_noticed(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = archive_of(folder, {"Ana": ["007"]})
            path.write_bytes(path.read_bytes().replace("␥".encode(), b""))
            for options, text in ((libreoffice.CELLS_AS_TEXT, "007"), ("44,34,76,1", "7")):
                saved = libreoffice.convert(path, libreoffice.TO_CSV, options)
                self.assertEqual(real_text.read_by_csv(saved), {"Ana": [text]})

    def test_too_few_scripts_are_not_good(self) -> None:
        many: Counter[str] = Counter(map(str, range(12)))
        for scripts, wrong, good in (
            (many, [], True),
            (many, ["Ana: 'x' instead of 'y'"], False),
            (Counter("ABC"), [], False),
        ):
            figures = real_text.Figures(400, 410, 0, scripts, 1.0, {"here": None, "there": wrong})
            self.assertEqual(figures.good, good)


class Text(unittest.TestCase):
    def test_seed_decides(self) -> None:
        first, again, other = (corpus.make(300, seed) for seed in (1, 1, 2))
        self.assertEqual(first, again)
        self.assertNotEqual(first, other)

    def test_as_many_lines_as_asked_for_and_each_is_a_line(self) -> None:
        text = corpus.make(20_000, 1)
        self.assertEqual(len(text.lines), 20_000)
        self.assertTrue(all(map(corpus.is_line, text.lines)))
        self.assertLess({chr(code) for code in range(32)} - {"\n"}, set("".join(text.lines)))
        for line in ("", " \t", "exit", "two\nlines", "end\r"):
            self.assertFalse(corpus.is_line(line))

    def test_a_line_counts_for_the_script_of_most_of_its_letters(self) -> None:
        lines = ["Ana", "для UTF-8 и текста", "日本語", "ひらがな 漢", "5 ¾ 😀", "สวัสดี"]
        expected = {"LATIN": 1, "CYRILLIC": 1, "CJK": 1, "HIRAGANA": 1, "THAI": 1}
        self.assertEqual(corpus.scripts(lines), expected)

    @unittest.skipUnless(corpus.has_tcl(), "no catalogues of Tcl, which have many scripts")
    def test_many_scripts_are_in_a_small_corpus(self) -> None:
        found = corpus.scripts(corpus.make(400, 1).real)
        self.assertGreaterEqual(len(found), real_text.SCRIPTS_LEAST)


if __name__ == "__main__":
    unittest.main()
