"""Repetitions of the newest entries: at growing gaps, fewer to whom nothing was lost."""

import math
import random
import unittest
from collections import Counter

from chatroom.protocol import wire
from chatroom.protocol.entries import Entry, encode_entries
from chatroom.server.caster import Caster
from chatroom.server.repeats import REPEAT_GAPS_S, REPEAT_SPAN_S, TO_ALL, Repeats
from chatroom.server.session import Session
from chatroom.server.steadiness import STEADY_AFTER
from tests.server.callers import new_session
from tests.server.test_caster import audience_of, entries


class Repeating(unittest.TestCase):
    def setUp(self) -> None:
        self.audience = audience_of(3)
        self.repeats = Repeats()

    def repeat(self, now: float) -> list[int]:
        """Return the sequence numbers that are repeated at `now`."""
        body, self.told = self.repeats.take(self.audience, now)
        first = int.from_bytes(body[:8], "big")
        count = body.count(b"u0-")
        return list(range(first, first + count))

    def test_entry_is_repeated_at_the_given_gaps_and_then_no_more(self) -> None:
        self.assertEqual(self.repeats.due_at, math.inf)
        now = 100.0
        self.repeats.plan(entries(1, 1), self.audience, now)
        for gap_s in REPEAT_GAPS_S:
            self.assertEqual(self.repeats.due_at, now + gap_s)
            now += gap_s
            self.assertEqual(self.repeat(now), [1])
        self.assertEqual(self.repeats.due_at, math.inf)

    def show_steady(self, *sessions: Session) -> None:
        for session in sessions:
            for minute in range(STEADY_AFTER):
                session.steadiness.came(60.0 * minute)

    def test_who_loses_nothing_is_told_again_half_as_often(self) -> None:
        _, steady, _ = self.audience
        self.show_steady(steady)
        told = Counter[Session]()
        now = 1000.0
        self.repeats.plan(entries(1, 1), self.audience, now)
        while (now := self.repeats.due_at) < math.inf:
            self.assertEqual(self.repeat(now), [1])
            told.update(self.told)
        self.assertEqual([told[one] for one in self.audience], [6, len(TO_ALL), 6])

    def test_where_nobody_loses_anything_nothing_is_done_in_between(self) -> None:
        self.show_steady(*self.audience)
        self.repeats.plan(entries(1, 1), self.audience, 1000.0)
        for at_s in (0.15, 0.75, 3.15):
            self.assertAlmostEqual(self.repeats.due_at, 1000.0 + at_s)
            self.assertEqual(self.repeat(self.repeats.due_at), [1])
            self.assertEqual(list(self.told), list(self.audience))
        self.assertEqual(self.repeats.due_at, math.inf)

    def test_somebody_who_loses_something_is_seen_within_a_second(self) -> None:
        self.show_steady(*self.audience)
        self.repeats.plan(entries(1, 1), self.audience, 1000.0)
        self.audience.add(new_session(9))
        for now, gap_s in ((1000.5, 0.15), (1001.0, 0.05)):
            self.repeats.plan(entries(2, 2), self.audience, now)
            self.assertAlmostEqual(self.repeats.due_at, now + gap_s)

    def test_new_entries_begin_the_gaps_anew_and_take_the_old_along(self) -> None:
        self.repeats.plan(entries(1, 2), self.audience, 100.0)
        self.assertEqual(self.repeat(100.05), [1, 2])
        self.repeats.plan(entries(3, 3), self.audience, 100.1)
        self.assertEqual(self.repeats.due_at, 100.1 + REPEAT_GAPS_S[0])
        self.assertEqual(self.repeat(100.15), [1, 2, 3])

    def test_entry_older_than_the_span_is_not_repeated(self) -> None:
        self.repeats.plan(entries(1, 1), self.audience, 100.0)
        self.repeats.plan(entries(2, 2), self.audience, 100.0 + REPEAT_SPAN_S)
        self.assertEqual(self.repeat(100.1 + REPEAT_SPAN_S), [2])

    def test_repeat_holds_as_many_of_the_newest_as_one_datagram_does(self) -> None:
        self.repeats.plan(entries(1, 9, size=300), self.audience, 100.0)
        self.assertEqual(self.repeat(100.05), [7, 8, 9])
        self.repeats.plan(entries(10, 10, size=900), self.audience, 100.06)
        self.assertEqual(self.repeat(100.1), [10])

    def test_largest_entry_fits_a_datagram(self) -> None:
        entry = Entry(1, "t" * 40, "n" * 128, "x" * 900, "i" * 40)
        self.repeats.plan([entry], self.audience, 0.0)
        body, _ = self.repeats.take(self.audience, 0.1)
        caster = Caster(random.Random(1).randbytes, 0.0)
        payload = encode_entries(body, head=1, version=1)
        [(data, _)] = caster.cast([payload], audience_of(1))
        self.assertLessEqual(len(data), wire.DATAGRAM_SIZE)

    def test_stopped_nothing_is_repeated(self) -> None:
        self.repeats.plan(entries(1, 1), self.audience, 100.0)
        self.repeats.stop()
        self.assertEqual(self.repeats.due_at, math.inf)

    def test_what_is_kept_for_repeats_stays_small(self) -> None:
        for n in range(1, 2000):
            self.repeats.plan(entries(n, n, size=1), self.audience, 100.0)
        repeated = self.repeat(100.05)
        self.assertEqual(repeated[-1], 1999)
        self.assertLess(len(repeated), 65)


if __name__ == "__main__":
    unittest.main()
