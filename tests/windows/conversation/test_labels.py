"""What is said of a row."""

import unittest

from chatroom.client import events
from chatroom.client.conversation import Conversation
from chatroom.network import clock
from chatroom.windows.conversation import labels
from chatroom.words import moments
from tests.windows.conversation.tools import OURS, entry


class Labels(unittest.TestCase):
    def setUp(self) -> None:
        self.shown = Conversation(moments.read_time, clock.utc_now)
        self.shown.handle(events.Entered("default", "Ana", OURS, back=False, head=9))
        self.shown.handle(events.NewEntries((entry(9, name="Bu\u202edi"),)))

    def test_a_row_is_read_from_top_to_bottom(self) -> None:
        self.shown.note(events.ServerFound())
        lines = labels.as_lines(self.shown.row(9))
        self.assertRegex(lines[-4], r"^Bu\ufffddi  \d\d:\d\d$")
        self.assertEqual([lines[-3], lines[-1]], ["text 9.", "The server is back."])
        self.assertRegex(lines[-2], r"^\w+, \d+ \w+ 20\d\d$")  # which was today

    def test_what_waits_says_so(self) -> None:
        self.shown.handle(events.TextQueued(1, "mine"))
        head, text = labels.as_lines(self.shown.row(10))[-2:]
        self.assertRegex(head, r"^Ana  \d\d:\d\d  waiting$")
        self.assertEqual(text, "mine")

    def test_what_is_not_at_hand_says_nothing(self) -> None:
        self.assertEqual(labels.as_lines(self.shown.row(4)), [])
        self.assertEqual(labels.where(self.shown.row(4)), "Message 4")

    def test_a_time_that_cannot_be_read_is_shown_as_it_is(self) -> None:
        self.assertEqual(labels.clock("no\x1bon"), "no\u241bon")
        self.assertRegex(labels.where(self.shown.row(9)), r"^\w+, \d+ January 2026$")


if __name__ == "__main__":
    unittest.main()
