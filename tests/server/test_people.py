"""Names: who holds one, who may have it, and what is written down of that."""

import math
import unittest

from chatroom.protocol.changes import Step
from chatroom.protocol.messages import Join, Refusal
from chatroom.server import events, people
from chatroom.server.session import Session
from tests.server.callers import new_session


def wish(session: Session, name: str) -> people.Wish:
    return people.Wish(session, 1, Join(name, bytes(16), 0, ""))


class PeopleCase(unittest.TestCase):
    def setUp(self) -> None:
        self.told: list[events.RoomEvent] = []
        self.people = people.People(self.told.append)
        self.ana, self.bob, self.cem = map(new_session, (1, 2, 3))


class Names(PeopleCase):
    def test_free_name_is_granted_and_found_in_any_spelling(self) -> None:
        self.assertIs(self.people.claim(wish(self.ana, "Ana"), 0.0), people.Claim.GRANTED)
        self.people.enter(self.ana, "Ana", 0.0)
        self.assertIs(self.people.find("ＡＮＡ"), self.ana)
        self.assertIs(self.people.find("ana"), self.ana)
        self.assertIsNone(self.people.find("Anna"))

    def test_holder_may_change_the_spelling_of_its_name(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        self.assertIs(self.people.claim(wish(self.ana, "ANA"), 0.0), people.Claim.GRANTED)
        self.people.enter(self.ana, "ANA", 0.0)
        self.assertEqual(self.people.names(), ["ANA"])

    def test_entering_again_changes_nothing(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        version = self.people.roll.version
        self.people.enter(self.ana, "Ana", 0.0)
        self.assertEqual(self.people.roll.version, version)
        self.assertEqual(self.told, [events.PersonJoined("Ana", self.ana.address)])

    def test_another_name_frees_the_first(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        self.people.enter(self.ana, "Bea", 0.0)
        self.assertEqual(self.people.names(), ["Bea"])
        self.assertIs(self.people.claim(wish(self.bob, "Ana"), 0.0), people.Claim.GRANTED)

    def test_every_coming_and_going_is_a_new_version(self) -> None:
        versions = [self.people.roll.version]
        self.people.enter(self.ana, "Ana", 0.0)
        versions.append(self.people.roll.version)
        self.people.enter(self.bob, "Bob", 0.0)
        versions.append(self.people.roll.version)
        self.people.leave(self.ana, 0.0)
        versions.append(self.people.roll.version)
        self.assertEqual(versions, sorted(set(versions)))

    def test_leaving_twice_is_leaving_once(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        self.told.clear()
        self.people.leave(self.ana, 0.0, quiet=True)
        self.people.leave(self.ana, 0.0, quiet=True)
        self.assertEqual(self.told, [events.PersonLeft("Ana", quiet=True)])

    def test_forgotten_one_goes_without_a_word(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        self.told.clear()
        self.people.forget(self.ana, 0.0)
        self.assertEqual((len(self.people), self.told), (0, []))

    def test_change_of_the_name_is_told_as_going_and_coming(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        self.people.enter(self.ana, "Bea", 0.0)
        joined = events.PersonJoined
        expected = [
            joined("Ana", self.ana.address),
            events.PersonLeft("Ana"),
            joined("Bea", self.ana.address),
        ]
        self.assertEqual(self.told, expected)

    def test_changes_are_in_the_order_of_the_list(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        self.people.enter(self.bob, "Bob", 0.0)
        self.people.enter(self.ana, "Anna", 0.0)
        self.people.reserve("Tuan", 0.0)
        self.people.reserve("Juragan", 0.0)
        self.people.forget(self.bob, 0.0)
        [written] = self.people.roll.since(1)
        self.assertEqual(
            written.changes,
            (
                (Step.CAME, "Ana"),
                (Step.CAME, "Bob"),
                (Step.WENT, "Ana"),
                (Step.CAME, "Anna"),
                (Step.CAME_FIRST, "Tuan"),
                (Step.WENT, "Tuan"),
                (Step.CAME_FIRST, "Juragan"),
                (Step.WENT, "Bob"),
            ),
        )

    def test_quiet_one_takes_its_name_back_while_it_is_free(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        self.people.leave(self.ana, 0.0)
        self.assertTrue(self.people.take_back(self.ana, 0.0))
        self.assertIs(self.people.find("Ana"), self.ana)

    def test_name_that_went_to_another_is_not_taken_back(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        self.people.leave(self.ana, 0.0)
        self.people.enter(self.bob, "ana", 0.0)
        self.assertFalse(self.people.take_back(self.ana, 0.0))
        self.assertIs(self.people.find("Ana"), self.bob)

    def test_who_never_had_a_name_takes_none_back(self) -> None:
        self.assertFalse(self.people.take_back(self.ana, 0.0))

    def test_quiet_are_those_unheard_for_more_than_a_minute(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        self.people.enter(self.bob, "Bob", 0.0)
        self.bob.heard_at = 30.0
        self.assertEqual(self.people.quiet(people.QUIET_AFTER_S), [])
        self.assertEqual(self.people.quiet(people.QUIET_AFTER_S + 1), [self.ana])


class Shown(PeopleCase):
    """What the host is shown of everybody."""

    def test_since_when_and_last_heard(self) -> None:
        self.people.enter(self.ana, "Ana", 10.0)
        self.people.enter(self.bob, "Bob", 20.0)
        self.ana.heard_at, self.bob.heard_at = 30.0, 45.0
        self.ana.said = 7
        self.assertEqual(
            self.people.shown(50.0),
            [
                people.Person("Ana", self.ana.address, 40.0, 20.0, False, 7),
                people.Person("Bob", self.bob.address, 30.0, 5.0, False, 0),
            ],
        )

    def test_quiet_is_who_missed_a_ping(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        for now, expected in ((22.0, False), (people.SILENT_AFTER_S + 1, True)):
            [shown] = self.people.shown(now)
            self.assertIs(shown.is_quiet, expected)

    def test_another_name_is_the_same_stay(self) -> None:
        self.people.enter(self.ana, "Ana", 10.0)
        self.people.enter(self.ana, "Bea", 20.0)
        self.assertEqual(self.people.shown(30.0)[0].here_s, 20.0)

    def test_coming_back_is_another_stay(self) -> None:
        self.people.enter(self.ana, "Ana", 10.0)
        self.people.leave(self.ana, 20.0, quiet=True)
        self.people.take_back(self.ana, 25.0)
        self.assertEqual(self.people.shown(30.0)[0].here_s, 5.0)


class Reserved(PeopleCase):
    """The host's name."""

    def setUp(self) -> None:
        super().setUp()
        self.assertTrue(self.people.reserve("Tuan", 0.0))

    def test_it_is_taken_and_not_contested(self) -> None:
        for name in ("Tuan", "TUAN", "ｔuan"):
            self.assertIs(self.people.claim(wish(self.ana, name), 1.0), people.Claim.TAKEN)
        self.assertEqual(self.people.timer(), math.inf)

    def test_it_is_not_taken_back(self) -> None:
        self.ana.name = "tuan"
        self.assertFalse(self.people.take_back(self.ana, 0.0))

    def test_list_has_it_first_and_a_new_version(self) -> None:
        version = self.people.roll.version
        self.people.enter(self.ana, "Ana", 0.0)
        self.assertTrue(self.people.reserve("Host", 5.0))
        self.assertEqual(self.people.names(), ["Host", "Ana"])
        self.assertEqual(self.people.roll.version, version + 3)
        self.assertIsNone(self.people.find("Host"))
        self.assertEqual(len(self.people), 1)

    def test_held_name_is_not_reserved_in_any_spelling(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        self.assertFalse(self.people.reserve("ANA", 0.0))
        self.assertEqual(self.people.reserved, "Tuan")

    def test_who_wants_it_gives_up_what_it_wanted_before(self) -> None:
        self.people.enter(self.ana, "Ana", 0.0)
        self.people.claim(wish(self.bob, "Ana"), 1.0)
        self.people.claim(wish(self.bob, "Tuan"), 1.5)
        self.assertEqual(self.people.contests, 0)


class Contests(PeopleCase):
    def setUp(self) -> None:
        super().setUp()
        self.people.enter(self.ana, "Ana", 0.0)
        claim = self.people.claim(wish(self.bob, "Ana"), 10.0)
        self.assertIs(claim, people.Claim.CONTESTED)

    def test_holder_is_probed_at_once_and_then_at_equal_gaps(self) -> None:
        self.assertEqual(self.people.timer(), 10.0)
        self.assertEqual(self.people.holders_to_probe(10.0), [self.ana])
        self.assertEqual(self.people.holders_to_probe(10.05), [])
        self.assertEqual(self.people.timer(), 10.0 + people.PROBE_EVERY_S)

    def test_word_of_the_holder_ends_the_contest(self) -> None:
        refused = self.people.spoke(self.ana)
        assert refused is not None
        self.assertIs(refused.session, self.bob)
        self.assertIsNone(self.people.spoke(self.ana))
        self.assertEqual(self.people.timer(), math.inf)

    def test_word_of_another_ends_nothing(self) -> None:
        self.people.enter(self.cem, "Cem", 0.0)
        self.assertIsNone(self.people.spoke(self.cem))
        self.assertIsNone(self.people.spoke(self.bob))
        self.assertLess(self.people.timer(), math.inf)

    def test_silence_to_the_end_frees_the_name_once(self) -> None:
        self.assertEqual(self.people.wishes_won(10.0 + people.CONTEST_S - 0.01), [])
        self.told.clear()
        [won] = self.people.wishes_won(10.0 + people.CONTEST_S)
        self.assertIs(won.session, self.bob)
        self.assertEqual(self.told, [events.PersonLeft("Ana", reason=Refusal.NAME_TAKEN)])
        self.assertIsNone(self.people.find("Ana"))
        self.assertEqual(self.people.wishes_won(99.0), [])
        self.assertEqual(self.people.timer(), math.inf)

    def test_timer_always_moves_on(self) -> None:
        steps = 0
        while (due := self.people.timer()) < math.inf:
            self.people.wishes_won(due)
            self.people.holders_to_probe(due)
            following = self.people.timer()
            self.assertTrue(following is None or following > due)
            steps += 1
        self.assertLessEqual(steps, people.CONTEST_S / people.PROBE_EVERY_S + 2)

    def test_repeated_wish_of_the_newcomer_does_not_begin_anew(self) -> None:
        claim = self.people.claim(wish(self.bob, "Ana"), 11.5)
        self.assertIs(claim, people.Claim.CONTESTED)
        self.assertEqual(len(self.people.wishes_won(12.0)), 1)

    def test_answer_goes_to_the_last_of_repeated_wishes(self) -> None:
        again = wish(self.bob, "ANA")._replace(number=2)
        self.people.claim(again, 11.5)
        self.assertEqual(self.people.wishes_won(12.0), [again])

    def test_third_one_is_told_that_the_name_is_taken(self) -> None:
        self.assertIs(self.people.claim(wish(self.cem, "Ana"), 10.5), people.Claim.TAKEN)

    def test_newcomer_that_wants_another_name_gives_up_this_one(self) -> None:
        self.assertIs(self.people.claim(wish(self.bob, "Bob"), 10.5), people.Claim.GRANTED)
        self.assertEqual(self.people.wishes_won(99.0), [])
        self.assertIs(self.people.find("Ana"), self.ana)

    def test_newcomer_that_is_gone_wins_nothing(self) -> None:
        self.people.forget(self.bob, 0.0)
        self.assertEqual(self.people.wishes_won(99.0), [])

    def test_holder_that_leaves_frees_the_name_at_once(self) -> None:
        self.people.leave(self.ana, 0.0)
        self.assertEqual(self.people.timer(), math.inf)
        self.assertIs(self.people.claim(wish(self.bob, "Ana"), 10.5), people.Claim.GRANTED)

    def test_one_session_never_holds_two_names(self) -> None:
        self.people.enter(self.cem, "Cem", 0.0)
        for name in ("Dan", "Eva", "Dan"):
            self.people.enter(self.bob, name, 0.0)
        self.people.leave(self.bob, 0.0)
        self.assertEqual(self.people.names(), ["Ana", "Cem"])


if __name__ == "__main__":
    unittest.main()
