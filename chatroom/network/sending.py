"""Sending datagrams. One that cannot be sent is lost, and no more.

A full buffer, no route, a closed port: for whoever waits it is as if the network had lost it.
"""

import contextlib
import functools
import socket
import sys
from collections.abc import Callable, Sequence

from chatroom.protocol.addresses import Address

MANY = 16
"""Datagrams that are worth another way; what one member is answered is fewer."""

Datagrams = Sequence[tuple[bytes, Address]]


class Sender:
    """Sends through one socket, many datagrams by few calls where the system can."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock

    def send(self, datagrams: Datagrams) -> None:
        """Send each datagram to its address, in this order."""
        if len(datagrams) < MANY:
            self._send_each(datagrams)
        else:
            self._send_many(datagrams)

    def _send_each(self, datagrams: Datagrams) -> None:
        send = self._socket.sendto
        for data, address in datagrams:
            try:  # contextlib.suppress would take a tenth of the time
                send(data, address)
            except OSError:
                continue

    @functools.cached_property
    def _send_many(self) -> Callable[[Datagrams], None]:
        if sys.platform == "linux":
            # Imported here, since who just joins a room never needs ctypes.
            from chatroom.network import sendmmsg

            with contextlib.suppress(AttributeError, OSError):
                return sendmmsg.Caller(self._socket).send
        return self._send_each
