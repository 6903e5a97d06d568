"""What is special in a text: links, names, emoji, the way it runs. Nothing of Tk.

A text is shown with harmless pictures instead of control characters, one for one, but for
line breaks and tabs; places in it are counted in characters of what is shown.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

from chatroom import words

LINK = "link"
NAME = "name"  # somebody's, after an @
OWN_NAME = "own name"
EMOJI = "emoji"

JUMBO_MOST = 6
"""So many emoji, and nothing else, are shown large."""

_ONE_EMOJI = (
    "(?:[\U0001f1e6-\U0001f1ff]{2}"  # a flag
    "|[\U0001f004\U0001f0cf\U0001f18e\U0001f191-\U0001f19a\U0001f201-\U0001faff"
    "\u231a\u231b\u23e9-\u23ec\u23f0\u23f3\u25fd\u25fe\u2614\u2615\u2648-\u2653\u267f\u2693"
    "\u26a1\u26aa\u26ab\u26bd\u26be\u26c4\u26c5\u26ce\u26d4\u26ea\u26f2\u26f3\u26f5\u26fa\u26fd"
    "\u2705\u270a\u270b\u2728\u274c\u274e\u2753-\u2755\u2757\u2795-\u2797\u27b0\u27bf"
    "\u2b1b\u2b1c\u2b50\u2b55]\ufe0f?"
    "|[\u00a9\u00ae\u203c-\u3299]\ufe0f"  # in colour only where that is asked for
    "|[0-9#*]\ufe0f\u20e3)"
)
_EMOJI = f"{_ONE_EMOJI}[\U0001f3fb-\U0001f3ff]?(?:\u200d{_ONE_EMOJI}[\U0001f3fb-\U0001f3ff]?)*"
_IN_LINK = r"[^\s<>\"\u2400-\u2421\ufffd]"
_LINK = (
    rf"(?:https?://{_IN_LINK}|(?<![\w.@/:-])www\.[^\W_][\w-]*\.)"
    rf"{_IN_LINK}*(?![.,;:!?'*_~]){_IN_LINK}"
)
_EMOJI_ALONE = re.compile(rf"\s*(?:{_EMOJI}\s*){{1,{JUMBO_MOST}}}")
_MAY_BE_SPECIAL = re.compile(r"@|://|www\.", re.IGNORECASE)
_BRACKETS = {")": "(", "]": "["}
_ON_ONE_LINE = re.compile(r"[^\t\n]+")


class Mark(NamedTuple):
    """Characters `start` to `end` of a text are something special."""

    start: int
    end: int
    tag: str


class Message(NamedTuple):
    """A text as it is shown, and what is special in it; lines are counted from 1."""

    text: str
    marks: tuple[Mark, ...]
    is_jumbo: bool
    lines_from_right: tuple[int, ...]
    lines_without_spaces: tuple[int, ...]


@functools.lru_cache(maxsize=512)
def read(text: str, own_name: str) -> Message:
    """Return what is to be shown of a message, without line breaks at its end.

    The parts of a long text have one there; copied, they keep it.
    """
    text = shown(text).rstrip("\n")
    if text.isascii() and not own_name and not _MAY_BE_SPECIAL.search(text):
        return Message(text, (), False, (), ())
    from_right: list[int] = []
    without_spaces: list[int] = []
    if not text.isascii():
        for number, line in enumerate(text.split("\n"), start=1):
            if runs_from_right(line):
                from_right.append(number)
            if has_few_spaces(line):
                without_spaces.append(number)
    is_jumbo = _EMOJI_ALONE.fullmatch(text) is not None
    marks = tuple(_find(text, own_name))
    return Message(text, marks, is_jumbo, tuple(from_right), tuple(without_spaces))


def shown(text: str) -> str:
    """Return a text on its own lines, its control characters as pictures; a tab is a gap."""
    if text.isprintable():  # nearly always, and no picture is needed
        return text
    return _ON_ONE_LINE.sub(lambda part: words.show_text(part[0]), text.replace("\r\n", "\n"))


def _find(text: str, own_name: str) -> Iterator[Mark]:
    """Yield what is special, in its order; no two of them overlap."""
    for found in _tokens(own_name).finditer(text):
        start, end = found.span()
        tag = found.lastgroup or ""
        if tag == "link":
            end = _without_bracket(text, start, end)
        yield Mark(start, end, OWN_NAME if tag == "own" else tag)


@functools.lru_cache(maxsize=8)
def _tokens(own_name: str) -> re.Pattern[str]:
    parts = [f"(?P<link>{_LINK})"]
    if own_name:
        called = [own_name, own_name.split()[0]]
        at = "|".join(re.escape(name) for name in called)
        bare = rf"|(?<![\w@]){re.escape(own_name)}(?!\w)" if len(own_name) > 1 else ""
        parts.append(rf"(?P<own>(?<!\w)@(?:{at})(?!\w){bare})")
    parts += [r"(?P<name>(?<!\w)@\w+)", f"(?P<emoji>(?:{_EMOJI})+)"]
    return re.compile("|".join(parts), re.IGNORECASE)


def _without_bracket(text: str, start: int, end: int) -> int:
    """Return where a link ends that may stand in brackets, or have some of its own."""
    while text[end - 1] in _BRACKETS:
        opening = _BRACKETS[text[end - 1]]
        if text.count(opening, start, end) >= text.count(text[end - 1], start, end):
            break
        end -= 1
    return end


def runs_from_right(line: str) -> bool:
    """Tell whether a line runs from right to left: by its first letter (UAX #9, P2)."""
    for character in line:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False


def has_few_spaces(line: str) -> bool:
    """Tell a line of a script without spaces between words: it breaks at any character."""
    wide = sum("\u0e00" <= c <= "\u0eff" or "\u2e80" <= c <= "\ud7a3" for c in line)
    return 3 * wide > len(line)


def link_at(message: Message, at: int) -> str:
    """Return the address of the link that a character belongs to, "" where there is none."""
    for mark in message.marks:
        if mark.tag == LINK and mark.start <= at < mark.end:
            return _address(message.text, mark)
    return ""


def first_link(message: Message) -> str:
    """Return the address of the first link, "" where there is none."""
    return next((_address(message.text, one) for one in message.marks if one.tag == LINK), "")


def _address(text: str, link: Mark) -> str:
    """Return where a link leads: www.example.org is a page of http."""
    said = text[link.start : link.end]
    return said if "://" in said else f"http://{said}"


def word_at(text: str, at: int) -> tuple[int, int]:
    """Return where the word begins and ends that a character belongs to."""
    for found in re.finditer(r"\w+|[^\w\s]+|[^\S\n]+", text):
        if found.start() <= at < found.end():
            return found.span()
    return at, at
