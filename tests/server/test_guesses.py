"""Wrong guesses: ten at once, then one in ten seconds, for each address; and of all."""

import unittest
from unittest import mock

from chatroom.server import guesses


class Counting(unittest.TestCase):
    def setUp(self) -> None:
        self.now = 1000.0
        self.guesses = guesses.Guesses(self.now)
        self.told = 0

    def guess(self, host: str = "10.0.0.1", times: int = 1) -> int:
        """Guess wrong so many times, as far as allowed; return how many times it was."""
        for number in range(times):
            if not self.may_guess(host):
                return number
            self.told += self.guesses.count_wrong((host, 5000 + number), self.now)
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

    def test_guesser_does_not_shut_out_others_on_its_ipv6_link(self) -> None:
        for host in ("2001:db8::1", "fe80::1%eth0"):
            self.assertEqual(self.guess(host, 20), guesses.GUESSES_AT_ONCE)
            self.assertFalse(self.may_guess(host))
        self.assertTrue(self.may_guess("2001:db8::ffff:1"))
        self.assertTrue(self.may_guess("fe80::2%eth0"))

    def test_many_addresses_of_one_ipv6_link_are_no_way_around(self) -> None:
        made = sum(self.guess(f"2001:db8::{number:x}", 10) for number in range(1, 200))
        self.assertEqual(made, guesses.LINK_GUESSES_AT_ONCE)
        self.assertFalse(self.may_guess("2001:db8::ffff"))
        self.assertTrue(self.may_guess("2001:db8:0:1::1"))
        self.now += 1 / guesses.LINK_GUESSES_PER_S
        self.assertTrue(self.may_guess("2001:db8::ffff"))

    def test_many_addresses_are_no_way_around(self) -> None:
        hosts = [f"10.0.1.{number}" for number in range(200)]
        made = sum(self.guess(host, 10) for host in hosts)
        self.assertEqual(self.told, 1)
        self.assertLess(made, guesses.ALL_GUESSES_AT_ONCE + len(hosts))
        self.now += 60.0
        later = sum(self.guess(host, 10) for host in hosts)
        self.assertLessEqual(later, 60 * guesses.ALL_GUESSES_PER_S)
        self.assertTrue(self.may_guess("10.0.9.9"), "who was never wrong does not wait")

    def test_that_all_are_used_up_is_told_once_until_all_are_there_again(self) -> None:
        hosts = [f"10.0.1.{number}" for number in range(200)]
        for _ in range(130):
            sum(self.guess(host) for host in hosts)
            self.now += 1.0
        self.assertEqual(self.told, 1)
        self.now += guesses.ALL_GUESSES_AT_ONCE / guesses.ALL_GUESSES_PER_S
        sum(self.guess(host) for host in hosts)
        self.assertEqual(self.told, 2)

    def test_who_mistyped_long_ago_does_not_wait_for_others(self) -> None:
        self.guess("10.0.0.1")
        hosts = [f"10.0.1.{number}" for number in range(150)]
        self.now += guesses.FORGIVEN_AFTER_S - 1
        sum(self.guess(host) for host in hosts)
        self.assertFalse(self.may_guess("10.0.0.1"))
        self.now += 1
        sum(self.guess(host) for host in hosts)
        self.assertTrue(self.may_guess("10.0.0.1"))
        self.assertFalse(self.may_guess(hosts[0]))

    def test_guess_that_turns_out_right_is_given_back(self) -> None:
        self.guess(times=guesses.GUESSES_AT_ONCE)
        self.assertFalse(self.may_guess())
        self.guesses.give_back(("10.0.0.1", 7), self.now)
        self.assertEqual(self.guess(times=5), 1)
        for _ in range(guesses.GUESSES_AT_ONCE):
            self.guesses.give_back(("10.0.0.1", 7), self.now)
        self.assertEqual(len(self.guesses), 0)

    def test_who_was_right_comes_back_beside_any_number_of_guesses(self) -> None:
        mine, other = "2001:db8::1", "2001:db8::2"
        self.guesses.was_right((mine, 7), self.now)
        for number in range(3, 200):
            self.guess(f"2001:db8::{number:x}", 10)
            self.guess(f"10.0.1.{number}", 10)
        self.assertFalse(self.may_guess(other))
        self.assertTrue(self.may_guess(mine))
        self.assertEqual(self.guess(mine, 20), guesses.GUESSES_AT_ONCE, "its own count as ever")

    def test_who_was_right_a_day_ago_is_a_stranger(self) -> None:
        self.guesses.was_right(("2001:db8::1", 7), self.now)
        self.now += guesses.RIGHT_FOR_S
        for number in range(3, 200):
            self.guess(f"2001:db8::{number:x}", 10)
        self.assertFalse(self.may_guess("2001:db8::1"))

    def test_mapped_address_is_the_ipv4_one(self) -> None:
        self.guess("::ffff:10.0.0.1", 20)
        self.assertFalse(self.may_guess())


class Memory(unittest.TestCase):
    def setUp(self) -> None:
        self.guesses = guesses.Guesses(0.0)
        most = mock.patch.object(guesses, "REMEMBERED_MOST", 5)
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
