"""Seals: what is opened is what was sealed, and nothing else passes."""

import random
import unittest
from unittest import mock

from chatroom.crypto import sealing
from chatroom.crypto.replay import Replayed
from chatroom.protocol import wire

KEYS = sealing.SessionKeys.from_secret(bytes(range(64)))
PREFIX = b"prefix"


def pair(keys: sealing.DirectionKeys = KEYS.client) -> tuple[sealing.Sealer, sealing.Opener]:
    """Return both ends of one direction."""
    return sealing.Sealer(keys), sealing.Opener(keys)


class KnownAnswers(unittest.TestCase):
    """A change of any of these is a change of the protocol."""

    def test_keys_of_a_session(self) -> None:
        self.assertEqual(
            KEYS,
            sealing.SessionKeys(
                sealing.DirectionKeys(
                    bytes.fromhex(
                        "b21c55b5d6cc1124424f6a03bbe68fe4b16898d106dc123e4214e8f983a2618b"
                    ),
                    bytes.fromhex(
                        "41c126dcdf3c801f4de64cb7bbbfe333f62ab3f9996a1c424481ca789f11eae2"
                    ),
                ),
                sealing.DirectionKeys(
                    bytes.fromhex(
                        "6c6f295ea3f5a6100d58dbd136ff82476e5b513dce8bae0cc24de7c61614bf62"
                    ),
                    bytes.fromhex(
                        "d8ad4106d8d1ce15cadecf6e12bd8c66750b5dd06ac93e2339e300e6c9c43314"
                    ),
                ),
                bytes.fromhex("bdd2941d1b5e5abc3c3821f041e20aef1eb80bdd25eaa84500fc20e249016516"),
            ),
        )

    def test_sealed_datagram(self) -> None:
        sealer, _ = pair()
        sealer.seal(PREFIX, b"")
        sealed = sealer.seal(PREFIX, b"hello")
        head = PREFIX.hex() + "0000000000000001" + "c67de6743f" + "ec833410c85041aa"
        self.assertTrue(sealed.hex().startswith(head))
        self.assertEqual(sealed[-sealing.TAG_SIZE :].hex(), "50da2ca9bf512b6c3325eb088fe3480d")

    def test_lengths_are_of_a_few_sizes(self) -> None:
        sealer, opener = pair()
        sizes = set()
        for size in range(sealing.PADDED_SIZES[-1]):
            sealed = sealer.seal(PREFIX, bytes(size))
            sizes.add(len(sealed) - len(PREFIX) - sealing.NUMBER_SIZE - sealing.TAG_SIZE)
            self.assertEqual(opener.open(sealed, len(PREFIX))[0], bytes(size))
        self.assertEqual(sizes, {*sealing.PADDED_SIZES})

    def test_largest_payload_of_all_is_padded_to_the_last_size(self) -> None:
        self.assertEqual(wire.PAYLOAD_SIZE + sealing.PADDING_LEAST, sealing.PADDED_SIZES[-1])

    def test_what_is_not_padded_is_nothing(self) -> None:
        key, prefix = bytes(32), b"\x06\x01"
        with mock.patch.object(sealing, "_PADDING", b"\x01"):
            body = sealing.encrypt(key, 1, prefix, b"to all")
        self.assertEqual(sealing.decrypt(key, body, 2), b"")


class Keys(unittest.TestCase):
    def test_every_key_of_a_session_is_another(self) -> None:
        client, server = KEYS.client, KEYS.server
        keys = {client.encryption, client.tag, server.encryption, server.tag, KEYS.cast}
        self.assertEqual(len(keys), 5)

    def test_another_isk_gives_other_keys(self) -> None:
        other = sealing.SessionKeys.from_secret(bytes(64))
        self.assertNotEqual(other.client, KEYS.client)
        self.assertNotEqual(other.cast, KEYS.cast)


