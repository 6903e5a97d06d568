"""The door: who gets a cookie, an answer, a session, or a hint why not."""

import ipaddress
import math
import random
import unittest
from unittest import mock

from chatroom.crypto.cpace import POINT_SIZE, Share, prs
from chatroom.crypto.host_key import HostKey
from chatroom.crypto.sealing import SessionKeys
from chatroom.protocol import agreement, wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.channel import Channel
from chatroom.server import cookies, door, events, guesses, half_open, strangers
from chatroom.server.figures import Drop
from chatroom.server.post import Post

PASSWORD = "correct horse"
BASE_POINT = (9).to_bytes(POINT_SIZE, "little")


class Porch:
    """A door, the clock, and all that came out of it."""

    def __init__(self) -> None:
        self.now = 1000.0
        self.entropy = random.Random(1).randbytes
        self.drawn = 0
        self.sent: list[tuple[bytes, Address]] = []
        self.post = Post()
        self.key = HostKey(self.entropy(POINT_SIZE))
        self.door = door.Door(PASSWORD, self.key, self.draw, self.now, self.post)
        self._heard: list[events.RoomEvent] = []

    def draw(self, count: int) -> bytes:
        self.drawn += 1
        return self.entropy(count)

    @property
    def heard(self) -> list[events.RoomEvent]:
        """All that the host was told."""
        self._heard += self.post.take_events()
        return self._heard

    def answer(self, data: bytes | None, address: Address) -> list[wire.Datagram | None]:
        """Send what the door answers, if it does; return it as the address reads it."""
        if data is None:
            return []
        self.sent.append((data, address))
        return [wire.decode_datagram(data)]

    def wait_until(self, now: float) -> None:
        """Let time pass, and the door answer whoever had to wait."""
        self.now = now
        self.sent += self.door.handle_timer(now)

    def told(self, kind: type[events.RoomEvent]) -> int:
        return sum(isinstance(event, kind) for event in self.heard)

    def kept(self) -> int:
        """Return how many things the door keeps of strangers."""
        return sum(vars(self.door.figures()).values())

    def answers(self) -> int:
        """Return how many knocks were answered."""
        data = (data for data, _ in self.sent)
        return sum(isinstance(wire.decode_datagram(one), wire.Answer) for one in data)


class Visitor:
    """A client at the door, as slow or as false as a test wants it."""

    def __init__(self, porch: Porch, host: str = "10.0.0.1", *, password: str = PASSWORD) -> None:
        self.porch = porch
        self.door = porch.door
        self.address: Address = (host, 5000)
        self.password = password
        self.nonce = porch.entropy(16)

    def greet(self, version: int = wire.VERSION) -> list[wire.Datagram | None]:
        hello = wire.Hello(version, self.nonce)
        answer = self.door.hello(hello, self.address, self.porch.now)
        return self.porch.answer(answer, self.address)

    def take_cookie(self) -> bytes:
        [reply] = self.greet()
        assert isinstance(reply, wire.Cookie) and reply.nonce == self.nonce
        return reply.cookie

    def knock_with(self, cookie: bytes, share: bytes) -> list[wire.Datagram | None]:
        return self.send(wire.Knock(self.nonce, cookie, share, BASE_POINT))

    def send(self, knock: wire.Knock) -> list[wire.Datagram | None]:
        answer = self.door.knock(knock, self.address, self.porch.now)
        return self.porch.answer(answer, self.address)

    def knock(self) -> list[wire.Datagram | None]:
        """Greet and knock; `prove` may follow where there is an answer."""
        cookie = self.take_cookie()
        sid = wire.exchange_id(self.nonce, cookie)
        share = Share(prs(self.password), wire.CHANNEL, sid, self.porch.entropy)
        once = HostKey(self.porch.entropy(POINT_SIZE))
        knock = wire.Knock(self.nonce, cookie, share.public, once.public)
        replies = self.send(knock)
        for reply in replies:
            if isinstance(reply, wire.Answer):
                isk, shared = share.finish_as_initiator(reply.share), once.shared(reply.host_key)
                keys = agreement.session_keys(isk, shared, knock, reply)
                self.channel = Channel.of_client(reply.session, keys)
        return replies

    def prove(self, payload: bytes = b"join") -> door.Proven | list[wire.Datagram | None]:
        """Return the proof as the door took it, or what the door said instead."""
        sealed = wire.Sealed(self.channel.number, self.channel.seal(payload))
        proven = self.door.prove(sealed, self.address, self.porch.now)
        if isinstance(proven, door.Proven):
            return proven
        return self.porch.answer(proven, self.address)

    def enter(self) -> door.Proven | list[wire.Datagram | None]:
        """Go all the way, or as far as the door lets us."""
        replies = self.knock()
        return self.prove() if isinstance(replies[0], wire.Answer) else replies


