"""archive.csv: the room's log as a spreadsheet that the host owns.

    Room,Username,Message,Time,Id

UTF-8, with a byte-order mark when new; RFC 4180 quoting; one record a physical line.

A record counts if and only if its line is complete: it ends with a line feed and holds
five cells. What follows the last line feed is a write that a crash cut short: it is set
aside in a file beside the archive, unless it lacks nothing but the line end. A damaged
line in the middle is reported and passed over, and stays where it is.

One program at a time writes an archive: a lock file beside it and a lock on the archive
itself see to that, so that neither a hard link nor a lost lock file lets in a second.
"""

import contextlib
import itertools
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from chatroom.archive import files, gauge, older, search, troubles
from chatroom.archive.index import Index, scan
from chatroom.archive.records import Records
from chatroom.archive.rows import (
    HEADER,
    HEADER_LINE,
    LINE_MOST,
    encode_row,
    lacks_only_its_end,
)
from chatroom.problems import Problem
from chatroom.protocol.entries import Entry, split_id
from chatroom.protocol.search import Query, Slice
from chatroom.server.log import LogBroken, LogRefused

_MARK = HEADER_LINE[:3]


class Archive:
    """The log in one file; a `chatroom.server.log.Log`.

    `notices` tells everything that was repaired, upgraded or passed over on opening.
    """

    def __init__(
        self,
        path: Path,
        room: str = "default",
        sync: files.Sync = files.sync_to_disk,
        tell: gauge.Tell = lambda percent: None,
    ) -> None:
        """Open the archive, making it if there is none. Raises ArchiveError.

        `tell` hears how much of it has been read, where it is long. Where it must be written
        anew it is read several times.
        """
        self.path = Path(os.path.realpath(path))
        self.notices: list[Problem] = []
        self._room = room
        self._sync = sync
        self._tell = tell
        with contextlib.ExitStack() as opened, files.explained(self.path):
            opened.enter_context(files.locked(self.path))
            self._file = files.open_or_make(self.path)
            opened.callback(lambda: self._file.close())  # a rewritten one, maybe
            self._make_header()
            self._records = self._find_records()
            self._opened = opened.pop_all()

    @property
    def head(self) -> int:
        """The number of the newest entry, 0 for an empty archive."""
        return len(self._records)

    def last_counter(self, device: str) -> int:
        """Return the highest counter among the ids of this device, or 0."""
        return self._records.last_counter(device)

    def read(self, first: int, last: int) -> Iterator[Entry]:
        """Yield the entries from `first` to `last`, both included.

        Raises LogBroken where another program replaced the file, or cut or changed what is
        read of it: that is not passed on.
        """
        with self._reading():
            yield from self._records.read(self._file, max(first, 1), min(last, self.head))

    def find(self, query: Query, before: int) -> Iterator[Slice]:
        """Yield what matches before this number (0: of all), newest first, slice by slice.

        The last slice ends at 1. Raises LogBroken as `read` does, for such lines as may match.
        """
        slices = search.slices(self._file, self._records, query, before)
        while True:
            with self._reading():
                one = next(slices, None)
            if one is None:
                return
            yield one

    def append(self, entries: Sequence[Entry]) -> None:
        """Write all entries with one write and one sync.

        Raises LogRefused when nothing was stored and the file is as before, LogBroken
        when the file is no longer to be trusted: as PostgreSQL has it, success after a
        failed fsync means nothing.
        """
        lines = [encode_row(self._room, entry) for entry in entries]
        try:
            self._check_untouched()
            self._write(b"".join(lines))
        except OSError as error:
            why = files.cause(error, troubles.Trouble.CANNOT_WRITE)
            raise LogRefused(why, path=self.path, error=error) from None
        try:
            self._sync(self._file.fileno())
        except OSError as error:
            self._roll_back()
            raise LogBroken(troubles.Trouble.CANNOT_SYNC, path=self.path, error=error) from None
        self._records.extend(lines, [split_id(entry.id) for entry in entries])

    def close(self) -> None:
        """Close the file and let others have it."""
        self._opened.close()

    # Opening --------------------------------------------------------------------------

    def _make_header(self) -> None:
        """Write the header into a new file, or one whose making was cut short."""
        start = self._file.read(len(HEADER_LINE) + 1)
        if b"\n" in start or not HEADER_LINE.startswith((start, _MARK + start)):
            return
        self._file.seek(0)
        files.write_all(self._file, HEADER_LINE)
        self._sync(self._file.fileno())
        files.sync_folder(self.path)

    def _find_records(self) -> Records:
        """Index the file, whatever its form was; mend its end and what is too long."""
        self._sync(self._file.fileno())  # what a crash left in the page cache is not on disk
        self._file.seek(0)
        form = older.recognise(self._file.read(older.START_SIZE))
        if form is None:
            raise troubles.ArchiveError(troubles.Trouble.NOT_AN_ARCHIVE, path=self.path)
        index = self._scan(form.columns) if form.is_todays else self._upgrade(form)
        if index.tail_size:
            index = self._mend_end(index)
        if index.damaged:
            self._notice(troubles.Trouble.LINES_DAMAGED, count=index.damaged, lines=index.named)
        if not index.all_fit:
            entries = index.records.read(self._file, 1, len(index.records))
            index = self._rewrite(entries, troubles.Trouble.SPLIT_TOO_LONG)
        return index.records

    def _scan(self, columns: int = len(HEADER)) -> Index:
        return scan(self._file, columns, self._tell)

    def _upgrade(self, form: older.Form) -> Index:
        """Bring a file of another form into today's."""
        reader = older.Reader(self.path, form)
        why = troubles.Trouble.UPGRADED if form.is_by_program else troubles.Trouble.OTHER_FORM
        index = self._rewrite(reader.entries(self._file), why)
        if reader.too_short:
            self._notice(troubles.Trouble.ROWS_TOO_SHORT, count=reader.too_short)
        if reader.guessed:
            self._notice(troubles.Trouble.ENCODING_GUESSED, count=reader.guessed)
        return index

    def _mend_end(self, index: Index) -> Index:
        """End the last line if it is whole, else move it to a file of its own."""
        if index.tail_size > LINE_MOST:
            raise troubles.ArchiveError(
                troubles.Trouble.NO_LINE_END, path=self.path, size=index.tail_size
            )
        self._file.seek(index.records.end)
        tail = self._file.read(index.tail_size)
        if lacks_only_its_end(tail):
            files.write_all(self._file, b"\n" if tail.endswith(b"\r") else b"\r\n")
            self._sync(self._file.fileno())
            self._notice(troubles.Trouble.LAST_LINE_ENDED)
            return self._scan(index.records.columns)
        kept = files.set_aside(self.path, "torn", tail, self._sync)
        self._file.truncate(index.records.end)
        self._sync(self._file.fileno())
        self._notice(troubles.Trouble.LAST_LINE_CUT, size=len(tail), kept=kept.name)
        return replace(index, tail_size=0)

    def _rewrite(self, entries: Iterable[Entry], why: troubles.Trouble) -> Index:
        """Replace the file by one that holds `entries`, and keep the old one beside."""
        read = gauge.Gauge(self._file, self._tell).watch(entries)
        rows = (encode_row(self._room, part) for entry in read for part in older.fit(entry))
        with files.explained(self.path, troubles.Trouble.CANNOT_REWRITE):
            self._file, kept = files.replace(
                self._file,
                self.path,
                "before-upgrade",
                itertools.chain([HEADER_LINE], rows),
                self._sync,
            )
        index = self._scan()
        self._notice(why, count=len(index.records), kept=kept.name)
        return index

    def _notice(self, reason: troubles.Trouble, **details: object) -> None:
        self.notices.append(Problem(reason, path=self.path, **details))

    # ----------------------------------------------------------------------------------

    def _write(self, data: bytes) -> None:
        """Write all of it at the end, or nothing. Raises OSError, and LogBroken."""
        try:
            self._file.seek(self._records.end)
            files.write_all(self._file, data)
        except OSError:
            self._roll_back()
            raise

    def _roll_back(self) -> None:
        """Take back what was written of an append, if anything was."""
        try:
            if os.fstat(self._file.fileno()).st_size != self._records.end:
                self._file.truncate(self._records.end)
        except OSError as error:
            raise LogBroken(troubles.Trouble.CANNOT_RESTORE, path=self.path, error=error) from None

    @contextlib.contextmanager
    def _reading(self) -> Iterator[None]:
        """Raise LogBroken where the file is not what it was, or cannot be read."""
        with contextlib.suppress(OSError):  # what cannot be told now is when it is written
            self._check_untouched()
        try:
            yield
        except troubles.Damaged:
            raise LogBroken(troubles.Trouble.CHANGED_BY_ANOTHER, path=self.path) from None
        except OSError as error:
            raise LogBroken(troubles.Trouble.CANNOT_READ, path=self.path, error=error) from None

    def _check_untouched(self) -> None:
        """Raise LogBroken where another program replaced or changed the file.

        Raises OSError where that cannot be told just now.
        """
        try:
            ours, there = os.fstat(self._file.fileno()), os.stat(self.path)
            if os.path.samestat(ours, there) and ours.st_size == self._records.end:
                return
        except (FileNotFoundError, NotADirectoryError):
            pass
        raise LogBroken(troubles.Trouble.CHANGED_BY_ANOTHER, path=self.path)
