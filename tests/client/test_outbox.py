"""What was said and not yet stored: order, counters, and when to say on."""

import unittest

from chatroom.client import events
from chatroom.client.asking import NEVER, REFUSED_PAUSE_S
from chatroom.client.outbox import STORAGE_PAUSE_S, TEXTS_AT_ONCE, Outbox
from chatroom.protocol.entries import Entries, Entry, device_id
from chatroom.protocol.messages import Joined, Refusal, Say, Stored

DEVICE = bytes(range(16))
OWN, OTHERS = device_id(DEVICE), device_id(bytes(16))


def cast(*ids: str) -> Entries:
    """Return what the room is cast, which has entries with these ids."""
    shown = tuple(Entry(seq, "", "Ana", "hello", id_) for seq, id_ in enumerate(ids, 1))
    return Entries(0, 0, 1, len(ids), 1, shown)


def joined(counter: int) -> Joined:
    return Joined("room", 0, True, counter, 1, 1, bytes(32))


class OutboxCase(unittest.TestCase):
    def setUp(self) -> None:
        self.outbox = Outbox(DEVICE, now=10.0)

    def add(self, *texts: str) -> None:
        for text in texts:
            self.outbox.add(text)

    def hear(self, said: Joined | Stored | Entries, now: float = 10.0) -> list[events.MemberEvent]:
        return list(self.outbox.hear(said, now))

    def refused(self, reason: Refusal, now: float = 10.0) -> list[events.MemberEvent]:
        """Ask, and be refused."""
        self.outbox.request()
        return list(self.outbox.refused(reason, now))


class Queue(OutboxCase):
    def test_nothing_to_say_is_never_due(self) -> None:
        self.assertEqual((self.outbox.due_at, len(self.outbox)), (NEVER, 0))

    def test_texts_are_counted_from_1_and_said_together(self) -> None:
        self.assertEqual(self.outbox.add("a"), [(1, "a")])
        self.add("b")
        self.assertEqual(self.outbox.request(), Say(1, ("a", "b")))
        self.assertEqual(self.outbox.due_at, 10.0)

    def test_parts_of_a_long_text_have_counters_of_their_own(self) -> None:
        parts = self.outbox.add("x" * 2000)
        self.assertEqual([counter for counter, _ in parts], [1, 2, 3])
        self.assertEqual("".join(part for _, part in parts), "x" * 2000)
        self.assertEqual(len(self.outbox.request().texts), 1)

    def test_stored_forgets_up_to_the_counter_and_says_when_to_go_on(self) -> None:
        self.add("a", "b", "c")
        self.assertEqual(self.hear(Stored(2, 2, 500)), [events.TextsStored(2)])
        self.assertEqual(self.outbox.request(), Say(3, ("c",)))
        self.assertEqual(self.outbox.due_at, 10.5)
        self.assertEqual(self.hear(Stored(2, 2, 0)), [])
        self.assertEqual(self.outbox.add("d"), [(4, "d")])

    def test_texts_that_the_room_is_cast_are_stored(self) -> None:
        self.add("a", "b", "c")
        say = self.outbox.request()
        self.assertEqual(self.hear(cast(f"{OTHERS}-7", f"{OWN}-1")), [events.TextsStored(1)])
        self.assertFalse(self.outbox.is_met(say))
        self.assertEqual(self.hear(cast(f"{OWN}-2", f"{OWN}-3", "x-9")), [events.TextsStored(3)])
        self.assertTrue(self.outbox.is_met(say))
        self.assertEqual(self.outbox.due_at, NEVER)

    def test_what_others_said_stores_nothing_of_ours(self) -> None:
        self.add("a")
        for id_ in (f"{OTHERS}-1", "older-1", OWN, f"{OWN}-", f"{OWN}-x"):
            self.assertEqual(self.hear(cast(id_)), [])
        self.assertFalse(self.outbox.is_met(self.outbox.request()))

    def test_cast_says_nothing_of_a_pause(self) -> None:
        self.add("a", "b")
        self.hear(Stored(0, 0, 500))
        self.assertEqual(self.hear(cast(f"{OWN}-1")), [events.TextsStored(1)])
        self.assertEqual(self.outbox.due_at, 10.5)

    def test_many_short_texts_are_not_all_said_at_once(self) -> None:
        self.add(*"x" * 100)
        self.assertEqual(len(self.outbox.request().texts), TEXTS_AT_ONCE)


