"""Token buckets on a clock that the test moves."""

import random
import unittest

from chatroom.server.limits import TokenBucket


def drain(bucket: TokenBucket, now: float) -> int:
    """Take all there is at this moment; return how many it was."""
    taken = 0
    while bucket.take(now):
        taken += 1
    return taken


class Bucket(unittest.TestCase):
    def test_burst_and_no_more(self) -> None:
        self.assertEqual(drain(TokenBucket(20, 10, now=100.0), 100.0), 20)

    def test_refills_at_its_rate(self) -> None:
        bucket = TokenBucket(20, 10, now=0.0)
        drain(bucket, 0.0)
        self.assertEqual(drain(bucket, 0.5), 5)
        self.assertEqual(drain(bucket, 0.55), 0)
        self.assertEqual(drain(bucket, 0.6), 1)

    def test_refills_to_the_burst_and_no_further(self) -> None:
        bucket = TokenBucket(3, 10, now=0.0)
        drain(bucket, 0.0)
        self.assertEqual(drain(bucket, 1e6), 3)

    def test_token_is_there_after_the_told_wait_and_not_before(self) -> None:
        chance = random.Random(10)
        for rate in (0.1, 1 / 3, 7, 10, 50):
            bucket = TokenBucket(2, rate, now=0.0)
            now = 0.0
            for _ in range(500):
                wait_s = bucket.wait_s(now)
                if wait_s:
                    self.assertFalse(bucket.take(now + wait_s * 0.99))
                self.assertTrue(bucket.take(now + wait_s), (rate, now))
                now += wait_s + chance.choice((0.0, 0.01 / rate, 3 / rate))

    def test_no_wait_while_there_are_tokens(self) -> None:
        bucket = TokenBucket(1, 0.1, now=0.0)
        self.assertEqual(bucket.wait_s(0.0), 0.0)
        bucket.take(0.0)
        self.assertAlmostEqual(bucket.wait_s(0.0), 10.0)
        self.assertAlmostEqual(bucket.wait_s(4.0), 6.0)

    def test_asking_takes_nothing(self) -> None:
        bucket = TokenBucket(1, 1, now=0.0)
        for _ in range(5):
            bucket.wait_s(0.0)
            bucket.is_full(0.0)
            self.assertFalse(TokenBucket(0, 1, now=0.0).take(0.0))
        self.assertTrue(bucket.take(0.0))

    def test_refused_take_costs_nothing(self) -> None:
        bucket = TokenBucket(1, 1, now=0.0)
        bucket.take(0.0)
        for step in range(100):
            self.assertFalse(bucket.take(step / 101))
        self.assertTrue(bucket.take(1.0))

    def test_what_is_owed_has_to_come_in_before_there_is_more(self) -> None:
        bucket = TokenBucket(10, 2, now=0.0)
        self.assertTrue(bucket.take(0.0, 30))
        self.assertEqual(bucket.wait_s(0.0), 10.5)
        self.assertFalse(bucket.take(10.4))
        self.assertTrue(bucket.take(10.5))

    def test_full_again_is_like_new(self) -> None:
        bucket = TokenBucket(10, 0.1, now=0.0)
        self.assertTrue(bucket.is_full(0.0))
        bucket.take(0.0)
        self.assertFalse(bucket.is_full(9.9))
        self.assertTrue(bucket.is_full(10.1))

    def test_long_run_keeps_to_the_rate(self) -> None:
        bucket = TokenBucket(10, 0.1, now=0.0)
        taken = sum(bucket.take(step * 0.01) for step in range(100_000))
        self.assertIn(taken, (109, 110))
