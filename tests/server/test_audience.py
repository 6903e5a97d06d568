"""Who is cast to: everybody in the room, where each receives, in the order of coming."""

import unittest

from chatroom.protocol.addresses import Address
from chatroom.server.audience import Audience
from tests.server.callers import new_session

ELSEWHERE: Address = ("10.0.0.9", 9)
TOKEN = b"sent to 9"


class Listening(unittest.TestCase):
    def setUp(self) -> None:
        self.audience = Audience()
        self.sessions = [new_session(number) for number in range(3)]
        for session in self.sessions:
            self.audience.add(session)

    def assert_is(self, *sessions: int) -> None:
        """Check that these and no others are cast to, each with its own hash and address."""
        expected = [self.sessions[number] for number in sessions]
        self.assertEqual(list(self.audience), expected)
        self.assertEqual(self.audience.hashes, [one.cast_hash for one in expected])
        self.assertEqual(self.audience.addresses, [one.address for one in expected])

    def test_all_are_in_the_order_of_coming(self) -> None:
        self.assert_is(0, 1, 2)
        self.audience.remove(self.sessions[1])
        self.assert_is(0, 2)
        self.audience.add(self.sessions[1])
        self.assert_is(0, 2, 1)

    def test_who_moves_is_cast_to_there(self) -> None:
        path = self.sessions[1].path
        path.hear_from(ELSEWHERE, lambda size: TOKEN)
        self.assertTrue(path.confirm(TOKEN, ELSEWHERE))
        self.audience.follow(self.sessions[1])
        self.assertEqual(self.audience.addresses[1], ELSEWHERE)
        self.assert_is(0, 1, 2)

    def test_who_is_not_here_cannot_go(self) -> None:
        self.audience.remove(self.sessions[0])
        for change in (self.audience.remove, self.audience.follow):
            with self.assertRaises(ValueError):
                change(self.sessions[0])
        self.assert_is(1, 2)


if __name__ == "__main__":
    unittest.main()
