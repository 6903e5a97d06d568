"""Soft breaks, for Tk lays out a line in a time that grows with the square of its length.

A line of a million characters freezes a Text for half a minute, one of some thousands for
a few milliseconds. So a Text is given no longer ones: a soft break, an invisible character
and a line feed, stands where a line is broken for Tk alone, and is taken out again of what
is read.
"""

from collections.abc import Iterator

LINE_MOST = 4000
"""Characters in a line of a Text."""

MARK = "\u2063"
SOFT_BREAK = MARK + "\n"
"""The invisible separator says nothing, so that none of those in a text is missed."""


def soften(text: str, before: int = 0, after: int = 0) -> str:
    """Return a text with soft breaks, none of whose lines is too long.

    So many characters stand before it in the line that it is put into, and after it.
    """
    lines = text.replace(MARK, "").split("\n")
    if max(map(len, lines)) + before + after <= LINE_MOST:
        return "\n".join(lines)
    broken = [
        SOFT_BREAK.join(_pieces(line, LINE_MOST - (before if number == 0 else 0)))
        for number, line in enumerate(lines)
    ]
    whole = "\n".join(broken)
    last = (before + len(whole)) if "\n" not in whole else len(whole) - whole.rfind("\n") - 1
    return whole + (SOFT_BREAK if after and last + after > LINE_MOST else "")


def harden(text: str) -> str:
    """Return a text without its soft breaks, and what is left of one that was deleted."""
    return text.replace(SOFT_BREAK, "").replace(MARK, "")


# --------------------------------------------------------------------------------------


def _pieces(line: str, first: int) -> Iterator[str]:
    """Yield a line in pieces, the first one shorter; after a space where there is one."""
    start, most = 0, max(first, 0)
    while len(line) - start > most:
        end = line.rfind(" ", start, start + most) + 1 or start + most
        yield line[start:end]
        start, most = end, LINE_MOST
    yield line[start:]
