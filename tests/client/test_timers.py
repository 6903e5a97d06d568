"""When a request is sent again, with exact times."""

import unittest
from collections.abc import Callable
from itertools import pairwise

from chatroom.client import timers


def middle() -> float:
    """Chance that neither shortens nor lengthens a gap."""
    return 0.5


def send_times(timeout_s: float, count: int, random: Callable[[], float] = middle) -> list[float]:
    """Return when so many datagrams go out, each sent as soon as it is due."""
    retry = timers.Retry(timeout_s, 0.0, random)
    times = []
    for _ in range(count):
        times.append(round(retry.at, 6))
        retry.sent(retry.at)
    return times


class Schedule(unittest.TestCase):
    def test_once_at_first_then_two_copies_after_doubling_gaps(self) -> None:
        self.assertEqual(
            send_times(0.3, 8),
            [0.0, 0.3, 0.32, 0.92, 0.94, 2.14, 2.16, 4.56],
        )

    def test_gaps_grow_to_4_s_and_no_further(self) -> None:
        times = send_times(1.0, 15)
        firsts = [0.0, *times[1::2]]
        gaps = [b - a for a, b in pairwise(firsts)]
        expected = [1.0, 2.02, 4.02, 4.02, 4.02, 4.02, 4.02]
        for gap, wanted in zip(gaps, expected, strict=True):
            self.assertAlmostEqual(gap, wanted)

    def test_jitter_is_a_tenth_either_way(self) -> None:
        self.assertEqual(send_times(1.0, 2, lambda: 0.0), [0.0, 0.9])
        self.assertEqual(send_times(1.0, 2, lambda: 1.0), [0.0, 1.1])

    def test_copy_follows_after_20_ms_whatever_the_jitter(self) -> None:
        for edge in (lambda: 0.0, lambda: 1.0):
            times = send_times(1.0, 5, edge)
            self.assertAlmostEqual(times[2] - times[1], timers.COPY_AFTER_S)
            self.assertAlmostEqual(times[4] - times[3], timers.COPY_AFTER_S)

    def test_late_driver_counts_from_when_it_sent(self) -> None:
        retry = timers.Retry(0.3, 10.0, middle)
        self.assertEqual(retry.at, 10.0)
        retry.sent(10.5)
        self.assertAlmostEqual(retry.at, 10.8)
        self.assertEqual(retry.first_sent_at, 10.5)

    def test_it_can_begin_anew_and_counts_on(self) -> None:
        retry = timers.Retry(0.3, 0.0, middle)
        for _ in range(6):
            retry.sent(retry.at)
        retry.begin_anew(0.1, 7.0)
        times = []
        for _ in range(5):
            times.append(round(retry.at, 6))
            retry.sent(retry.at)
        self.assertEqual(times, [7.0, 7.02, 7.12, 7.14, 7.34])
        self.assertEqual((retry.tries, retry.first_sent_at), (7, 0.0))


class Timeout(unittest.TestCase):
    def test_nothing_sent_has_not_timed_out(self) -> None:
        self.assertFalse(timers.Retry(0.3, 0.0, middle).timed_out(100.0))

    def test_first_transmission_times_out_when_the_next_is_due(self) -> None:
        retry = timers.Retry(0.3, 0.0, middle)
        retry.sent(0.0)
        self.assertFalse(retry.timed_out(0.29))
        self.assertTrue(retry.timed_out(retry.at))

    def test_repetition_times_out_only_after_its_copy(self) -> None:
        retry = timers.Retry(0.3, 0.0, middle)
        retry.sent(0.0)
        retry.sent(0.3)
        self.assertFalse(retry.timed_out(0.33))  # the copy is due, not the end
        retry.sent(0.33)
        self.assertFalse(retry.timed_out(0.92))
        self.assertTrue(retry.timed_out(0.94))

    def test_copies_are_no_tries(self) -> None:
        retry = timers.Retry(0.3, 0.0, middle)
        tries = []
        for _ in range(6):
            retry.sent(retry.at)
            tries.append(retry.tries)
        self.assertEqual(tries, [1, 2, 2, 3, 3, 4])


class Failing(unittest.TestCase):
    def test_so_many_tries_and_so_long(self) -> None:
        retry = timers.Retry(0.3, 0.0, middle)
        for at in (10.0, 10.3, 10.32):
            retry.sent(at)
        self.assertTrue(retry.failed(2, 5.0, 15.0))
        self.assertFalse(retry.failed(2, 5.0, 14.9))
        self.assertFalse(retry.failed(3, 5.0, 15.0))


class Measuring(unittest.TestCase):
    def test_nothing_measured(self) -> None:
        self.assertEqual(timers.RoundTrip().timeout_s, 0.3)

    def test_steady_round_trip_waits_half_as_long_again(self) -> None:
        trip = timers.RoundTrip()
        for _ in range(50):
            trip.measured(0.2)
            self.assertAlmostEqual(trip.timeout_s, 0.3)

    def test_unsteady_round_trip_waits_longer(self) -> None:
        trip = timers.RoundTrip()
        for step in range(50):
            trip.measured(0.1 if step % 2 else 0.3)
        self.assertGreater(trip.timeout_s, 0.5)

    def test_known_steps(self) -> None:
        trip = timers.RoundTrip()
        trip.measured(0.4)
        trip.measured(0.8)
        # mean 0.4 + 0.4 / 8, deviation 0.05 + (0.4 - 0.05) / 4
        self.assertAlmostEqual(trip.timeout_s, 0.45 + 4 * 0.1375)

    def test_one_slow_answer_is_forgotten(self) -> None:
        trip = timers.RoundTrip()
        trip.measured(3.0)
        for _ in range(100):
            trip.measured(0.1)
        self.assertAlmostEqual(trip.timeout_s, 0.15, places=3)

    def test_timeout_keeps_within_its_bounds(self) -> None:
        trip = timers.RoundTrip()
        trip.measured(0.0)
        self.assertEqual(trip.timeout_s, timers.SHORTEST_TIMEOUT_S)
        for _ in range(20):
            trip.measured(60.0)
        self.assertEqual(trip.timeout_s, timers.LONGEST_TIMEOUT_S)
