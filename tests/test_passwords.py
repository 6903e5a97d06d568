"""Passwords that are made, and what is said of those that are typed."""

import math
import random
import unittest

from chatroom import passwords
from chatroom.passwords import Weakness


class Made(unittest.TestCase):
    def test_five_words_of_a_list_that_makes_them_hard_to_guess(self) -> None:
        self.assertEqual(len(set(passwords.WORDS)), len(passwords.WORDS))
        bits = passwords.WORDS_IN_ONE * math.log2(len(passwords.WORDS))
        self.assertGreaterEqual(bits, 55)
        self.assertEqual(passwords.WORDS_IN_ONE, 5)

    def test_each_word_is_chosen_of_all_and_alone(self) -> None:
        sizes = []

        def last(size: int) -> int:
            sizes.append(size)
            return size - len(sizes)

        made = passwords.make(last).split("-")
        self.assertEqual(sizes, [len(passwords.WORDS)] * 5)
        self.assertEqual(made, list(passwords.WORDS[: -len(sizes) - 1 : -1]))

    def test_words_can_be_said_in_both_languages(self) -> None:
        for word in passwords.WORDS:
            self.assertRegex(word, "^(?:[bdghjklmnprstwy][aeiou]){2}$")
        for rude in ("babi", "niga", "puki"):
            self.assertNotIn(rude, passwords.WORDS)

    def test_what_is_made_is_never_called_weak(self) -> None:
        below = random.Random(5).randrange
        for _ in range(2000):
            made = passwords.make(below)
            self.assertIsNone(passwords.weakness(made), made)


class Typed(unittest.TestCase):
    def test_why_it_is_weak(self) -> None:
        for password, why in (
            ("a", Weakness.SHORT),
            ("frogs", Weakness.SHORT),
            ("12345678", Weakness.SHORT),
            ("Xk7!q", Weakness.SHORT),
            ("Password123!", Weakness.COMMON),
            ("katasandi2026", Weakness.COMMON),
            ("rahasiarahasia", Weakness.COMMON),
            ("baru 88", Weakness.SHORT),
            ("aaaaaaaaaaaa", Weakness.REPEATS),
            ("abababababab", Weakness.REPEATS),
            ("qwertyuiop", Weakness.REPEATS),
            ("abcdefghijkl", Weakness.REPEATS),
            ("987654321098765", Weakness.REPEATS),
            ("\u00e9" * 12, Weakness.REPEATS),
        ):
            with self.subTest(password):
                self.assertIs(passwords.weakness(password), why)

    def test_what_is_not_weak(self) -> None:
        for password in (
            "Xk7!qPz2",
            "correct horse battery staple",
            "nasi goreng di pasar malam",
            "\u0441\u043e\u0431\u0430\u043a\u0430 \u0438 \u043a\u043e\u0442",
            "tuna-ripo-wela-doki-sumi",
        ):
            with self.subTest(password):
                self.assertIsNone(passwords.weakness(password))

    def test_a_very_long_one_is_judged_at_once(self) -> None:
        self.assertIs(passwords.weakness("ab" * 10), Weakness.REPEATS)
        self.assertIsNone(passwords.weakness("ab" * 50_000))


if __name__ == "__main__":
    unittest.main()
