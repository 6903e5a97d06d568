"""The line to the server: how soon it is called lost, and how seldom without reason."""

import random

from chatroom.client import events
from chatroom.client.asking import NUMBERS_KEPT
from chatroom.client.handshake import SLOW_DOWN_S
from chatroom.protocol import wire
from tests.client.test_member import MemberCase, everything_of, first_ones, nothing
from tests.tools.link import SERVER, Link, MemoryLog, Pair, Person

ROUND_TRIPS_S = (0.001, 0.02, 0.1, 0.3, 0.6, 1.0, 1.5, 2.0, 2.5)
TOLD_WITHIN_S = 3.0


class LineCase(MemberCase):
    def enter(self, round_trip_s: float, seed: int = 1) -> Person:
        """Let Ana in on a line like this, and talk until its round trip is known."""
        self.pair = Pair(MemoryLog(), seed=seed, link=Link(round_trip_s / 2))
        self.pair.link.keeps_sent = False
        ana = self.pair.add("Ana")
        self.pair.run_until(lambda: bool(ana.saw(events.Entered)), 60.0)
        for number in range(10):
            ana.say(f"text {number}")
            self.pair.run(4.0)
        return ana

    def time_to_lost(self, ana: Person) -> float:
        """Return how long it takes from now until the server is lost."""
        since, before = self.pair.now, len(ana.saw(events.ServerLost))
        self.assertTrue(self.pair.run_until(lambda: len(ana.saw(events.ServerLost)) > before, 60.0))
        return self.pair.now - since


class Lost(LineCase):
    def test_three_seconds_after_what_one_wrote_went_unanswered_at_the_latest(self) -> None:
        for round_trip_s in ROUND_TRIPS_S:
            with self.subTest(round_trip_s):
                ana = self.enter(round_trip_s)
                self.pair.run(5.0)
                self.assertEqual(ana.saw(events.ServerLost), [])
                self.pair.server_up = False
                ana.say("is anybody there?")
                self.assertLessEqual(self.time_to_lost(ana), TOLD_WITHIN_S)

    def test_also_where_others_were_heard_until_the_line_broke(self) -> None:
        for round_trip_s in ROUND_TRIPS_S:
            with self.subTest(round_trip_s):
                ana = self.enter(round_trip_s)
                bob = self.pair.join("Bob")
                self.pair.run(10.0)
                self.pair.link.loses = first_ones(10**6, wire.Kind.SEALED, source=ana.address)
                bob.say("arrives")
                ana.say("does not")
                self.pair.run(round_trip_s + 0.1)
                self.assertEqual((ana.texts[-1], ana.saw(events.ServerLost)), ("arrives", []))
                self.pair.link.loses = everything_of(ana)
                on_its_way_s = round_trip_s / 2
                self.assertLessEqual(self.time_to_lost(ana), on_its_way_s + TOLD_WITHIN_S)

    def test_any_request_will_do_also_one_that_is_replaced_again_and_again(self) -> None:
        ana = self.enter(0.02)
        self.pair.server_up = False
        since = self.pair.now
        while not ana.saw(events.ServerLost) and self.pair.now < since + 60.0:
            ana.member.read(1, 5, self.pair.now)
            self.pair.run(0.5)
        self.assertLessEqual(self.pair.now - since, TOLD_WITHIN_S)

    def test_idle_member_claims_nothing_false_for_long_after_its_ping(self) -> None:
        ana = self.enter(0.02)
        self.pair.server_up = False
        self.assertLessEqual(self.time_to_lost(ana), 22.0 + TOLD_WITHIN_S)

    def test_server_that_is_asked_for_more_than_it_answers_is_there(self) -> None:
        ana = self.enter(0.02)
        bob = self.pair.join("Bob")
        self.pair.run(5.0)
        finds = first_ones(10**6, wire.Kind.SEALED, source=ana.address)
        self.pair.link.loses = lambda data, *ends: len(data) > 200 and finds(data, *ends)
        ana.say("x" * 200)  # Say is lost, Ping is not
        for _ in range(20):
            self.pair.run(1.0)
        self.assertEqual(ana.saw(events.ServerLost), [])
        self.pair.link.loses = nothing
        self.pair.run(5.0)
        self.assertEqual(bob.texts[-1], "x" * 200)

    def test_who_waits_for_its_person_is_not_told_of_a_lost_server(self) -> None:
        ana = self.enter(0.02)
        self.pair.stop_room()
        self.pair.password = "another"
        self.pair.open_room()
        self.pair.run(3.0)
        ana.member.try_now(self.pair.now)
        self.pair.run_until(lambda: bool(ana.saw(events.PasswordRefused)), 60.0)
        told = len(ana.saw(events.ServerLost))
        self.pair.run(60.0)
        self.assertEqual(len(ana.saw(events.ServerLost)), told)


