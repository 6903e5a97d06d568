"""archive.csv in a spreadsheet: no cell of it runs, and what it saves again is the same."""

import shutil
import tempfile
import unittest
import xml.etree.ElementTree as ET
from pathlib import Path

from chatroom.archive.rows import HEADER_LINE, encode_row
from chatroom.protocol.entries import Entry, make_id
from storage import Archive
from tests.tools import libreoffice
from tests.tools.nasty import LIVE, NUMBER_LIKE

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
ENGLISH, GERMAN, INDONESIAN = "1033", "1031", "1057"


@libreoffice.is_needed
class LibreOffice(unittest.TestCase):
    """It stands for all of them: its import evaluates formulas here, as Excel's does."""

    folder: Path

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder, ignore_errors=True)

    def archive(self, *texts: str) -> Path:
        """Return an archive of these texts."""
        path = self.folder / "archive.csv"
        entries = (
            Entry(n, "2024-05-01T12:00:00Z", text[:32], text, make_id("u0123456789abcdef", n))
            for n, text in enumerate(texts, start=1)
        )
        path.write_bytes(HEADER_LINE + b"".join(encode_row("default", one) for one in entries))
        return path

    def convert(self, path: Path, to: str, separators: str, language: str, numbers: bool) -> Path:
        """Have the file opened, evaluated, and saved in another form."""
        detect = "true" if numbers else "false"
        options = f"{separators},34,76,1,,{language},false,{detect},true,false,false,0,true"
        return libreoffice.convert(path, to, options)

    def live_cells(self, path: Path, separators: str) -> list[str]:
        """Return the formulas that a spreadsheet found, and what it took for a number."""
        sheet = ET.parse(self.convert(path, "fods", separators, ENGLISH, True))
        cells = list(sheet.iter(f"{TABLE}table-cell"))
        self.assertGreater(len(cells), 10)
        return [
            cell.get(f"{TABLE}formula") or "".join(cell.itertext())
            for cell in cells
            if cell.get(f"{TABLE}formula")
            or cell.get(f"{OFFICE}value-type") not in (None, "string")
        ]

    def test_no_cell_runs_whatever_separates_the_columns(self) -> None:
        for separators in ("44", "59", "44/59/9", "9"):
            with self.subTest(separators=separators):
                self.assertEqual(self.live_cells(self.archive(*LIVE), separators), [])

    def test_an_archive_with_its_guards_taken_away_would_run(self) -> None:
        """So the test above can fail."""
        path = self.archive(*LIVE)
        path.write_bytes(path.read_bytes().replace("␥".encode(), b"").replace(b"'=", b"="))
        self.assertTrue(self.live_cells(path, "44"))
        path.write_bytes(path.read_bytes().replace(b'"', b""))
        self.assertTrue(self.live_cells(path, "59"))

    def test_what_is_saved_again_is_read_as_before(self) -> None:
        texts = [*LIVE, *NUMBER_LIKE, "5", "2024", "plain"]
        path = self.archive(*texts)
        for language in (ENGLISH, GERMAN, INDONESIAN):
            with self.subTest(language=language):
                saved = Archive(self.convert(path, libreoffice.TO_CSV, "44", language, True))
                self.addCleanup(saved.close)
                self.assertEqual(saved.notices, [])
                self.assertEqual([one.text for one in saved.read(1, saved.head)], texts)
                ids = [one.id for one in saved.read(1, saved.head)]
                self.assertEqual(ids[-1], f"u0123456789abcdef-{len(texts)}")
                saved.close()


if __name__ == "__main__":
    unittest.main()
