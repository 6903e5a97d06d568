"""The line to the server: lost, found, silent, and what was hinted of it."""

import unittest

from chatroom.client import contact, events
from chatroom.client.timers import Retry
from chatroom.protocol.wire import Hint

LOST = [events.ServerLost(stopped=False)]


def tried(times: int, until: float) -> Retry:
    """Return the timer of a request that went out at 0 and so often until then."""
    retry = Retry(0.3, 0.0, lambda: 0.5)
    while retry.tries < times:
        retry.sent(0.0 if not retry.tries else until)
    return retry


class ContactCase(unittest.TestCase):
    def setUp(self) -> None:
        self.contact = contact.Contact(100.0)


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

    def test_three_tries_and_two_seconds_are_silence(self) -> None:
        for tries, now, told in ((2, 9.0, []), (3, 1.9, []), (3, 2.0, LOST), (4, 9.0, [])):
            with self.subTest(tries=tries, now=now):
                self.assertEqual(list(self.contact.unanswered(tried(tries, now), now)), told)

    def test_unmet_greeting_is_a_lost_server(self) -> None:
        self.contact.greet(100.0)
        self.assertEqual(list(self.contact.unmet(102.4)), [])
        self.assertEqual(list(self.contact.unmet(102.5)), LOST)
        self.assertEqual(list(self.contact.unmet(104.5)), [])


class BeforeIt(ContactCase):
    def test_server_that_never_let_us_in_is_not_lost(self) -> None:
        self.assertEqual(list(self.contact.lost()), [])
        self.assertEqual(list(self.contact.unanswered(tried(9, 60.0), 60.0)), [])

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
