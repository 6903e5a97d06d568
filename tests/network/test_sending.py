"""Sending, one by one and many at once: all arrive, and what cannot be sent harms nobody."""

import itertools
import random
import socket
import struct
import sys
import unittest
from collections.abc import Sequence
from unittest import mock

from chatroom.network import sending
from chatroom.protocol.addresses import Address
from chatroom.protocol.outgoing import Cast, Outgoing

NOWHERE_PORT = 0  # the system refuses to send there


class Sending(unittest.TestCase):
    family, host = socket.AF_INET, "127.0.0.1"

    def setUp(self) -> None:
        self.sender = sending.Sender(self.bound())
        self.receivers = [self.bound() for _ in range(3)]

    def bound(self) -> socket.socket:
        try:
            sock = socket.socket(self.family, socket.SOCK_DGRAM)
            self.addCleanup(sock.close)
            sock.bind((self.host, 0))
        except OSError as error:
            raise unittest.SkipTest(f"no {self.family.name} here: {error}") from None
        sock.settimeout(5)
        return sock

    def addresses(self) -> list[Address]:
        return [one.getsockname() for one in self.receivers]

    def send(self, count: int) -> list[list[bytes]]:
        """Send so many to the receivers in turn; return what each got, in its order."""
        sent = [(b"%d" % n * (n % 7), self.addresses()[n % 3]) for n in range(count)]
        self.sender.send(Outgoing(sent))
        expected = [[data for data, to in sent if to == one] for one in self.addresses()]
        received = [
            [sock.recv(2000) for _ in some]
            for sock, some in zip(self.receivers, expected, strict=True)
        ]
        self.assertEqual(received, expected)
        return received

    def test_few_and_many_arrive_in_order_and_as_they_were(self) -> None:
        for count in (0, 1, sending.MANY - 1, sending.MANY, 255, 256, 257, 600):
            with self.subTest(count):
                self.send(count)

    def test_one_that_cannot_be_sent_is_lost_alone(self) -> None:
        first, second, third = self.addresses()
        nowhere = (self.host, NOWHERE_PORT, *first[2:])
        for count in (1, sending.MANY, 257):
            for place in {0, count // 2, count - 1}:
                with self.subTest(count=count, place=place):
                    sent = [(b"%d" % n, second) for n in range(count)]
                    sent[place] = (b"lost", nowhere)
                    self.sender.send(
                        Outgoing([*sent, (b"too large" * 9000, first), (b"last", third)])
                    )
                    expected = [data for data, to in sent if to == second]
                    self.assertEqual([self.receivers[1].recv(99) for _ in expected], expected)
                    self.assertEqual(self.receivers[2].recv(99), b"last")

    def test_many_of_one_size_to_each_arrive_as_datagrams(self) -> None:
        for each, last_size in ((3, 700), (20, 100), (55, 700)):
            with self.subTest(each=each, last_size=last_size):
                expected = [bytes((number,)) * 700 for number in range(each)]
                expected[-1] = expected[-1][:last_size]
                self.sender.send(
                    Outgoing([(data, to) for data in expected for to in self.addresses()])
                )
                for sock in self.receivers:
                    self.assertEqual([sock.recv(2000) for _ in range(each)], expected)

    def test_cast_arrives_at_each_with_tags_of_its_own(self) -> None:
        for sizes in ((5,), (70, 70), (70, 70, 30), (30, 70, 70, 5), (1,) * 60):
            most = 90 if len(sizes) < 3 else 4
            for copies in (1, 3, most):  # so many addresses are of each receiver
                with self.subTest(sizes=sizes, copies=copies):
                    self.cast(sizes, copies)

    def cast(self, sizes: Sequence[int], copies: int) -> None:
        bodies = [bytes((place,)) * size for place, size in enumerate(sizes)]
        addresses = self.addresses() * copies
        tags = [
            [struct.pack(">HH", place, number) for number in range(len(addresses))]
            for place in range(len(bodies))
        ]
        self.sender.send(Outgoing(Cast(bodies, tags, addresses)))
        for first, sock in enumerate(self.receivers):
            got = [sock.recv(2000) for _ in range(copies * len(bodies))]
            expected = [
                [body + tags[place][number] for place, body in enumerate(bodies)]
                for number in range(first, len(addresses), 3)
            ]
            self.assertEqual(sorted(got), sorted(itertools.chain(*expected)))
            if copies == 1:
                self.assertEqual([got], expected)

    def test_cast_after_cast_goes_to_those_who_are_there_then(self) -> None:
        chance = random.Random(1)
        there = [0] * sending.MANY  # which receiver each of so many is at
        for turn in range(200):
            match chance.randrange(4):
                case 0:
                    there.append(chance.randrange(3))
                case 1 if len(there) > sending.MANY:
                    del there[chance.randrange(len(there))]
                case 2:
                    there[chance.randrange(len(there))] = chance.randrange(3)
            bodies = [b"%03d" % turn * chance.choice((1, 9)) for _ in range(chance.randint(1, 6))]
            tags = [[b"%02d" % place for place in range(len(there))] for _ in bodies]
            addresses = [self.addresses()[one] for one in there]
            self.sender.send(Outgoing(Cast(bodies, tags, addresses)))
            for number, sock in enumerate(self.receivers):
                places = [place for place, one in enumerate(there) if one == number]
                expected = [body + b"%02d" % place for place in places for body in bodies]
                got = [sock.recv(99) for _ in expected]
                self.assertEqual(sorted(got), sorted(expected), turn)

    def test_nobody_may_be_in_the_room(self) -> None:
        self.sender.send(Outgoing(Cast([b"x"] * 20, [[]] * 20, [])))

    def test_cast_that_the_system_does_not_cut_is_sent_datagram_by_datagram(self) -> None:
        bodies = [bytes((number,)) * 30_000 for number in range(6)]
        tags = [[b"%02d" % number] * sending.MANY for number in range(6)]
        lost = (self.host, NOWHERE_PORT, *self.addresses()[0][2:])
        addresses = [self.addresses()[0], *[lost] * (sending.MANY - 1)]
        self.sender.send(Outgoing(Cast(bodies, tags, addresses)))
        expected = [body + some[0] for body, some in zip(bodies, tags, strict=True)]
        self.assertEqual([self.receivers[0].recv(65535) for _ in bodies], expected)

    def test_piece_that_the_system_does_not_cut_is_sent_datagram_by_datagram(self) -> None:
        expected = [bytes((number,)) * 30_000 for number in range(6)]
        few = [(b"few", self.addresses()[1])] * sending.MANY
        self.sender.send(Outgoing([*few, *((data, self.addresses()[0]) for data in expected)]))
        self.assertEqual([self.receivers[0].recv(65535) for _ in expected], expected)

    def test_without_the_systems_help_they_go_one_by_one(self) -> None:
        with mock.patch("sys.platform", "other"):
            self.send(3 * sending.MANY)


class SendingIPv6(Sending):
    family, host = socket.AF_INET6, "::1"


@unittest.skipUnless(sys.platform == "linux", "a call of Linux")
class Gathering(unittest.TestCase):
    """What goes to the same address is one piece, as long as it can be cut evenly."""

    def gathered(self, *sizes: int) -> list[list[int]]:
        from chatroom.network.sendmmsg import gather

        datagrams: list[tuple[bytes, Address]] = []
        for size in sizes:
            datagrams += [(bytes(size), ("127.0.0.1", 1)), (bytes(size), ("127.0.0.2", 1))]
        found = gather(datagrams)
        ours = [[len(data) for data in burst] for burst, to in found if to == ("127.0.0.1", 1)]
        self.assertEqual(len(found), 2 * len(ours))
        return ours

    def test_all_of_one_size_are_one_piece(self) -> None:
        self.assertEqual(self.gathered(7, 7, 7), [[7, 7, 7]])

    def test_shorter_one_ends_a_piece_and_longer_one_begins_another(self) -> None:
        self.assertEqual(self.gathered(7, 7, 3, 3, 7, 7), [[7, 7, 3], [3], [7, 7]])

    def test_empty_one_is_alone(self) -> None:
        self.assertEqual(self.gathered(0, 0, 7, 7), [[0], [0], [7, 7]])

    def test_piece_is_no_longer_than_the_system_takes(self) -> None:
        self.assertEqual([len(one) for one in self.gathered(*[9] * 120)], [50, 50, 20])


if __name__ == "__main__":
    unittest.main()
