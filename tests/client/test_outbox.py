"""What was said and not yet stored: order, counters, and when to say on."""

import unittest

from chatroom.client.outbox import STORAGE_PAUSE_S, Outbox
from chatroom.protocol.messages import Say


class Queue(unittest.TestCase):
    def setUp(self) -> None:
        self.outbox = Outbox(now=10.0)

    def test_texts_are_counted_from_1_and_said_together(self) -> None:
        self.assertEqual(self.outbox.add("a"), [(1, "a")])
        self.outbox.add("b")
        self.assertEqual(self.outbox.request(), Say(1, ("a", "b")))
        self.assertEqual(self.outbox.ready_at, 10.0)

    def test_parts_of_a_long_text_have_counters_of_their_own(self) -> None:
        parts = self.outbox.add("x" * 2000)
        self.assertEqual([counter for counter, _ in parts], [1, 2, 3])
        self.assertEqual("".join(part for _, part in parts), "x" * 2000)
        self.assertEqual(len(self.outbox.request().texts), 1)

    def test_stored_forgets_up_to_the_counter_and_says_when_to_go_on(self) -> None:
        for text in "abc":
            self.outbox.add(text)
        self.assertTrue(self.outbox.stored(2, ready_at=10.5))
        self.assertEqual(self.outbox.request(), Say(3, ("c",)))
        self.assertEqual(self.outbox.ready_at, 10.5)
        self.assertFalse(self.outbox.stored(2, ready_at=10.6))
        self.assertEqual(self.outbox.add("d"), [(4, "d")])

    def test_a_stall_is_news_once_until_something_is_stored(self) -> None:
        self.outbox.add("a")
        self.assertTrue(self.outbox.stall(20.0))
        self.assertEqual(self.outbox.ready_at, 20.0 + STORAGE_PAUSE_S)
        self.assertFalse(self.outbox.stall(22.0))
        self.outbox.stored(0, 24.0)
        self.assertTrue(self.outbox.stall(25.0))
        self.assertEqual(len(self.outbox), 1)

    def test_a_text_that_is_never_taken_is_given_up_alone(self) -> None:
        self.outbox.add("bad")
        self.outbox.add("good")
        self.assertEqual(self.outbox.give_up_first(), (1, "bad"))
        self.assertEqual(self.outbox.request(), Say(2, ("good",)))


if __name__ == "__main__":
    unittest.main()
