"""Socket addresses and networks: comparing, grouping, reading and writing them."""

import ipaddress
from enum import Enum, auto

from chatroom.problems import WrongInput

Address = tuple[str, int] | tuple[str, int, int, int]
"""A socket address as `recvfrom` gives it, IPv4 or IPv6."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


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

    Raises WrongInput, which names the first that is neither.
    """
    networks: list[Network] = []
    for word in text.replace(",", " ").split():
        try:
            networks.append(ipaddress.ip_network(word, strict=False))
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
