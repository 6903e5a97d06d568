"""The client's side, with a room at the other end: talk, loss, returning, leaving."""

import contextlib
import heapq
import ipaddress
import itertools
import random
import unittest
from collections.abc import Callable
from unittest import mock

from chatroom.archive.troubles import Trouble
from chatroom.client import events as client_events, trust
from chatroom.client.states import State
from chatroom.client.timers import COPY_AFTER_S
from chatroom.protocol import messages, texts, wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import Entry
from chatroom.protocol.messages import Refusal
from chatroom.server import guesses, sessions
from chatroom.server.events import PersonJoined
from chatroom.server.log import LogBroken, LogRefused
from tests.tools.link import SERVER, Link, MemoryLog, Pair, Person, older_entries

Loses = Callable[[bytes, Address, Address], bool]


def nothing(*_: object) -> bool:
    """Lose no datagram."""
    return False


def first_ones(
    count: int,
    kind: wire.Kind,
    *,
    source: Address | None = None,
    to: Address | None = None,
) -> Loses:
    """Lose the first `count` datagrams of a kind from or to somebody."""
    left = count

    def loses(data: bytes, sender: Address, receiver: Address) -> bool:
        nonlocal left
        fits = data[0] == kind and source in (None, sender) and to in (None, receiver)
        left -= fits
        return fits and left >= 0

    return loses


def everything_of(person: Person) -> Loses:
    """Lose all that a person sends and is sent."""
    return lambda data, sender, receiver: person.address in (sender, receiver)


def some_of(chance: random.Random) -> Loses:
    """Lose three datagrams in ten."""
    return lambda *_: chance.random() < 0.3


class MemberCase(unittest.TestCase):
    def setUp(self) -> None:
        self.log = MemoryLog()
        self.pair = Pair(self.log)

    def join(self, *names: str, history: int | None = 100) -> list[Person]:
        """Let people join, and wait until nothing is under way."""
        people = [self.pair.join(name, history=history) for name in names]
        self.pair.run(5.0)
        return people

    def sent(
        self, person: Person, kind: wire.Kind = wire.Kind.SEALED, since: float = 0.0
    ) -> list[float]:
        """Return when a person sent datagrams of this kind."""
        return [
            at
            for at, data, source, _ in self.pair.link.sent
            if source == person.address and data[0] == kind and at >= since
        ]

    def stored(self) -> list[str]:
        return [entry.text for entry in self.log.entries]

    def names_in(self) -> list[str]:
        return [name for name, _ in self.pair.here()]

    def times_entered(self, person: Person) -> list[bool]:
        """Return for each time a person got in whether it was back."""
        return [event.back for event in person.events if isinstance(event, client_events.Entered)]

    def assert_last(self, person: Person, *events: client_events.MemberEvent) -> None:
        self.assertEqual(person.events[-len(events) :], list(events))


