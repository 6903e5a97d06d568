"""The list of people in pages, and how one lies in a datagram (the layout stands in `wire`)."""

import struct
from collections.abc import Iterable

from chatroom.protocol import wire
from chatroom.records import Record


class Page(Record):
    """The names of part `part` of `parts`, of the list as it was with this version.

    `number` is of the request that it answers.
    """

    number: int
    version: int
    part: int
    parts: int
    names: tuple[str, ...]


_TYPE = 3
_HEADER = struct.Struct(">BIIHH")
_SIZE = wire.PAYLOAD_SIZE - _HEADER.size


def pack_names(names: Iterable[str]) -> list[bytes]:
    """Pack names into as few bodies of pages as hold them, one if there is none."""
    bodies = [b""]
    for name in names:
        encoded = name.encode()
        packed = bytes((len(encoded),)) + encoded
        if len(bodies[-1]) + len(packed) <= _SIZE:
            bodies[-1] += packed
        else:
            bodies.append(packed)
    return bodies


def encode_page(body: bytes, *, number: int, version: int, part: int, parts: int) -> bytes:
    """Return the payload of a page."""
    return _HEADER.pack(_TYPE, number, version, part, parts) + body


def is_page(payload: bytes) -> bool:
    """Tell a page from entries, changes and a message in JSON."""
    return payload[:1] == bytes((_TYPE,))


def decode_page(payload: bytes) -> Page | None:
    """Return the page, or None where the payload is malformed; only a list of none is empty."""
    if len(payload) < _HEADER.size or not is_page(payload):
        return None
    _, number, version, part, parts = _HEADER.unpack_from(payload)
    names: list[str] = []
    place = _HEADER.size
    while place < len(payload):
        encoded = payload[place + 1 : place + 1 + payload[place]]
        place += 1 + payload[place]
        if not 0 < len(encoded) <= wire.NAME_SIZE:
            return None
        try:
            names.append(encoded.decode())
        except UnicodeDecodeError:
            return None
    if place != len(payload) or part >= parts or (parts > 1 and not names):
        return None
    return Page(number, version, part, parts, tuple(names))
