"""The table of sessions: its limit, one for each device, and how sessions end."""

import random
import unittest
from unittest import mock

from chatroom.protocol import messages, wire
from chatroom.protocol.channel import Channel
from chatroom.server import allowances, events, sessions
from chatroom.server.caster import Caster
from chatroom.server.people import People
from chatroom.server.post import Post
from chatroom.server.session import Session
from tests.server.callers import keys_of, new_session


class SessionsCase(unittest.TestCase):
    def setUp(self) -> None:
        self.post = Post()
        self.people = People(self.post.notify)
        self.caster = Caster(random.Random(1).randbytes, 0.0)
        self.sessions = sessions.Sessions(self.people, self.caster, self.post)
        self.count = 1000

    def take_up(self, number: int, name: str = "", now: float = 0.0) -> Session:
        """Return a new session, which enters where it has a name."""
        session = new_session(number, now)
        self.sessions.take_up(session, now)
        if name:
            self.enter(session, name)
        return session

    def take_up_at(self, host: str, name: str = "") -> Session:
        """Return a new session that begins at this address."""
        self.count += 1
        keys = keys_of(self.count)
        channel = Channel.of_server(self.count.to_bytes(8, "big"), keys)
        session = Session.start(channel, keys.cast, (host, 5000), 0.0)
        session.device = f"u{self.count}"
        self.sessions.take_up(session, 0.0)
        if name:
            self.enter(session, name)
        return session

    def enter(self, session: Session, name: str) -> None:
        self.sessions.replace_older(session, name, 0.0)
        self.people.enter(session, name, 0.0)
        self.sessions.entered(session)

    def names(self) -> list[str]:
        return [session.name for session in self.people]


