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

    def test_refusals_need_the_host_and_no_password(self) -> None:
        sent = b"a datagram"
        proof = agreement.refusals(HOST_SECRET, KNOCK, ANSWER).tag(sent)
        self.assertEqual(agreement.refusals(HOST_SECRET, KNOCK, ANSWER).tag(sent), proof)
        others = [agreement.refusals(b"\1" + HOST_SECRET[1:], KNOCK, ANSWER)]
        others += [
            agreement.refusals(HOST_SECRET, KNOCK._replace(host_share=bytes(32)), ANSWER),
            agreement.refusals(HOST_SECRET, KNOCK, ANSWER._replace(session=b"\1" + bytes(7))),
        ]
        for other in others:
            self.assertNotEqual(other.tag(sent), proof)


if __name__ == "__main__":
    unittest.main()
