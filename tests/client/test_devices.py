"""Devices: a name that moves is noticed, and memory is bounded."""

import unittest
from unittest import mock

from chatroom.client import devices
from chatroom.protocol.entries import Entry


def entry(name: str, device: str) -> Entry:
    return Entry(1, "", name, "text", f"{device}-1")


class Moves(unittest.TestCase):
    def setUp(self) -> None:
        self.devices = devices.Devices()

    def test_first_word_is_no_move_and_another_device_is_one(self) -> None:
        said = [("Ana", "u1"), ("Ana", "u1"), ("Budi", "u2"), ("Ana", "u2"), ("ana", "u2")]
        heard = [self.devices.hear(entry(*one)) for one in said]
        self.assertEqual(heard, [False, False, False, True, False])

    def test_rows_of_older_archives_tell_nothing(self) -> None:
        self.assertFalse(self.devices.hear(Entry(1, "", "Ana", "x", "older")))
        self.assertFalse(self.devices.hear(entry("Ana", "u1")))

    def test_who_wrote_longest_ago_is_forgotten(self) -> None:
        with mock.patch.object(devices, "NAMES_MOST", 2):
            for name in ("Ana", "Budi", "Ana", "Citra"):
                self.devices.hear(entry(name, "u1"))
            self.assertTrue(self.devices.hear(entry("Ana", "u2")))
            self.assertFalse(self.devices.hear(entry("Budi", "u2")))

    def test_another_log_begins_anew(self) -> None:
        self.devices.hear(entry("Ana", "u1"))
        self.devices.clear()
        self.assertFalse(self.devices.hear(entry("Ana", "u2")))


if __name__ == "__main__":
    unittest.main()
