"""Searches: who is served when, what an answer holds, and what ends one."""

from chatroom.protocol import messages, wire
from chatroom.protocol.entries import Entry
from chatroom.server import events, searches
from chatroom.server.figures import Drop
from chatroom.server.log import LogBroken
from tests.server.callers import Caller, Heard, RoomCase
from tests.tools.link import SERVER, SLICE

Found = messages.Found


def said(count: int, text: str = "hello") -> list[Entry]:
    return [Entry(seq, "", "Eva", f"{text} {seq}", f"older-{seq}") for seq in range(1, count + 1)]


class SearchCase(RoomCase):
    def slow_slices(self, slice_s: float) -> None:
        """Let each turn of the room take so long."""
        handle_timer = self.pair.room.handle_timer

        def handle_slowly(now: float) -> None:
            handle_timer(now)
            self.pair.now += slice_s

        self.pair.room.handle_timer = handle_slowly  # type: ignore[method-assign]

    def find_all(self, caller: Caller, words: str) -> list[Found]:
        """Ask on to the beginning."""
        answers = [Found((), 0)]
        while answers[-1].back_to != 1:
            [answer] = caller.ask(messages.Find(words, answers[-1].back_to), s=1.0)
            assert isinstance(answer, Found)
            answers.append(answer)
        return answers[1:]

    def is_searching(self) -> bool:
        return self.pair.room.timer(self.pair.now) <= self.pair.now


class Answers(SearchCase):
    def test_newest_first_to_the_beginning(self) -> None:
        self.log.entries += said(200)
        ana = self.caller()
        self.assertEqual(
            ana.ask(messages.Find("LO 1", 0)),
            [Found((*range(199, 99, -1), *range(19, 9, -1), 1), 1)],
        )
        self.assertEqual(
            ana.ask(messages.Find("lo 19", 199)), [Found((*range(198, 189, -1), 19), 1)]
        )
        self.assertEqual(ana.ask(messages.Find("from:eva lo 2", 3)), [Found((2,), 1)])
        self.assertEqual(ana.ask(messages.Find("from:ana lo", 0)), [Found((), 1)])
        self.assertFalse(self.is_searching())

    def test_nothing_to_look_for_and_nowhere(self) -> None:
        self.log.entries += said(3)
        ana = self.caller()
        for find in (("", 0), ("  ", 2), ('from:""', 0), ("hello", 1)):
            self.assertEqual(ana.ask(messages.Find(*find)), [Found((), 1)])
        self.assertEqual(ana.ask(messages.Find("hello", 2**53 - 1)), [Found((3, 2, 1), 1)])

    def test_more_than_a_datagram_holds(self) -> None:
        self.log.entries += said(1000)
        ana = self.caller()
        answers = self.find_all(ana, "hello")
        self.assertEqual([n for one in answers for n in one.numbers], list(range(1000, 0, -1)))
        for one in answers[:-1]:
            self.assertEqual(one.back_to, one.numbers[-1])
            self.assertGreater(len(one.numbers), 200)
        for one in answers:
            size = len(messages.encode_reply(2**32 - 1, one))
            self.assertLessEqual(size, wire.PAYLOAD_SIZE)

    def test_largest_numbers_fit(self) -> None:
        numbers = [2**53 - 1] * 1000
        found = Found(tuple(numbers[: searches.numbers_most(numbers)]), 2**53 - 1)
        self.assertLessEqual(len(messages.encode_reply(2**32 - 1, found)), wire.PAYLOAD_SIZE)

    def test_progress_is_told(self) -> None:
        self.log.entries += said(40 * SLICE)
        ana = self.caller()
        self.slow_slices(searches.ANSWER_AFTER_S / 10)
        answers = self.find_all(ana, "nothing of it")
        self.assertEqual([one.numbers for one in answers], [()] * 4)
        self.assertAlmostEqual(answers[0].back_to, 29 * SLICE + 1, delta=SLICE)

    def test_nobody_in_nothing_found(self) -> None:
        stranger = Caller(self.pair)
        refused = messages.Refused(messages.Refusal.NOT_JOINED)
        self.assertEqual(stranger.ask(messages.Find("hello", 0)), [refused])


