"""Requests: what each is answered, who may ask, and who comes in under which name."""

import unittest

from chatroom.protocol import messages
from chatroom.protocol.changes import Change, Changes, Step
from chatroom.protocol.entries import Entries, mark
from chatroom.protocol.listing import Page
from chatroom.server import allowances, events, moments
from chatroom.server.figures import Drop
from tests.server.callers import Caller, RoomCase
from tests.tools.link import Link, older_entries


class Answering(RoomCase):
    def test_nothing_is_answered_before_a_join_but_that(self) -> None:
        ana = Caller(self.pair)
        requests: list[messages.Request] = [
            messages.Say(1, ("x",)),
            messages.Fetch(1, 9, 1),
            messages.Who(0, 0, 1),
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
        for last, last_mark, same in (
            (0, "", True),
            (5, mark(self.log.entries[4]), True),
            (5, mark(self.log.entries[3]), False),
            (5, mark(self.log.entries[4]._replace(text="another")), False),
            (6, mark(self.log.entries[4]), False),
        ):
            [joined, *_] = ana.ask(messages.Join("Ana", ana.device, last, last_mark))
            assert isinstance(joined, messages.Joined)
            self.assertEqual((joined.same, joined.head), (same, 5))

    def test_bad_names_are_refused(self) -> None:
        ana = Caller(self.pair)
        for name in ("", " Ana", "system", "a\u202eb", "x" * 33):
            with self.subTest(name=name):
                replies = ana.ask(messages.Join(name, ana.device, 0, ""))
                self.assertEqual(replies, [messages.Refused(messages.Refusal.NAME_BAD)])
        self.assertEqual(self.pair.here(), [])
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

    def test_who_comes_in_is_brought_the_list_once(self) -> None:
        self.caller("Bob", 7001)
        ana = Caller(self.pair)
        join = messages.Join("Ana", ana.device, 0, "")
        [joined, *rest] = ana.ask(join)
        self.assertEqual(rest, [Page(ana.number, 3, 0, 1, ("Bob", "Ana"))])
        self.assertEqual(ana.ask(join), [joined])
        [_] = ana.ask(messages.Join("Anna", ana.device, 0, ""))
        ana.ask(messages.Leave())

    def test_page_that_there_is_not_is_the_first(self) -> None:
        page = Page(2, 2, 0, 1, ("Ana",))
        self.assertEqual(self.caller().ask(messages.Who(0, 2**16 - 1, 1)), [page])

    def test_who_with_a_version_brings_what_changed_since(self) -> None:
        ana = self.caller()
        self.caller("Bob", 7001)
        came = Change(Step.CAME, "Bob")
        answers = ana.ask(*(messages.Who(version, 0, 32) for version in (2, 3, 4)))
        page = Page(4, 3, 0, 1, ("Ana", "Bob"))
        self.assertEqual(answers, [Changes(3, (came,), 0, 2), Changes(3, (), 0, 3), page])

    def test_version_that_members_hear_of_is_what_they_were_told(self) -> None:
        ana = self.caller()
        Caller(self.pair, 7001).join("Bob")
        for version in (2, 3):
            [pong, entries] = ana.ask(messages.Ping(), messages.Fetch(1, 1, 1))
            assert isinstance(pong, messages.Pong)
            assert isinstance(entries, Entries)
            self.assertEqual((pong.version, entries.version), (version, version))
            self.pair.run(0.2)

    def test_ping_brings_head_version_and_key(self) -> None:
        ana = Caller(self.pair)
        joined = ana.join("Ana")
        self.pair.run(0.5)
        [pong] = ana.ask(messages.Ping())
        assert isinstance(pong, messages.Pong)
        self.assertEqual((pong.head, pong.version), (0, joined.version))
        self.assertEqual((pong.key_number, pong.key), (joined.key_number, joined.key))

    def test_pong_says_when_the_moment_of_the_session_comes(self) -> None:
        ana = self.caller()
        for _ in range(3):
            asked_at = self.pair.now + self.pair.link.delay_s
            [pong] = ana.ask(messages.Ping())
            assert isinstance(pong, messages.Pong)
            wait_s = moments.wait_s(ana.session.number, asked_at)
            self.assertAlmostEqual(pong.wait_ms / 1000, wait_s, delta=0.001)
            self.pair.run(7.0)

    def test_who_left_is_known_no_more(self) -> None:
        ana = self.caller()
        self.assertEqual(ana.ask(messages.Leave()), [messages.Done()])
        self.assertEqual(self.pair.here(), [])
        self.assertEqual(ana.ask(messages.Ping()), [])
        self.assertEqual(self.told(events.PersonLeft), [events.PersonLeft("Ana")])

    def test_fetch_costs_what_it_brings(self) -> None:
        self.log.entries += older_entries(400)
        ana = self.caller()
        replies = ana.ask(*(messages.Fetch(1, 400, 16) for _ in range(100)))
        self.pair.run(0.1)
        parts = len(ana.ask(messages.Fetch(1, 400, 16), s=5.0))
        self.assertLess(len(replies), 1100)
        self.assertGreater(parts, 1)

    def test_requests_beyond_the_rate_are_dropped_and_counted(self) -> None:
        ana = self.caller()
        replies = ana.ask(*(messages.Ping() for n in range(1200)))
        self.assertTrue(975 <= len(replies) <= 1020, len(replies))
        dropped = self.dropped(Drop.BEYOND_RATE)
        self.assertEqual(dropped + len(replies), 1200)
        self.pair.run(1.0)
        self.assertEqual(len(ana.ask(messages.Ping())), 1)

    def test_coming_and_renaming_without_end_is_told_slowly(self) -> None:
        ana = self.caller()
        asked = [messages.Join(f"Ana {n}", ana.device, 0, "") for n in range(40)]
        for _ in range(4):
            ana.ask(*asked)
            self.pair.run(2.0)
        told = len(self.told(events.PersonJoined))
        self.assertLess(told, allowances.CHANGES_AT_ONCE + 20)
        self.assertGreaterEqual(told, allowances.CHANGES_AT_ONCE)
        self.assertGreater(self.dropped(Drop.BEYOND_RATE), 0)
        self.pair.run(2.0)
        [(name, _)] = self.pair.here()
        self.assertTrue(ana.join(name), "to ask again for what one has costs nothing")
        self.assertTrue(ana.join("Ana again"))

    def test_names_refused_without_end_are_told_slowly(self) -> None:
        ana = self.caller()
        for n in range(300):
            ana.ask(messages.Join(f"Ana{n}\n", ana.device, 0, ""))
        most = allowances.CHANGES_AT_ONCE + allowances.CHANGES_PER_S * self.pair.now
        self.assertLess(len(self.told(events.JoinRefused)), most)


class Names(RoomCase):
    def test_overtaken_wish_for_a_name_is_not_fulfilled(self) -> None:
        self.caller("Ana")
        bob = Caller(self.pair, 7001)
        overtaken = bob.seal(messages.Join("Ana", bob.device, 0, ""))
        bob.ask(messages.Join("Bob", bob.device, 0, ""))
        bob.exchange(overtaken)
        self.pair.run(5.0)  # Ana says nothing, and nobody asks for her name
        names = [name for name, _ in self.pair.here()]
        self.assertEqual(sorted(names), ["Ana", "Bob"])

    def test_refused_wish_is_not_looked_at_again_for_a_second(self) -> None:
        ana, bob = self.caller(), Caller(self.pair, 7001)
        bob.exchange(bob.seal(messages.Join("ana", bob.device, 0, "")))
        ana.ask(messages.Ping())
        taken = messages.Refused(messages.Refusal.NAME_TAKEN)
        late_copy = messages.Join("ana", bob.device, 0, "")
        self.assertEqual(bob.ask(late_copy), [taken])
        self.assertEqual(self.pair.room.figures().contests, 0)
        self.pair.run(1.0)
        self.assertEqual(bob.ask(late_copy), [])
        self.assertEqual(self.pair.room.figures().contests, 1)

    def test_session_has_one_device(self) -> None:
        ana = self.caller()
        replies = ana.ask(messages.Join("Ana", bytes(16), 0, ""))
        self.assertEqual(replies, [messages.Refused(messages.Refusal.MALFORMED)])
        ana.ask(messages.Say(1, ("still me",)))
        self.assertEqual(self.texts(), ["still me"])

    def test_who_pings_is_not_quiet(self) -> None:
        ana = self.caller()
        for _ in range(6):
            self.pair.run(20.0)
            ana.ask(messages.Ping())
        self.assertEqual(self.pair.here(), [("Ana", ana.address)])
        self.assertEqual(self.told(events.PersonLeft), [])

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
        self.assertEqual(self.pair.here(), [("Ana", ana.address)])

    def test_silent_holder_loses_its_name_after_two_seconds(self) -> None:
        ana = self.caller()
        bob = Caller(self.pair, 7001)
        self.assertEqual(bob.ask(messages.Join("ana", bob.device, 0, ""), s=1.99), [])
        since = len(self.pair.link.sent)
        self.pair.run(0.1)
        [joined, *_] = bob.open(bob.received(since))
        self.assertIsInstance(joined, messages.Joined)
        self.assertEqual(self.pair.here(), [("ana", bob.address)])
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
        self.assertEqual(self.pair.here(), [("Ana", bob.address)])

    def test_same_device_takes_its_name_back_at_once(self) -> None:
        ana = self.caller()
        again = Caller(self.pair, 7001)
        again.device = ana.device
        again.join("Ana")
        self.assertEqual(self.pair.here(), [("Ana", again.address)])
        self.assertEqual(ana.ask(messages.Ping()), [])

    def test_quiet_after_a_minute_and_back_with_the_first_word(self) -> None:
        ana = self.caller()
        self.pair.run(58.0)
        self.assertEqual(len(self.pair.here()), 1)
        self.pair.run(8.0)
        self.assertEqual(self.pair.here(), [])
        self.assertEqual(self.told(events.PersonLeft), [events.PersonLeft("Ana", quiet=True)])
        ana.ask(messages.Say(1, ("back",)))
        self.assertEqual(self.texts(), ["back"])
        self.assertEqual(self.pair.here(), [("Ana", ana.address)])

    def test_name_of_a_quiet_one_is_free(self) -> None:
        ana = self.caller()
        self.pair.run(70.0)
        bob = self.caller("ANA", 7001)
        self.assertEqual(ana.ask(messages.Ping()), [messages.Refused(messages.Refusal.NAME_TAKEN)])
        self.assertEqual(self.pair.here(), [("ANA", bob.address)])

    def test_three_hundred_people_are_listed_in_one_answer(self) -> None:
        self.pair.link = Link(0.003)
        for number in range(300):
            Caller(self.pair, 10000 + number, f"10.0.{number // 100}.{number % 100}").join(
                f"person {number}"
            )
        ana = Caller(self.pair)
        ana.join("Ana")
        names: list[str] = []
        *pages, last = ana.ask(messages.Who(0, 0, 32))
        for part, page in enumerate(pages):
            assert isinstance(page, Page)
            self.assertEqual((page.part, page.parts), (part, len(pages)))
            names += page.names
        assert isinstance(last, Changes)
        names += (one.name for one in last.changes)
        expected = [f"person {number}" for number in range(300)]
        self.assertEqual(names, [*expected, "Ana"])


if __name__ == "__main__":
    unittest.main()
