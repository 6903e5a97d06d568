"""The way in and out: greetings, hints, proofs, Join, Leave."""

import random
import unittest

from chatroom.client import entrance, events
from chatroom.client.asking import REFUSED_PAUSE_S
from chatroom.client.catching_up import Stretch
from chatroom.client.handshake import SLOW_DOWN_S
from chatroom.client.states import Cause
from chatroom.client.timers import Retry, RoundTrip
from chatroom.crypto.cpace import Share, prs
from chatroom.crypto.host_key import HostKey
from chatroom.protocol import agreement, messages, wire
from chatroom.protocol.channel import Channel
from chatroom.protocol.entries import Entry, device_id, mark
from chatroom.protocol.wire import Hint

PASSWORD = "correct horse"
DEVICE = bytes(range(16))
COOKIE = bytes(24)
KEY = HostKey(bytes(range(32)))


def tried(times: int) -> Retry:
    """Return the timer of a request that went out so often at 0."""
    retry = Retry(0.3, 0.0, lambda: 0.5)
    while retry.tries < times:
        retry.sent(0.0)
    return retry


def joined(*, same: bool = True) -> messages.Joined:
    return messages.Joined("room", 0, same, 0, 1, 1, bytes(32))


def proven(knock: wire.Knock, answer: wire.Answer) -> wire.Answer:
    """Return the answer with the host's proof."""
    tagger = agreement.host_tagger(KEY.shared(knock.host_share), knock)
    return agreement.with_proof(answer, tagger)


class EntranceCase(unittest.TestCase):
    def setUp(self) -> None:
        self.entropy = random.Random(1).randbytes
        self.held = Stretch()
        self.entrance = entrance.Entrance(
            PASSWORD,
            "Ana",
            DEVICE,
            self.held,
            round_trip=RoundTrip(),
            entropy=self.entropy,
            random=lambda: 0.5,
            now=100.0,
        )

    def sent(self, now: float) -> wire.Datagram | None:
        data = self.entrance.datagram_to_send(now)
        return None if data is None else wire.decode_datagram(data)

    def greeting(self, now: float = 100.0) -> wire.Hello:
        hello = self.sent(now)
        assert isinstance(hello, wire.Hello)
        return hello


class AtTheDoor(EntranceCase):
    def hint(self, hint: int) -> list[events.MemberEvent]:
        """Return what is told about a hint to whoever greets now."""
        gone = wire.Gone(self.nonce[: wire.SESSION_SIZE], hint)
        return list(self.entrance.receive_hint(gone, 100.1))

    def setUp(self) -> None:
        super().setUp()
        self.nonce = self.greeting().nonce

    def test_handshake_ends_with_a_session(self) -> None:
        self.assertIsNone(self.entrance.receive(wire.Cookie(self.nonce, COOKIE), 100.1))
        knock = self.sent(100.1)
        assert isinstance(knock, wire.Knock)
        sid = wire.exchange_id(self.nonce, COOKIE)
        share = Share(prs(PASSWORD), wire.CHANNEL, sid, self.entropy)
        answer = proven(knock, wire.Answer(sid[:16], b"session1", share.public, KEY.public))
        session = self.entrance.receive(answer, 100.2)
        assert session is not None
        self.assertEqual(session.number, b"session1")

    def test_why_we_wait_is_told_once(self) -> None:
        slowed, refused = events.GuessesSlowedHere(), events.AccessRefused
        for hint, told in (
            (Hint.SLOW_DOWN, [slowed]),
            (Hint.SLOW_DOWN, []),
            (Hint.NOT_ALLOWED, [refused(Hint.NOT_ALLOWED)]),
            (Hint.NOT_ALLOWED, []),
            (Hint.OTHER_VERSION, [refused(Hint.OTHER_VERSION)]),
            (Hint.UNKNOWN_SESSION, []),
            (99, []),
        ):
            with self.subTest(hint):
                self.assertEqual(self.hint(hint), told)

    def test_who_came_in_is_told_anew_the_next_time(self) -> None:
        self.hint(Hint.SLOW_DOWN)
        self.entrance.hear(joined(), 101.0)
        self.assertEqual(self.hint(Hint.SLOW_DOWN), [events.GuessesSlowedHere()])

    def test_slow_down_makes_a_pause(self) -> None:
        self.hint(Hint.SLOW_DOWN)
        self.assertEqual(self.entrance.timer, 100.1 + SLOW_DOWN_S)

    def test_new_greeting_is_another_and_waits_where_that_was_asked_for(self) -> None:
        self.entrance.greet(110.0)
        self.assertEqual(self.entrance.timer, 110.0)
        self.assertNotEqual(self.greeting(110.0).nonce, self.nonce)
        self.entrance.greet(120.0, slowed_down=True)
        self.assertEqual(self.entrance.timer, 120.0 + SLOW_DOWN_S)

    def test_greeting_is_unmet_while_nobody_answers_one(self) -> None:
        self.assertFalse(self.entrance.is_unmet(100.5))
        self.assertTrue(self.entrance.is_unmet(101.0))
        self.entrance.receive(wire.Cookie(self.nonce, COOKIE), 101.1)
        self.sent(101.1)
        self.assertFalse(self.entrance.is_unmet(109.0))

    def test_other_password_is_proved_from_the_next_greeting_on(self) -> None:
        self.entrance.take_password("another")
        self.entrance.greet(110.0)
        nonce = self.greeting(110.0).nonce
        self.entrance.receive(wire.Cookie(nonce, COOKIE), 110.1)
        knock = self.sent(110.1)
        assert isinstance(knock, wire.Knock)
        sid = wire.exchange_id(nonce, COOKIE)
        share = Share(prs("another"), wire.CHANNEL, sid, self.entropy)
        answer = proven(knock, wire.Answer(sid[:16], b"session1", share.public, KEY.public))
        session = self.entrance.receive(answer, 110.2)
        assert session is not None
        isk, shared = share.finish_as_responder(knock.share), KEY.shared(knock.host_share)
        keys = agreement.session_keys(isk, shared, knock, answer)
        server = Channel.of_server(b"session1", keys)
        self.assertEqual(server.open(session.channel.seal(b"hello"))[0], b"hello")


