"""Catching up with the log, in whatever order its entries arrive."""

import random
import unittest
from collections.abc import Iterable

from chatroom.client import events
from chatroom.client.asking import NEVER
from chatroom.client.catching_up import (
    EMPTY_ANSWER_PAUSE_S,
    GAP_WAIT_S,
    CatchingUp,
    Stretch,
)
from chatroom.client.fetching import AHEAD_MOST, FETCH_DATAGRAMS
from chatroom.protocol import messages
from chatroom.protocol.entries import Entries, Entry, mark


def entry(seq: int) -> Entry:
    return Entry(seq, "", "Ana", f"text {seq}", f"u1-{seq}")


def entries(*seqs: int) -> list[Entry]:
    return [entry(seq) for seq in seqs]


def numbers(taken: Iterable[Entry]) -> list[int]:
    return [one.seq for one in taken]


def begun(head: int, count: int | None) -> Stretch:
    stretch = Stretch()
    stretch.begin(head, count)
    return stretch


class AtTheEnd(unittest.TestCase):
    def test_new_stretch_misses_nothing(self) -> None:
        stretch = Stretch()
        self.assertIsNone(stretch.missing())
        self.assertEqual((stretch.first, stretch.last, stretch.last_mark), (1, 0, ""))

    def test_begin_wants_the_newest(self) -> None:
        for head, count, missing in (
            (100, 30, (71, 100)),
            (100, None, (1, 100)),
            (5, 30, (1, 5)),
            (100, 0, None),
            (0, 30, None),
            (0, None, None),
        ):
            with self.subTest(head=head, count=count):
                self.assertEqual(begun(head, count).missing(), missing)

    def test_entries_in_order_are_handed_on_at_once(self) -> None:
        stretch = begun(0, None)
        stretch.offer(entries(1, 2))
        self.assertEqual(stretch.take_new(), tuple(entries(1, 2)))
        self.assertEqual((stretch.last, stretch.last_mark), (2, mark(*entries(2))))
        self.assertEqual(stretch.head, 2)
        self.assertEqual(stretch.take_new(), ())

    def test_entry_beyond_a_gap_waits_and_the_gap_is_named(self) -> None:
        stretch = begun(10, 0)
        stretch.offer(entries(13, 14))
        self.assertEqual(stretch.take_new(), ())
        self.assertEqual(stretch.last, 10)
        stretch.learn_head(14)
        self.assertEqual(stretch.missing(), (11, 12))
        stretch.offer(entries(12))
        self.assertEqual(stretch.missing(), (11, 11))
        stretch.offer(entries(11))
        self.assertEqual(numbers(stretch.take_new()), [11, 12, 13, 14])
        self.assertIsNone(stretch.missing())

    def test_lost_last_entry_is_missed_once_the_head_is_known(self) -> None:
        stretch = begun(10, 0)
        self.assertIsNone(stretch.missing())
        stretch.learn_head(11)
        self.assertEqual(stretch.missing(), (11, 11))

    def test_older_head_heard_late_changes_nothing(self) -> None:
        stretch = begun(10, 0)
        stretch.learn_head(9)
        self.assertEqual(stretch.head, 10)

    def test_entry_that_comes_twice_is_handed_on_once(self) -> None:
        stretch = begun(0, None)
        stretch.offer(entries(1, 1))
        self.assertEqual(numbers(stretch.take_new()), [1])
        stretch.offer(entries(1))
        self.assertEqual(stretch.take_new(), ())
        self.assertEqual(stretch.last, 1)
        stretch.learn_head(3)
        self.assertEqual(stretch.missing(), (2, 3))

    def test_what_lies_too_far_ahead_is_fetched_again_later(self) -> None:
        stretch = begun(2 * AHEAD_MOST, None)
        stretch.offer(entries(AHEAD_MOST, AHEAD_MOST + 1))
        self.assertEqual(stretch.missing(), (1, AHEAD_MOST - 1))
        stretch.offer(entries(*range(1, AHEAD_MOST)))
        self.assertEqual(len(stretch.take_new()), AHEAD_MOST)
        self.assertEqual(stretch.missing(), (AHEAD_MOST + 1, 2 * AHEAD_MOST))

    def test_begin_anew_forgets_what_waited(self) -> None:
        stretch = begun(10, 0)
        stretch.offer(entries(12))
        stretch.begin(10, 0)
        stretch.offer(entries(11))
        self.assertEqual(numbers(stretch.take_new()), [11])
        self.assertEqual(stretch.last_mark, mark(*entries(11)))

    def test_begin_anew_with_a_shorter_log(self) -> None:
        stretch = begun(100, None)
        stretch.offer(entries(*range(1, 101)))
        stretch.take_new()
        stretch.begin(3, None)
        self.assertEqual(stretch.head, 3)
        self.assertEqual(stretch.last_mark, "")
        self.assertEqual(stretch.missing(), (1, 3))

    def test_resumed_log_reaches_to_its_head_and_to_what_we_have(self) -> None:
        stretch = begun(10, 0)
        stretch.learn_head(15)
        stretch.resume(12)
        self.assertEqual(stretch.missing(), (11, 12))
        stretch.resume(5)
        self.assertEqual((stretch.head, stretch.missing()), (10, None))


