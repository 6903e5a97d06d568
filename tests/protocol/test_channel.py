"""Channels: both ends of a session understand each other, and nobody else."""

import unittest

from chatroom.crypto.replay import Replayed
from chatroom.crypto.sealing import Forged, SessionKeys
from chatroom.protocol import wire
from chatroom.protocol.channel import Channel

NUMBER = b"8 bytes!"
KEYS = SessionKeys.from_secret(bytes(64))


class BothEnds(unittest.TestCase):
    def setUp(self) -> None:
        self.client = Channel.of_client(NUMBER, KEYS)
        self.server = Channel.of_server(NUMBER, KEYS)

    def test_each_opens_what_the_other_sealed(self) -> None:
        for one, other in ((self.client, self.server), (self.server, self.client)):
            self.assertEqual(other.open(one.seal(b"hello")), (b"hello", True))

    def test_datagram_names_the_session(self) -> None:
        datagram = self.client.seal(b"hello")
        self.assertEqual(wire.decode_datagram(datagram), wire.Sealed(NUMBER, datagram))

    def test_own_datagram_sent_back_is_forged(self) -> None:
        with self.assertRaises(Forged):
            self.client.open(self.client.seal(b"hello"))

    def test_number_is_under_the_seal(self) -> None:
        datagram = self.client.seal(b"hello")
        with self.assertRaises(Forged):
            self.server.open(datagram.replace(NUMBER, b"another!"))

    def test_repeated_datagram_is_replayed_and_a_late_one_not_the_newest(self) -> None:
        first, second = self.client.seal(b"1"), self.client.seal(b"2")
        self.assertEqual(self.server.open(second), (b"2", True))
        self.assertEqual(self.server.open(first), (b"1", False))
        with self.assertRaises(Replayed):
            self.server.open(first)


if __name__ == "__main__":
    unittest.main()