class Joining(EntranceCase):
    def test_join_says_who_we_are_and_what_we_hold(self) -> None:
        self.held.begin(3, None)
        old = Entry(1, "", "Eva", "old", "older-1")
        self.held.offer([old])
        self.held.take_new()
        join = messages.Join("Ana", DEVICE, 1, mark(old))
        self.assertEqual(self.entrance.request(), join)

    def test_another_name_is_asked_for_at_once(self) -> None:
        self.entrance.refused(messages.Refusal.STORAGE, 110.0)
        self.assertEqual(self.entrance.due_at, 110.0 + REFUSED_PAUSE_S)
        self.entrance.rename("Anna", 111.0)
        self.assertEqual(self.entrance.due_at, 111.0)
        self.assertEqual(self.entrance.request().name, "Anna")

    def test_name_that_cannot_be_sent_changes_nothing(self) -> None:
        with self.assertRaises(ValueError):
            self.entrance.rename("\N{SNOWMAN}" * 43, 101.0)
        self.assertEqual(self.entrance.name, "Ana")

    def test_joined_is_entered_and_the_next_time_back(self) -> None:
        device = device_id(DEVICE)
        first = events.Entered("room", "Ana", device, back=False, head=0)
        again = events.Entered("room", "Ana", device, back=True, head=0)
        self.assertEqual(list(self.entrance.hear(joined(same=False), 101.0)), [first])
        self.assertEqual(list(self.entrance.hear(joined(), 102.0)), [again])
        self.assertEqual(
            list(self.entrance.hear(joined(same=False), 103.0)), [events.LogReplaced(), again]
        )


class GivingUp(EntranceCase):
    def cause(self, hint: Hint | None, tries: int = 1, now: float = 60.0) -> Cause | None:
        return self.entrance.given_up(tried(tries), hint, now)

    def test_hints_are_believed_at_the_first_timeout(self) -> None:
        self.assertIs(self.cause(Hint.WRONG_PASSWORD), Cause.PASSWORD_REFUSED)
        self.assertIs(self.cause(Hint.SLOW_DOWN), Cause.SLOWED_DOWN)
        self.assertIs(self.cause(Hint.UNKNOWN_SESSION), Cause.SESSION_UNKNOWN)
        self.assertIsNone(self.cause(Hint.NOT_ALLOWED))

    def test_five_joins_and_four_seconds_without_answer_are_enough(self) -> None:
        for tries, now, cause in (
            (4, 60.0, None),
            (5, 3.9, None),
            (5, 4.0, Cause.JOIN_UNANSWERED),
        ):
            with self.subTest(tries=tries, now=now):
                self.assertIs(self.cause(None, tries, now), cause)


class Goodbyes(unittest.TestCase):
    def test_it_is_said_at_once_and_three_times(self) -> None:
        goodbye = entrance.Goodbye()
        self.assertEqual(goodbye.request(), messages.Leave())
        self.assertLessEqual(goodbye.due_at, 0.0)
        self.assertIsNone(goodbye.given_up(tried(3), None, 60.0))
        self.assertIs(goodbye.given_up(tried(4), None, 60.0), Cause.GOODBYE_OVER)

    def test_whoever_does_not_know_us_need_not_be_told(self) -> None:
        cause = entrance.Goodbye().given_up(tried(1), Hint.UNKNOWN_SESSION, 1.0)
        self.assertIs(cause, Cause.GOODBYE_OVER)
        self.assertIsNone(entrance.Goodbye().given_up(tried(1), Hint.SLOW_DOWN, 1.0))


if __name__ == "__main__":
    unittest.main()
