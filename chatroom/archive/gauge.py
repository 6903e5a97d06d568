"""How much of a file has been read: opening a long archive takes a while."""

import io
import os
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Tell = Callable[[int], None]
"""Hears a percentage, from 0 to 99, whenever another one is reached."""

Read = TypeVar("Read")

_LOOKED_AT_EACH = 256


class Gauge:
    """Tells of one pass over one file."""

    def __init__(self, file: io.FileIO, tell: Tell) -> None:
        self._file = file
        self._size = os.fstat(file.fileno()).st_size
        self._tell = tell
        self._told = -1

    def look(self) -> None:
        """Tell how far the file has been read by now."""
        percent = 100 * self._file.tell() // max(self._size, 1)
        if self._told < percent < 100:
            self._told = percent
            self._tell(percent)

    def watch(self, read: Iterable[Read]) -> Iterator[Read]:
        """Yield what is read from the file, and look now and then."""
        for number, one in enumerate(read, start=1):
            if number % _LOOKED_AT_EACH == 0:
                self.look()
            yield one
