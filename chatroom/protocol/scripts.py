"""Writing systems, as far as the names of characters tell them (UTS 39 needs tables beyond).

A letter's script is the first word of its Unicode name. A name in which scripts with
look-alike letters are mixed can pass for another; one that is written wholly in such a
script can, too, where all of its letters have a double: `skeleton` makes them the same.
"""

import unicodedata

_EAST_ASIAN = {"CJK", "IDEOGRAPHIC", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"}
_LOOK_ALIKES = {"LATIN", "CYRILLIC", "GREEK", "COPTIC", "ARMENIAN", "CHEROKEE", "LISU", "DESERET"}
"""Scripts of which letters look like those of another here."""

_DOUBLES = str.maketrans(
    "i1|0\u0131\u01c0\u0251\u0261"  # Latin, and digits
    "\u0430\u0432\u0435\u043a\u043c\u043d\u043e\u0440\u0441\u0442\u0443\u0445"  # Cyrillic
    "\u0455\u0456\u0458\u04bb\u04cf\u0501\u051b\u051d"
    "\u03b1\u03b2\u03b5\u03b9\u03ba\u03bc\u03bd\u03bf\u03c1\u03c4\u03c5\u03c7"  # Greek
    "\u0578\u057d\u0585",  # Armenian
    "lllollagabekmhopctyxsljhldqwabelkmvoptyxnuo",
)
"""Small letters and signs, after casefold, and the small Latin letters that they or their
capitals look like: I is l, and so is i."""


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
    """Return a casefolded text with every letter that has a Latin double as that."""
    return folded.translate(_DOUBLES)


def _script(character: str) -> str:
    """Return the script of a letter, "" for what is no letter."""
    if not unicodedata.category(character).startswith("L"):
        return ""
    word = unicodedata.name(character, "").replace("-", " ").partition(" ")[0]
    return "CJK" if word in _EAST_ASIAN else word
