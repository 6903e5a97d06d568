"""The disk of a world: a real file, and the knowledge which of its bytes are safe.

`Disk.sync` is given to the archive in place of fsync. What was not synced when the
power fails is gone, in part or whole, and the last of what is left may be garbage.
"""

import errno
import os
from enum import Enum, auto
from pathlib import Path
from random import Random
from typing import IO, Any

from storage import Archive


class Crashed(Exception):
    """The server's machine stopped here, in the middle of what it did."""


class Doom(Enum):
    """What the next sync comes to."""

    CRASH_BEFORE = auto()
    CRASH_AFTER = auto()
    FAILURE = auto()


class Disk:
    """Holds the archive's file."""

    def __init__(self, path: Path, chance: Random) -> None:
        self.path = path
        self.is_full = False
        self.doom: Doom | None = None
        self.failed = False  # the last sync did
        self._chance = chance
        self._safe_size = path.stat().st_size if path.exists() else 0

    def sync(self, descriptor: int) -> None:
        """Make a file's bytes safe, or meet the doom that was set."""
        doom, self.doom = self.doom, None
        self.failed = doom is Doom.FAILURE
        if doom is Doom.CRASH_BEFORE:
            raise Crashed
        if self.failed:
            raise OSError(errno.EIO, "Input/output error")
        status = os.fstat(descriptor)
        if os.path.samestat(status, self.path.stat()):
            self._safe_size = status.st_size
        if doom is Doom.CRASH_AFTER:
            raise Crashed

    def fill(self, archive: Archive) -> None:
        """Put our hand between the archive and its file: its writes can fail."""
        wrapped: Any = _LimitedFile(archive._file, self)
        archive._file = wrapped

    def lose_process(self) -> None:
        """End the program only: the system keeps what was written, not yet safe."""
        self.doom = None

    def lose_power(self) -> str:
        """Forget what is not safe, as far as chance will; say how much."""
        self.doom = None
        if not self.path.exists():
            return "no file"
        size = self.path.stat().st_size
        safe = min(self._safe_size, size)
        kept = self._chance.randint(safe, size)
        with open(self.path, "r+b") as file:
            file.truncate(kept)
            # A header is one write of 36 bytes, far from the edge of a sector.
            if 0 < safe < kept and self._chance.random() < 0.4:
                start = self._chance.randrange(safe, kept)
                file.seek(start)
                file.write(self._draw_garbage(kept - start))
        self._safe_size = kept
        return f"{kept} of {size} bytes left, {safe} were safe"

    def _draw_garbage(self, size: int) -> bytes:
        return bytes(size) if self._chance.random() < 0.5 else self._chance.randbytes(size)


class _LimitedFile:
    """A file whose writes stop half way while the disk is full."""

    def __init__(self, file: IO[bytes], disk: Disk) -> None:
        self._file = file
        self._disk = disk
        self._was_short = False

    def write(self, data: bytes) -> int:
        if not self._disk.is_full:
            return self._file.write(data)
        self._was_short = not self._was_short
        if self._was_short:  # as the system does it: less first, then the error
            return self._file.write(data[: len(data) // 2])
        raise OSError(errno.ENOSPC, "No space left on device")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)
