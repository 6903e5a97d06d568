"""What others wrote, made to stand in a sentence without being taken for a part of it."""

import unicodedata

from chatroom.protocol import texts


def show_text(text: str) -> str:
    """Return a text on one line, its control characters as harmless pictures."""
    return text.translate(texts.HARMLESS)


def quoted(name: str) -> str:
    """Return a name as it stands in a sentence, so that none reads like a part of it.

    One plain word (letters of any script, digits, hyphens, apostrophes, underscores) stays as
    it is; any other is put in quotes, of which it then has none itself, and on one line: also
    who was refused for a name that is none stands in the host's log.
    """
    if name and all(map(_is_plain, name)):
        return name
    return f"\u201c{show_text(name).translate(_OTHER_QUOTES)}\u201d"


# --------------------------------------------------------------------------------------

_DOUBLE_QUOTES = '"\u02ba\u201c\u201d\u201e\u201f\u2033\u2036\u275d\u275e\u301d\u301e\u301f\uff02'
_OTHER_QUOTES = str.maketrans(dict.fromkeys(_DOUBLE_QUOTES, "'"))
"""Double quotes and what looks like them, made single."""


def _is_plain(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" or character in "-'\u2019_"
