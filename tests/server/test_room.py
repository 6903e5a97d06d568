"""The server's side: what it stores, whom it answers, and what leaves it unmoved."""

import ipaddress
import unittest
from typing import TypeAlias
from unittest import mock

from chatroom.archive.troubles import Trouble
from chatroom.client.asking import RoundTrip
from chatroom.client.handshake import Handshake
from chatroom.crypto.sealing import TAG_SIZE, decrypt
from chatroom.protocol import messages, wire
from chatroom.protocol.addresses import Address
from chatroom.protocol.entries import Entries, Entry, decode_entries, is_entries
from chatroom.server import events, room
from chatroom.server.log import LogBroken, LogRefused
from tests.tools.link import PASSWORD, SERVER, Link, MemoryLog, Pair, older_entries

Heard: TypeAlias = messages.Reply | messages.Notice | Entries


class Caller:
    """A client that proved the password and then seals whatever a test wants."""

    def __init__(self, pair: Pair, port: int = 7000, host: str = "127.0.0.1") -> None:
        self.pair = pair
        self.address: Address = (host, port)
        self.device = pair.random.randbytes(16)
        self.room_key = b""
        self.number = 0
        random = pair.random.random
        shaking = Handshake(pair.password, RoundTrip(), pair.random.randbytes, random, pair.now)
        [cookie] = self.exchange(shaking.datagram_to_send(pair.now))
        assert isinstance(cookie, wire.Cookie)
        shaking.receive_cookie(cookie, pair.now)
        [answer] = self.exchange(shaking.datagram_to_send(pair.now))
        assert isinstance(answer, wire.Answer)
        session = shaking.receive_answer(answer, pair.now)
        assert session is not None
        self.session = session

    def exchange(self, *data: bytes | None, s: float | None = None) -> list[wire.Datagram]:
        """Send datagrams at once; return all that came within `s`, a round trip."""
        since = len(self.pair.link.sent)
        for one in data:
            assert one is not None
            self.pair.inject(one, self.address, SERVER)
        self.pair.run(self.pair.link.delay_s * 2.1 if s is None else s)
        return self.received(since)

    def received(self, since: int = 0) -> list[wire.Datagram]:
        sent = self.pair.link.sent[since:]
        datagrams = [wire.decode_datagram(one) for _, one, _, to in sent if to == self.address]
        return [datagram for datagram in datagrams if datagram is not None]

    def seal(self, payload: messages.Request | bytes) -> bytes:
        """Return our next request, or any other payload, under our seal."""
        if isinstance(payload, bytes):
            data = payload
        else:
            self.number += 1
            data = messages.encode_request(self.number, payload)
        return self.session.sealer.seal(wire.sealed_prefix(self.session.number), data)

    def open(self, datagrams: list[wire.Datagram]) -> list[Heard]:
        """Return what the server said to us alone."""
        heard: list[Heard] = []
        for datagram in datagrams:
            if isinstance(datagram, wire.Sealed):
                data, _ = self.session.opener.open(datagram.datagram, wire.SEALED_PREFIX_SIZE)
                said = decode_entries(data) if is_entries(data) else messages.decode_reply(data)[1]
                assert said is not None
                heard.append(said)
        return heard

    def casts(self, datagrams: list[wire.Datagram]) -> list[Entries]:
        """Return what the server cast to the room."""
        heard = []
        for datagram in datagrams:
            if isinstance(datagram, wire.Cast):
                body = self.session.cast_tagger.check(datagram.datagram)
                said = decode_entries(decrypt(self.room_key, body, wire.CAST_PREFIX_SIZE))
                assert said is not None
                heard.append(said)
        return heard

    def ask(self, *payloads: messages.Request | bytes, s: float | None = None) -> list[Heard]:
        return self.open(self.exchange(*map(self.seal, payloads), s=s))

    def join(self, name: str) -> messages.Joined:
        [joined] = self.ask(messages.Join(name, self.device, 0, ""))
        assert isinstance(joined, messages.Joined)
        self.room_key = joined.key
        return joined