class Table(SessionsCase):
    def test_session_is_known_by_its_number(self) -> None:
        ana, bob = self.take_up(1), self.take_up(2)
        self.assertIs(self.sessions.get(ana.number), ana)
        self.assertIs(self.sessions.get(bob.number), bob)
        self.assertIsNone(self.sessions.get(bytes(8)))
        self.assertEqual(list(self.sessions), [ana, bob])

    def test_longest_unheard_that_is_not_in_makes_place(self) -> None:
        with mock.patch.object(sessions, "SESSIONS_MOST", 4):
            ana = self.take_up(1, "Ana", now=1.0)
            later, earlier = self.take_up(2, now=3.0), self.take_up(3, now=2.0)
            bob = self.take_up(4, "Bob", now=4.0)
            cem = self.take_up(5, now=5.0)
        self.assertEqual(list(self.sessions), [ana, later, bob, cem])
        self.assertIsNone(self.sessions.get(earlier.number))

    def test_nobody_who_is_in_makes_place(self) -> None:
        with mock.patch.object(sessions, "SESSIONS_MOST", 2):
            ana, bob = self.take_up(1, "Ana"), self.take_up(2, "Bob")
            cem = self.take_up(3)
        self.assertEqual(list(self.sessions), [ana, bob])
        self.assertIs(cem.over, messages.Refusal.ROOM_FULL)

    def test_one_address_has_so_many_and_makes_place_for_itself(self) -> None:
        self.sessions = sessions.Sessions(self.people, self.caster, self.post, per_host=2)
        ana, away = self.take_up(1, "Ana", now=1.0), self.take_up(2, now=2.0)
        other = self.take_up_at("10.9.9.9")
        bob = self.take_up(3, "Bob", now=3.0)
        self.assertEqual(list(self.sessions), [ana, other, bob])
        self.assertIsNone(self.sessions.get(away.number))
        cem = self.take_up(4, now=4.0)
        self.assertIs(cem.over, messages.Refusal.ROOM_FULL)
        self.assertIs(self.sessions.get(other.number), other)

    def test_local_network_on_one_ipv6_link_has_more(self) -> None:
        with mock.patch.object(sessions, "SESSIONS_PER_LINK", 40):
            people = [self.take_up_at(f"fe80::{number:x}", f"P{number}") for number in range(40)]
            beyond = self.take_up_at("fe80::ffff")
            self.assertEqual(list(self.sessions), people)
            self.sessions.forget(people.pop(), 0.0)
            people.append(self.take_up_at("fe80::fffe", "P40"))
        self.assertEqual(list(self.sessions), people)
        self.assertIs(beyond.over, messages.Refusal.ROOM_FULL)
        self.assertIsNone(self.take_up_at("2001:db8::1").over)

    def test_sessions_of_one_address_do_all_from_one_allowance(self) -> None:
        ana, bob = self.take_up(1), self.take_up(2)
        other = self.take_up_at("10.9.9.9")
        ana.requests.take(0.0, 10_000)
        ana.texts.take(0.0, 10_000)
        self.assertFalse(bob.may_ask(messages.Ping(), 0.0))
        self.assertFalse(bob.texts.take(0.0))
        self.assertTrue(other.may_ask(messages.Ping(), 0.0) and other.texts.take(0.0))

    def test_something_is_left_to_a_neighbour_of_somebody_without_measure(self) -> None:
        ana, bob = self.take_up(1), self.take_up(2)
        self.assertTrue(ana.requests.take(0.0, 100_000) and ana.texts.take(0.0, 100_000))
        self.assertTrue(bob.may_ask(messages.Ping(), 20.0))
        self.assertTrue(bob.texts.take(20.0))
        self.assertFalse(self.take_up(3, now=20.0).may_ask(messages.Ping(), 20.0))

    def test_who_comes_in_again_has_no_more_than_before(self) -> None:
        ana = self.take_up(1)
        ana.changes.take(0.0, 10_000)
        self.sessions.forget(ana, 0.0)
        self.assertFalse(self.take_up(2).changes.take(0.0))

    def test_addresses_of_one_ipv6_link_share_a_larger_allowance(self) -> None:
        ana, bob, other = map(self.take_up_at, ("fe80::1", "fe80::2", "2001:db8::1"))
        ana.changes.take(0.0, allowances.CHANGES_AT_ONCE)
        self.assertFalse(ana.changes.take(0.0))
        bob.changes.take(0.0, allowances.LINK_CHANGES_AT_ONCE)
        self.assertFalse(self.take_up_at("fe80::3").changes.take(0.0))
        self.assertTrue(other.changes.take(0.0))

    def test_forgotten_session_has_no_name_and_no_place(self) -> None:
        ana = self.take_up(1, "Ana")
        self.sessions.forget(ana, 0.0)
        self.assertEqual((len(self.sessions), self.names()), (0, []))
        self.sessions.forget(ana, 0.0)

    def test_place_of_who_is_forgotten_is_free(self) -> None:
        self.sessions = sessions.Sessions(self.people, self.caster, self.post, per_host=1)
        for name in ("Ana", "Bob", "Cem"):
            session = self.take_up_at("10.9.9.9", name)
            self.assertIsNone(session.over)
            self.sessions.forget(session, 0.0)
        self.assertIsNone(self.take_up_at("10.9.9.9", "Dan").over)
        self.sessions.clear()
        self.people = People(self.post.notify)
        self.assertIsNone(self.take_up_at("10.9.9.9", "Eva").over)

    def test_unwanted_are_those_at_addresses_not_permitted(self) -> None:
        ana, bob, cem = (self.take_up(number) for number in (1, 2, 3))
        self.sessions.expel([cem], messages.Refusal.REMOVED, 0.0)
        self.assertEqual(self.sessions.unwanted(lambda address: address == ana.address), [bob])

    def test_figures_tell_who_is_in(self) -> None:
        self.take_up(1, "Ana")
        self.take_up(2)
        told = [(one.address, one.name, one.is_in) for one in self.sessions.figures()]
        self.assertEqual(told, [(("10.0.0.1", 1), "Ana", True), (("10.0.0.1", 2), "", False)])


