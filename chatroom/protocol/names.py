"""User names: which are good, and which are the same."""

import unicodedata

LONGEST = 32
RESERVED = "System"

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
_BLANK_LETTERS = "\u115f\u1160\u2800\u3164\uffa0"


def name_key(name: str) -> str:
    """Return what two names have in common that look the same or differ in case only."""
    folded = unicodedata.normalize("NFKC", name).casefold().translate(_UNSEEN)
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def name_problem(name: str) -> str | None:
    """Return what is wrong with a name, as a sentence, or None where it is good."""
    if not name.strip():
        return "Please type a name."
    if name != name.strip():
        return "A name neither starts nor ends with a space."
    if len(name) > LONGEST:
        return f"A name has at most {LONGEST} characters; this one has {len(name)}."
    if any(_is_unfit(character) for character in name):
        return "A name cannot hold invisible, control or text-direction characters."
    if name_key(name) in ("", name_key(RESERVED)):
        return f"The name {name!r} is reserved. Please choose another."
    return None


def _is_unfit(character: str) -> bool:
    if character in _JOINERS:
        return False
    # Control, format (bidi among them), surrogate, unassigned, private; separators.
    category = unicodedata.category(character)
    return category[0] == "C" or category in ("Zl", "Zp") or character in _BLANK_LETTERS
