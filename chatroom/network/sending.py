"""Sending datagrams. One that cannot be sent is lost, and no more.

A full buffer, no route, a closed port: for whoever waits it is as if the network had lost it.
"""

import functools
import socket
import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

from chatroom.protocol.outgoing import Datagram, Outgoing

if TYPE_CHECKING:
    from chatroom.network.sendmmsg import Caller

MANY = 16
"""Datagrams that are worth another way; what one member is answered is fewer."""


class Sender:
    """Sends through one socket, many datagrams by few calls where the system can."""

    def __init__(self, sock: socket.socket) -> None:
        self._socket = sock

    def send(self, outgoing: Outgoing) -> None:
        """Send each datagram to its address, in this order at each."""
        for run in outgoing.runs:
            if len(run) < MANY or self._caller is None:
                self._send_each(run)
            else:
                self._caller.send(run)

    def _send_each(self, datagrams: Iterable[Datagram]) -> None:
        send = self._socket.sendto
        for data, address in datagrams:
            try:  # contextlib.suppress would take a tenth of the time
                send(data, address)
            except OSError:
                continue

    @functools.cached_property
    def _caller(self) -> "Caller | None":
        if sys.platform != "linux":
            return None
        # Imported here, since who just joins a room never needs ctypes.
        from chatroom.network import sendmmsg

        try:
            return sendmmsg.Caller(self._socket)
        except (AttributeError, OSError):
            return None
