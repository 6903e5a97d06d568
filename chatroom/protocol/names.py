"""User names: which are good, and which are the same.

A name has 1 to 32 characters, no space at either end, and none that is a control, format,
direction, private or unassigned character, a line or paragraph separator, or a sign that
draws nothing; the two joiners of emoji and Persian may stand in it. A mark stands on a
letter or sign; a colon neither ends a name nor has a space after it, where it would read as
who speaks; and scripts that look alike are not mixed (`scripts`). Two names are the same
where NFKC, casefold and look-alike letters make them so, joiners, variation selectors and
the kind and number of spaces left out. "System" is reserved.
"""

import functools
import re
import unicodedata
from enum import Enum, auto

from chatroom.problems import WrongInput
from chatroom.protocol import scripts

LONGEST = 32
RESERVED = "System"
KEYS_KEPT = 4096
"""Keys at hand, since a server asks for its people's with each request of theirs."""


class BadName(Enum):
    """Why a name is none."""

    MISSING = auto()
    SPACE_AT_AN_END = auto()
    TOO_LONG = auto()
    UNSEEN = auto()  # invisible, control or text-direction characters
    LONE_MARK = auto()  # on nothing
    COLON = auto()
    MIXED_SCRIPTS = auto()
    RESERVED = auto()


_JOINERS = "\u200c\u200d"  # inside emoji and Persian names; harmless, and not compared
_UNSEEN = dict.fromkeys(
    [
        *map(ord, _JOINERS),
        0x034F,
        0x17B4,
        0x17B5,
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    ]
)
_BLANKS = "\u115f\u1160\u2800\u3164\uffa0\ufffc\U00016fe4\U0001d159"
_COLONS = (
    "[:\u02d0\u02d1\u02f8\u05c3\u0589\u0703-\u0708\u1365\u1803\u1804\u205a\u2236\ua789](\\s|$)"
)


@functools.lru_cache(KEYS_KEPT)
def name_key(name: str) -> str:
    """Return what two names have in common that look the same or differ in case only."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_UNSEEN)
    return scripts.skeleton(" ".join(unicodedata.normalize("NFKC", folded).split()))


def check_name(name: str) -> str:
    """Return the name. Raises WrongInput where it is not one, with a BadName."""
    if not name.strip():
        raise WrongInput(BadName.MISSING)
    if name != name.strip():
        raise WrongInput(BadName.SPACE_AT_AN_END)
    if len(name) > LONGEST:
        raise WrongInput(BadName.TOO_LONG, most=LONGEST, size=len(name))
    if any(_is_unfit(character) for character in name):
        raise WrongInput(BadName.UNSEEN)
    if _has_lone_mark(name):
        raise WrongInput(BadName.LONE_MARK)
    plain = unicodedata.normalize("NFKC", name)
    if re.search(_COLONS, plain):
        raise WrongInput(BadName.COLON)
    if scripts.are_mixed(plain):
        raise WrongInput(BadName.MIXED_SCRIPTS)
    if name_key(name) in ("", name_key(RESERVED)):
        raise WrongInput(BadName.RESERVED, given=name)
    return name


def is_name(name: str) -> bool:
    """Tell whether `check_name` finds nothing wrong."""
    try:
        check_name(name)
    except WrongInput:
        return False
    return True


def _is_unfit(character: str) -> bool:
    if character in _JOINERS:
        return False
    # Control, format (bidi among them), surrogate, unassigned, private; separators.
    category = unicodedata.category(character)
    return category[0] == "C" or category in ("Zl", "Zp") or character in _BLANKS


def _has_lone_mark(name: str) -> bool:
    """Tell whether a combining mark stands at the beginning or after a space."""
    seen = name.translate(dict.fromkeys(map(ord, _JOINERS)))
    return any(
        unicodedata.category(mark).startswith("M")
        for before, mark in zip(" " + seen, seen, strict=False)
        if before.isspace()
    )
