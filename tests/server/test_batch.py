"""Batches: which texts are taken, stored once by one append, and acknowledged."""

import unittest

from chatroom.archive.troubles import Trouble
from chatroom.protocol.entries import Entry
from chatroom.protocol.messages import Refusal, Refused, Say, Stored
from chatroom.server import batch, session
from chatroom.server.log import LogBroken, LogRefused
from tests.server.callers import new_session
from tests.tools.link import MemoryLog

NOW = 100.0
BAD = "x" * 901


class BatchCase(unittest.TestCase):
    def setUp(self) -> None:
        self.log = MemoryLog()
        self.batch = batch.Batch(self.log, lambda: "2026-11-22T12:00:00Z")
        self.ana, self.bob = self.person(1, "Ana"), self.person(2, "Bob")

    def person(self, number: int, name: str) -> session.Session:
        """Return a session of somebody who has been in for long."""
        one = new_session(number)
        one.name, one.device = name, f"u{number:016x}"
        return one

    def say(
        self, one: session.Session, counter: int, *texts: str, now: float = NOW
    ) -> Refusal | None:
        return self.batch.say(one, 7, Say(counter, texts), now)

    def texts(self) -> list[str]:
        return [entry.text for entry in self.log.entries]


class Saying(BatchCase):
    def commit(self, now: float = NOW) -> list[object]:
        """Store what was said; return the answers."""
        return [answer for _, _, answer in self.batch.commit(now).answers]

    def test_only_the_new_part_of_an_overlapping_say_is_stored(self) -> None:
        self.say(self.ana, 1, "one", "two")
        self.commit()
        self.say(self.ana, 2, "two", "three")
        self.commit()
        self.assertEqual(self.texts(), ["one", "two", "three"])

    def test_overlapping_says_of_one_batch_are_stored_once(self) -> None:
        self.say(self.ana, 1, "one", "two")
        self.say(self.ana, 2, "two", "three")
        self.say(self.ana, 1, "one")
        self.assertEqual(self.commit(), [Stored(3, 3, 0)] * 2)
        self.assertEqual(self.texts(), ["one", "two", "three"])

    def test_say_without_texts_is_answered_and_stores_nothing(self) -> None:
        self.say(self.ana, 1)
        self.assertEqual(self.commit(), [Stored(0, 0, 0)])
        self.assertEqual(self.log.appends, 0)

    def test_text_that_no_entry_holds_is_refused(self) -> None:
        for text in ("", BAD, "\ud800"):
            self.assertIs(self.say(self.ana, 1, text, "after"), Refusal.TEXT_BAD)
        self.assertEqual(len(self.batch), 0)

    def test_good_texts_before_a_bad_one_are_stored(self) -> None:
        self.assertIsNone(self.say(self.ana, 1, "good", BAD, "after"))
        self.assertEqual(self.commit(), [Stored(1, 1, 1)])
        self.assertEqual(self.texts(), ["good"])

    def test_bad_text_among_those_already_stored_is_passed_over(self) -> None:
        self.say(self.ana, 1, "one")
        self.assertIsNone(self.say(self.ana, 1, BAD, "two"))
        self.commit()
        self.assertEqual(self.texts(), ["one", "two"])

    def test_counter_that_skips_ahead_is_refused(self) -> None:
        self.assertIs(self.say(self.ana, 2, "two"), Refusal.COUNTER_SKIPS)
        self.assertIsNone(self.say(self.ana, 1, "one"))
        self.assertIs(self.say(self.ana, 3, "three"), Refusal.COUNTER_SKIPS)
        self.assertIsNone(self.say(self.ana, 2, "two"))
        self.commit()
        self.assertIs(self.say(self.ana, 4, "four"), Refusal.COUNTER_SKIPS)
        self.assertEqual(self.texts(), ["one", "two"])

    def test_counter_that_no_answer_could_carry_is_malformed(self) -> None:
        last = batch.COUNTER_MOST - 1
        self.assertIs(self.say(self.ana, last, "a", "b"), Refusal.MALFORMED)
        self.assertIs(self.say(self.ana, last, "a"), Refusal.COUNTER_SKIPS)

    def test_each_device_has_counters_of_its_own(self) -> None:
        self.assertIsNone(self.say(self.ana, 1, "one"))
        self.assertIsNone(self.say(self.bob, 1, "two"))
        self.commit()
        ids = [entry.id for entry in self.log.entries]
        self.assertEqual(ids, [f"{self.ana.device}-1", f"{self.bob.device}-1"])

    def test_what_the_rate_does_not_allow_waits_with_its_sender(self) -> None:
        texts = [f"text {n}" for n in range(1, 31)]
        self.assertIsNone(self.say(self.ana, 1, *texts))
        [stored] = self.commit()
        self.assertEqual(stored, Stored(session.TEXTS_AT_ONCE, 20, 101))
        self.assertIsNone(self.say(self.ana, 21, *texts[20:], now=NOW + 0.101))
        [stored] = self.commit(NOW + 0.101)
        assert isinstance(stored, Stored)
        self.assertEqual((stored.counter, self.texts()), (21, texts[:21]))


