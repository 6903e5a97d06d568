"""Writing systems, as far as the names of characters tell them (UTS 39 needs tables beyond).

A letter's script is the first word of its Unicode name. A name in which scripts with
look-alike letters are mixed can pass for another; one that is written wholly in such a
script can, too, where all of its letters have a double: `skeleton` makes them the same.
"""

import re
import unicodedata

_EAST_ASIAN = {"CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}
_LOOK_ALIKES = {"LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU", "DESERET"}
"""Scripts of which letters look like those of another here."""

_ALIKE = (
    ("i1|0\u0131\u01c0\u0251\u0261\u0269\ua781", "lllollagll"),  # Latin, and digits
    ("\u1d00\u0299\u1d04\u1d05\u1d07\ua730\u0262\u029c\u026a", "abcdefghl"),  # small capitals
    ("\u1d0a\u1d0b\u029f\u1d0d\u0274\u1d0f\u1d18\ua7af", "jklmnopq"),
    ("\u0280\ua731\u1d1b\u1d1c\u1d20\u1d21\u028f\u1d22", "rstuvwyz"),
    ("\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442", "abekmhopct"),  # Cyrillic
    ("\u0443\u0445\u0455\u0456\u0458\u04bb\u04cf\u0501\u051b\u051d", "yxsljhldqw"),
    ("\u03b1\u03b2\u03b5\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1", "abelkmvop"),  # Greek
    ("\u03c4\u03c5\u03c7", "tyx"),
    ("\u0578\u057d\u0585", "nuo"),  # Armenian
    ("\u0649\u06cc\u06a9\u06c1\u06d5", "\u064a\u064a\u0643\u0647\u0647"),  # Arabic
    ("\u30a8\u30ab\u30ed\u30cb\u30cf\u30bf", "\u5de5\u529b\u53e3\u4e8c\u516b\u5915"),  # Katakana
    ("\u30c8\u30aa\u30fc\u30d8\u30d9\u30da\u30ea", "\u535c\u624d\u4e00\u3078\u3079\u307a\u308a"),
    ("\u2010\u2012\u2013\u2212", "----"),
    ("\u2018\u2019\u02bb\u02bc\u05f3\u2032\ua78c", "'''''''"),
)
"""Small letters and signs, after casefold, and what they or their capitals look like.

Most are small Latin letters: I is l, and so is i; a small capital is its letter. An Arabic
letter is another one that has its shape at some place in a word, a kana is an ideograph.
"""

_DOUBLES = {ord(one): double for pair in _ALIKE for one, double in zip(*pair, strict=True)}
_DOT = re.compile("(?<=[lj])\u0307")
"""A dot above a letter that has one: i, which is l here, and j."""


def are_mixed(text: str) -> bool:
    """Tell whether letters of look-alike scripts stand beside those of another script.

    East Asian scripts are one here; Latin beside them, or beside any script without
    look-alikes, is usual (UTS 39, section 5.2, moderately restrictive).
    """
    found = {_script(character) for character in text} - {""}
    return len(found & _LOOK_ALIKES) > 1 or (
        len(found) > 1 and bool(found & (_LOOK_ALIKES - {"LATIN"}))
    )


def skeleton(folded: str) -> str:
    """Return a casefolded text with every letter that has a double as that."""
    return _DOT.sub("", folded.translate(_DOUBLES))


def _script(character: str) -> str:
    """Return the script of a letter, "" for what is no letter."""
    if not unicodedata.category(character).startswith("L"):
        return ""
    word = unicodedata.name(character, "").replace("-", " ").partition(" ")[0]
    return "CJK" if word in _EAST_ASIAN else word
