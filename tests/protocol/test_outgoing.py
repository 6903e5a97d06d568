"""What leaves with a turn: in order, whatever it is made of."""

import unittest

from chatroom.protocol.addresses import Address
from chatroom.protocol.outgoing import Cast, Outgoing

ANA: Address = ("127.0.0.1", 1)
BOB: Address = ("127.0.0.1", 2)


class Order(unittest.TestCase):
    def test_each_gets_the_bodies_in_order_with_tags_of_its_own(self) -> None:
        cast = Cast([b"one", b"two"], [[b"a", b"b"], [b"c", b"d"]], [ANA, BOB])
        self.assertEqual(len(cast), 4)
        self.assertEqual(
            list(cast), [(b"onea", ANA), (b"oneb", BOB), (b"twoc", ANA), (b"twod", BOB)]
        )

    def test_datagrams_and_casts_keep_their_order(self) -> None:
        outgoing = Outgoing()
        outgoing.add(b"first", BOB)
        outgoing.add(b"second", ANA)
        outgoing.cast(Cast([b"all"], [[b"1", b"2"]], [ANA, BOB]))
        outgoing.add(b"last", ANA)
        self.assertEqual(len(outgoing), 5)
        self.assertEqual(
            [data for data, _ in outgoing], [b"first", b"second", b"all1", b"all2", b"last"]
        )
        self.assertEqual([len(run) for run in outgoing.runs], [2, 2, 1])

    def test_nothing_and_a_cast_to_nobody_are_no_datagrams(self) -> None:
        self.assertEqual(len(Outgoing()), 0)
        self.assertEqual(list(Outgoing(Cast([b"x"], [[]], []))), [])


if __name__ == "__main__":
    unittest.main()
