"""A member that reads pages beside the live end, with a room at the other end of the line."""

import random
import unittest

from chatroom.client import events, fetching
from chatroom.client.finding import HITS_AT_ONCE
from chatroom.protocol import search, wire
from chatroom.protocol.entries import Entry
from tests.client.test_member import MemberCase, everything_of, first_ones, nothing, some_of
from tests.tools.link import MemoryLog, Person, older_entries

ROUND_TRIP_S = 0.05


class ReadingCase(MemberCase):
    def enter(self, history: int | None = 10, older: int = 5000) -> Person:
        self.log.entries += older_entries(older)
        [ana] = self.join("Ana", history=history)
        return ana

    def read(self, ana: Person, first: int, last: int) -> None:
        ana.pages.clear()
        ana.member.read(first, last, self.pair.now)

    def numbers(self, ana: Person) -> list[int]:
        return [entry.seq for entry in ana.pages]

    def numbers_shown(self, ana: Person) -> list[int]:
        return [entry.seq for entry in ana.shown]


class Reading(ReadingCase):
    def test_entered_tells_how_long_the_log_is(self) -> None:
        [entered] = self.enter().saw(events.Entered)
        assert isinstance(entered, events.Entered)
        self.assertEqual(entered.head, 5000)

    def test_any_page_is_there_after_one_round_trip(self) -> None:
        ana = self.enter()
        for first in (1, 77, 2500, 4900):
            self.read(ana, first, first + 99)
            self.pair.run(ROUND_TRIP_S - 0.001)
            self.assertEqual(self.numbers(ana), [])
            self.pair.run(0.002)
            self.assertEqual(ana.pages, self.log.entries[first - 1 : first + 99])
        self.assertEqual(self.numbers_shown(ana), list(range(4991, 5001)))

    def test_what_sixteen_datagrams_do_not_hold_comes_in_parts(self) -> None:
        ana = self.enter()
        self.read(ana, 1000, 2999)
        self.pair.run(2.0)
        self.assertEqual(ana.pages, self.log.entries[999:2999])
        self.assertGreater(len(ana.saw(events.PageRead)), fetching.FETCH_DATAGRAMS)

    def test_reader_that_looks_elsewhere_gets_that_at_once(self) -> None:
        ana = self.enter()
        self.read(ana, 1, 4000)
        self.pair.run(0.01)  # its request is under way
        self.read(ana, 4001, 4050)
        self.pair.run(ROUND_TRIP_S + 0.001)
        self.assertEqual(ana.pages, self.log.entries[4000:4050])
        self.pair.run(5.0)
        self.assertEqual(len(ana.pages), 50)

    def test_page_beyond_the_end_comes_as_far_as_there_is_one(self) -> None:
        ana = self.enter()
        self.read(ana, 4990, 9999)
        self.pair.run(1.0)
        self.assertEqual(self.numbers(ana), list(range(4990, 5001)))
        for first, last in ((6000, 7000), (-5, 0), (7, 6)):
            self.read(ana, first, last)
            count = self.pair.link.count
            self.pair.run(5.0)
            self.assertEqual(self.numbers(ana), [])
            self.assertLessEqual(self.pair.link.count - count, 2)

    def test_page_wished_for_before_we_are_in_comes_then(self) -> None:
        self.log.entries += older_entries(500)
        ana = self.pair.add("Ana", history=10)
        ana.member.read(1, 20, self.pair.now)
        self.pair.run(2.0)
        self.assertEqual(self.numbers(ana), list(range(1, 21)))

    def test_losses_leave_no_hole(self) -> None:
        ana = self.enter()
        chance = random.Random(3)
        self.pair.link.loses = some_of(chance)
        for _ in range(10):
            first, count = chance.randrange(1, 4000), chance.choice((1, 30, 600))
            self.read(ana, first, first + count - 1)
            self.pair.run(20.0)
            self.assertEqual(sorted(self.numbers(ana)), list(range(first, first + count)))