def hint_of(replies: object) -> wire.Hint | None:
    """Return the hint, where the only reply is one."""
    if isinstance(replies, list) and len(replies) == 1:
        [reply] = replies
        return wire.Hint.read(reply.hint) if isinstance(reply, wire.Gone) else None
    return None


class DoorCase(unittest.TestCase):
    def setUp(self) -> None:
        self.porch = Porch()

    def visitor(self, host: str = "10.0.0.1", password: str = PASSWORD) -> Visitor:
        return Visitor(self.porch, host, password=password)


class Cookies(DoorCase):
    def test_greetings_leave_nothing_behind(self) -> None:
        kept, drawn = self.porch.kept(), self.porch.drawn
        for number in range(1000):
            self.visitor(f"10.0.{number >> 8}.{number & 255}").take_cookie()
        self.assertEqual((self.porch.kept(), self.porch.drawn), (kept, drawn))

    def test_another_version_gets_a_hint_and_no_cookie(self) -> None:
        replies = self.visitor().greet(wire.VERSION + 1)
        self.assertEqual(hint_of(replies), wire.Hint.OTHER_VERSION)

    def test_stale_cookie_brings_another(self) -> None:
        visitor = self.visitor()
        for cookie in (bytes(24), visitor.take_cookie()):
            self.porch.now += cookies.COOKIE_LIFE_S + 0.01
            [reply] = visitor.knock_with(cookie, BASE_POINT)
            assert isinstance(reply, wire.Cookie)
            [answer] = visitor.knock_with(reply.cookie, BASE_POINT)
            self.assertIsInstance(answer, wire.Answer)
        self.assertEqual(self.porch.post.dropped, {Drop.STALE_COOKIE: 2})

    def test_cookie_of_another_address_brings_one_of_its_own(self) -> None:
        visitor = self.visitor()
        cookie = visitor.take_cookie()
        visitor.address = ("10.0.0.2", 5000)
        [reply] = visitor.knock_with(cookie, BASE_POINT)
        self.assertIsInstance(reply, wire.Cookie)
        self.assertEqual(self.porch.door.figures().used_cookies, 0)

    def test_repeated_knock_gets_the_same_answer(self) -> None:
        visitor = self.visitor()
        cookie = visitor.take_cookie()
        first = visitor.knock_with(cookie, BASE_POINT)
        self.assertEqual(visitor.knock_with(cookie, BASE_POINT), first)

    def test_used_cookie_buys_no_second_handshake(self) -> None:
        visitor = self.visitor()
        cookie = visitor.take_cookie()
        visitor.knock_with(cookie, BASE_POINT)
        other = Share(b"", b"", b"", self.porch.entropy).public
        self.assertNotIn(wire.Answer, map(type, visitor.knock_with(cookie, other)))
        self.porch.now += half_open.HALF_OPEN_LIFE_S + 1
        self.visitor("10.0.0.9").knock()  # by now the first place was given up
        self.assertNotIn(wire.Answer, map(type, visitor.knock_with(cookie, other)))

    def test_share_of_low_order_is_not_answered(self) -> None:
        visitor = self.visitor()
        for share in (bytes(32), (1).to_bytes(32, "little")):
            self.assertNotIn(
                wire.Answer, map(type, visitor.knock_with(visitor.take_cookie(), share))
            )
        self.assertEqual(self.porch.answers(), 0)


