"""UDP sockets for both programs, and the reason for what the system refuses."""

import contextlib
import errno
import socket
import sys
from enum import Enum, auto

from chatroom.problems import Problem
from chatroom.protocol.addresses import Address

RECEIVE_BUFFER_SIZE = 4 * 1024 * 1024


class NoSocket(Enum):
    """Why there is no socket to talk through."""

    NO_SUCH_COMPUTER = auto()
    PORT_IN_USE = auto()
    ADDRESS_NOT_OURS = auto()
    PORT_FORBIDDEN = auto()  # below 1024, or (Windows: 10013) kept for somebody else
    REFUSED = auto()


class StartFailed(Problem):
    """There is nothing to drive."""


def open_server_socket(host: str, port: int) -> socket.socket:
    """Return a UDP socket bound to an address of this machine. Raises StartFailed."""
    address = resolve(host, port)
    sock = _open_socket(address)
    try:
        if sys.platform == "win32":  # elsewhere two servers cannot share a port
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        if sock.family == socket.AF_INET6:
            with contextlib.suppress(OSError):
                sock.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        sock.bind(address)
    except OSError as error:
        sock.close()
        reason = _REASONS.get(error.errno or 0, NoSocket.REFUSED)
        raise StartFailed(reason, host=host, port=port, error=error) from None
    return sock


def open_client_socket(server: Address) -> socket.socket:
    """Return a UDP socket that can reach the server's kind of address.

    It is bound at once: Windows tells no address of a socket before that (10022).
    Raises StartFailed.
    """
    sock = _open_socket(server)
    host = "::" if sock.family == socket.AF_INET6 else "0.0.0.0"
    try:
        sock.bind((host, 0))
    except OSError as error:
        sock.close()
        raise StartFailed(NoSocket.REFUSED, host=host, port=0, error=error) from None
    return sock


def resolve(host: str, port: int) -> Address:
    """Return the socket address of a host; raises StartFailed for an unknown name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError):
        raise StartFailed(NoSocket.NO_SUCH_COMPUTER, host=host) from None
    best = min(found, key=lambda one: one[0] != socket.AF_INET)
    address: Address = best[4]  # type: ignore[assignment]
    return address


def _open_socket(address: Address) -> socket.socket:
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_DGRAM)
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_SIZE)
    return sock


_REASONS = {
    errno.EADDRINUSE: NoSocket.PORT_IN_USE,
    errno.EADDRNOTAVAIL: NoSocket.ADDRESS_NOT_OURS,
    errno.EACCES: NoSocket.PORT_FORBIDDEN,
}
