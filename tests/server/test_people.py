"""Names: who holds one, who may have it, and how the list of them is read."""

import random
import unittest

from chatroom.client.roster import Roster
from chatroom.crypto.sealing import Opener, SessionKeys
from chatroom.protocol.messages import Join
from chatroom.protocol.messages import People as Page
from chatroom.server import people
from chatroom.server.door import Proven
from chatroom.server.session import Session


def new_session(number: int, now: float = 0.0) -> Session:
    """Return a session of a device of its own."""
    keys = SessionKeys.from_isk(number.to_bytes(64, "big"))
    proven = Proven(("10.0.0.1", number), keys, Opener(keys.client), b"")
    session = Session.start(number.to_bytes(8, "big"), proven, now)
    session.device = f"u{number}"
    return session


def join_as(name: str) -> Join:
    return Join(name, bytes(16), 0, "")


class Names(unittest.TestCase):
    def setUp(self) -> None:
        self.people = people.People()
        self.ana, self.bob, self.cem = map(new_session, (1, 2, 3))

    def test_free_name_is_granted_and_found_in_any_spelling(self) -> None:
        self.assertIs(self.people.claim(self.ana, 1, join_as("Ana"), 0.0), people.Claim.GRANTED)
        self.assertTrue(self.people.enter(self.ana, "Ana"))
        self.assertIs(self.people.find("ＡＮＡ"), self.ana)
        self.assertIs(self.people.find("ana"), self.ana)
        self.assertIsNone(self.people.find("Anna"))

    def test_holder_may_change_the_spelling_of_its_name(self) -> None:
        self.people.enter(self.ana, "Ana")
        self.assertIs(self.people.claim(self.ana, 1, join_as("ANA"), 0.0), people.Claim.GRANTED)
        self.assertTrue(self.people.enter(self.ana, "ANA"))
        self.assertEqual(self.people.page(0, 9), ["ANA"])

    def test_entering_again_changes_nothing(self) -> None:
        self.people.enter(self.ana, "Ana")
        version = self.people.version
        self.assertFalse(self.people.enter(self.ana, "Ana"))
        self.assertEqual(self.people.version, version)

    def test_another_name_frees_the_first(self) -> None:
        self.people.enter(self.ana, "Ana")
        self.people.enter(self.ana, "Bea")
        self.assertEqual(self.people.page(0, 9), ["Bea"])
        self.assertIs(self.people.claim(self.bob, 1, join_as("Ana"), 0.0), people.Claim.GRANTED)

    def test_every_coming_and_going_is_a_new_version(self) -> None:
        versions = [self.people.version]
        self.people.enter(self.ana, "Ana")
        versions.append(self.people.version)
        self.people.enter(self.bob, "Bob")
        versions.append(self.people.version)
        self.people.leave(self.ana)
        versions.append(self.people.version)
        self.assertEqual(versions, sorted(set(versions)))

    def test_leaving_twice_is_leaving_once(self) -> None:
        self.people.enter(self.ana, "Ana")
        self.assertTrue(self.people.leave(self.ana))
        self.assertFalse(self.people.leave(self.ana))

    def test_quiet_one_takes_its_name_back_while_it_is_free(self) -> None:
        self.people.enter(self.ana, "Ana")
        self.people.leave(self.ana)
        self.assertTrue(self.people.take_back(self.ana))
        self.assertIs(self.people.find("Ana"), self.ana)

    def test_name_that_went_to_another_is_not_taken_back(self) -> None:
        self.people.enter(self.ana, "Ana")
        self.people.leave(self.ana)
        self.people.enter(self.bob, "ana")
        self.assertFalse(self.people.take_back(self.ana))
        self.assertIs(self.people.find("Ana"), self.bob)

    def test_who_never_had_a_name_takes_none_back(self) -> None:
        self.assertFalse(self.people.take_back(self.ana))

    def test_quiet_are_those_unheard_for_more_than_a_minute(self) -> None:
        self.people.enter(self.ana, "Ana")
        self.people.enter(self.bob, "Bob")
        self.bob.heard_at = 30.0
        self.assertEqual(self.people.quiet(people.QUIET_AFTER_S), [])
        self.assertEqual(self.people.quiet(people.QUIET_AFTER_S + 1), [self.ana])

    def test_device_is_known_by_its_older_session_until_forgotten(self) -> None:
        self.people.enter(self.ana, "Ana")
        again = new_session(9)
        again.device = self.ana.device
        self.assertIs(self.people.older_session(again), self.ana)
        self.assertIsNone(self.people.older_session(self.ana))
        self.people.forget(self.ana)
        self.assertIsNone(self.people.older_session(again))


