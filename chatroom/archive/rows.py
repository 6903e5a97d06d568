"""One entry of the log as one line of archive.csv, and back.

Every cell is quoted, and keeps to its line and harmless in a spreadsheet; what is done
for that is undone exactly on reading:

- A control character stands as its picture (a line feed as U+240A).
- U+2425 says that what follows is meant as it is. It stands before such a picture that was
  really typed; after a semicolon, where a spreadsheet that splits there would find a
  formula; and before a text that a spreadsheet would take for a number or a date, and
  save as another: 007, 1/2, 1e5.
- A cell that would start a formula gets an apostrophe in front.
"""

import csv
import functools
import re
from collections.abc import Sequence

from chatroom.archive.troubles import Damaged, Trouble
from chatroom.protocol import wire
from chatroom.protocol.entries import Entry, split_id

HEADER = ("Room", "Username", "Message", "Time", "Id")
HEADER_LINE = b"\xef\xbb\xbf" + ",".join(HEADER).encode() + b"\r\n"
"""The first line of a new archive, with a byte-order mark."""

LINE_MOST = 1 << 20
"""Bytes of a line that is looked at: no message comes near it."""
csv.field_size_limit(LINE_MOST)

_FORMULA_STARTS = tuple("=+-@'＝＋－＠")
_FORMULA_AFTER_SEMICOLON = re.compile(r';(?=[\s"]*[=+\-@＝＋－＠])')
_SURVIVES = re.compile(r"0|[1-9][0-9]{0,10}")  # Excel shows, and saves, 12 digits as 1E+11
_NUMBER_SIGNS = r"\s.,:/\-()'’%+$€£¥₩₹₽₫₺₪฿"
_NUMBER_LIKE = re.compile(
    rf"[{_NUMBER_SIGNS}]*\d[\de{_NUMBER_SIGNS}]*([ap]m?\s*)?|\s*(true|false)\s*", re.IGNORECASE
)
_ESCAPE = "\u2425"
_STANDS_AS_IT_IS = r'(?!(?i:true|false)\s*")[A-Za-z][ !#-:<-~]*'
_NEEDS_NO_CARE = re.compile(
    rf'"{_STANDS_AS_IT_IS}","{_STANDS_AS_IT_IS}","{_STANDS_AS_IT_IS}",'
    rf'"(?:\d{{4}}-\d\d-\d\dT[\d:]+Z)?","{_STANDS_AS_IT_IS}"'
)
"""What most rows are like: cells that begin with a letter, without quotes and semicolons."""
_PICTURES = {code: chr(0x2400 + code) for code in range(32)} | {127: "\u2421"}
_TO_PICTURES = str.maketrans(
    _PICTURES | {ord(mark): _ESCAPE + mark for mark in (*_PICTURES.values(), _ESCAPE)}
)
_FROM_PICTURES = {picture: chr(code) for code, picture in _PICTURES.items()}
_PICTURE = re.compile(f"{_ESCAPE}(.)|([{''.join(_PICTURES.values())}])")


def _cell(size: int) -> bytes:
    """Return the pattern of a cell of so many bytes at most, in quotes or without any."""
    return rb'(?:"[^"]{0,%d}"|[^",\r\n]{0,%d})' % (size, size)


_ROOM, _NAME, _TIME = _cell(4 * wire.NAME_SIZE), _cell(wire.NAME_SIZE), _cell(wire.TIME_SIZE)
_TEXT = rb'(?:"(?:[^"]{0,%d}"|(?=[^"]{0,%d}"")(?:[^"]|""){0,%d}")|[^",\r\n]{0,%d})' % (
    (wire.TEXT_SIZE,) * 4  # of two ways the second is slow: it is gone only where a quote is
)
_NO_DEVICE = rb'[0-9A-Za-tv-z][^",\r\n]{0,39}'  # "older-7"; an id of wire.ID_SIZE at most
_OWN_ROW = re.compile(
    r'"[^"]*","([^"]*)","([^"]*|(?=[^"]*"")(?:[^"]|""){0,900})","([0-9T:Z-]*)",'
    r'"([0-9A-Za-z][0-9A-Za-z+-]*)"\r\n'
)
"""What most rows are like. Its groups need no decoding where they hold no quote of their own."""


