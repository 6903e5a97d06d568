"""Who came and who went, and how that lies in a datagram (the layout stands in `wire`)."""

import struct
from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from chatroom.protocol import wire
from chatroom.records import Record


class Step(IntEnum):
    """What a change does to the list of people."""

    WENT = 0
    CAME = 1
    CAME_FIRST = 2  # the host, who stands before all others


class Change(NamedTuple):
    """One change: it leads from one version of the list to the next."""

    step: Step
    name: str


class Changes(Record):
    """Consecutive changes, the last of which led to `version`; and how long the log is.

    `number` is of the request that they answer, 0 in a CAST.
    """

    version: int
    changes: tuple[Change, ...]
    head: int = 0
    number: int = 0


_TYPE = 2
_HEADER = struct.Struct(">BIQI")
_SIZE = wire.PAYLOAD_SIZE - _HEADER.size


def how_many_fit(changes: Sequence[Change]) -> int:
    """Return how many of these changes, from the first, one payload holds."""
    size = 0
    for count, change in enumerate(changes):
        size += 2 + len(change.name.encode())
        if size > _SIZE:
            return count
    return len(changes)


def encode_changes(some: Changes, *, head: int, number: int = 0) -> bytes:
    """Return the payload for as many changes as fit one."""
    parts = [_HEADER.pack(_TYPE, number, head, some.version)]
    for step, name in some.changes:
        encoded = name.encode()
        parts += (bytes((step, len(encoded))), encoded)
    return b"".join(parts)


def is_changes(payload: bytes) -> bool:
    """Tell changes from entries and from a message in JSON."""
    return payload[:1] == bytes((_TYPE,))


def decode_changes(payload: bytes) -> Changes | None:
    """Return the changes, or None where the payload is malformed."""
    if len(payload) < _HEADER.size or not is_changes(payload):
        return None
    _, number, head, version = _HEADER.unpack_from(payload)
    changes: list[Change] = []
    place = _HEADER.size
    while place + 2 < len(payload):
        step, size = payload[place], payload[place + 1]
        encoded = payload[place + 2 : place + 2 + size]
        place += 2 + size
        if size > wire.NAME_SIZE or not encoded:
            return None
        try:
            changes.append(Change(Step(step), encoded.decode()))
        except ValueError:  # also UnicodeDecodeError
            return None
    if place != len(payload) or version < len(changes):
        return None
    return Changes(version, tuple(changes), head, number)
