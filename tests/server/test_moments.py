"""When who is silent is to ping: together, and never too many."""

import random
import unittest
from collections import Counter

from chatroom.client import pulse
from chatroom.server import moments, people, sessions

LATE_S = 0.005  # what a LAN and a timer make of a moment


class Moments(unittest.TestCase):
    def setUp(self) -> None:
        self.chance = random.Random(7)

    def pings(self, count: int, asked_s: float, until: float) -> Counter[int]:
        """Let sessions ping within `asked_s`, and as they are told; count each second's pings."""
        counts: Counter[int] = Counter()
        for _ in range(count):
            session, at = self.chance.randbytes(8), 1000 + asked_s * self.chance.random()
            while at < until:
                counts[round(at)] += 1
                at += moments.wait_s(session, at) + LATE_S * self.chance.random()
        return counts

    def test_every_session_pings_each_twenty_seconds_though_always_late(self) -> None:
        for session in map(bytes, ([first] + [0] * 7 for first in range(256))):
            at, waits = 3.21, []
            for _ in range(50):
                waits.append(moments.wait_s(session, at))
                at += waits[-1] + LATE_S * self.chance.random()
            self.assertTrue(15 <= waits[0] < 25)
            for wait_s in waits[1:]:
                self.assertAlmostEqual(wait_s, 20.0, delta=2 * LATE_S)

    def test_those_of_a_second_come_within_few_milliseconds(self) -> None:
        for _ in range(100):
            session, at = self.chance.randbytes(8), 1000 * self.chance.random()
            at += moments.wait_s(session, at)
            self.assertAlmostEqual(at, round(at))

    def test_who_came_one_by_one_fill_all_seconds(self) -> None:
        counts = self.pings(1000, 20.0, 1400.0)
        for second in range(1100, 1390):
            self.assertTrue(20 <= counts[second] <= 90, counts[second])

    def test_who_all_asked_at_once_are_apart_with_the_next_ping(self) -> None:
        counts = self.pings(sessions.SESSIONS_MOST, 0.2, 1400.0)
        most = max(count for second, count in counts.items() if second > 1001)
        self.assertLess(most, 500)  # Linux lets a socket hold 512 pings, if it is asked for more

    def test_clients_do_as_they_are_told_and_are_never_called_silent(self) -> None:
        latest_s = moments.SOONEST_S + moments.MOMENTS
        self.assertGreaterEqual(moments.SOONEST_S, pulse.PING_SOONEST_S)
        self.assertLessEqual(latest_s, pulse.PING_LATEST_S)
        self.assertLess(latest_s, people.SILENT_AFTER_S)
        self.assertLess(2 * latest_s, people.QUIET_AFTER_S)


if __name__ == "__main__":
    unittest.main()