@functools.cache
def plain_rows(columns: int) -> re.Pattern[bytes]:
    """Return what finds one line after the other, in an archive of so many columns.

    It is a plain row, of whose groups the second and third are device and counter if it has
    them; or any other line, which is the fourth. A plain row is sound, in a datagram too, if
    it is one line of UTF-8 without a zero byte. It may be found to go over several lines:
    telling apart what is in a cell costs half as much again.
    """
    more = rb"(?:,%s){0,%d},*" % (_cell(wire.TEXT_SIZE), columns - len(HEADER))
    return re.compile(
        rb'%s,%s,%s,%s,(")?(?:(u[0-9a-z]{0,22})-([0-9]{1,16})|%s)(?(1)")%s\r?\n|([^\n]*\n)'
        % (_ROOM, _NAME, _TEXT, _TIME, _NO_DEVICE, more)
    )


def encode_row(room: str, entry: Entry) -> bytes:
    """Return the line, with its line end."""
    cells = (room, entry.name, entry.text, entry.time, entry.id)
    row = '"' + '","'.join(cells) + '"'
    if not _NEEDS_NO_CARE.fullmatch(row):
        row = ",".join('"' + _encode_cell(cell).replace('"', '""') + '"' for cell in cells)
    return row.encode() + b"\r\n"


def decode_row(line: bytes, seq: int, columns: int = len(HEADER)) -> Entry | None:
    """Return the entry of a complete line, None for a blank one. Raises Damaged.

    The archive may have more columns than ours, which a person added: these are passed
    over, and so are empty cells after the last.
    """
    text = _text(line)
    own = _OWN_ROW.fullmatch(text)
    if own is not None:
        name, said, time, id_ = own.groups()
        return Entry(seq, time, _decode_cell(name), _decode_cell(said.replace('""', '"')), id_)
    cells = _split(text)
    if not any(cells):
        return None
    if len(cells) < len(HEADER) or any(cells[columns:]):
        raise Damaged(Trouble.WRONG_CELLS, cells=len(cells))
    return decode_cells(cells, seq)


def decode_cells(cells: Sequence[str], seq: int) -> Entry:
    """Return the entry that the first cells of a row hold."""
    _, name, text, time, id_ = map(_decode_cell, cells[: len(HEADER)])
    return Entry(seq, time, name, text, id_)


def lacks_only_its_end(line: bytes) -> bool:
    """Tell whether a line would be a row of this program's if its line end were there.

    A write that a crash cut short is never taken for one: the quote that closes the Id
    shows that no digit of it is missing. A row from before cells were quoted, or one that
    somebody else wrote, is not known to be whole.
    """
    line = line.removesuffix(b"\r")
    try:
        cells = _split(_text(line))
    except Damaged:
        return False
    if len(cells) != len(HEADER) or split_id(cells[-1]) is None:
        return False
    return encode_row(_decode_cell(cells[0]), decode_cells(cells, 0)) == line + b"\r\n"


# --------------------------------------------------------------------------------------


def _text(line: bytes) -> str:
    if b"\0" in line:  # what a crash leaves; we write none
        raise Damaged(Trouble.ZERO_BYTES)
    try:
        return line.decode()
    except UnicodeDecodeError:
        raise Damaged(Trouble.NOT_UTF_8) from None


def _split(line: str) -> list[str]:
    """Return the cells of a line as they are written, none for a blank one."""
    try:
        rows = list(csv.reader((line,), strict=True))
    except csv.Error:
        raise Damaged(Trouble.BAD_QUOTES) from None
    return rows[0] if rows else []


def _encode_cell(text: str) -> str:
    cell = text if text.isascii() and text.isprintable() else text.translate(_TO_PICTURES)
    if ";" in cell:
        cell = _FORMULA_AFTER_SEMICOLON.sub(f";{_ESCAPE}", cell)
    if cell.lstrip().startswith(_FORMULA_STARTS):
        return "'" + cell
    if _NUMBER_LIKE.fullmatch(cell) and not _SURVIVES.fullmatch(cell):
        return _ESCAPE + cell
    return cell


def _decode_cell(cell: str) -> str:
    if cell[:1] == "'" and cell[1:].lstrip().startswith(_FORMULA_STARTS):
        cell = cell[1:]
    if cell.isascii():  # most are, and have no picture
        return cell
    return _PICTURE.sub(lambda found: found[1] or _FROM_PICTURES[found[2]], cell)
