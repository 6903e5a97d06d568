"""Reading the log: one Fetch a turn, in a row, and no more than so many that wait."""

import unittest

from chatroom.protocol import messages
from chatroom.protocol.entries import Entries
from chatroom.server import fetches
from chatroom.server.figures import Drop
from chatroom.server.people import People
from chatroom.server.post import Post
from chatroom.server.session import Session
from tests.server.callers import Caller, RoomCase
from tests.server.test_row import session_at
from tests.tools.link import SERVER, MemoryLog, older_entries


class Waiting(unittest.TestCase):
    def setUp(self) -> None:
        self.post = Post()
        self.people = People(self.post.notify)
        self.fetches = fetches.Fetches(MemoryLog(older_entries(9)), self.people, self.post)
        self.ana, self.bob = self.enter("Ana", "10.0.0.1"), self.enter("Bob", "10.0.0.2")

    def enter(self, name: str, host: str) -> Session:
        session = session_at(host)
        self.people.enter(session, name, 0.0)
        return session

    def ask(self, session: Session, first: int, number: int = 1, datagrams: int = 16) -> None:
        self.fetches.ask(session, number, messages.Fetch(first, 9, datagrams))

    def steps(self) -> list[Session]:
        """Return who was answered with the first datagram of each step."""
        answered = []
        while self.fetches:
            self.fetches.step()
            datagrams = list(self.post.take_datagrams())
            answered += [one for one in self.people for _, to in datagrams[:1] if to == one.address]
        return answered

    def test_nothing_waits_and_nothing_is_done(self) -> None:
        self.assertFalse(self.fetches)
        self.fetches.step()
        self.assertEqual(len(self.post.take_datagrams()), 0)

    def test_one_a_step_and_everybody_in_turn(self) -> None:
        for first in (1, 2, 3):
            self.ask(self.ana, first)
        self.ask(self.bob, 1)
        self.assertEqual(self.steps(), [self.ana, self.bob, self.ana, self.ana])

    def test_same_again_is_read_once(self) -> None:
        for number in range(1, 5):
            self.ask(self.ana, 1, number, datagrams=number)
        self.assertEqual(self.steps(), [self.ana])

    def test_no_more_wait_than_so_many(self) -> None:
        for first in range(1, fetches.WAITING_MOST + 3):
            self.ask(self.ana, first)
        self.ask(self.ana, 1, 2)
        self.ask(self.bob, 1)
        self.assertEqual(self.post.dropped, {Drop.BEYOND_RATE: 2})
        self.assertEqual(len(self.steps()), fetches.WAITING_MOST + 1)

    def test_who_is_gone_reads_nothing(self) -> None:
        self.ask(self.ana, 1)
        self.ask(self.bob, 1)
        self.people.leave(self.ana, 0.0)
        self.assertEqual(self.steps(), [self.bob])


class InTurn(RoomCase):
    def test_what_is_said_is_stored_between_two_of_a_flood(self) -> None:
        self.log.entries += older_entries(2000)
        flood = [self.caller(f"M{number}", 7000 + number) for number in range(4)]
        ana = Caller(self.pair, 7000, "127.0.0.2")
        ana.join("Ana")
        room, now = self.pair.room, self.pair.now
        asked = [messages.Fetch(first, 2000, 16) for first in range(1, 9)]
        for data, address in [(one.seal(fetch), one.address) for one in flood for fetch in asked]:
            room.receive_datagram(data, address, now)
        room.handle_timer(now)
        self.assertLessEqual(len(room.datagrams_to_send(now)), 16)
        room.receive_datagram(ana.seal(messages.Say(1, ("quick",))), ana.address, now)
        room.receive_datagram(ana.seal(messages.Fetch(1, 2000, 16)), ana.address, now)
        self.assertTrue(any(to == ana.address for _, to in room.datagrams_to_send(now)))
        self.assertEqual(self.log.entries[-1].text, "quick")
        self.assertEqual(room.timer(now), now)
        turns = 0
        while not [one for _, one in room.datagrams_to_send(now) if one == ana.address]:
            room.handle_timer(now)
            turns += 1
        self.assertLessEqual(turns, 2)

    def test_answer_has_the_number_of_the_newest_transmission(self) -> None:
        self.log.entries += older_entries(3)
        ana = self.caller()
        fetch = messages.Fetch(1, 3, 16)
        sent = [ana.seal(fetch), ana.seal(fetch)]
        for data in sent:
            self.pair.room.receive_datagram(data, ana.address, self.pair.now)
        self.pair.room.handle_timer(self.pair.now)
        since = len(self.pair.link.sent)
        self.pair.run(1.0)
        [answer] = ana.open(ana.received(since))
        assert isinstance(answer, Entries)
        self.assertEqual((answer.number, len(answer.entries)), (ana.number, 3))
        self.assertEqual(SERVER, self.pair.link.sent[since][2])


if __name__ == "__main__":
    unittest.main()
