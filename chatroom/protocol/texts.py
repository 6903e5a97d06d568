"""How much text an entry and a request hold, how a longer text is split, what is harmless."""

import unicodedata
from collections.abc import Iterator, Sequence

from chatroom.protocol import messages, wire

PICTURES = {code: 0x2400 + code for code in range(32)} | {0x7F: 0x2421}
"""For each control character of ASCII the picture of it."""
HARMLESS = PICTURES | {
    **dict.fromkeys(range(0x80, 0xA0), 0xFFFD),
    **dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)), 0xFFFD),  # turn the line
    **dict.fromkeys((0x2028, 0x2029), 0x240A),
}
"""For `str.translate`: what makes a text one line that acts on nothing."""

_FLAG_LETTERS = "".join(map(chr, range(0x1F1E6, 0x1F200)))
_BETWEEN_TEXTS = 3  # two quotes and a comma


def list_fits(texts: Sequence[str]) -> int:
    """Return how many of the texts, from the first, one message carries: at least one."""
    size = 0
    for count, text in enumerate(texts):
        size += _json_size(text) + _BETWEEN_TEXTS
        if size > wire.LIST_SIZE:
            return max(count, 1)
    return len(texts)


def text_fits(text: str) -> bool:
    """Tell whether the text can be one entry: not empty, encodable and short enough."""
    try:
        return 0 < len(text.encode()) <= wire.TEXT_SIZE
    except UnicodeEncodeError:
        return False


def split_text(text: str) -> list[str]:
    """Split a text into parts that each fit an entry and a Say; joined, they are the text.

    A part ends after a line break or a space where there is one in its last third.
    Lone surrogates, which no encoding carries, become U+FFFD.
    """
    return list(parts(text))


def parts(text: str) -> Iterator[str]:
    """Yield the same parts, one at a time: a long text takes a while."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    start = 0
    while start < len(text):
        part = text[start : start + wire.TEXT_SIZE]  # at least a byte for each character
        end = _longest_fit(part)
        if start + end < len(text):
            floor = end * 2 // 3
            cut = part.rfind("\n", floor, end) + 1 or part.rfind(" ", floor, end) + 1
            end = cut or _between_clusters(text[start : start + end + 1], end)
        yield part[:end]
        start += end


# --------------------------------------------------------------------------------------


def _json_size(text: str) -> int:
    return len(messages.to_json(text)) - 2


def _longest_fit(text: str) -> int:
    """Return how many characters fit one entry; each takes 1 byte at the least."""
    low, high = 1, min(len(text), wire.TEXT_SIZE)
    while low < high:
        middle = (low + high + 1) // 2
        part = text[:middle]
        fits = (
            len(part.encode()) <= wire.TEXT_SIZE
            and _json_size(part) <= wire.LIST_SIZE - _BETWEEN_TEXTS
        )
        low, high = (middle, high) if fits else (low, middle - 1)
    return low


def _between_clusters(text: str, end: int) -> int:
    """Move `end` back, a few characters at most, out of an emoji or accent sequence."""
    for cut in range(end, max(end - 16, 0), -1):
        before, after = text[cut - 1], text[cut]
        if (
            before != "\u200d"
            and not _continues_cluster(after)
            and not (after in _FLAG_LETTERS and _splits_flag(text[:cut]))
            and (before, after) != ("\r", "\n")
        ):
            return cut
    return end


def _continues_cluster(character: str) -> bool:
    return (
        unicodedata.category(character).startswith("M")  # marks: accents, keycaps
        or character == "\u200d"
        or "\U0001f3fb" <= character <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= character <= "\U000e007f"  # tags of a flag
    )


def _splits_flag(before: str) -> bool:
    """Tell whether a text ends with the first half of a flag of two letters."""
    letters = len(before) - len(before.rstrip(_FLAG_LETTERS))
    return letters % 2 == 1
