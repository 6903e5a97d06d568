"""Archives of earlier programs, and messages too long for today's datagrams."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chatroom.protocol import wire
from chatroom.protocol.entries import Entry, entry_fits
from chatroom.protocol.texts import split_text

HEADERS = (("Room", "Username", "Message"), ("Room", "User", "Message"))


@dataclass(frozen=True)
class Found:
    """What an older archive held: its messages, and how many rows were too short."""

    entries: tuple[Entry, ...]
    too_short: int


def read_header(line: bytes) -> tuple[str, ...]:
    """Return the cells of a first line, of today's form or an older one."""
    try:
        return tuple(next(csv.reader([_decode(line)]), ()))
    except csv.Error:
        return ()


def read(data: bytes) -> Found:
    """Read a whole archive of an earlier program."""
    text = _decode(data).replace("\0", "")
    rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row][1:]
    whole = [row for row in rows if len(row) > 2]
    entries = tuple(
        # A comma in a message that was written without quotes made more cells.
        Entry(0, "", row[1], ",".join(row[2:]), f"older-{number}")
        for number, row in enumerate(whole, start=1)
    )
    return Found(entries, len(rows) - len(whole))


def fit(entry: Entry) -> Iterator[Entry]:
    """Yield the entry in as many parts as datagrams need."""
    entry = replace(
        entry,
        name=_shorten(entry.name, wire.NAME_SIZE),
        time=_shorten(entry.time, wire.TIME_SIZE),
        id=_shorten(entry.id, wire.ID_SIZE),
    )
    if entry_fits(entry):
        yield entry
        return
    for number, part in enumerate(split_text(entry.text)):
        id_ = _shorten(entry.id, wire.ID_SIZE - 8) + f"+{number}" if number else entry.id
        yield replace(entry, text=part, id=id_)


# --------------------------------------------------------------------------------------


def _decode(data: bytes) -> str:
    """Decode what an earlier program wrote in the encoding of its machine."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _shorten(cell: str, size: int) -> str:
    return cell.encode()[:size].decode(errors="ignore")
