"""sendmmsg(2): many datagrams to many addresses with one call, a quarter cheaper. Linux only.

Datagrams of one size to the same address are handed over as one piece, which the system cuts
(udp(7), UDP_SEGMENT, since Linux 4.18): of ten, each costs a third.

Python has no name for it, so it is called by ctypes, from arrays that are filled by C loops:
filling them field by field would cost more than is won.
"""

import ctypes
import functools
import itertools
import socket
import struct
from array import array
from collections.abc import Sequence

from chatroom.protocol.addresses import Address
from chatroom.protocol.outgoing import Cast, Datagram

AT_ONCE = 256
MANY_TO_ONE = 3
"""Datagrams to the same address that are worth putting together."""
ADDRESSES_KEPT = 8192
SEGMENTS_MOST = 50
"""Of one piece; the system takes 64, and 64 KB."""
UDP_SEGMENT = 103  # linux/udp.h

NOWHERE: Address = ("", 0)

Burst = list[bytes]
"""Datagrams to one address, none of them empty, all of one size; the last may be shorter."""


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
_PARTS_AT, _PART_COUNT_AT = _Header.parts.offset, _Header.part_count.offset
_CONTROLLED_AT = _Header.control_size.offset
_LONG = struct.Struct("L").size  # of an array's "L", which is a pointer's size on Linux
_SHORT = struct.Struct("H").size


class Caller:
    """Sends through one socket."""

    def __init__(self, sock: socket.socket) -> None:
        """Make room for one call. Raises AttributeError or OSError where there is none."""
        self._messages = _Messages(sock)
        self._cuts_pieces = _cuts_pieces(sock)

    def send(self, run: Cast | Sequence[Datagram]) -> None:
        """Send each to its address, in this order at each; one that cannot be sent is lost."""
        if isinstance(run, Cast):
            self._send_cast(run)
        else:
            self._send_datagrams(run)

    def _send_datagrams(self, datagrams: Sequence[Datagram]) -> None:
        contents, addresses = zip(*datagrams, strict=True)
        # Whoever is served last is served as often as anybody: mostly once.
        if not self._cuts_pieces or addresses.count(addresses[-1]) < MANY_TO_ONE:
            self._send_pieces(contents, addresses, [0] * len(contents))
            return
        bursts, addresses = zip(*gather(datagrams), strict=True)
        pieces = [b"".join(burst) for burst in bursts]
        sizes = [len(burst[0]) if len(burst) > 1 else 0 for burst in bursts]
        for place in self._send_pieces(pieces, addresses, sizes):
            if sizes[place]:
                self._send_uncut(bursts[place], addresses[place])

    def _send_pieces(
        self, pieces: Sequence[bytes], addresses: Sequence[Address], segment_sizes: list[int]
    ) -> list[int]:
        data = b"".join(pieces)
        sizes = array("L", map(len, pieces))
        parts = array("L", bytes(2 * len(sizes) * _LONG))
        parts[::2] = array("L", itertools.accumulate(sizes[:-1], initial=_place_of(data)))
        parts[1::2] = sizes
        return self._messages.send(parts, addresses, segment_sizes)

    def _send_cast(self, cast: Cast) -> None:
        """Send body and tag from where they lie: to put them together costs as much again."""
        count, addresses = len(cast.addresses), cast.addresses
        tags = iter(cast.tags)
        for bodies in self._even(cast.bodies):
            own = [next(tags) for _ in bodies]
            joined = [b"".join(some) for some in own]
            size, step = len(own[0][0]), 4 * len(bodies)
            parts = array("L", bytes(count * step * _LONG))
            for place, (body, row) in enumerate(zip(bodies, joined, strict=True)):
                start = _place_of(row)
                parts[4 * place :: step] = array("L", [_place_of(body)]) * count
                parts[4 * place + 1 :: step] = array("L", [len(body)]) * count
                parts[4 * place + 2 :: step] = array("L", range(start, start + len(row), size))
                parts[4 * place + 3 :: step] = array("L", [size]) * count
            segment = len(bodies[0]) + size if len(bodies) > 1 else 0
            for place in self._messages.send(parts, addresses, [segment] * count):
                if segment:
                    burst = [body + some[place] for body, some in zip(bodies, own, strict=True)]
                    self._send_uncut(burst, addresses[place])

    def _even(self, bodies: Sequence[bytes]) -> list[Burst]:
        """Part bodies, whose tags are of one size, into what can be one piece each."""
        if not self._cuts_pieces:
            return [[body] for body in bodies]
        return [burst for burst, _ in gather([(body, NOWHERE) for body in bodies])]

    def _send_uncut(self, burst: Burst, address: Address) -> None:
        """Send what the system does not cut: on a narrow way, say, it sends each in parts."""
        self._send_pieces(burst, [address] * len(burst), [0] * len(burst))


