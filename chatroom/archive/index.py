"""The index of an archive: found in one pass over the file, many lines at once.

Most lines are like those that this program writes; one pattern finds all of these in a
block. The others are looked at one by one, by the same rules.
"""

import io
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from chatroom.archive import gauge, rows, troubles
from chatroom.archive.records import Origin, Records
from chatroom.protocol.entries import Entry, entry_fits, split_id

BLOCK_SIZE = 1 << 15
"""Bytes looked at at once, 0.4 ms. With more, what is made of them does not fit the cache."""
DAMAGED_NAMED_MOST = 5


@dataclass(frozen=True)
class Index:
    """What one pass found: the records, and what else the file holds.

    `damaged` counts the damaged lines, of which `named` are the first few. `tail_size` bytes
    come after the last line end. `all_fit` tells whether a datagram holds each record.
    """

    records: Records
    damaged: int
    named: tuple[troubles.Damaged, ...]
    tail_size: int
    all_fit: bool


def scan(
    file: io.FileIO, columns: int = len(rows.HEADER), tell: gauge.Tell = lambda percent: None
) -> Index:
    """Read an archive in today's form, of so many columns, and change nothing."""
    file.seek(0)
    read = gauge.Gauge(file, tell)
    with open(file.fileno(), "rb", closefd=False) as reader:
        found = _Findings(Records(len(reader.readline(rows.LINE_MOST)), columns))
        for block, too_long in _blocks(reader):
            found.take(block)
            if too_long:
                found.pass_over(too_long, troubles.Damaged(troubles.Trouble.LINE_TOO_LONG))
            read.look()
    tail_size = os.fstat(file.fileno()).st_size - found.records.end
    return found.index(tail_size)


# --------------------------------------------------------------------------------------


class _Findings:
    """What was found so far; it takes whole lines, in their order."""

    def __init__(self, records: Records) -> None:
        self.records = records
        self._plain_rows = rows.plain_rows(records.columns)
        self._line = 1  # the header
        self._damaged = 0
        self._named: list[troubles.Damaged] = []
        self._all_fit = True

    def take(self, block: bytes) -> None:
        lines = io.BytesIO(block).readlines()
        found = self._plain_rows.findall(block)
        origins: list[Origin | None] = [None] * len(lines)
        others: Sequence[int] = range(len(lines))
        if len(found) == len(lines) and _is_text(block):
            origins = [(device.decode(), int(n)) if n else None for _, device, n, _ in found]
            others = [place for place, groups in enumerate(found) if groups[3]]
        done = 0
        for place in others:
            damage: troubles.Damaged | None = None
            try:
                entry = self._decode(lines[place])
            except troubles.Damaged as why:
                entry, damage = None, why
            if entry is not None:
                origins[place] = split_id(entry.id)
                self._all_fit = self._all_fit and entry_fits(entry)
                continue
            self._keep(lines[done:place], origins[done:place])
            self.pass_over(len(lines[place]), damage)
            done = place + 1
        self._keep(lines[done:], origins[done:])

    def pass_over(self, size: int, damage: troubles.Damaged | None) -> None:
        """Pass over a line of so many bytes, which is damaged or blank."""
        self._line += 1
        self.records.skip(size)
        if damage is not None:
            self._damaged += 1
            if self._damaged <= DAMAGED_NAMED_MOST:
                damage = troubles.Damaged(damage.reason, **damage.details, line=self._line)
                self._named.append(damage)

    def index(self, tail_size: int) -> Index:
        if self._damaged > DAMAGED_NAMED_MOST:
            self._named.append(troubles.Damaged(troubles.Trouble.MORE))
        return Index(self.records, self._damaged, tuple(self._named), tail_size, self._all_fit)

    def _keep(self, lines: Sequence[bytes], origins: Sequence[Origin | None]) -> None:
        self._line += len(lines)
        self.records.extend(lines, origins)

    def _decode(self, line: bytes) -> Entry | None:
        """Return an entry, whose number does not matter. Raises Damaged."""
        if len(line) > rows.LINE_MOST:
            raise troubles.Damaged(troubles.Trouble.LINE_TOO_LONG)
        return rows.decode_row(line, 0, self.records.columns)


def _is_text(block: bytes) -> bool:
    """Tell whether each line is UTF-8, and none holds a zero byte."""
    if b"\0" in block:
        return False
    try:
        block.decode()
    except UnicodeDecodeError:
        return False
    return True


def _blocks(reader: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Yield all complete lines, many at once, and the size of one after them or 0.

    That one is too long to be read.
    """
    while block := reader.read(BLOCK_SIZE):
        if not block.endswith(b"\n"):
            block += reader.readline(rows.LINE_MOST)
        end = block.rfind(b"\n") + 1
        yield block[:end], _rest_of_line(reader, len(block) - end)


def _rest_of_line(reader: IO[bytes], size: int) -> int:
    """Return the size of a line that has begun, 0 where it has no end, or none has begun."""
    while size and (piece := reader.readline(rows.LINE_MOST)):
        size += len(piece)
        if piece.endswith(b"\n"):
            return size
    return 0
