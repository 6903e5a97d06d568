"""Names: which are good, and which two are the same."""

import unicodedata
import unittest

from chatroom.problems import WrongInput
from chatroom.protocol.names import LONGEST, BadName, check_name, is_name, name_key
from chatroom.protocol.wire import NAME_SIZE

# Unicode's Default_Ignorable_Code_Point, the assigned ones: nothing is drawn for them.
IGNORABLE = """
    AD 34F 61C 115F-1160 17B4-17B5 180B-180F 200B-200F 202A-202E 2060-206F 3164
    FE00-FE0F FEFF FFA0 1BCA0-1BCA3 1D173-1D17A E0001 E0020-E007F E0100-E01EF
"""


def code_points(ranges: str) -> list[int]:
    codes: list[int] = []
    for word in ranges.split():
        first, _, last = word.partition("-")
        codes += range(int(first, 16), int(last or first, 16) + 1)
    return codes


class Problems(unittest.TestCase):
    def assert_refused(self, name: str, reason: BadName) -> None:
        with self.subTest(name=ascii(name)), self.assertRaises(WrongInput) as caught:
            check_name(name)
        self.assertIs(caught.exception.reason, reason)
        self.assertFalse(is_name(name))

    def test_good_names(self) -> None:
        for name in (
            "Ana",
            "Zoë",
            "O'Neil-Smith Jr.",
            "李小龙",
            "محمد",
            "می\u200cخواهم",
            "👩\u200d🚀",
            "❤\ufe0f",
            "🧶" * LONGEST,
            "=1+1",
            "Systems",
            "0",
        ):
            with self.subTest(name=name):
                self.assertEqual(check_name(name), name)

    def test_no_name(self) -> None:
        for name in ("", " ", "\t\n", "\u3000"):
            self.assert_refused(name, BadName.MISSING)

    def test_space_at_either_end(self) -> None:
        for name in (" Ana", "Ana ", "Ana\n", "\u00a0Ana"):
            self.assert_refused(name, BadName.SPACE_AT_AN_END)

    def test_name_too_long(self) -> None:
        self.assert_refused("x" * (LONGEST + 1), BadName.TOO_LONG)

    def test_longest_name_fits_the_wire(self) -> None:
        name = "\U0001f9f6" * LONGEST
        self.assertEqual(check_name(name), name)
        self.assertLessEqual(len(name.encode()), NAME_SIZE)

    def test_control_characters(self) -> None:
        for character in map(chr, (*range(0x20), *range(0x7F, 0xA0))):
            self.assert_refused(f"A{character}b", BadName.UNSEEN)

    def test_text_direction_and_line_separators(self) -> None:
        for character in "\u061c\u200e\u200f\u202a\u202e\u2066\u2069\u2028\u2029":
            self.assert_refused(f"A{character}b", BadName.UNSEEN)

    def test_surrogate_private_and_unassigned(self) -> None:
        for character in "\ud800\ue000\ufdd0\uffff\U0010ffff":
            self.assert_refused(f"A{character}b", BadName.UNSEEN)

    def test_letters_that_show_nothing(self) -> None:
        for character in "\u115f\u1160\u2800\u3164\uffa0":
            self.assert_refused(f"A{character}b", BadName.UNSEEN)
            self.assert_refused(character, BadName.UNSEEN)

    def test_signs_that_show_nothing(self) -> None:
        for character in "\ufffc\U00016fe4\U0001d159":
            self.assert_refused(f"A{character}b", BadName.UNSEEN)

    def test_mark_without_a_letter(self) -> None:
        for name in ("\u0301", "\u0301Ana", "Ana \u0308", "\u200d\u0301x", "\u20dd"):
            self.assert_refused(name, BadName.LONE_MARK)
        self.assertTrue(is_name("Zoe\u0308"))

    def test_colon_where_it_would_read_as_who_speaks(self) -> None:
        for name in ("Ana:", "Ana: hi", "Ana\uff1a hi", "Ana\ua789", "Ana\u2236 x", "Ana\u02f8 x"):
            self.assert_refused(name, BadName.COLON)
        self.assertTrue(is_name("Ana:Lu"))

    def test_scripts_that_look_alike_are_not_mixed(self) -> None:
        for name in ("\u0410na", "B\u03bfb", "Ana \u0418\u0432\u0430\u043d", "\u13aana"):
            self.assert_refused(name, BadName.MIXED_SCRIPTS)
        for name in (
            "\u0418\u0432\u0430\u043d",
            "\u0393\u03b9\u03ce\u03c1\u03b3\u03bf\u03c2",
            "\u674e Lee",
            "\u3059\u305a\u30ad\u674e",
            "\u0645\u062d\u0645\u062f Ali",
            "\uff21na",
        ):
            self.assertTrue(is_name(name), ascii(name))

    def test_reserved_name_in_any_disguise(self) -> None:
        for name in (
            "System",
            "SYSTEM",
            "ｓｙｓｔｅｍ",
            "𝐒𝐲𝐬𝐭𝐞𝐦",
            "Sys\u200dtem",
            "System\ufe0f",
            "ſystem",
        ):
            self.assert_refused(name, BadName.RESERVED)

    def test_name_of_nothing_but_joiners(self) -> None:
        for name in ("\u200d", "\u200c\u200c"):
            self.assert_refused(name, BadName.RESERVED)
        for name in ("\ufe0f", "\u034f"):
            self.assert_refused(name, BadName.LONE_MARK)