class Talking(MemberCase):
    def test_first_events_are_entered_caught_up_and_the_people(self) -> None:
        [ana] = self.join("Ana")
        entered, *others = ana.events
        assert isinstance(entered, client_events.Entered)
        self.assertEqual((entered.room, entered.name), ("default", "Ana"))
        self.assertFalse(entered.back)
        self.assertEqual(
            others, [client_events.CaughtUp(1), client_events.PeopleChanged(("Ana",), (), ())]
        )

    def test_text_is_stored_and_shown_to_all(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.assertEqual(ana.say("hello"), [1])
        self.assertEqual(ana.member.unsaid, 1)
        self.pair.run(0.06)
        self.assertEqual((ana.texts, bob.texts), (["hello"], ["hello"]))
        self.assertEqual(ana.saw(client_events.TextsStored), [client_events.TextsStored(1)])
        self.assertEqual(ana.member.unsaid, 0)

    def test_all_see_one_order(self) -> None:
        people = self.join("Ana", "Bob", "Cem")
        for number in range(12):
            people[number % 3].say(f"text {number}")
            people[(number + 1) % 3].say(f"reply {number}")
            self.pair.run(0.01 * (number % 4))
        self.pair.run(3.0)
        self.assertEqual(len(self.stored()), 24)
        for person in people:
            self.assertEqual(person.texts, self.stored())

    def test_texts_of_one_person_keep_their_order(self) -> None:
        [ana] = self.join("Ana")
        texts = [f"text {number}" for number in range(50)]
        for text in texts:
            ana.say(text)
        self.pair.run(10.0)
        self.assertEqual(self.stored(), texts)
        self.assertEqual(ana.texts, texts)

    def test_long_text_is_split_and_whole_again(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        text = "word \N{SNOWMAN} " * 1000
        counters = ana.say(text)
        self.assertGreater(len(counters), 8)
        self.pair.run(5.0)
        self.assertEqual("".join(bob.texts), text)

    def test_what_was_said_at_the_door_is_stored_once_we_are_in(self) -> None:
        ana = self.pair.add("Ana")
        ana.say("early")
        self.pair.run(1.0)
        self.assertEqual(ana.texts, ["early"])

    def test_coming_and_going_is_shown(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.assert_last(ana, client_events.PeopleChanged(("Ana", "Bob"), ("Bob",), ()))
        bob.leave()
        self.pair.run(1.0)
        self.assert_last(ana, client_events.PeopleChanged(("Ana",), (), ("Bob",)))

    def test_forty_long_names_come_in_pages(self) -> None:
        names = [f"{number:02}" + "\N{SNOWMAN}" * 30 for number in range(40)]
        people = [self.pair.add(name, host=f"10.0.0.{n}") for n, name in enumerate(names)]
        self.pair.run(5.0)
        for person in people:
            changed = person.saw(client_events.PeopleChanged)[-1]
            assert isinstance(changed, client_events.PeopleChanged)
            self.assertEqual(set(changed.names), set(names))

    def test_refused_log_keeps_the_text_and_stores_it_later(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.log.failure = LogRefused(Trouble.CANNOT_WRITE)
        ana.say("one")
        self.pair.run(5.0)
        self.assertEqual((ana.member.unsaid, bob.texts), (1, []))
        self.assertEqual(len(ana.saw(client_events.StorageStalled)), 1)
        self.log.failure = None
        self.pair.run(3.0)
        self.assertEqual((self.stored(), bob.texts), (["one"], ["one"]))

    def test_broken_log_is_a_stopped_server_to_everyone(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.log.failure = LogBroken(Trouble.CANNOT_SYNC)
        ana.say("one")
        self.pair.run_until(lambda: self.pair.room.closed, 1.0)
        self.pair.server_up = False
        self.pair.run(1.0)
        self.assert_last(ana, client_events.ServerLost(stopped=True))
        self.assert_last(bob, client_events.ServerLost(stopped=True))
        self.assertEqual(ana.member.unsaid, 1)

    def test_idle_member_pings_after_twenty_seconds(self) -> None:
        [ana] = self.join("Ana")
        last = self.sent(ana)[-1]
        self.pair.run(130.0)
        sent = [last, *self.sent(ana, since=last + 0.001)]
        first, second, *others = (at - before for before, at in itertools.pairwise(sent))
        self.assertTrue(18.0 <= first <= 22.1, first)
        self.assertTrue(15.0 <= second <= 25.1, second)
        self.assertGreaterEqual(len(others), 3)
        for silence_s in others:
            self.assertAlmostEqual(silence_s, 20.0, delta=0.01)
        self.assertEqual(ana.saw(client_events.ServerLost), [])

    def test_idle_members_ping_at_the_same_moments(self) -> None:
        people = self.join("Ana", "Bob", "Cyd", "Dan")
        self.pair.run(50.0)  # until each has been told its own
        since = self.pair.now
        self.pair.run(60.0)
        for one in people:
            times = self.sent(one, since=since)
            self.assertEqual(len(times), 3)
            for at in times:
                came_at = at + self.pair.link.delay_s
                self.assertAlmostEqual(came_at, round(came_at), delta=0.01)

    def test_lost_pong_is_asked_for_again_and_the_moment_is_kept(self) -> None:
        [ana] = self.join("Ana")
        self.pair.run(50.0)
        since = self.pair.now
        self.pair.link.loses = first_ones(1, wire.Kind.SEALED, to=ana.address)
        self.pair.run(45.0)
        first, *repeated, last = self.sent(ana, since=since)
        self.assertEqual(len(repeated), 2, "in two copies")
        self.assertLess(repeated[-1] - first, 1.0)
        self.assertAlmostEqual(last - first, 20.0, delta=1.0)
        came_at = last + self.pair.link.delay_s
        self.assertAlmostEqual(came_at, round(came_at), delta=0.05)
        self.assertEqual(ana.saw(client_events.ServerLost), [])


class Refusing(MemberCase):
    """Texts and requests that the server calls wrong: nothing loops, nothing is lost."""

    def refuse(self, *wrong: str) -> contextlib.AbstractContextManager[object]:
        """Have each request that names one of these called malformed by the server."""
        decode = messages.decode_request

        def decode_others(payload: bytes) -> tuple[int, messages.Request | None]:
            number, request = decode(payload)
            return number, None if any(word in str(request) for word in wrong) else request

        return mock.patch.object(messages, "decode_request", decode_others)

    def assert_bad_alone_is_given_up(self, ana: Person) -> None:
        """The text "bad" was the second of four."""
        self.pair.run(5.0)
        self.assertEqual(self.stored(), ["one", "three", "four"])
        self.assertEqual(ana.texts, self.stored())
        refused = [client_events.TextRefused(2, "bad")]
        self.assertEqual(ana.saw(client_events.TextRefused), refused)
        renumbered = client_events.TextsRenumbered(((2, "three"), (3, "four")))
        self.assertEqual(ana.saw(client_events.TextsRenumbered), [renumbered])
        self.assertEqual(ana.member.unsaid, 0)
        self.assertEqual(ana.say("five"), [4])
        self.pair.run(1.0)
        self.assertEqual(self.stored()[-1], "five")
        self.assertEqual(ana.saw(client_events.TextRefused), refused)

    def say_all(self, ana: Person) -> None:
        for text in ("one", "bad", "three", "four"):
            ana.say(text)

    def test_text_that_the_server_never_takes_is_given_up_alone(self) -> None:
        [ana] = self.join("Ana")
        too_long = "bad" + "x" * 900
        with mock.patch.object(texts, "split_text", lambda text: [text.replace("bad", too_long)]):
            self.say_all(ana)
        self.pair.run(5.0)
        self.assertEqual(self.stored(), ["one", "three", "four"])
        self.assertEqual(
            ana.saw(client_events.TextRefused), [client_events.TextRefused(2, too_long)]
        )
        self.assertEqual(ana.member.unsaid, 0)

    def test_text_that_makes_a_request_malformed_is_given_up_alone(self) -> None:
        [ana] = self.join("Ana")
        with self.refuse("bad"):
            self.say_all(ana)
            self.assert_bad_alone_is_given_up(ana)

    def test_late_copy_of_a_refused_say_stores_nothing_again(self) -> None:
        [ana] = self.join("Ana")
        late: list[bytes] = []

        def delay_first(data: bytes, source: Address, _: Address) -> bool:
            if source != ana.address or late:
                return False
            late.append(data)
            return True

        self.pair.link.loses = delay_first
        with self.refuse("bad"):
            self.say_all(ana)
            self.pair.run(5.0)
        self.assertEqual(self.stored(), ["one", "three", "four"])
        self.pair.inject(late[0], ana.address, SERVER)
        self.pair.run(5.0)
        self.assertEqual(self.stored(), ["one", "three", "four"])

    def test_count_that_the_server_has_lost_is_asked_for(self) -> None:
        [ana] = self.join("Ana")
        ana.say("one")
        self.pair.run(10.0)  # until it is not cast again
        self.log.entries.clear()  # under a running server
        ana.say("two")
        self.pair.run(5.0)
        self.assertEqual(self.times_entered(ana), [False, True])
        self.assertEqual((self.stored(), ana.texts), (["two"], ["two"]))
        self.assertEqual(ana.member.unsaid, 0)

    def test_other_malformed_requests_are_not_made_again_at_once(self) -> None:
        self.log.entries += older_entries(5)
        for kind in ("Fetch", "Who", "Ping"):
            with self.subTest(kind), self.refuse(f"{kind}("):
                ana = self.pair.join(kind)
                start = self.pair.now
                self.pair.run(60.0)
                self.assertIs(ana.member.state, State.IN)
                self.assertLessEqual(len(self.sent(ana, since=start)), 8)
            self.pair.run(30.0)
            self.assertEqual(ana.shown, self.log.entries)
            self.assertTrue(ana.saw(client_events.PeopleChanged))
            ana.leave()
            self.pair.run(1.0)

    def test_malformed_join_is_told_and_not_made_again(self) -> None:
        with self.refuse("Join("):
            ana = self.pair.join("Ana")
            self.pair.run(60.0)
        self.assertEqual(ana.events, [client_events.Expelled(Refusal.MALFORMED)])
        self.assertEqual(len(self.sent(ana)), 1)

    def test_join_refused_without_sense_is_not_asked_again_at_once(self) -> None:
        refused = messages.encode_reply(1, messages.Refused(Refusal.COUNTER_SKIPS))
        with mock.patch.object(messages, "encode_reply", lambda *_: refused):
            ana = self.pair.add("Ana")
            self.pair.run(15.0)
            self.assertEqual(len(self.sent(ana)), 1)
        self.pair.run(30.0)
        self.assertEqual(self.names_in(), ["Ana"])

    def test_malformed_goodbye_is_a_goodbye(self) -> None:
        [ana] = self.join("Ana")
        with self.refuse("Leave("):
            ana.leave()
            self.pair.run(0.1)
        self.assert_last(ana, client_events.Left(0))


class Loss(MemberCase):
    def test_lost_text_is_sent_again_after_the_timeout_in_two_copies(self) -> None:
        [ana] = self.join("Ana")
        self.pair.link.loses = first_ones(1, wire.Kind.SEALED, source=ana.address)
        start = self.pair.now
        ana.say("hello")
        self.pair.run(0.3)
        first, again, copy = self.sent(ana, since=start)
        self.assertEqual(first, start)
        self.assertTrue(0.9 * 0.075 <= again - first <= 1.1 * 0.076, again - first)
        self.assertAlmostEqual(copy - again, COPY_AFTER_S)
        self.assertEqual(self.stored(), ["hello"])
        self.assertEqual(ana.saw(client_events.TextsStored), [client_events.TextsStored(1)])

    def test_gaps_between_repetitions_double_up_to_four_seconds(self) -> None:
        [ana] = self.join("Ana")
        self.pair.link.loses = everything_of(ana)
        start = self.pair.now
        ana.say("hello" * 100)
        self.pair.run(30.0)
        says = [one for one in self.pair.link.sent if len(one[1]) > 500]  # and no ping
        times = [at for at, _, source, _ in says if source == ana.address and at >= start][:21]
        expected_s = 0.075
        for number in range(1, 21, 2):
            gap_s, copy_s = (times[n] - times[n - 1] for n in (number, number + 1))
            self.assertTrue(0.89 <= gap_s / expected_s <= 1.12, (gap_s, expected_s))
            self.assertAlmostEqual(copy_s, COPY_AFTER_S)
            expected_s = min(2 * expected_s, 4.0)

    def test_lost_stored_answer_is_repeated_without_second_copy(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.pair.link.loses = first_ones(1, wire.Kind.SEALED, to=ana.address)
        ana.say("hello")
        self.pair.run(5.0)
        self.assertEqual((self.stored(), bob.texts), (["hello"], ["hello"]))
        self.assertEqual(ana.saw(client_events.TextsStored), [client_events.TextsStored(1)])

    def test_lost_cast_is_made_good_by_its_repetition(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.pair.link.loses = first_ones(1, wire.Kind.CAST, to=bob.address)
        start = self.pair.now
        ana.say("hello")
        self.pair.run(0.09)
        self.assertEqual(bob.texts, [])
        self.pair.run(0.02)
        self.assertEqual(bob.texts, ["hello"])
        self.assertEqual(self.sent(bob, since=start), [])

    def test_hole_is_fetched_when_no_repetition_fills_it(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.pair.link.loses = first_ones(2, wire.Kind.CAST, to=bob.address)
        start = self.pair.now
        ana.say("x" * 800)
        self.pair.run(0.03)
        ana.say("y" * 800)  # one datagram does not hold both
        self.pair.run(0.4)
        self.assertEqual(bob.texts, ["x" * 800, "y" * 800])
        [asked] = self.sent(bob, since=start)
        self.assertTrue(0.18 <= asked - start <= 0.261, asked - start)

    def test_last_message_lost_with_all_repeats_is_noticed_by_the_ping(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.pair.link.loses = first_ones(99, wire.Kind.CAST, to=bob.address)
        ana.say("hello")
        self.pair.run(3.0)
        self.assertEqual(bob.texts, [])
        self.pair.run(20.0)
        self.assertEqual(bob.texts, ["hello"])

    def test_sender_that_gets_no_cast_fetches_its_own_text(self) -> None:
        [ana] = self.join("Ana")
        self.pair.link.loses = first_ones(99, wire.Kind.CAST, to=ana.address)
        ana.say("hello")
        self.pair.run(0.4)
        self.assertEqual(ana.texts, ["hello"])

    def test_every_datagram_twice_is_shown_once(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        for number in range(10):
            ana.say(f"text {number}")
            since = len(self.pair.link.sent)
            self.pair.run(0.2)
            for _, data, source, to in self.pair.link.sent[since:]:
                self.pair.inject(data, source, to)
        self.pair.run(5.0)
        self.assertEqual(bob.texts, [f"text {number}" for number in range(10)])
        self.assertEqual(self.stored(), bob.texts)
        self.assertEqual(bob.saw(client_events.PeopleChanged)[1:], [])

    def test_lost_handshake_datagrams_are_sent_again(self) -> None:
        for number, kind in enumerate(
            (wire.Kind.HELLO, wire.Kind.COOKIE, wire.Kind.KNOCK, wire.Kind.ANSWER)
        ):
            with self.subTest(kind=kind):
                self.pair.link.loses = first_ones(1, kind)
                start = self.pair.now
                person = self.pair.join(f"name {number}")
                self.assertIsInstance(person.events[0], client_events.Entered)
                # Once the greeting has measured the round trip, a second is long.
                first_timeout_s = 1.0 if kind in (wire.Kind.HELLO, wire.Kind.COOKIE) else 0.3
                spent = self.pair.now - start
                self.assertTrue(0.9 * first_timeout_s < spent < first_timeout_s + 0.4)

    def test_lost_join_and_lost_joined_are_repeated_and_enter_once(self) -> None:
        self.pair.link.loses = first_ones(2, wire.Kind.SEALED)
        ana = self.pair.join("Ana")
        self.pair.run(1.0)
        self.assertEqual(len(ana.saw(client_events.Entered)), 1)
        joined = [one for one in self.pair.room_events if isinstance(one, PersonJoined)]
        self.assertEqual(len(joined), 1)

    def test_crowd_that_lacks_the_same_makes_no_storm(self) -> None:
        people = self.join(*(f"name {number}" for number in range(12)))
        start = self.pair.now
        self.pair.link.loses = first_ones(12 * 7, wire.Kind.CAST)
        people[0].say("hello")
        self.pair.run(30.0)
        for person in people:
            self.assertEqual(person.texts, ["hello"])
            self.assertLessEqual(len(self.sent(person, since=start)), 6)


class Catching(MemberCase):
    def join_with(self, history: int | None, older: int = 300) -> Person:
        self.log.entries += older_entries(older)
        [ana] = self.join("Ana", history=history)
        return ana

    def shown(self, person: Person) -> list[int]:
        return [entry.seq for entry in person.shown]

    def test_hundred_newest_are_fetched(self) -> None:
        ana = self.join_with(100)
        self.assertEqual(self.shown(ana), list(range(201, 301)))
        self.assertEqual(ana.saw(client_events.CaughtUp), [client_events.CaughtUp(201)])

    def test_all_are_fetched(self) -> None:
        ana = self.join_with(None, older=2000)
        self.assertEqual(self.shown(ana), list(range(1, 2001)))
        self.assertEqual(ana.saw(client_events.CaughtUp), [client_events.CaughtUp(1)])

    def test_none_is_fetched(self) -> None:
        ana = self.join_with(0)
        self.assertEqual(
            (self.shown(ana), ana.saw(client_events.CaughtUp)), ([], [client_events.CaughtUp(301)])
        )
        ana.say("hello")
        self.pair.run(1.0)
        self.assertEqual(self.shown(ana), [301])

    def test_more_than_there_is_means_all(self) -> None:
        self.assertEqual(self.shown(self.join_with(100, older=7)), list(range(1, 8)))

    def test_fetch_under_loss_brings_every_entry_once(self) -> None:
        chance = random.Random(3)
        self.pair.link.loses = some_of(chance)
        self.log.entries += older_entries(1500)
        ana = self.pair.add("Ana", history=1200)
        self.pair.run(60.0)
        self.assertEqual(self.shown(ana), list(range(301, 1501)))

    def test_lost_part_of_an_answer_is_asked_for_alone(self) -> None:
        self.log.entries += older_entries(200)
        ana = self.pair.join("Ana", history=None)
        self.pair.link.loses = first_ones(1, wire.Kind.SEALED, to=ana.address)
        start = self.pair.now
        self.pair.run(2.0)
        self.assertEqual(self.shown(ana), list(range(1, 201)))
        self.assertLessEqual(len(self.sent(ana, since=start)), 5)


class Returning(MemberCase):
    def test_silent_server_is_lost_after_three_tries_and_found_again(self) -> None:
        [ana] = self.join("Ana")
        self.pair.server_up = False
        ana.say("hello")
        self.pair.run(0.3)
        self.assertEqual(ana.saw(client_events.ServerLost), [])
        self.pair.run(10.0)
        self.assertEqual(
            ana.saw(client_events.ServerLost), [client_events.ServerLost(stopped=False)]
        )
        self.pair.server_up = True
        self.pair.run(5.0)
        self.assertEqual(ana.saw(client_events.ServerFound), [client_events.ServerFound()])
        self.assertEqual(self.stored(), ["hello"])

    def test_stopped_server_is_found_again_with_nothing_lost(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        ana.say("before")
        self.pair.run(1.0)
        self.pair.stop_room()
        self.pair.run(1.0)
        self.assert_last(ana, client_events.ServerLost(stopped=True))
        ana.say("meanwhile")
        self.pair.run(20.0)
        self.pair.open_room()
        self.pair.run(6.0)
        self.assertEqual(self.times_entered(ana), [False, True])
        self.assertEqual(self.stored(), ["before", "meanwhile"])
        self.assertEqual((ana.texts, bob.texts), (self.stored(), self.stored()))
        self.assertEqual(ana.saw(client_events.LogReplaced), [])

    def test_crash_after_storing_and_before_the_answer_stores_once(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        ana.say("hello")
        self.pair.run(0.03)  # stored; the answer is on its way
        self.assertEqual(self.stored(), ["hello"])
        self.pair.link.loses = lambda _, source, __: source == SERVER
        ana.say("more")
        self.pair.run(1.0)
        self.pair.link.loses = nothing
        self.pair.open_room()
        self.pair.run(40.0)
        self.assertEqual(self.stored(), ["hello", "more"])
        self.assertEqual((ana.texts, bob.texts), (self.stored(), self.stored()))
        self.assertEqual(ana.member.unsaid, 0)

    def test_crash_before_storing_loses_nothing(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.pair.server_up = False
        for number in range(30):
            ana.say(f"text {number}")
        self.pair.run(7.0)
        self.pair.open_room()
        self.pair.run(40.0)
        self.assertEqual(self.stored(), [f"text {number}" for number in range(30)])
        self.assertEqual(bob.texts, self.stored())

    def test_idle_member_notices_the_restart_with_its_next_ping(self) -> None:
        [ana] = self.join("Ana")
        self.pair.open_room()
        self.pair.run(23.0)
        self.assertEqual(self.times_entered(ana), [False, True])
        self.assertEqual(self.names_in(), ["Ana"])

    def test_another_log_replaces_what_was_shown(self) -> None:
        self.log.entries += older_entries(5)
        [ana] = self.join("Ana")
        self.pair.stop_room()
        other = [Entry(seq, "", "Zoe", f"other {seq}", f"other-{seq}") for seq in range(1, 9)]
        self.pair.log = MemoryLog(other)
        self.pair.open_room()
        ana.say("mine")
        self.pair.run(10.0)
        self.assertEqual(len(ana.saw(client_events.LogReplaced)), 1)
        self.assertEqual(ana.texts, [f"other {seq}" for seq in range(1, 9)] + ["mine"])

    def test_shorter_log_replaces_what_was_shown(self) -> None:
        self.log.entries += older_entries(5)
        [ana] = self.join("Ana")
        self.pair.stop_room()
        del self.log.entries[3:]
        self.pair.open_room()
        self.pair.run(10.0)
        self.assertEqual(len(ana.saw(client_events.LogReplaced)), 1)
        self.assertEqual(ana.texts, ["old 1", "old 2", "old 3"])

    def test_what_waits_is_stored_once_by_a_server_with_an_empty_archive(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        for text in ("one", "two"):
            ana.say(text)
        self.pair.run(1.0)
        self.pair.stop_room()
        self.assertEqual(ana.say("three"), [3])
        self.pair.run(1.0)
        ana.say("four")
        self.pair.log = self.log = MemoryLog()
        self.pair.open_room()
        self.pair.run(20.0)
        self.assertEqual(self.stored(), ["three", "four"])  # the others were stored there
        self.assertEqual((ana.texts, bob.texts), (self.stored(), self.stored()))
        self.assertEqual(
            ana.saw(client_events.TextsRenumbered),
            [client_events.TextsRenumbered(((1, "three"), (2, "four")))],
        )
        self.assertEqual(bob.saw(client_events.TextsRenumbered), [])
        self.assertEqual(len(ana.saw(client_events.LogReplaced)), 1)
        self.assertEqual(ana.member.unsaid, 0)
        self.assertEqual(ana.say("five"), [3])
        self.pair.run(1.0)
        self.assertEqual(bob.texts, ["three", "four", "five"])

    def test_what_waits_is_stored_once_by_a_server_with_an_older_archive(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        for text in ("one", "two", "three"):
            ana.say(text)
            self.pair.run(1.0)
        self.pair.stop_room()
        del self.log.entries[1:]
        ana.say("four")
        self.pair.open_room()
        self.pair.run(20.0)
        self.assertEqual(self.stored(), ["one", "four"])
        self.assertEqual((ana.texts, bob.texts), (self.stored(), self.stored()))

    def test_restart_with_another_password_asks_for_it_and_keeps_the_texts(
        self,
    ) -> None:
        [ana] = self.join("Ana")
        self.pair.stop_room()
        self.pair.password = "another"
        self.pair.open_room()
        ana.say("kept")
        self.pair.run(10.0)
        self.assert_last(ana, client_events.PasswordRefused(changed=True))
        self.assertEqual(ana.member.unsaid, 1)
        ana.member.retry_password("another", self.pair.now)
        self.pair.run(2.0)
        self.assertEqual(self.stored(), ["kept"])

    def test_changed_address_loses_nothing(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.pair.move(bob, ("10.0.0.7", 7))
        ana.say("one")
        self.pair.run(30.0)
        self.assertEqual(bob.texts, ["one"])
        self.assertEqual(bob.saw(client_events.Entered)[1:], [])
        self.assertIn(("Bob", ("10.0.0.7", 7)), self.pair.here())

    def test_after_an_hour_away_all_that_was_said_is_there(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.pair.link.loses = everything_of(bob)
        for number in range(300):
            ana.say(f"text {number}")
        self.pair.run(3600.0)
        self.assertEqual(self.names_in(), ["Ana"])
        self.assertEqual(len(bob.saw(client_events.ServerLost)), 1)
        self.pair.link.loses = nothing
        self.pair.run(10.0)
        self.assertEqual(self.names_in(), ["Ana", "Bob"])
        self.assertEqual(bob.texts, [f"text {number}" for number in range(300)])
        self.assertEqual(len(bob.saw(client_events.ServerFound)), 1)

    def test_server_that_was_never_there_is_silent(self) -> None:
        self.pair.server_up = False
        ana = self.pair.add("Ana")
        self.pair.run(10.0)
        silent = ana.events[0]
        assert isinstance(silent, client_events.ServerSilent)
        self.assertGreaterEqual(silent.silent_s, 2.5)
        self.pair.server_up = True
        self.pair.run(5.0)
        self.assertEqual(len(ana.saw(client_events.Entered)), 1)


class Hints(MemberCase):
    def number_of(self, person: Person) -> bytes:
        """Return the number of the session, as anybody on the way can read it."""
        sealed = [
            data
            for _, data, source, _ in self.pair.link.sent
            if source == person.address and data[0] == wire.Kind.SEALED
        ]
        return sealed[-1][1:9]

    def inject(self, person: Person, hint: int) -> None:
        gone = wire.encode_datagram(wire.Gone(self.number_of(person), hint))
        self.pair.inject(gone, SERVER, person.address)

    def test_false_hint_to_an_idle_member_changes_nothing(self) -> None:
        [ana] = self.join("Ana")
        for hint in (*wire.Hint, 0, 99):
            self.inject(ana, hint)
        self.pair.run(25.0)
        self.assertEqual(self.sent(ana, wire.Kind.HELLO)[1:], [])
        self.assertEqual(ana.saw(client_events.ServerLost), [])

    def test_false_hint_is_forgotten_with_the_next_answer(self) -> None:
        [ana] = self.join("Ana")
        self.inject(ana, wire.Hint.UNKNOWN_SESSION)
        self.pair.run(0.03)
        ana.say("one")
        self.pair.run(1.0)
        self.pair.link.loses = first_ones(1, wire.Kind.SEALED, source=ana.address)
        ana.say("two")
        self.pair.run(1.0)
        self.assertEqual(self.stored(), ["one", "two"])
        self.assertEqual(self.sent(ana, wire.Kind.HELLO)[1:], [])

    def test_hint_is_believed_when_the_request_times_out(self) -> None:
        [ana] = self.join("Ana")
        self.pair.open_room()
        start = self.pair.now
        ana.say("hello")
        self.pair.run(0.06)
        self.assertEqual(self.sent(ana, wire.Kind.HELLO, since=start), [])
        self.pair.run(0.04)
        self.assertEqual(len(self.sent(ana, wire.Kind.HELLO, since=start)), 1)
        self.pair.run(1.0)
        self.assertEqual(self.stored(), ["hello"])

    def test_hint_for_another_session_is_no_hint(self) -> None:
        [ana] = self.join("Ana")
        self.pair.link.loses = first_ones(1, wire.Kind.SEALED, source=ana.address)
        gone = wire.encode_datagram(wire.Gone(bytes(8), wire.Hint.UNKNOWN_SESSION))
        ana.say("hello")
        self.pair.inject(gone, SERVER, ana.address)
        self.pair.run(1.0)
        self.assertEqual(self.sent(ana, wire.Kind.HELLO)[1:], [])

    def test_nonsense_to_a_member_changes_nothing(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        ana.say("one")
        self.pair.run(5.0)
        events, since = list(ana.events), len(self.pair.link.sent)
        recorded = [data for _, data, _, to in self.pair.link.sent if to == ana.address]
        forged = [data[:-1] + bytes((data[-1] ^ 1,)) for data in recorded]
        short = [data[:size] for data in recorded for size in (0, 1, 9, 33, 40)]
        to_bob = [data for _, data, _, to in self.pair.link.sent if to == bob.address]
        own = [data for _, data, source, _ in self.pair.link.sent if source != SERVER]
        for data in (*recorded, *forged, *short, *to_bob, *own, b"\xff" * 2000):
            ana.member.receive_datagram(data, SERVER, self.pair.now)
        self.pair.run(1.0)
        self.assertEqual(ana.events, events)
        self.assertEqual(self.pair.link.sent[since:], [])

    def test_cast_to_one_member_says_nothing_to_another(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.pair.link.loses = first_ones(99, wire.Kind.CAST, to=ana.address)
        bob.say("hello")
        self.pair.run(0.2)
        for _, data, _, to in self.pair.link.sent:
            if to == bob.address:  # Bob's tag is all that he could give them
                ana.member.receive_datagram(data, SERVER, self.pair.now)
        ana.take_events()
        self.assertEqual(ana.texts, [])


class Entering(MemberCase):
    def test_wrong_password_is_told_and_the_right_one_lets_in(self) -> None:
        ana = self.pair.join("Ana", password="wrong")
        self.assertEqual(ana.events, [client_events.PasswordRefused(changed=False)])
        self.pair.run(60.0)
        self.assertEqual(ana.events, [client_events.PasswordRefused(changed=False)])
        ana.member.retry_password(self.pair.password, self.pair.now)
        self.pair.run(1.0)
        self.assertEqual(self.names_in(), ["Ana"])

    def test_one_damaged_proof_is_not_called_a_wrong_password(self) -> None:
        ana = self.pair.add("Ana")
        self.pair.run_until(lambda: ana.member.state is State.JOINING, 5.0)
        answer = self.pair.link.sent[-1][1]
        forged = bytes((wire.Kind.SEALED,)) + answer[17:25] + bytes(40)
        self.pair.room.receive_datagram(forged, ana.address, self.pair.now)
        self.pair.run(3.0)
        self.assertEqual(ana.saw(client_events.PasswordRefused), [])
        self.assertEqual(self.names_in(), ["Ana"])

    def test_too_many_guesses_make_a_pause_for_their_address_alone(self) -> None:
        [ana] = self.join("Ana")
        for number in range(guesses.GUESSES_AT_ONCE + 1):
            other = self.pair.join(f"Mallory{number}", password="wrong")
            self.assertEqual(len(other.events), 1)
        eve = self.pair.join("Eve")
        self.assert_last(eve, client_events.GuessesSlowedHere())
        bob = self.pair.join("Bob", host="10.0.0.2")
        self.assertEqual(len(bob.saw(client_events.Entered)), 1)
        ana.say("not slowed")
        self.pair.run(0.1)
        self.assertEqual(bob.texts, ["not slowed"])
        self.pair.run(25.0)
        self.assertEqual(len(eve.saw(client_events.Entered)), 1)

    def test_tries_that_prove_nothing_become_slow_and_that_is_told_once(self) -> None:
        eve = self.pair.join("Eve", password="wrong")
        for _ in range(trust.UNPROVEN_AT_ONCE - 1):
            eve.member.retry_password("wrong too", self.pair.now)
            self.pair.run(1.5)
        self.assertEqual(len(eve.saw(client_events.PasswordRefused)), trust.UNPROVEN_AT_ONCE)
        for _ in range(2):
            eve.member.retry_password("wrong too", self.pair.now)
            self.pair.run(8.0)
            self.assertEqual(len(eve.saw(client_events.HostUnproven)), 1)
        eve.member.retry_password(self.pair.password, self.pair.now)
        self.pair.run(22.0)
        self.assertEqual(len(eve.saw(client_events.Entered)), 1)

    def test_taken_name_is_refused_while_its_holder_answers(self) -> None:
        ana, bob = self.join("Ana")[0], self.pair.join("ana")
        self.assertEqual(bob.events, [client_events.NameRefused("ana", Refusal.NAME_TAKEN)])
        bob.member.rename("Bob", self.pair.now)
        self.pair.run(5.0)
        self.assertEqual(self.names_in(), ["Ana", "Bob"])
        self.assertEqual(len(ana.saw(client_events.Entered)), 1)

    def test_silent_holder_is_followed_after_two_seconds(self) -> None:
        [ana] = self.join("Ana")
        self.pair.link.loses = everything_of(ana)
        start = self.pair.now
        bob = self.pair.join("Ana")
        self.assertEqual(len(bob.saw(client_events.Entered)), 1)
        self.assertTrue(2.0 < self.pair.now - start < 2.3)
        self.pair.link.loses = nothing
        self.pair.run(25.0)
        self.assert_last(ana, client_events.NameRefused("Ana", Refusal.NAME_TAKEN))
        ana.say("kept until I have a name")
        ana.member.rename("Anna", self.pair.now)
        self.pair.run(1.0)
        self.assertEqual(self.names_in(), ["Ana", "Anna"])
        self.assertEqual(bob.texts, ["kept until I have a name"])

    def test_contest_under_loss_leaves_one_holder(self) -> None:
        for seed in range(6):
            chance = random.Random(seed)
            self.pair = Pair(MemoryLog(), seed=seed)
            [ana] = self.join("Ana")
            self.pair.link.loses = some_of(chance)
            bob = self.pair.add("Ana")
            self.pair.run(30.0)
            self.assertEqual(self.pair.here(), [("Ana", ana.address)])
            refused = [client_events.NameRefused("Ana", Refusal.NAME_TAKEN)]
            self.assertEqual(bob.saw(client_events.NameRefused), refused)

    def test_bad_name_is_refused_and_another_taken(self) -> None:
        ana = self.pair.join("System")
        self.assertEqual(ana.events, [client_events.NameRefused("System", Refusal.NAME_BAD)])
        ana.member.rename("Ana", self.pair.now)
        self.pair.run(1.0)
        self.assertEqual(self.names_in(), ["Ana"])

    def test_rename_works_also_after_a_restart_of_the_server(self) -> None:
        ana = self.pair.join("System")
        self.pair.open_room()
        ana.member.rename("Ana", self.pair.now)
        self.pair.run(5.0)
        self.assertEqual(self.names_in(), ["Ana"])

    def test_same_device_is_in_at_once_under_its_name(self) -> None:
        device = bytes(range(16))
        self.pair.join("Ana", device=device)
        self.pair.run(1.0)
        start = self.pair.now
        again = self.pair.join("Ana", device=device)
        self.assertEqual(len(again.saw(client_events.Entered)), 1)
        self.assertLess(self.pair.now - start, 0.2)
        self.assertEqual(self.pair.here(), [("Ana", again.address)])

    def test_blocked_address_is_told_so_and_let_in_after_unblocking(self) -> None:
        network = ipaddress.ip_network("10.0.0.0/8")
        self.pair.room.block(network, self.pair.now)
        ana = self.pair.join("Ana", host="10.0.0.1")
        self.assertEqual(ana.events[0], client_events.AccessRefused(wire.Hint.NOT_ALLOWED))
        self.pair.room.unblock(network)
        self.pair.run(5.0)
        self.assertEqual(self.names_in(), ["Ana"])


class Ending(MemberCase):
    def test_goodbye_is_said_and_answered(self) -> None:
        ana, _ = self.join("Ana", "Bob")
        ana.leave()
        self.pair.run(0.1)
        self.assert_last(ana, client_events.Left(0))
        self.assertTrue(ana.member.closed)
        self.assertEqual(self.names_in(), ["Bob"])
        self.assertIsNone(ana.member.timer(self.pair.now))

    def test_lost_goodbyes_are_repeated(self) -> None:
        [ana] = self.join("Ana")
        self.pair.link.loses = first_ones(2, wire.Kind.SEALED)
        ana.leave()
        self.pair.run(2.0)
        self.assert_last(ana, client_events.Left(0))
        self.assertEqual(self.names_in(), [])

    def test_goodbye_to_nobody_ends_after_a_few_tries(self) -> None:
        [ana] = self.join("Ana")
        self.pair.server_up = False
        start = self.pair.now
        ana.leave()
        ana.leave()
        self.pair.run(5.0)
        self.assert_last(ana, client_events.Left(0))
        self.assertLessEqual(len(self.sent(ana, since=start)), 7)
        since = len(self.pair.link.sent)
        self.pair.run(60.0)
        self.assertEqual(self.pair.link.sent[since:], [])

    def test_leaving_tells_what_was_not_stored(self) -> None:
        [ana] = self.join("Ana")
        self.pair.server_up = False
        ana.say("one")
        ana.say("two")
        self.pair.run(2.0)
        ana.leave()
        self.pair.run(5.0)
        self.assert_last(ana, client_events.Left(2))

    def test_leaving_at_the_door_ends_at_once(self) -> None:
        self.pair.server_up = False
        ana = self.pair.add("Ana")
        ana.leave()
        self.pair.run(0.0)
        self.assert_last(ana, client_events.Left(0))
        self.assertTrue(ana.member.closed)

    def test_leaving_instead_of_another_name_or_password(self) -> None:
        for ana in (self.pair.join("System"), self.pair.join("Ana", password="no")):
            ana.leave()
            self.pair.run(0.1)
            self.assert_last(ana, client_events.Left(0))

    def test_removed_one_is_out_and_does_not_come_back(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.pair.room.remove("Ana", self.pair.now)
        self.pair.run(60.0)
        self.assert_last(ana, client_events.Expelled(Refusal.REMOVED))
        self.assertEqual(self.names_in(), ["Bob"])
        self.assert_last(bob, client_events.PeopleChanged(("Bob",), (), ("Ana",)))
        self.assertFalse(ana.member.closed)
        ana.leave()
        self.pair.run(0.0)
        self.assert_last(ana, client_events.Left(0))
        self.assertTrue(ana.member.closed)

    def test_removed_one_that_wants_back_has_all_it_had(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        bob.say("one")
        self.pair.run(1.0)
        self.pair.room.remove("Ana", self.pair.now)
        ana.say("kept")
        self.pair.run(30.0)
        bob.say("two")
        self.pair.run(1.0)
        self.assert_last(ana, client_events.Expelled(Refusal.REMOVED))
        for _ in range(2):  # the second changes nothing
            ana.member.rejoin(self.pair.now)
        self.pair.run(2.0)
        self.assertEqual(self.times_entered(ana), [False, True])
        self.assertEqual(self.stored(), ["one", "two", "kept"])
        self.assertEqual((ana.texts, bob.texts), (self.stored(), self.stored()))
        self.assertEqual(ana.saw(client_events.LogReplaced), [])
        self.assertEqual(ana.saw(client_events.ServerLost), [])

    def test_full_room_is_knocked_at_until_there_is_a_place_and_nothing_is_given_up(self) -> None:
        [ana] = self.join("Ana")
        ana.say("one")
        self.pair.run(1.0)
        self.pair.stop_room()
        ana.say("two")
        self.pair.open_room()
        with mock.patch.object(sessions, "SESSIONS_MOST", 0):
            self.pair.run(60.0)
            self.assertEqual(len(ana.saw(client_events.RoomFull)), 1)
            self.assertEqual(ana.member.unsaid, 1)
        self.pair.run(6.0)
        self.assertEqual(self.times_entered(ana), [False, True])
        self.assertEqual(self.stored(), ["one", "two"])

    def test_removed_one_that_missed_the_word_is_told_when_it_asks(self) -> None:
        [ana] = self.join("Ana")
        self.pair.link.loses = first_ones(1, wire.Kind.SEALED, to=ana.address)
        self.pair.room.remove("Ana", self.pair.now)
        self.pair.run(0.1)
        self.assertFalse(ana.member.closed)
        ana.say("am I still here?")
        self.pair.run(1.0)
        self.assert_last(ana, client_events.Expelled(Refusal.REMOVED))
        self.assertEqual(self.stored(), [])

    def test_others_go_on_after_a_removal_under_a_new_key(self) -> None:
        ana, bob, cem = self.join("Ana", "Bob", "Cem")
        for number in range(3):
            dan = self.pair.join(f"Dan {number}")
            self.pair.run(1.0)
            self.pair.room.remove(f"Dan {number}", self.pair.now)
            bob.say(f"gone {number}")
            self.pair.run(2.0)
            self.assert_last(dan, client_events.Expelled(Refusal.REMOVED))
        for person in (ana, bob, cem):
            self.assertEqual(person.texts, ["gone 0", "gone 1", "gone 2"])
        since = len(self.pair.link.sent)
        bob.say("hello")
        self.pair.run(0.06)
        self.assertEqual((ana.texts[-1], cem.texts[-1]), ("hello", "hello"))
        kinds = [data[0] for _, data, source, _ in self.pair.link.sent[since:]]
        self.assertEqual(kinds.count(wire.Kind.SEALED), 1)  # the Say: its cast is the answer

    def test_nobody_asks_for_a_new_key_or_for_who_has_left(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        dan = self.pair.join("Dan")
        self.pair.run(61.0)
        since = len(self.pair.link.sent)
        dan.member.leave(self.pair.now)
        self.pair.run(0.5)
        asked = [source for _, _, source, _ in self.pair.link.sent[since:]]
        self.assertNotIn(ana.address, asked)
        self.assertNotIn(bob.address, asked)
        for person in (ana, bob):
            told = [one for one in person.events if isinstance(one, client_events.PeopleChanged)]
            self.assertEqual((told[-1].names, told[-1].went), (("Ana", "Bob"), ("Dan",)))

    def test_only_allowed_ones_stay(self) -> None:
        ana = self.pair.join("Ana", host="10.0.0.1")
        bob = self.pair.join("Bob", host="192.168.0.1")
        networks = [ipaddress.ip_network("192.168.0.0/16")]
        self.pair.room.allow_only(networks, self.pair.now)
        self.pair.run(1.0)
        self.assert_last(ana, client_events.Expelled(Refusal.REMOVED))
        self.assertEqual(self.pair.here(), [("Bob", bob.address)])

    def test_changed_password_asks_everybody_for_it(self) -> None:
        ana, bob = self.join("Ana", "Bob")
        self.pair.room.change_password("another", self.pair.now)
        ana.say("kept")
        self.pair.run(2.0)
        for person in (ana, bob):
            self.assert_last(person, client_events.PasswordRefused(changed=True))
            person.member.retry_password("another", self.pair.now)
        self.pair.run(2.0)
        self.assertEqual(sorted(self.names_in()), ["Ana", "Bob"])
        self.assertEqual((ana.texts, bob.texts), (["kept"], ["kept"]))

    def test_changed_password_is_noticed_also_where_the_word_was_lost(self) -> None:
        [ana] = self.join("Ana")
        self.pair.link.loses = first_ones(1, wire.Kind.SEALED, to=ana.address)
        self.pair.room.change_password("another", self.pair.now)
        self.pair.run(30.0)
        self.assert_last(ana, client_events.PasswordRefused(changed=True))


class RoughPair(Pair):
    """A pair on a link that loses, doubles and shuffles, and that watches the clock."""

    def __init__(self, log: MemoryLog, seed: int, delay_s: float) -> None:
        super().__init__(log, seed=seed, link=Link(delay_s))
        self.chance = random.Random(seed)
        self.rough = True
        self._steps = (0.0, 0)

    def _send(self, data: bytes, source: Address, destination: Address) -> None:
        copies = self.chance.choice((0, 1, 1, 1, 2)) if self.rough else 1
        self.link.sent.append((self.now, data, source, destination))
        for _ in range(copies):
            delay_s = self.link.delay_s * (1 + 3 * self.chance.random())
            order = next(self._order)
            flight = (self.now + delay_s, order, data, source, destination)
            heapq.heappush(self._flying, flight)

    def _run_timers(self) -> None:
        moment, steps = self._steps
        self._steps = (self.now, steps + 1 if moment == self.now else 0)
        if steps > 500:
            raise AssertionError(f"the timers spin at {self.now}")
        super()._run_timers()


class RoughWeather(unittest.TestCase):
    def test_what_was_said_is_stored_once_and_shown_once_to_all(self) -> None:
        for seed in range(6):
            with self.subTest(seed=seed):
                self.live_through(seed)

    def live_through(self, seed: int) -> None:
        log = MemoryLog(older_entries(150))
        pair = RoughPair(log, seed, delay_s=(0.001, 0.02, 0.1)[seed % 3])
        people = [pair.add(name) for name in ("Ana", "Bob", "Cem")]
        pair.run(10.0)
        said: dict[str, list[str]] = {"Ana": [], "Bob": [], "Cem": []}
        for number in range(40):
            person = pair.chance.choice(people)
            text = f"text {number} " + "x" * pair.chance.choice((1, 700))
            said[person.member.name].append(text)
            person.say(text)
            pair.run(pair.chance.random() / 2)
            if number % 12 == 5:
                pair.server_up = False
                pair.run(3 * pair.chance.random())
                pair.open_room()
            if number % 12 == 9:
                pair.move(person, ("10.0.0.1", 1000 + number))
        pair.rough = False
        pair.run(40.0)
        for person in people:
            name = person.member.name
            mine = [entry.text for entry in log.entries if entry.name == name]
            self.assertEqual(mine, said[name])
            self.assertEqual(person.shown, log.entries[50:])
            self.assertEqual(person.saw(client_events.LogReplaced), [])
            self.assertIs(person.member.state, State.IN)


if __name__ == "__main__":
    unittest.main()
