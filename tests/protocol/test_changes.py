"""Changes of the list of people in datagrams: encoded, decoded, and refused where damaged."""

import random
import unittest

from chatroom.protocol import changes, wire
from chatroom.protocol.changes import Change, Changes, Step
from chatroom.protocol.entries import decode_entries, encode_entries
from chatroom.protocol.messages import Ping, encode_request

SOME = (Change(Step.CAME_FIRST, "Tuan"), Change(Step.CAME, "Zoë 🧶"), Change(Step.WENT, "Bo"))
PAYLOAD = changes.encode_changes(Changes(9, SOME), head=7, number=8)


class RoundTrip(unittest.TestCase):
    def test_changes_come_back_with_head_and_number(self) -> None:
        for some in (Changes(9, SOME, 7, 8), Changes(2**32 - 1, (), 2**53, 2**32 - 1)):
            payload = changes.encode_changes(some, head=some.head, number=some.number)
            self.assertEqual(changes.decode_changes(payload), some)

    def test_payload_is_that_of_the_table(self) -> None:
        self.assertEqual(
            changes.encode_changes(Changes(7, (Change(Step.CAME, "Bo"),)), head=6, number=5),
            b"\x02\0\0\0\x05\0\0\0\0\0\0\0\x06\0\0\0\x07\x01\x02Bo",
        )

    def test_they_are_told_from_entries_and_messages(self) -> None:
        self.assertTrue(changes.is_changes(PAYLOAD))
        self.assertIsNone(decode_entries(PAYLOAD))
        for other in (encode_entries(b"", head=1, version=1), encode_request(1, Ping()), b""):
            self.assertFalse(changes.is_changes(other))
            self.assertIsNone(changes.decode_changes(other))

    def test_as_many_fit_as_a_datagram_holds(self) -> None:
        chance = random.Random(1)
        for size in (1, 10, 127, 128):
            many = [Change(Step.CAME, "x" * chance.randint(1, size)) for _ in range(1000)]
            count = changes.how_many_fit(many)
            payload = changes.encode_changes(Changes(1000, tuple(many[:count])), head=1)
            self.assertLessEqual(len(payload), wire.PAYLOAD_SIZE)
            more = changes.encode_changes(Changes(1000, tuple(many[: count + 1])), head=1)
            self.assertGreater(len(more), wire.PAYLOAD_SIZE)
        self.assertEqual(changes.how_many_fit(SOME), 3)


class Damaged(unittest.TestCase):
    def test_cut_anywhere_within_a_change(self) -> None:
        ends = {len(changes.encode_changes(Changes(9, SOME[:n]), head=7)) for n in range(4)}
        for size in set(range(len(PAYLOAD))) - ends:
            self.assertIsNone(changes.decode_changes(PAYLOAD[:size]), size)

    def test_steps_and_names_that_are_none(self) -> None:
        head = changes.encode_changes(Changes(9, ()), head=7)
        for change in (b"\x03\x01A", b"\x01\x00", b"\x01\x02\xc3\x28", b"\x01\x81" + b"x" * 129):
            self.assertIsNone(changes.decode_changes(head + change), change)
        self.assertIsNotNone(changes.decode_changes(head + b"\x01\x80" + b"x" * 128))

    def test_more_changes_than_versions(self) -> None:
        self.assertIsNone(
            changes.decode_changes(changes.encode_changes(Changes(2, SOME), head=7, number=8))
        )

    def test_no_bytes_raise(self) -> None:
        chance = random.Random(2)
        for _ in range(20_000):
            data = bytearray(PAYLOAD)
            for _ in range(chance.randint(1, 4)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            changes.decode_changes(bytes(data))


if __name__ == "__main__":
    unittest.main()
