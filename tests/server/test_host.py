"""The host, who speaks under a reserved name and without a session."""

import unittest
from unittest import mock

from chatroom.archive.troubles import Trouble
from chatroom.client import events as client_events
from chatroom.problems import WrongInput
from chatroom.protocol import messages, names, wire
from chatroom.protocol.entries import Entries
from chatroom.server import events, host, people
from chatroom.server.log import LogBroken, LogRefused
from tests.server.callers import Caller, RoomCase
from tests.tools.link import Pair


class HostCase(RoomCase):
    def setUp(self) -> None:
        super().setUp()
        self.pair.room.reserve("Tuan", self.pair.now)

    def say(self, text: str) -> None:
        self.pair.room.say(text, self.pair.now)

    def refused(self, text: str) -> object:
        """Return why the host cannot say this."""
        with self.assertRaises(WrongInput) as wrong:
            self.say(text)
        return wrong.exception.reason

    def waiting(self) -> int:
        return self.pair.room.figures().host_waiting


class Names(HostCase):
    def held(self, name: str) -> object:
        """Return why the host cannot have this name."""
        with self.assertRaises(WrongInput) as wrong:
            self.pair.room.reserve(name, self.pair.now)
        return wrong.exception.reason

    def test_reserved_name_is_refused_at_once_in_any_spelling(self) -> None:
        caller = Caller(self.pair)
        taken = messages.Refused(messages.Refusal.NAME_TAKEN)
        for name in ("Tuan", "tuan", "ＴＵＡＮ", "T\u200duan"):
            self.assertEqual(caller.ask(messages.Join(name, caller.device, 0, "")), [taken])
            self.pair.run(people.CONTEST_S * 2)
        self.assertEqual(self.pair.here(), [])
        self.assertEqual(self.pair.room.figures().contests, 0)
        self.assertEqual(len(self.told(events.JoinRefused)), 4)

    def test_everybody_sees_the_host_among_the_people(self) -> None:
        ana = self.pair.join("Ana")
        self.pair.run(3.0)
        [changed] = ana.saw(client_events.PeopleChanged)
        assert isinstance(changed, client_events.PeopleChanged)
        self.assertEqual(changed.names, ("Tuan", "Ana"))
        self.pair.room.reserve("Juragan", self.pair.now)
        self.pair.run(3.0)
        changed = ana.saw(client_events.PeopleChanged)[-1]
        assert isinstance(changed, client_events.PeopleChanged)
        self.assertEqual((changed.came, changed.went), (("Juragan",), ("Tuan",)))

    def test_name_that_the_host_gave_up_is_free(self) -> None:
        self.pair.room.reserve("Juragan", self.pair.now)
        self.assertEqual(self.pair.room.host_name, "Juragan")
        self.caller("Tuan")
        self.assertEqual([name for name, _ in self.pair.here()], ["Tuan"])

    def test_host_may_change_the_spelling_of_its_name(self) -> None:
        self.pair.room.reserve("TUAN", self.pair.now)
        self.assertEqual(self.pair.room.host_name, "TUAN")

    def test_same_name_again_is_no_news(self) -> None:
        version = self.pair.room.figures().version
        self.pair.room.reserve("Tuan", self.pair.now)
        self.assertEqual(self.pair.room.figures().version, version)

    def test_name_of_somebody_in_the_room_is_refused(self) -> None:
        self.caller("Ana")
        self.assertIs(self.held("ana"), host.BadSpeech.NAME_HELD)
        self.assertEqual(self.pair.room.host_name, "Tuan")

    def test_what_is_no_name_is_refused(self) -> None:
        self.assertIs(self.held(""), names.BadName.MISSING)
        self.assertIs(self.held("system"), names.BadName.RESERVED)
        self.assertEqual(self.pair.room.host_name, "Tuan")

    def test_who_had_gone_quiet_does_not_take_the_hosts_name_back(self) -> None:
        ana = self.caller("Ana")
        self.pair.run(people.QUIET_AFTER_S + 10)
        self.pair.room.reserve("Ana", self.pair.now)
        taken = messages.Refused(messages.Refusal.NAME_TAKEN)
        self.assertEqual(ana.ask(messages.Ping()), [taken])

    def test_host_cannot_be_removed(self) -> None:
        self.assertFalse(self.pair.room.remove("Tuan", self.pair.now))
        self.assertEqual(self.pair.room.host_name, "Tuan")

    def test_name_outlives_a_change_of_the_password(self) -> None:
        self.pair.room.change_password("another", self.pair.now)
        self.assertEqual(self.pair.room.host_name, "Tuan")


