"""What the host blocks: where people speak from, as a question says it before."""

import unittest
from collections.abc import Callable
from ipaddress import ip_network
from typing import Any, cast
from unittest import mock

from chatroom.protocol.addresses import Address, Network
from chatroom.server.people import Person
from chatroom.windows import host_access, question


def person(name: str, address: Address) -> Person:
    return Person(name, address, here_s=60.0, silent_s=1.0, is_quiet=False, messages=0)


ANA = person("Ana", ("2001:db8:1:2:3:4:5:6", 5000, 0, 0))
ANAS_TABLET = person("Ana 2", ("2001:db8:1:2::9", 5001, 0, 0))
BUDI = person("Budi", ("::ffff:10.0.0.5", 5002, 0, 0))
CITRA = person("Citra", ("fe80::1%eth0", 5003, 0, 3))


class TestRoom:
    """Stands in for the room and for the poller that calls it."""

    def __init__(self) -> None:
        self.blocked: list[Network] = []

    def call(self, action: Callable[["TestRoom", float], object]) -> None:
        action(self, 0.0)

    def block(self, network: Network, now: float) -> None:
        self.blocked.append(network)


class Blocking(unittest.TestCase):
    def setUp(self) -> None:
        self.room = TestRoom()
        self.notes: list[str] = []
        self.access = host_access.HostAccess(
            cast(Any, None),
            cast(Any, self.room),
            lambda say: self.notes.append(say()),
            lambda: None,
            list,
        )

    def block(self, *people: Person, agrees: bool = True) -> str:
        """Wish to block these; return the question."""
        with mock.patch.object(question, "ask", return_value=agrees) as asked:
            self.access.block([*people])
        return str(asked.call_args.args[2])

    def test_a_block_is_of_the_link_that_one_can_take_addresses_in(self) -> None:
        sentence = self.block(ANA, ANAS_TABLET, BUDI, CITRA)
        self.assertIn("2001:db8:1:2::/64, 10.0.0.5, fe80::1", sentence)
        links = [*map(ip_network, ("2001:db8:1:2::/64", "10.0.0.5", "fe80::1"))]
        self.assertEqual(self.room.blocked, links)
        self.assertCountEqual(self.access.blocked, links)
        self.assertEqual(self.notes, ["blocked 2001:db8:1:2::/64, 10.0.0.5, fe80::1"])

    def test_a_name_cannot_read_like_two(self) -> None:
        crafty = person("Ana, Budi", BUDI.address)
        self.assertIn("\u201cAna, Budi\u201d, Citra: out", self.block(crafty, CITRA))

    def test_nothing_is_blocked_where_the_host_thinks_better_of_it(self) -> None:
        self.assertIn("2001:db8:1:2::/64", self.block(ANA, agrees=False))
        self.assertEqual((self.room.blocked, self.access.blocked, self.notes), ([], [], []))


if __name__ == "__main__":
    unittest.main()
