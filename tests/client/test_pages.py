"""Pages of the log, read beside its live end."""

import unittest

from chatroom.client import asking, events, pages
from chatroom.client.fetching import AHEAD_MOST, FETCH_DATAGRAMS
from chatroom.protocol import messages
from chatroom.protocol.entries import Entries, Entry


def entries(*seqs: int) -> tuple[Entry, ...]:
    return tuple(Entry(seq, "", "Ana", f"text {seq}", f"u1-{seq}") for seq in seqs)


def heard(*seqs: int) -> Entries:
    """Return what a datagram brings, whoever asked for it."""
    return Entries(1, 0, 1, 500, 1, entries(*seqs))


class PagesCase(unittest.TestCase):
    def setUp(self) -> None:
        self.pages = pages.Pages(0.0)

    def hear(self, *seqs: int) -> list[int]:
        """Return the numbers of what is told when these come."""
        told = self.pages.hear(heard(*seqs), 5.0)
        self.assertTrue(all(isinstance(one, events.PageRead) for one in told))
        return [entry.seq for one in told for entry in one.entries]  # type: ignore[union-attr]


class OneWish(PagesCase):
    def test_who_wants_nothing_asks_for_nothing_and_is_told_nothing(self) -> None:
        self.assertEqual(self.pages.due_at, asking.NEVER)
        self.assertEqual(self.hear(1, 2), [])

    def test_page_is_asked_for_at_once_and_told_as_it_comes(self) -> None:
        self.pages.want(101, 200, 7.0)
        self.assertEqual(self.pages.due_at, 7.0)
        self.assertEqual(self.pages.request(), messages.Fetch(101, 200, FETCH_DATAGRAMS))
        told = self.pages.hear(heard(*range(101, 151)), 7.1)
        self.assertEqual(list(told), [events.PageRead(entries(*range(101, 151)))])
        self.assertEqual(self.pages.missing(), (151, 200))
        self.assertEqual(self.hear(*range(151, 201)), list(range(151, 201)))
        self.assertEqual(self.pages.due_at, asking.NEVER)

    def test_parts_come_in_any_order_and_each_entry_once(self) -> None:
        self.pages.want(1, 9, 7.0)
        self.assertEqual(self.hear(4, 5), [4, 5])
        self.assertEqual(self.pages.missing(), (1, 3))
        self.assertEqual(self.hear(1, 2, 3, 4), [1, 2, 3])
        self.assertEqual(self.hear(4, 5, 6, 7), [6, 7])
        self.assertEqual(self.pages.missing(), (8, 9))
        self.assertEqual(self.hear(8, 9, 10), [8, 9])
        self.assertEqual(self.hear(8, 9, 10), [])

    def test_what_others_asked_for_is_taken_where_it_fits(self) -> None:
        self.pages.want(95, 105, 7.0)
        self.assertEqual(self.hear(103, 104, 105, 106), [103, 104, 105])
        self.assertEqual(self.hear(1, 2, 3), [])
        self.assertEqual(self.pages.missing(), (95, 102))

    def test_page_begins_with_the_first_entry(self) -> None:
        self.pages.want(-5, 2, 7.0)
        self.assertEqual(self.pages.missing(), (1, 2))

    def test_page_without_numbers_is_none(self) -> None:
        self.pages.want(7, 6, 7.0)
        self.assertIsNone(self.pages.missing())

    def test_what_lies_far_ahead_is_fetched_later(self) -> None:
        self.pages.want(1, 3 * AHEAD_MOST, 7.0)
        self.assertEqual(self.hear(AHEAD_MOST, AHEAD_MOST + 1), [AHEAD_MOST])
        self.assertEqual(self.pages.missing(), (1, AHEAD_MOST - 1))


class Ending(PagesCase):
    def answer(self, *seqs: int) -> None:
        """Ask, and hear all of the answer."""
        request = self.pages.request()
        self.hear(*seqs)
        self.pages.answered(request, 6.0)

    def test_page_beyond_the_head_ends_quietly(self) -> None:
        self.pages.want(95, 120, 5.0)
        self.answer(95, 96, 97, 98, 99, 100)
        self.assertEqual(self.pages.missing(), (101, 120))
        self.answer()
        self.assertEqual(self.pages.due_at, asking.NEVER)

    def test_answer_that_another_one_was_faster_than_ends_nothing(self) -> None:
        self.pages.want(1, 9, 5.0)
        request = self.pages.request()
        self.hear(1, 2, 3)
        self.pages.answered(request, 6.0)
        self.assertEqual(self.pages.missing(), (4, 9))

    def test_newer_wish_replaces_the_older(self) -> None:
        self.pages.want(1, 9, 5.0)
        self.hear(1)
        self.pages.want(101, 109, 6.0)
        self.assertEqual(self.hear(1, 2, 3), [])
        self.assertEqual(self.pages.missing(), (101, 109))

    def test_wish_outlives_the_session_and_not_the_log(self) -> None:
        self.pages.want(1, 9, 5.0)
        self.hear(1, 2)
        self.pages.hear(messages.Joined("room", 9, True, 0, 1, 1, bytes(32)), 6.0)
        self.assertEqual(self.pages.missing(), (3, 9))
        self.pages.hear(messages.Joined("room", 9, False, 0, 1, 1, bytes(32)), 6.0)
        self.assertIsNone(self.pages.missing())

    def test_unanswered_wish_asks_for_half_and_for_what_is_missing(self) -> None:
        self.pages.want(1, 9, 5.0)
        request = self.pages.request()
        self.hear(1, 2)
        self.assertEqual(self.pages.unanswered(request), messages.Fetch(3, 9, FETCH_DATAGRAMS // 2))
        self.hear(3, 4, 5, 6, 7, 8, 9)
        self.assertIsNone(self.pages.unanswered(request))


if __name__ == "__main__":
    unittest.main()