class Speech(HostCase):
    def test_what_the_host_says_is_stored_told_and_cast_as_everybodys(self) -> None:
        ana = self.caller()
        since = len(self.pair.link.sent)
        self.say("selamat datang")
        self.pair.run(1.0)
        [entry] = self.log.entries
        self.assertEqual((entry.name, entry.text), ("Tuan", "selamat datang"))
        self.assertEqual(entry.id, f"{self.pair.room.host_device}-1")
        self.assertEqual(self.told(events.MessagesStored), [events.MessagesStored((entry,))])
        heard = ana.casts(ana.received(since))
        self.assertEqual({cast.entries for cast in heard if isinstance(cast, Entries)}, {(entry,)})
        self.assertGreater(len(heard), 1)

    def test_what_all_say_at_once_is_one_append(self) -> None:
        ana = self.caller()
        say = ana.seal(messages.Say(1, ("hers",)))
        self.pair.room.receive_datagram(say, ana.address, self.pair.now)
        self.say("ours")
        self.pair.run(0.1)
        self.assertEqual((sorted(self.texts()), self.log.appends), (["hers", "ours"], 1))

    def test_long_text_is_stored_in_parts_that_make_it_up(self) -> None:
        text = " ".join(f"kata {number}" for number in range(2000))
        self.say(text)
        self.pair.run(1.0)
        self.assertEqual("".join(self.texts()), text)
        self.assertTrue(all(len(one.encode()) <= wire.TEXT_SIZE for one in self.texts()))

    def test_much_text_takes_many_turns(self) -> None:
        for number in range(host.TEXTS_A_TURN * 3 + 1):
            self.say(f"{number}")
        self.pair.run(0.0)
        self.assertEqual(self.log.appends, 4)
        self.assertEqual(self.texts(), [f"{number}" for number in range(len(self.texts()))])

    def test_ids_count_on_over_turns_and_names(self) -> None:
        self.say("one")
        self.pair.run(1.0)
        self.pair.room.reserve("Juragan", self.pair.now)
        self.say("two")
        self.pair.run(1.0)
        device = self.pair.room.host_device
        self.assertEqual([one.id for one in self.log.entries], [f"{device}-1", f"{device}-2"])
        self.assertEqual([one.name for one in self.log.entries], ["Tuan", "Juragan"])

    def test_each_opening_has_a_device_of_its_own(self) -> None:
        before = self.pair.room.host_device
        self.assertNotEqual(self.pair.open_room().host_device, before)

    def test_nobody_speaks_without_a_name(self) -> None:
        self.pair = Pair(self.log)
        self.assertEqual(self.pair.room.host_name, "")
        self.assertIs(self.refused("hello"), host.BadSpeech.NO_NAME)

    def test_nothing_is_no_message(self) -> None:
        for text in ("", "  ", "\n\n"):
            self.assertIs(self.refused(text), host.BadSpeech.NO_TEXT)

    def test_what_no_encoding_carries_is_replaced(self) -> None:
        self.say("a\ud800b")
        self.pair.run(0.1)
        self.assertEqual(self.texts(), ["a\ufffdb"])

    def test_closed_room_takes_nothing(self) -> None:
        self.pair.stop_room()
        self.assertIs(self.refused("hello"), host.BadSpeech.ROOM_CLOSED)