class InAnyOrder(unittest.TestCase):
    def test_every_entry_is_handed_on_once_and_in_order(self) -> None:
        for seed in range(20):
            chance = random.Random(seed)
            head = chance.randint(1, 100)
            stretch = begun(head, chance.choice((None, 0, 10)))
            held: list[int] = []
            for step in range(1000):
                if step < 50 and chance.random() < 0.5:
                    head += chance.randint(1, 5)
                    stretch.learn_head(head)
                low, high = stretch.missing() or (1, 0)
                self.assertTrue(low >= 1 and high <= head)
                came = [seq for seq in range(low, high + 1) if chance.random() < 0.7]
                came += chance.choices(range(1, head + 1), k=3)
                chance.shuffle(came)
                stretch.offer(entries(*came))
                held += numbers(stretch.take_new())
                self.assertEqual(held, [*range(stretch.first, stretch.last + 1)])
            self.assertEqual(stretch.last, head, f"seed {seed}")


def joined(head: int, *, same: bool = True) -> messages.Joined:
    return messages.Joined("room", head, same, 0, 1, 1, bytes(32))


def answer(head: int, *seqs: int) -> Entries:
    """Return what a Fetch brings."""
    return Entries(1, 0, 1, head, 1, tuple(entries(*seqs)))


def cast(head: int, *seqs: int) -> Entries:
    return Entries(messages.NO_NUMBER, 0, 1, head, 1, tuple(entries(*seqs)))


class AskerCase(unittest.TestCase):
    def setUp(self) -> None:
        """Hold 91 to 100 of 100."""
        self.catching_up = CatchingUp(10, lambda: 0.5, 0.0)
        self.hear(joined(100), 1.0)
        self.hear(answer(100, *range(91, 101)), 1.0)

    def hear(
        self, said: messages.Joined | messages.Stored | messages.Pong | Entries, now: float
    ) -> list[events.MemberEvent]:
        return list(self.catching_up.hear(said, now))


