"""archive.csv: the room's log as a spreadsheet that the host owns.

    Room,Username,Message,Time,Id

UTF-8, with a byte-order mark when new; RFC 4180 quoting; one record a physical line.

A record counts if and only if its line is complete: it ends with a line feed and holds
five cells. What follows the last line feed is a write that a crash cut short: it is set
aside in a file beside the archive. A damaged line in the middle is reported and passed
over, and stays where it is.

One program at a time writes an archive; a lock file beside it sees to that.
"""

import contextlib
import csv
import errno
import io
import os
import shutil
import sys
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from chatroom.archive.rows import HEADER, decode_row, encode_row
from chatroom.archive.troubles import Trouble
from chatroom.protocol import wire
from chatroom.protocol.entries import Entry, entry_fits, split_id
from chatroom.protocol.texts import split_text
from chatroom.server.log import LogBroken, LogRefused

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

OLDER_HEADERS = (("Room", "Username", "Message"), ("Room", "User", "Message"))

csv.field_size_limit(2**31 - 1)  # a long line of an older file is no error

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_HEADER_LINE = _BYTE_ORDER_MARK + ",".join(HEADER).encode() + b"\r\n"


class ArchiveError(Exception):
    """The archive cannot be opened. The text says why and what to do."""


def sync_to_disk(descriptor: int) -> None:
    """Return once the file's bytes are on the disk itself, not only handed to it."""
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync(2) there says why
    else:
        os.fsync(descriptor)


class Archive:
    """The log in one file; a `chatroom.log.Log`.

    `notices` has a sentence for everything that was repaired, upgraded or passed over
    on opening.
    """

    def __init__(
        self,
        path: Path,
        room: str = "default",
        sync: Callable[[int], None] = sync_to_disk,
    ) -> None:
        """Open the archive, making it if there is none. Raises ArchiveError."""
        self.path = path.resolve()
        self.notices: list[str] = []
        self._room = room
        self._sync = sync
        with contextlib.ExitStack() as lock, _explained(path):
            lock.enter_context(_locked(self.path))
            _create(self.path, sync)
            self._upgrade_older()
            self._open()
            self._lock = lock.pop_all()

    @property
    def head(self) -> int:
        """The number of the newest entry, 0 for an empty archive."""
        return len(self._offsets)

    def last_counter(self, device: str) -> int:
        """Return the highest counter among the ids of this device, or 0."""
        return self._counters.get(device, 0)

    def read(self, first: int, last: int) -> Iterator[Entry]:
        """Yield the entries from `first` to `last`, both included."""
        for seq in range(max(first, 1), min(last, self.head) + 1):
            entry = self._read_row(seq)
            # What another program did to a row while the room runs is not passed on.
            yield entry if entry_fits(entry) else Entry(seq, "", "", "", "")

    def append(self, entries: Sequence[Entry]) -> None:
        """Write all entries with one write and one sync.

        Raises LogRefused when nothing was stored and the file is as before, LogBroken
        when the file is no longer to be trusted: as PostgreSQL has it, success after a
        failed fsync means nothing.
        """
        lines = [encode_row(self._room, entry) for entry in entries]
        self._check_untouched()
        try:
            _write_all(self._file, b"".join(lines))
        except OSError as error:
            self._roll_back()
            raise LogRefused(Trouble.CANNOT_WRITE, path=self.path, error=error) from None
        try:
            self._sync(self._file.fileno())
        except OSError as error:
            self._roll_back()
            raise LogBroken(Trouble.CANNOT_SYNC, path=self.path, error=error) from None
        for entry, line in zip(entries, lines, strict=True):
            self._count(entry, len(line))

    def close(self) -> None:
        """Close the file and let others have it."""
        self._files.close()
        self._lock.close()

    # ----------------------------------------------------------------------------------

    def _open(self) -> None:
        self._files = contextlib.ExitStack()
        with contextlib.ExitStack() as on_failure:
            on_failure.enter_context(self._files)
            self._open_files()
            on_failure.pop_all()

    def _open_files(self) -> None:
        writing = open(self.path, "r+b", buffering=0)  # noqa: SIM115 (closed by close)
        self._file = self._files.enter_context(writing)
        self._reader = self._files.enter_context(open(self.path, "rb"))  # noqa: SIM115
        # What a crash left in the page cache is not on disk yet.
        self._sync(self._file.fileno())
        self._offsets = array("Q")
        self._counters: dict[str, int] = {}
        if self._scan():
            self._file.seek(self._end)
        else:
            entries = [self._read_row(seq + 1) for seq in range(self.head)]
            self._files.close()
            self._rewrite(entries, "It held messages too long for one line of the room")
            self._open()

    def _scan(self) -> bool:
        """Index every record and set aside a torn last line.

        Return whether every record fits a datagram.
        """
        damaged: list[str] = []
        fitting = True
        self._end = len(self._reader.readline())
        for number, line in enumerate(self._reader, start=2):
            if not line.endswith(b"\n"):
                self._set_aside(line)
                break
            entry = decode_row(line, self.head + 1)
            if isinstance(entry, Entry):
                self._count(entry, len(line))
                fitting = fitting and entry_fits(entry)
            else:
                self._end += len(line)
                if entry:
                    damaged.append(f"line {number} ({entry})")
        if damaged:
            few = ", ".join(damaged[:5]) + (", ..." if len(damaged) > 5 else "")
            self.notices.append(
                f"{len(damaged)} damaged line(s) of {self.path} are passed over: {few}."
            )
        return fitting

    def _read_row(self, seq: int) -> Entry:
        self._reader.seek(self._offsets[seq - 1])
        entry = decode_row(self._reader.readline(), seq)
        return entry if isinstance(entry, Entry) else Entry(seq, "", "", "", "")

    def _count(self, entry: Entry, size: int) -> None:
        """Note one more record, which takes the next `size` bytes."""
        self._offsets.append(self._end)
        self._end += size
        origin = split_id(entry.id)
        if origin:
            device, counter = origin
            self._counters[device] = max(counter, self.last_counter(device))

    def _set_aside(self, tail: bytes) -> None:
        """Move an incomplete last line to a file of its own."""
        aside = _free_name(self.path, "torn")
        self._write_beside(aside, tail)
        self._file.truncate(self._end)
        self._sync(self._file.fileno())
        self.notices.append(
            f"The last line of {self.path} was cut short ({len(tail)} bytes). "
            f"It is kept in {aside.name}."
        )

    def _upgrade_older(self) -> None:
        """Bring an archive of an earlier program into today's form."""
        with open(self.path, "rb") as file:
            header = _read_header(file.readline())
        if header == HEADER:
            return
        if header not in OLDER_HEADERS:
            raise ArchiveError(
                f"{self.path} is not an archive of this room: its first line should be "
                f"{','.join(HEADER)}. Choose another file, or move this one away."
            )
        text = _decode_older(self.path.read_bytes()).replace("\0", "")
        rows = [row for row in csv.reader(io.StringIO(text, newline="")) if row][1:]
        whole = [row for row in rows if len(row) > 2]
        entries = [
            # A comma in a message that was written without quotes made more cells.
            Entry(0, "", row[1], ",".join(row[2:]), f"older-{number}")
            for number, row in enumerate(whole, start=1)
        ]
        self._rewrite(entries, "It was made by an earlier program")
        if len(whole) < len(rows):
            self.notices.append(f"{len(rows) - len(whole)} rows had too few cells.")

    def _rewrite(self, entries: Iterable[Entry], why: str) -> None:
        """Replace the file by one that holds `entries`, and keep the old one beside."""
        kept = _free_name(self.path, "before-upgrade")
        with _removed_on_failure(kept):
            shutil.copy2(self.path, kept)
            with open(kept, "rb+") as copy:
                self._sync(copy.fileno())
        fitting = [part for entry in entries for part in _fit(entry)]
        lines = [encode_row(self._room, entry) for entry in fitting]
        fresh = self.path.with_name(self.path.name + ".new")
        fresh.unlink(missing_ok=True)
        self._write_beside(fresh, _HEADER_LINE + b"".join(lines))
        os.replace(fresh, self.path)
        _sync_folder(self.path)
        self.notices.append(
            f"{self.path} was rewritten with {len(fitting)} messages. {why}; "
            f"as it was, it is kept in {kept.name}."
        )

    def _write_beside(self, path: Path, data: bytes) -> None:
        """Make a new file that whoever may read the archive may read, and no other."""
        with _removed_on_failure(path), open(path, "xb") as file:
            shutil.copymode(self.path, path)
            file.write(data)
            file.flush()
            self._sync(file.fileno())
        _sync_folder(path)

    def _roll_back(self) -> None:
        try:
            self._file.truncate(self._end)
            self._file.seek(self._end)
        except OSError as error:
            raise LogBroken(Trouble.CANNOT_RESTORE, path=self.path, error=error) from None

    def _check_untouched(self) -> None:
        """Raise LogBroken where another program replaced or changed the file."""
        with contextlib.suppress(OSError):
            ours, there = os.fstat(self._file.fileno()), os.stat(self.path)
            if os.path.samestat(ours, there) and ours.st_size == self._end:
                return
        raise LogBroken(Trouble.CHANGED_BY_ANOTHER, path=self.path)


