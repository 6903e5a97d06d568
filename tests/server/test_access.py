"""Who is let in: blocked and allowed networks, and what one stranger may call its."""

import unittest

from chatroom.protocol.addresses import Address, host_of, parse_networks, prefix_of
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

    def test_networks_from_an_iterator_last(self) -> None:
        self.access.allow_only(iter(parse_networks("192.168.1.20")))
        self.assert_permits(True, True, False, False)
        self.assert_permits(True, True, False, False)

    def test_block_of_a_link_local_host_holds_on_any_interface(self) -> None:
        self.access.block(*parse_networks("fe80::1"))
        self.assertFalse(self.access.permits(v6("fe80::1%eth0")))
        self.assertFalse(self.access.permits(("fe80::1", 5000, 0, 3)))
        self.assertTrue(self.access.permits(v6("fe80::2%eth0")))


class Prefixes(unittest.TestCase):
    def test_ipv4_is_itself_however_the_socket_shows_it(self) -> None:
        self.assertEqual(prefix_of(HOME), "192.168.1.20")
        self.assertEqual(prefix_of(HOME_MAPPED), "192.168.1.20")
        self.assertEqual(str(host_of(HOME_MAPPED)), "192.168.1.20")

    def test_ipv6_is_its_64(self) -> None:
        self.assertEqual(prefix_of(v6("2001:db8:1:2:3:4:5:6")), "2001:db8:1:2::/64")
        self.assertEqual(prefix_of(v6("2001:db8:1:2::")), "2001:db8:1:2::/64")
        self.assertNotEqual(prefix_of(v6("2001:db8:1:3::1")), "2001:db8:1:2::/64")

    def test_scope_is_left_out(self) -> None:
        self.assertEqual(prefix_of(v6("fe80::1%eth0")), "fe80::/64")

    def test_port_does_not_matter(self) -> None:
        self.assertEqual(prefix_of(("192.168.1.20", 1)), prefix_of(HOME))


class Parsing(unittest.TestCase):
    def test_commas_and_spaces_part_addresses_and_networks(self) -> None:
        self.assertEqual(
            [str(one) for one in parse_networks(" 10.0.0.1,10.1.0.0/16 ,, ::1\n")],
            ["10.0.0.1/32", "10.1.0.0/16", "::1/128"],
        )

    def test_host_bits_in_a_network_are_passed_over(self) -> None:
        self.assertEqual(
            [str(one) for one in parse_networks("192.168.1.20/24")], ["192.168.1.0/24"]
        )

    def test_nothing_is_no_networks(self) -> None:
        self.assertEqual(parse_networks(""), [])
        self.assertEqual(parse_networks(" , "), [])

    def test_first_that_is_neither_is_named(self) -> None:
        for word in ("example.org", "10.0.0.256", "10.0.0.0/33", "10.0.0", "12345"):
            with self.subTest(word=word):
                with self.assertRaises(ValueError) as caught:
                    parse_networks(f"10.0.0.1 {word} alsowrong")
                self.assertIn(f"{word!r} is neither", str(caught.exception))
                self.assertNotIn("alsowrong", str(caught.exception))
