"""Looking for words in the whole room, answer after answer."""

import unittest

from chatroom.client import asking, events, finding, timers
from chatroom.client.finding import HITS_AT_ONCE
from chatroom.protocol import messages, wire


def hits(words: str, back_to: int, *numbers: int, is_over: bool) -> list[events.MemberEvent]:
    return [events.HitsFound(words, numbers, back_to, is_over)]


class FindingCase(unittest.TestCase):
    def setUp(self) -> None:
        self.finding = finding.Finding(0.0)

    def find(self, words: str, before: int = 0) -> None:
        self.finding.find(words, before, 7.0)

    def hear(self, back_to: int, *numbers: int) -> list[events.MemberEvent]:
        return list(self.finding.hear(messages.Found(numbers, back_to), 8.0))

    def rejoin(self, *, same: bool) -> list[events.MemberEvent]:
        joined = messages.Joined("room", 9, same, 0, 1, 1, bytes(32))
        return list(self.finding.hear(joined, 9.0))


class Asking(FindingCase):
    def test_who_looks_for_nothing_asks_for_nothing(self) -> None:
        self.assertEqual(self.finding.due_at, asking.NEVER)
        self.assertEqual(self.hear(1, 5), [])

    def test_it_goes_on_by_itself_to_the_beginning(self) -> None:
        self.find("so")
        self.assertEqual(
            (self.finding.due_at, self.finding.request()), (7.0, messages.Find("so", 0))
        )
        self.assertEqual(self.hear(800, 950, 901), hits("so", 800, 950, 901, is_over=False))
        self.assertEqual(
            (self.finding.due_at, self.finding.request()), (7.0, messages.Find("so", 800))
        )
        self.assertEqual(self.hear(300), hits("so", 300, is_over=False))
        self.assertEqual(self.finding.request(), messages.Find("so", 300))
        self.assertEqual(self.hear(1, 2), hits("so", 1, 2, is_over=True))
        self.assertEqual(self.finding.due_at, asking.NEVER)

    def test_empty_log_is_over_at_once(self) -> None:
        for back_to in (0, 1):
            self.find("so")
            self.assertEqual(self.hear(back_to), hits("so", back_to, is_over=True))

    def test_it_may_begin_anywhere(self) -> None:
        self.find("so", before=500)
        self.assertEqual(self.finding.request(), messages.Find("so", 500))

    def test_many_hits_are_enough_and_more_can_be_had(self) -> None:
        self.find("so")
        for number in range(HITS_AT_ONCE // 100 - 1):
            newest = 10_000 - 100 * number
            told = self.hear(newest - 99, *range(newest, newest - 100, -1))
            self.assertFalse(told[0].is_over)  # type: ignore[union-attr]
        newest = 10_000 - HITS_AT_ONCE + 100
        told = self.hear(newest - 99, *range(newest, newest - 100, -1))
        self.assertTrue(told[0].is_over)  # type: ignore[union-attr]
        self.assertEqual(self.finding.due_at, asking.NEVER)
        self.find("so", before=newest - 99)
        told = self.hear(9000, 9001)
        self.assertFalse(told[0].is_over)  # type: ignore[union-attr]

    def test_server_that_gets_nowhere_is_not_asked_for_ever(self) -> None:
        self.find("so", before=500)
        self.assertEqual(self.hear(500), hits("so", 500, is_over=True))

    def test_words_that_cannot_be_sent_are_refused_here(self) -> None:
        self.find("so")
        for words in ("\N{SNOWMAN}" * (wire.WORDS_SIZE // 3 + 1), "\ud800"):
            with self.assertRaises(ValueError):
                self.find(words)
        self.assertEqual(self.finding.request(), messages.Find("so", 0))
        self.find("x" * wire.WORDS_SIZE)

    def test_server_is_given_time_to_look(self) -> None:
        round_trip = timers.RoundTrip()
        for trip_s, timeout_s in ((0.001, timers.FIRST_TIMEOUT_S), (1.0, 1.5)):
            for _ in range(50):
                round_trip.measured(trip_s)
            self.assertAlmostEqual(self.finding.timeout_s(round_trip), timeout_s, 1)

    def test_refused_words_are_over(self) -> None:
        self.find("so", before=500)
        told = self.finding.refused(messages.Refusal.MALFORMED, 8.0)
        self.assertEqual(list(told), hits("so", 500, is_over=True))
        self.assertEqual(self.finding.due_at, asking.NEVER)


class Ending(FindingCase):
    def test_newer_wish_replaces_the_older(self) -> None:
        self.find("so")
        self.hear(500, 501)
        self.find("what", before=0)
        self.assertEqual(self.finding.request(), messages.Find("what", 0))
        self.assertEqual(self.hear(1, 5), hits("what", 1, 5, is_over=True))

    def test_it_can_be_stopped(self) -> None:
        self.find("so")
        self.finding.stop()
        self.assertEqual(self.finding.due_at, asking.NEVER)
        self.assertEqual(self.rejoin(same=False), [])

    def test_broken_line_is_gone_on_after(self) -> None:
        self.find("so")
        self.hear(500, 501)
        self.assertEqual(self.rejoin(same=True), [])
        self.assertEqual(self.finding.request(), messages.Find("so", 500))

    def test_another_log_ends_it(self) -> None:
        self.find("so")
        self.hear(500, 501)
        self.assertEqual(self.rejoin(same=False), hits("so", 500, is_over=True))
        self.assertEqual(self.finding.due_at, asking.NEVER)


if __name__ == "__main__":
    unittest.main()