class Contests(unittest.TestCase):
    def setUp(self) -> None:
        self.people = people.People()
        self.ana, self.bob, self.cem = map(new_session, (1, 2, 3))
        self.people.enter(self.ana, "Ana")
        claim = self.people.claim(self.bob, 1, join_as("Ana"), 10.0)
        self.assertIs(claim, people.Claim.CONTESTED)

    def test_holder_is_probed_at_once_and_then_at_equal_gaps(self) -> None:
        self.assertEqual(self.people.timer(), 10.0)
        self.assertEqual(self.people.holders_to_probe(10.0), [self.ana])
        self.assertEqual(self.people.holders_to_probe(10.05), [])
        self.assertEqual(self.people.timer(), 10.0 + people.PROBE_EVERY_S)

    def test_word_of_the_holder_ends_the_contest(self) -> None:
        contest = self.people.spoke(self.ana)
        assert contest is not None
        self.assertIs(contest.newcomer, self.bob)
        self.assertIsNone(self.people.spoke(self.ana))
        self.assertIsNone(self.people.timer())

    def test_word_of_another_ends_nothing(self) -> None:
        self.people.enter(self.cem, "Cem")
        self.assertIsNone(self.people.spoke(self.cem))
        self.assertIsNone(self.people.spoke(self.bob))
        self.assertIsNotNone(self.people.timer())

    def test_silence_to_the_end_frees_the_name_once(self) -> None:
        self.assertEqual(self.people.contests_lost(10.0 + people.CONTEST_S - 0.01), [])
        [lost] = self.people.contests_lost(10.0 + people.CONTEST_S)
        self.assertEqual((lost.holder, lost.newcomer), (self.ana, self.bob))
        self.assertIsNone(self.people.find("Ana"))
        self.assertEqual(self.people.contests_lost(99.0), [])
        self.assertIsNone(self.people.timer())

    def test_timer_always_moves_on(self) -> None:
        steps = 0
        while (due := self.people.timer()) is not None:
            self.people.contests_lost(due)
            self.people.holders_to_probe(due)
            following = self.people.timer()
            self.assertTrue(following is None or following > due)
            steps += 1
        self.assertLessEqual(steps, people.CONTEST_S / people.PROBE_EVERY_S + 2)

    def test_repeated_wish_of_the_newcomer_does_not_begin_anew(self) -> None:
        claim = self.people.claim(self.bob, 1, join_as("Ana"), 11.5)
        self.assertIs(claim, people.Claim.CONTESTED)
        self.assertEqual(len(self.people.contests_lost(12.0)), 1)

    def test_third_one_is_told_that_the_name_is_taken(self) -> None:
        self.assertIs(self.people.claim(self.cem, 1, join_as("Ana"), 10.5), people.Claim.TAKEN)

    def test_newcomer_that_wants_another_name_gives_up_this_one(self) -> None:
        self.assertIs(self.people.claim(self.bob, 1, join_as("Bob"), 10.5), people.Claim.GRANTED)
        self.assertEqual(self.people.contests_lost(99.0), [])
        self.assertIs(self.people.find("Ana"), self.ana)

    def test_newcomer_that_is_gone_wins_nothing(self) -> None:
        self.people.forget(self.bob)
        self.assertEqual(self.people.contests_lost(99.0), [])

    def test_holder_that_leaves_frees_the_name_at_once(self) -> None:
        self.people.leave(self.ana)
        self.assertIsNone(self.people.timer())
        self.assertIs(self.people.claim(self.bob, 1, join_as("Ana"), 10.5), people.Claim.GRANTED)

    def test_one_session_never_holds_two_names(self) -> None:
        self.people.enter(self.cem, "Cem")
        for name in ("Dan", "Eva", "Dan"):
            self.people.enter(self.bob, name)
        self.people.leave(self.bob)
        self.assertEqual(self.people.page(0, 9), ["Ana", "Cem"])