class Seals(unittest.TestCase):
    def test_opened_is_what_was_sealed(self) -> None:
        sealer, opener = pair()
        for size in (0, 1, 16, 1167):
            plaintext = random.Random(size).randbytes(size)
            with self.subTest(size=size):
                datagram = sealer.seal(PREFIX, plaintext)
                self.assertTrue(datagram.startswith(PREFIX))
                self.assertEqual(opener.open(datagram, len(PREFIX)), (plaintext, True))

    def test_zeros_at_both_ends_of_a_plaintext_survive(self) -> None:
        sealer, opener = pair()
        datagram = sealer.seal(PREFIX, b"\0\0x\0\0")
        self.assertEqual(opener.open(datagram, len(PREFIX))[0], b"\0\0x\0\0")

    def test_same_plaintext_is_never_sealed_to_the_same_bytes(self) -> None:
        sealer, _ = pair()
        start = len(PREFIX) + 8
        bodies = {sealer.seal(PREFIX, b"again")[start : -sealing.TAG_SIZE] for _ in range(100)}
        self.assertEqual(len(bodies), 100)

    def test_any_flipped_bit_is_forged_and_changes_nothing(self) -> None:
        sealer, opener = pair()
        datagram = sealer.seal(PREFIX, b"pay 1")
        for position in range(len(datagram) * 8):
            flipped = bytearray(datagram)
            flipped[position // 8] ^= 1 << position % 8
            with self.subTest(bit=position), self.assertRaises(sealing.Forged):
                opener.open(bytes(flipped), len(PREFIX))
        self.assertEqual(opener.open(datagram, len(PREFIX)), (b"pay 1", True))

    def test_cut_or_extended_datagram_is_forged(self) -> None:
        sealer, opener = pair()
        datagram = sealer.seal(PREFIX, b"pay 1")
        for damaged in (*(datagram[:n] for n in range(len(datagram))), datagram + b"0"):
            with self.subTest(size=len(damaged)), self.assertRaises(sealing.Forged):
                opener.open(damaged, len(PREFIX))

    def test_own_datagram_sent_back_is_forged(self) -> None:
        sealer, _ = pair(KEYS.client)
        with self.assertRaises(sealing.Forged):
            sealing.Opener(KEYS.server).open(sealer.seal(PREFIX, b"x"), len(PREFIX))

    def test_replayed_datagram_is_refused(self) -> None:
        sealer, opener = pair()
        datagram = sealer.seal(PREFIX, b"x")
        opener.open(datagram, len(PREFIX))
        with self.assertRaises(Replayed):
            opener.open(datagram, len(PREFIX))

    def test_late_datagram_is_opened_and_not_the_newest(self) -> None:
        sealer, opener = pair()
        first, second = sealer.seal(PREFIX, b"1"), sealer.seal(PREFIX, b"2")
        self.assertEqual(opener.open(second, len(PREFIX)), (b"2", True))
        self.assertEqual(opener.open(first, len(PREFIX)), (b"1", False))

    def test_forged_number_from_the_future_does_not_move_the_window(self) -> None:
        sealer, opener = pair()
        datagram = sealer.seal(PREFIX, b"x")
        future = PREFIX + b"\xff" * 8 + datagram[len(PREFIX) + 8 :]
        with self.assertRaises(sealing.Forged):
            opener.open(future, len(PREFIX))
        self.assertEqual(opener.open(datagram, len(PREFIX)), (b"x", True))


class Bodies(unittest.TestCase):
    """What a cast is made of: encrypted once, tagged for each."""

    def test_decrypted_is_what_was_encrypted_with_its_number(self) -> None:
        key = bytes(32)
        body = sealing.encrypt(key, 2**40, b"\x06\x01", b"to all")
        self.assertEqual(sealing.packet_number(body, 2), 2**40)
        self.assertEqual(sealing.decrypt(key, body, 2), b"to all")
        self.assertNotIn(b"to all", body)
        self.assertNotEqual(sealing.decrypt(bytes(31) + b"x", body, 2), b"to all")

    def test_tag_is_of_its_key_alone(self) -> None:
        one, other = sealing.Tagger(bytes(32)), sealing.Tagger(bytes(31) + b"x")
        tagged = b"data" + one.tag(b"data")
        self.assertEqual(one.check(tagged), b"data")
        with self.assertRaises(sealing.Forged):
            other.check(tagged)

    def test_tag_does_not_depend_on_what_was_tagged_before(self) -> None:
        tagger = sealing.Tagger(bytes(32))
        first = tagger.tag(b"data")
        tagger.tag(b"other")
        self.assertEqual(tagger.tag(b"data"), first)
        self.assertEqual(first.hex(), "08e4f5ead1f14b4fd039be493af05964")

    def test_each_receiver_takes_its_own_tag_of_a_cast_and_no_other(self) -> None:
        keys = [bytes([number]) * 32 for number in range(3)]
        hashes = [sealing.cast_hash(key) for key in keys]
        for body in (b"", b"data", bytes(1200), b"data"):  # and the hashes stay what they are
            tags = sealing.cast_tags(body, hashes)
            for key, tag in zip(keys, tags, strict=True):
                self.assertEqual(sealing.Tagger(key).check_cast(body + tag), body)
                for other in {*keys} - {key}:
                    with self.assertRaises(sealing.Forged):
                        sealing.Tagger(other).check_cast(body + tag)
