"""One entry of the log as one line of archive.csv, and back.

Two rewritings keep a message on its line and harmless in a spreadsheet; both are undone
exactly on reading. A control character stands as its picture (a line feed as U+240A), and
a picture that was really typed has U+2425 before it. A cell that would start a formula
gets an apostrophe in front.
"""

import csv
import io
import re

from chatroom.archive.troubles import Damaged, Trouble
from chatroom.protocol.entries import Entry

HEADER = ("Room", "Username", "Message", "Time", "Id")
HEADER_LINE = b"\xef\xbb\xbf" + ",".join(HEADER).encode() + b"\r\n"
"""The first line of a new archive, with a byte-order mark."""

csv.field_size_limit(2**31 - 1)  # a long line of an older file is no error

_FORMULA_STARTS = tuple("=+-@'＝＋－＠")
_ESCAPE = "\u2425"
_PICTURES = {code: chr(0x2400 + code) for code in range(32)} | {127: "\u2421"}
_TO_PICTURES = str.maketrans(
    _PICTURES | {ord(mark): _ESCAPE + mark for mark in (*_PICTURES.values(), _ESCAPE)}
)
_FROM_PICTURES = {picture: chr(code) for code, picture in _PICTURES.items()}
_PICTURE = re.compile(f"{_ESCAPE}(.)|([{''.join(_PICTURES.values())}])")


def encode_row(room: str, entry: Entry) -> bytes:
    """Return the line, with its line end."""
    line = io.StringIO(newline="")
    cells = (room, entry.name, entry.text, entry.time, entry.id)
    csv.writer(line, lineterminator="\r\n").writerow(map(_encode_cell, cells))
    return line.getvalue().encode()


def decode_row(line: bytes, seq: int) -> Entry | None:
    """Return the entry of a complete line, None for a blank one. Raises Damaged."""
    if b"\0" in line:  # what a crash leaves; we write none
        raise Damaged(Trouble.ZERO_BYTES)
    try:
        rows = list(csv.reader((line.decode(),), strict=True))
    except (UnicodeDecodeError, csv.Error):
        raise Damaged(Trouble.NOT_READABLE) from None
    cells = rows[0] if rows else []
    if not any(cells):
        return None
    if len(cells) != len(HEADER):
        raise Damaged(Trouble.WRONG_CELLS, cells=len(cells))
    _, name, text, time, id_ = map(_decode_cell, cells)
    return Entry(seq, time, name, text, id_)


# --------------------------------------------------------------------------------------


def _encode_cell(text: str) -> str:
    cell = text.translate(_TO_PICTURES)
    return "'" + cell if cell.lstrip().startswith(_FORMULA_STARTS) else cell


def _decode_cell(cell: str) -> str:
    if cell[:1] == "'" and cell[1:].lstrip().startswith(_FORMULA_STARTS):
        cell = cell[1:]
    if cell.isascii():  # most are, and have no picture
        return cell
    return _PICTURE.sub(lambda found: found[1] or _FROM_PICTURES[found[2]], cell)
