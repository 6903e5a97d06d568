"""UDP sockets for both programs, and words for what the system refuses."""

import contextlib
import errno
import socket
import sys
from typing import Any

from chatroom.protocol.addresses import Address

RECEIVE_BUFFER_SIZE = 4 * 1024 * 1024


class StartFailed(Exception):
    """There is nothing to drive; the text says why and what to do."""


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
        raise StartFailed(_explain_bind(error, host, port)) from None
    return sock


def open_client_socket(server: Address) -> socket.socket:
    """Return a UDP socket that can reach the server's kind of address."""
    return _open_socket(server)


def resolve(host: str, port: int) -> Address:
    """Return the socket address of a host; raises StartFailed for an unknown name."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_DGRAM)
    except (OSError, UnicodeError):
        raise StartFailed(f"There is no computer with the name or address {host!r}.") from None
    best = min(found, key=lambda one: one[0] != socket.AF_INET)
    address: Any = best[4]
    return tuple(address)


def _open_socket(address: Address) -> socket.socket:
    family = socket.AF_INET6 if len(address) == 4 else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_DGRAM)
    with contextlib.suppress(OSError):
        sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, RECEIVE_BUFFER_SIZE)
    return sock


def _explain_bind(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {port} is in use by another program on this computer. "
            "Choose another port, or stop that program."
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return (
            f"{host} is not an address of this computer. Type 0.0.0.0 to use all of its addresses."
        )
    if error.errno == errno.EACCES:
        return f"This system does not let you use port {port}. Choose one above 1023."
    return f"Cannot listen on {host} port {port}: {error.strerror or error}."
