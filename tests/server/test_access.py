"""Who is let in: blocked and allowed networks, and what one stranger may call its."""

import unittest

from chatroom.protocol.addresses import Address, link_of, parse_networks
from chatroom.server.access import AccessList


def v6(host: str) -> Address:
    return (host, 5000, 0, 0)


HOME: Address = ("192.168.1.20", 5000)
HOME_MAPPED = v6("::ffff:192.168.1.20")
NEIGHBOUR: Address = ("192.168.1.21", 5000)
ABROAD: Address = ("203.0.113.5", 5000)


class Permits(unittest.TestCase):
    def setUp(self) -> None:
        self.access = AccessList()

    def assert_permits(self, *expected: bool) -> None:
        """Check HOME, HOME_MAPPED, NEIGHBOUR and ABROAD, in this order."""
        addresses = (HOME, HOME_MAPPED, NEIGHBOUR, ABROAD)
        self.assertEqual(tuple(map(self.access.permits, addresses)), expected)

    def test_everyone_at_first(self) -> None:
        self.assert_permits(True, True, True, True)
        self.assertTrue(self.access.permits(v6("2001:db8::1")))

    def test_blocked_address_is_refused_however_the_socket_shows_it(self) -> None:
        self.access.block(*parse_networks("192.168.1.20"))
        self.assert_permits(False, False, True, True)

    def test_blocked_network(self) -> None:
        self.access.block(*parse_networks("192.168.1.0/24"))
        self.assert_permits(False, False, False, True)

    def test_block_of_a_mapped_address_or_network_is_of_the_ipv4_one(self) -> None:
        self.access.block(*parse_networks("::ffff:192.168.1.20"))
        self.assert_permits(False, False, True, True)
        self.access.block(*parse_networks("::ffff:192.168.0.0/112"))
        self.assert_permits(False, False, False, True)
        self.access.unblock(*parse_networks("192.168.0.0/16"))
        self.access.unblock(*parse_networks("192.168.1.20"))
        self.assert_permits(True, True, True, True)

    def test_mapped_network_allowed_is_the_ipv4_one(self) -> None:
        self.access.allow_only(parse_networks("::ffff:192.168.1.0/120"))
        self.assert_permits(True, True, True, False)
        self.assertFalse(self.access.permits(v6("::1")))

    def test_only_the_allowed(self) -> None:
        self.access.allow_only(parse_networks("192.168.1.0/24, 2001:db8::/32"))
        self.assert_permits(True, True, True, False)
        self.assertTrue(self.access.permits(v6("2001:db8::1")))
        self.assertFalse(self.access.permits(v6("2001:db9::1")))

    def test_block_goes_before_allow(self) -> None:
        self.access.allow_only(parse_networks("192.168.1.0/24"))
        self.access.block(*parse_networks("192.168.1.20"))
        self.assert_permits(False, False, True, False)

    def test_no_networks_allowed_lifts_the_restriction(self) -> None:
        self.access.allow_only(parse_networks("192.168.1.20"))
        self.assert_permits(True, True, False, False)
        self.access.allow_only(parse_networks(" "))
        self.assert_permits(True, True, True, True)

    def test_unblock_takes_back_a_block_made_twice(self) -> None:
        (home,) = parse_networks("192.168.1.20")
        (abroad,) = parse_networks("203.0.113.0/24")
        self.access.block(home)
        self.access.block(home)
        self.access.block(abroad)
        self.access.unblock(home)
        self.assert_permits(True, True, True, False)
        self.assertEqual(self.access.blocked, (abroad,))

    def test_lists_are_in_the_order_of_the_addresses_each_once(self) -> None:
        ordered = tuple(parse_networks("9.9.9.9 10.0.0.0/8 10.0.0.0/16 ::1 fe80::/64"))
        for network in reversed(ordered):
            self.access.block(network)
        self.assertEqual(self.access.blocked, ordered)
        self.access.allow_only(ordered[::-1] + ordered)
        self.assertEqual(self.access.allowed, ordered)

    def test_unblock_is_of_exactly_that_network(self) -> None:
        (network,) = parse_networks("192.168.1.0/24")
        self.access.block(network)
        self.access.unblock(*parse_networks("192.168.1.20"))
        self.assertEqual(self.access.blocked, (network,))

    def test_networks_from_an_iterator_last(self) -> None:
        self.access.allow_only(iter(parse_networks("192.168.1.20")))
        self.assert_permits(True, True, False, False)
        self.assert_permits(True, True, False, False)

    def test_block_of_a_link_holds_whatever_address_is_taken_there(self) -> None:
        self.access.block(link_of(v6("2001:db8:0:1::1")))
        self.access.block(link_of(HOME_MAPPED))
        self.assertFalse(self.access.permits(v6("2001:db8:0:1:ffff::7")))
        self.assertTrue(self.access.permits(v6("2001:db8:0:2::1")))
        self.assert_permits(False, False, True, True)

    def test_block_of_a_link_local_host_holds_on_any_interface(self) -> None:
        self.access.block(*parse_networks("fe80::1"))
        self.assertFalse(self.access.permits(v6("fe80::1%eth0")))
        self.assertFalse(self.access.permits(("fe80::1", 5000, 0, 3)))
        self.assertTrue(self.access.permits(v6("fe80::2%eth0")))


if __name__ == "__main__":
    unittest.main()
