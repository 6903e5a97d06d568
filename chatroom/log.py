"""What the room needs of its archive. `storage.Archive` is one; tests have others."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Protocol

from chatroom.entries import Entry

_COUNTER_DIGITS = 16  # what a number on the wire can have


class LogRefused(Exception):
    """Nothing of an append was stored, and the log is as it was; it may work later.

    The text says in words why: the disk is full, say.
    """


class LogBroken(Exception):
    """Nobody can tell what is on disk, so nothing more may be called stored."""


class Log(Protocol):
    """The messages of a room, numbered from 1 without gaps."""

    @property
    def head(self) -> int:
        """The number of the newest entry, 0 for an empty log."""

    def last_counter(self, device: str) -> int:
        """Return the highest counter among the ids of this device, or 0."""

    def read(self, first: int, last: int) -> Iterable[Entry]:
        """Return the entries from `first` to `last`, both included."""

    def append(self, entries: Sequence[Entry]) -> None:
        """Store all entries, or none. Raises LogRefused and LogBroken."""


def device_id(secret: bytes) -> str:
    """Return what the room shows of a device; it does not tell the secret."""
    return "u" + hashlib.blake2b(secret, digest_size=8).hexdigest()


def make_id(device: str, counter: int) -> str:
    """Return the id of an entry: which device said it, and as its how many-eth text."""
    return f"{device}-{counter}"


def split_id(id_: str) -> tuple[str, int] | None:
    """Return device and counter, or None for an id that `make_id` did not make."""
    device, _, counter = id_.rpartition("-")
    if not (device.startswith("u") and counter.isdecimal() and counter.isascii()):
        return None
    if len(counter) > _COUNTER_DIGITS:
        return None
    return device, int(counter)
