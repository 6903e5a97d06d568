"""What a query matches, and where: the same as `str.casefold` says, for any text."""

import random
import sys
import unittest

from chatroom.protocol import search
from tests.tools import nasty

ODD = "aßsſẞiİıŉnǰKkΣσςǅﬁfﬃﬄ\u0307\u0130ΐι\u0345ᾳ😀日, \u2425\u240a"


class Parsing(unittest.TestCase):
    def assert_parsed(self, words: str, phrase: str, *names: str) -> None:
        self.assertEqual(search.parse(words), search.Query(phrase, names))

    def test_words_are_one_phrase(self) -> None:
        self.assert_parsed("  Budi's   Keys ", "budi's   keys")
        self.assert_parsed("STRASSE straße", "strasse strasse")
        self.assert_parsed("two\nlines", "two\nlines")

    def test_names(self) -> None:
        self.assert_parsed("from:Budi", "", "budi")
        self.assert_parsed('keys from:"Ana Lindqvist" here', "keys here", "ana lindqvist")
        self.assert_parsed("FROM:budi from:ana From:BUDI", "", "budi", "ana")
        self.assert_parsed("from:O'Neil,x", "", "o'neil,x")

    def test_name_that_is_being_typed(self) -> None:
        self.assert_parsed('from:"Ana Lind', "", "ana lind")
        for words in ('from:"', 'from:""', 'from:" "', "", "   ", "\n"):
            self.assert_parsed(words, "")

    def test_what_is_no_name(self) -> None:
        self.assert_parsed("from:", "from:")
        self.assert_parsed("letters from: budi", "letters from: budi")
        self.assert_parsed("wherefrom:budi", "wherefrom:budi")


class Matching(unittest.TestCase):
    def test_nothing_matches_nothing(self) -> None:
        query = search.parse("  ")
        self.assertFalse(query)
        self.assertFalse(query.matches("", ""))
        self.assertFalse(query.matches("Ana", "text"))
        self.assertEqual(query.spans("text"), [])

    def test_text_and_name(self) -> None:
        for words, name, text, matches in (
            ("KEYS", "Ana", "the keys", True),
            ("ana", "Ana", "the keys", False),
            ("from:BUD", "Sri Budiman", "", True),
            ("from:budi keys", "Budi", "Keys!", True),
            ("from:budi keys", "Ana", "Keys!", False),
            ("from:budi keys", "Budi", "locks", False),
            ("from:ana from:budi", "Budi", "x", True),
            ("from:straße", "Ana Strasse", "x", True),
            ("the  keys", "Ana", "the keys", False),
        ):
            with self.subTest(words=words, name=name, text=text):
                self.assertIs(search.parse(words).matches(name, text), matches)

    def test_odd_letters(self) -> None:
        for words, text in (
            ("strasse", "STRAẞE"),
            ("straße", "Strasse"),
            ("kelvin", "\u212aelvin"),
            ("οδος", "ΟΔΟΣ"),
            ("οδοσ", "οδος"),
            ("fish", "ﬁsh"),
            ("office", "oﬃce"),
            ("i\u0307", "İ"),
            ("\u02bcn", "ŉ"),
            ("😀", "hi😀"),
            ("日本", "在日本的"),
        ):
            with self.subTest(words=words):
                self.assertTrue(search.parse(words).matches("Ana", text))

    def test_accents_count(self) -> None:
        self.assertFalse(search.parse("resume").matches("Ana", "résumé"))


class Spans(unittest.TestCase):
    def assert_spans(self, words: str, text: str, *spans: tuple[int, int]) -> None:
        self.assertEqual(search.parse(words).spans(text), list(spans))

    def test_places_in_the_text_as_it_is(self) -> None:
        self.assert_spans("ab", "Ab cd AB", (0, 2), (6, 8))
        self.assert_spans("aa", "aaaaa", (0, 2), (2, 4))
        self.assert_spans("x", "no such letter")
        self.assert_spans("from:ana", "ana")
        self.assert_spans("from:ana b", "abc", (1, 2))

    def test_letters_that_become_longer(self) -> None:
        self.assert_spans("e", "Straße See", (5, 6), (8, 9), (9, 10))
        self.assert_spans("ss", "ßßs", (0, 1), (1, 2))
        self.assert_spans("s", "ßs", (0, 1), (1, 2))
        self.assert_spans("as", "Straße", (3, 5))
        self.assert_spans("se", "Straße", (4, 6))
        self.assert_spans("n", "ŉn", (0, 1), (1, 2))
        self.assert_spans("fi", "ﬁﬃfi", (0, 1), (1, 2), (2, 4))
        self.assert_spans("İ", "xİİ", (1, 2), (2, 3))
        self.assert_spans("😀", "ß😀", (1, 2))

    def test_spans_are_of_what_matches(self) -> None:
        chance = random.Random(1)
        texts = ["".join(chance.choices(ODD, k=chance.randint(0, 9))) for _ in range(3000)]
        found = 0
        for text in [*texts, *nasty.ALL]:
            words = "".join(chance.choices(ODD, k=chance.randint(1, 3)))
            query = search.parse(words)
            spans = query.spans(text)
            found += len(spans)
            self.assertEqual(bool(spans), query.matches("", text), (words, text))
            places = [place for span in spans for place in span]
            self.assertEqual(places, sorted(places))
            for start, end in spans:
                self.assertIn(query.phrase, text[start:end].casefold())
                self.assertNotIn(query.phrase, text[start : end - 1].casefold())
        self.assertGreater(found, 200)

    def test_no_letter_becomes_nothing(self) -> None:
        """`_origins` stands on it."""
        self.assertTrue(all(chr(point).casefold() for point in range(sys.maxunicode + 1)))


if __name__ == "__main__":
    unittest.main()
