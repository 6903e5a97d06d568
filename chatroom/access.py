"""Which addresses the host lets in."""

import ipaddress
from collections.abc import Iterable
from typing import TypeAlias

from chatroom.wire import Address

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


class AccessList:
    """Addresses and networks that are blocked, and the only ones allowed, if any."""

    def __init__(self) -> None:
        self.allowed: tuple[Network, ...] = ()
        self.blocked: tuple[Network, ...] = ()

    def allow_only(self, networks: Iterable[Network]) -> None:
        """Let in these networks and no others; none given lifts the restriction."""
        self.allowed = tuple(networks)

    def block(self, network: Network) -> None:
        """Refuse a network, also where it is part of an allowed one."""
        if network not in self.blocked:
            self.blocked += (network,)

    def unblock(self, network: Network) -> None:
        """Take back `block`."""
        self.blocked = tuple(one for one in self.blocked if one != network)

    def permits(self, address: Address) -> bool:
        """Tell whether datagrams from this address are answered at all."""
        if not self.allowed and not self.blocked:
            return True
        host = host_of(address)
        if any(host in network for network in self.blocked):
            return False
        return not self.allowed or any(host in network for network in self.allowed)


def host_of(address: Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the host, an IPv4 one also where a socket shows it as IPv6."""
    host = ipaddress.ip_address(address[0].partition("%")[0])
    if isinstance(host, ipaddress.IPv6Address) and host.ipv4_mapped:
        return host.ipv4_mapped
    return host


def prefix_of(address: Address) -> str:
    """Return what one stranger can call its own: an IPv4 address, an IPv6 /64."""
    if ":" not in address[0]:
        return address[0]
    host = host_of(address)
    if isinstance(host, ipaddress.IPv4Address):
        return str(host)
    return str(ipaddress.ip_network((int(host) >> 64 << 64, 64)))


def parse_networks(text: str) -> list[Network]:
    """Read addresses and networks parted by commas or spaces.

    Raises ValueError, with a sentence that names the first that is neither.
    """
    networks: list[Network] = []
    for word in text.replace(",", " ").split():
        try:
            networks.append(ipaddress.ip_network(word, strict=False))
        except ValueError:
            raise ValueError(
                f"{word!r} is neither an address such as 192.168.1.20 "
                "nor a network such as 192.168.1.0/24."
            ) from None
    return networks
