"""Files that must not be lost: locked, synced, replaced whole, never overwritten."""

import contextlib
import io
import os
import stat
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from chatroom.archive.troubles import ArchiveError, Damaged, Trouble

if sys.platform == "win32":
    import ctypes
    import msvcrt
else:
    import fcntl

Sync = Callable[[int], None]
"""Brings the bytes of a descriptor's file to the disk. Raises OSError."""

_HELD_OPEN = (32, 33)  # ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_PIECE_SIZE = 1 << 20
_PRIVATE = stat.S_IRUSR | stat.S_IWUSR
_CAREFULLY = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0)  # not on Windows


def sync_to_disk(descriptor: int) -> None:
    """Return once the file's bytes are on the disk itself, not only handed to it."""
    if sys.platform == "darwin":
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)  # fsync(2) there says why
    else:
        os.fsync(descriptor)


def cause(error: OSError, otherwise: Trouble) -> Trouble:
    """Return HELD_OPEN where another program has the file, as only Windows lets it.

    There an error on opening or writing comes without Windows' own number, and one on
    replacing as "access denied": a program that has it open is then the likely cause.
    """
    if getattr(error, "winerror", None) in _HELD_OPEN:
        return Trouble.HELD_OPEN
    if sys.platform == "win32" and isinstance(error, PermissionError):
        return Trouble.HELD_OPEN
    return otherwise


@contextlib.contextmanager
def explained(path: Path, failed: Trouble = Trouble.CANNOT_OPEN) -> Iterator[None]:
    """Turn what the system refuses into an ArchiveError about this file."""
    try:
        yield
    except OSError as error:
        raise ArchiveError(cause(error, failed), path=path, error=error) from None
    except Damaged:  # since a moment ago
        raise ArchiveError(Trouble.CHANGED_BY_ANOTHER, path=path) from None


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a file's name for this program alone, by a lock file beside. Raises ArchiveError."""
    _check_regular(path)
    beside = path.with_name(f".{path.name}.lock")
    try:
        file = open_regular(beside)
    except (ArchiveError, OSError):
        if os.path.lexists(beside):
            raise ArchiveError(Trouble.CANNOT_LOCK, path=beside) from None
        raise
    with file:
        _lock(file, path)
        yield


def open_or_make(path: Path) -> io.FileIO:
    """Open a file to read and write it, unbuffered, and hold it for this program alone.

    It is made where there is none. The lock is on the file itself, whatever name it was
    opened by and whatever became of the lock file. Raises ArchiveError.
    """
    with contextlib.ExitStack() as on_failure:
        file = on_failure.enter_context(open_regular(path))
        _lock(file, path)
        if not os.path.samestat(os.fstat(file.fileno()), os.stat(path)):
            raise ArchiveError(Trouble.IN_USE, path=path)  # and just replaced
        on_failure.pop_all()
    return file


def write_all(file: io.FileIO, data: bytes) -> None:
    """Write to an unbuffered file, however little it takes at once."""
    while data:
        data = data[file.write(data) :]


def set_aside(path: Path, label: str, data: bytes, sync: Sync) -> Path:
    """Write data to a new file beside this one; return its path."""
    aside = _free_name(path, label)
    _make_beside(aside, _mode(path) & _PRIVATE, [data], sync).close()
    return aside


def replace(
    file: io.FileIO, path: Path, label: str, lines: Iterable[bytes], sync: Sync
) -> tuple[io.FileIO, Path]:
    """Put a file of these lines in the place of an open one, in one step.

    Return the new file, and the path of a copy of the old one. What fails leaves the old
    file as it was, and nothing beside it.
    """
    mode = _mode(path)
    beside, kept = path.with_name(path.name + ".new"), _free_name(path, label)
    beside.unlink(missing_ok=True)
    with contextlib.ExitStack() as on_failure:
        on_failure.callback(beside.unlink, missing_ok=True)
        fresh = on_failure.enter_context(_make_beside(beside, mode, lines, sync))
        on_failure.callback(kept.unlink, missing_ok=True)
        _make_beside(kept, mode & _PRIVATE, _pieces(file), sync).close()
        if sys.platform == "win32":  # where no open file can be renamed or replaced
            fresh.close()
            file.close()
        else:
            _lock(fresh, path)
        os.replace(beside, path)
        on_failure.pop_all()
    sync_folder(path)
    if fresh.closed:
        return open_or_make(path), kept
    file.close()
    return fresh, kept


def sync_folder(path: Path) -> None:
    """Bring a file's name to disk, where the system lets a program open a folder."""
    if sys.platform != "win32":
        descriptor = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


# --------------------------------------------------------------------------------------


def _lock(file: io.FileIO, path: Path) -> None:
    """Take the lock of an open file, which its closing gives back. Raises ArchiveError."""
    try:
        if sys.platform == "win32":
            # One byte far beyond the end: locked bytes are nobody else's to read.
            handle = ctypes.c_void_p(msvcrt.get_osfhandle(file.fileno()))
            if not ctypes.windll.kernel32.LockFile(handle, 0, 1 << 30, 1, 0):
                raise BlockingIOError
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise ArchiveError(Trouble.IN_USE, path=path) from None


def open_regular(path: Path) -> io.FileIO:
    """Open or make an ordinary file; whatever else has the name is not even touched."""
    _check_regular(path)
    with contextlib.ExitStack() as on_failure:
        file = on_failure.enter_context(open(path, "r+b", buffering=0, opener=_open_or_make))
        _check_regular(path, file.fileno())
        on_failure.pop_all()
    return file


def _open_or_make(path: str, flags: int) -> int:
    return os.open(path, flags | os.O_CREAT | _CAREFULLY, _PRIVATE)


def _check_regular(path: Path, descriptor: int | None = None) -> None:
    """Raise ArchiveError where something that is no file has the name, or was opened."""
    try:
        mode = os.stat(path if descriptor is None else descriptor).st_mode
    except FileNotFoundError:
        return
    if stat.S_ISDIR(mode):
        raise ArchiveError(Trouble.IS_FOLDER, path=path)
    if not stat.S_ISREG(mode):
        raise ArchiveError(Trouble.IS_NO_FILE, path=path)


def _make_beside(path: Path, mode: int, pieces: Iterable[bytes], sync: Sync) -> io.FileIO:
    """Make a new file of this mode; a link that has the name is not followed."""
    with contextlib.ExitStack() as on_failure:
        file = open(path, "x+b", buffering=0, opener=_make_private)  # noqa: SIM115
        on_failure.callback(path.unlink, missing_ok=True)
        on_failure.enter_context(file)
        os.chmod(path, mode)
        with open(file.fileno(), "wb", closefd=False) as out:
            out.writelines(pieces)
        sync(file.fileno())
        sync_folder(path)
        on_failure.pop_all()
    return file


def _pieces(file: io.FileIO) -> Iterator[bytes]:
    file.seek(0)
    return iter(lambda: file.read(_PIECE_SIZE), b"")


def _make_private(path: str, flags: int) -> int:
    return os.open(path, flags, _PRIVATE)


def _mode(path: Path) -> int:
    return stat.S_IMODE(os.stat(path).st_mode)


def _free_name(path: Path, label: str) -> Path:
    number = 1
    while os.path.lexists(beside := path.with_name(f"{path.name}.{label}-{number}")):
        number += 1
    return beside