class Searching(ReadingCase):
    def hits(self, ana: Person) -> list[events.HitsFound]:
        return [one for one in ana.events if isinstance(one, events.HitsFound)]

    def found(self, ana: Person) -> list[int]:
        return [number for one in self.hits(ana) for number in one.numbers]

    def right(self, looked_for: str, before: int = 1 << 53) -> list[int]:
        query = search.parse(looked_for)
        return [
            one.seq
            for one in reversed(self.log.entries)
            if one.seq < before and query.matches(one.name, one.text)
        ]

    def test_all_that_matches_is_found_the_newest_first(self) -> None:
        ana = self.enter(older=3000)
        for looked_for in ("OLD 299", "old 7", "from:eva 42", "nothing", ""):
            with self.subTest(looked_for):
                ana.events.clear()
                ana.member.find(looked_for, 0, self.pair.now)
                self.pair.run(5.0)
                self.assertEqual(self.found(ana), self.right(looked_for))
                *others, last = self.hits(ana)
                self.assertEqual((last.is_over, last.back_to), (True, 1))
                self.assertFalse(any(one.is_over for one in others))

    def test_enough_is_enough_until_more_is_asked_for(self) -> None:
        ana = self.enter(older=3000)
        ana.member.find("old", 0, self.pair.now)
        self.pair.run(10.0)
        self.assertTrue(HITS_AT_ONCE <= len(self.found(ana)) < 2 * HITS_AT_ONCE)
        last = self.hits(ana)[-1]
        self.assertTrue(last.is_over)
        self.assertEqual(self.found(ana), self.right("old")[: len(self.found(ana))])
        while last.back_to > 1:
            ana.member.find("old", last.back_to, self.pair.now)
            self.pair.run(10.0)
            last = self.hits(ana)[-1]
        self.assertEqual(self.found(ana), self.right("old"))

    def test_newer_wish_replaces_the_older_while_that_is_under_way(self) -> None:
        ana = self.enter(older=3000)
        ana.member.find("old", 0, self.pair.now)
        self.pair.run(0.03)
        ana.member.find("old 17", 0, self.pair.now)
        self.pair.run(5.0)
        self.assertEqual({one.words for one in self.hits(ana)}, {"old 17"})
        self.assertEqual(self.found(ana), self.right("old 17"))

    def test_stopped_search_tells_nothing_more(self) -> None:
        ana = self.enter(older=3000)
        ana.member.find("old", 0, self.pair.now)
        self.pair.run(0.06)
        told = len(self.hits(ana))
        ana.member.stop_finding()
        self.pair.run(5.0)
        self.assertEqual(len(self.hits(ana)), told)

    def test_losses_change_nothing_of_what_is_found(self) -> None:
        ana = self.enter(older=1000)
        self.pair.link.loses = some_of(random.Random(5))
        ana.member.find("old 1", 0, self.pair.now)
        self.pair.run(60.0)
        self.assertEqual(self.found(ana), self.right("old 1"))
        self.assertTrue(self.hits(ana)[-1].is_over)

    def test_search_goes_on_after_a_restart_and_ends_with_another_log(self) -> None:
        ana = self.enter(older=3000)
        ana.member.find("old", 0, self.pair.now)
        self.pair.run(0.06)
        self.pair.stop_room()
        self.pair.run(10.0)
        self.pair.open_room()
        self.pair.run(20.0)
        self.assertEqual(self.found(ana), self.right("old")[: len(self.found(ana))])
        self.assertGreaterEqual(len(self.found(ana)), HITS_AT_ONCE)
        self.pair.server_up = False
        ana.member.find("old", 0, self.pair.now)
        self.pair.log = MemoryLog([Entry(1, "", "Zoe", "other", "other-1")])
        self.pair.open_room()
        ana.events.clear()
        self.pair.run(20.0)
        self.assertEqual(self.hits(ana), [events.HitsFound("old", (), 0, is_over=True)])


