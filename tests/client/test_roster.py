"""The list of people, read page by page while it changes."""

import unittest
from collections.abc import Sequence

from chatroom.client.asking import CROWD_SPREAD_S, NEVER
from chatroom.client.events import PeopleChanged
from chatroom.client.roster import PEOPLE_MOST, Roster
from chatroom.protocol import messages
from chatroom.protocol.entries import Entries
from chatroom.protocol.messages import People


def page(version: int, names: Sequence[str], start: int = 0, size: int = 99) -> People:
    """Return the page from `start` of the list that has these names."""
    shown = tuple(names[start : start + size])
    return People(version, len(names), start, shown)


def new_roster() -> Roster:
    return Roster(lambda: 0.5, 10.0)


def joined(version: int) -> messages.Joined:
    return messages.Joined("room", 0, True, 0, version, 1, bytes(32))


class Pages(unittest.TestCase):
    def setUp(self) -> None:
        self.roster = new_roster()

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
        self.roster = new_roster()

    def test_list_never_read_is_stale(self) -> None:
        self.assertTrue(self.roster.is_stale)

    def test_newer_version_is_news_once(self) -> None:
        self.roster.take(page(1, ["Ana"]))
        self.assertTrue(self.roster.learn(2))
        self.assertTrue(self.roster.is_stale)
        self.assertFalse(self.roster.learn(2))
        self.assertFalse(self.roster.learn(1))
        self.assertTrue(self.roster.is_stale)

    def test_page_newer_than_heard_leaves_nothing_stale(self) -> None:
        self.roster.learn(2)
        self.roster.take(page(5, ["Ana"]))
        self.assertFalse(self.roster.is_stale)
        self.assertFalse(self.roster.learn(5))

    def test_list_older_than_heard_is_shown_and_still_stale(self) -> None:
        self.roster.learn(3)
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


class Asking(unittest.TestCase):
    """When the roster asks for what, and what of the server's words it takes."""

    def setUp(self) -> None:
        self.roster = new_roster()
        self.roster.hear(joined(3), 20.0)

    def test_list_is_read_at_once_when_we_are_in(self) -> None:
        self.assertEqual(self.roster.due_at, 20.0)
        self.assertEqual(self.roster.request(), messages.Who(0))
        self.assertEqual(
            list(self.roster.hear(page(3, ["Ana"]), 20.1)), [PeopleChanged(("Ana",), (), ())]
        )
        self.assertEqual(self.roster.due_at, NEVER)

    def test_next_page_is_asked_for_at_once(self) -> None:
        names = ["Ana", "Bo", "Cy"]
        self.assertEqual(list(self.roster.hear(page(3, names, 0, 2), 20.1)), [])
        self.assertLessEqual(self.roster.due_at, 20.1)
        self.assertEqual(self.roster.request(), messages.Who(2))

    def test_newer_version_makes_a_crowd_ask_one_after_another(self) -> None:
        self.roster.hear(page(3, ["Ana"]), 20.0)
        for version, said in (
            (4, messages.Pong(0, 4, 1, bytes(32))),
            (5, Entries(0, 0, 1, 0, 5, ())),
        ):
            with self.subTest(said):
                self.roster.hear(said, 30.0)
                self.assertEqual(self.roster.due_at, 30.0 + CROWD_SPREAD_S / 2)
                self.roster.hear(page(version, ["Ana"]), 30.2)
                self.roster.hear(said, 40.0)
                self.assertEqual(self.roster.due_at, NEVER)

    def test_list_longer_than_any_server_has_is_not_kept(self) -> None:
        endless = People(3, PEOPLE_MOST + 1, 0, ("Ana",))
        self.assertEqual(list(self.roster.hear(endless, 20.1)), [])
        self.assertEqual(self.roster.next_start, 0)


if __name__ == "__main__":
    unittest.main()