class Devices(SessionsCase):
    def again(self, session: Session) -> Session:
        """Return a new session of the same device."""
        new = self.take_up(9)
        new.device = session.device
        return new

    def test_device_takes_its_name_back_without_having_left(self) -> None:
        ana = self.take_up(1, "Ana")
        self.post.take_events()
        new = self.again(ana)
        self.enter(new, "ana")
        self.assertEqual((list(self.sessions), list(self.people)), ([new], [new]))
        self.assertEqual(self.post.take_events(), [events.PersonJoined("ana", new.address)])

    def test_device_that_takes_another_name_has_left(self) -> None:
        ana = self.take_up(1, "Ana")
        self.post.take_events()
        new = self.again(ana)
        self.enter(new, "Bea")
        came_and_went = [events.PersonLeft("Ana"), events.PersonJoined("Bea", new.address)]
        self.assertEqual(self.post.take_events(), came_and_went)

    def test_session_that_never_entered_is_not_replaced(self) -> None:
        waiting = self.take_up(1)
        new = self.again(waiting)
        self.enter(new, "Ana")
        self.assertEqual(list(self.sessions), [waiting, new])

    def test_session_does_not_replace_itself(self) -> None:
        ana = self.take_up(1, "Ana")
        self.enter(ana, "Bea")
        self.assertEqual((list(self.sessions), self.names()), ([ana], ["Bea"]))

    def test_device_that_was_expelled_or_forgotten_has_no_older_session(self) -> None:
        ana, bob = self.take_up(1, "Ana"), self.take_up(2, "Bob")
        self.sessions.expel([ana], messages.Refusal.REMOVED, 0.0)
        self.sessions.forget(bob, 0.0)
        for old in (ana, bob):
            self.sessions.replace_older(self.again(old), "Cem", 0.0)
        self.assertIs(self.sessions.get(ana.number), ana)

    def test_device_that_comes_back_has_been_here_since_before(self) -> None:
        self.take_up(1, "Ana").said = 3
        again = new_session(2, 50.0)
        again.device = "u1"
        self.sessions.take_up(again, 50.0)
        self.sessions.replace_older(again, "Ana", 50.0)
        self.people.enter(again, "Ana", 50.0)
        [shown] = self.people.shown(60.0)
        self.assertEqual((shown.here_s, shown.messages, shown.silent_s), (60.0, 3, 10.0))


class Expelling(SessionsCase):
    def test_expelled_one_is_out_kept_and_told_why(self) -> None:
        ana = self.take_up(1, "Ana")
        self.post.take_events()
        self.sessions.expel([ana], messages.Refusal.REMOVED, 0.0)
        self.assertEqual((self.names(), list(self.sessions)), ([], [ana]))
        self.assertIs(ana.over, messages.Refusal.REMOVED)
        left = events.PersonLeft("Ana", reason=messages.Refusal.REMOVED)
        self.assertEqual(self.post.take_events(), [left])
        [(data, address)] = self.post.take_datagrams()
        self.assertEqual((address, data[0]), (ana.address, wire.Kind.SEALED))
        payload, _ = Channel.of_client(ana.number, keys_of(1)).open(data)
        bye = messages.Bye(messages.Refusal.REMOVED)
        self.assertEqual(messages.decode_reply(payload), (messages.NO_NUMBER, bye))

    def test_who_is_put_out_does_not_have_the_next_key(self) -> None:
        ana, bob, key = self.take_up(1, "Ana"), self.take_up(2, "Bob"), self.caster.key
        self.sessions.expel([ana, bob], messages.Refusal.REMOVED, 0.0)
        self.assertEqual(self.caster.key_number, 1)
        self.assertNotEqual(self.caster.key, key)

    def test_one_that_is_not_in_goes_without_an_event(self) -> None:
        self.sessions.expel([self.take_up(1)], messages.Refusal.REMOVED, 0.0)
        self.assertEqual(self.post.take_events(), [])
        self.assertEqual(len(self.post.take_datagrams()), 1)

    def test_all_of_them_may_be_expelled_and_forgotten(self) -> None:
        for number in range(1, 6):
            self.take_up(number, f"name {number}")
        self.sessions.expel(self.sessions, messages.Refusal.PASSWORD_CHANGED, 0.0)
        self.sessions.clear()
        self.assertEqual((len(self.sessions), self.names()), (0, []))


if __name__ == "__main__":
    unittest.main()
