"""Entries of the log, and how they lie in a datagram (the layout stands in `wire`)."""

import hashlib
import struct
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from chatroom.crypto import cpace
from chatroom.protocol import wire


class Entry(NamedTuple):
    """One message of the room: sequence number from 1, time (UTC, ISO 8601) or ""."""

    seq: int
    time: str
    name: str
    text: str
    id: str


class Entries(NamedTuple):
    """A stretch of the log, and how long the log and how new the people list is.

    The answer to a Fetch has `parts` such datagrams, of which this is number `part`.
    """

    number: int
    part: int
    parts: int
    head: int
    version: int
    entries: tuple[Entry, ...]


_COUNTER_DIGITS = 16  # what a number on the wire can have
_ENTRIES_TYPE = 1
_ENTRIES_HEADER = struct.Struct(">BIHHQIQ")
_ENTRY_HEADER = struct.Struct(">BBBH")
_ENTRIES_SIZE = wire.PAYLOAD_SIZE - _ENTRIES_HEADER.size


def entry_fits(entry: Entry) -> bool:
    """Tell whether every field keeps within its size, so that one datagram holds it."""
    return (
        len(entry.text.encode()) <= wire.TEXT_SIZE
        and len(entry.name.encode()) <= wire.NAME_SIZE
        and len(entry.time.encode()) <= wire.TIME_SIZE
        and len(entry.id.encode()) <= wire.ID_SIZE
    )


def pack_entries(entries: Iterable[Entry], most: int) -> list[bytes]:
    """Pack consecutive entries into at most `most` payload bodies; the rest is left out.

    Each body starts with the sequence number of its first entry.
    """
    bodies: list[bytes] = []
    body = b""
    for entry in entries:
        packed = _pack_entry(entry)
        if body and len(body) - 8 + len(packed) > _ENTRIES_SIZE:
            bodies.append(body)
            body = b""
            if len(bodies) == most:
                return bodies
        body = (body or entry.seq.to_bytes(8, "big")) + packed
    return [*bodies, body] if body else bodies


def pack_newest(entries: Sequence[Entry]) -> bytes:
    """Pack as many consecutive entries, from the last back, as one payload holds."""
    size = 0
    for count, entry in enumerate(reversed(entries)):
        size += len(_pack_entry(entry))
        if size > _ENTRIES_SIZE:
            entries = entries[len(entries) - count :]
            break
    return b"".join(pack_entries(entries, 1))


def encode_entries(
    body: bytes,
    *,
    head: int,
    version: int,
    number: int = 0,
    part: int = 0,
    parts: int = 1,
) -> bytes:
    """Return the payload for a body of `pack_entries`, or for none (b"": the head only)."""
    first = int.from_bytes(body[:8], "big")
    header = _ENTRIES_HEADER.pack(_ENTRIES_TYPE, number, part, parts, head, version, first)
    return header + body[8:]


def is_entries(payload: bytes) -> bool:
    """Tell entries from a message in JSON."""
    return payload[0] == _ENTRIES_TYPE


def decode_entries(payload: bytes) -> Entries | None:
    """Return the entries, or None where the payload is malformed."""
    if len(payload) < _ENTRIES_HEADER.size or payload[0] != _ENTRIES_TYPE:
        return None
    _, number, part, parts, head, version, first = _ENTRIES_HEADER.unpack_from(payload)
    entries: list[Entry] = []
    position = _ENTRIES_HEADER.size
    while position < len(payload):
        if position + _ENTRY_HEADER.size > len(payload):
            return None
        sizes = _ENTRY_HEADER.unpack_from(payload, position)
        position += _ENTRY_HEADER.size
        cells = []
        for size in sizes:
            cells.append(payload[position : position + size])
            position += size
        if position > len(payload):
            return None
        try:
            time, name, id_, text = (cell.decode() for cell in cells)
        except UnicodeDecodeError:
            return None
        entries.append(Entry(first + len(entries), time, name, text, id_))
    return Entries(number, part, parts, head, version, tuple(entries))


def device_id(secret: bytes) -> str:
    """Return what the room shows of a device; it does not tell the secret."""
    return "u" + hashlib.blake2b(secret, digest_size=8).hexdigest()


def mark(entry: Entry) -> str:
    """Return what tells this entry from one that another log has in its place."""
    said = cpace.lv_cat(*(part.encode() for part in (entry.id, entry.name, entry.text)))
    return hashlib.blake2b(said, digest_size=8).hexdigest()


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


# --------------------------------------------------------------------------------------


def _pack_entry(entry: Entry) -> bytes:
    time, name, id_, text = (
        cell.encode() for cell in (entry.time, entry.name, entry.id, entry.text)
    )
    sizes = _ENTRY_HEADER.pack(len(time), len(name), len(id_), len(text))
    return sizes + time + name + id_ + text
