"""The client's end of a session, with the server's keys at the other end."""

import unittest

from chatroom.client.session import SENT_KEPT, ClientSession, Heard, Refusals, RoomKey, UnknownKey
from chatroom.crypto.replay import Replayed, ReplayWindow
from chatroom.crypto.sealing import Forged, SessionKeys, Tagger, digest, encrypt
from chatroom.protocol import messages, wire
from chatroom.protocol.channel import Channel
from chatroom.protocol.entries import Entries, encode_entries

NUMBER = b"session1"
KEYS = SessionKeys.from_secret(bytes(64))
KEY = bytes(32)
PONG = messages.Pong(7, 1, 1, KEY, 20_000)
NOTHING_NEW = encode_entries(b"", head=7, version=2)
OURS = Tagger(b"ours" * 8)
OTHER_KEY = bytes(range(32))


class Opening(unittest.TestCase):
    def setUp(self) -> None:
        self.server = Channel.of_server(NUMBER, KEYS)
        self.refusals = Tagger(b"host" * 8)
        self.session = ClientSession(
            Channel.of_client(NUMBER, KEYS),
            Tagger(KEYS.cast),
            ReplayWindow(),
            Refusals(self.refusals),
            bytes(32),
        )
        self.room_key = RoomKey()
        self.room_key.take(1, KEY)

    def open(self, data: bytes) -> tuple[int, Heard | None]:
        datagram = wire.decode_datagram(data)
        assert isinstance(datagram, wire.Sealed | wire.Cast)
        return self.session.open(datagram, self.room_key)

    def cast(self, payload: bytes, key_number: int = 1) -> bytes:
        body = encrypt(KEY, 0, wire.cast_prefix(key_number), payload)
        return body + Tagger(KEYS.cast).tag(digest(body))

    def hint(self, hint: int, proof: bytes = wire.NO_PROOF) -> wire.Hint | None:
        return self.session.hint_of(wire.Gone(NUMBER, hint, proof))

    def test_refusal_counts_where_it_is_of_what_we_sent(self) -> None:
        first, second = self.session.prove(b"join"), self.session.prove(b"join")
        for sent in (first, second):
            proof = self.refusals.tag(sent)
            self.assertIs(self.hint(wire.Hint.WRONG_PASSWORD, proof), wire.Hint.WRONG_PASSWORD)
        damaged = first[:-1] + bytes((first[-1] ^ 1,))
        for proof in (self.refusals.tag(damaged), Tagger(bytes(32)).tag(first), wire.NO_PROOF):
            self.assertIsNone(self.hint(wire.Hint.WRONG_PASSWORD, proof))

    def test_other_hints_need_no_proof_and_unknown_ones_are_none(self) -> None:
        self.assertIs(self.hint(wire.Hint.UNKNOWN_SESSION), wire.Hint.UNKNOWN_SESSION)
        self.assertIs(self.hint(wire.Hint.SLOW_DOWN), wire.Hint.SLOW_DOWN)
        self.assertIsNone(self.hint(99))

    def test_only_the_last_of_what_we_sent_is_kept(self) -> None:
        first = self.session.prove(b"join")
        for _ in range(SENT_KEPT):
            self.session.prove(b"join")
        self.assertIsNone(self.hint(wire.Hint.WRONG_PASSWORD, self.refusals.tag(first)))

    def test_reply_has_the_number_of_its_request(self) -> None:
        self.assertEqual(self.open(self.server.seal(messages.encode_reply(9, PONG))), (9, PONG))

    def test_notice_has_no_number(self) -> None:
        bye = messages.Bye(messages.Refusal.STOPPED)
        sealed = self.server.seal(messages.encode_notice(bye))
        self.assertEqual(self.open(sealed), (messages.NO_NUMBER, bye))

    def test_entries_come_by_request_or_by_cast(self) -> None:
        asked = encode_entries(b"", head=7, version=2, number=9)
        self.assertEqual(self.open(self.server.seal(asked)), (9, Entries(9, 0, 1, 7, 2, ())))
        self.assertEqual(self.open(self.cast(NOTHING_NEW)), (0, Entries(0, 0, 1, 7, 2, ())))

    def test_what_is_no_message_is_none_and_still_the_servers(self) -> None:
        for payload in (b"{}", b"?", b"\x01short", b"\x00"):
            with self.subTest(payload):
                self.assertIsNone(self.open(self.server.seal(payload))[1])
        self.assertIsNone(self.open(self.cast(b"{}"))[1])

    def test_cast_under_another_key_is_said_to_be_so(self) -> None:
        self.assertEqual(self.open(self.cast(NOTHING_NEW, 2)), (0, UnknownKey(2)))

    def test_what_is_sealed_for_another_session_is_forged_and_uses_no_number(self) -> None:
        payload = messages.encode_reply(9, PONG)
        others = Channel.of_server(b"another!", KEYS).seal(payload)
        ours = self.server.seal(payload)
        for data in (others, others[:1] + NUMBER + others[9:], ours[:-1] + b"?"):
            with self.assertRaises(Forged):
                self.open(data)
        self.assertEqual(self.open(ours), (9, PONG))

    def test_nothing_is_heard_twice(self) -> None:
        for data in (self.server.seal(NOTHING_NEW), self.cast(NOTHING_NEW)):
            self.open(data)
            with self.assertRaises(Replayed):
                self.open(data)


def cast_under(
    number: int, payload: bytes = b"hello", key_number: int = 1, key: bytes = KEY
) -> wire.Cast:
    body = encrypt(key, number, wire.cast_prefix(key_number), payload)
    return wire.Cast(key_number, body + OURS.tag(digest(body)))


class Casts(unittest.TestCase):
    def setUp(self) -> None:
        self.room_key = RoomKey()
        self.room_key.take(1, KEY)
        self.seen = ReplayWindow()

    def open(self, cast: wire.Cast, tagger: Tagger = OURS) -> bytes | None:
        return self.room_key.open(cast, tagger, self.seen)

    def test_cast_is_opened_once(self) -> None:
        self.assertEqual(self.open(cast_under(7)), b"hello")
        with self.assertRaises(Replayed):
            self.open(cast_under(7))

    def test_cast_that_is_tagged_for_another_is_forged_and_uses_no_number(self) -> None:
        with self.assertRaises(Forged):
            self.open(cast_under(7), Tagger(KEY))
        self.assertEqual(self.open(cast_under(7)), b"hello")

    def test_unknown_key_is_no_payload_and_uses_no_number(self) -> None:
        self.assertIsNone(self.open(cast_under(7, key_number=2, key=OTHER_KEY)))
        self.room_key.take(2, OTHER_KEY)
        self.assertEqual(self.open(cast_under(7, key_number=2, key=OTHER_KEY)), b"hello")

    def test_no_key_number_is_known_before_the_first_key(self) -> None:
        for number in (0, 1, 255):
            self.assertIsNone(RoomKey().open(cast_under(0, key_number=number), OURS, self.seen))

    def test_what_was_seen_under_one_key_is_seen_under_any(self) -> None:
        self.open(cast_under(7))
        for key in (KEY, OTHER_KEY):
            self.room_key.take(1, key)
            with self.assertRaises(Replayed):
                self.open(cast_under(7))
        self.assertEqual(self.open(cast_under(8, key=OTHER_KEY)), b"hello")


if __name__ == "__main__":
    unittest.main()
