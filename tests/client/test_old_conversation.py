"""What a conversation shows, what is ours in it and what waits: without any window."""

import unittest

from chatroom.client import events
from chatroom.client.old_conversation import (
    Appended,
    Change,
    Conversation,
    Emptied,
    Prepended,
    WaitingChanged,
)
from chatroom.protocol.entries import Entry, make_id
from tests.tools.link import older_entries

OURS, THEIRS = "u0123", "u4567"
LOG = tuple(older_entries(9))
ENTERED = events.Entered("default", "Ana", OURS, back=False, head=0)


def said(seq: int, counter: int, *, device: str = OURS, name: str = "Ana") -> Entry:
    return Entry(seq, "2026-01-01T00:00:00Z", name, f"text {seq}", make_id(device, counter))


class ConversationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.conversation = Conversation()

    def tell(self, *told: object) -> list[Change]:
        """Hand in some events; return the changes of the last one."""
        return [self.conversation.handle(event) for event in told][-1]


class TheLog(ConversationTest):
    def test_nothing_is_shown_at_first(self) -> None:
        self.assertEqual(list(self.conversation.entries), [])
        self.assertIsNone(self.conversation.first)
        self.assertFalse(self.conversation.has_earlier)

    def test_new_and_earlier_entries_join_on(self) -> None:
        changes = self.tell(ENTERED, events.NewEntries(LOG[4:6]))
        self.assertEqual(changes, [Appended(LOG[4:6])])
        self.assertEqual(self.conversation.first, 5)
        self.assertEqual(self.tell(events.NewEntries(LOG[6:])), [Appended(LOG[6:])])
        self.assertEqual(self.tell(events.PageRead(LOG[1:4])), [Prepended(LOG[1:4])])
        self.assertTrue(self.conversation.has_earlier)
        self.tell(events.PageRead(LOG[:1]))
        self.assertFalse(self.conversation.has_earlier)
        self.assertEqual(tuple(self.conversation.entries), LOG)

    def test_a_page_asked_for_twice_is_shown_once(self) -> None:
        self.conversation.append(LOG[4:])
        self.assertEqual(self.conversation.prepend(LOG[2:4]), [Prepended(LOG[2:4])])
        self.assertEqual(self.conversation.prepend(LOG[2:4]), [])
        self.assertEqual(tuple(self.conversation.entries), LOG[2:])

    def test_earlier_entries_need_something_that_they_are_earlier_than(self) -> None:
        self.assertEqual(self.conversation.prepend(LOG[:3]), [])
        self.assertEqual(self.conversation.prepend([]), [])

    def test_no_entries_are_no_change(self) -> None:
        self.assertEqual(self.conversation.append([]), [])

    def test_another_log_starts_anew_and_what_waits_still_waits(self) -> None:
        changes = self.tell(
            ENTERED, events.NewEntries(LOG), events.TextQueued(1, "hello"), events.LogReplaced()
        )
        self.assertEqual(changes, [Emptied()])
        self.assertEqual(list(self.conversation.entries), [])
        self.assertIsNone(self.conversation.first)
        self.assertEqual(self.conversation.waiting, ("hello",))

    def test_other_events_change_nothing(self) -> None:
        self.assertEqual(self.tell(events.ServerLost(stopped=True), object()), [])


class Ours(ConversationTest):
    def test_what_this_device_said_is_ours_under_any_name(self) -> None:
        self.tell(ENTERED)
        self.assertTrue(self.conversation.is_ours(said(1, 1, name="Anna")))
        self.assertFalse(self.conversation.is_ours(said(1, 1, device=THEIRS, name="Budi")))

    def test_what_was_said_under_our_name_is_ours_however_it_is_written(self) -> None:
        self.tell(ENTERED)
        for name in ("Ana", "ANA", "\uff21\uff4e\uff41"):
            self.assertTrue(self.conversation.is_ours(said(1, 1, device=THEIRS, name=name)), name)

    def test_the_name_is_the_one_we_came_in_with(self) -> None:
        self.tell(ENTERED, events.Entered("default", "Budi", OURS, back=True, head=0))
        self.assertTrue(self.conversation.is_ours(said(1, 1, device=THEIRS, name="budi")))
        self.assertFalse(self.conversation.is_ours(said(1, 1, device=THEIRS, name="Ana")))

    def test_nothing_is_ours_to_who_reads_along(self) -> None:
        for name in ("Ana", "", "\u200d"):
            self.assertFalse(self.conversation.is_ours(said(1, 1, name=name)))
            self.assertFalse(self.conversation.is_ours(Entry(1, "", name, "text", "")))


class Waiting(ConversationTest):
    def setUp(self) -> None:
        super().setUp()
        self.tell(ENTERED, events.NewEntries(LOG), events.CaughtUp(1))

    def test_it_waits_until_the_log_that_is_shown_has_it(self) -> None:
        self.assertEqual(self.tell(events.TextQueued(1, "a")), [WaitingChanged(("a",))])
        self.assertEqual(self.tell(events.TextQueued(2, "b")), [WaitingChanged(("a", "b"))])
        self.assertEqual(self.tell(events.TextsStored(2)), [])
        self.assertEqual(
            self.tell(events.NewEntries((said(10, 1),))),
            [WaitingChanged(("b",)), Appended((said(10, 1),))],
        )
        self.tell(events.NewEntries((said(11, 2),)))
        self.assertEqual(self.conversation.waiting, ())

    def test_what_others_say_leaves_ours_waiting(self) -> None:
        theirs = said(10, 1, device=THEIRS, name="Budi")
        changes = self.tell(events.TextQueued(1, "a"), events.NewEntries((theirs, LOG[0])))
        self.assertEqual(changes, [Appended((theirs, LOG[0]))])
        self.assertEqual(self.conversation.waiting, ("a",))

    def test_what_was_stored_before_what_is_shown_waits_no_more(self) -> None:
        """A new log began behind it: its entry lies before the first that is fetched."""
        self.tell(events.TextQueued(1, "a"), events.TextQueued(2, "b"), events.LogReplaced())
        self.tell(events.TextsStored(1), events.NewEntries(LOG[4:]))
        self.assertEqual(self.conversation.waiting, ("a", "b"))
        self.assertEqual(self.tell(events.CaughtUp(5)), [WaitingChanged(("b",))])

    def test_a_refused_text_waits_no_more(self) -> None:
        self.tell(events.TextQueued(1, "a"), events.TextQueued(2, "b"))
        self.assertEqual(self.tell(events.TextRefused(1, "a")), [WaitingChanged(("b",))])

    def test_renumbered_texts_wait_on_whatever_was_stored_under_old_numbers(self) -> None:
        self.tell(events.TextQueued(8, "a"), events.TextQueued(9, "b"), events.TextsStored(8))
        changes = self.tell(events.TextsRenumbered(((4, "b"),)))
        self.assertEqual(changes, [WaitingChanged(("b",))])
        self.assertEqual(self.tell(events.CaughtUp(1)), [])
        self.tell(events.NewEntries((said(10, 4),)))
        self.assertEqual(self.conversation.waiting, ())


if __name__ == "__main__":
    unittest.main()
