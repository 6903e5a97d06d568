"""Where each record of an archive lies, and what tells that it is still what it was."""

import io
import zlib
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate

from chatroom.archive import rows, sieve, troubles
from chatroom.protocol.entries import Entry

READ_SIZE = 1 << 16
"""Bytes in which the records begin that are read at once: what fills some fifty datagrams."""

Origin = tuple[str, int]
"""A device, and which of its texts a record is."""


class Records:
    """The place and checksum of every record, and the highest counter of each device.

    It grows as records are appended. A record takes 12 bytes, 16 where it is not even.
    """

    def __init__(self, end: int, columns: int) -> None:
        """Have none yet; the first comes at this offset, and has so many cells at most."""
        self.end = end
        self.columns = columns
        self._offsets = array("Q")
        self._sums = array("I")
        self._uneven = array("I")  # by number: few
        self._counters: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._offsets)

    def extend(self, lines: Sequence[bytes], origins: Iterable[Origin | None]) -> None:
        """Note more records, whose lines come next, and whose they are where that is known."""
        numbered = enumerate(lines, len(self) + 1)
        self._uneven.extend(
            seq for seq, line in numbered if not (line.isascii() or sieve.is_even(line))
        )
        offsets = list(accumulate(map(len, lines), initial=self.end))
        self.end = offsets.pop()
        self._offsets.extend(offsets)
        self._sums.extend(map(zlib.crc32, lines))
        counters = self._counters
        for device, counter in filter(None, origins):
            if counter > counters.get(device, 0):
                counters[device] = counter

    def skip(self, size: int) -> None:
        """Pass over so many bytes, which are no record."""
        self.end += size

    def read(self, file: io.FileIO, first: int, last: int) -> Iterator[Entry]:
        """Yield these records. Raises Damaged where a line is not what it was."""
        while first <= last:
            start = self._offsets[first - 1]
            upto = bisect_right(self._offsets, start + READ_SIZE, first, last)
            end = min(self._after(upto), self._offsets[upto - 1] + rows.LINE_MOST)
            file.seek(start)
            block = file.read(end - start)
            for seq in range(first, upto + 1):
                place = self._offsets[seq - 1] - start
                yield self._decode(block[place : block.find(b"\n", place) + 1], seq)
            first = upto + 1

    def read_one(self, file: io.FileIO, seq: int) -> Entry:
        """Return a record. Raises Damaged where its line is not what it was."""
        return next(self.read(file, seq, seq))

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

    def _decode(self, line: bytes, seq: int) -> Entry:
        entry = rows.decode_row(line, seq, self.columns)
        if entry is None or zlib.crc32(line) != self._sums[seq - 1]:
            raise troubles.Damaged(troubles.Trouble.CHANGED_BY_ANOTHER)
        return entry
