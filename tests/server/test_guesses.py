"""Wrong guesses: ten at once, then one in ten seconds, for each prefix."""

import unittest
from unittest import mock

from chatroom.server import guesses


class Counting(unittest.TestCase):
    def setUp(self) -> None:
        self.guesses = guesses.Guesses()
        self.now = 1000.0

    def guess(self, host: str = "10.0.0.1", times: int = 1) -> int:
        """Guess wrong so many times, as far as allowed; return how many times it was."""
        for number in range(times):
            if not self.may_guess(host):
                return number
            self.guesses.count_wrong((host, 5000 + number), self.now)
        return times

    def may_guess(self, host: str = "10.0.0.1") -> bool:
        return self.guesses.may_guess((host, 7), self.now)

    def test_ten_at_once_from_all_ports_of_an_address(self) -> None:
        self.assertEqual(self.guess(times=20), guesses.GUESSES_AT_ONCE)

    def test_one_more_every_ten_seconds(self) -> None:
        self.guess(times=20)
        for _ in range(3):
            self.now += 9.9
            self.assertFalse(self.may_guess())
            self.now += 0.1
            self.assertEqual(self.guess(times=2), 1)

    def test_asking_costs_nothing(self) -> None:
        self.assertTrue(all(self.may_guess() for _ in range(100)))
        self.assertEqual(len(self.guesses), 0)

    def test_guesses_of_one_prefix_do_not_slow_another(self) -> None:
        self.guess(times=20)
        self.assertTrue(self.may_guess("10.0.0.2"))

    def test_hosts_of_one_ipv6_network_share_their_guesses(self) -> None:
        self.guess("2001:db8::1", 20)
        self.assertFalse(self.may_guess("2001:db8::ffff:1"))
        self.assertTrue(self.may_guess("2001:db8:0:1::1"))

    def test_mapped_address_is_the_ipv4_one(self) -> None:
        self.guess("::ffff:10.0.0.1", 20)
        self.assertFalse(self.may_guess())


class Memory(unittest.TestCase):
    def setUp(self) -> None:
        self.guesses = guesses.Guesses()
        most = mock.patch.object(guesses, "PREFIXES_MOST", 5)
        most.start()
        self.addCleanup(most.stop)

    def use_up(self, host: str, now: float) -> None:
        for _ in range(guesses.GUESSES_AT_ONCE):
            self.guesses.count_wrong((host, 1), now)

    def test_whoever_has_all_its_guesses_again_is_forgotten_first(self) -> None:
        for number in range(5):
            self.guesses.count_wrong((f"10.0.0.{number}", 1), 0.0)
        self.use_up("10.0.0.0", 10.0)
        self.guesses.count_wrong(("10.0.0.9", 1), 20.0)
        self.assertEqual(len(self.guesses), 2)
        self.assertFalse(self.guesses.may_guess(("10.0.0.0", 1), 19.0))

    def test_else_the_one_that_guessed_longest_ago_is(self) -> None:
        for number in range(5):
            self.use_up(f"10.0.0.{number}", 0.0)
        self.guesses.count_wrong(("10.0.0.0", 1), 1.0)
        for number in (7, 8, 9):
            self.use_up(f"10.0.0.{number}", 2.0)
            self.assertEqual(len(self.guesses), 5)
        hosts = [f"10.0.0.{number}" for number in range(10)]
        slowed = [host for host in hosts if not self.guesses.may_guess((host, 1), 2.0)]
        self.assertEqual(slowed, [hosts[0], hosts[4], *hosts[7:]])


if __name__ == "__main__":
    unittest.main()
