"""The line to the server: lost, found, silent, and what was hinted of it."""

import unittest

from chatroom.client import contact, events
from chatroom.client.asking import NEVER
from chatroom.client.contact import SILENCE_BEFORE_LOST_S
from chatroom.client.timers import RoundTrip
from chatroom.protocol.wire import Hint

LOST = [events.ServerLost(stopped=False)]


class ContactCase(unittest.TestCase):
    def setUp(self) -> None:
        self.round_trip = RoundTrip()
        self.contact = contact.Contact(self.round_trip, 100.0)


class InTheRoom(ContactCase):
    def setUp(self) -> None:
        super().setUp()
        self.contact.entered()

    def test_lost_is_told_once_and_so_is_found(self) -> None:
        self.assertEqual(list(self.contact.lost()), LOST)
        self.assertEqual(list(self.contact.lost(stopped=True)), [])
        self.assertEqual(list(self.contact.heard(in_room=True)), [events.ServerFound()])
        self.assertEqual(list(self.contact.heard(in_room=True)), [])
        self.assertEqual(list(self.contact.lost(stopped=True)), [events.ServerLost(stopped=True)])

    def test_server_that_answers_at_the_door_is_not_found_before_we_are_in(self) -> None:
        self.contact.lost()
        self.assertEqual(list(self.contact.heard(in_room=False)), [])
        self.contact.entered()  # that is told by itself
        self.assertEqual(list(self.contact.heard(in_room=True)), [])
        self.assertEqual(list(self.contact.lost()), LOST)

    def test_silence_counts_from_what_went_out_first(self) -> None:
        self.assertEqual(self.contact.lost_at, NEVER)
        self.contact.awaits(200.0)
        self.contact.awaits(201.0)
        self.assertEqual(self.contact.lost_at, 200.0 + SILENCE_BEFORE_LOST_S)
        self.assertEqual(list(self.contact.overdue(202.8)), [])
        self.assertEqual(list(self.contact.overdue(202.9)), LOST)
        self.assertEqual(list(self.contact.overdue(203.0)), [])
        self.assertEqual((self.contact.lost_at, self.contact.probe_at), (NEVER, NEVER))

    def test_whatever_is_heard_ends_the_silence(self) -> None:
        self.contact.awaits(200.0)
        self.contact.heard(in_room=True)
        self.assertEqual((self.contact.lost_at, self.contact.probe_at), (NEVER, NEVER))
        self.contact.awaits(202.0)
        self.assertEqual(list(self.contact.overdue(204.8)), [])

    def test_probe_and_its_copies_leave_time_for_the_answer(self) -> None:
        for round_trip_s in (0.001, 0.05, 0.5, 1.0, 2.0, 2.2):
            with self.subTest(round_trip_s):
                self.setUp()
                for _ in range(20):
                    self.round_trip.measured(round_trip_s)
                self.contact.awaits(200.0)
                last_at = self.contact.probe_at + 3 * self.contact.probe_gap_s
                self.assertLessEqual(last_at + round_trip_s, self.contact.lost_at)

    def test_lost_is_told_also_at_the_door_if_it_was_not_before(self) -> None:
        self.contact.greet(100.0)
        self.contact.awaits(100.0)
        self.assertEqual(list(self.contact.unmet(102.6)), [])
        self.assertEqual(list(self.contact.overdue(102.9)), LOST)


class BeforeIt(ContactCase):
    def test_server_that_never_let_us_in_is_not_lost(self) -> None:
        self.assertEqual(list(self.contact.lost()), [])
        self.contact.awaits(100.0)
        self.assertEqual(list(self.contact.overdue(160.0)), [])

    def test_unmet_greetings_tell_how_long_it_has_been_silent(self) -> None:
        self.assertEqual(list(self.contact.unmet(101.0)), [])
        self.assertEqual(list(self.contact.unmet(103.0)), [events.ServerSilent(3.0)])
        self.assertEqual(list(self.contact.unmet(105.0)), [events.ServerSilent(5.0)])
        self.contact.greet(106.0)
        self.assertEqual(list(self.contact.unmet(107.0)), [])


class Hints(ContactCase):
    def test_hint_lasts_until_an_answer_or_a_new_handshake(self) -> None:
        for end in (lambda: self.contact.heard(in_room=True), lambda: self.contact.greet(101.0)):
            self.contact.hinted(Hint.UNKNOWN_SESSION)
            self.assertIs(self.contact.hint, Hint.UNKNOWN_SESSION)
            end()
            self.assertIsNone(self.contact.hint)

    def test_hint_that_we_do_not_know_leaves_the_one_before(self) -> None:
        self.contact.hinted(Hint.WRONG_PASSWORD)
        self.contact.hinted(None)
        self.assertIs(self.contact.hint, Hint.WRONG_PASSWORD)


if __name__ == "__main__":
    unittest.main()
