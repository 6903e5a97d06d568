"""How many cells of a terminal's row a text takes, and what of it fits."""

import unicodedata


def width(text: str) -> int:
    """Return how many cells a text takes: rather one too many than one too few.

    Terminals do not agree on emoji of several characters; who takes each for itself keeps
    within the row on all of them.
    """
    if text.isascii():
        return len(text)
    return sum(map(_width_of, text))


def fitting(text: str, cells: int) -> str:
    """Return the beginning of a text that fits."""
    for end, character in enumerate(text):
        cells -= _width_of(character)
        if cells < 0:
            return text[:end]
    return text


def fitting_end(text: str, cells: int) -> str:
    """Return the end of a text that fits; no mark without its letter begins it."""
    start = len(text)
    for at in range(len(text) - 1, -1, -1):
        size = _width_of(text[at])
        cells -= size
        if cells < 0:
            break
        if size:
            start = at
    return text[start:]


def is_mark(character: str) -> bool:
    """Tell whether a character belongs to the one before: an accent, a joiner, a skin tone."""
    return (
        unicodedata.category(character) in ("Mn", "Me", "Mc")
        or character == "\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"
    )


def _width_of(character: str) -> int:
    if character == "\ufe0f":  # asks for an emoji, which is wide, in place of what is narrow
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
