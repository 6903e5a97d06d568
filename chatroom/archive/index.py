"""Where each record of an archive lies, found in one pass over the file."""

import io
from array import array
from dataclasses import dataclass

from chatroom.archive.rows import decode_row
from chatroom.archive.troubles import Damaged
from chatroom.protocol.entries import Entry, entry_fits, split_id

DAMAGED_NAMED_MOST = 5


class Records:
    """The place of every record, and the highest counter of each device.

    It grows as records are appended.
    """

    def __init__(self, end: int) -> None:
        """Have none yet; the first comes at this offset."""
        self.end = end
        self._offsets = array("Q")
        self._counters: dict[str, int] = {}

    def __len__(self) -> int:
        return len(self._offsets)

    def add(self, entry: Entry, size: int) -> None:
        """Note one more record, which takes the next `size` bytes."""
        self._offsets.append(self.end)
        self.end += size
        origin = split_id(entry.id)
        if origin:
            device, counter = origin
            self._counters[device] = max(counter, self.last_counter(device))

    def skip(self, size: int) -> None:
        """Pass over so many bytes, which are no record."""
        self.end += size

    def span(self, seq: int) -> tuple[int, int]:
        """Return where a record starts, and where the next one does."""
        after = self._offsets[seq] if seq < len(self._offsets) else self.end
        return self._offsets[seq - 1], after

    def last_counter(self, device: str) -> int:
        """Return the highest counter among the ids of this device, or 0."""
        return self._counters.get(device, 0)


@dataclass(frozen=True)
class Index:
    """What one pass found: the records, and what else the file holds.

    `damaged` counts the damaged lines, of which `named` are the first few. `tail` is what
    comes after the last line end. `all_fit` tells whether a datagram holds each record.
    """

    records: Records
    damaged: int
    named: tuple[Damaged, ...]
    tail: bytes
    all_fit: bool


def scan(file: io.FileIO) -> Index:
    """Read an archive in today's form from its beginning; change nothing."""
    file.seek(0)
    with open(file.fileno(), "rb", closefd=False) as lines:
        records = Records(len(lines.readline()))
        damages: list[Damaged] = []
        tail, all_fit = b"", True
        for number, line in enumerate(lines, start=2):
            if not line.endswith(b"\n"):
                tail = line
                break
            try:
                entry = decode_row(line, len(records) + 1)
            except Damaged as damage:
                damages.append(Damaged(damage.reason, **damage.details, line=number))
                entry = None
            if entry is None:
                records.skip(len(line))
                continue
            records.add(entry, len(line))
            all_fit = all_fit and entry_fits(entry)
    return Index(records, len(damages), tuple(damages[:DAMAGED_NAMED_MOST]), tail, all_fit)