class Lists(unittest.TestCase):
    """The list as the room gives it, page by page, and as a member puts it together."""

    def setUp(self) -> None:
        self.people = people.People()
        self.roster = Roster(lambda: 0.0, 0.0)
        for number in range(300):
            self.people.enter(new_session(number), f"name {number}")
        self.roster.begin(self.people.version)

    def ask(self, most: int = 40) -> Page:
        start = self.roster.next_start
        names = tuple(self.people.page(start, most))
        return Page(self.people.version, len(self.people), start, names)

    def test_three_hundred_names_come_page_by_page(self) -> None:
        for _ in range(7):
            self.assertIsNone(self.roster.take(self.ask()))
            self.assertTrue(self.roster.is_stale)
        changed = self.roster.take(self.ask())
        assert changed is not None
        self.assertEqual(changed.names, tuple(f"name {n}" for n in range(300)))
        self.assertEqual((changed.came, changed.went), ((), ()))
        self.assertFalse(self.roster.is_stale)

    def test_change_between_two_pages_begins_the_list_anew(self) -> None:
        self.roster.take(self.ask())
        gone = self.people.find("name 0")
        assert gone is not None
        self.people.leave(gone)
        self.assertIsNone(self.roster.take(self.ask()))
        self.assertEqual(self.roster.next_start, 0)
        changed = None
        for _ in range(8):
            self.assertIsNone(changed)
            changed = self.roster.take(self.ask())
        assert changed is not None
        self.assertEqual(len(changed.names), 299)

    def test_next_list_tells_who_came_and_went(self) -> None:
        self.roster.take(self.ask(300))
        gone = self.people.find("name 7")
        assert gone is not None
        self.people.leave(gone)
        self.people.enter(new_session(1000), "Zoe")
        self.assertTrue(self.roster.learn(self.people.version))
        changed = self.roster.take(self.ask(300))
        assert changed is not None
        self.assertEqual((changed.came, changed.went), (("Zoe",), ("name 7",)))

    def test_page_that_was_not_asked_for_is_not_mixed_in(self) -> None:
        self.roster.take(self.ask())
        page = Page(self.people.version, 300, 80, ("name 80",))
        self.assertIsNone(self.roster.take(page))
        self.assertTrue(self.roster.is_stale)

    def test_older_version_is_no_news(self) -> None:
        self.roster.take(self.ask(300))
        self.assertFalse(self.roster.learn(self.people.version - 1))
        self.assertFalse(self.roster.is_stale)

    def test_another_server_with_a_lower_version_is_read_afresh(self) -> None:
        self.roster.take(self.ask(300))
        self.roster.begin(2)
        self.assertTrue(self.roster.is_stale)
        changed = self.roster.take(Page(2, 1, 0, ("name 5",)))
        assert changed is not None
        self.assertEqual(changed.names, ("name 5",))
        self.assertEqual(len(changed.went), 299)

    def test_pages_of_any_size_give_the_same_list(self) -> None:
        chance = random.Random(5)
        changed = None
        while changed is None:
            changed = self.roster.take(self.ask(chance.randint(1, 60)))
        self.assertEqual(len(changed.names), 300)


if __name__ == "__main__":
    unittest.main()
