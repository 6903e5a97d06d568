"""The replay window: every number once, and none that is too old to tell."""

import random
import unittest

from chatroom.crypto.replay import REPLAY_WINDOW, Replayed, ReplayWindow


class Window(unittest.TestCase):
    def test_table(self) -> None:
        # Each number in turn, and whether it is accepted (after wireguard-go).
        limit = 1024
        steps = [
            (0, True),
            (1, True),
            (1, False),
            (9, True),
            (8, True),
            (7, True),
            (7, False),
            (0, False),
            (limit, True),
            (limit - 1, True),
            (limit - 1, False),
            (2, True),
            (2, False),
            (1, False),
            (limit + 16, True),
            (3, False),  # beyond the window now, though never seen
            (16, False),
            (17, True),  # the last that is inside
            (17, False),
            (limit * 4, True),  # a leap forgets all
            (limit * 3, False),
            (limit * 3 + 1, True),
            (limit * 3 + 1, False),
            (limit * 4, False),
            (limit * 4 - 1, True),
            (2**64 - 1, True),
            (2**64 - 1, False),
            (2**64 - 2, True),
        ]
        window = ReplayWindow()
        for step, (number, accepted) in enumerate(steps):
            with self.subTest(step=step, number=number):
                if accepted:
                    window.accept(number)
                else:
                    with self.assertRaises(Replayed):
                        window.accept(number)

    def test_agrees_with_a_set_of_all_numbers_seen(self) -> None:
        chance = random.Random(5)
        window, seen, highest = ReplayWindow(), set[int](), -1
        for _ in range(20_000):
            number = max(highest + chance.randint(-1100, 30), 0)
            if chance.random() < 0.001:
                number += chance.choice((1023, 1024, 1025, 5000))
            fresh = number not in seen and number > highest - REPLAY_WINDOW
            try:
                window.accept(number)
            except Replayed:
                self.assertFalse(fresh, number)
            else:
                self.assertTrue(fresh, number)
                seen.add(number)
                highest = max(highest, number)
            self.assertEqual(window.highest, highest)

    def test_old_number_leaves_the_highest(self) -> None:
        window = ReplayWindow()
        window.accept(5000)
        with self.assertRaises(Replayed):
            window.accept(1)
        self.assertEqual(window.highest, 5000)


if __name__ == "__main__":
    unittest.main()