class Kept(LineCase):
    def false_alarms(self, round_trip_s: float, loss: float) -> int:
        """Return how often a line that works is called lost while 100 texts are said."""
        ana = self.enter(round_trip_s, seed=7)
        chance = random.Random(7)
        self.pair.link.loses = lambda *_: chance.random() < loss
        for number in range(100):
            ana.say(f"text {number}")
            self.pair.run(12.0)
        self.pair.link.loses = nothing
        self.pair.run(30.0)
        self.assertEqual(len(ana.texts), 110)
        return len(ana.saw(events.ServerLost))

    def test_line_that_works_is_never_called_lost(self) -> None:
        for round_trip_s in ROUND_TRIPS_S:
            with self.subTest(round_trip_s):
                self.assertEqual(self.false_alarms(round_trip_s, 0.0), 0)

    def test_losses_seldom_make_it_lost_on_a_slow_line_either(self) -> None:
        for round_trip_s, loss, most in (
            (0.02, 0.1, 0),
            (0.02, 0.3, 2),
            (0.5, 0.1, 1),
            (1.0, 0.1, 1),
            (2.0, 0.05, 1),
            (2.0, 0.1, 2),
        ):
            with self.subTest(round_trip_s, loss=loss):
                self.assertLessEqual(self.false_alarms(round_trip_s, loss), most)


class TryNow(LineCase):
    def test_what_waits_in_the_room_is_sent_now(self) -> None:
        ana = self.enter(0.02)
        self.pair.server_up = False
        ana.say("hello")
        self.pair.run(20.0)
        self.pair.server_up = True
        self.assertEqual(len(ana.saw(events.ServerFound)), 0)
        ana.member.try_now(self.pair.now)
        self.pair.run(0.05)
        self.assertEqual(len(ana.saw(events.ServerFound)), 1)
        self.assertEqual(ana.member.unsaid, 0)

    def test_greeting_at_the_door_is_sent_now(self) -> None:
        ana = self.enter(0.02)
        self.pair.stop_room()
        self.pair.run(21.0)
        self.pair.open_room()
        ana.member.try_now(self.pair.now)
        self.pair.run(0.2)
        self.assertEqual(self.times_entered(ana), [False, True])

    def test_gaps_begin_anew(self) -> None:
        ana = self.enter(0.02)
        self.pair.server_up = False
        ana.say("hello")
        self.pair.run(20.0)
        self.pair.link.keeps_sent = True
        ana.member.try_now(self.pair.now)
        self.pair.run(1.0)
        self.assertGreater(len(self.sent(ana)), 8)

    def test_who_waits_for_nothing_pings(self) -> None:
        ana = self.enter(0.02)
        self.pair.run(5.0)
        self.pair.link.keeps_sent = True
        ana.member.try_now(self.pair.now)
        self.pair.run(1.0)
        self.assertEqual(len(self.sent(ana)), 1)

    def test_pause_that_the_server_asked_for_is_kept(self) -> None:
        ana = self.pair.add("Ana")
        self.pair.run(0.0)
        nonce = self.pair.link.sent[-1][1][2 : 2 + wire.SESSION_SIZE]
        slow_down = wire.encode_datagram(wire.Gone(nonce, wire.Hint.SLOW_DOWN))
        self.pair.server_up = False
        self.pair.inject(slow_down, SERVER, ana.address)
        self.pair.run(0.1)
        since = len(self.pair.link.sent)
        for _ in range(3):
            ana.member.try_now(self.pair.now)
            self.pair.run(1.0)
        self.assertEqual(self.pair.link.sent[since:], [])
        self.pair.run(SLOW_DOWN_S)
        self.assertNotEqual(self.pair.link.sent[since:], [])

    def test_it_is_harmless_whenever_it_comes_and_however_often(self) -> None:
        pair = self.pair = Pair(self.log)
        ana, wrong, bad = (
            pair.add("Ana"),
            pair.add("Bob", password="wrong"),
            pair.add("System"),
        )
        for step in range(400):
            if step == 100:
                pair.server_up = False
            if step == 200:
                pair.open_room()
            if step in (50, 150, 250):
                ana.say(f"text {step}")
            if step == 380:
                ana.leave()
            for person in (ana, wrong, bad):
                person.member.try_now(pair.now)
                self.assertLessEqual(len(person.member.figures().awaited), 6 * NUMBERS_KEPT)
            pair.run(0.05)
        self.assertEqual(self.stored(), ["text 50", "text 150", "text 250"])
        self.assertTrue(ana.member.closed)
        ana.member.try_now(pair.now)
        self.assertIsNone(ana.member.timer(pair.now))
