"""Who seems to lose nothing: whose requests came once each, for some minutes."""

import unittest

from chatroom.server.steadiness import (
    AGAIN_WITHIN_S,
    COUNTED_EVERY_S,
    STEADY_AFTER,
    Steadiness,
)


class Telling(unittest.TestCase):
    def setUp(self) -> None:
        self.steadiness = Steadiness()
        self.now = 5.0

    def ping(self, times: int, gap_s: float = 20.0) -> None:
        for _ in range(times):
            self.now += gap_s
            self.steadiness.pinged(self.now)

    def test_it_takes_some_minutes_without_a_loss(self) -> None:
        self.ping(STEADY_AFTER - 1)
        self.assertFalse(self.steadiness)
        self.ping(1)
        self.assertTrue(self.steadiness)

    def test_ping_that_comes_again_shows_a_loss(self) -> None:
        self.ping(STEADY_AFTER)
        self.ping(1, AGAIN_WITHIN_S / 2)
        self.assertFalse(self.steadiness)
        self.ping(STEADY_AFTER)
        self.assertTrue(self.steadiness)

    def test_many_requests_at_once_count_as_one(self) -> None:
        for _ in range(3 * STEADY_AFTER):
            self.now += COUNTED_EVERY_S / STEADY_AFTER
            self.steadiness.came(self.now)
        self.assertFalse(self.steadiness)
        for _ in range(STEADY_AFTER):
            self.now += COUNTED_EVERY_S
            self.steadiness.came(self.now)
        self.assertTrue(self.steadiness)

    def test_what_was_lost_counts_at_once(self) -> None:
        self.ping(3 * STEADY_AFTER)
        self.steadiness.lost()
        self.assertFalse(self.steadiness)


if __name__ == "__main__":
    unittest.main()
