"""Whose turn it is: each link's, within it each address's, and there each session's."""

import unittest

from chatroom.protocol.channel import Channel
from chatroom.server.row import Asker, Row
from chatroom.server.session import Session
from tests.server.callers import keys_of


def session_at(host: str, number: int = 1) -> Session:
    channel = Channel.of_server(number.to_bytes(8, "big"), keys_of(number))
    return Session.start(channel, keys_of(number).cast, (host, 5000 + number), 0.0)


class Turns(unittest.TestCase):
    def setUp(self) -> None:
        self.row = Row()

    def take(self) -> list[Asker]:
        """Take all that wait, in their order."""
        taken = []
        while self.row:
            taken.append(self.row.take())
        return taken

    def test_first_come_first_served(self) -> None:
        askers: list[Asker] = [*(session_at(f"10.0.0.{number}") for number in (3, 1, 2)), None]
        for one in askers:
            self.row.put(one)
        self.assertTrue(self.row)
        self.assertEqual(self.take(), askers)
        self.assertFalse(self.row)

    def test_who_waits_already_keeps_the_place(self) -> None:
        ana, bob = session_at("10.0.0.1"), session_at("10.0.0.2")
        for one in (ana, bob, ana):
            self.row.put(one)
        self.assertEqual(self.take(), [ana, bob])

    def test_sessions_of_one_address_wait_for_each_other(self) -> None:
        many = [session_at("10.0.0.1", number) for number in range(5)]
        ana = session_at("10.0.0.2")
        for one in (*many, ana):
            self.row.put(one)
        self.assertEqual(self.take(), [many[0], ana, *many[1:]])

    def test_addresses_of_one_link_wait_for_each_other(self) -> None:
        many = [session_at(f"2001:db8::{number:x}", number) for number in range(1, 5)]
        ana = session_at("2001:db8:0:1::1")
        for one in (*many, ana):
            self.row.put(one)
        self.assertEqual(self.take(), [many[0], ana, *many[1:]])

    def test_neighbour_on_a_link_has_a_turn_like_all_sessions_of_one_address_there(self) -> None:
        many = [session_at("2001:db8::66", number) for number in range(1, 5)]
        ana = session_at("2001:db8::1")
        for one in (*many, ana):
            self.row.put(one)
        self.assertEqual(self.take(), [many[0], ana, *many[1:]])

    def test_who_asks_on_and_on_comes_after_those_who_wait(self) -> None:
        flood = [session_at("10.0.0.66", number) for number in range(3)]
        for one in flood:
            self.row.put(one)
        others = [session_at(f"10.0.0.{number}") for number in range(3)]
        for one in others:
            self.row.put(one)
        taken = []
        for _ in range(8):
            taken.append(self.row.take())
            if taken[-1] in flood:
                self.row.put(taken[-1])
        self.assertEqual(taken, [flood[0], *others, flood[1], flood[2], flood[0], flood[1]])


if __name__ == "__main__":
    unittest.main()
