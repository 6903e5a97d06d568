"""The addresses of this computer that others can type."""

import contextlib
import ipaddress
import socket
import struct
import sys

if sys.platform == "linux":
    import fcntl

_SIOCGIFADDR = 0x8915  # netdevice(7)


def usable_addresses(host: str) -> list[str]:
    """Return the addresses that reach a server bound to `host`, the likeliest first.

    A particular address stands for itself; 0.0.0.0 or :: means all that this computer
    has. Only 127.0.0.1 is left where it has no network.
    """
    bound = ipaddress.ip_address(host) if _is_address(host) else None
    if bound is None or not bound.is_unspecified:
        return [host]
    found = [_towards_others(), *_of_interfaces(), *_of_host_name()]
    usable = [
        one
        for one in dict.fromkeys(found)
        if _is_address(one)
        and not (address := ipaddress.ip_address(one)).is_loopback
        and not address.is_unspecified
    ]
    return usable or ["127.0.0.1"]


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _towards_others() -> str:
    """Return the address that this computer would send from. Nothing is sent."""
    with (
        contextlib.suppress(OSError),
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock,
    ):
        sock.connect(("192.0.2.1", 9))  # TEST-NET-1, RFC 5737
        return str(sock.getsockname()[0])
    return ""


def _of_interfaces() -> list[str]:
    """Return the IPv4 address of each interface, where the system tells it this way."""
    found: list[str] = []
    if sys.platform == "linux":
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
            for _, name in socket.if_nameindex():
                request = struct.pack("256s", name.encode()[:15])
                with contextlib.suppress(OSError):
                    answer = fcntl.ioctl(sock.fileno(), _SIOCGIFADDR, request)
                    found.append(socket.inet_ntoa(answer[20:24]))
    return found


def _of_host_name() -> list[str]:
    try:
        infos = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)
    except (OSError, UnicodeError):
        return []
    return [str(info[4][0]) for info in infos]
