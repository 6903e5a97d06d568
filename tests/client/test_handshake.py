"""The handshake: what is sent when, and what each answer brings."""

import random
import unittest
from collections.abc import Callable

from chatroom.client import timers, trust
from chatroom.client.handshake import KNOCKS_BEFORE_NEW_HELLO, SLOW_DOWN_S, Handshake
from chatroom.client.trust import Trust
from chatroom.crypto import sealing
from chatroom.crypto.cpace import POINT_SIZE, Share, prs
from chatroom.crypto.host_key import HostKey
from chatroom.protocol import agreement, channel, wire

PASSWORD = "correct horse"
COOKIE = bytes(range(24))


def middle() -> float:
    """Stand for chance: every spread is none."""
    return 0.5


def send_times(
    timer: Callable[[], float], send: Callable[[float], object], count: int
) -> list[float]:
    """Return when the next `count` transmissions are due, counted from the first."""
    times = []
    for _ in range(count):
        times.append(timer())
        send(times[-1])
    return [round(time - times[0], 6) for time in times]


class Shaking(unittest.TestCase):
    def setUp(self) -> None:
        self.entropy = random.Random(1).randbytes
        self.round_trip = timers.RoundTrip()
        self.trust = Trust()
        self.key = HostKey(self.entropy(POINT_SIZE))
        self.handshake = self.shake(100.0)

    def shake(self, now: float) -> Handshake:
        """Begin a handshake."""
        return Handshake(PASSWORD, self.trust, self.round_trip, self.entropy, middle, now)

    def greeting(self, now: float = 100.0) -> wire.Hello:
        data = self.handshake.datagram_to_send(now)
        assert data is not None
        hello = wire.decode_datagram(data)
        assert isinstance(hello, wire.Hello)
        return hello

    def knock(self, now: float = 100.05, greeted_at: float = 100.0) -> wire.Knock:
        """Answer the greeting with a cookie, and return the knock that follows."""
        self.handshake.receive_cookie(wire.Cookie(self.greeting(greeted_at).nonce, COOKIE), now)
        data = self.handshake.datagram_to_send(now)
        assert data is not None
        knock = wire.decode_datagram(data)
        assert isinstance(knock, wire.Knock)
        return knock

    def answer(self, knock: wire.Knock) -> wire.Answer:
        sid = wire.exchange_id(knock.nonce, knock.cookie)
        share = Share(prs(PASSWORD), wire.CHANNEL, sid, self.entropy)
        return self.proven(knock, wire.Answer(sid[:16], bytes(8), share.public, self.key.public))

    def proven(self, knock: wire.Knock, answer: wire.Answer) -> wire.Answer:
        """Return the answer as who has the secret of the host's key gives it."""
        tagger = agreement.host_tagger(self.key.shared(knock.host_share), knock)
        return agreement.with_proof(answer, tagger)

    def test_greeting_fills_a_datagram(self) -> None:
        data = self.handshake.datagram_to_send(100.0)
        assert data is not None
        self.assertEqual(len(data), wire.DATAGRAM_SIZE)
        self.assertIsNone(self.handshake.datagram_to_send(100.0))

    def test_unanswered_greeting_is_repeated_at_doubling_gaps_in_two_copies(
        self,
    ) -> None:
        def send(now: float) -> None:
            self.assertIsNotNone(self.handshake.datagram_to_send(now))

        times = send_times(lambda: self.handshake.timer, send, 9)
        expected = [0.0]
        for gap_s in (1.0, 2.0, 2.0, 2.0):
            expected += [expected[-1] + gap_s, expected[-1] + gap_s + timers.COPY_AFTER_S]
        self.assertEqual(times, [round(time, 6) for time in expected])
        self.assertEqual(timers.HANDSHAKE_TIMEOUT_S, 1.0)

    def test_impatient_person_is_followed_at_once_and_not_in_a_pause(self) -> None:
        self.greeting(100.0)
        self.handshake.datagram_to_send(101.0)
        self.handshake.hurry(101.01)
        self.greeting(101.01)
        self.greeting(101.03)
        self.assertEqual(self.handshake.timer, 101.03 + timers.HANDSHAKE_TIMEOUT_S)
        self.handshake.pause(101.1)
        self.handshake.hurry(101.2)
        self.assertEqual(self.handshake.timer, 101.1 + SLOW_DOWN_S)
        self.handshake.hurry(101.1 + SLOW_DOWN_S)
        self.greeting(101.1 + SLOW_DOWN_S)

    def test_cookie_brings_the_knock_at_once(self) -> None:
        self.assertFalse(self.handshake.was_answered)
        knock = self.knock()
        self.assertEqual(knock.cookie, COOKIE)
        self.assertTrue(self.handshake.was_answered)

    def test_cookie_of_another_greeting_changes_nothing(self) -> None:
        self.greeting()
        due = self.handshake.timer
        self.handshake.receive_cookie(wire.Cookie(bytes(16), COOKIE), 100.05)
        self.assertFalse(self.handshake.was_answered)
        self.assertEqual(self.handshake.timer, due)

    def knocked(self, now: float) -> wire.Knock:
        data = self.handshake.datagram_to_send(now)
        assert data is not None
        knock = wire.decode_datagram(data)
        assert isinstance(knock, wire.Knock)
        return knock

    def test_answer_to_a_copy_of_the_greeting_changes_nothing(self) -> None:
        self.greeting(100.0)
        knock = self.knock(101.05, greeted_at=101.0)
        due = self.handshake.timer
        for cookie in (COOKIE, bytes(24)):
            self.handshake.receive_cookie(wire.Cookie(knock.nonce, cookie), 101.06)
        self.assertEqual(self.handshake.timer, due)
        self.assertEqual(self.knocked(due), knock)

    def test_one_cookie_more_than_we_asked_for_is_tried_when_the_timer_is_due(self) -> None:
        first = self.knock()
        due = self.handshake.timer
        self.handshake.receive_cookie(wire.Cookie(first.nonce, bytes(24)), 100.06)
        self.assertEqual(self.handshake.timer, due)
        second = self.knocked(due)
        self.assertEqual(second.cookie, bytes(24))
        self.assertNotEqual(second.share, first.share)
        knocks = [self.knocked(self.handshake.timer) for _ in range(3)]
        self.assertEqual(knocks, [second, first, second])
        for knock in (first, second):
            self.assertIsNotNone(self.handshake.receive_answer(self.answer(knock), 100.1))

    def test_flood_of_cookies_is_kept_and_tried_within_bounds(self) -> None:
        knock = self.knock()
        for n in range(100):
            self.handshake.receive_cookie(wire.Cookie(knock.nonce, bytes((n,)) * 24), 100.06)
        knocks = {knock.cookie}
        for _ in range(40):
            data = self.handshake.datagram_to_send(self.handshake.timer)
            datagram = wire.decode_datagram(data or b"")
            if isinstance(datagram, wire.Knock) and datagram.nonce == knock.nonce:
                knocks.add(datagram.cookie)
        self.assertEqual(len(knocks), 2 * KNOCKS_BEFORE_NEW_HELLO - 1)

    def test_answer_to_our_knock_is_a_session(self) -> None:
        knock = self.knock()
        session = self.handshake.receive_answer(self.answer(knock), 100.1)
        assert session is not None
        self.assertEqual(session.channel.number, bytes(8))

    def test_answer_before_the_knock_or_to_another_is_none(self) -> None:
        hello = self.greeting()
        early = wire.Answer(
            wire.exchange_id(hello.nonce, COOKIE)[:16], bytes(8), *2 * ((9).to_bytes(32, "little"),)
        )
        self.assertIsNone(self.handshake.receive_answer(early, 100.01))
        self.handshake.receive_cookie(wire.Cookie(hello.nonce, COOKIE), 100.05)
        other = wire.Answer(bytes(16), bytes(8), *2 * ((9).to_bytes(32, "little"),))
        self.assertIsNone(self.handshake.receive_answer(other, 100.1))

    def test_share_of_low_order_begins_a_new_handshake_when_the_timer_is_due(self) -> None:
        knock = self.knock()
        due = self.handshake.timer
        bad = self.proven(knock, self.answer(knock)._replace(share=bytes(32)))
        for _ in range(3):
            self.assertIsNone(self.handshake.receive_answer(bad, 100.1))
        self.assertEqual(self.handshake.timer, due)
        self.assertIsNone(self.handshake.receive_answer(self.answer(knock), 100.2))
        self.assertNotEqual(self.greeting(due).nonce, knock.nonce)

    def test_answer_that_the_host_did_not_make_is_dropped(self) -> None:
        knock = self.knock()
        good = self.answer(knock)
        for changed in (
            {"session": b"mallorys"},
            {"share": bytes(32)},
            {"host_key": bytes(32)},
            {"host_key": HostKey(bytes(32)).public},
            {"proof": wire.NO_PROOF},
        ):
            with self.subTest(changed):
                forged = good._replace(**changed)
                self.assertIsNone(self.handshake.receive_answer(forged, 100.1))
        self.assertFalse(self.trust.is_tried)
        self.assertIsNotNone(self.handshake.receive_answer(good, 100.2))

    def test_only_the_host_that_we_know_is_gone_on_with(self) -> None:
        self.trust.proven(self.key.public)
        knock = self.knock()
        stranger = HostKey(bytes(32))
        other = self.answer(knock)._replace(host_key=stranger.public)
        self.assertIsNone(self.handshake.receive_answer(other, 100.1))
        self.assertEqual(self.handshake.stranger, stranger.public)
        session = self.handshake.receive_answer(self.answer(knock), 100.2)
        assert session is not None
        self.assertEqual(session.host_key, self.key.public)

    def test_key_without_its_secret_opens_nothing(self) -> None:
        knock = self.knock()
        sid = wire.exchange_id(knock.nonce, knock.cookie)
        share = Share(prs(PASSWORD), wire.CHANNEL, sid, self.entropy)  # it knows the password
        answer = wire.Answer(sid[:16], bytes(8), share.public, self.key.public)
        session = self.handshake.receive_answer(self.proven(knock, answer), 100.1)
        assert session is not None
        isk = share.finish_as_responder(knock.share)
        sealed = session.channel.seal(b"join")
        for secret, opens in ((self.key, True), (HostKey(bytes(32)), False)):
            shared = secret.shared(knock.host_share)
            keys = agreement.session_keys(isk, shared, knock, answer)
            server = channel.Channel.of_server(bytes(8), keys)
            if opens:
                self.assertEqual(server.open(sealed)[0], b"join")
            else:
                with self.assertRaises(sealing.Forged):
                    server.open(sealed)

    def test_answers_that_prove_nothing_slow_us_down_until_one_proves_something(self) -> None:
        now, at = 100.0, []
        for _ in range(trust.UNPROVEN_AT_ONCE + 3):
            self.handshake = self.shake(now)
            now = self.handshake.timer
            self.assertIsNotNone(
                self.handshake.receive_answer(self.answer(self.knock(now, now)), now)
            )
            at.append(now)
        self.assertEqual(at, [100.0] * trust.UNPROVEN_AT_ONCE + [110.0, 120.0, 130.0])
        self.shake(now).hurry(now)
        self.assertEqual(self.shake(now).timer, 140.0)
        self.trust.proven(self.key.public)
        self.assertEqual(self.shake(now).timer, now)

    def test_knock_that_stays_unanswered_gives_way_to_a_new_greeting(self) -> None:
        knock = self.knock()
        for _ in range(12):
            data = self.handshake.datagram_to_send(self.handshake.timer)
            assert data is not None
            datagram = wire.decode_datagram(data)
            if isinstance(datagram, wire.Hello):
                break
            self.assertEqual(datagram, knock)
        assert isinstance(datagram, wire.Hello)
        self.assertNotEqual(datagram.nonce, knock.nonce)

    def test_first_answer_measures_the_round_trip(self) -> None:
        self.knock(100.2)
        self.assertAlmostEqual(self.round_trip.timeout_s, 0.3)

    def test_answer_to_a_repeated_greeting_measures_nothing(self) -> None:
        hello = self.greeting()
        self.greeting(101.0)
        self.handshake.receive_cookie(wire.Cookie(hello.nonce, COOKIE), 101.01)
        self.assertEqual(self.round_trip.timeout_s, timers.FIRST_TIMEOUT_S)

    def test_slow_down_makes_a_pause(self) -> None:
        knock = self.knock()
        gone = wire.Gone(knock.nonce[:8], wire.Hint.SLOW_DOWN)
        hint = self.handshake.receive_hint(gone, 100.1)
        self.assertIs(hint, wire.Hint.SLOW_DOWN)
        self.assertEqual(self.handshake.timer, 100.1 + SLOW_DOWN_S)

    def test_hint_for_another_is_none(self) -> None:
        self.knock()
        due = self.handshake.timer
        gone = wire.Gone(bytes(8), wire.Hint.SLOW_DOWN)
        self.assertIsNone(self.handshake.receive_hint(gone, 100.1))
        self.assertEqual(self.handshake.timer, due)

    def test_hint_that_we_do_not_know_is_none(self) -> None:
        knock = self.knock()
        self.assertIsNone(self.handshake.receive_hint(wire.Gone(knock.nonce[:8], 99), 100.1))


if __name__ == "__main__":
    unittest.main()
