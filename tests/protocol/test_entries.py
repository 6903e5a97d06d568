"""Entries in datagrams: packed, decoded, and refused where damaged."""

import random
import unittest
from collections.abc import Sequence
from itertools import pairwise

from chatroom.protocol import entries, wire
from chatroom.protocol.messages import Ping, encode_request

LARGEST = entries.Entry(
    1, "t" * wire.TIME_SIZE, "n" * wire.NAME_SIZE, "x" * wire.TEXT_SIZE, "i" * wire.ID_SIZE
)


def entry(seq: int, text: str = "hello") -> entries.Entry:
    return entries.Entry(seq, "2024-05-01T12:00:00Z", "Zoë", text, f"u1-{seq}")


def unpack(bodies: Sequence[bytes]) -> list[entries.Entry]:
    """Return all entries of the bodies, each sent as a payload of its own."""
    unpacked: list[entries.Entry] = []
    for body in bodies:
        payload = entries.encode_entries(body, head=0, version=0)
        decoded = entries.decode_entries(payload)
        assert decoded is not None
        assert len(payload) <= wire.PAYLOAD_SIZE
        unpacked += decoded.entries
    return unpacked


class RoundTrip(unittest.TestCase):
    def test_header_and_entries_come_back(self) -> None:
        packed = (
            entry(7),
            entry(8, ""),
            entry(9, "ü\0\n\u2028🧶"),
            entries.Entry(10, "", "", "", ""),
        )
        (body,) = entries.pack_entries(packed, 1)
        payload = entries.encode_entries(
            body, head=2**53, version=2**32 - 1, number=2**32 - 1, part=3, parts=65535
        )
        self.assertEqual(
            entries.decode_entries(payload),
            entries.Entries(2**32 - 1, 3, 65535, 2**53, 2**32 - 1, packed),
        )

    def test_payload_is_that_of_the_table(self) -> None:
        (body,) = entries.pack_entries([entries.Entry(5, "t", "na", "text", "id")], 1)
        self.assertEqual(
            entries.encode_entries(body, head=6, version=7, number=8, part=9, parts=10),
            b"\x01"
            + b"\0\0\0\x08"
            + b"\0\x09"
            + b"\0\x0a"
            + b"\0\0\0\0\0\0\0\x06"
            + b"\0\0\0\x07"
            + b"\0\0\0\0\0\0\0\x05"
            + b"\x01\x02\x02\0\x04"
            + b"tnaidtext",
        )

    def test_no_entries_tell_the_head_alone(self) -> None:
        payload = entries.encode_entries(b"", head=12, version=3)
        self.assertEqual(entries.decode_entries(payload), entries.Entries(0, 0, 1, 12, 3, ()))

    def test_entries_and_json_are_told_apart(self) -> None:
        self.assertTrue(entries.is_entries(entries.encode_entries(b"", head=0, version=0)))
        self.assertFalse(entries.is_entries(encode_request(1, Ping())))

    def test_entries_are_numbered_upwards_from_the_first(self) -> None:
        packed = [entry(seq) for seq in range(2**40, 2**40 + 5)]
        self.assertEqual(unpack(entries.pack_entries(packed, 1)), packed)


class Fits(unittest.TestCase):
    def test_largest_entry_fits_one_payload(self) -> None:
        self.assertTrue(entries.entry_fits(LARGEST))
        self.assertEqual(unpack(entries.pack_entries([LARGEST], 9)), [LARGEST])

    def test_field_too_long_by_a_byte_does_not(self) -> None:
        for field in ("time", "name", "text", "id"):
            longer = getattr(LARGEST, field) + "x"
            with self.subTest(field=field):
                self.assertFalse(entries.entry_fits(LARGEST._replace(**{field: longer})))

    def test_bytes_count_and_not_characters(self) -> None:
        self.assertTrue(entries.entry_fits(entry(1, "🧶" * 225)))
        self.assertFalse(entries.entry_fits(entry(1, "🧶" * 225 + "x")))