class Refused(OutboxCase):
    def test_a_stall_is_news_once_until_something_is_stored(self) -> None:
        self.add("a")
        self.assertEqual(self.refused(Refusal.STORAGE, 20.0), [events.StorageStalled()])
        self.assertEqual(self.outbox.due_at, 20.0 + STORAGE_PAUSE_S)
        self.assertEqual(self.refused(Refusal.STORAGE, 22.0), [])
        self.hear(Stored(0, 0, 0), 24.0)
        self.assertEqual(self.refused(Refusal.STORAGE, 25.0), [events.StorageStalled()])
        self.assertEqual(len(self.outbox), 1)

    def test_a_text_that_is_never_taken_is_given_up_alone(self) -> None:
        self.add("bad", "good")
        self.assertEqual(self.refused(Refusal.TEXT_BAD), [events.TextRefused(1, "bad")])
        self.assertEqual(self.outbox.request().texts, ("good",))

    def test_malformed_say_is_tried_text_by_text_until_the_one_is_found(self) -> None:
        self.add("a", "bad", "c")
        self.assertEqual(self.refused(Refusal.MALFORMED), [])
        self.assertEqual(self.outbox.request(), Say(1, ("a",)))
        self.assertEqual(self.hear(Stored(1, 1, 0)), [events.TextsStored(1)])
        self.assertEqual(self.refused(Refusal.MALFORMED), [])
        self.assertEqual(self.refused(Refusal.MALFORMED), [events.TextRefused(2, "bad")])
        self.hear(joined(1))
        self.assertEqual(self.outbox.request(), Say(2, ("c",)))

    def test_refusal_that_says_nothing_of_the_texts_makes_a_pause(self) -> None:
        self.add("a")
        self.assertEqual(self.refused(Refusal.NOT_JOINED, 20.0), [])
        self.assertEqual((self.outbox.due_at, len(self.outbox)), (20.0 + REFUSED_PAUSE_S, 1))


class Counting(OutboxCase):
    """The count is the server's."""

    def test_texts_that_a_lost_answer_called_stored_are_stored(self) -> None:
        self.add("a", "b", "c")
        self.assertEqual(self.hear(joined(2)), [events.TextsStored(2)])
        self.assertEqual(self.outbox.request(), Say(3, ("c",)))

    def test_the_same_count_changes_nothing(self) -> None:
        self.add("a", "b")
        self.hear(Stored(1, 1, 0))
        self.assertEqual(self.hear(joined(1)), [])
        self.assertEqual(self.outbox.request(), Say(2, ("b",)))

    def test_what_waits_follows_a_lower_count(self) -> None:
        self.add("a", "b", "c", "d")
        self.hear(Stored(2, 2, 0))
        renumbered = events.TextsRenumbered(((1, "c"), (2, "d")))
        self.assertEqual(self.hear(joined(0)), [renumbered])
        self.assertEqual(self.outbox.request(), Say(1, ("c", "d")))
        self.assertEqual(self.outbox.add("e"), [(3, "e")])

    def test_what_is_stored_ends_a_stall(self) -> None:
        self.add("a", "b")
        self.assertEqual(self.refused(Refusal.STORAGE), [events.StorageStalled()])
        self.hear(cast(f"{OWN}-1"))
        self.assertEqual(self.refused(Refusal.STORAGE), [events.StorageStalled()])

    def test_what_is_said_next_follows_a_lower_count_also_where_nothing_waits(self) -> None:
        self.add("a", "b")
        self.hear(Stored(2, 2, 0))
        self.assertEqual(self.hear(joined(0)), [events.TextsRenumbered(())])
        self.assertEqual(self.outbox.add("c"), [(1, "c")])

    def test_count_beyond_all_that_we_said_calls_nothing_stored(self) -> None:
        self.add("a")
        self.assertEqual(self.hear(joined(7)), [events.TextsRenumbered(((8, "a"),))])
        self.assertEqual(self.outbox.add("b"), [(9, "b")])

    def test_gap_of_a_text_given_up_is_closed_when_we_come_in(self) -> None:
        self.add("bad", "b", "c")
        self.refused(Refusal.TEXT_BAD)
        self.assertEqual(self.outbox.request(), Say(2, ("b", "c")))  # COUNTER_SKIPS
        self.assertEqual(self.hear(joined(0)), [events.TextsRenumbered(((1, "b"), (2, "c")))])

    def test_gap_is_closed_also_where_nothing_waits_behind_it(self) -> None:
        self.add("bad")
        self.refused(Refusal.TEXT_BAD)
        self.hear(joined(0))
        self.assertEqual(self.outbox.add("b"), [(1, "b")])


if __name__ == "__main__":
    unittest.main()
