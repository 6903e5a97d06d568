"""sendmmsg(2): many datagrams to many addresses with one call, a quarter cheaper. Linux only.

Datagrams of one size to the same address are handed over as one piece, which the system cuts
(udp(7), UDP_SEGMENT, since Linux 4.18): of ten, each costs a third.

Python has no name for it, so it is called by ctypes.
"""

import ctypes
import socket
from collections.abc import Iterator, Sequence

from chatroom.network import mmsghdr
from chatroom.protocol.addresses import Address
from chatroom.protocol.outgoing import Cast, Datagram

MANY_TO_ONE = 3
"""Datagrams to the same address that are worth putting together."""
FORMS_KEPT = 4
"""Kinds of casts whose arguments are kept: of one body, of two, and so on."""
SEGMENTS_MOST = 50
"""Of one piece; the system takes 64, and 64 KB."""

NOWHERE: Address = ("", 0)

Burst = list[bytes]
"""Datagrams to one address, none of them empty, all of one size; the last may be shorter."""


class Caller:
    """Sends through one socket."""

    def __init__(self, sock: socket.socket) -> None:
        """Make room for one call. Raises AttributeError or OSError where there is none."""
        self._socket = sock
        self._sendmmsg = ctypes.CDLL(None, use_errno=True).sendmmsg
        self._pack = mmsghdr.pack_ipv6 if sock.family == socket.AF_INET6 else mmsghdr.pack_ipv4
        self._name_size = len(self._pack(sock.getsockname()))
        self._cuts_pieces = _cuts_pieces(sock)
        self._pieces = mmsghdr.Messages(1, self._name_size)
        self._forms: dict[tuple[int, int], mmsghdr.CastMessages] = {}
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
            self._pieces.set_names(b"".join(map(self._pack, addresses[some])))
            self._pieces.set_segments(segment_sizes[some])
            self._pieces.set_parts(pieces[some])
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
        count = min(len(self._addresses), mmsghdr.AT_ONCE)
        form = self._form(len(bodies), size, count)
        form.set_bodies(bodies, count)
        failed = []
        for some in _slices(len(self._addresses)):
            form.set_names(self._names[some.start * self._name_size :])
            form.set_tags([row[some.start * size : some.stop * size] for row in rows])
            failed += [some.start + place for place in self._send(form, some)]
        return failed

    def _form(self, bodies: int, tag_size: int, count: int) -> mmsghdr.CastMessages:
        form = self._forms.pop((bodies, tag_size), None)
        if form is None or form.room < count:
            form = mmsghdr.CastMessages(bodies, tag_size, self._name_size, count)
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

    def _send(self, messages: mmsghdr.Messages, some: slice) -> list[int]:
        """Send so many messages as were filled in; return the places of those not sent."""
        count = some.stop - some.start
        done, failed = 0, []
        while done < count:  # a call stops before one that cannot be sent
            sent = self._call(messages, done, count - done)
            if sent < 1:
                failed.append(done)
            done += max(sent, 1)
        return failed

    def _call(self, messages: mmsghdr.Messages, first: int, count: int) -> int:
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


def _slices(count: int) -> Iterator[slice]:
    """Part so many messages into what one call takes."""
    for first in range(0, count, mmsghdr.AT_ONCE):
        yield slice(first, min(first + mmsghdr.AT_ONCE, count))


def _cuts_pieces(sock: socket.socket) -> bool:
    """Tell whether the system knows UDP_SEGMENT."""
    try:
        sock.getsockopt(socket.IPPROTO_UDP, mmsghdr.UDP_SEGMENT)
    except OSError:
        return False
    return True