class Committing(BatchCase):
    def test_everything_is_stored_by_one_append_in_the_order_of_its_coming(self) -> None:
        self.log.entries.append(Entry(1, "", "Eva", "old", "older-1"))
        self.say(self.ana, 1, "one")
        self.say(self.bob, 1, "two")
        self.say(self.ana, 2, "three")
        self.assertEqual(len(self.batch), 3)
        committed = self.batch.commit(NOW)
        expected = [
            Entry(2, "2026-11-22T12:00:00Z", "Ana", "one", f"{self.ana.device}-1"),
            Entry(3, "2026-11-22T12:00:00Z", "Bob", "two", f"{self.bob.device}-1"),
            Entry(4, "2026-11-22T12:00:00Z", "Ana", "three", f"{self.ana.device}-2"),
        ]
        self.assertEqual((list(committed.entries), self.log.appends), (expected, 1))
        self.assertEqual(self.log.entries[1:], expected)
        self.assertEqual(list(committed.answers), [])  # what is cast answers all of them
        self.assertEqual(len(self.batch), 0)

    def test_answered_is_whom_the_entries_do_not_tell_all(self) -> None:
        self.say(self.ana, 1, "one", "two")
        self.say(self.ana, 2, "two", "three")
        self.say(self.bob, 1, "good", BAD)
        answers = [(one, reply) for one, _, reply in self.batch.commit(NOW).answers]
        self.assertEqual(answers, [(self.ana, Stored(3, 4, 0)), (self.bob, Stored(1, 4, 1))])

    def test_who_says_again_what_is_stored_is_answered(self) -> None:
        self.say(self.ana, 1, "one")
        self.batch.commit(NOW)
        self.say(self.ana, 1, "one")
        [(_, _, reply)] = self.batch.commit(NOW).answers
        self.assertEqual(reply, Stored(1, 1, 0))

    def test_next_batch_begins_anew(self) -> None:
        self.say(self.ana, 1, "one")
        self.batch.commit(NOW)
        again = self.batch.commit(NOW)
        self.assertEqual((again.entries, list(again.answers), self.log.appends), ((), [], 1))

    def test_stored_texts_are_counted_for_each(self) -> None:
        self.say(self.ana, 1, "one", "two")
        self.say(self.bob, 1, "three")
        self.log.failure = LogRefused(Trouble.CANNOT_WRITE)
        self.batch.commit(NOW)
        self.assertEqual((self.ana.said, self.bob.said), (0, 0))
        self.log.failure = None
        self.say(self.ana, 1, "one", "two")
        self.batch.commit(NOW)
        self.assertEqual((self.ana.said, self.bob.said), (2, 0))

    def test_drafts_that_nobody_waits_for_are_stored_and_not_answered(self) -> None:
        self.assertFalse(self.batch)
        self.batch.add([batch.Draft(self.ana, 1, "one")])
        self.assertTrue(self.batch)
        committed = self.batch.commit(NOW)
        self.assertEqual((self.texts(), list(committed.answers)), (["one"], []))
        self.assertFalse(self.batch)

    def test_nothing_that_the_log_refused_is_called_stored(self) -> None:
        full = self.log.failure = LogRefused(Trouble.CANNOT_WRITE)
        self.say(self.ana, 1, "one")
        self.say(self.bob, 1, "two")
        committed = self.batch.commit(NOW)
        self.assertEqual((committed.entries, committed.refused), ((), full))
        answers = [answer for _, _, answer in committed.answers]
        self.assertEqual(answers, [Refused(Refusal.STORAGE)] * 2)
        self.log.failure = None
        self.assertIsNone(self.say(self.ana, 1, "one"))
        self.batch.commit(NOW)
        self.assertEqual(self.texts(), ["one"])

    def test_broken_log_answers_nobody(self) -> None:
        self.log.failure = LogBroken(Trouble.CANNOT_SYNC)
        self.say(self.ana, 1, "one")
        with self.assertRaises(LogBroken):
            self.batch.commit(NOW)
        self.assertEqual(len(self.batch), 0)


if __name__ == "__main__":
    unittest.main()
