"""Casts: sealed once for the room, tagged for each, and repeated at growing gaps."""

import math
import random
import unittest
from collections import Counter

from chatroom.crypto import sealing
from chatroom.protocol import messages, wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import Entries, Entry, decode_entries, encode_entries, pack_entries
from chatroom.server.audience import Audience
from chatroom.server.caster import REPEAT_GAPS_S, REPEAT_SPAN_S, TO_ALL, Caster
from chatroom.server.session import Session
from chatroom.server.steadiness import STEADY_AFTER
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


class Repeats(unittest.TestCase):
    def setUp(self) -> None:
        self.audience = audience_of(3)
        self.caster = Caster(random.Random(1).randbytes, 0.0)

    def repeat(self, now: float) -> list[int]:
        """Return the sequence numbers that are repeated at `now`."""
        body, self.told = self.caster.next_repeat(now, self.audience)
        first = int.from_bytes(body[:8], "big")
        count = body.count(b"u0-")
        return list(range(first, first + count))

    def test_entry_is_repeated_at_the_given_gaps_and_then_no_more(self) -> None:
        self.assertEqual(self.caster.repeat_at, math.inf)
        now = 100.0
        self.caster.plan_repeats(entries(1, 1), now)
        for gap_s in REPEAT_GAPS_S:
            self.assertEqual(self.caster.repeat_at, now + gap_s)
            now += gap_s
            self.assertEqual(self.repeat(now), [1])
        self.assertEqual(self.caster.repeat_at, math.inf)

    def test_who_loses_nothing_is_told_again_twice(self) -> None:
        _, steady, _ = self.audience
        for minute in range(STEADY_AFTER):
            steady.steadiness.came(60.0 * minute)
        told = Counter[Session]()
        now = 1000.0
        self.caster.plan_repeats(entries(1, 1), now)
        while (now := self.caster.repeat_at) < math.inf:
            self.assertEqual(self.repeat(now), [1])
            told.update(self.told)
        self.assertEqual([told[one] for one in self.audience], [6, len(TO_ALL), 6])

    def test_new_entries_begin_the_gaps_anew_and_take_the_old_along(self) -> None:
        self.caster.plan_repeats(entries(1, 2), 100.0)
        self.assertEqual(self.repeat(100.05), [1, 2])
        self.caster.plan_repeats(entries(3, 3), 100.1)
        self.assertEqual(self.caster.repeat_at, 100.1 + REPEAT_GAPS_S[0])
        self.assertEqual(self.repeat(100.15), [1, 2, 3])

    def test_entry_older_than_the_span_is_not_repeated(self) -> None:
        self.caster.plan_repeats(entries(1, 1), 100.0)
        self.caster.plan_repeats(entries(2, 2), 100.0 + REPEAT_SPAN_S)
        self.assertEqual(self.repeat(100.1 + REPEAT_SPAN_S), [2])

    def test_repeat_holds_as_many_of_the_newest_as_one_datagram_does(self) -> None:
        self.caster.plan_repeats(entries(1, 9, size=300), 100.0)
        self.assertEqual(self.repeat(100.05), [7, 8, 9])
        self.caster.plan_repeats(entries(10, 10, size=900), 100.06)
        self.assertEqual(self.repeat(100.1), [10])

    def test_largest_entry_fits_a_datagram(self) -> None:
        caster = Caster(random.Random(1).randbytes, 0.0)
        entry = Entry(1, "t" * 40, "n" * 128, "x" * 900, "i" * 40)
        caster.plan_repeats([entry], 0.0)
        body, audience = caster.next_repeat(0.1, audience_of(1))
        [(data, _)] = caster.cast([encode_entries(body, head=1, version=1)], audience)
        self.assertLessEqual(len(data), wire.DATAGRAM_SIZE)

    def test_stopped_caster_repeats_nothing(self) -> None:
        self.caster.plan_repeats(entries(1, 1), 100.0)
        self.caster.stop_repeats()
        self.assertEqual(self.caster.repeat_at, math.inf)

    def test_what_is_kept_for_repeats_stays_small(self) -> None:
        for n in range(1, 2000):
            self.caster.plan_repeats(entries(n, n, size=1), 100.0)
        repeated = self.repeat(100.05)
        self.assertEqual(repeated[-1], 1999)
        self.assertLess(len(repeated), 65)


if __name__ == "__main__":
    unittest.main()
