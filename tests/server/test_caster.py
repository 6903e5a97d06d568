"""Casts: sealed once for the room, tagged for each, and repeated at growing gaps."""

import random
import unittest

from chatroom.crypto import sealing
from chatroom.protocol import messages, wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import Entries, Entry, decode_entries, encode_entries, pack_entries
from chatroom.server.audience import Audience
from chatroom.server.caster import Caster
from tests.server.callers import keys_of, new_session


def entries(first: int, last: int, size: int = 10) -> list[Entry]:
    return [
        Entry(n, "2026-11-22T12:00:00Z", "Ana", "x" * size, f"u0-{n}")
        for n in range(first, last + 1)
    ]


def audience_of(count: int) -> Audience:
    audience = Audience()
    for number in range(count):
        audience.add(new_session(number))
    return audience


class Casting(unittest.TestCase):
    def setUp(self) -> None:
        self.sent: list[tuple[bytes, Address]] = []
        self.caster = Caster(random.Random(1).randbytes, 0.0)

    def cast(self, *new: Entry, head: int = 9, receivers: int = 3) -> list[bytes]:
        """Cast and return what was sent."""
        payload = encode_entries(b"".join(pack_entries(new, 1)), head=head, version=4)
        self.sent = list(self.caster.cast([payload], audience_of(receivers)))
        return [data for data, _ in self.sent]

    def read(self, data: bytes) -> Entries:
        entries = decode_entries(
            sealing.decrypt(self.caster.key, data[: -sealing.TAG_SIZE], wire.CAST_PREFIX_SIZE)
        )
        assert entries is not None
        return entries

    def test_each_receiver_gets_the_same_bytes_with_a_tag_of_its_own(self) -> None:
        sent = self.cast(*entries(8, 9))
        self.assertEqual([address for _, address in self.sent][2], ("10.0.0.1", 2))
        self.assertEqual(len({data[: -sealing.TAG_SIZE] for data in sent}), 1)
        self.assertEqual(len({data[-sealing.TAG_SIZE :] for data in sent}), 3)
        for number, data in enumerate(sent):
            body = sealing.Tagger(keys_of(number).cast).check_cast(data)
            self.assertEqual(body[:2], bytes((wire.Kind.CAST, self.caster.key_number)))
        self.assertEqual(self.read(sent[0]).entries, tuple(entries(8, 9)))

    def test_tag_of_one_receiver_is_forged_for_another(self) -> None:
        sent = self.cast(*entries(9, 9))
        with self.assertRaises(sealing.Forged):
            sealing.Tagger(keys_of(1).cast).check_cast(sent[0])

    def test_cast_without_entries_brings_head_and_version(self) -> None:
        read = self.read(self.cast(head=70, receivers=1)[0])
        self.assertEqual((read.head, read.version, read.entries), (70, 4, ()))

    def test_every_cast_has_the_next_number(self) -> None:
        sent = [self.cast(*entries(9, 9), receivers=1)[0] for _ in range(3)]
        numbers = [sealing.packet_number(data, wire.CAST_PREFIX_SIZE) for data in sent]
        self.assertEqual(numbers, [0, 1, 2])

    def test_new_key_has_a_new_number(self) -> None:
        seen = {(self.caster.key_number, self.caster.key)}
        for _ in range(300):
            self.caster.change_key(0.0)
            self.assertIn(self.caster.key_number, range(256))
            seen.add((self.caster.key_number, self.caster.key))
        self.assertEqual(len(seen), 301)

    def test_new_key_does_not_open_old_casts(self) -> None:
        data = self.cast(*entries(9, 9))[0]
        old = self.caster.key
        self.caster.change_key(0.0)
        self.assertNotEqual(self.caster.key, old)
        self.assertNotEqual(
            sealing.decrypt(self.caster.key, data[: -sealing.TAG_SIZE], wire.CAST_PREFIX_SIZE),
            sealing.decrypt(old, data[: -sealing.TAG_SIZE], wire.CAST_PREFIX_SIZE),
        )

    def test_key_changes_for_who_left_once_a_minute_and_every_hour(self) -> None:
        key = self.caster.key
        for now, left, changes in (
            (59.0, True, False),
            (60.0, False, True),
            (100.0, False, False),
            (119.0, True, False),
            (3000.0, False, True),
            (6500.0, False, False),
            (6600.0, False, True),
        ):
            with self.subTest(now):
                self.caster.renew_key(now, somebody_left=left)
                self.assertEqual(self.caster.key != key, changes)
                key = self.caster.key

    def test_new_key_is_to_be_told_once(self) -> None:
        self.assertIsNone(self.caster.take_new_key())  # who comes is told by Joined
        self.caster.change_key(1.0)
        self.assert_told_once()
        self.caster.renew_key(60.0, somebody_left=True)
        self.assertIsNone(self.caster.take_new_key())
        self.caster.renew_key(61.0, somebody_left=False)
        self.assert_told_once()

    def assert_told_once(self) -> None:
        told = messages.Key(self.caster.key_number, self.caster.key)
        self.assertEqual(self.caster.take_new_key(), told)
        self.assertIsNone(self.caster.take_new_key())

    def test_nobody_there_means_nothing_sent(self) -> None:
        self.assertEqual(self.cast(*entries(9, 9), receivers=0), [])


if __name__ == "__main__":
    unittest.main()
