"""What addresses and links may do, whoever speaks from there."""

import unittest
from unittest import mock

from chatroom.server import allowances
from chatroom.server.allowances import Allowance, Allowances, Both, Joint
from chatroom.server.limits import Rate, TokenBucket

NOTHING = (0.0, 1e-9)


class Joints(unittest.TestCase):
    def joint(self, *, own: Rate = (2, 10), sure: Rate = NOTHING) -> Joint:
        """Return what has three tokens, and one a second, beside its own."""
        joint = Joint(own, sure, 0.0)
        joint.shared = self.shared = TokenBucket(3, 1, 0.0)
        return joint

    def test_each_has_to_have_one(self) -> None:
        joint = self.joint()
        self.assertEqual([joint.take(0.0) for _ in range(3)], [True, True, False])
        self.assertEqual([joint.take(1.0) for _ in range(3)], [True, True, False])

    def test_what_is_refused_costs_nothing(self) -> None:
        joint = self.joint()
        joint.take(0.0, 2)
        left = self.shared.wait_s(0.0)
        self.assertFalse(joint.take(0.0))
        self.assertEqual(self.shared.wait_s(0.0), left)
        joint, used_up = self.joint(), self.shared
        used_up.take(0.0, 3)
        self.assertFalse(joint.take(0.0))
        self.assertTrue(joint.is_full(0.0))

    def test_the_longest_wait_counts(self) -> None:
        joint = self.joint()
        joint.take(0.0, 2)
        self.assertAlmostEqual(joint.wait_s(0.0), 0.1)
        self.shared.take(0.0, 1)
        self.assertAlmostEqual(joint.wait_s(0.0), 1.0)

    def test_where_nothing_is_shared_its_own_is_the_only_limit(self) -> None:
        joint = Joint((2, 10), NOTHING, 0.0)
        self.assertEqual(sum(joint.take(second) for second in range(1000)), 1000)
        self.assertEqual(sum(joint.take(1000.0) for _ in range(1000)), 2)

    def test_a_little_is_sure_whatever_others_have_used_up(self) -> None:
        joint = self.joint(own=(100, 100), sure=(2, 0.5))
        self.shared.take(0.0, 10**9)
        self.assertEqual(sum(joint.take(tenth / 10) for tenth in range(401)), 20)

    def test_what_is_sure_has_no_part_in_what_is_there(self) -> None:
        joint = self.joint(own=(100, 100), sure=(2, 0.5))
        self.shared.take(4.0, 1)
        self.assertTrue(joint.take(4.0, 2))
        self.assertTrue(joint.take(4.0, 2), "what is sure is there")
        self.assertFalse(joint.take(4.0))
        self.assertAlmostEqual(joint.wait_s(4.0), 1.0)

    def test_the_sooner_of_both_is_waited_for(self) -> None:
        for shared_per_s, wait_s in ((1e-9, 2.0), (10, 0.1)):
            joint = Joint((100, 100), (2, 0.5), 0.0)
            joint.shared = TokenBucket(3, shared_per_s, 0.0, 0)
            self.assertAlmostEqual(joint.wait_s(0.0), wait_s)


class Pairs(unittest.TestCase):
    def setUp(self) -> None:
        self.one, self.other = TokenBucket(3, 10, 0.0), TokenBucket(2, 1, 0.0)
        self.both = Both(self.one, self.other)

    def test_there_is_what_each_of_them_has(self) -> None:
        self.assertEqual([self.both.take(0.0) for _ in range(3)], [True, True, False])
        self.assertAlmostEqual(self.both.wait_s(0.0), 1.0)
        self.assertTrue(self.both.take(1.0))

    def test_what_is_refused_is_taken_from_neither(self) -> None:
        self.one.take(0.0, 3)
        self.assertFalse(self.both.take(0.0))
        self.assertTrue(self.other.is_full(0.0))
        self.other.take(1.0, 2)
        self.assertFalse(self.both.take(1.0))
        self.assertTrue(self.one.is_full(1.0))


class Addresses(unittest.TestCase):
    def setUp(self) -> None:
        self.all = Allowances()

    def of(self, host: str, now: float = 0.0) -> Allowance:
        return self.all.of(host, host, now)

    def test_an_address_has_one_however_often_it_comes(self) -> None:
        self.of("10.0.0.1").texts.take(0.0, 500)
        self.assertGreater(self.of("10.0.0.1").texts.wait_s(1.0), 0)
        self.assertEqual(self.of("10.0.0.2").texts.wait_s(1.0), 0)

    def test_addresses_of_a_link_have_one_each_and_one_together(self) -> None:
        ana, bob, cem = (self.all.of(host, "fe80::/64", 0.0) for host in ("1", "2", "3"))
        most, together = allowances.CHANGES_AT_ONCE, allowances.LINK_CHANGES_AT_ONCE
        taken = [sum(one.changes.take(0.0) for _ in range(2000)) for one in (ana, bob)]
        self.assertEqual(taken, [most, most])
        self.assertTrue(cem.changes.take(0.0, together - 2 * most))
        self.assertFalse(self.all.of("4", "fe80::/64", 0.0).changes.take(0.0))
        self.assertTrue(self.all.of("4", "fe81::/64", 0.0).changes.take(0.0))

    def test_where_more_sessions_are_let_in_each_has_more(self) -> None:
        own = Allowances(times=2.0).of("10.0.0.1", "10.0.0.1", 0.0)
        taken = sum(own.changes.take(0.0) for _ in range(1000))
        self.assertEqual(taken, 2 * allowances.CHANGES_AT_ONCE)

    def test_full_ones_are_forgotten_first(self) -> None:
        with mock.patch.object(allowances, "REMEMBERED_MOST", 10):
            used = self.of("10.0.0.0")
            used.changes.take(0.0, allowances.CHANGES_AT_ONCE)
            for number in range(1, 50):
                self.of(f"10.0.0.{number}")
            self.assertIs(self.of("10.0.0.0").changes, used.changes)

    def test_no_more_are_remembered_than_that(self) -> None:
        with mock.patch.object(allowances, "REMEMBERED_MOST", 10):
            first = self.of("10.0.0.0")
            first.changes.take(0.0, 50)
            for number in range(1, 50):
                self.of(f"10.0.0.{number}").changes.take(0.0, 50)
            self.assertIsNot(self.of("10.0.0.0").changes, first.changes)


if __name__ == "__main__":
    unittest.main()
