"""Long texts: split where a reader would, each part fit to send, nothing lost."""

import random
import unittest

from chatroom.protocol import messages, wire
from chatroom.protocol.entries import Entry, entry_fits
from chatroom.protocol.texts import list_fits, split_text, text_fits

MOST_32, MOST_53 = 2**32 - 1, 2**53 - 1

NASTY = [
    "a",
    "word ",
    "line\n",
    "\r\n",
    "\0\x01\x1b\x7f",
    '"\\/',
    "é",
    "e\u0301",
    "\u2028\u2029\x85",
    "漢字かな",
    "👩🏽‍🚀",
    "❤️",
    "🧶",
    "\U0010ffff",
    "\ufffe\uffff",
    "\u202e",
    "=1+1",
    "x" * 300,
    " " * 40,
]


class Split(unittest.TestCase):
    def assert_split(self, text: str) -> list[str]:
        """Split, check what holds for every split, and return the parts."""
        parts = split_text(text)
        self.assertEqual("".join(parts), text)
        for part in parts:
            self.assertTrue(text_fits(part), part)
            self.assertTrue(entry_fits(Entry(1, "", "", part, "")), part)
            say = messages.encode_request(MOST_32, messages.Say(MOST_53, (part,)))
            self.assertLessEqual(len(say), wire.PAYLOAD_SIZE, part)
        return parts

    def assert_never_cut(self, cluster: str) -> None:
        """Split many of these in a row, beginning at every offset."""
        size = len(cluster.encode())
        cut_at = []
        for offset in range(size):
            text = "x" * offset + cluster * (2 * wire.TEXT_SIZE // size + 2)
            parts = self.assert_split(text)
            self.assertGreater(len(parts), 1)
            if any(part.lstrip("x").replace(cluster, "") for part in parts):
                cut_at.append(offset)
        self.assertEqual(cut_at, [], f"{cluster!a} is cut at these offsets")

    def test_short_text_is_one_part(self) -> None:
        for text in ("a", " ", "\n", "two words\nand a line", "x" * 900, "🧶" * 225):
            self.assertEqual(self.assert_split(text), [text])

    def test_no_text_has_no_parts(self) -> None:
        self.assertEqual(split_text(""), [])

    def test_text_over_by_a_byte_is_two_parts(self) -> None:
        self.assertEqual(self.assert_split("x" * 901), ["x" * 900, "x"])
        self.assertEqual(self.assert_split("🧶" * 225 + "x"), ["🧶" * 225, "x"])

    def test_random_nasty_texts_join_back_exactly(self) -> None:
        chance = random.Random(6)
        for _ in range(150):
            pieces = chance.choices(NASTY, k=chance.randint(1, 400))
            self.assert_split("".join(pieces))

    def test_any_characters_join_back_exactly(self) -> None:
        chance = random.Random(7)
        planes = (0x80, 0x800, 0xD800, 0x110000)
        for _ in range(100):
            plane = chance.choice(planes)
            codes = (chance.randrange(plane) for _ in range(chance.randint(1, 2500)))
            self.assert_split("".join(chr(code) for code in codes if not 0xD800 <= code < 0xE000))

    def test_characters_that_json_writes_long_are_counted_as_json(self) -> None:
        for character in '\0"\\\n':
            with self.subTest(character=character):
                self.assertGreater(len(self.assert_split(character * 900)), 1)

    def test_cut_is_after_a_line_break_rather_than_a_space(self) -> None:
        text = "x" * 700 + "\n" + "y" * 100 + " " + "z" * 500
        self.assertEqual(self.assert_split(text), ["x" * 700 + "\n", "y" * 100 + " " + "z" * 500])

    def test_cut_is_after_the_last_space_that_fits(self) -> None:
        text = "word " * 300
        self.assertEqual(self.assert_split(text), ["word " * 180, "word " * 120])

    def test_space_far_before_the_end_is_no_place_to_cut(self) -> None:
        text = "x" * 300 + " " + "y" * 900
        self.assertEqual(self.assert_split(text)[0], text[:900])

    def test_lone_surrogate_becomes_the_replacement_character(self) -> None:
        self.assertEqual(split_text("a\ud800b\udfffc"), ["a\ufffdb\ufffdc"])
        self.assertEqual(split_text("\ud83e\uddf6"), ["🧶"])

    def test_accent_stays_with_its_letter(self) -> None:
        self.assert_never_cut("e\u0301")
        self.assert_never_cut("a\u0323\u0302")

    def test_joined_emoji_stay_whole(self) -> None:
        self.assert_never_cut("👩‍👩‍👧‍👦")
        self.assert_never_cut("👩🏻‍❤️‍💋‍👨🏿")

    def test_skin_tone_stays_with_its_emoji(self) -> None:
        self.assert_never_cut("👍🏽")

    def test_emoji_style_stays_with_its_character(self) -> None:
        self.assert_never_cut("❤️")

    def test_flag_stays_whole(self) -> None:
        self.assert_never_cut("🇩🇪")

    def test_flag_of_tags_stays_whole(self) -> None:
        self.assert_never_cut(
            "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
        )

    def test_keycap_stays_whole(self) -> None:
        self.assert_never_cut("1\ufe0f\u20e3")

    def test_endless_sequence_is_cut_all_the_same(self) -> None:
        parts = self.assert_split("a" + "\u0301" * 2000)
        self.assertEqual(len(parts), 5)


class Fits(unittest.TestCase):
    def test_text_fits(self) -> None:
        for text in ("a", "x" * 900, "🧶" * 225, "\n"):
            self.assertTrue(text_fits(text), text)
        for text in ("", "x" * 901, "🧶" * 225 + "x", "\ud800"):
            self.assertFalse(text_fits(text), text)

    def test_list_of_few_fits_whole(self) -> None:
        self.assertEqual(list_fits([]), 0)
        self.assertEqual(list_fits(["a", "b"]), 2)

    def test_at_least_one_text_is_carried(self) -> None:
        self.assertEqual(list_fits(["\0" * 900, "a"]), 1)

    def test_as_many_as_fit_and_no_fewer(self) -> None:
        chance = random.Random(8)
        for _ in range(200):
            pieces = chance.choices([*NASTY, ""], k=300)
            texts = [part for piece in pieces for part in split_text(piece) or [""]]
            count = list_fits(texts)
            self.assertTrue(0 < count < len(texts))
            say, more = (
                len(messages.encode_request(MOST_32, messages.Say(MOST_53, tuple(texts[:n]))))
                for n in (count, count + 1)
            )
            self.assertLessEqual(say, wire.PAYLOAD_SIZE)
            self.assertGreater(more, wire.PAYLOAD_SIZE - 120)

    def test_list_filled_to_the_last_byte(self) -> None:
        rest = "y" * (wire.LIST_SIZE - 900 - 2 * len('"",'))
        self.assertEqual(list_fits(["x" * 900, rest]), 2)
        self.assertEqual(list_fits(["x" * 900, rest + "y"]), 1)
