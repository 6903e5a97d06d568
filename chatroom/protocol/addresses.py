"""Socket addresses and networks: comparing, grouping, reading and writing them."""

import ipaddress
from enum import Enum, auto

from chatroom.problems import WrongInput

Address = tuple[str, int] | tuple[str, int, int, int]
"""A socket address as `recvfrom` gives it, IPv4 or IPv6."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_MAPPED_BITS = 96  # ::ffff:0:0/96, before an IPv4 address


class BadNetwork(Enum):
    """Why a text is no list of networks."""

    MISSING = auto()
    NEITHER_ADDRESS_NOR_NETWORK = auto()


def host_of(address: Address) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Return the host, an IPv4 one also where a socket shows it as IPv6."""
    host = ipaddress.ip_address(address[0].partition("%")[0])
    if isinstance(host, ipaddress.IPv6Address) and host.ipv4_mapped:
        return host.ipv4_mapped
    return host


def link_of(address: Address) -> Network:
    """Return what one computer can speak from: an IPv4 address, an IPv6 /64.

    In its /64 (a link) a computer takes whatever address it likes, so that to block one of them
    keeps nobody out. The others on that link are kept out with it.
    """
    host = host_of(address)
    length = 32 if isinstance(host, ipaddress.IPv4Address) else 64
    return ipaddress.ip_network((host, length), strict=False)


def to_block(address: Address) -> Network:
    """Return what to block of somebody who speaks from here: `link_of`, as a rule.

    All of a local network are on one link-local /64, so there it is the address alone.
    """
    host = host_of(address)
    if isinstance(host, ipaddress.IPv6Address) and host.is_link_local:
        return ipaddress.ip_network(host)
    return link_of(address)


def prefix_of(address: Address) -> str:
    """Return `link_of` as a text, at once for IPv4: it is asked of every stranger's datagram."""
    return show_network(link_of(address)) if ":" in address[0] else address[0]


def names_of(address: Address) -> tuple[str, str]:
    """Return host and link as texts; an IPv4 address is its own link, and the same text."""
    link = prefix_of(address)
    return str(host_of(address)) if "/" in link else link, link


def parse_networks(text: str) -> list[Network]:
    """Read addresses and networks parted by commas or spaces; IPv4-mapped ones as IPv4.

    Raises WrongInput, which names the first that is neither.
    """
    networks: list[Network] = []
    for word in text.replace(",", " ").split():
        try:
            networks.append(_unmapped(ipaddress.ip_network(word, strict=False)))
        except ValueError:
            raise WrongInput(BadNetwork.NEITHER_ADDRESS_NOR_NETWORK, given=word) from None
    return networks


def show_address(address: Address) -> str:
    """Return host and port as people write them."""
    host = address[0].removeprefix("::ffff:")
    return f"[{host}]:{address[1]}" if ":" in host else f"{host}:{address[1]}"


def show_network(network: Network) -> str:
    """Return a network as people write it: a single address without its length."""
    is_single = network.prefixlen == network.max_prefixlen
    return str(network.network_address if is_single else network)


# --------------------------------------------------------------------------------------


def _unmapped(network: Network) -> Network:
    """Return the IPv4 network that an IPv4-mapped one stands for, as `host_of` does of hosts."""
    if isinstance(network, ipaddress.IPv6Network) and network.prefixlen >= _MAPPED_BITS:
        first = network.network_address.ipv4_mapped
        if first is not None:
            return ipaddress.IPv4Network((first, network.prefixlen - _MAPPED_BITS))
    return network
