"""Sessions: where one receives, and how much it may ask."""

import random
import unittest

from chatroom.protocol import messages
from chatroom.protocol.addresses import Address
from chatroom.server import session
from tests.server.callers import new_session

HOME: Address = ("10.0.0.1", 1)
AWAY: Address = ("10.0.0.2", 2)
FALSE: Address = ("10.6.6.6", 6)


class Paths(unittest.TestCase):
    def setUp(self) -> None:
        self.path = session.Path(HOME)
        self.entropy = random.Random(1).randbytes

    def hear_from(self, source: Address) -> bytes | None:
        return self.path.hear_from(source, self.entropy)

    def test_known_address_is_not_doubted(self) -> None:
        self.assertIsNone(self.hear_from(HOME))

    def test_claimed_address_is_followed_when_its_token_comes_back(self) -> None:
        token = self.hear_from(AWAY)
        assert token is not None
        self.assertEqual((self.path.address, len(token)), (HOME, messages.TOKEN_SIZE))
        self.assertTrue(self.path.confirm(token, AWAY))
        self.assertEqual(self.path.address, AWAY)
        self.assertIsNone(self.hear_from(AWAY))

    def test_token_confirms_once(self) -> None:
        token = self.hear_from(AWAY)
        assert token is not None
        self.assertTrue(self.path.confirm(token, AWAY))
        self.assertFalse(self.path.confirm(token, AWAY))

    def test_token_from_elsewhere_confirms_nothing(self) -> None:
        token = self.hear_from(AWAY)
        assert token is not None
        for source in (HOME, FALSE):
            self.assertFalse(self.path.confirm(token, source))
        self.assertTrue(self.path.confirm(token, AWAY))

    def test_any_other_token_confirms_nothing(self) -> None:
        for token in (messages.NO_TOKEN, bytes(range(8))):
            self.assertFalse(self.path.confirm(token, AWAY))
            self.hear_from(AWAY)
            self.assertFalse(self.path.confirm(token, AWAY))
        self.assertEqual(self.path.address, HOME)

    def test_one_address_gets_one_token_however_often_it_is_heard(self) -> None:
        tokens = {self.hear_from(AWAY) for _ in range(5)}
        self.assertEqual(len(tokens), 1)

    def test_token_of_an_address_vouches_for_no_other(self) -> None:
        token = self.hear_from(AWAY)
        assert token is not None
        self.assertNotEqual(self.hear_from(FALSE), token)
        self.assertFalse(self.path.confirm(token, AWAY))

    def test_word_from_the_known_address_takes_the_claim_back(self) -> None:
        token = self.hear_from(AWAY)
        assert token is not None
        self.hear_from(HOME)
        self.assertFalse(self.path.confirm(token, AWAY))
        self.assertNotEqual(self.hear_from(AWAY), token)


class Rates(unittest.TestCase):
    def count(self, request: messages.Request | None) -> int:
        """Return how many such requests are taken at once."""
        one = new_session(1)
        return sum(one.may_ask(request, 0.0) for _ in range(2 * session.REQUESTS_AT_ONCE))

    def test_thousand_requests_at_once_malformed_ones_too(self) -> None:
        for request in (messages.Ping(), messages.Who(0, 0, 1), None):
            self.assertEqual(self.count(request), session.REQUESTS_AT_ONCE)

    def test_join_costs_its_cast(self) -> None:
        join = messages.Join("Ana", bytes(16), 0, "")
        self.assertEqual(self.count(join), session.REQUESTS_AT_ONCE / session.JOIN_COST)

    def test_who_costs_the_datagrams_that_it_takes(self) -> None:
        for asked, cost in ((0, 1), (8, 8), (32, 32), (255, 32)):
            taken = self.count(messages.Who(0, 0, asked))
            self.assertEqual(taken, -(-session.REQUESTS_AT_ONCE // cost), asked)

    def test_newcomer_may_say_one_text_and_has_the_burst_after_a_while(self) -> None:
        one = new_session(1)
        self.assertEqual([one.texts.take(0.0) for _ in range(2)], [True, False])
        self.assertEqual(sum(one.texts.take(9.0) for _ in range(99)), session.TEXTS_AT_ONCE)


if __name__ == "__main__":
    unittest.main()
