"""What a search has found: one list without gaps, from this side and from the server's."""

import random
import unittest

from chatroom.client.events import HitsFound
from chatroom.client.hits import KNOWN_AHEAD, Hits, Wish
from chatroom.protocol import search
from chatroom.protocol.entries import Entry

WORDS = "keys"


def log_of(size: int, hits: set[int]) -> list[Entry]:
    """Return a log of so many entries, of which those with these numbers match."""
    return [
        Entry(seq, "", "Ana", "the KEYS, please" if seq in hits else "hello", f"x-{seq}")
        for seq in range(1, size + 1)
    ]


class HitsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.hits = Hits()

    def where(self) -> tuple[int | None, int, int]:
        return self.hits.current, self.hits.rank, self.hits.count

    def found(self, *numbers: int, back_to: int, over: bool = True, words: str = WORDS) -> None:
        self.hits.hear(HitsFound(words, numbers, back_to, over))


class AtHand(HitsTest):
    def test_it_stands_on_the_newest_hit_and_goes_around(self) -> None:
        self.hits.begin(WORDS, 100)
        self.hits.look(reversed(log_of(100, {3, 50, 90})))
        self.assertTrue(self.hits.is_complete)
        seen = [self.hits.current]
        for _ in range(3):
            self.hits.go_older()
            seen.append(self.hits.current)
        self.assertEqual(seen, [90, 50, 3, 90])
        self.hits.go_newer()
        self.assertEqual(self.where(), (3, 3, 3))
        self.hits.go_newer()
        self.assertEqual(self.where(), (50, 2, 3))

    def test_without_anything_to_look_for_nothing_is_asked_and_found(self) -> None:
        for words in ("", "  ", 'from:""'):
            self.assertIsNone(self.hits.begin(words, 100))
            self.hits.look(log_of(100, {3}))
            self.assertIsNone(self.hits.go_older())
            self.hits.go_newer()
            self.assertEqual(self.where(), (None, 0, 0))
            self.assertFalse(self.hits.is_searching)

    def test_in_an_empty_room_there_is_nothing_to_ask(self) -> None:
        self.assertIsNone(self.hits.begin(WORDS, 0))
        self.assertTrue(self.hits.is_complete)
        self.assertEqual(self.hits.share, 1)

    def test_new_messages_join_the_hits_and_move_nobody(self) -> None:
        log = log_of(12, {4, 8, 11})
        self.hits.begin(WORDS, 10)
        self.hits.look(reversed(log[:10]))
        self.hits.go_older()
        self.hits.look(log[10:])
        self.assertEqual(self.where(), (4, 3, 3))

    def test_first_hit_may_be_a_new_message(self) -> None:
        self.hits.begin(WORDS, 10)
        self.hits.look(log_of(11, {11})[10:])
        self.assertEqual(self.where(), (11, 1, 1))


