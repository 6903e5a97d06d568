"""Archives that are not in today's form: of earlier programs, or saved by a spreadsheet.

What a file holds is read where that is certain, else refused with the cause. Also here:
how a message too long for a datagram is taken apart.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chatroom.archive import rows, troubles
from chatroom.protocol import texts, wire
from chatroom.protocol.entries import Entry, entry_fits

OLDER_HEADERS = (("Room", "Username", "Message"), ("Room", "User", "Message"))
START_SIZE = 4096
"""Bytes in which the header must be found."""

_SEPARATORS = ",;\t"
_FIRST_LINE = re.compile(r"([^\r\n]*)(\r*\n|\r|)")


@dataclass(frozen=True)
class Form:
    """How a file holds its rows.

    `columns` counts those of the header, which may be more than `names`: those of ours.
    """

    names: tuple[str, ...]
    columns: int
    separator: str
    encoding: str
    line_end: str

    @property
    def is_todays(self) -> bool:
        """Whether rows of today's program can be appended to such a file."""
        return (
            self.names == rows.HEADER
            and self.separator == ","
            and self.encoding == "utf-8-sig"
            and self.line_end in ("\n", "\r\n")
        )

    @property
    def is_by_program(self) -> bool:
        """Whether an earlier program wrote it: without quotes, in its machine's encoding."""
        return (
            self.names in OLDER_HEADERS
            and self.separator == ","
            and self.encoding == "utf-8-sig"
            and self.line_end != "\r"
        )

    @property
    def oddity(self) -> troubles.Trouble:
        """What is said of it where its rows are not clear."""
        if self.is_by_program:
            return troubles.Trouble.ROW_TOO_LONG
        if self.separator != ",":
            return troubles.Trouble.SEMICOLONS if self.separator == ";" else troubles.Trouble.TABS
        return troubles.Trouble.UTF_16 if self.encoding == "utf-16" else troubles.Trouble.CR_ENDS


def recognise(start: bytes) -> Form | None:
    """Return the form of a file that starts so, None for one that is not of this room."""
    marks = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
    encoding = "utf-16" if start.startswith(marks) else "utf-8-sig"
    text = start.decode(encoding, errors="replace").lstrip("\ufeff")
    first = _FIRST_LINE.match(text)
    assert first is not None  # it matches anything
    for separator in _SEPARATORS:
        try:
            header = next(csv.reader([first[1]], delimiter=separator, strict=True), [])
        except csv.Error:
            continue
        for names in (rows.HEADER, *OLDER_HEADERS):
            more = header[len(names) :]
            if tuple(header[: len(names)]) == names and (names == rows.HEADER or not any(more)):
                return Form(names, len(header), separator, encoding, first[2])
    return None


class Reader:
    """Reads a file in another form, and keeps count of what was not clear in it."""

    def __init__(self, path: Path, form: Form) -> None:
        self.too_short = 0
        self.guessed = 0
        self._path = path
        self._form = form
        self._line = 0
        self._row_starts = 1  # in this line
        self._is_guessed = False  # a line of the present row was

    def entries(self, file: io.FileIO) -> Iterator[Entry]:
        """Yield the messages, numbered 0. Raises ArchiveError where they are not clear."""
        file.seek(0)
        with open(file.fileno(), "rb", closefd=False) as reader:
            try:
                if self._form.is_by_program:
                    yield from self._by_program(reader)
                else:
                    yield from self._saved(reader)
            except csv.Error:
                raise self._refuse(self._form.oddity) from None
            except UnicodeError:
                is_utf_16 = self._form.encoding == "utf-16"
                reason = troubles.Trouble.UTF_16 if is_utf_16 else troubles.Trouble.OTHER_ENCODING
                raise self._refuse(reason) from None

    def _by_program(self, reader: io.BufferedReader) -> Iterator[Entry]:
        added = self._form.columns - len(self._form.names)
        number = 0
        for row in self._rows(self._guessed_lines(reader), strict=False):
            cells = _without_empty(row, added)
            self.guessed += self._is_guessed
            self._is_guessed = False
            if len(cells) > 2:
                number += 1
                # A comma in a message that was written without quotes made more cells.
                yield Entry(0, "", cells[1], ",".join(cells[2:]), f"older-{number}")
            elif row:
                self.too_short += 1

    def _saved(self, reader: io.BufferedReader) -> Iterator[Entry]:
        form = self._form
        number = 0
        for cells in self._rows(self._lines(reader), strict=True):
            if not any(cells):
                continue
            if len(cells) < len(form.names) or any(cells[form.columns :]):
                raise self._refuse(form.oddity)
            number += 1
            if form.names == rows.HEADER:
                yield rows.decode_cells(cells, 0)
            else:
                yield Entry(0, "", cells[1], cells[2], f"older-{number}")

    def _rows(self, lines: Iterator[str], strict: bool) -> Iterator[list[str]]:
        """Yield the cells of each row after the header."""
        rows = csv.reader(lines, delimiter=self._form.separator, strict=strict)
        for number, cells in enumerate(rows):
            if number > 0:
                yield cells
            self._row_starts = self._line + 1

    def _guessed_lines(self, reader: io.BufferedReader) -> Iterator[str]:
        """Yield decoded lines, each in the encoding that it seems to be in."""
        while line := reader.readline(rows.LINE_MOST):
            self._note_line(len(line), line.endswith(b"\n"))
            try:
                text = line.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = line.decode("cp1252", errors="replace")
                self._is_guessed = True
            yield from io.StringIO(text.replace("\0", ""), newline="")

    def _lines(self, reader: io.BufferedReader) -> Iterator[str]:
        text = io.TextIOWrapper(reader, self._form.encoding, newline="")
        while line := text.readline(rows.LINE_MOST):
            self._note_line(len(line), line.endswith(("\n", "\r")))
            yield line

    def _note_line(self, size: int, ended: bool) -> None:
        self._line += 1
        if size == rows.LINE_MOST and not ended:
            raise self._refuse(troubles.Trouble.ROW_TOO_LONG)

    def _refuse(self, reason: troubles.Trouble) -> troubles.ArchiveError:
        return troubles.ArchiveError(reason, path=self._path, line=self._row_starts)


def fit(entry: Entry) -> Iterator[Entry]:
    """Yield the entry in as many parts as datagrams need."""
    entry = entry._replace(
        name=_shorten(entry.name, wire.NAME_SIZE),
        time=_shorten(entry.time, wire.TIME_SIZE),
        id=_shorten(entry.id, wire.ID_SIZE),
    )
    if entry_fits(entry):
        yield entry
        return
    for number, part in enumerate(texts.split_text(entry.text)):
        id_ = _shorten(entry.id, wire.ID_SIZE - 8) + f"+{number}" if number else entry.id
        yield entry._replace(text=part, id=id_)


# --------------------------------------------------------------------------------------


def _without_empty(cells: list[str], most: int) -> list[str]:
    """Return the cells without so many empty ones at the end, as a spreadsheet adds them."""
    while most and cells and not cells[-1]:
        cells, most = cells[:-1], most - 1
    return cells


def _shorten(cell: str, size: int) -> str:
    return cell.encode()[:size].decode(errors="ignore")
