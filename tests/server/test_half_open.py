"""Half-open places: so many in all and at one prefix, each for ten seconds."""

import unittest

from chatroom.crypto import sealing
from chatroom.protocol import wire
from chatroom.protocol.channel import Channel
from chatroom.server import half_open
from tests.server.callers import keys_of

REFUSALS = sealing.Tagger(bytes(32))
KNOCK = wire.Knock(bytes(16), bytes(24), bytes(32), bytes(32))


class Places(unittest.TestCase):
    def setUp(self) -> None:
        self.half_open = half_open.HalfOpen()
        self.count = 0

    def take(self, host: str = "10.0.0.1", now: float = 0.0) -> half_open.Place:
        self.count += 1
        channel = Channel.of_server(self.count.to_bytes(8, "big"), keys_of(self.count))
        place = half_open.Place(channel, b"", REFUSALS, (host, self.count), KNOCK, b"answer", now)
        self.half_open.take(place)
        return place

    def is_taken(self, place: half_open.Place) -> bool:
        return self.half_open.get(place.channel.number) is place

    def test_ninth_place_at_a_prefix_is_that_of_the_oldest(self) -> None:
        other = self.take("10.0.0.2")
        places = [self.take() for _ in range(half_open.HALF_OPEN_PER_PREFIX + 1)]
        self.assertEqual([self.is_taken(one) for one in places], [False] + [True] * 8)
        self.assertTrue(self.is_taken(other))
        self.assertEqual(self.half_open.most_at_one_prefix(), half_open.HALF_OPEN_PER_PREFIX)

    def test_hosts_of_one_ipv6_network_share_their_places(self) -> None:
        count = half_open.HALF_OPEN_PER_PREFIX + 1
        places = [self.take(f"2001:db8::{number}") for number in range(1, count + 1)]
        self.assertFalse(self.is_taken(places[0]))
        self.assertTrue(self.is_taken(places[1]))

    def test_there_are_512_in_all_and_the_oldest_makes_place(self) -> None:
        places = [
            self.take(f"10.{number >> 8}.{number & 255}.1")
            for number in range(half_open.HALF_OPEN_MOST + 3)
        ]
        self.assertEqual(len(self.half_open), half_open.HALF_OPEN_MOST)
        self.assertEqual([self.is_taken(one) for one in places[:4]], [False] * 3 + [True])

    def test_place_is_over_after_ten_seconds_and_then_forgotten(self) -> None:
        first, second = self.take(now=0.0), self.take(now=5.0)
        self.assertFalse(first.is_over(half_open.HALF_OPEN_LIFE_S))
        self.half_open.forget_old(half_open.HALF_OPEN_LIFE_S)
        self.assertEqual(len(self.half_open), 2)
        self.assertTrue(first.is_over(half_open.HALF_OPEN_LIFE_S + 0.01))
        self.half_open.forget_old(half_open.HALF_OPEN_LIFE_S + 0.01)
        self.assertEqual((self.is_taken(first), self.is_taken(second)), (False, True))

    def test_place_that_was_left_or_cleared_is_free(self) -> None:
        first, second = self.take(), self.take()
        self.half_open.leave(first.channel.number)
        self.assertEqual((self.is_taken(first), self.is_taken(second)), (False, True))
        self.half_open.clear()
        self.assertEqual((len(self.half_open), self.half_open.most_at_one_prefix()), (0, 0))


if __name__ == "__main__":
    unittest.main()
