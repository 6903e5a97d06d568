"""sendmmsg(2): many datagrams to many addresses with one call, a quarter cheaper. Linux only.

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
ADDRESSES_KEPT = 8192


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


_MESSAGE_SIZE, _PART_SIZE = ctypes.sizeof(_Message), ctypes.sizeof(_Part)
_LONG = struct.Struct("L").size  # of an array's "L", which is a pointer's size on Linux


class Caller:
    """Sends through one socket."""

    def __init__(self, sock: socket.socket) -> None:
        """Make room for one call. Raises AttributeError or OSError where there is none."""
        self._socket = sock
        self._sendmmsg = ctypes.CDLL(None, use_errno=True).sendmmsg
        self._pack = _pack_ipv6 if sock.family == socket.AF_INET6 else _pack_ipv4
        name_size = len(self._pack(sock.getsockname()))
        self._names = ctypes.create_string_buffer(AT_ONCE * name_size)
        self._parts = array("L", bytes(AT_ONCE * _PART_SIZE))
        self._messages = (_Message * AT_ONCE)()
        names, (parts, _) = ctypes.addressof(self._names), self._parts.buffer_info()
        for number, message in enumerate(self._messages):
            name, part = names + number * name_size, parts + number * _PART_SIZE
            message.header = _Header(name, name_size, part, 1)
        if self._call(0, 0) < 0:
            raise OSError(ctypes.get_errno(), "sendmmsg")

    def send(self, datagrams: Sequence[tuple[bytes, Address]]) -> None:
        """Send each to its address, in this order; one that cannot be sent is lost."""
        for first in range(0, len(datagrams), AT_ONCE):
            self._send(datagrams[first : first + AT_ONCE])

    def _send(self, datagrams: Sequence[tuple[bytes, Address]]) -> None:
        contents, addresses = zip(*datagrams, strict=True)
        data = b"".join(contents)  # its memory is read by the calls below
        start = ctypes.cast(ctypes.c_char_p(data), ctypes.c_void_p).value or 0
        sizes = array("L", map(len, contents))
        end = len(sizes) * _PART_SIZE // _LONG
        self._parts[0:end:2] = array("L", itertools.accumulate(sizes[:-1], initial=start))
        self._parts[1:end:2] = sizes
        names = b"".join(map(self._pack, addresses))
        ctypes.memmove(self._names, names, len(names))
        done = 0
        while done < len(datagrams):  # a call stops before one that cannot be sent
            done += max(self._call(done, len(datagrams) - done), 1)

    def _call(self, first: int, count: int) -> int:
        messages = ctypes.byref(self._messages, first * _MESSAGE_SIZE)
        sent: int = self._sendmmsg(self._socket.fileno(), messages, count, 0)
        return sent


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
