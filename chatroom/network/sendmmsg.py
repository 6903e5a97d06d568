"""sendmmsg(2): many datagrams to many addresses with one call, a quarter cheaper. Linux only.

Datagrams of one size to the same address are handed over as one piece, which the system cuts
(udp(7), UDP_SEGMENT, since Linux 4.18): of ten, each costs a third.

Python has no name for it, so it is called by ctypes, from arrays that are filled by C loops:
filling them field by field would cost more than is won. Who is cast to stays mostly the same:
so the arguments of casts are kept, and only what is new in one is filled in.
"""

import ctypes
import functools
import itertools
import socket
import struct
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from chatroom.protocol.addresses import Address
from chatroom.protocol.outgoing import Cast, Datagram

AT_ONCE = 1024
"""Messages of a call; the system takes no more."""
MANY_TO_ONE = 3
"""Datagrams to the same address that are worth putting together."""
ADDRESSES_KEPT = 8192
FORMS_KEPT = 4
"""Kinds of casts whose arguments are kept: of one body, of two, and so on."""
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
_LONG = struct.Struct("L").size  # of an array's "L", which is a pointer's size on Linux
_SHORT = struct.Struct("H").size


class Caller:
    """Sends through one socket."""

    def __init__(self, sock: socket.socket) -> None:
        """Make room for one call. Raises AttributeError or OSError where there is none."""
        self._socket = sock
        self._sendmmsg = ctypes.CDLL(None, use_errno=True).sendmmsg
        self._pack = _pack_ipv6 if sock.family == socket.AF_INET6 else _pack_ipv4
        self._name_size = len(self._pack(sock.getsockname()))
        self._cuts_pieces = _cuts_pieces(sock)
        self._pieces = _Messages(1, self._name_size)
        self._forms: dict[tuple[int, int], _Form] = {}
        self._addresses: Sequence[Address] = []
        self._names = b""  # of these addresses
        if self._call(self._pieces, 0, 0) < 0:
            raise OSError(ctypes.get_errno(), "sendmmsg")

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
        """Send each piece to its address; return the places of those not sent."""
        failed = []
        for some in _slices(len(pieces)):
            data, names = b"".join(pieces[some]), b"".join(map(self._pack, addresses[some]))
            self._pieces.set_names(names)
            self._pieces.set_segments(segment_sizes[some])
            self._pieces.set_parts(data, array("L", map(len, pieces[some])))
            failed += [some.start + place for place in self._send(self._pieces, some)]
        return failed

    def _send_cast(self, cast: Cast) -> None:
        """Send body and tag from where they lie: to put them together costs as much again."""
        self._set_names(cast.addresses)
        tags = iter(cast.tags)
        for bodies in self._even(cast.bodies):
            own = [next(tags) for _ in bodies]
            for place in self._send_bodies(bodies, own):
                if len(bodies) > 1:
                    burst = [body + some[place] for body, some in zip(bodies, own, strict=True)]
                    self._send_uncut(burst, cast.addresses[place])

    def _set_names(self, addresses: Sequence[Address]) -> None:
        """Pack the addresses that are new: mostly none, or the last."""
        known = len(self._addresses)
        if addresses[:known] != self._addresses:
            known = 0
        added = b"".join(map(self._pack, addresses[known:]))
        self._names = self._names[: known * self._name_size] + added
        self._addresses = addresses

    def _send_bodies(self, bodies: Burst, tags: Sequence[Sequence[bytes]]) -> list[int]:
        """Send these to all addresses; return the places of those that they were not sent to."""
        rows, size = [b"".join(some) for some in tags], len(tags[0][0])
        form = self._form(len(bodies), size)
        form.set_bodies(bodies, min(len(self._addresses), AT_ONCE))
        failed = []
        for some in _slices(len(self._addresses)):
            form.set_names(self._names[some.start * self._name_size :])
            form.set_tags([row[some.start * size : some.stop * size] for row in rows])
            failed += [some.start + place for place in self._send(form, some)]
        return failed

    def _form(self, bodies: int, tag_size: int) -> "_Form":
        form = self._forms.pop((bodies, tag_size), None) or _Form(bodies, tag_size, self._name_size)
        self._forms[bodies, tag_size] = form  # the last used one stands last
        if len(self._forms) > FORMS_KEPT:
            del self._forms[next(iter(self._forms))]
        return form

    def _even(self, bodies: Sequence[bytes]) -> list[Burst]:
        """Part bodies, whose tags are of one size, into what can be one piece each."""
        if not self._cuts_pieces:
            return [[body] for body in bodies]
        return [burst for burst, _ in gather([(body, NOWHERE) for body in bodies])]

    def _send_uncut(self, burst: Burst, address: Address) -> None:
        """Send what the system does not cut: on a narrow way, say, it sends each in parts."""
        self._send_pieces(burst, [address] * len(burst), [0] * len(burst))

    def _send(self, messages: "_Messages", some: slice) -> list[int]:
        """Send so many messages as were filled in; return the places of those not sent."""
        count = some.stop - some.start
        done, failed = 0, []
        while done < count:  # a call stops before one that cannot be sent
            sent = self._call(messages, done, count - done)
            if sent < 1:
                failed.append(done)
            done += max(sent, 1)
        return failed

    def _call(self, messages: "_Messages", first: int, count: int) -> int:
        sent: int = self._sendmmsg(self._socket.fileno(), messages.place(first), count, 0)
        return sent


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
    """Memory for the arguments of a call: messages that have so many parts each.

    Where a message has its address, its parts and its segment size never changes.
    """

    def __init__(self, parts: int, name_size: int) -> None:
        control = _Control(_SEGMENT_AT + _SHORT, socket.IPPROTO_UDP, UDP_SEGMENT)
        self._names = array("B", bytes(AT_ONCE * name_size))
        self._parts = array("L", bytes(AT_ONCE * 2 * parts * _LONG))
        self._controls = array("H", bytes(control) * AT_ONCE)
        header = _Header(name_size=name_size, part_count=parts)
        self._messages = array("B", bytes(_Message(header)) * AT_ONCE)
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

    def set_parts(self, data: bytes, sizes: "array[int]") -> None:
        """Set the parts of the first messages, one each, which lie behind each other.

        The bytes have to be kept until the call.
        """
        self._data = data
        self._set_part(0, array("L", itertools.accumulate(sizes[:-1], initial=_place_of(data))))
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
        places = array("L", range(start, start + size, size // AT_ONCE))
        _set(self._words, field.offset // _LONG, _MESSAGE_SIZE // _LONG, places)


class _Form(_Messages):
    """The arguments of casts of so many bodies, each with a tag behind it."""

    def __init__(self, bodies: int, tag_size: int, name_size: int) -> None:
        super().__init__(2 * bodies, name_size)
        self._tag_size = tag_size
        self._tags = [array("B", bytes(AT_ONCE * tag_size)) for _ in range(bodies)]
        self._bodies: Burst = []
        self._filled: tuple[int, ...] = ()
        for body, tags in enumerate(self._tags):
            start, size = tags.buffer_info()
            self._set_part(4 * body + 2, array("L", range(start, start + size, tag_size)))
            self._set_part(4 * body + 3, array("L", [tag_size]) * AT_ONCE)
        if bodies > 1:
            self.set_segments([tag_size] * AT_ONCE)

    def set_bodies(self, bodies: Burst, count: int) -> None:
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


def _set(words: "memoryview[int]", first: int, step: int, values: "array[int]") -> None:
    """Set a word in each of so many steps."""
    words[first : first + len(values) * step : step] = memoryview(values)


def _slices(count: int) -> Iterator[slice]:
    """Part so many messages into what one call takes."""
    for first in range(0, count, AT_ONCE):
        yield slice(first, min(first + AT_ONCE, count))


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