class Fetching(AskerCase):
    def test_newest_entries_are_fetched_as_soon_as_we_are_in(self) -> None:
        fresh = CatchingUp(10, lambda: 0.5, 0.0)
        self.assertEqual(fresh.due_at, NEVER)
        self.assertEqual(list(fresh.hear(joined(100), 1.0)), [])
        self.assertEqual(fresh.due_at, 1.0)
        self.assertEqual(fresh.request(), messages.Fetch(91, 100, FETCH_DATAGRAMS))
        new = tuple(entries(*range(91, 101)))
        told = [events.NewEntries(new), events.CaughtUp(91)]
        self.assertEqual(list(fresh.hear(answer(100, *range(91, 101)), 1.0)), told)
        self.assertEqual((fresh.due_at, fresh.is_complete), (NEVER, True))

    def test_who_wants_nothing_earlier_has_caught_up_at_once(self) -> None:
        fresh = CatchingUp(0, lambda: 0.5, 0.0)
        self.assertEqual(list(fresh.hear(joined(100), 1.0)), [events.CaughtUp(101)])

    def test_gap_behind_a_cast_waits_for_its_repetition(self) -> None:
        for said in (cast(102, 102), messages.Stored(1, 102, 0)):
            with self.subTest(said):
                self.setUp()
                self.assertEqual(self.hear(said, 5.0), [])
                self.assertEqual(self.catching_up.due_at, 5.0 + 1.5 * GAP_WAIT_S)

    def test_gap_that_a_pong_or_an_answer_shows_is_fetched_at_once(self) -> None:
        for said in (messages.Pong(102, 1, 1, bytes(32), 20_000), answer(102, 102)):
            with self.subTest(said):
                self.setUp()
                self.assertEqual(self.hear(said, 5.0), [])
                self.assertEqual(self.catching_up.due_at, 5.0)

    def test_gap_that_is_known_does_not_wait_again(self) -> None:
        self.hear(cast(102, 102), 5.0)
        self.hear(cast(103, 103), 5.1)
        self.assertEqual(self.catching_up.due_at, 5.0 + 1.5 * GAP_WAIT_S)

    def test_answer_that_brings_nothing_of_what_is_missing_makes_a_pause(self) -> None:
        self.hear(messages.Pong(102, 1, 1, bytes(32), 20_000), 5.0)
        request = self.catching_up.request()
        self.hear(answer(102), 6.0)
        self.catching_up.answered(request, 6.0)
        self.assertEqual(self.catching_up.due_at, 6.0 + EMPTY_ANSWER_PAUSE_S)

    def test_answer_to_what_others_ask_makes_none(self) -> None:
        self.hear(messages.Pong(102, 1, 1, bytes(32), 20_000), 5.0)
        self.hear(answer(102), 6.0)
        self.hear(answer(102, 7, 8), 6.0)
        self.assertEqual(self.catching_up.due_at, 5.0)

    def test_answer_that_brings_a_part_makes_none(self) -> None:
        self.hear(messages.Pong(102, 1, 1, bytes(32), 20_000), 5.0)
        request = self.catching_up.request()
        self.hear(answer(102, 101), 6.0)
        self.catching_up.answered(request, 6.0)
        self.assertEqual(self.catching_up.request(), messages.Fetch(102, 102, FETCH_DATAGRAMS))
        self.assertEqual(self.catching_up.due_at, 5.0)

    def test_empty_cast_makes_none(self) -> None:
        self.hear(messages.Pong(102, 1, 1, bytes(32), 20_000), 5.0)
        self.hear(cast(102), 6.0)
        self.assertEqual(self.catching_up.due_at, 5.0)

    def test_unanswered_fetch_is_halved_down_to_one_and_doubled_with_success(self) -> None:
        self.hear(messages.Pong(200, 1, 1, bytes(32), 20_000), 5.0)
        request: messages.Request | None = self.catching_up.request()
        asked = []
        for _ in range(5):
            assert request is not None
            request = self.catching_up.unanswered(request)
            assert isinstance(request, messages.Fetch)
            asked.append(request.datagrams)
        asked += [self.catching_up.request().datagrams for _ in range(5)]
        self.assertEqual(asked, [8, 4, 2, 1, 1, 2, 4, 8, 16, 16])

    def test_after_a_timeout_only_what_is_still_missing_is_asked_for(self) -> None:
        self.hear(messages.Pong(104, 1, 1, bytes(32), 20_000), 5.0)
        request = self.catching_up.request()
        self.hear(cast(104, 101, 104), 5.1)
        self.assertEqual(self.catching_up.unanswered(request), messages.Fetch(102, 103, 8))
        self.hear(cast(104, 102, 103), 5.2)
        self.assertIsNone(self.catching_up.unanswered(request))


class ComingBack(AskerCase):
    def test_same_log_is_gone_on_with(self) -> None:
        self.assertEqual(self.hear(joined(105), 9.0), [])
        self.assertEqual(self.catching_up.request(), messages.Fetch(101, 105, FETCH_DATAGRAMS))
        caught_up = self.hear(answer(105, *range(101, 106)), 9.1)[-1]
        self.assertEqual(caught_up, events.CaughtUp(91))

    def test_another_log_is_begun_anew(self) -> None:
        self.assertEqual(self.hear(joined(30, same=False), 9.0), [])
        self.assertEqual(self.catching_up.request(), messages.Fetch(21, 30, FETCH_DATAGRAMS))

    def test_having_caught_up_is_told_once_each_time(self) -> None:
        self.assertEqual(self.hear(joined(100), 9.0), [events.CaughtUp(91)])
        self.assertEqual(self.hear(cast(101, 101), 9.1), [events.NewEntries((entry(101),))])


if __name__ == "__main__":
    unittest.main()