def gather(datagrams: Sequence[Datagram]) -> list[tuple[Burst, Address]]:
    """Put together what goes to the same address and can be one piece."""
    found: list[tuple[Burst, Address]] = []
    begun: dict[Address, Burst] = {}
    for data, address in datagrams:
        burst = begun.get(address)
        if (
            burst is not None
            and len(burst) < SEGMENTS_MOST
            and 0 < len(data) <= len(burst[-1]) == len(burst[0])
        ):
            burst.append(data)
        else:
            begun[address] = burst = [data]
            found.append((burst, address))
    return found


class _Messages:
    """Memory for the arguments of a call."""

    def __init__(self, sock: socket.socket) -> None:
        """Prepare all that never changes. Raises AttributeError or OSError."""
        self._socket = sock
        self._sendmmsg = ctypes.CDLL(None, use_errno=True).sendmmsg
        self._pack = _pack_ipv6 if sock.family == socket.AF_INET6 else _pack_ipv4
        name_size = len(self._pack(sock.getsockname()))
        self._names = ctypes.create_string_buffer(AT_ONCE * name_size)
        control = _Control(_SEGMENT_AT + _SHORT, socket.IPPROTO_UDP, UDP_SEGMENT)
        self._controls = array("H", bytes(control) * AT_ONCE)
        self._messages = (_Message * AT_ONCE)()
        self._words = memoryview(self._messages).cast("B").cast("L")  # the same, to be filled
        names, (controls, _) = ctypes.addressof(self._names), self._controls.buffer_info()
        for number, message in enumerate(self._messages):
            message.header.name = names + number * name_size
            message.header.name_size = name_size
            message.header.control = controls + number * _CONTROL_SIZE
        if self._call(0, 0) < 0:
            raise OSError(ctypes.get_errno(), "sendmmsg")

    def send(
        self, parts: "array[int]", addresses: Sequence[Address], segment_sizes: list[int]
    ) -> list[int]:
        """Send each message to its address, in this order; return the places of those not sent.

        `parts` has address and size of every part, as many for each message; their memory is
        read here. A message with a segment size, other than 0, is cut into datagrams of it.
        """
        start, _ = parts.buffer_info()
        words = len(parts) // len(addresses)
        failed = []
        for first in range(0, len(addresses), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            self._fill(start + first * words * _LONG, words, addresses[some], segment_sizes[some])
            failed += [first + place for place in self._send(len(addresses[some]))]
        return failed

    def _fill(
        self, parts: int, words: int, addresses: Sequence[Address], segment_sizes: list[int]
    ) -> None:
        count = len(addresses)
        names = b"".join(map(self._pack, addresses))
        ctypes.memmove(self._names, names, len(names))
        self._set(_PARTS_AT, array("L", range(parts, parts + count * words * _LONG, words * _LONG)))
        self._set(_PART_COUNT_AT, array("L", [words // 2]) * count)
        is_cut = [_CONTROL_SIZE if size else 0 for size in segment_sizes]
        self._set(_CONTROLLED_AT, array("L", is_cut))
        first, step = _SEGMENT_AT // _SHORT, _CONTROL_SIZE // _SHORT
        self._controls[first : count * step : step] = array("H", segment_sizes)

    def _set(self, offset: int, values: "array[int]") -> None:
        """Set a field of the first headers."""
        first, step = offset // _LONG, _MESSAGE_SIZE // _LONG
        self._words[first : len(values) * step : step] = memoryview(values)

    def _send(self, count: int) -> list[int]:
        done, failed = 0, []
        while done < count:  # a call stops before one that cannot be sent
            sent = self._call(done, count - done)
            if sent < 1:
                failed.append(done)
            done += max(sent, 1)
        return failed

    def _call(self, first: int, count: int) -> int:
        messages = ctypes.byref(self._messages, first * _MESSAGE_SIZE)
        sent: int = self._sendmmsg(self._socket.fileno(), messages, count, 0)
        return sent


def _cuts_pieces(sock: socket.socket) -> bool:
    """Tell whether the system knows UDP_SEGMENT."""
    try:
        sock.getsockopt(socket.IPPROTO_UDP, UDP_SEGMENT)
    except OSError:
        return False
    return True


def _place_of(data: bytes) -> int:
    """Return where the bytes lie, for as long as they do."""
    return ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value or 0


# Who is cast to stays the same: so an address is packed once, and kept.


@functools.lru_cache(ADDRESSES_KEPT)
def _pack_ipv4(address: Address) -> bytes:
    """Return a struct sockaddr_in."""
    return struct.pack("=H", socket.AF_INET) + struct.pack(
        ">H4s8x", address[1], socket.inet_aton(address[0])
    )


@functools.lru_cache(ADDRESSES_KEPT)
def _pack_ipv6(address: Address) -> bytes:
    """Return a struct sockaddr_in6."""
    assert len(address) == 4
    host, port, flow, scope = address
    return (
        struct.pack("=H", socket.AF_INET6)
        + struct.pack(">HI16s", port, flow, socket.inet_pton(socket.AF_INET6, host))
        + struct.pack("=I", scope)
    )
