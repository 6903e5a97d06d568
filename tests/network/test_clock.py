"""The clock goes on, and counts the time of a sleep where the system can tell."""

import sys
import time
import unittest

from chatroom.network import clock


class ClockTest(unittest.TestCase):
    def test_it_never_goes_back(self) -> None:
        seen = [clock.now() for _ in range(1000)]
        self.assertEqual(seen, sorted(seen))

    @unittest.skipUnless(sys.platform == "linux", "only Linux has this clock")
    def test_on_linux_it_counts_the_time_of_a_sleep(self) -> None:
        self.assertAlmostEqual(clock.now(), time.clock_gettime(time.CLOCK_BOOTTIME), delta=1.0)


if __name__ == "__main__":
    unittest.main()
