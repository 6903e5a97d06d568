"""Files that must not be lost: locked, synced, replaced whole, never overwritten."""

import contextlib
import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TypeAlias

from chatroom.archive.troubles import ArchiveError, Trouble

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

Sync: TypeAlias = Callable[[int], None]
"""Brings the bytes of a descriptor's file to the disk. Raises OSError."""

_PIECE_SIZE = 1 << 20


def sync_to_disk(descriptor: int) -> None:
    """Return once the file's bytes are on the disk itself, not only handed to it."""
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync(2) there says why
    else:
        os.fsync(descriptor)


@contextlib.contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn what the system refuses into an ArchiveError about this file."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(Trouble.CANNOT_OPEN, path=path, error=error) from None


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file for this program alone, by a lock file beside it. Raises ArchiveError."""
    with open(path.with_name(f".{path.name}.lock"), "a+b") as file:
        try:
            if sys.platform == "win32":
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise ArchiveError(Trouble.IN_USE, path=path) from None
        yield


def open_or_make(path: Path) -> io.FileIO:
    """Open a file to read and write it, unbuffered; make it where there is none."""
    return open(path, "r+b", buffering=0, opener=_open_or_make)


def first_line(file: io.FileIO) -> bytes:
    """Return a file's first line."""
    file.seek(0)
    with open(file.fileno(), "rb", closefd=False) as lines:
        return lines.readline()


def write_all(file: io.FileIO, data: bytes) -> None:
    """Write to an unbuffered file, however little it takes at once."""
    while data:
        data = data[file.write(data) :]


def set_aside(path: Path, label: str, data: bytes, sync: Sync) -> Path:
    """Write data to a new file beside this one; return its path."""
    aside = _free_name(path, label)
    _make_beside(path, aside, [data], sync).close()
    return aside


def replace(
    file: io.FileIO, path: Path, label: str, lines: Iterable[bytes], sync: Sync
) -> tuple[io.FileIO, Path]:
    """Put a file of these lines in the place of an open one, in one step.

    Return the new file, and the path of a copy of the old one.
    """
    kept = _free_name(path, label)
    file.seek(0)
    with open(file.fileno(), "rb", closefd=False) as old:
        _make_beside(path, kept, iter(lambda: old.read(_PIECE_SIZE), b""), sync).close()
    beside = path.with_name(path.name + ".new")
    beside.unlink(missing_ok=True)
    fresh = _make_beside(path, beside, lines, sync)
    file.close()
    if sys.platform == "win32":  # where no open file can be renamed
        fresh.close()
    os.replace(beside, path)
    sync_folder(path)
    return open_or_make(path) if fresh.closed else fresh, kept


def sync_folder(path: Path) -> None:
    """Bring a file's name to disk, where the system lets a program open a folder."""
    if sys.platform != "win32":
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# --------------------------------------------------------------------------------------


def _open_or_make(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CREAT, 0o666)


def _make_beside(path: Path, beside: Path, pieces: Iterable[bytes], sync: Sync) -> io.FileIO:
    """Make a new file that whoever may read `path` may read, and no other."""
    with _removed_on_failure(beside), contextlib.ExitStack() as on_failure:
        file = on_failure.enter_context(open(beside, "x+b", buffering=0))
        shutil.copymode(path, beside)
        with open(file.fileno(), "wb", closefd=False) as out:
            out.writelines(pieces)
        sync(file.fileno())
        sync_folder(beside)
        on_failure.pop_all()
    return file


@contextlib.contextmanager
def _removed_on_failure(path: Path) -> Iterator[None]:
    """Leave no piece of a file behind: the next start would leave another."""
    try:
        yield
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _free_name(path: Path, label: str) -> Path:
    number = 1
    while (beside := path.with_name(f"{path.name}.{label}-{number}")).exists():
        number += 1
    return beside
