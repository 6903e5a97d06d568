"""The addresses that a host tells others."""

import ipaddress
import unittest
from unittest import mock

from chatroom.network import interfaces
from chatroom.network.interfaces import usable_addresses


class Usable(unittest.TestCase):
    def found(self, *candidates: str) -> list[str]:
        with (
            mock.patch.object(interfaces, "_towards_others", return_value="10.8.0.2"),
            mock.patch.object(interfaces, "_of_interfaces", return_value=[*candidates]),
            mock.patch.object(interfaces, "_of_host_name", return_value=["127.0.1.1"]),
        ):
            return usable_addresses("0.0.0.0")

    def test_a_particular_address_stands_for_itself(self) -> None:
        for host in ("127.0.0.1", "192.168.1.7", "::1"):
            self.assertEqual(usable_addresses(host), [host])

    def test_all_interfaces_without_loopback_likeliest_first(self) -> None:
        found = self.found("127.0.0.1", "192.168.1.7", "10.8.0.2")
        self.assertEqual(found, ["10.8.0.2", "192.168.1.7"])

    def test_without_a_network_loopback_is_left(self) -> None:
        with (
            mock.patch.object(interfaces, "_towards_others", return_value=""),
            mock.patch.object(interfaces, "_of_interfaces", return_value=["127.0.0.1"]),
            mock.patch.object(interfaces, "_of_host_name", return_value=[]),
        ):
            self.assertEqual(usable_addresses("0.0.0.0"), ["127.0.0.1"])

    def test_this_computer_has_some(self) -> None:
        for host in ("0.0.0.0", "::"):
            for address in usable_addresses(host):
                ipaddress.ip_address(address)


if __name__ == "__main__":
    unittest.main()