class Stalled(HostCase):
    """The log takes nothing for a while."""

    def setUp(self) -> None:
        super().setUp()
        self.log.failure = LogRefused(Trouble.CANNOT_WRITE)

    def test_what_was_said_is_stored_once_when_there_is_room_again(self) -> None:
        self.say("one")
        self.pair.run(1.0)
        self.say("two")
        self.pair.run(20.0)
        self.assertEqual((self.texts(), self.waiting()), ([], 2))
        self.log.failure = None
        self.pair.run(host.RETRY_MOST_S)
        self.assertEqual((self.texts(), self.waiting()), (["one", "two"], 0))
        self.pair.run(20.0)
        self.assertEqual(self.texts(), ["one", "two"])

    def test_gaps_between_tries_grow(self) -> None:
        with mock.patch.object(self.log, "append", side_effect=self.log.failure) as append:
            self.say("one")
            self.pair.run(60.0)
        self.assertLessEqual(append.call_count, 60 / host.RETRY_MOST_S + 4)
        self.assertGreater(append.call_count, 60 / host.RETRY_MOST_S - 2)

    def test_first_try_of_the_next_trouble_is_soon(self) -> None:
        self.say("one")
        self.pair.run(20.0)
        self.log.failure = None
        self.pair.run(host.RETRY_MOST_S)
        self.log.failure = LogRefused(Trouble.CANNOT_WRITE)
        self.say("two")
        self.pair.run(0.1)
        self.log.failure = None
        self.pair.run(host.RETRY_FIRST_S)
        self.assertEqual(self.texts(), ["one", "two"])

    def test_members_do_not_wait_for_the_host(self) -> None:
        ana = self.caller()
        self.say("the host's")
        self.pair.run(20.0)
        self.log.failure = None
        ana.ask(messages.Say(1, ("hers",)))
        self.assertEqual(self.texts()[:1], ["hers"])

    def test_what_waits_is_bounded_and_nothing_of_more_is_taken(self) -> None:
        for number in range(host.WAITING_MOST - 1):
            self.say(f"{number}")
        self.assertIs(self.refused("x" * wire.TEXT_SIZE * 2), host.BadSpeech.TOO_MUCH_WAITS)
        self.assertEqual(self.waiting(), host.WAITING_MOST - 1)
        self.say("last")
        self.assertIs(self.refused("more"), host.BadSpeech.TOO_MUCH_WAITS)

    def test_what_could_never_wait_is_too_long(self) -> None:
        book = "x" * wire.TEXT_SIZE * (host.WAITING_MOST + 1)
        self.assertIs(self.refused(book), host.BadSpeech.TOO_LONG)
        self.assertEqual(self.waiting(), 0)

    def test_name_of_now_is_the_name_of_what_waited(self) -> None:
        self.say("one")
        self.pair.run(1.0)
        self.pair.room.reserve("Juragan", self.pair.now)
        self.log.failure = None
        self.pair.run(host.RETRY_MOST_S)
        self.assertEqual([one.name for one in self.log.entries], ["Juragan"])

    def test_closing_tries_once_more_and_tells_what_is_lost(self) -> None:
        self.say("one")
        self.say("two")
        self.pair.run(1.0)
        self.pair.stop_room()
        lost = events.HostTextsLost(2, ("one", "two"))
        self.assertEqual(self.told(events.HostTextsLost), [lost])

    def test_closing_stores_all_that_waits_where_it_can(self) -> None:
        for number in range(host.TEXTS_A_TURN * 2 + 1):
            self.say(f"{number}")
        self.pair.run(1.0)
        self.log.failure = None
        self.pair.stop_room()
        self.assertEqual(len(self.texts()), host.TEXTS_A_TURN * 2 + 1)
        self.assertEqual(self.told(events.HostTextsLost), [])

    def test_broken_log_tells_what_is_lost(self) -> None:
        self.log.failure = LogBroken(Trouble.CANNOT_SYNC)
        self.say("one")
        self.pair.run(1.0)
        self.assertTrue(self.pair.room.closed)
        self.assertEqual(self.told(events.HostTextsLost), [events.HostTextsLost(1, ("one",))])


if __name__ == "__main__":
    unittest.main()