class RoomCase(unittest.TestCase):
    def setUp(self) -> None:
        self.log = MemoryLog()
        self.pair = Pair(self.log)

    def caller(self, name: str = "Ana", port: int = 7000) -> Caller:
        caller = Caller(self.pair, port)
        caller.join(name)
        self.pair.run(0.5)  # until the word that the people changed is out
        return caller

    def texts(self) -> list[str]:
        return [entry.text for entry in self.log.entries]

    def told(self, kind: type[events.RoomEvent]) -> list[events.RoomEvent]:
        return [event for event in self.pair.room_events if isinstance(event, kind)]


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
        self.assertEqual([entry.text for entry in cast.entries], self.texts())
        self.assertEqual(len(self.told(events.MessagesStored)), 1)

    def test_copies_in_one_batch_are_stored_once_and_both_acknowledged(self) -> None:
        replies = self.caller().ask(messages.Say(1, ("one",)), messages.Say(1, ("one",)))
        self.assertEqual(replies, [messages.Stored(1, 1, 0), messages.Stored(1, 1, 0)])
        self.assertEqual(self.texts(), ["one"])

    def test_late_copy_is_acknowledged_and_not_stored_again(self) -> None:
        ana = self.caller()
        ana.ask(messages.Say(1, ("one",)))
        self.pair.run(30.0)
        self.assertEqual(ana.ask(messages.Say(1, ("one",))), [messages.Stored(1, 1, 0)])
        self.assertEqual(self.log.appends, 1)

    def test_only_the_new_part_of_an_overlapping_say_is_stored(self) -> None:
        ana = self.caller()
        ana.ask(messages.Say(1, ("one", "two")))
        ana.ask(messages.Say(2, ("two", "three")))
        self.assertEqual(self.texts(), ["one", "two", "three"])

    def test_say_without_texts_is_answered_and_stores_nothing(self) -> None:
        self.assertEqual(self.caller().ask(messages.Say(1, ())), [messages.Stored(0, 0, 0)])
        self.assertEqual(self.log.appends, 0)

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

    def test_text_that_no_entry_holds_is_refused(self) -> None:
        ana = self.caller()
        for text in ("", "x" * 901):
            [refused] = ana.ask(messages.Say(1, (text, "after")))
            self.assertEqual(refused, messages.Refused(messages.Refusal.TEXT_BAD))
        self.assertEqual(self.texts(), [])

    def test_counter_that_skips_ahead_is_refused(self) -> None:
        ana = self.caller()
        refused = messages.Refused(messages.Refusal.COUNTER_SKIPS)
        self.assertEqual(ana.ask(messages.Say(2, ("two",))), [refused])
        ana.ask(messages.Say(1, ("one",)))
        self.assertEqual(ana.ask(messages.Say(3, ("three",))), [refused])
        self.assertEqual(ana.ask(messages.Say(2, ("two",))), [messages.Stored(2, 2, 0)])
        self.assertEqual(self.texts(), ["one", "two"])

    def test_reply_bears_the_number_of_its_request(self) -> None:
        ana = self.caller()
        data = ana.seal(messages.encode_request(77, messages.Ping()))
        [pong] = ana.exchange(data)
        assert isinstance(pong, wire.Sealed)
        payload, _ = ana.session.opener.open(pong.datagram, wire.SEALED_PREFIX_SIZE)
        self.assertEqual(messages.decode_reply(payload)[0], 77)

    def test_good_texts_before_a_bad_one_are_stored(self) -> None:
        replies = self.caller().ask(messages.Say(1, ("good", "x" * 901, "after")))
        self.assertEqual(replies, [messages.Stored(1, 1, 1)])
        self.assertEqual(self.texts(), ["good"])

    def test_nothing_refused_by_the_log_is_cast_or_called_stored(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        self.log.failure = full = LogRefused(Trouble.CANNOT_WRITE)
        since = len(self.pair.link.sent)
        replies = ana.ask(messages.Say(1, ("one",)), s=5.0)
        self.assertEqual(replies, [messages.Refused(messages.Refusal.STORAGE)])
        self.assertEqual(bob.received(since), [])
        self.assertEqual(self.told(events.StorageRefused), [events.StorageRefused(full)])
        self.log.failure = None
        self.assertEqual(ana.ask(messages.Say(1, ("one",))), [messages.Stored(1, 1, 0)])
        self.assertEqual(self.texts(), ["one"])

    def test_broken_log_closes_the_room_and_everyone_is_told(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        self.log.failure = broken = LogBroken(Trouble.CANNOT_SYNC)
        since = len(self.pair.link.sent)
        self.assertEqual(
            ana.ask(messages.Say(1, ("one",))), [messages.Bye(messages.Refusal.STOPPED)]
        )
        self.assertEqual(bob.open(bob.received(since)), [messages.Bye(messages.Refusal.STOPPED)])
        self.assertEqual(bob.casts(bob.received(since)), [])
        self.assertTrue(self.pair.room.closed)
        self.assertEqual(self.told(events.StorageBroken), [events.StorageBroken(broken)])

    def test_closing_stores_what_was_just_said(self) -> None:
        ana = self.caller()
        self.pair.room.receive_datagram(
            ana.seal(messages.Say(1, ("last words",))), ana.address, self.pair.now
        )
        since = len(self.pair.link.sent)
        self.pair.stop_room()
        heard = ana.open(ana.received(since))
        self.assertEqual(heard, [messages.Stored(1, 1, 0), messages.Bye(messages.Refusal.STOPPED)])
        self.assertEqual(self.texts(), ["last words"])

    def test_room_is_closed_once(self) -> None:
        ana = self.caller()
        self.pair.stop_room()
        since = len(self.pair.link.sent)
        self.pair.stop_room()
        self.assertEqual(ana.received(since), [])


class Answering(RoomCase):
    def test_nothing_is_answered_before_a_join_but_that(self) -> None:
        ana = Caller(self.pair)
        requests: list[messages.Request] = [
            messages.Say(1, ("x",)),
            messages.Fetch(1, 9, 1),
            messages.Who(0),
        ]
        for request in [*requests, messages.Ping()]:
            self.assertEqual(ana.ask(request), [messages.Refused(messages.Refusal.NOT_JOINED)])
        self.assertEqual(self.texts(), [])

    def test_repeated_join_gets_the_same_answer(self) -> None:
        ana = Caller(self.pair)
        joined = ana.join("Ana")
        self.assertEqual(ana.join("Ana"), joined)
        self.assertEqual(len(self.told(events.PersonJoined)), 1)

    def test_join_tells_whether_the_log_is_the_same(self) -> None:
        self.log.entries += older_entries(5)
        ana = Caller(self.pair)
        for last, last_id, same in (
            (0, "", True),
            (5, "older-5", True),
            (5, "older-4", False),
            (6, "older-6", False),
        ):
            [joined] = ana.ask(messages.Join("Ana", ana.device, last, last_id))
            assert isinstance(joined, messages.Joined)
            self.assertEqual((joined.same, joined.head), (same, 5))

    def test_bad_names_are_refused(self) -> None:
        ana = Caller(self.pair)
        for name in ("", " Ana", "system", "a\u202eb", "x" * 33):
            with self.subTest(name=name):
                replies = ana.ask(messages.Join(name, ana.device, 0, ""))
                self.assertEqual(replies, [messages.Refused(messages.Refusal.NAME_BAD)])
        self.assertEqual(self.pair.room.people(), [])
        self.assertEqual(len(self.told(events.JoinRefused)), 5)

    def test_fetch_gives_what_is_there_in_as_many_datagrams_as_asked(self) -> None:
        self.log.entries += older_entries(400)
        ana = self.caller()
        for asked, given in ((1, 1), (3, 3), (0, 1), (255, 16)):
            parts = ana.ask(messages.Fetch(1, 400, asked))
            self.assertEqual(len(parts), min(given, 400))
            seqs = []
            for number, part in enumerate(parts):
                assert isinstance(part, Entries)
                self.assertEqual((part.part, part.parts), (number, given))
                self.assertEqual((part.number, part.head), (ana.number, 400))
                seqs += [entry.seq for entry in part.entries]
            self.assertEqual(seqs, list(range(1, len(seqs) + 1)))

    def test_fetch_beyond_the_log_is_answered_with_the_head(self) -> None:
        self.log.entries += older_entries(5)
        ana = self.caller()
        for first, last in ((6, 9), (2**53 - 1, 2**53 - 1), (5, 1), (0, 0)):
            [answer] = ana.ask(messages.Fetch(first, last, 16))
            assert isinstance(answer, Entries)
            self.assertEqual((answer.entries, answer.head), ((), 5))

    def test_page_beyond_the_people_is_empty(self) -> None:
        [page] = self.caller().ask(messages.Who(2**32 - 1))
        assert isinstance(page, messages.People)
        self.assertEqual((page.total, page.names), (1, ()))

    def test_ping_brings_head_version_and_key(self) -> None:
        ana = Caller(self.pair)
        joined = ana.join("Ana")
        [pong] = ana.ask(messages.Ping())
        self.assertEqual(pong, messages.Pong(0, joined.version, joined.key_number, joined.key))

    def test_who_left_is_known_no_more(self) -> None:
        ana = self.caller()
        self.assertEqual(ana.ask(messages.Leave()), [messages.Done()])
        self.assertEqual(self.pair.room.people(), [])
        self.assertEqual(ana.ask(messages.Ping()), [])
        self.assertEqual(self.told(events.PersonLeft), [events.PersonLeft("Ana")])

    def test_requests_beyond_the_rate_are_dropped_and_counted(self) -> None:
        ana = self.caller()
        replies = ana.ask(*(messages.Ping() for n in range(1200)))
        self.assertTrue(975 <= len(replies) <= 1020, len(replies))
        dropped = self.pair.room.dropped["request beyond the rate"]
        self.assertEqual(dropped + len(replies), 1200)
        self.pair.run(1.0)
        self.assertEqual(len(ana.ask(messages.Ping())), 1)


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
        b'{"do":"Join","number":1,"name":"x","device":"zz","last":0,"last_id":""}',
        b"\1" + bytes(40),
        b'{"number":' + b"9" * 1000 + b"}",
    )

    def test_nonsense_inside_a_valid_seal_is_refused_and_counted(self) -> None:
        ana = self.caller()
        refused = messages.Refused(messages.Refusal.MALFORMED)
        self.assertEqual(ana.ask(*self.PAYLOADS), [refused] * len(self.PAYLOADS))
        dropped = self.pair.room.dropped["malformed request"]
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
        dropped = self.pair.room.dropped["malformed datagram"]
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
        self.assertGreater(self.pair.room.dropped["forged"], 10)
        self.assertEqual(ana.open(ana.exchange(good)), [messages.Stored(1, 1, 0)])

    def test_replayed_datagram_is_not_answered(self) -> None:
        ana = self.caller()
        data = ana.seal(messages.Say(1, ("one",)))
        self.assertEqual(len(ana.open(ana.exchange(data))), 1)
        self.pair.run(5.0)
        self.assertEqual(ana.exchange(data), [])
        self.assertEqual(self.pair.room.dropped["replayed"], 1)

    def test_replay_from_elsewhere_does_not_move_the_address(self) -> None:
        ana = self.caller()
        data = ana.seal(messages.Ping())
        ana.exchange(data)
        self.pair.inject(data, ("10.6.6.6", 6), SERVER)
        self.pair.run(0.1)
        self.assertEqual(self.pair.room.people(), [("Ana", ana.address)])

    def test_servers_own_words_sent_back_are_forged(self) -> None:
        ana = self.caller()
        [pong] = ana.exchange(ana.seal(messages.Ping()))
        assert isinstance(pong, wire.Sealed)
        self.assertEqual(ana.exchange(pong.datagram), [])
        self.assertEqual(self.pair.room.dropped["forged"], 1)

    def test_seal_of_one_member_does_not_pass_as_anothers(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        prefix = wire.sealed_prefix(ana.session.number)
        data = bob.session.sealer.seal(
            prefix, messages.encode_request(2, messages.Say(1, ("I am Ana",)))
        )
        self.assertEqual(bob.exchange(data), [])
        self.assertEqual(self.texts(), [])

    def test_what_a_stranger_sends_makes_no_counter_of_its_own(self) -> None:
        for number in range(200):
            data = self.pair.random.randbytes(number)
            self.pair.room.receive_datagram(data, ("10.0.0.1", 1), self.pair.now)
        self.assertLess(len(self.pair.room.dropped), 8)


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
        self.assertEqual(self.pair.room.people(), [("Ana", ("10.0.0.9", 9))])
        moved: list[events.RoomEvent] = [events.PersonMoved("Ana", ("10.0.0.9", 9))]
        self.assertEqual(self.told(events.PersonMoved), moved)

    def test_delayed_datagram_from_the_old_address_does_not_move_it_back(self) -> None:
        ana = self.caller()
        old, delayed = ana.address, ana.seal(messages.Ping())
        self.move(ana)
        self.pair.inject(delayed, old, SERVER)
        self.pair.run(0.03)
        self.assertEqual(self.pair.room.people(), [("Ana", ("10.0.0.9", 9))])

    def test_address_named_falsely_gets_no_more_than_it_sent(self) -> None:
        pair = self.pair = Pair(MemoryLog(older_entries(500)))
        ana = self.caller()
        victim = ("10.6.6.6", 6)
        since = len(pair.link.sent)
        for _ in range(38):
            pair.inject(ana.seal(messages.Fetch(1, 500, 16)), victim, SERVER)
            pair.inject(ana.seal(messages.Ping(bytes(4))), victim, SERVER)
        pair.run(0.2)
        sent = pair.link.sent[since:]
        towards = sum(len(data) for _, data, _, to in sent if to == victim)
        spent = sum(len(data) for _, data, source, _ in sent if source == victim)
        self.assertLessEqual(towards, spent)
        self.assertEqual(pair.room.people(), [("Ana", ana.address)])

    def test_proof_from_elsewhere_is_answered_where_the_cookie_went(self) -> None:
        ana = Caller(self.pair)
        victim = ("10.6.6.6", 6)
        since = len(self.pair.link.sent)
        self.pair.inject(ana.seal(messages.Join("Ana", ana.device, 0, "")), victim, SERVER)
        self.pair.run(0.1)
        receivers = {to for _, _, source, to in self.pair.link.sent[since:] if source == SERVER}
        self.assertIn(ana.address, receivers)
        self.assertEqual(self.pair.room.people(), [("Ana", ana.address)])

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
        self.assertEqual(self.pair.room.people(), [("Ana", ana.address)])

    def test_forged_datagram_does_not_move_the_address(self) -> None:
        ana = self.caller()
        forged = ana.seal(messages.Ping())[:-TAG_SIZE] + bytes(TAG_SIZE)
        self.pair.inject(forged, ("10.6.6.6", 6), SERVER)
        self.pair.run(0.1)
        self.assertEqual(self.pair.room.people(), [("Ana", ana.address)])


class Names(RoomCase):
    def test_overtaken_wish_for_a_name_is_not_fulfilled(self) -> None:
        self.caller("Ana")
        bob = Caller(self.pair, 7001)
        overtaken = bob.seal(messages.Join("Ana", bob.device, 0, ""))
        bob.ask(messages.Join("Bob", bob.device, 0, ""))
        bob.exchange(overtaken)
        self.pair.run(5.0)  # Ana says nothing, and nobody asks for her name
        names = [name for name, _ in self.pair.room.people()]
        self.assertEqual(sorted(names), ["Ana", "Bob"])

    def test_holder_that_answers_keeps_its_name(self) -> None:
        ana = self.caller()
        bob = Caller(self.pair, 7001)
        since = len(self.pair.link.sent)
        self.assertEqual(bob.ask(messages.Join("ana", bob.device, 0, "")), [])
        self.assertIn(messages.Probe(), ana.open(ana.received(since)))
        since = len(self.pair.link.sent)
        ana.ask(messages.Ping())
        self.assertEqual(
            bob.open(bob.received(since)), [messages.Refused(messages.Refusal.NAME_TAKEN)]
        )
        self.assertEqual(self.pair.room.people(), [("Ana", ana.address)])

    def test_silent_holder_loses_its_name_after_two_seconds(self) -> None:
        ana = self.caller()
        bob = Caller(self.pair, 7001)
        self.assertEqual(bob.ask(messages.Join("ana", bob.device, 0, ""), s=1.99), [])
        since = len(self.pair.link.sent)
        self.pair.run(0.1)
        [joined] = bob.open(bob.received(since))
        self.assertIsInstance(joined, messages.Joined)
        self.assertEqual(self.pair.room.people(), [("ana", bob.address)])
        left: list[events.RoomEvent] = [
            events.PersonLeft("Ana", reason=messages.Refusal.NAME_TAKEN)
        ]
        self.assertEqual(self.told(events.PersonLeft), left)
        replies = ana.ask(messages.Say(1, ("still me",)))
        self.assertIn(messages.Refused(messages.Refusal.NAME_TAKEN), replies)
        self.assertEqual(self.texts(), [])

    def test_forged_word_does_not_save_a_silent_holder(self) -> None:
        ana = self.caller()
        replayed = ana.seal(messages.Ping())
        ana.exchange(replayed)
        bob = Caller(self.pair, 7001)
        bob.exchange(bob.seal(messages.Join("Ana", bob.device, 0, "")))
        for _ in range(20):
            ana.exchange(replayed, s=0.12)
        self.assertEqual(self.pair.room.people(), [("Ana", bob.address)])

    def test_same_device_takes_its_name_back_at_once(self) -> None:
        ana = self.caller()
        again = Caller(self.pair, 7001)
        again.device = ana.device
        again.join("Ana")
        self.assertEqual(self.pair.room.people(), [("Ana", again.address)])
        self.assertEqual(ana.ask(messages.Ping()), [])

    def test_quiet_after_a_minute_and_back_with_the_first_word(self) -> None:
        ana = self.caller()
        self.pair.run(58.0)
        self.assertEqual(len(self.pair.room.people()), 1)
        self.pair.run(8.0)
        self.assertEqual(self.pair.room.people(), [])
        self.assertEqual(self.told(events.PersonLeft), [events.PersonLeft("Ana", quiet=True)])
        self.assertEqual(ana.ask(messages.Say(1, ("back",))), [messages.Stored(1, 1, 0)])
        self.assertEqual(self.pair.room.people(), [("Ana", ana.address)])

    def test_name_of_a_quiet_one_is_free(self) -> None:
        ana = self.caller()
        self.pair.run(70.0)
        bob = self.caller("ANA", 7001)
        self.assertEqual(ana.ask(messages.Ping()), [messages.Refused(messages.Refusal.NAME_TAKEN)])
        self.assertEqual(self.pair.room.people(), [("ANA", bob.address)])

    def test_three_hundred_people_are_listed_page_by_page(self) -> None:
        self.pair.link = Link(0.003)
        for number in range(300):
            Caller(self.pair, 10000 + number).join(f"person {number}")
        ana = Caller(self.pair)
        ana.join("Ana")
        names: list[str] = []
        while len(names) < 301:
            [page] = ana.ask(messages.Who(len(names)))
            assert isinstance(page, messages.People)
            self.assertEqual((page.total, page.start), (301, len(names)))
            self.assertGreater(len(page.names), 20)
            names += page.names
        expected = [f"person {number}" for number in range(300)]
        self.assertEqual(names, [*expected, "Ana"])


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
        self.assertEqual(self.pair.room.people(), [("Bob", bob.address)])

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
        self.assertEqual(self.pair.room.people(), [("Ana", ana.address)])

    def test_changed_password_puts_everybody_out(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        since = len(self.pair.link.sent)
        self.pair.room.change_password("another", self.pair.now)
        self.pair.run(0.1)
        for one in (ana, bob):
            heard = one.open(one.received(since))
            self.assertEqual(heard, [messages.Bye(messages.Refusal.PASSWORD_CHANGED)])
            self.assertEqual(one.ask(messages.Ping()), [])
        self.assertEqual(self.pair.room.people(), [])

    def test_wrong_guesses_do_not_touch_who_is_in(self) -> None:
        ana = self.caller()
        self.pair.password = "wrong"
        for port in range(8000, 8010):
            Caller(self.pair, port).ask(messages.Ping())
        self.pair.password = PASSWORD
        self.assertEqual(len(ana.ask(messages.Ping())), 1)

    def test_full_room_gives_the_place_of_the_longest_unheard_away_one(self) -> None:
        with mock.patch.object(room, "SESSIONS_MOST", 3):
            ana, bob, cem = (Caller(self.pair, port) for port in (7001, 7002, 7003))
            ana.join("Ana")
            bob.ask(messages.Ping())
            cem.join("Cem")
            dan = Caller(self.pair, 7004)
            dan.join("Dan")
            self.assertEqual(bob.ask(messages.Ping()), [])
            eva = Caller(self.pair, 7005)
            replies = eva.ask(messages.Join("Eva", eva.device, 0, ""))
            self.assertEqual(replies, [messages.Refused(messages.Refusal.ROOM_FULL)])
            names = [name for name, _ in self.pair.room.people()]
            self.assertEqual(names, ["Ana", "Cem", "Dan"])


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
            self.assertEqual((list(cast.entries), cast.head), (expected, 1))

    def test_crowd_that_comes_at_once_is_one_change(self) -> None:
        ana = self.caller()
        others = [Caller(self.pair, 7001 + n) for n in range(4)]
        since = len(self.pair.link.sent)
        for number, other in enumerate(others):
            data = other.seal(messages.Join(f"name {number}", other.device, 0, ""))
            self.pair.inject(data, other.address, SERVER)
        self.pair.run(1.0)
        [news] = ana.casts(ana.received(since))
        self.assertEqual((news.entries, news.version), ((), 6))

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
