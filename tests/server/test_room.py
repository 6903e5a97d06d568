"""The server's side: what it stores, whom it answers, and what leaves it unmoved."""

import ipaddress
import unittest
from unittest import mock

from chatroom.archive.troubles import Trouble
from chatroom.crypto import sealing
from chatroom.crypto.sealing import TAG_SIZE
from chatroom.protocol import messages, wire
from chatroom.protocol.changes import Change, Changes, Step
from chatroom.protocol.entries import Entries, Entry
from chatroom.records import replace
from chatroom.server import events, sessions
from chatroom.server.figures import Drop
from chatroom.server.log import LogBroken, LogRefused
from tests.server.callers import Caller, RoomCase
from tests.tools.link import PASSWORD, SERVER, MemoryLog, Pair, older_entries


class Storing(RoomCase):
    def test_text_is_stored_with_name_time_and_id(self) -> None:
        self.caller().ask(messages.Say(1, ("hello",)))
        [entry] = self.log.entries
        self.assertEqual(
            (entry.seq, entry.name, entry.text, entry.time),
            (1, "Ana", "hello", "2026-11-22T12:00:00Z"),
        )
        self.assertRegex(entry.id, r"^u[0-9a-f]{16}-1$")

    def test_what_came_together_is_stored_by_one_append_and_cast_as_one(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        since = len(self.pair.link.sent)
        self.pair.inject(ana.seal(messages.Say(1, ("one", "two"))), ana.address, SERVER)
        self.pair.inject(bob.seal(messages.Say(1, ("three",))), bob.address, SERVER)
        self.pair.run(0.06)
        self.assertEqual(self.log.appends, 1)
        self.assertEqual(self.texts(), ["one", "two", "three"])
        [cast] = bob.casts(bob.received(since))
        assert isinstance(cast, Entries)
        self.assertEqual([entry.text for entry in cast.entries], self.texts())
        self.assertEqual(len(self.told(events.MessagesStored)), 1)

    def test_copies_in_one_batch_are_stored_once_and_the_second_acknowledged(self) -> None:
        replies = self.caller().ask(messages.Say(1, ("one",)), messages.Say(1, ("one",)))
        self.assertEqual(replies, [messages.Stored(1, 1, 0)])
        self.assertEqual(self.texts(), ["one"])

    def test_speaker_is_cast_what_it_said_and_told_no_more(self) -> None:
        ana = self.caller()
        said = ana.exchange(ana.seal(messages.Say(1, ("one", "two"))))
        self.assertEqual(ana.open(said), [])
        [cast] = ana.casts(said)
        assert isinstance(cast, Entries)
        self.assertEqual([entry.text for entry in cast.entries], ["one", "two"])

    def test_late_copy_is_acknowledged_and_not_stored_again(self) -> None:
        ana = self.caller()
        ana.ask(messages.Say(1, ("one",)))
        self.pair.run(30.0)
        self.assertEqual(ana.ask(messages.Say(1, ("one",))), [messages.Stored(1, 1, 0)])
        self.assertEqual(self.log.appends, 1)

    def test_counters_come_back_from_the_log_after_a_restart(self) -> None:
        ana = self.caller()
        ana.ask(messages.Say(1, ("one", "two")))
        self.pair.open_room()
        again = Caller(self.pair)
        again.device = ana.device
        self.assertEqual(again.join("Ana").counter, 2)
        again.ask(messages.Say(2, ("two", "three")))
        self.assertEqual(self.texts(), ["one", "two", "three"])

    def test_burst_of_twenty_then_ten_a_second(self) -> None:
        ana = self.caller()
        self.pair.run(2.0)  # a newcomer has the burst only after a while
        texts = tuple(f"text {n}" for n in range(1, 31))
        [stored] = ana.ask(messages.Say(1, texts))
        assert isinstance(stored, messages.Stored)
        self.assertEqual(stored.counter, 20)
        self.assertTrue(30 <= stored.wait_ms <= 101, stored)
        self.pair.run(0.5)
        [stored] = ana.ask(messages.Say(21, texts[20:]))
        assert isinstance(stored, messages.Stored)
        self.assertTrue(24 <= stored.counter <= 26, stored)
        self.assertEqual(tuple(self.texts()), texts[: stored.counter])

    def test_reply_bears_the_number_of_its_request(self) -> None:
        ana = self.caller()
        data = ana.seal(messages.encode_request(77, messages.Ping()))
        [pong] = ana.exchange(data)
        assert isinstance(pong, wire.Sealed)
        payload, _ = ana.session.channel.open(pong.datagram)
        self.assertEqual(messages.decode_reply(payload)[0], 77)

    def test_nothing_refused_by_the_log_is_cast_or_called_stored(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        full = self.log.failure = LogRefused(Trouble.CANNOT_WRITE)
        since = len(self.pair.link.sent)
        replies = ana.ask(messages.Say(1, ("one",)), s=5.0)
        self.assertEqual(replies, [messages.Refused(messages.Refusal.STORAGE)])
        self.assertEqual(bob.received(since), [])
        self.assertEqual(self.told(events.StorageRefused), [events.StorageRefused(full)])
        self.log.failure = None
        self.assertEqual(ana.ask(messages.Say(1, ("one",))), [])
        self.assertEqual(self.texts(), ["one"])

    def test_log_that_stalls_and_recovers_is_told_once_each_time(self) -> None:
        ana = self.caller()
        for times in (1, 2):
            full = self.log.failure = LogRefused(Trouble.CANNOT_WRITE)
            for _ in range(5):
                ana.ask(messages.Say(times, (f"{times}",)))
            self.assertEqual(
                self.told(events.StorageRefused), [events.StorageRefused(full)] * times
            )
            self.assertEqual(len(self.told(events.StorageRecovered)), times - 1)
            self.log.failure = None
            ana.ask(messages.Say(times, (f"{times}",)))
            ana.ask(messages.Say(times, (f"{times}",)))
            self.assertEqual(len(self.told(events.StorageRecovered)), times)

    def test_broken_log_closes_the_room_and_everyone_is_told(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        broken = self.log.failure = LogBroken(Trouble.CANNOT_SYNC)
        since = len(self.pair.link.sent)
        self.assertEqual(
            ana.ask(messages.Say(1, ("one",))), [messages.Bye(messages.Refusal.STOPPED)]
        )
        self.assertEqual(bob.open(bob.received(since)), [messages.Bye(messages.Refusal.STOPPED)])
        self.assertEqual(bob.casts(bob.received(since)), [])
        self.assertTrue(self.pair.room.closed)
        self.assertEqual(self.told(events.StorageBroken), [events.StorageBroken(broken)])

    def test_log_that_cannot_be_read_any_more_closes_the_room(self) -> None:
        bye = messages.Bye(messages.Refusal.STOPPED)
        for request in (messages.Fetch(1, 1, 1), messages.Join("Ana", bytes(16), 1, "u1-1")):
            self.setUp()
            ana, bob = self.caller(), self.caller("Bob", 7001)
            ana.ask(messages.Say(1, ("one",)))
            lost = self.log.loss = LogBroken(Trouble.CHANGED_BY_ANOTHER)
            since = len(self.pair.link.sent)
            if isinstance(request, messages.Join):
                request = replace(request, device=ana.device)
            self.assertEqual(ana.ask(request), [bye])
            self.assertEqual(bob.open(bob.received(since)), [bye])
            self.assertEqual(self.told(events.StorageBroken), [events.StorageBroken(lost)])
            self.assertTrue(self.pair.room.closed)

    def test_host_that_looks_at_a_log_that_is_gone_closes_the_room(self) -> None:
        self.caller().ask(messages.Say(1, ("one",)))
        lost = self.log.loss = LogBroken(Trouble.CHANGED_BY_ANOTHER)
        self.assertEqual(self.pair.room.history(1, 1), [])
        self.assertTrue(self.pair.room.closed)
        self.assertEqual(self.pair.room.take_events()[-1:], [events.StorageBroken(lost)])

    def test_log_that_breaks_while_a_name_is_handed_over_closes_the_room(self) -> None:
        self.caller()
        newcomer = Caller(self.pair, 7002)
        newcomer.ask(messages.Join("Ana", newcomer.device, 1, "u1-1"))
        lost = self.log.loss = LogBroken(Trouble.CHANGED_BY_ANOTHER)
        self.pair.run(5.0)
        self.assertEqual(self.told(events.StorageBroken), [events.StorageBroken(lost)])
        self.assertTrue(self.pair.room.closed)

    def test_closing_stores_what_was_just_said(self) -> None:
        ana = self.caller()
        self.pair.room.receive_datagram(
            ana.seal(messages.Say(1, ("last words",))), ana.address, self.pair.now
        )
        since = len(self.pair.link.sent)
        self.pair.stop_room()
        [cast, bye] = ana.received(since)
        self.assertIsInstance(cast, wire.Cast)
        self.assertEqual(ana.open([bye]), [messages.Bye(messages.Refusal.STOPPED)])
        self.assertEqual(self.texts(), ["last words"])

    def test_room_is_closed_once(self) -> None:
        ana = self.caller()
        self.pair.stop_room()
        since = len(self.pair.link.sent)
        self.pair.stop_room()
        self.assertEqual(ana.received(since), [])


class Hostility(RoomCase):
    PAYLOADS = (
        b"\0",
        b"{}",
        b"[" * 1100,
        b"\xff\xfe",
        b'{"do":"Ping"}',
        b'{"do":"Ping","number":1,"more":1}',
        b'{"do":"Ping","number":true}',
        b'{"do":"Ping","number":-1}',
        b'{"do":"Ping","number":1e999}',
        b'{"do":["Ping"],"number":1}',
        b'{"do":"Pong","number":1}',
        b'{"do":"Ping","number":1,"number":2}',
        b'{"do":"Say","number":1,"counter":1,"texts":["\\ud800"]}',
        b'{"do":"Say","number":1,"counter":1,"texts":"abc"}',
        b'{"do":"Say","number":1,"counter":1,"texts":[1]}',
        b'{"do":"Fetch","number":1,"first":-1,"last":1,"datagrams":1}',
        b'{"do":"Join","number":1,"name":"x","device":"zz","last":0,"last_mark":""}',
        b"\1" + bytes(40),
        b'{"number":' + b"9" * 1000 + b"}",
    )

    def test_nonsense_inside_a_valid_seal_is_refused_and_counted(self) -> None:
        ana = self.caller()
        refused = messages.Refused(messages.Refusal.MALFORMED)
        self.assertEqual(ana.ask(*self.PAYLOADS), [refused] * len(self.PAYLOADS))
        dropped = self.dropped(Drop.MALFORMED_REQUEST)
        self.assertEqual(dropped, len(self.PAYLOADS))
        self.assertEqual(len(ana.ask(messages.Ping())), 1)

    def test_nonsense_as_the_first_sealed_word_lets_a_join_follow(self) -> None:
        ana = Caller(self.pair)
        self.assertEqual(ana.ask(b"\xff"), [messages.Refused(messages.Refusal.MALFORMED)])
        self.assertEqual(ana.join("Ana").room, "default")

    def test_datagrams_of_no_form_are_dropped_and_counted(self) -> None:
        ana = self.caller()
        good = ana.seal(messages.Ping())
        self.pair.run(5.0)
        since = len(self.pair.link.sent)
        nonsense = [b"", bytes(1), bytes(wire.DATAGRAM_SIZE), b"\xff" * 65507, good[:33]]
        nonsense += [bytes((kind,)) + bytes(20) for kind in (0, 1, 2, 3, 4, 6, 7, 255)]
        for data in nonsense:
            self.pair.room.receive_datagram(data, ("10.0.0.1", 1), self.pair.now)
        self.pair.run(1.0)
        self.assertEqual(self.pair.link.sent[since:], [])
        dropped = self.dropped(Drop.MALFORMED_DATAGRAM)
        self.assertEqual(dropped, len(nonsense))

    def test_forged_and_truncated_datagrams_change_nothing(self) -> None:
        ana = self.caller()
        good = ana.seal(messages.Say(1, ("one",)))
        for position in range(9, len(good), 5):
            bad = bytearray(good)
            bad[position] ^= 1
            self.assertEqual(ana.exchange(bytes(bad), s=0.0), [])
        for size in range(34, len(good), 7):
            ana.exchange(good[:size], s=0.0)
        self.pair.run(0.1)
        self.assertEqual(self.texts(), [])
        self.assertGreater(self.dropped(Drop.FORGED), 10)
        ana.exchange(good)
        self.assertEqual(self.texts(), ["one"])

    def test_replayed_datagram_is_not_answered(self) -> None:
        ana = self.caller()
        data = ana.seal(messages.Ping())
        self.assertEqual(len(ana.open(ana.exchange(data))), 1)
        self.pair.run(5.0)
        self.assertEqual(ana.exchange(data), [])
        self.assertEqual(self.dropped(Drop.REPLAYED), 1)

    def test_replay_from_elsewhere_does_not_move_the_address(self) -> None:
        ana = self.caller()
        data = ana.seal(messages.Ping())
        ana.exchange(data)
        self.pair.inject(data, ("10.6.6.6", 6), SERVER)
        self.pair.run(0.1)
        self.assertEqual(self.pair.here(), [("Ana", ana.address)])

    def test_servers_own_words_sent_back_are_forged(self) -> None:
        ana = self.caller()
        [pong] = ana.exchange(ana.seal(messages.Ping()))
        assert isinstance(pong, wire.Sealed)
        self.assertEqual(ana.exchange(pong.datagram), [])
        self.assertEqual(self.dropped(Drop.FORGED), 1)

    def test_seal_of_one_member_does_not_pass_as_anothers(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        prefix = wire.sealed_prefix(ana.session.number)
        data = bob.session.channel._sealer.seal(
            prefix, messages.encode_request(2, messages.Say(1, ("I am Ana",)))
        )
        self.assertEqual(bob.exchange(data), [])
        self.assertEqual(self.texts(), [])

    def test_what_a_stranger_sends_makes_no_counter_of_its_own(self) -> None:
        malformed = 0
        for number in range(200):
            data = self.pair.random.randbytes(number)
            malformed += wire.decode_datagram(data) is None
            self.pair.room.receive_datagram(data, ("10.0.0.1", 1), self.pair.now)
        self.assertLessEqual(self.pair.room.figures().dropped.keys(), set(Drop))
        self.assertEqual(self.dropped(Drop.MALFORMED_DATAGRAM), malformed)
        self.assertGreater(malformed, 150)


class Addresses(RoomCase):
    def move(self, ana: Caller) -> None:
        """Let a caller speak from elsewhere and show that it receives there."""
        ana.address = ("10.0.0.9", 9)
        [probe] = ana.ask(messages.Ping())
        assert isinstance(probe, messages.Probe)
        self.assertEqual(len(ana.ask(messages.Ping(probe.token))), 1)

    def test_address_is_followed_once_it_was_shown_to_receive(self) -> None:
        ana = self.caller()
        self.move(ana)
        self.assertEqual(self.pair.here(), [("Ana", ("10.0.0.9", 9))])
        moved: list[events.RoomEvent] = [events.PersonMoved("Ana", ("10.0.0.9", 9))]
        self.assertEqual(self.told(events.PersonMoved), moved)

    def test_who_moved_is_cast_to_there_and_nowhere_else(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        self.move(ana)
        since = len(self.pair.link.sent)
        bob.ask(messages.Say(1, ("hello",)))
        [said] = ana.casts(ana.received(since))
        assert isinstance(said, Entries)
        self.assertEqual([one.text for one in said.entries], ["hello"])
        receivers = {to for _, _, source, to in self.pair.link.sent[since:] if source == SERVER}
        self.assertEqual(receivers, {ana.address, bob.address})

    def test_delayed_datagram_from_the_old_address_does_not_move_it_back(self) -> None:
        ana = self.caller()
        old, delayed = ana.address, ana.seal(messages.Ping())
        self.move(ana)
        since = len(self.pair.link.sent)
        self.pair.inject(delayed, old, SERVER)
        self.pair.run(0.1)
        self.assertEqual(self.pair.here(), [("Ana", ("10.0.0.9", 9))])
        receivers = {to for _, _, source, to in self.pair.link.sent[since:] if source == SERVER}
        self.assertEqual(receivers, {ana.address})

    def test_address_named_falsely_gets_no_more_than_it_sent(self) -> None:
        pair = self.pair = Pair(MemoryLog(older_entries(500)))
        ana = self.caller()
        victim = ("10.6.6.6", 6)
        since = len(pair.link.sent)
        for _ in range(38):
            pair.inject(ana.seal(messages.Fetch(1, 500, 16)), victim, SERVER)
            pair.inject(ana.seal(messages.Ping(bytes(8))), victim, SERVER)
        pair.run(0.2)
        sent = pair.link.sent[since:]
        towards = sum(len(data) for _, data, _, to in sent if to == victim)
        spent = sum(len(data) for _, data, source, _ in sent if source == victim)
        self.assertLessEqual(towards, spent)
        self.assertEqual(self.pair.here(), [("Ana", ana.address)])

    def test_claimed_address_gets_no_probe_for_a_shorter_datagram(self) -> None:
        ana, victim = self.caller(), ("10.6.6.6", 6)
        since = len(self.pair.link.sent)
        with mock.patch.object(sealing, "PADDED_SIZES", ()):
            short = [ana.seal(b"0") for _ in range(5)]
        for data in short:
            self.pair.inject(data, victim, SERVER)
        self.pair.run(0.1)
        self.assertFalse([to for _, _, _, to in self.pair.link.sent[since:] if to == victim])

    def test_nobody_goes_on_from_where_nobody_may_be(self) -> None:
        ana = self.caller()
        home, away = ana.address, ("10.0.0.9", 9)
        self.pair.room.block(ipaddress.ip_network("10.0.0.9"), self.pair.now)
        ana.address = away
        [hint] = ana.exchange(ana.seal(messages.Ping()))
        unknown = wire.Gone(ana.session.number, wire.Hint.UNKNOWN_SESSION)
        self.assertEqual(hint, unknown)
        self.assertEqual(self.told(events.AddressRefused), [events.AddressRefused(away)])
        ana.address = home
        self.assertEqual(len(ana.ask(messages.Ping())), 1)
        self.assertEqual(self.pair.here(), [("Ana", home)])

    def test_who_was_put_out_is_told_so_also_from_there(self) -> None:
        ana = self.caller()
        self.pair.room.block(ipaddress.ip_network("127.0.0.1"), self.pair.now)
        refused = messages.Refused(messages.Refusal.REMOVED)
        self.assertIn(refused, ana.ask(messages.Ping()))

    def test_proof_from_elsewhere_is_answered_where_the_cookie_went(self) -> None:
        ana = Caller(self.pair)
        victim = ("10.6.6.6", 6)
        since = len(self.pair.link.sent)
        self.pair.inject(ana.seal(messages.Join("Ana", ana.device, 0, "")), victim, SERVER)
        self.pair.run(0.1)
        receivers = {to for _, _, source, to in self.pair.link.sent[since:] if source == SERVER}
        self.assertIn(ana.address, receivers)
        self.assertEqual(self.pair.here(), [("Ana", ana.address)])

    def test_contest_of_a_name_does_not_vouch_for_a_claimed_address(self) -> None:
        ana, victim = self.caller(), ("10.6.6.6", 6)
        self.pair.inject(ana.seal(messages.Ping()), victim, SERVER)
        self.pair.run(0.1)
        since = len(self.pair.link.sent)
        bob = Caller(self.pair, 7001)
        bob.ask(messages.Join("Ana", bob.device, 0, ""))
        probes = [one for one in ana.open(ana.received(since)) if isinstance(one, messages.Probe)]
        self.assertTrue(probes)
        ana.ask(*(messages.Ping(probe.token) for probe in probes))
        self.assertEqual(self.pair.here(), [("Ana", ana.address)])

    def test_forged_datagram_does_not_move_the_address(self) -> None:
        ana = self.caller()
        forged = ana.seal(messages.Ping())[:-TAG_SIZE] + bytes(TAG_SIZE)
        self.pair.inject(forged, ("10.6.6.6", 6), SERVER)
        self.pair.run(0.1)
        self.assertEqual(self.pair.here(), [("Ana", ana.address)])


class Host(RoomCase):
    def test_removed_one_is_told_why_now_and_whenever_it_asks(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        since = len(self.pair.link.sent)
        self.assertTrue(self.pair.room.remove("ANA", self.pair.now))
        self.assertFalse(self.pair.room.remove("Ana", self.pair.now))
        self.pair.run(0.1)
        self.assertEqual(ana.open(ana.received(since)), [messages.Bye(messages.Refusal.REMOVED)])
        self.assertEqual(ana.ask(messages.Ping()), [messages.Refused(messages.Refusal.REMOVED)])
        replies = ana.ask(messages.Join("Ana", ana.device, 0, ""))
        self.assertEqual(replies, [messages.Refused(messages.Refusal.REMOVED)])
        self.assertEqual(self.pair.here(), [("Bob", bob.address)])

    def test_removed_one_cannot_read_on(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        self.pair.room.remove("Ana", self.pair.now)
        since = len(self.pair.link.sent)
        bob.ask(messages.Say(1, ("she is gone",)), s=5.0)
        self.assertFalse(any(isinstance(datagram, wire.Cast) for datagram in ana.received(since)))
        [pong] = bob.ask(messages.Ping())
        assert isinstance(pong, messages.Pong)
        self.assertNotEqual(pong.key, ana.room_key)
        bob.room_key = pong.key
        self.assertIn("she is gone", str(bob.casts(bob.received(since))))

    def test_block_puts_out_who_is_there_and_no_one_else(self) -> None:
        ana, bob = self.caller(), Caller(self.pair, 7001, "10.0.0.1")
        bob.join("Bob")
        since = len(self.pair.link.sent)
        self.pair.room.block(ipaddress.ip_network("10.0.0.0/8"), self.pair.now)
        self.pair.run(0.1)
        self.assertEqual(bob.open(bob.received(since)), [messages.Bye(messages.Refusal.REMOVED)])
        self.assertEqual(self.pair.here(), [("Ana", ana.address)])

    def test_changed_password_puts_everybody_out(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        since = len(self.pair.link.sent)
        self.pair.room.change_password("another", self.pair.now)
        self.pair.run(0.1)
        for one in (ana, bob):
            heard = one.open(one.received(since))
            self.assertEqual(heard, [messages.Bye(messages.Refusal.PASSWORD_CHANGED)])
            self.assertEqual(one.ask(messages.Ping()), [])
        self.assertEqual(self.pair.here(), [])

    def test_malformed_request_of_a_removed_one_is_told_why_too(self) -> None:
        ana = self.caller()
        self.pair.room.remove("Ana", self.pair.now)
        self.pair.run(0.1)
        removed = messages.Refused(messages.Refusal.REMOVED)
        self.assertEqual(ana.ask(b"{}", b"\xff"), [removed, removed])
        self.assertEqual(self.dropped(Drop.MALFORMED_REQUEST), 0)

    def test_full_room_lets_nobody_in(self) -> None:
        with mock.patch.object(sessions, "SESSIONS_MOST", 2):
            for name, port in (("Ana", 7001), ("Bob", 7002)):
                Caller(self.pair, port).join(name)
            eva = Caller(self.pair, 7003)
            replies = eva.ask(messages.Join("Eva", eva.device, 0, ""))
            self.assertEqual(replies, [messages.Refused(messages.Refusal.ROOM_FULL)])
            self.assertEqual([name for name, _ in self.pair.here()], ["Ana", "Bob"])

    def test_wrong_guesses_do_not_touch_who_is_in(self) -> None:
        ana = self.caller()
        self.pair.password = "wrong"
        for port in range(8000, 8010):
            Caller(self.pair, port).ask(messages.Ping())
        self.pair.password = PASSWORD
        self.assertEqual(len(ana.ask(messages.Ping())), 1)


class Showing(RoomCase):
    """The figures that the host can be shown."""

    def test_who_is_there_and_what_was_dropped(self) -> None:
        ana = self.caller()
        bob = Caller(self.pair, 7001)
        bob.ask(b"{}")
        figures = self.pair.room.figures()
        self.assertEqual(figures.dropped, {Drop.MALFORMED_REQUEST: 1})
        self.assertEqual((figures.people, figures.contests), (1, 0))
        self.assertEqual(
            [(one.number, one.address, one.name, one.is_in) for one in figures.sessions],
            [
                (ana.session.number, ana.address, "Ana", True),
                (bob.session.number, bob.address, "", False),
            ],
        )
        self.assertEqual((figures.door.half_open, figures.door.used_cookies), (0, 2))

    def test_what_waits_leaves_with_the_turn(self) -> None:
        ana, room = self.caller(), self.pair.room
        room.receive_datagram(ana.seal(messages.Say(1, ("x",))), ana.address, self.pair.now)
        room.receive_datagram(ana.seal(messages.Ping()), ana.address, self.pair.now)
        figures = room.figures()
        self.assertEqual((figures.says_waiting, figures.datagrams_waiting), (1, 1))
        room.datagrams_to_send(self.pair.now)
        figures = room.figures()
        self.assertEqual((figures.says_waiting, figures.datagrams_waiting), (0, 0))

    def test_figures_are_of_one_moment(self) -> None:
        ana = self.caller()
        before = self.pair.room.figures()
        ana.ask(b"{}")
        self.pair.room.remove("Ana", self.pair.now)
        after = self.pair.room.figures()
        self.assertEqual((before.dropped, before.sessions[0].over), ({}, None))
        self.assertEqual(after.sessions[0].over, messages.Refusal.REMOVED)
        self.assertNotEqual(before.key_number, after.key_number)


class Casting(RoomCase):
    def test_entry_is_cast_and_repeated_at_the_given_gaps(self) -> None:
        ana = self.caller()
        self.pair.run(1.0)
        said_at, since = self.pair.now + 0.025, len(self.pair.link.sent)
        ana.ask(messages.Say(1, ("one",)), s=10.0)
        times = [
            round(at - said_at, 3)
            for at, data, _, to in self.pair.link.sent[since:]
            if to == ana.address and isinstance(wire.decode_datagram(data), wire.Cast)
        ]
        self.assertEqual(times, [0.0, 0.05, 0.15, 0.35, 0.75, 1.55, 3.15])
        expected = [Entry(1, "2026-11-22T12:00:00Z", "Ana", "one", self.log.entries[0].id)]
        for cast in ana.casts(ana.received(since)):
            assert isinstance(cast, Entries)
            self.assertEqual((list(cast.entries), cast.head), (expected, 1))

    def test_crowd_that_comes_at_once_is_one_change(self) -> None:
        ana = self.caller()
        others = [Caller(self.pair, 7001 + n) for n in range(4)]
        since = len(self.pair.link.sent)
        for number, other in enumerate(others):
            data = other.seal(messages.Join(f"name {number}", other.device, 0, ""))
            self.pair.inject(data, other.address, SERVER)
        self.pair.run(1.0)
        came = tuple(Change(Step.CAME, f"name {number}") for number in range(4))
        self.assertEqual(ana.casts(ana.received(since)), [Changes(6, came)])

    def test_all_who_stay_are_told_a_new_key_before_the_first_cast_under_it(self) -> None:
        ana, bob, dan = self.caller(), self.caller("Bob", 7001), self.caller("Dan", 7002)
        self.pair.run(55.0)
        for one in (ana, bob, dan):
            one.ask(messages.Ping())
        self.pair.run(6.0)
        dan.ask(messages.Leave())
        since = len(self.pair.link.sent)
        self.pair.run(1.0)
        self.assertEqual(dan.received(since), [])
        for one in (ana, bob):
            received = one.received(since)
            self.assertEqual([type(data) for data in received], [wire.Sealed, wire.Cast])
            [key] = one.open(received)
            assert isinstance(key, messages.Key)
            one.room_key = key.key
            went = Changes(one.casts(received)[0].version, (Change(Step.WENT, "Dan"),))
            self.assertEqual(one.casts(received), [went])

    def test_idle_room_sends_nothing_by_itself(self) -> None:
        self.caller()
        self.pair.run(5.0)
        since = len(self.pair.link.sent)
        self.pair.run(50.0)
        self.assertEqual(self.pair.link.sent[since:], [])

    def test_timer_always_moves_on(self) -> None:
        self.caller()
        bob = Caller(self.pair, 7001)
        bob.exchange(bob.seal(messages.Join("Ana", bob.device, 0, "")))
        bob.exchange(bob.seal(messages.Say(1, ("one",))))
        for _ in range(300):
            due = self.pair.room.timer(self.pair.now)
            self.pair.now = max(self.pair.now, due)
            self.pair.room.handle_timer(self.pair.now)
            self.pair.room.datagrams_to_send(self.pair.now)
            self.assertGreater(self.pair.room.timer(self.pair.now), self.pair.now)


if __name__ == "__main__":
    unittest.main()
