"""The list of people, read page by page while it changes."""

import unittest
from collections.abc import Sequence

from chatroom.client.events import PeopleChanged
from chatroom.client.roster import Roster
from chatroom.protocol.messages import People


def page(version: int, names: Sequence[str], start: int = 0, size: int = 99) -> People:
    """Return the page from `start` of the list that has these names."""
    shown = tuple(names[start : start + size])
    return People(version, len(names), start, shown)


class Pages(unittest.TestCase):
    def setUp(self) -> None:
        self.roster = Roster()

    def test_one_page_is_the_whole_list(self) -> None:
        self.assertEqual(
            self.roster.take(page(1, ["Ana", "Bo"])),
            PeopleChanged(("Ana", "Bo"), (), ()),
        )
        self.assertFalse(self.roster.is_stale)
        self.assertEqual(self.roster.next_start, 0)

    def test_pages_are_collected(self) -> None:
        names = ["Ana", "Bo", "Cy", "Di", "Ed"]
        self.assertIsNone(self.roster.take(page(1, names, 0, 2)))
        self.assertEqual(self.roster.next_start, 2)
        self.assertIsNone(self.roster.take(page(1, names, 2, 2)))
        self.assertEqual(self.roster.next_start, 4)
        self.assertEqual(self.roster.take(page(1, names, 4)), PeopleChanged(tuple(names), (), ()))
        self.assertEqual(self.roster.next_start, 0)

    def test_who_came_and_who_went(self) -> None:
        self.roster.take(page(1, ["Ana", "Bo", "Cy"]))
        self.assertEqual(
            self.roster.take(page(2, ["Bo", "Cy", "Di"])),
            PeopleChanged(("Bo", "Cy", "Di"), ("Di",), ("Ana",)),
        )

    def test_list_that_changes_between_two_pages_is_read_again(self) -> None:
        self.roster.take(page(1, ["Ana", "Bo", "Cy"], 0, 2))
        later = ["Bo", "Cy", "Di"]
        self.assertIsNone(self.roster.take(page(2, later, 2)))
        self.assertEqual(self.roster.next_start, 0)
        self.assertEqual(self.roster.take(page(2, later)), PeopleChanged(tuple(later), (), ()))

    def test_first_page_that_comes_again_starts_over(self) -> None:
        names = ["Ana", "Bo", "Cy"]
        self.roster.take(page(1, names, 0, 2))
        self.roster.take(page(1, names, 0, 2))
        self.assertEqual(self.roster.next_start, 2)
        self.assertEqual(self.roster.take(page(1, names, 2)), PeopleChanged(tuple(names), (), ()))

    def test_page_out_of_place_is_not_joined(self) -> None:
        names = ["Ana", "Bo", "Cy"]
        self.assertIsNone(self.roster.take(page(1, names, 1)))
        self.assertEqual(self.roster.next_start, 0)
        self.roster.take(page(1, names, 0, 1))
        self.assertIsNone(self.roster.take(page(1, names, 2)))
        self.assertEqual(self.roster.next_start, 0)

    def test_empty_page_ends_the_list(self) -> None:
        self.assertEqual(self.roster.take(page(1, [])), PeopleChanged((), (), ()), "an empty room")
        self.assertIsNotNone(self.roster.take(People(2, 5, 0, ())))


class Versions(unittest.TestCase):
    def setUp(self) -> None:
        self.roster = Roster()

    def test_list_never_read_is_stale(self) -> None:
        self.assertTrue(self.roster.is_stale)

    def test_newer_version_is_news_once(self) -> None:
        self.roster.take(page(1, ["Ana"]))
        self.assertTrue(self.roster.hear(2))
        self.assertTrue(self.roster.is_stale)
        self.assertFalse(self.roster.hear(2))
        self.assertFalse(self.roster.hear(1))
        self.assertTrue(self.roster.is_stale)

    def test_page_newer_than_heard_leaves_nothing_stale(self) -> None:
        self.roster.hear(2)
        self.roster.take(page(5, ["Ana"]))
        self.assertFalse(self.roster.is_stale)
        self.assertFalse(self.roster.hear(5))

    def test_list_older_than_heard_is_shown_and_still_stale(self) -> None:
        self.roster.hear(3)
        self.assertIsNotNone(self.roster.take(page(2, ["Ana"])))
        self.assertTrue(self.roster.is_stale)

    def test_part_of_a_list_leaves_it_stale(self) -> None:
        self.roster.take(page(1, ["Ana", "Bo"], 0, 1))
        self.assertTrue(self.roster.is_stale)

    def test_another_server_counts_from_the_start(self) -> None:
        self.roster.take(page(90, ["Ana", "Bo"]))
        self.roster.begin(1)
        self.assertTrue(self.roster.is_stale)
        self.assertEqual(
            self.roster.take(page(1, ["Ana", "Cy"])),
            PeopleChanged(("Ana", "Cy"), ("Cy",), ("Bo",)),
        )
        self.assertFalse(self.roster.is_stale)

    def test_begin_forgets_the_pages_of_before(self) -> None:
        self.roster.take(page(1, ["Ana", "Bo"], 0, 1))
        self.roster.begin(1)
        self.assertEqual(self.roster.next_start, 0)
