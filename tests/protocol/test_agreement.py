"""The keys of a session: all that was said and both secrets are in them."""

import unittest

from chatroom.protocol import agreement, wire

KNOCK = wire.Knock(bytes(16), bytes(24), bytes(32), bytes(range(32)))
ANSWER = wire.Answer(bytes(16), bytes(8), bytes(32), bytes(range(32)))
ISK, HOST_SECRET = bytes(64), bytes(32)


class Agreement(unittest.TestCase):
    def test_both_sides_have_the_same(self) -> None:
        keys = agreement.session_keys(ISK, HOST_SECRET, KNOCK, ANSWER)
        self.assertEqual(keys, agreement.session_keys(ISK, HOST_SECRET, KNOCK, ANSWER))

    def test_another_bit_anywhere_makes_all_keys_others(self) -> None:
        keys = agreement.session_keys(ISK, HOST_SECRET, KNOCK, ANSWER)
        others = [
            agreement.session_keys(b"\1" + ISK[1:], HOST_SECRET, KNOCK, ANSWER),
            agreement.session_keys(ISK, b"\1" + HOST_SECRET[1:], KNOCK, ANSWER),
        ]
        for field in ("nonce", "cookie", "share", "host_share"):
            other = KNOCK._replace(**{field: b"\1" + getattr(KNOCK, field)[1:]})
            others.append(agreement.session_keys(ISK, HOST_SECRET, other, ANSWER))
        for field in ("session", "share", "host_key"):
            changed = ANSWER._replace(**{field: b"\1" + getattr(ANSWER, field)[1:]})
            others.append(agreement.session_keys(ISK, HOST_SECRET, KNOCK, changed))
        for other_keys in others:
            for name in ("client", "server", "cast"):
                self.assertNotEqual(getattr(other_keys, name), getattr(keys, name))

    def test_what_the_host_tags_takes_its_secret_and_no_password(self) -> None:
        sent = b"a datagram"
        tag = agreement.host_tagger(HOST_SECRET, KNOCK).tag(sent)
        self.assertEqual(agreement.host_tagger(HOST_SECRET, KNOCK).tag(sent), tag)
        others = [agreement.host_tagger(b"\1" + HOST_SECRET[1:], KNOCK)]
        for field in ("nonce", "cookie", "share", "host_share"):
            other = KNOCK._replace(**{field: b"\1" + getattr(KNOCK, field)[1:]})
            others.append(agreement.host_tagger(HOST_SECRET, other))
        for tagger in others:
            self.assertNotEqual(tagger.tag(sent), tag)


if __name__ == "__main__":
    unittest.main()