class FromTheServer(HitsTest):
    def test_whole_room_is_asked_for_first(self) -> None:
        self.assertEqual(self.hits.begin(WORDS, 1000), Wish(WORDS, 0))
        self.assertTrue(self.hits.is_searching)
        self.assertFalse(self.hits.is_complete)

    def test_hits_of_both_sides_are_one_list(self) -> None:
        log = log_of(1000, {980, 990, 500, 20})
        self.hits.begin(WORDS, 1000)
        self.found(990, 980, back_to=700, over=False)
        self.hits.look(reversed(log[950:]))
        self.assertEqual(self.where(), (990, 1, 2))
        self.found(500, 20, back_to=1)
        self.assertEqual(self.where(), (990, 1, 4))
        self.assertTrue(self.hits.is_complete)

    def test_a_hit_beyond_a_gap_is_not_gone_to_before_all_between_are_known(self) -> None:
        log = log_of(1000, {980, 500, 20})
        self.hits.begin(WORDS, 1000)
        self.hits.look(reversed(log[:100] + log[950:]))  # a page of the beginning was read
        self.assertEqual(self.where(), (980, 1, 2))
        self.hits.go_older()
        self.assertTrue(self.hits.is_waiting)
        self.assertEqual(self.where(), (980, 1, 2))
        self.found(back_to=600, over=False)
        self.assertTrue(self.hits.is_waiting)
        self.found(500, back_to=400, over=False)
        self.assertFalse(self.hits.is_waiting)
        self.assertEqual(self.where(), (500, 2, 3))

    def test_hits_of_other_words_are_none(self) -> None:
        self.hits.begin("lock", 1000)
        self.found(5, back_to=1)
        self.assertEqual(self.where(), (None, 0, 0))
        self.assertTrue(self.hits.is_searching)

    def test_the_server_is_asked_on_before_the_reader_comes_to_the_end(self) -> None:
        self.hits.begin(WORDS, 10_000)
        known = tuple(range(9000, 9000 - 2 * KNOWN_AHEAD, -1))
        self.found(*known, back_to=8000)
        asked = [self.hits.go_older() for _ in range(KNOWN_AHEAD + 1)]
        self.assertEqual([wish for wish in asked if wish], [Wish(WORDS, 8000)])
        self.assertEqual(self.hits.rank, KNOWN_AHEAD + 2)
        self.assertTrue(self.hits.is_searching)

    def test_what_was_looked_at_here_is_not_asked_for_again(self) -> None:
        self.hits.begin(WORDS, 1000)
        self.hits.stop()
        self.hits.look(reversed(log_of(1000, {600})[399:]))
        self.assertEqual(self.hits.go_older(), Wish(WORDS, 400))

    def test_stopped_it_takes_in_nothing_and_goes_on_by_the_next_step(self) -> None:
        self.hits.begin(WORDS, 1000)
        self.found(900, back_to=800, over=False)
        self.hits.stop()
        self.found(700, back_to=600, over=False)
        self.assertEqual(self.where(), (900, 1, 1))
        self.assertEqual(self.hits.go_older(), Wish(WORDS, 800))
        self.found(700, back_to=600, over=False)
        self.assertEqual(self.where(), (700, 2, 2))

    def test_refused_search_is_not_asked_again_by_itself(self) -> None:
        self.hits.begin(WORDS, 1000)
        self.found(back_to=0)
        self.assertFalse(self.hits.is_searching)
        self.assertFalse(self.hits.is_complete)
        self.assertEqual(self.hits.go_older(), Wish(WORDS, 0))

    def test_nothing_found_ends_the_waiting(self) -> None:
        self.hits.begin(WORDS, 1000)
        self.hits.go_older()
        self.found(back_to=1)
        self.assertFalse(self.hits.is_waiting)
        self.assertEqual(self.where(), (None, 0, 0))

    def test_share_tells_how_much_is_looked_at(self) -> None:
        self.hits.begin(WORDS, 1000)
        shares = [self.hits.share]
        for back_to in (751, 1):
            self.found(back_to=back_to, over=False)
            shares.append(self.hits.share)
        self.assertEqual(shares, [0, 0.25, 1])

    def test_again_keeps_the_place_and_finds_what_was_missed(self) -> None:
        self.hits.begin(WORDS, 1000)
        self.found(900, 800, back_to=1)
        self.hits.go_older()
        self.assertEqual(self.hits.again(1500), Wish(WORDS, 0))
        self.found(1200, 900, 800, back_to=1)
        self.assertEqual(self.where(), (800, 3, 3))


class Worlds(HitsTest):
    def test_every_hit_is_gone_to_once_in_order_whatever_comes_when(self) -> None:
        for seed in range(200):
            rng = random.Random(seed)
            size = rng.randrange(1, 400)
            wanted = set(rng.sample(range(1, size + 1), rng.randrange(size)))
            self.assertEqual(self.walk(rng, log_of(size, wanted)), sorted(wanted, reverse=True))

    def walk(self, rng: random.Random, log: list[Entry]) -> list[int]:
        """Go through all hits, while pieces come from both sides; return where it was."""
        hits = self.hits = Hits()
        query = search.parse(WORDS)
        wish = hits.begin(WORDS, len(log))
        seen: list[int] = []
        while not (hits.is_complete and hits.rank == hits.count and not hits.is_waiting):
            if rng.random() < 0.3:
                first = rng.randrange(len(log))
                hits.look(reversed(log[first : first + 30]))
            if wish and rng.random() < 0.7:
                last = (wish.before or len(log) + 1) - 1
                back_to = max(last - rng.randrange(1, 80), 1)
                piece = log[back_to - 1 : last]
                numbers = tuple(one.seq for one in piece if query.matches(one.name, one.text))
                is_over = back_to == 1 or rng.random() < 0.3
                hits.hear(HitsFound(WORDS, numbers[::-1], back_to, is_over))
                wish = None if is_over else Wish(WORDS, back_to)
            if hits.current is not None and hits.current not in seen:
                seen.append(hits.current)
            if not hits.is_waiting and not (hits.is_complete and hits.rank == hits.count):
                wish = hits.go_older() or wish
        return seen if hits.current in (None, *seen) else [*seen, hits.current or 0]


if __name__ == "__main__":
    unittest.main()
