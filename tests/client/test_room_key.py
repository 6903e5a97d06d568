"""Casts under the room's key: tag, key and replay window, in this order."""

import unittest

from chatroom.client.room_key import RoomKey
from chatroom.crypto.replay import Replayed
from chatroom.crypto.sealing import Forged, Tagger, encrypt
from chatroom.protocol import wire

OURS = Tagger(b"ours" * 8)
KEY, OTHER_KEY = bytes(32), bytes(range(32))


def cast(
    number: int, payload: bytes = b"hello", key_number: int = 1, key: bytes = KEY
) -> wire.Cast:
    body = encrypt(key, number, wire.cast_prefix(key_number), payload)
    return wire.Cast(key_number, body + OURS.tag(body))


class Casts(unittest.TestCase):
    def setUp(self) -> None:
        self.room_key = RoomKey()
        self.room_key.take(1, KEY)

    def test_cast_is_opened_once(self) -> None:
        self.assertEqual(self.room_key.open(cast(7), OURS), b"hello")
        with self.assertRaises(Replayed):
            self.room_key.open(cast(7), OURS)

    def test_cast_that_is_tagged_for_another_is_forged_and_uses_no_number(self) -> None:
        with self.assertRaises(Forged):
            self.room_key.open(cast(7), Tagger(KEY))
        self.assertEqual(self.room_key.open(cast(7), OURS), b"hello")

    def test_unknown_key_is_no_payload_and_uses_no_number(self) -> None:
        self.assertIsNone(self.room_key.open(cast(7, key_number=2, key=OTHER_KEY), OURS))
        self.room_key.take(2, OTHER_KEY)
        self.assertEqual(self.room_key.open(cast(7, key_number=2, key=OTHER_KEY), OURS), b"hello")

    def test_no_key_number_is_known_before_the_first_key(self) -> None:
        for number in (0, 1, 255):
            self.assertIsNone(RoomKey().open(cast(0, key_number=number), OURS))

    def test_same_key_again_keeps_what_was_seen_and_another_has_its_own(self) -> None:
        self.room_key.open(cast(7), OURS)
        self.room_key.take(1, KEY)
        with self.assertRaises(Replayed):
            self.room_key.open(cast(7), OURS)
        self.room_key.take(1, OTHER_KEY)
        self.assertEqual(self.room_key.open(cast(7, key=OTHER_KEY), OURS), b"hello")


if __name__ == "__main__":
    unittest.main()
