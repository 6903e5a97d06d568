"""Cookies: good at one address, for one greeting, and for thirty seconds."""

import random
import unittest

from chatroom.protocol import wire
from chatroom.protocol.addresses import Address
from chatroom.server import cookies

HERE: Address = ("10.0.0.1", 5000)
NONCE = bytes(range(16))


class CookieCase(unittest.TestCase):
    def setUp(self) -> None:
        self.now = 1000.0
        self.drawn = 0
        self.entropy = random.Random(1).randbytes
        self.cookies = cookies.Cookies(self.draw, self.now)

    def draw(self, count: int) -> bytes:
        self.drawn += 1
        return self.entropy(count)

    def make(self) -> bytes:
        return self.cookies.make(NONCE, HERE, self.now)

    def is_fresh(self, cookie: bytes, nonce: bytes = NONCE, address: Address = HERE) -> bool:
        return self.cookies.is_fresh(cookie, nonce, address, self.now)


class Freshness(CookieCase):
    def test_cookie_has_its_size_and_is_good(self) -> None:
        cookie = self.make()
        self.assertEqual(len(cookie), wire.COOKIE_SIZE)
        self.assertTrue(self.is_fresh(cookie))

    def test_making_and_checking_keeps_nothing_and_draws_nothing(self) -> None:
        drawn = self.drawn
        for number in range(1000):
            cookie = self.cookies.make(NONCE, ("10.0.0.1", number), self.now)
            self.is_fresh(cookie)
        self.assertEqual((len(self.cookies), self.drawn), (0, drawn))

    def test_made_up_cookie_is_not_good(self) -> None:
        for cookie in (bytes(24), b"\xff" * 24, self.make()[:-1] + b"?", b""):
            self.assertFalse(self.is_fresh(cookie), cookie)

    def test_cookie_is_good_at_its_own_address_only(self) -> None:
        cookie = self.make()
        for address in (("10.0.0.2", 5000), ("10.0.0.1", 5001), ("10.0.0.15", 0)):
            self.assertFalse(self.is_fresh(cookie, address=address))

    def test_cookie_is_good_for_its_own_greeting_only(self) -> None:
        self.assertFalse(self.is_fresh(self.make(), nonce=bytes(16)))

    def test_time_in_a_cookie_cannot_be_changed(self) -> None:
        cookie = self.make()
        later = (int.from_bytes(cookie[:8], "big") + 9000).to_bytes(8, "big")
        self.assertFalse(self.is_fresh(later + cookie[8:]))

    def test_cookie_of_another_server_is_not_good(self) -> None:
        other = cookies.Cookies(random.Random(2).randbytes, self.now)
        self.assertFalse(self.is_fresh(other.make(NONCE, HERE, self.now)))

    def test_cookie_is_good_for_thirty_seconds(self) -> None:
        cookie = self.make()
        self.now += cookies.COOKIE_LIFE_S
        self.assertTrue(self.is_fresh(cookie))
        self.now += 0.01
        self.assertFalse(self.is_fresh(cookie))

    def test_cookie_outlives_one_change_of_the_key(self) -> None:
        self.now += cookies.COOKIE_KEY_LIFE_S - 1
        cookie, drawn = self.make(), self.drawn
        self.now += 2
        self.make()
        self.assertEqual(self.drawn, drawn + 1)
        self.assertTrue(self.is_fresh(cookie))

    def test_clock_before_zero_does_no_harm(self) -> None:
        self.cookies, self.now = cookies.Cookies(self.draw, -50.0), -50.0
        self.assertTrue(self.is_fresh(self.make()))


class Used(CookieCase):
    def test_cookie_that_was_used_tells_its_session(self) -> None:
        cookie = self.make()
        self.assertIsNone(self.cookies.used_for(cookie))
        self.cookies.use(cookie, b"session!")
        self.assertEqual(self.cookies.used_for(cookie), b"session!")

    def test_used_cookie_is_remembered_for_as_long_as_it_is_fresh(self) -> None:
        cookie = self.make()
        self.cookies.use(cookie, b"session!")
        self.now += cookies.COOKIE_LIFE_S
        self.cookies.forget_old(self.now)
        self.assertTrue(self.is_fresh(cookie))
        self.assertIsNotNone(self.cookies.used_for(cookie))
        self.now += 0.01
        self.cookies.forget_old(self.now)
        self.assertFalse(self.is_fresh(cookie))
        self.assertEqual(len(self.cookies), 0)

    def test_cookie_used_late_is_forgotten_after_those_before_it(self) -> None:
        early = self.make()
        self.now += 20.0
        late = self.make()
        for one in (late, early):
            self.cookies.use(one, b"session!")
        self.now += cookies.COOKIE_LIFE_S - 10.0
        self.cookies.forget_old(self.now)
        self.assertIsNotNone(self.cookies.used_for(late))
        self.now += 10.01
        self.cookies.forget_old(self.now)
        self.assertEqual(len(self.cookies), 0)


if __name__ == "__main__":
    unittest.main()
