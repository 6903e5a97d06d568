"""Addresses: how they are read, grouped and shown."""

import unittest
from ipaddress import ip_network

from chatroom.problems import WrongInput
from chatroom.protocol.addresses import (
    Address,
    BadNetwork,
    host_of,
    link_of,
    names_of,
    parse_networks,
    prefix_of,
    show_address,
    show_network,
    to_block,
)


def v6(host: str) -> Address:
    return (host, 5000, 0, 0)


HOME: Address = ("192.168.1.20", 5000)
HOME_MAPPED = v6("::ffff:192.168.1.20")


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

    def test_names_are_of_the_host_and_of_its_link(self) -> None:
        for address, host, link in (
            (HOME, "192.168.1.20", "192.168.1.20"),
            (HOME_MAPPED, "192.168.1.20", "192.168.1.20"),
            (v6("2001:DB8::7"), "2001:db8::7", "2001:db8::/64"),
            (v6("::1"), "::1", "::/64"),
        ):
            self.assertEqual(names_of(address), (host, link))


class Links(unittest.TestCase):
    def test_ipv4_is_one_address_however_the_socket_shows_it(self) -> None:
        for address in (HOME, HOME_MAPPED):
            self.assertEqual(link_of(address), ip_network("192.168.1.20/32"))

    def test_ipv6_is_its_64_on_whatever_interface(self) -> None:
        for host, link in (
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("fe80::1", "fe80::/64"),
            ("fe80::ffff:10.0.0.5%eth0", "fe80::/64"),
            ("::1", "::/64"),
        ):
            with self.subTest(host=host):
                self.assertEqual(link_of(v6(host)), ip_network(link))

    def test_prefix_is_the_link_as_a_text(self) -> None:
        for address in (HOME, HOME_MAPPED, v6("2001:db8::7"), v6("fe80::1%3")):
            self.assertEqual(prefix_of(address), show_network(link_of(address)))

    def test_on_a_local_link_one_address_is_blocked_and_elsewhere_its_link(self) -> None:
        for host, blocked in (
            ("fe80::1", "fe80::1/128"),
            ("2001:db8::1", "2001:db8::/64"),
            ("::ffff:192.168.1.20", "192.168.1.20/32"),
        ):
            self.assertEqual(to_block(v6(host)), ip_network(blocked))


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

    def test_ipv4_mapped_is_ipv4(self) -> None:
        for given, meant in (
            ("::ffff:10.0.0.5", "10.0.0.5/32"),
            ("::FFFF:0A00:0005", "10.0.0.5/32"),
            ("::ffff:10.0.0.0/104", "10.0.0.0/8"),
            ("::ffff:10.1.2.3/112", "10.1.0.0/16"),
            ("::ffff:0:0/96", "0.0.0.0/0"),
        ):
            with self.subTest(given=given):
                self.assertEqual(parse_networks(given), [ip_network(meant)])

    def test_what_is_no_part_of_the_mapped_ones_stays_ipv6(self) -> None:
        for given in ("::/0", "::/80", "::ffff:0:0/95", "::10.0.0.5", "64:ff9b::a00:5"):
            with self.subTest(given=given):
                [network] = parse_networks(given)
                self.assertEqual(network, ip_network(given, strict=False))

    def test_nothing_is_no_networks(self) -> None:
        self.assertEqual(parse_networks(""), [])
        self.assertEqual(parse_networks(" , "), [])

    def test_first_that_is_neither_is_named(self) -> None:
        for word in ("example.org", "10.0.0.256", "10.0.0.0/33", "10.0.0", "12345"):
            with self.subTest(word=word):
                wrong = WrongInput(BadNetwork.NEITHER_ADDRESS_NOR_NETWORK, given=word)
                with self.assertRaises(WrongInput) as caught:
                    parse_networks(f"10.0.0.1 {word} alsowrong")
                self.assertEqual(caught.exception, wrong)


class Showing(unittest.TestCase):
    def test_as_people_write_them(self) -> None:
        self.assertEqual(show_address(("10.0.0.1", 5)), "10.0.0.1:5")
        self.assertEqual(show_address(("fe80::1", 5, 0, 0)), "[fe80::1]:5")
        self.assertEqual(show_address(("::ffff:10.0.0.1", 5, 0, 0)), "10.0.0.1:5")

    def test_network_of_one_is_an_address(self) -> None:
        networks = parse_networks("10.0.0.1 10.1.0.0/16 ::1 fe80::/64")
        shown = ["10.0.0.1", "10.1.0.0/16", "::1", "fe80::/64"]
        self.assertEqual(list(map(show_network, networks)), shown)


if __name__ == "__main__":
    unittest.main()
