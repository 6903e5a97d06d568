"""The arguments of sendmmsg(2) in memory: an array of struct mmsghdr, and what it points to.

It is filled by C loops over arrays: field by field would cost more than is won. Who is cast to
stays mostly the same, and so does all of it: only what is new in a cast is filled in.
"""

import ctypes
import functools
import itertools
import socket
import struct
from array import array
from collections.abc import Sequence
from typing import Any

from chatroom.protocol.addresses import Address

AT_ONCE = 1024
"""Messages of a call; the system takes no more."""
LEAST_ROOM = 64
ADDRESSES_KEPT = 8192
UDP_SEGMENT = 103  # linux/udp.h


class _Header(ctypes.Structure):
    """struct msghdr."""

    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_size", ctypes.c_uint),
        ("parts", ctypes.c_void_p),  # struct iovec: address and size
        ("part_count", ctypes.c_size_t),
        ("control", ctypes.c_void_p),
        ("control_size", ctypes.c_size_t),
        ("flags", ctypes.c_int),
    )


class _Message(ctypes.Structure):
    """struct mmsghdr."""

    _fields_ = (("header", _Header), ("sent_size", ctypes.c_uint))


class _Control(ctypes.Structure):
    """struct cmsghdr, with the size of a segment."""

    _fields_ = (
        ("size", ctypes.c_size_t),
        ("level", ctypes.c_int),
        ("type", ctypes.c_int),
        ("segment_size", ctypes.c_uint16),
    )


_MESSAGE_SIZE = ctypes.sizeof(_Message)
_CONTROL_SIZE, _SEGMENT_AT = ctypes.sizeof(_Control), _Control.segment_size.offset
_LONG = struct.Struct("L").size  # of an array's "L", which is a pointer's size on Linux
_SHORT = struct.Struct("H").size


class Messages:
    """Memory for the arguments of a call: messages that have so many parts each.

    Where a message has its address, its parts and its segment size never changes. There is
    room for at least `count` of them, `room` in all.
    """

    def __init__(self, parts: int, name_size: int, count: int = AT_ONCE) -> None:
        self.room = max(_power_of_two(count), LEAST_ROOM)
        control = _Control(_SEGMENT_AT + _SHORT, socket.IPPROTO_UDP, UDP_SEGMENT)
        self._names = array("B", bytes(self.room * name_size))
        self._parts = array("L", bytes(self.room * 2 * parts * _LONG))
        self._controls = array("H", bytes(control) * self.room)
        header = _Header(name_size=name_size, part_count=parts)
        self._messages = array("B", bytes(_Message(header)) * self.room)
        self._words = memoryview(self._messages).cast("L")
        self._step = 2 * parts
        self._point(_Header.name, self._names)
        self._point(_Header.parts, self._parts)
        self._point(_Header.control, self._controls)

    def place(self, number: int) -> ctypes.c_void_p:
        """Return where the message of this number lies."""
        return ctypes.c_void_p(self._messages.buffer_info()[0] + number * _MESSAGE_SIZE)

    def set_names(self, names: bytes) -> None:
        """Set the addresses of the first messages, or of all, as the system has them."""
        size = min(len(names), len(self._names))
        memoryview(self._names)[:size] = memoryview(names)[:size]

    def set_segments(self, sizes: Sequence[int]) -> None:
        """Set what the first messages are cut into: datagrams of a size, or one for 0."""
        is_cut = array("L", [_CONTROL_SIZE if size else 0 for size in sizes])
        _set(self._words, _Header.control_size.offset // _LONG, _MESSAGE_SIZE // _LONG, is_cut)
        self._set_segment_sizes(array("H", sizes))

    def set_parts(self, pieces: Sequence[bytes]) -> None:
        """Set the only parts of the first messages."""
        self._data = b"".join(pieces)  # kept until the call
        sizes = array("L", map(len, pieces))
        start = _place_of(self._data)
        self._set_part(0, array("L", itertools.accumulate(sizes[:-1], initial=start)))
        self._set_part(1, sizes)

    def _set_segment_sizes(self, sizes: "array[int]") -> None:
        controls = memoryview(self._controls)
        _set(controls, _SEGMENT_AT // _SHORT, _CONTROL_SIZE // _SHORT, sizes)

    def _set_part(self, word: int, values: "array[int]") -> None:
        _set(memoryview(self._parts), word, self._step, values)

    def _point(self, field: Any, memory: "array[int]") -> None:
        """Have each message know where its share of the memory is."""
        start, count = memory.buffer_info()
        size = count * memory.itemsize
        places = array("L", range(start, start + size, size // self.room))
        _set(self._words, field.offset // _LONG, _MESSAGE_SIZE // _LONG, places)


class CastMessages(Messages):
    """The arguments of casts of so many bodies, each with a tag behind it."""

    def __init__(self, bodies: int, tag_size: int, name_size: int, count: int) -> None:
        super().__init__(2 * bodies, name_size, count)
        self._tag_size = tag_size
        self._tags = [array("B", bytes(self.room * tag_size)) for _ in range(bodies)]
        self._bodies: Sequence[bytes] = []
        self._filled: tuple[int, ...] = ()
        for body, tags in enumerate(self._tags):
            start, size = tags.buffer_info()
            self._set_part(4 * body + 2, array("L", range(start, start + size, tag_size)))
            self._set_part(4 * body + 3, array("L", [tag_size]) * self.room)
        if bodies > 1:
            self.set_segments([tag_size] * self.room)

    def set_bodies(self, bodies: Sequence[bytes], count: int) -> None:
        """Set what the first so many get, as one piece that is cut where these are several."""
        self._bodies = bodies  # kept until the call
        for number, body in enumerate(bodies):
            self._set_part(4 * number, array("L", [_place_of(body)]) * count)
        sizes = (count, *map(len, bodies))
        if sizes == self._filled:
            return
        self._filled = sizes
        for number, body in enumerate(bodies):
            self._set_part(4 * number + 1, array("L", [len(body)]) * count)
        self._set_segment_sizes(array("H", [len(bodies[0]) + self._tag_size]) * count)

    def set_tags(self, rows: Sequence[bytes]) -> None:
        """Set the tags of the first messages, a row for each body."""
        for tags, row in zip(self._tags, rows, strict=True):
            memoryview(tags)[: len(row)] = row


def _power_of_two(count: int) -> int:
    """Return the least that is not less."""
    return 1 << (count - 1).bit_length()


def _set(words: "memoryview[int]", first: int, step: int, values: "array[int]") -> None:
    """Set a word in each of so many steps."""
    words[first : first + len(values) * step : step] = memoryview(values)


def _place_of(data: bytes) -> int:
    """Return where the bytes lie, for as long as they do."""
    return ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value or 0


# Who is cast to stays the same: so an address is packed once, and kept.


@functools.lru_cache(ADDRESSES_KEPT)
def pack_ipv4(address: Address) -> bytes:
    """Return a struct sockaddr_in."""
    return struct.pack("=H", socket.AF_INET) + struct.pack(
        ">H4s8x", address[1], socket.inet_aton(address[0])
    )


@functools.lru_cache(ADDRESSES_KEPT)
def pack_ipv6(address: Address) -> bytes:
    """Return a struct sockaddr_in6."""
    assert len(address) == 4
    host, port, flow, scope = address
    return (
        struct.pack("=H", socket.AF_INET6)
        + struct.pack(">HI16s", port, flow, socket.inet_pton(socket.AF_INET6, host))
        + struct.pack("=I", scope)
    )