class Packing(unittest.TestCase):
    def test_nothing_makes_nothing(self) -> None:
        self.assertEqual(entries.pack_entries([], 3), [])
        self.assertEqual(entries.pack_newest([]), b"")

    def test_random_entries_come_back_in_full_datagrams(self) -> None:
        chance = random.Random(3)
        for _ in range(50):
            sizes = [chance.choice((0, 5, 80, 400, 900)) for _ in range(40)]
            packed = [entry(seq, "x" * size) for seq, size in enumerate(sizes, 100)]
            bodies = entries.pack_entries(packed, 1000)
            self.assertEqual(unpack(bodies), packed)
            for one, other in pairwise(bodies):
                # The first entry of the next would not have gone into this one.
                (first,) = entries.pack_entries(unpack([other])[:1], 1)
                payload = entries.encode_entries(one, head=0, version=0)
                self.assertGreater(len(payload) + len(first) - 8, wire.PAYLOAD_SIZE)

    def test_what_does_not_fit_so_many_datagrams_is_left_out(self) -> None:
        packed = [LARGEST._replace(seq=seq) for seq in range(1, 6)]
        for most in (1, 2, 5, 9):
            with self.subTest(most=most):
                bodies = entries.pack_entries(packed, most)
                self.assertEqual(unpack(bodies), packed[:most])

    def test_payload_filled_to_the_last_byte(self) -> None:
        filler = LARGEST._replace(seq=1, text="")
        room = wire.PAYLOAD_SIZE - len(
            entries.encode_entries(entries.pack_entries([filler], 1)[0], head=0, version=0)
        )
        rest = entries.Entry(2, "", "", "x" * (room - 5), "")
        self.assertEqual(len(entries.pack_entries([filler, rest], 9)), 1)
        self.assertEqual(unpack([entries.pack_newest([filler, rest])]), [filler, rest])
        longer = rest._replace(text=rest.text + "x")
        self.assertEqual(len(entries.pack_entries([filler, longer], 9)), 2)
        self.assertEqual(unpack([entries.pack_newest([filler, longer])]), [longer])

    def test_newest_are_packed_from_the_last_back(self) -> None:
        packed = [entry(seq, "x" * 300) for seq in range(1, 11)]
        self.assertEqual(unpack([entries.pack_newest(packed)]), packed[-3:])
        self.assertEqual(unpack([entries.pack_newest(packed[:2])]), packed[:2])

    def test_newest_alone_where_no_more_fits(self) -> None:
        packed = [entry(1), LARGEST._replace(seq=2)]
        self.assertEqual(unpack([entries.pack_newest(packed)]), packed[1:])


class Malformed(unittest.TestCase):
    def test_payload_cut_anywhere_but_between_entries_is_none(self) -> None:
        packed = [entry(1, "ü"), entry(2)]
        payload = entries.encode_entries(entries.pack_entries(packed, 1)[0], head=2, version=0)
        header = len(entries.encode_entries(b"", head=0, version=0))
        between = len(
            entries.encode_entries(entries.pack_entries(packed[:1], 1)[0], head=0, version=0)
        )
        for size in range(len(payload)):
            with self.subTest(size=size):
                decoded = entries.decode_entries(payload[:size])
                self.assertEqual(decoded is not None, size in (header, between))

    def test_another_type_is_none(self) -> None:
        payload = entries.encode_entries(b"", head=2, version=0)
        self.assertIsNone(entries.decode_entries(b"\x02" + payload[1:]))

    def test_cell_that_is_not_utf_8_is_none(self) -> None:
        payload = entries.encode_entries(
            entries.pack_entries([entry(1, "ab")], 1)[0], head=1, version=0
        )
        for bad in (b"\xff\xfe", b"a\xc3", b"\x80b"):
            with self.subTest(bad=bad):
                self.assertIsNone(entries.decode_entries(payload[:-2] + bad))

    def test_damaged_payloads_never_raise(self) -> None:
        chance = random.Random(4)
        payload = entries.encode_entries(
            entries.pack_entries([entry(seq) for seq in range(1, 9)], 1)[0], head=8, version=0
        )
        for _ in range(3000):
            damaged = bytearray(payload)
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
            decoded = entries.decode_entries(bytes(damaged))
            if decoded is not None:
                self.assertIsInstance(decoded, entries.Entries)