class Proofs(DoorCase):
    def test_password_is_proved_and_the_payload_comes_along(self) -> None:
        proven = self.visitor().enter()
        assert isinstance(proven, door.Proven)
        self.assertEqual(proven.payload, b"join")

    def test_nothing_keyed_is_sent_before_the_proof(self) -> None:
        self.visitor().enter()
        self.visitor(password="wrong").enter()
        for data, _ in self.porch.sent:
            self.assertIsInstance(wire.decode_datagram(data), (wire.Cookie, wire.Answer, wire.Gone))

    def test_wrong_password_gets_a_hint_and_is_told_to_the_host(self) -> None:
        visitor = self.visitor(password="wrong")
        self.assertEqual(hint_of(visitor.enter()), wire.Hint.WRONG_PASSWORD)
        self.assertEqual(self.porch.heard, [events.GuessFailed(visitor.address)])

    def test_wrong_guess_is_told_of_the_address_that_the_cookie_proved(self) -> None:
        visitors = [self.visitor(password="wrong") for _ in range(3)]
        for visitor in visitors:
            visitor.knock()
        for visitor in visitors:
            proof = wire.Sealed(visitor.channel.number, visitor.channel.seal(b"join"))
            self.porch.door.prove(proof, ("10.6.6.6", 6666), self.porch.now)
        self.assertEqual(self.porch.heard, [events.GuessFailed(one.address) for one in visitors])

    def test_one_place_is_worth_one_guess(self) -> None:
        visitor = self.visitor()
        visitor.knock()
        visitor.channel = Channel.of_client(visitor.channel.number, SessionKeys.from_secret(b"x"))
        for _ in range(3 * guesses.GUESSES_AT_ONCE):
            self.assertEqual(hint_of(visitor.prove()), wire.Hint.WRONG_PASSWORD)
        self.assertEqual(self.porch.told(events.GuessFailed), 1)
        self.assertIsInstance(self.visitor().enter(), door.Proven)

    def test_injected_datagram_makes_no_right_password_wrong(self) -> None:
        for _ in range(2 * guesses.GUESSES_AT_ONCE):
            visitor = self.visitor()
            visitor.knock()
            injected = wire.sealed_prefix(visitor.channel.number) + bytes(25)
            sealed = wire.Sealed(visitor.channel.number, injected)
            self.porch.door.prove(sealed, ("10.6.6.6", 6666), self.porch.now)
            self.assertIsInstance(visitor.prove(), door.Proven)

    def test_proof_is_taken_once(self) -> None:
        visitor = self.visitor()
        self.assertIsInstance(visitor.enter(), door.Proven)
        self.assertEqual(hint_of(visitor.prove()), wire.Hint.UNKNOWN_SESSION)

    def test_place_is_kept_for_ten_seconds(self) -> None:
        late, too_late = self.visitor(), self.visitor()
        late.knock()
        too_late.knock()
        self.porch.now += half_open.HALF_OPEN_LIFE_S
        self.assertIsInstance(late.prove(), door.Proven)
        self.porch.now += 0.01
        self.assertEqual(hint_of(too_late.prove()), wire.Hint.UNKNOWN_SESSION)

    def test_seal_of_an_unknown_session_gets_a_hint(self) -> None:
        visitor = self.visitor()
        visitor.channel = Channel.of_client(bytes(8), SessionKeys.from_secret(b"x"))
        self.assertEqual(hint_of(visitor.prove()), wire.Hint.UNKNOWN_SESSION)

    def test_changed_password_holds_for_handshakes_under_way(self) -> None:
        old = self.visitor()
        old.knock()
        self.porch.door.change_password("another")
        self.assertEqual(hint_of(old.prove()), wire.Hint.UNKNOWN_SESSION)
        self.assertEqual(hint_of(self.visitor().enter()), wire.Hint.WRONG_PASSWORD)
        self.assertIsInstance(self.visitor(password="another").enter(), door.Proven)

    def test_password_is_the_same_however_a_keyboard_composes_it(self) -> None:
        self.porch.door.change_password("caf\u00e9")
        self.assertIsInstance(self.visitor(password="cafe\u0301").enter(), door.Proven)


