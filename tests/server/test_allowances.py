"""What addresses and links may do, whoever speaks from there."""

import unittest
from unittest import mock

from chatroom.server import allowances
from chatroom.server.allowances import Allowance, Allowances, Joint
from chatroom.server.limits import TokenBucket


class Joints(unittest.TestCase):
    def setUp(self) -> None:
        self.own, self.shared = TokenBucket(2, 10, 0.0), TokenBucket(3, 1, 0.0)
        self.joint = Joint(self.own)
        self.joint.share(self.shared)

    def test_each_has_to_have_one(self) -> None:
        self.assertEqual([self.joint.take(0.0) for _ in range(3)], [True, True, False])
        self.assertEqual([self.joint.take(1.0) for _ in range(3)], [True, True, False])

    def test_what_is_refused_costs_nothing(self) -> None:
        self.own.take(0.0, 2)
        self.assertFalse(self.joint.take(0.0))
        self.assertTrue(self.shared.is_full(0.0))

    def test_the_longest_wait_counts(self) -> None:
        self.own.take(0.0, 2)
        self.assertAlmostEqual(self.joint.wait_s(0.0), 0.1)
        self.shared.take(0.0, 3)
        self.assertAlmostEqual(self.joint.wait_s(0.0), 1.0)

    def test_none_is_no_limit(self) -> None:
        self.assertTrue(Joint().take(0.0))
        self.assertEqual(Joint().wait_s(0.0), 0.0)

    def test_a_little_is_sure_whatever_others_have_used_up(self) -> None:
        joint = Joint(TokenBucket(100, 100, 0.0), TokenBucket(2, 0.5, 0.0, 0))
        joint.share(TokenBucket(3, 1e-9, 0.0, 0))
        self.assertEqual(sum(joint.take(tenth / 10) for tenth in range(401)), 20)

    def test_what_is_sure_has_no_part_in_what_is_there(self) -> None:
        sure = TokenBucket(2, 0.5, 0.0)
        joint = Joint(sure=sure)
        joint.share(self.shared)
        self.assertTrue(joint.take(0.0, 3))
        self.assertTrue(sure.is_full(0.0))
        self.assertTrue(joint.take(0.0, 2))
        self.assertFalse(sure.is_full(0.0))
        self.assertEqual(joint.wait_s(0.0), 1.0)


class Addresses(unittest.TestCase):
    def setUp(self) -> None:
        self.all = Allowances()

    def of(self, host: str, now: float = 0.0) -> Allowance:
        [own] = self.all.of(host, host, now)
        return own

    def test_an_address_has_one_however_often_it_comes(self) -> None:
        self.of("10.0.0.1").texts.take(0.0, 500)
        self.assertGreater(self.of("10.0.0.1").texts.wait_s(1.0), 0)
        self.assertEqual(self.of("10.0.0.2").texts.wait_s(1.0), 0)

    def test_addresses_of_a_link_have_one_each_and_one_together(self) -> None:
        (ana, link), (bob, same) = (
            self.all.of(host, "fe80::/64", 0.0) for host in ("fe80::1", "fe80::2")
        )
        self.assertIsNot(ana, bob)
        self.assertIs(link, same)

    def test_where_more_sessions_are_let_in_each_has_more(self) -> None:
        [own] = Allowances(times=2.0).of("10.0.0.1", "10.0.0.1", 0.0)
        taken = sum(own.changes.take(0.0) for _ in range(1000))
        self.assertEqual(taken, 2 * allowances.CHANGES_AT_ONCE)

    def test_full_ones_are_forgotten_first(self) -> None:
        with mock.patch.object(allowances, "REMEMBERED_MOST", 10):
            used = self.of("10.0.0.0")
            used.changes.take(0.0, allowances.CHANGES_AT_ONCE)
            for number in range(1, 50):
                self.of(f"10.0.0.{number}")
            self.assertIs(self.of("10.0.0.0"), used)

    def test_no_more_are_remembered_than_that(self) -> None:
        with mock.patch.object(allowances, "REMEMBERED_MOST", 10):
            first = self.of("10.0.0.0")
            first.changes.take(0.0, 50)
            for number in range(1, 50):
                self.of(f"10.0.0.{number}").changes.take(0.0, 50)
            self.assertIsNot(self.of("10.0.0.0"), first)


if __name__ == "__main__":
    unittest.main()