class BesideTheLiveEnd(ReadingCase):
    def test_neither_waits_for_the_other(self) -> None:
        ana = self.enter(older=20_000)
        bob = self.pair.join("Bob")
        self.pair.run(5.0)
        self.read(ana, 1, 19_000)
        for number in range(20):
            bob.say(f"text {number}")
            since = len(ana.shown)
            self.pair.run(0.06)
            self.assertGreater(len(ana.shown), since)
        self.pair.run(120.0)
        self.assertEqual(self.numbers(ana), list(range(1, 19_001)))
        self.assertEqual(ana.texts[-20:], [f"text {number}" for number in range(20)])

    def test_whole_history_goes_on_while_a_page_is_read(self) -> None:
        self.log.entries += older_entries(3000)
        ana = self.pair.add("Ana", history=None)
        self.pair.run_until(lambda: bool(ana.saw(events.Entered)), 5.0)
        ana.member.read(2901, 2950, self.pair.now)
        self.pair.run(ROUND_TRIP_S + 0.001)
        self.assertEqual(self.numbers(ana), list(range(2901, 2951)))
        self.pair.run(30.0)
        self.assertEqual(ana.shown, self.log.entries)

    def test_gap_at_the_live_end_is_filled_also_by_what_a_page_brings(self) -> None:
        ana = self.enter()
        bob = self.pair.join("Bob")
        self.pair.run(5.0)
        self.pair.link.loses = first_ones(99, wire.Kind.CAST, to=ana.address)
        bob.say("hello")
        self.pair.run(0.1)
        self.assertEqual(ana.texts[-1], "old 5000")
        self.read(ana, 5001, 5001)
        self.pair.run(0.06)
        self.assertEqual((ana.texts[-1], ana.pages[-1].text), ("hello", "hello"))

    def test_page_that_has_nothing_does_not_hold_up_the_live_end(self) -> None:
        ana = self.enter()
        bob = self.pair.join("Bob")
        self.pair.run(5.0)
        self.pair.link.loses = first_ones(99, wire.Kind.CAST, to=ana.address)
        bob.say("hello")
        self.pair.run(0.1)
        self.read(ana, 9000, 9001)
        ana.say("mine")  # the answer shows the gap
        self.pair.run(0.4)
        self.assertEqual(ana.texts[-2:], ["hello", "mine"])

    def test_entries_of_a_page_are_never_told_as_new(self) -> None:
        ana = self.enter()
        self.read(ana, 4000, 5000)
        self.pair.run(5.0)
        self.assertEqual(len(ana.pages), 1001)
        self.assertEqual(self.numbers_shown(ana), list(range(4991, 5001)))


class Interrupted(ReadingCase):
    def test_page_comes_once_the_line_is_back(self) -> None:
        ana = self.enter()
        self.pair.link.loses = everything_of(ana)
        self.read(ana, 100, 199)
        self.pair.run(30.0)
        self.assertEqual(self.numbers(ana), [])
        self.pair.link.loses = nothing
        self.pair.run(5.0)
        self.assertEqual(self.numbers(ana), list(range(100, 200)))

    def test_page_is_asked_for_in_the_new_session_of_a_server_that_was_restarted(self) -> None:
        ana = self.enter()
        self.pair.stop_room()
        self.read(ana, 100, 199)
        self.pair.run(10.0)
        self.pair.open_room()
        self.pair.run(6.0)
        self.assertEqual(self.numbers(ana), list(range(100, 200)))

    def test_page_of_another_log_is_not_shown_for_it(self) -> None:
        ana = self.enter()
        self.pair.stop_room()
        self.read(ana, 100, 199)
        self.pair.log = MemoryLog(
            [Entry(seq, "", "Zoe", f"other {seq}", f"other-{seq}") for seq in range(1, 300)]
        )
        self.pair.open_room()
        self.pair.run(20.0)
        self.assertEqual(len(ana.saw(events.LogReplaced)), 1)
        self.assertEqual(self.numbers(ana), [])
        self.read(ana, 100, 199)
        self.pair.run(1.0)
        self.assertEqual(ana.pages[0].text, "other 100")


if __name__ == "__main__":
    unittest.main()
