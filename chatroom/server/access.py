"""Which addresses the host lets in."""

from collections.abc import Iterable

from chatroom.protocol.addresses import Address, Network, host_of


class AccessList:
    """Addresses and networks that are blocked, and the only ones allowed, if any.

    Both in the order of their addresses, IPv4 first.
    """

    def __init__(self) -> None:
        self.allowed: tuple[Network, ...] = ()
        self.blocked: tuple[Network, ...] = ()

    def allow_only(self, networks: Iterable[Network]) -> None:
        """Let in these networks and no others; none given lifts the restriction."""
        self.allowed = tuple(_in_order(networks))

    def block(self, network: Network) -> None:
        """Refuse a network, also where it is part of an allowed one."""
        self.blocked = tuple(_in_order({*self.blocked, network}))

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


def _in_order(networks: Iterable[Network]) -> list[Network]:
    return sorted(
        set(networks), key=lambda one: (one.version, one.network_address.packed, one.prefixlen)
    )
