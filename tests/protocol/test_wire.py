"""Datagrams: their sizes, their bytes, and that nothing else is one."""

import random
import unittest

from chatroom.crypto import sealing
from chatroom.protocol import wire

NONCE = bytes(range(16))
COOKIE = bytes(range(100, 124))
SESSION = b"session!"
SHARE = bytes(range(200, 232))

# Each datagram that is not sealed, and its size on the wire.
PLAIN: list[tuple[wire.Hello | wire.Cookie | wire.Knock | wire.Answer | wire.Gone, int]] = [
    (wire.Hello(wire.VERSION, NONCE), 1200),
    (wire.Cookie(NONCE, COOKIE), 41),
    (wire.Knock(NONCE, COOKIE, SHARE, SHARE), 105),
    (wire.Answer(NONCE, SESSION, SHARE, SHARE, NONCE), 105),
    (wire.Gone(SESSION, wire.Hint.WRONG_PASSWORD, NONCE), 26),
]


class PlainDatagrams(unittest.TestCase):
    def test_decoded_is_what_was_encoded(self) -> None:
        for datagram, size in PLAIN:
            with self.subTest(datagram=type(datagram).__name__):
                data = wire.encode_datagram(datagram)
                self.assertEqual(len(data), size)
                self.assertEqual(wire.decode_datagram(data), datagram)
                self.assertIs(type(wire.decode_datagram(data)), type(datagram))

    def test_bytes_are_those_of_the_table(self) -> None:
        self.assertEqual(
            [wire.encode_datagram(datagram) for datagram, _ in PLAIN],
            [
                b"\x01\x04" + NONCE + bytes(1182),
                b"\x02" + NONCE + COOKIE,
                b"\x03" + NONCE + COOKIE + SHARE + SHARE,
                b"\x04" + NONCE + SESSION + SHARE + SHARE + NONCE,
                b"\x07" + SESSION + b"\x02" + NONCE,
            ],
        )

    def test_datagram_cut_or_extended_by_a_byte_is_none(self) -> None:
        for datagram, _ in PLAIN:
            data = wire.encode_datagram(datagram)
            for damaged in (data[:-1], data + b"\0"):
                with self.subTest(datagram=datagram, size=len(damaged)):
                    self.assertIsNone(wire.decode_datagram(damaged))

    def test_hello_that_does_not_end_in_zeros_is_none(self) -> None:
        data = wire.encode_datagram(wire.Hello(wire.VERSION, NONCE))
        self.assertIsNone(wire.decode_datagram(data[:-1] + b"\x01"))
        self.assertIsNone(wire.decode_datagram(data[:18] + b"\x01" + data[19:]))

    def test_hello_is_of_full_size_so_that_no_answer_is_larger(self) -> None:
        sizes = [len(wire.encode_datagram(datagram)) for datagram, _ in PLAIN]
        self.assertEqual(sizes[0], wire.DATAGRAM_SIZE)
        self.assertTrue(all(size < wire.DATAGRAM_SIZE for size in sizes[1:]))

    def test_hello_of_another_version_is_told_apart(self) -> None:
        self.assertEqual(
            wire.decode_datagram(wire.encode_datagram(wire.Hello(2, NONCE))), wire.Hello(2, NONCE)
        )

    def test_unknown_hint_is_kept_and_means_nothing(self) -> None:
        gone = wire.decode_datagram(wire.encode_datagram(wire.Gone(SESSION, 255)))
        self.assertEqual(gone, wire.Gone(SESSION, 255))
        self.assertIsNone(wire.Hint.read(255))
        self.assertIsNone(wire.Hint.read(0))
        self.assertEqual([wire.Hint.read(value) for value in range(1, 6)], [*wire.Hint])


class SealedDatagrams(unittest.TestCase):
    keys = sealing.DirectionKeys(bytes(32), bytes(range(32)))

    def test_fullest_payload_makes_a_datagram_of_1200_bytes(self) -> None:
        prefix = wire.sealed_prefix(SESSION)
        self.assertEqual(prefix, b"\x05session!")
        self.assertEqual(len(prefix), wire.SEALED_PREFIX_SIZE)
        datagram = sealing.Sealer(self.keys).seal(prefix, bytes(wire.PAYLOAD_SIZE))
        self.assertEqual(len(datagram), wire.DATAGRAM_SIZE)
        self.assertEqual(wire.decode_datagram(datagram), wire.Sealed(SESSION, datagram))

    def test_fullest_payload_fits_a_cast(self) -> None:
        prefix = wire.cast_prefix(7)
        self.assertEqual(prefix, b"\x06\x07")
        self.assertEqual(len(prefix), wire.CAST_PREFIX_SIZE)
        body = sealing.encrypt(bytes(32), 1, prefix, bytes(wire.PAYLOAD_SIZE))
        cast = body + bytes(sealing.TAG_SIZE)
        self.assertLessEqual(len(cast), wire.DATAGRAM_SIZE)
        self.assertEqual(wire.decode_datagram(cast), wire.Cast(7, cast))

    def test_datagram_without_room_for_a_byte_of_payload_is_none(self) -> None:
        for prefix in (wire.sealed_prefix(SESSION), wire.cast_prefix(1)):
            empty = prefix + bytes(sealing.NUMBER_SIZE + sealing.TAG_SIZE)
            with self.subTest(kind=prefix[0]):
                for size in range(1, len(empty) + 1):
                    self.assertIsNone(wire.decode_datagram(empty[:size]))
                self.assertIsNotNone(wire.decode_datagram(empty + b"\0"))


class Strays(unittest.TestCase):
    def test_empty_and_oversized_are_none(self) -> None:
        self.assertIsNone(wire.decode_datagram(b""))
        for kind in (5, 6):
            self.assertIsNotNone(wire.decode_datagram(bytes((kind,)) + bytes(1199)))
            self.assertIsNone(wire.decode_datagram(bytes((kind,)) + bytes(1200)))
            self.assertIsNone(wire.decode_datagram(bytes((kind,)) + bytes(65_534)))

    def test_unknown_kind_is_none_at_any_size(self) -> None:
        for kind in (0, *range(8, 256)):
            for size in (1, 10, 41, 57, 73, 1200):
                with self.subTest(kind=kind, size=size):
                    self.assertIsNone(wire.decode_datagram(bytes((kind,)) + bytes(size - 1)))

    def test_kind_alone_is_none(self) -> None:
        for kind in range(256):
            self.assertIsNone(wire.decode_datagram(bytes((kind,))))

    def test_noise_never_raises(self) -> None:
        chance = random.Random(1)
        for _ in range(5000):
            kind, size = chance.randrange(9), chance.choice((9, 40, 56, 72, 1199))
            data = bytes((kind,)) + chance.randbytes(size)
            datagram = wire.decode_datagram(data)
            if isinstance(datagram, (wire.Cookie, wire.Knock, wire.Answer, wire.Gone)):
                self.assertEqual(wire.encode_datagram(datagram), data)
            elif isinstance(datagram, (wire.Sealed, wire.Cast)):
                self.assertEqual(datagram.datagram, data)
            else:
                self.assertIsNone(datagram)


class ExchangeId(unittest.TestCase):
    def test_either_side_changes_it(self) -> None:
        ids = {
            wire.exchange_id(nonce, cookie)
            for nonce in (NONCE, bytes(16))
            for cookie in (COOKIE, bytes(24))
        }
        self.assertEqual(len(ids), 4)
        self.assertEqual(wire.exchange_id(NONCE, COOKIE), wire.exchange_id(NONCE, COOKIE))