class Bounds(DoorCase):
    def test_ninth_place_at_a_prefix_is_that_of_the_oldest(self) -> None:
        other = self.visitor("10.0.0.2")
        other.knock()
        visitors = [self.visitor() for _ in range(half_open.HALF_OPEN_PER_PREFIX + 1)]
        for visitor in visitors:
            visitor.knock()
        self.assertEqual(hint_of(visitors[0].prove()), wire.Hint.UNKNOWN_SESSION)
        for visitor in (*visitors[1:], other):
            self.assertIsInstance(visitor.prove(), door.Proven)

    def test_there_are_512_places_in_all(self) -> None:
        first, second = self.visitor("10.1.0.1"), self.visitor("10.1.0.2")
        first.knock()
        second.knock()
        for number in range(half_open.HALF_OPEN_MOST - 1):
            visitor = self.visitor(f"10.2.{number >> 8}.{number & 255}")
            self.porch.now += 0.019 if number > door.HANDSHAKES_PER_S else 0
            visitor.knock_with(visitor.take_cookie(), BASE_POINT)
            self.porch.wait_until(self.porch.now)
        while (due := self.porch.door.timer(self.porch.now)) < math.inf:
            self.porch.wait_until(due)
        self.assertEqual(self.porch.answers(), half_open.HALF_OPEN_MOST + 1)
        self.assertLess(self.porch.now, 1000.0 + half_open.HALF_OPEN_LIFE_S)
        self.assertEqual(hint_of(first.prove()), wire.Hint.UNKNOWN_SESSION)
        self.assertIsInstance(second.prove(), door.Proven)

    def test_fifty_handshakes_a_second_and_the_rest_wait(self) -> None:
        for number in range(door.HANDSHAKES_PER_S + 3):
            visitor = self.visitor(f"10.2.0.{number}")
            visitor.knock_with(visitor.take_cookie(), BASE_POINT)
        for waiting in (3, 2, 1):
            self.assertEqual(self.porch.answers(), door.HANDSHAKES_PER_S + 3 - waiting)
            due = self.porch.door.timer(self.porch.now)
            self.assertAlmostEqual(due, self.porch.now + 1 / door.HANDSHAKES_PER_S)
            self.porch.wait_until(due)
        self.assertEqual(self.porch.answers(), door.HANDSHAKES_PER_S + 3)
        self.assertEqual(self.porch.door.timer(self.porch.now), math.inf)

    def test_knock_that_waits_too_long_is_not_answered(self) -> None:
        for number in range(door.HANDSHAKES_PER_S + 1):
            visitor = self.visitor(f"10.2.0.{number}")
            visitor.knock_with(visitor.take_cookie(), BASE_POINT)
        self.porch.wait_until(self.porch.now + cookies.COOKIE_LIFE_S + 0.01)
        self.assertEqual(self.porch.answers(), door.HANDSHAKES_PER_S)
        self.assertEqual(self.porch.door.timer(self.porch.now), math.inf)

    def test_which_of_a_crowd_at_one_prefix_waits_is_drawn(self) -> None:
        for number in range(door.HANDSHAKES_PER_S):
            visitor = self.visitor(f"10.2.0.{number}")
            visitor.knock_with(visitor.take_cookie(), BASE_POINT)
        since = len(self.porch.sent)
        for number in range(40):
            visitor = self.visitor(f"10.9.0.{number >> 1}")
            visitor.address = (visitor.address[0], number & 1)
            visitor.knock_with(visitor.take_cookie(), BASE_POINT)
        self.porch.wait_until(self.porch.now + 1.0)
        answered = {
            address[1]
            for data, address in self.porch.sent[since:]
            if isinstance(wire.decode_datagram(data), wire.Answer)
        }
        self.assertEqual(answered, {0, 1})

    def test_crowd_at_one_prefix_waits_as_one(self) -> None:
        for number in range(door.HANDSHAKES_PER_S):
            visitor = self.visitor(f"10.2.0.{number}")
            visitor.knock_with(visitor.take_cookie(), BASE_POINT)
        for host in ["10.9.9.9"] * 30 + ["10.7.7.7"]:
            visitor = self.visitor(host)
            visitor.knock_with(visitor.take_cookie(), BASE_POINT)
        self.porch.wait_until(self.porch.now + 1.0)
        self.assertEqual(self.porch.answers(), door.HANDSHAKES_PER_S + 2)

    def test_flood_of_knocks_keeps_no_more_than_its_bound(self) -> None:
        for number in range(door.HANDSHAKES_PER_S + 3 * door.WAITING_MOST):
            visitor = self.visitor(f"10.{number >> 8}.{number & 255}.1")
            visitor.knock_with(visitor.take_cookie(), BASE_POINT)
        self.assertLess(self.porch.kept(), door.WAITING_MOST + 3 * door.HANDSHAKES_PER_S)

    def test_what_has_expired_is_forgotten(self) -> None:
        kept = self.porch.kept()
        for number in range(door.HANDSHAKES_PER_S):
            visitor = self.visitor(f"10.2.0.{number}")
            visitor.knock_with(visitor.take_cookie(), BASE_POINT)
        self.porch.now += cookies.COOKIE_LIFE_S + 1
        self.visitor().enter()
        self.assertLessEqual(self.porch.kept(), kept + 1)

    def test_unproven_address_is_never_sent_more_than_it_sent(self) -> None:
        door, now = self.porch.door, self.porch.now
        door.access.block(ipaddress.ip_network("10.3.0.0/16"))
        for number in range(60):
            visitor = self.visitor(("10.0.0.1", "10.3.0.1")[number % 2])
            hello = wire.Hello(wire.VERSION + number // 2 % 2, visitor.nonce)
            cookie, session = bytes(24), bytes(8)
            for _ in range(2):
                answer = door.hello(hello, visitor.address, now)
                reply = self.assert_no_longer(answer, wire.encode_datagram(hello))
                cookie = reply.cookie if isinstance(reply, wire.Cookie) else cookie
            knock = wire.Knock(visitor.nonce, cookie, BASE_POINT, BASE_POINT)
            for _ in range(3):
                answer = door.knock(knock, visitor.address, now) or b""
                reply = self.assert_no_longer(answer, wire.encode_datagram(knock))
                session = reply.session if isinstance(reply, wire.Answer) else session
            data = wire.sealed_prefix(session) + bytes(25)
            for _ in range(3):
                hint = door.prove(wire.Sealed(session, data), visitor.address, now)
                assert isinstance(hint, bytes)
                self.assert_no_longer(hint, data)

    def assert_no_longer(self, answer: bytes, received: bytes) -> wire.Datagram | None:
        self.assertLessEqual(len(answer), len(received))
        return wire.decode_datagram(answer)


class Guesses(DoorCase):
    def use_up(self, host: str = "10.0.0.1") -> None:
        for _ in range(guesses.GUESSES_AT_ONCE):
            guess = self.visitor(host, "wrong").enter()
            self.assertEqual(hint_of(guess), wire.Hint.WRONG_PASSWORD)

    def test_ten_wrong_guesses_at_once_then_one_in_ten_seconds(self) -> None:
        self.use_up()
        for _ in range(2):
            self.assertEqual(hint_of(self.visitor().enter()), wire.Hint.SLOW_DOWN)
            self.porch.now += 9.9
            self.assertEqual(hint_of(self.visitor().enter()), wire.Hint.SLOW_DOWN)
            self.porch.now += 0.1
            guess = self.visitor(password="wrong").enter()
            self.assertEqual(hint_of(guess), wire.Hint.WRONG_PASSWORD)
        self.assertEqual(self.porch.told(events.GuessFailed), guesses.GUESSES_AT_ONCE + 2)
        self.assertGreater(self.porch.told(events.GuessesSlowed), 0)

    def test_slow_down_is_no_ban(self) -> None:
        self.use_up()
        self.porch.now += 10.0
        self.assertIsInstance(self.visitor().enter(), door.Proven)

    def test_places_taken_before_allow_no_guess_beyond(self) -> None:
        for _ in range(guesses.GUESSES_AT_ONCE - 2):
            self.visitor(password="wrong").enter()
        visitors = [self.visitor(password="wrong") for _ in range(4)]
        for visitor in visitors:
            visitor.knock()
        hints = [hint_of(visitor.prove()) for visitor in visitors]
        wrong, slow = [wire.Hint.WRONG_PASSWORD] * 2, [wire.Hint.SLOW_DOWN] * 2
        self.assertEqual(hints, wrong + slow)

    def test_right_password_costs_no_guess(self) -> None:
        for _ in range(3 * guesses.GUESSES_AT_ONCE):
            self.assertIsInstance(self.visitor().enter(), door.Proven)


class Access(DoorCase):
    def test_blocked_address_gets_a_hint_and_no_cookie(self) -> None:
        access = self.porch.door.access
        network = ipaddress.ip_network("10.0.0.0/24")
        access.block(network)
        self.assertEqual(hint_of(self.visitor().greet()), wire.Hint.NOT_ALLOWED)
        self.assertIsInstance(self.visitor("10.0.1.1").enter(), door.Proven)
        access.unblock(network)
        self.assertIsInstance(self.visitor().enter(), door.Proven)

    def test_cookie_from_before_does_not_pass_a_block(self) -> None:
        visitor = self.visitor()
        cookie = visitor.take_cookie()
        self.porch.door.access.block(ipaddress.ip_network("10.0.0.1"))
        replies = visitor.knock_with(cookie, BASE_POINT)
        self.assertEqual(hint_of(replies), wire.Hint.NOT_ALLOWED)

    def test_only_allowed_networks_come_in_where_some_are_given(self) -> None:
        access = self.porch.door.access
        access.allow_only([ipaddress.ip_network("192.168.0.0/16")])
        self.assertEqual(hint_of(self.visitor().greet()), wire.Hint.NOT_ALLOWED)
        self.assertIsInstance(self.visitor("192.168.1.1").enter(), door.Proven)
        self.assertIsInstance(self.visitor("::ffff:192.168.1.2").enter(), door.Proven)
        access.allow_only([])
        self.assertIsInstance(self.visitor().enter(), door.Proven)

    def test_both_addresses_of_a_proof_must_be_let_in(self) -> None:
        visitor = self.visitor()
        visitor.knock()
        self.porch.door.access.block(ipaddress.ip_network("10.0.0.1"))
        visitor.address = ("10.0.0.2", 5000)
        self.assertEqual(hint_of(visitor.prove()), wire.Hint.NOT_ALLOWED)

    def test_block_ends_what_was_half_open(self) -> None:
        blocked, other = self.visitor(), self.visitor("10.0.0.2")
        blocked.knock()
        other.knock()
        network = ipaddress.ip_network("10.0.0.1")
        self.porch.door.access.block(network)
        self.porch.door.access_changed()
        self.porch.door.access.unblock(network)
        self.assertEqual(hint_of(blocked.prove()), wire.Hint.UNKNOWN_SESSION)
        self.assertIsInstance(other.prove(), door.Proven)


class News(DoorCase):
    def setUp(self) -> None:
        super().setUp()
        self.porch.door.access.block(ipaddress.ip_network("10.0.0.0/8"))

    def flood(self, count: int = 500) -> None:
        for _ in range(count):
            self.visitor().greet()

    def test_flood_of_refused_addresses_is_told_sparingly(self) -> None:
        self.flood()
        self.assertEqual(self.porch.told(events.AddressRefused), strangers.TOLD_AT_ONCE)

    def test_how_many_more_there_were_is_told_soon(self) -> None:
        self.flood()
        due = self.porch.door.timer(self.porch.now)
        self.assertAlmostEqual(due, self.porch.now + 1 / strangers.TOLD_PER_S)
        self.porch.wait_until(due)
        more = 500 - strangers.TOLD_AT_ONCE - 1
        self.assertEqual(self.porch.heard[-1], events.AddressRefused(("10.0.0.1", 5000), more))
        self.assertEqual(self.porch.door.timer(self.porch.now), math.inf)

    def test_flood_of_one_kind_hides_no_other(self) -> None:
        self.flood()
        guess = self.visitor("192.168.1.1", "wrong")
        guess.enter()
        self.assertIn(events.GuessFailed(guess.address), self.porch.heard)

    def test_host_is_told_that_all_who_guess_are_slowed(self) -> None:
        with mock.patch.object(door, "HANDSHAKES_PER_S", 10_000):
            self.porch = Porch()
        for number in range(guesses.ALL_GUESSES_AT_ONCE + 20):
            self.visitor(f"10.1.0.{number % 60}", "wrong").enter()
        self.assertEqual(self.porch.told(events.GuessesUsedUp), 1)
        self.assertIsInstance(self.visitor("192.168.1.1").enter(), door.Proven)


if __name__ == "__main__":
    unittest.main()
