"""When a member pings, and what a Pong changes."""

import unittest

from chatroom.client.asking import CROWD_SPREAD_S, REFUSED_PAUSE_S
from chatroom.client.contact import Contact
from chatroom.client.pulse import (
    PING_AFTER_S,
    PING_LATEST_S,
    PING_SOONEST_S,
    PING_SPREAD_S,
    Pulse,
)
from chatroom.client.session import RoomKey
from chatroom.client.timers import RoundTrip
from chatroom.crypto.replay import ReplayWindow
from chatroom.crypto.sealing import TAG_SIZE, Tagger, digest, encrypt
from chatroom.protocol import messages, wire

TOKEN = b"abcd"
KEY = bytes(range(32))


class PulseCase(unittest.TestCase):
    def setUp(self) -> None:
        self.chance = 0.5
        self.room_key = RoomKey()
        self.round_trip = RoundTrip()
        self.contact = Contact(self.round_trip, 10.0)
        self.pulse = Pulse(self.room_key, self.contact, lambda: self.chance, 10.0)
        self.pulse.sent(10.0)


class Silence(PulseCase):
    def test_ping_follows_twenty_seconds_of_silence(self) -> None:
        self.assertEqual(self.pulse.due_at, 10.0 + PING_AFTER_S)
        self.pulse.sent(25.0)
        self.assertEqual(self.pulse.due_at, 25.0 + PING_AFTER_S)
        self.assertEqual(self.pulse.request(), messages.Ping())

    def test_silence_is_longer_for_one_than_for_another(self) -> None:
        for self.chance, due_at in ((0.0, -PING_SPREAD_S), (1.0, PING_SPREAD_S)):
            self.pulse.sent(0.0)
            self.assertEqual(self.pulse.due_at, PING_AFTER_S + due_at)

    def test_refused_ping_makes_a_pause(self) -> None:
        self.pulse.refused(messages.Refusal.MALFORMED, 40.0)
        self.assertEqual(self.pulse.due_at, 40.0 + REFUSED_PAUSE_S)


class Told(PulseCase):
    def pong(self, wait_ms: int, now: float) -> float:
        """Hear when to ping; return when that is."""
        self.assertEqual(list(self.pulse.hear(messages.Pong(0, 1, 3, KEY, wait_ms), now)), [])
        return self.pulse.due_at

    def test_pong_says_how_long_after_the_ping_comes_the_next(self) -> None:
        for way_s in (0.0, 0.001, 2.5):
            self.pulse.sent(30.0)
            self.assertEqual(self.pong(17_250, 30.0 + way_s), 30.0 + 17.25)

    def test_neither_sooner_nor_later_than_is_good_for_the_network(self) -> None:
        for wait_ms, wait_s in ((0, PING_SOONEST_S), (2**32 - 1, PING_LATEST_S)):
            self.pulse.sent(30.0)
            self.assertEqual(self.pong(wait_ms, 30.0), 30.0 + wait_s)

    def test_who_says_something_meanwhile_is_silent_from_then_on(self) -> None:
        self.pong(25_000, 10.0)
        self.pulse.sent(20.0)
        self.assertEqual(self.pulse.due_at, 20.0 + PING_AFTER_S)

    def test_joined_leaves_the_first_ping_where_chance_has_it(self) -> None:
        due_at = self.pulse.due_at
        self.pulse.hear(messages.Joined("room", 0, True, 0, 1, 3, KEY), 11.0)
        self.assertEqual(self.pulse.due_at, due_at)


class Doubt(PulseCase):
    def test_what_the_server_leaves_unanswered_is_followed_by_a_ping(self) -> None:
        self.contact.awaits(12.0)
        self.assertEqual(self.pulse.due_at, 12.0 + self.contact.probe_gap_s)
        self.contact.heard(in_room=True)
        self.assertEqual(self.pulse.due_at, 10.0 + PING_AFTER_S)

    def test_ping_is_repeated_sooner_on_a_slow_line_than_a_round_trip_would_be(self) -> None:
        for round_trip_s in (0.05, 2.0):
            for _ in range(20):
                self.round_trip.measured(round_trip_s)
            timeout_s = self.pulse.timeout_s(self.round_trip)
            self.assertLessEqual(timeout_s, self.round_trip.timeout_s)
            self.assertLessEqual(timeout_s, self.contact.probe_gap_s)


class Wanted(PulseCase):
    def test_probe_is_answered_at_once_with_its_token(self) -> None:
        self.pulse.probed(TOKEN, 11.0)
        self.assertEqual(self.pulse.due_at, 11.0)
        self.assertEqual(self.pulse.request(), messages.Ping(TOKEN))
        self.assertEqual(self.pulse.due_at, 10.0 + PING_AFTER_S)

    def test_unknown_key_is_asked_for_once_by_each_of_a_crowd(self) -> None:
        self.pulse.lack_key(12.0)
        self.assertEqual(self.pulse.due_at, 12.0 + CROWD_SPREAD_S / 2)
        self.pulse.lack_key(12.05)
        self.assertEqual(self.pulse.due_at, 12.0 + CROWD_SPREAD_S / 2)

    def test_joined_and_pong_bring_the_room_key(self) -> None:
        body = encrypt(KEY, 0, wire.cast_prefix(3), b"hello")
        cast = wire.Cast(3, body + Tagger(KEY).tag(digest(body)))
        for said in (
            messages.Joined("room", 0, True, 0, 1, 3, KEY),
            messages.Pong(0, 1, 3, KEY, 20_000),
        ):
            with self.subTest(said):
                self.setUp()
                self.assertIsNone(self.room_key.open(cast, Tagger(KEY), ReplayWindow()))
                self.assertEqual(list(self.pulse.hear(said, 20.0)), [])
                self.assertEqual(self.room_key.open(cast, Tagger(KEY), ReplayWindow()), b"hello")
        self.assertEqual(len(cast.datagram) - len(body), TAG_SIZE)


if __name__ == "__main__":
    unittest.main()