class Turns(SearchCase):
    def setUp(self) -> None:
        super().setUp()
        self.log.entries += said(40 * SLICE)

    def heard_in_turn(self, *callers: Caller, s: float = 1.0) -> list[tuple[Caller, Heard]]:
        """Return who hears what from now on, in order."""
        since = len(self.pair.link.sent)
        self.pair.run(s)
        heard = []
        for _, data, _, to in self.pair.link.sent[since:]:
            for caller in callers:
                datagram = wire.decode_datagram(data)
                if to == caller.address and isinstance(datagram, wire.Sealed):
                    heard += [(caller, one) for one in caller.open([datagram])]
        return heard

    def send(self, caller: Caller, find: messages.Find) -> None:
        self.pair.inject(caller.seal(find), caller.address, SERVER)

    def test_who_asks_on_goes_to_the_end_of_the_row(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        self.send(ana, messages.Find("hello", 0))
        self.send(ana, messages.Find("nothing", 0))
        self.send(bob, messages.Find("hello 2000", 0))
        heard = self.heard_in_turn(ana, bob)
        self.assertEqual(heard, [(ana, Found((), 1)), (bob, Found((2000,), 1))])

    def test_message_is_stored_between_two_slices(self) -> None:
        ana, bob = self.caller(), self.caller("Bob", 7001)
        self.slow_slices(0.001)
        self.send(ana, messages.Find("nothing", 0))
        self.pair.run(0.03)
        self.assertTrue(self.is_searching())
        self.pair.inject(bob.seal(messages.Say(1, ("quick",))), bob.address, SERVER)
        since = len(self.pair.link.sent)
        self.pair.run(1.0)
        sent = [(data[0], to) for _, data, _, to in self.pair.link.sent[since:]]
        stored, found = (wire.Kind.CAST, bob.address), (wire.Kind.SEALED, ana.address)
        self.assertLess(sent.index(stored), sent.index(found))

    def test_another_find_takes_the_place_of_the_one_before(self) -> None:
        ana = self.caller()
        self.assertEqual(
            ana.ask(messages.Find("hello 1", 0), messages.Find("hello 77", 0)),
            [Found((*range(779, 769, -1), 77), 1)],
        )
        self.assertFalse(self.is_searching())

    def test_repeated_find_is_answered_once_by_its_newest_number(self) -> None:
        ana = self.caller()
        self.slow_slices(0.001)
        find = messages.Find("hello 77", 0)
        datagrams = ana.exchange(ana.seal(find), ana.seal(find), s=1.0)
        replies = []
        for datagram in datagrams:
            assert isinstance(datagram, wire.Sealed)
            payload, _ = ana.session.channel.open(datagram.datagram)
            replies.append(messages.decode_reply(payload))
        self.assertEqual(replies, [(ana.number, Found((*range(779, 769, -1), 77), 1))])

    def test_late_copy_does_not_end_a_newer_search(self) -> None:
        ana = self.caller()
        late = ana.seal(messages.Find("hello 1", 0))
        newer = ana.seal(messages.Find("hello 77", 0))
        answers = ana.open(ana.exchange(newer, late, s=1.0))
        self.assertEqual(answers, [Found((*range(779, 769, -1), 77), 1)])
        self.assertEqual(self.dropped(Drop.OVERTAKEN), 1)

    def test_who_is_gone_looks_for_nothing(self) -> None:
        for number, leaves in enumerate((True, False)):
            ana = self.caller("Ana", 7000 + number)
            self.slow_slices(0.001)
            self.send(ana, messages.Find("nothing", 0))
            self.pair.run(0.03)
            self.assertTrue(self.is_searching())
            if leaves:
                ana.ask(messages.Leave())
            else:
                self.pair.room.remove("Ana", self.pair.now)
            heard = self.heard_in_turn(ana)
            self.assertNotIn(Found, [type(one) for _, one in heard])
            self.assertFalse(self.is_searching())

    def test_many_sessions_of_one_address_have_one_turn_together(self) -> None:
        flood = [self.caller(f"M{number}", 7000 + number) for number in range(5)]
        ana = Caller(self.pair, 7000, "127.0.0.2")
        ana.join("Ana")
        self.slow_slices(0.001)
        for one in flood:
            self.send(one, messages.Find("nothing", 0))
        self.send(ana, messages.Find("nothing", 0))
        heard = [one for one, _ in self.heard_in_turn(*flood, ana)]
        self.assertEqual(heard, [flood[0], ana, *flood[1:]])

    def test_broken_log_closes_the_room(self) -> None:
        ana = self.caller()
        self.log.loss = LogBroken(Drop.FORGED)
        ana.ask(messages.Find("hello", 0))
        self.assertTrue(self.pair.room.closed)
        self.assertEqual(len(self.told(events.StorageBroken)), 1)


class Host(SearchCase):
    def setUp(self) -> None:
        super().setUp()
        self.log.entries += said(40 * SLICE)

    def find(self, words: str, before: int = 0) -> list[events.RoomEvent]:
        since = len(self.pair.room_events)
        self.pair.room.find(words, before, self.pair.now)
        self.pair.run(1.0)
        return self.pair.room_events[since:]

    def test_host_is_told_by_events(self) -> None:
        self.assertEqual(self.find("hello 2000"), [events.HitsFound("hello 2000", (2000,), 1)])
        self.assertEqual(self.find(" "), [events.HitsFound(" ", (), 1)])
        [first] = self.find("hello")
        assert isinstance(first, events.HitsFound)
        self.assertEqual(first.numbers[0], 2000)
        [second] = self.find("hello", first.back_to)
        assert isinstance(second, events.HitsFound)
        self.assertEqual(second.numbers[0], first.numbers[-1] - 1)

    def test_host_can_stop(self) -> None:
        self.slow_slices(0.001)
        self.pair.room.find("nothing", 0, self.pair.now)
        self.pair.run(0.01)
        self.assertTrue(self.is_searching())
        self.pair.room.stop_finding()
        self.pair.room.stop_finding()
        self.pair.run(1.0)
        self.assertEqual(self.told(events.HitsFound), [])
        self.assertFalse(self.is_searching())

    def test_newer_wish_takes_the_place_of_the_older(self) -> None:
        self.pair.room.find("hello 1", 0, self.pair.now)
        [found] = self.find("hello 2000")
        self.assertEqual(found, events.HitsFound("hello 2000", (2000,), 1))
