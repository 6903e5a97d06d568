"""The list of people: read in pages once, and kept by changes."""

import unittest
from collections.abc import Sequence
from itertools import permutations

from chatroom.client.asking import CROWD_SPREAD_S, NEVER, Said
from chatroom.client.events import PeopleChanged
from chatroom.client.roster import BACK_WITHIN_S, PEOPLE_MOST, REST_WAIT_S, Roster
from chatroom.protocol import messages
from chatroom.protocol.changes import Change, Changes, Step
from chatroom.protocol.entries import Entries
from chatroom.protocol.listing import Page
from chatroom.protocol.messages import Who


def page(version: int, names: Sequence[str], part: int = 0, size: int = 99) -> Page:
    """Return the page of this number of the list that has these names, so many a page."""
    shown = tuple(names[part * size :][:size])
    return Page(1, version, part, max(-(-len(names) // size), 1), shown)


def joined(version: int) -> messages.Joined:
    return messages.Joined("room", 0, True, 0, version, 1, bytes(32))


def pong(version: int) -> messages.Pong:
    return messages.Pong(0, version, 1, bytes(32), 20_000)


def came(version: int, *names: str) -> Changes:
    """Return that these came, the last of them with this version."""
    return Changes(version, tuple(Change(Step.CAME, name) for name in names))


def went(version: int, *names: str) -> Changes:
    return Changes(version, tuple(Change(Step.WENT, name) for name in names))


class RosterCase(unittest.TestCase):
    def setUp(self) -> None:
        self.roster = Roster(lambda: 0.5, 10.0)
        self.roster.hear(joined(3), 20.0)

    def hear(self, *said: Said, now: float = 20.1) -> list[object]:
        """Hear all this; return what is told."""
        return [event for one in said for event in self.roster.hear(one, now)]


class ServerStartedAgain(RosterCase):
    """All come back one after the other; who is not there at first has not left for that."""

    def setUp(self) -> None:
        super().setUp()
        self.hear(page(3, ["Ana", "Bo", "Cy"]))
        self.roster.hear(joined(1), 100.0)

    def test_who_comes_back_soon_has_neither_left_nor_come(self) -> None:
        self.assertEqual(self.hear(page(1, ["Ana"]), now=100.1), [PeopleChanged(("Ana",), (), ())])
        told = self.hear(came(3, "Cy", "Di"), now=102.0)
        self.assertEqual(told, [PeopleChanged(("Ana", "Cy", "Di"), ("Di",), ())])
        told = self.hear(came(4, "Bo"), pong(4), now=103.0)
        self.assertEqual(told, [PeopleChanged(("Ana", "Cy", "Di", "Bo"), (), ())])
        self.assertEqual(self.hear(pong(4), now=130.0), [])

    def test_who_does_not_is_told_as_gone_with_the_next_word(self) -> None:
        self.hear(page(1, ["Ana"]), came(2, "Cy"), now=100.1)
        self.assertEqual(self.hear(pong(2), now=100.1 + BACK_WITHIN_S - 0.1), [])
        told = self.hear(pong(2), now=100.1 + BACK_WITHIN_S)
        self.assertEqual(told, [PeopleChanged(("Ana", "Cy"), (), ("Bo",))])
        self.assertEqual(self.hear(pong(2), now=150.0), [])

    def test_who_is_missed_twice_is_told_as_gone_once(self) -> None:
        self.hear(page(1, ["Ana", "Cy"]), now=100.1)
        self.roster.hear(joined(1), 105.0)
        self.hear(page(1, ["Ana"]), now=105.1)
        self.assertEqual(self.hear(pong(1), now=111.0), [])
        told = self.hear(came(2, "Di"), now=120.0)
        self.assertEqual(told, [PeopleChanged(("Ana", "Di"), ("Di",), ("Bo", "Cy"))])

    def test_where_all_are_there_who_leaves_later_has_left(self) -> None:
        self.assertEqual(self.hear(page(1, ["Ana", "Bo", "Cy"]), now=100.1), [])
        told = self.hear(went(2, "Cy"), now=101.0)
        self.assertEqual(told, [PeopleChanged(("Ana", "Bo"), (), ("Cy",))])

    def test_who_leaves_then_has_left(self) -> None:
        self.hear(page(1, ["Ana"]), came(2, "Cy"), now=100.1)
        told = self.hear(went(3, "Cy"), now=101.0)
        self.assertEqual(told, [PeopleChanged(("Ana",), (), ("Cy",))])


class Pages(RosterCase):
    NAMES = ("Ana", "Bo", "Cy", "Di", "Ed")

    def test_list_comes_with_joined_and_is_asked_for_where_it_does_not(self) -> None:
        due_at = 20.0 + REST_WAIT_S
        self.assertEqual((self.roster.due_at, self.roster.request()), (due_at, Who(0, 0, 32)))
        told = self.hear(page(3, ["Ana", "Bo"]))
        self.assertEqual(told, [PeopleChanged(("Ana", "Bo"), (), ())])
        self.assertEqual(self.roster.due_at, NEVER)

    def test_pages_are_collected_in_whatever_order_they_come(self) -> None:
        whole = PeopleChanged(self.NAMES, (), ())
        for order in permutations(range(3)):
            self.roster = Roster(lambda: 0.5, 10.0)
            self.roster.hear(joined(3), 20.0)
            told = [self.hear(page(3, self.NAMES, part, 2)) for part in order]
            self.assertEqual(told, [[], [], [whole]])

    def test_rest_of_an_answer_is_waited_for_and_then_asked_for(self) -> None:
        self.hear(page(3, self.NAMES, 0, 1), now=30.0)
        self.assertEqual(self.roster.due_at, 30.0 + REST_WAIT_S)
        self.hear(page(3, self.NAMES, 3, 1), now=30.01)
        self.assertEqual(self.roster.due_at, 30.01 + REST_WAIT_S)
        self.assertEqual(self.roster.request(), Who(0, 1, 2))
        self.hear(page(3, self.NAMES, 1, 1), page(3, self.NAMES, 2, 1))
        self.assertEqual(self.roster.request(), Who(0, 4, 32))
        told = self.hear(page(3, self.NAMES, 4, 1))
        self.assertEqual(told, [PeopleChanged(self.NAMES, (), ())])

    def test_page_that_comes_twice_is_the_same(self) -> None:
        first, last = page(3, self.NAMES, 0, 3), page(3, self.NAMES, 1, 3)
        self.assertEqual(self.hear(first, first), [])
        self.assertEqual(self.hear(last), [PeopleChanged(self.NAMES, (), ())])
        self.assertEqual(self.hear(first, last), [])
        self.assertEqual(self.roster.due_at, NEVER)

    def test_pages_of_a_newer_copy_take_the_place_of_those_before(self) -> None:
        self.hear(page(3, self.NAMES, 0, 3))
        later = ("Bo", "Cy", "Di", "Ed", "Flo", "Gus")
        self.assertEqual(self.hear(page(5, later, 1, 3), page(3, self.NAMES, 1, 3)), [])
        self.assertEqual(self.roster.request(), Who(0, 0, 1))
        self.assertEqual(self.hear(page(5, later, 0, 3)), [PeopleChanged(later, (), ())])

    def test_pages_of_one_version_that_are_not_of_one_copy_are_not_joined(self) -> None:
        self.hear(page(3, self.NAMES, 4, 1))
        self.assertEqual(self.hear(page(3, self.NAMES, 0, 3)), [])
        self.assertEqual(self.roster.request(), Who(0, 1, 32))

    def test_empty_page_is_the_list_of_none(self) -> None:
        self.assertEqual(self.hear(page(3, [])), [PeopleChanged((), (), ())])
        self.assertFalse(self.roster.is_stale)

    def test_list_longer_than_any_server_has_is_not_kept(self) -> None:
        names = [str(number) for number in range(PEOPLE_MOST + 1)]
        pages = [page(3, names, part, 500) for part in range(9)]
        self.assertEqual(self.hear(*pages), [])
        self.assertEqual(self.roster.request(), Who(0, 0, 32))
        self.assertNotEqual(self.hear(*(page(3, names[1:], part, 500) for part in range(9))), [])

    def test_copy_from_before_we_came_is_not_told_without_us(self) -> None:
        self.assertEqual(self.hear(page(2, ["Ana"]), now=30.0), [])
        self.assertEqual(self.roster.due_at, 30.0 + REST_WAIT_S)
        self.assertEqual(self.roster.request(), Who(2, 0, 32))
        self.assertEqual(self.hear(came(3, "Bo")), [PeopleChanged(("Ana", "Bo"), (), ())])
        self.assertEqual(self.roster.due_at, NEVER)

    def test_what_is_cast_meanwhile_does_not_put_the_question_off(self) -> None:
        self.hear(page(3, ["Ana", "Bo"], 0, 1), now=30.0)
        self.hear(came(4, "Cy"), pong(5), now=30.05)
        self.assertEqual(self.roster.due_at, 30.0 + REST_WAIT_S)
        self.assertEqual(self.roster.request(), Who(0, 1, 32))


class Following(RosterCase):
    def setUp(self) -> None:
        super().setUp()
        self.hear(page(3, ["Ana", "Bo", "Cy"]))

    def test_change_is_made_and_nothing_asked(self) -> None:
        self.assertEqual(
            self.hear(came(4, "Di")), [PeopleChanged(("Ana", "Bo", "Cy", "Di"), ("Di",), ())]
        )
        self.assertEqual(
            self.hear(went(5, "Ana")), [PeopleChanged(("Bo", "Cy", "Di"), (), ("Ana",))]
        )
        self.assertEqual(self.roster.due_at, NEVER)

    def test_host_stands_first(self) -> None:
        first = Changes(4, (Change(Step.CAME_FIRST, "Tuan"),))
        names = ("Tuan", "Ana", "Bo", "Cy")
        self.assertEqual(self.hear(first), [PeopleChanged(names, ("Tuan",), ())])
        steps = (Change(Step.WENT, "Tuan"), Change(Step.CAME_FIRST, "Juragan"))
        names = ("Juragan", "Ana", "Bo", "Cy")
        told = self.hear(Changes(6, steps))
        self.assertEqual(told, [PeopleChanged(names, ("Juragan",), ("Tuan",))])

    def test_who_went_and_came_back_at_once_is_no_news_but_stands_last(self) -> None:
        steps = (Change(Step.WENT, "Ana"), Change(Step.CAME, "Ana"))
        self.assertEqual(self.hear(Changes(5, steps)), [PeopleChanged(("Bo", "Cy", "Ana"), (), ())])

    def test_old_and_repeated_changes_are_passed_over(self) -> None:
        self.hear(came(4, "Di"))
        for old in (came(4, "Di"), went(3, "Ana"), went(4, "Ana", "Bo"), Changes(2, ())):
            self.assertEqual(self.hear(old), [])
        self.assertEqual(self.roster.due_at, NEVER)

    def test_only_those_after_ours_are_made(self) -> None:
        self.hear(came(4, "Di"))
        told = self.hear(came(6, "Cy", "Di", "Ed", "Flo"))
        self.assertEqual(
            told, [PeopleChanged(("Ana", "Bo", "Cy", "Di", "Ed", "Flo"), ("Ed", "Flo"), ())]
        )

    def test_missed_change_is_asked_for_soon_and_not_by_all_at_once(self) -> None:
        self.assertEqual(self.hear(came(5, "Ed"), now=30.0), [])
        self.assertEqual(self.roster.due_at, 30.0 + CROWD_SPREAD_S / 2)
        self.assertEqual(self.roster.request(), Who(3, 0, 32))
        told = self.hear(came(5, "Di", "Ed"))
        names = ("Ana", "Bo", "Cy", "Di", "Ed")
        self.assertEqual(told, [PeopleChanged(names, ("Di", "Ed"), ())])
        self.assertEqual(self.roster.due_at, NEVER)

    def test_missed_change_that_comes_late_need_not_be_asked_for(self) -> None:
        self.hear(came(5, "Ed"))
        self.assertEqual(self.hear(came(4, "Di")), [])
        self.assertEqual(self.roster.request(), Who(4, 0, 32))
        [told] = self.hear(came(5, "Ed"))
        self.assertEqual(told, PeopleChanged(("Ana", "Bo", "Cy", "Di", "Ed"), ("Di", "Ed"), ()))

    def test_higher_version_in_a_pong_or_with_entries_is_a_missed_change(self) -> None:
        for said in (pong(4), Entries(0, 0, 1, 0, 5, ())):
            self.hear(said, now=30.0)
            self.assertEqual(self.roster.due_at, 30.0 + CROWD_SPREAD_S / 2)
            self.hear(came(said.version, "Di"), now=30.2)
            self.hear(said, now=40.0)
            self.assertEqual(self.roster.due_at, NEVER)

    def test_further_news_does_not_put_the_question_off(self) -> None:
        self.hear(pong(4), now=30.0)
        self.hear(came(9, "Zoe"), now=30.05)
        self.assertEqual(self.roster.due_at, 30.0 + CROWD_SPREAD_S / 2)

    def test_answer_that_does_not_reach_the_end_is_followed_by_another(self) -> None:
        self.hear(pong(6))
        self.assertEqual(self.hear(came(4, "Di")), [])
        self.assertEqual(self.roster.request(), Who(4, 0, 32))

    def test_page_in_answer_means_that_too_much_was_missed(self) -> None:
        self.hear(pong(900))
        self.hear(page(900, ["Di", "Ed"], 0, 1))
        self.assertEqual(self.roster.request(), Who(3, 1, 32))
        told = self.hear(page(900, ["Di", "Ed"], 1, 1))
        self.assertEqual(told, [PeopleChanged(("Di", "Ed"), ("Di", "Ed"), ("Ana", "Bo", "Cy"))])

    def test_list_grows_no_longer_than_any_server_has(self) -> None:
        for number in range(PEOPLE_MOST + 50):
            self.hear(came(4 + number, f"name {number}"))
        [told] = self.hear(went(PEOPLE_MOST + 54, "Ana"))
        assert isinstance(told, PeopleChanged)
        self.assertLessEqual(len(told.names), PEOPLE_MOST)

    def test_another_server_counts_from_the_start(self) -> None:
        self.hear(came(90, "Di"))
        self.hear(joined(2))
        due_at = 20.1 + REST_WAIT_S
        self.assertEqual((self.roster.due_at, self.roster.request()), (due_at, Who(0, 0, 32)))
        told = self.hear(page(2, ["Ana", "Cy", "Ed"]))
        self.assertEqual(told, [PeopleChanged(("Ana", "Cy", "Ed"), ("Ed",), ())])
        self.assertFalse(self.roster.is_stale)

    def test_same_list_again_is_no_news(self) -> None:
        self.hear(joined(7))
        self.assertEqual(self.hear(page(7, ["Ana", "Bo", "Cy"])), [])


class Unread(unittest.TestCase):
    def test_list_never_read_is_stale(self) -> None:
        self.assertTrue(Roster(lambda: 0.5, 10.0).is_stale)

    def test_changes_of_a_list_that_we_do_not_have_are_not_made(self) -> None:
        roster = Roster(lambda: 0.5, 10.0)
        roster.hear(joined(1), 10.0)
        self.assertEqual(list(roster.hear(came(1, "Ana"), 10.0)), [])
        self.assertEqual(roster.request(), Who(0, 0, 32))


if __name__ == "__main__":
    unittest.main()
