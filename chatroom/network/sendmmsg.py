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

AT_ONCE = 256
MANY_TO_ONE = 3
"""Datagrams to the same address that are worth putting together."""
ADDRESSES_KEPT = 8192
SEGMENTS_MOST = 50
"""Of one piece; the system takes 64, and 64 KB."""
UDP_SEGMENT = 103  # linux/udp.h

Burst = list[bytes]
"""Datagrams to one address, none of them empty, all of one size; the last may be shorter."""


class _Part(ctypes.Structure):
    """struct iovec."""

    _fields_ = (("data", ctypes.c_void_p), ("size", ctypes.c_size_t))


class _Header(ctypes.Structure):
    """struct msghdr."""

    _fields_ = (
        ("name", ctypes.c_void_p),
        ("name_size", ctypes.c_uint),
        ("parts", ctypes.c_void_p),
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


_MESSAGE_SIZE, _PART_SIZE = ctypes.sizeof(_Message), ctypes.sizeof(_Part)
_CONTROL_SIZE, _SEGMENT_AT = ctypes.sizeof(_Control), _Control.segment_size.offset
_CONTROLLED_AT = _Header.control_size.offset
_LONG = struct.Struct("L").size  # of an array's "L", which is a pointer's size on Linux
_SHORT = struct.Struct("H").size


class Caller:
    """Sends through one socket."""

    def __init__(self, sock: socket.socket) -> None:
        """Make room for one call. Raises AttributeError or OSError where there is none."""
        self._datagrams = _Messages(sock)
        self._bursts = _Messages(sock) if _cuts_pieces(sock) else None

    def send(self, datagrams: Sequence[tuple[bytes, Address]]) -> None:
        """Send each to its address, in this order at each; one that cannot be sent is lost."""
        contents, addresses = zip(*datagrams, strict=True)
        # Whoever is served last is served as often as anybody: mostly once.
        if self._bursts is None or addresses.count(addresses[-1]) < MANY_TO_ONE:
            self._datagrams.send(contents, addresses)
        else:
            self._send_bursts(self._bursts, gather(datagrams))

    def _send_bursts(self, messages: "_Messages", found: Sequence[tuple[Burst, Address]]) -> None:
        bursts, addresses = zip(*found, strict=True)
        pieces = [b"".join(burst) for burst in bursts]
        sizes = [len(burst[0]) if len(burst) > 1 else 0 for burst in bursts]
        for place in messages.send(pieces, addresses, sizes):
            # On a narrow way, say: there the system cuts nothing, but sends a datagram in parts.
            if sizes[place]:
                self._datagrams.send(bursts[place], [addresses[place]] * len(bursts[place]))


def gather(datagrams: Sequence[tuple[bytes, Address]]) -> list[tuple[Burst, Address]]:
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
        self._parts = array("L", bytes(AT_ONCE * _PART_SIZE))
        control = _Control(_SEGMENT_AT + _SHORT, socket.IPPROTO_UDP, UDP_SEGMENT)
        self._controls = array("H", bytes(control) * AT_ONCE)
        self._messages = (_Message * AT_ONCE)()
        self._words = memoryview(self._messages).cast("B").cast("L")  # the same, to be filled
        names = ctypes.addressof(self._names)
        (parts, _), (controls, _) = self._parts.buffer_info(), self._controls.buffer_info()
        for number, message in enumerate(self._messages):
            name, part = names + number * name_size, parts + number * _PART_SIZE
            control_at = controls + number * _CONTROL_SIZE
            message.header = _Header(name, name_size, part, 1, control_at, 0)
        if self._call(0, 0) < 0:
            raise OSError(ctypes.get_errno(), "sendmmsg")

    def send(
        self,
        contents: Sequence[bytes],
        addresses: Sequence[Address],
        segment_sizes: Sequence[int] = (),
    ) -> list[int]:
        """Send each to its address, in this order; return the places of those that were not.

        One with a segment size, other than 0, is cut into datagrams of that size.
        """
        failed = []
        for first in range(0, len(contents), AT_ONCE):
            some = slice(first, first + AT_ONCE)
            places = self._send(contents[some], addresses[some], segment_sizes[some])
            failed += [first + place for place in places]
        return failed

    def _send(
        self,
        contents: Sequence[bytes],
        addresses: Sequence[Address],
        segment_sizes: Sequence[int],
    ) -> list[int]:
        data = b"".join(contents)  # its memory is read by the calls below
        start = ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value or 0
        sizes = array("L", map(len, contents))
        end = len(sizes) * _PART_SIZE // _LONG
        self._parts[0:end:2] = array("L", itertools.accumulate(sizes[:-1], initial=start))
        self._parts[1:end:2] = sizes
        names = b"".join(map(self._pack, addresses))
        ctypes.memmove(self._names, names, len(names))
        if segment_sizes:
            first, step = _SEGMENT_AT // _SHORT, _CONTROL_SIZE // _SHORT
            self._controls[first : step * len(segment_sizes) : step] = array("H", segment_sizes)
            first, step = _CONTROLLED_AT // _LONG, _MESSAGE_SIZE // _LONG
            self._words[first : step * len(segment_sizes) : step] = array(
                "L", [_CONTROL_SIZE if size else 0 for size in segment_sizes]
            )
        done, failed = 0, []
        while done < len(contents):  # a call stops before one that cannot be sent
            sent = self._call(done, len(contents) - done)
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
