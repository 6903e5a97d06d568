"""Where each record of an archive lies, found in one pass over the file."""

import io
import os
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from chatroom.archive import rows, sieve, troubles
from chatroom.protocol.entries import Entry, entry_fits, split_id

DAMAGED_NAMED_MOST = 5


class Records:
    """The place and checksum of every record, and the highest counter of each device.

    It grows as records are appended.
    """

    def __init__(self, end: int, columns: int) -> None:
        """Have none yet; the first comes at this offset, and has so many cells at most."""
        self.end = end
        self.columns = columns
        self._offsets = array("Q")
        self._sums = array("I")
        self._uneven = array("Q")  # by number: few
        self._counters: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._offsets)

    def add(self, entry: Entry, line: bytes) -> None:
        """Note one more record, whose line comes next."""
        self._offsets.append(self.end)
        self._sums.append(zlib.crc32(line))
        self.end += len(line)
        if not sieve.is_even(entry, line):
            self._uneven.append(len(self))
        origin = split_id(entry.id)
        if origin:
            device, counter = origin
            self._counters[device] = max(counter, self.last_counter(device))

    def skip(self, size: int) -> None:
        """Pass over so many bytes, which are no record."""
        self.end += size

    def read(self, file: io.FileIO, seq: int) -> Entry:
        """Return a record. Raises Damaged where its line is not what it was."""
        start = self._offsets[seq - 1]
        file.seek(start)
        line = file.read(min(self._after(seq) - start, rows.LINE_MOST))
        line = line[: line.find(b"\n") + 1]  # what is no record may come after it
        entry = rows.decode_row(line, seq, self.columns)
        if entry is None or zlib.crc32(line) != self._sums[seq - 1]:
            raise troubles.Damaged(troubles.Trouble.CHANGED_BY_ANOTHER)
        return entry

    def back_from(self, last: int, size: int, most: int) -> int:
        """Return the first of at most so many records up to `last` that lie in `size` bytes.

        It is `last` where even that one, with what is no record after it, is larger.
        """
        floor = max(self._after(last) - size, 0)
        return bisect_left(self._offsets, floor, max(last - most, 0), last - 1) + 1

    def read_block(
        self, file: io.FileIO, first: int, last: int
    ) -> tuple[bytes, list[tuple[int, bytes]]]:
        """Return the lines of these records, with what is no record between them or after.

        The second part has those that are not even (`sieve`), with their numbers. No line
        is checked. Raises Damaged where the file is too short.
        """
        start, after = self._offsets[first - 1], self._after(last)
        file.seek(start)
        block = file.read(after - start)
        if len(block) < after - start:
            raise troubles.Damaged(troubles.Trouble.CHANGED_BY_ANOTHER)
        low, high = bisect_left(self._uneven, first), bisect_left(self._uneven, last + 1)
        lines = []
        for seq in self._uneven[low:high]:
            place = self._offsets[seq - 1] - start
            lines.append((seq, block[place : block.find(b"\n", place)]))
        return block, lines

    def last_counter(self, device: str) -> int:
        """Return the highest counter among the ids of this device, or 0."""
        return self._counters.get(device, 0)

    def _after(self, seq: int) -> int:
        """Return where the next record begins, or would."""
        return self._offsets[seq] if seq < len(self) else self.end


@dataclass(frozen=True)
class Index:
    """What one pass found: the records, and what else the file holds.

    `damaged` counts the damaged lines, of which `named` are the first few. `tail_size` bytes
    bytes come after the last line end. `all_fit` tells whether a datagram holds each record.
    """

    records: Records
    damaged: int
    named: tuple[troubles.Damaged, ...]
    tail_size: int
    all_fit: bool


def scan(file: io.FileIO, columns: int = len(rows.HEADER)) -> Index:
    """Read an archive in today's form, of so many columns, and change nothing."""
    file.seek(0)
    damages: list[troubles.Damaged] = []
    all_fit = True
    with open(file.fileno(), "rb", buffering=rows.LINE_MOST, closefd=False) as reader:
        records = Records(len(reader.readline(rows.LINE_MOST)), columns)
        for number, (line, size) in enumerate(_complete_lines(reader), start=2):
            try:
                entry = _decode(line, size, len(records) + 1, columns)
            except troubles.Damaged as damage:
                damages.append(troubles.Damaged(damage.reason, **damage.details, line=number))
                entry = None
            if entry is None:
                records.skip(size)
            else:
                records.add(entry, line)
                all_fit = all_fit and entry_fits(entry)
    tail_size = os.fstat(file.fileno()).st_size - records.end
    return Index(records, len(damages), tuple(_first_few(damages)), tail_size, all_fit)


# --------------------------------------------------------------------------------------


def _complete_lines(reader: IO[bytes]) -> Iterator[tuple[bytes, int]]:
    """Yield each line that has an end, or the start of one that is too long, and its size."""
    while line := reader.readline(rows.LINE_MOST):
        piece, size = line, len(line)
        while len(piece) == rows.LINE_MOST and not piece.endswith(b"\n"):
            piece = reader.readline(rows.LINE_MOST)
            size += len(piece)
        if piece.endswith(b"\n"):
            yield line, size


def _first_few(damages: list[troubles.Damaged]) -> list[troubles.Damaged]:
    if len(damages) > DAMAGED_NAMED_MOST:
        return [*damages[:DAMAGED_NAMED_MOST], troubles.Damaged(troubles.Trouble.MORE)]
    return damages


def _decode(line: bytes, size: int, seq: int, columns: int) -> Entry | None:
    if len(line) < size:
        raise troubles.Damaged(troubles.Trouble.LINE_TOO_LONG)
    return rows.decode_row(line, seq, columns)