class Keys(unittest.TestCase):
    def assert_same(self, *names: str) -> None:
        self.assertEqual(len({name_key(name) for name in names}), 1, ascii(names))

    def assert_different(self, *names: str) -> None:
        self.assertEqual(len({name_key(name) for name in names}), len(names))

    def test_case_is_ignored(self) -> None:
        self.assert_same("Ana", "ANA", "ana")
        self.assert_same("Straße", "STRASSE")
        self.assert_same("ΟΔΟΣ", "οδος", "οδοσ")

    def test_composition_and_width_are_ignored(self) -> None:
        for name in ("Zoë", "Ångström", "한국어"):
            self.assert_same(*(unicodedata.normalize(form, name) for form in ("NFC", "NFD")))
        self.assert_same("Ana", "Ａｎａ", "𝐀𝐧𝐚")
        self.assert_same("Ⅳ", "iv")

    def test_letters_that_look_alike_are_the_same(self) -> None:
        self.assert_same("Capa", "\u0421\u0430\u0440\u0430")  # Cyrillic
        self.assert_same("TOM", "\u03a4\u039f\u039c")  # Greek
        self.assert_same("Alice", "AIice", "A1ice", "A\u0456ice", "A\u01c0ice")
        self.assert_same("Bob", "B0b", "B\u1d0fb", "\u0299ob")
        self.assert_same("Budi", "Budi\u0307", "Bud\u0131\u0307", "B\u1d1cdi", "BUD\u0130")
        self.assert_same("Ana-Maria", "Ana\u2010Maria", "Ana\u2011Maria", "Ana\u2013Maria")
        self.assert_same("O'Brien", "O\u2019Brien", "O\u02bcBrien")
        self.assert_same("\u0639\u0644\u064a", "\u0639\u0644\u06cc", "\u0639\u0644\u0649")
        self.assert_same("\u5de5\u529b\u53e3", "\u30a8\u30ab\u30ed")
        self.assert_same("Ana", "An\u0251")
        self.assert_different("Guest 10", "Guest 11", "Guest 12", "Guest")
        self.assert_different("Ivan", "\u0418\u0432\u0430\u043d")

    def test_kind_and_number_of_spaces_are_ignored(self) -> None:
        self.assert_same("Ana Lu", "Ana  Lu", "Ana\u00a0Lu", "Ana\u3000Lu")

    def test_accents_and_letters_count(self) -> None:
        self.assert_different("Ana", "Aná", "Anna", "An a", "Ana1", "")

    def test_what_cannot_be_seen_makes_no_other_name(self) -> None:
        unnoticed = []
        for code in code_points(IGNORABLE):
            name = f"An{chr(code)}a"
            if is_name(name) and name_key(name) != name_key("Ana"):
                unnoticed.append(hex(code))
        self.assertEqual(unnoticed, [], "make a second Ana that looks like the first")

    def test_unseen_character_between_letter_and_accent_is_ignored(self) -> None:
        self.assert_same("Zoë", "Zoe\u034f\u0308", "Zoe\u200d\u0308")

    def test_key_of_a_key_is_the_key(self) -> None:
        for name in ("Straße", "Ⅳ", "ﬃ", "İ", "ΟΔΟΣ", "e\u0345\u0301", "㎒", "ſ"):
            with self.subTest(name=name):
                self.assert_same(name, name_key(name))