# --------------------------------------------------------------------------------------


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ArchiveError(
            f"{path} cannot be opened for writing: {_reason(error)}. "
            "Choose another file, or mend what stands in the way."
        ) from None


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Hold the archive for this program alone. Raises ArchiveError."""
    real = path.resolve()
    with open(real.with_name(f".{real.name}.lock"), "a+b") as file:
        try:
            if sys.platform == "win32":
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ArchiveError(
                f"{path} is in use by another server. "
                "Stop that one first, or choose another archive."
            ) from None
        yield


def _create(path: Path, sync: Callable[[int], None]) -> None:
    """Write the header where there is no file, or one whose making was cut short."""
    if path.exists():
        with open(path, "rb") as file:
            start = file.read(len(_HEADER_LINE) + 1)
        if b"\n" in start or not _HEADER_LINE.startswith((start, _BYTE_ORDER_MARK + start)):
            return
    with open(path, "wb") as file:
        file.write(_HEADER_LINE)
        file.flush()
        sync(file.fileno())
    _sync_folder(path)


@contextlib.contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    """Leave no piece of a file behind: the next start would leave another."""
    try:
        yield
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _write_all(file: IO[bytes], data: bytes) -> None:
    while data:
        data = data[file.write(data) :]


def _sync_folder(path: Path) -> None:
    """Bring a file's name to disk, where the system lets a program open a folder."""
    if sys.platform != "win32":
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _free_name(path: Path, label: str) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.{label}-{number}")).exists():
        number += 1
    return aside


def _read_header(line: bytes) -> tuple[str, ...]:
    try:
        return tuple(next(csv.reader([_decode_older(line)]), ()))
    except csv.Error:
        return ()


def _decode_older(data: bytes) -> str:
    """Decode what an earlier program wrote in the encoding of its machine."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _reason(error: OSError) -> str:
    """Return why the system refused, and what to do where that is known."""
    words = error.strerror or str(error)
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return f"{words}; free some space on that disk"
    return words


def _fit(entry: Entry) -> Iterator[Entry]:
    """Yield the entry in as many parts as fit."""
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


def _shorten(cell: str, size: int) -> str:
    return cell.encode()[:size].decode(errors="ignore")
