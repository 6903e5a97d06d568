"""As much of Markdown as the help is written in: its text as parts to be drawn.

Parts stand apart by an empty line: a heading (`#` or `##`), a paragraph, a list (`-` or `1.`),
a table, or code, which begins with four spaces. In a line there may be **bold**, *italic*,
`code` and [links](of which the words alone are kept).
"""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple


class Style(Enum):
    """How a piece of a line is written."""

    PLAIN = "plain"
    BOLD = "bold"
    ITALIC = "italic"
    CODE = "code"


class Span(NamedTuple):
    """A piece of a line."""

    text: str
    style: Style


Line = tuple[Span, ...]


class Heading(NamedTuple):
    """Begins a section (level 1), or a part of one (2)."""

    level: int
    text: str


class Paragraph(NamedTuple):
    """Some sentences."""

    line: Line


class Item(NamedTuple):
    """One of a list, with its number (`2.`) or a dot."""

    mark: str
    line: Line


class Code(NamedTuple):
    """Lines to be typed as they are."""

    text: str


class Row(NamedTuple):
    """One of a table; the first row is of headings."""

    cells: tuple[Line, ...]
    is_head: bool


Part = Heading | Paragraph | Item | Code | Row

DOT = "\u2022"
INDENT = "    "

_HEADING = re.compile(r"(#+) (.*)")
_ITEM = re.compile(r"^(-|\d+\.) +", re.MULTILINE)
_CELL_END = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"\[([^]]+)\]\([^)]*\)")
_SPAN = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>.+?)\*|`(?P<code>.+?)`")


def parse(source: str) -> Iterator[Part]:
    """Yield the parts of a text, in order."""
    for block in re.split(r"\n{2,}", source.strip("\n")):
        heading = _HEADING.fullmatch(block)
        if heading:
            yield Heading(len(heading[1]), heading[2])
        elif block.startswith(INDENT):
            yield Code("\n".join(line.removeprefix(INDENT) for line in block.split("\n")))
        elif block.startswith("|"):
            yield from _rows(block)
        elif _ITEM.match(block):
            yield from _items(block)
        else:
            yield Paragraph(spans(block))


def spans(text: str) -> Line:
    """Return the pieces of a line, which may be written on several."""
    text = _LINK.sub(r"\1", " ".join(text.split()))
    found, end = [], 0
    for match in _SPAN.finditer(text):
        found.append(Span(text[end : match.start()], Style.PLAIN))
        found.append(Span(match[match.lastgroup or 0], Style(match.lastgroup)))
        end = match.end()
    found.append(Span(text[end:], Style.PLAIN))
    return tuple(span for span in found if span.text)


def plain(line: Line) -> str:
    """Return what is written in a line."""
    return "".join(span.text for span in line)


# --------------------------------------------------------------------------------------


def _items(block: str) -> Iterator[Item]:
    pieces = _ITEM.split(block)[1:]  # mark, text, mark, text ...
    for mark, text in zip(pieces[::2], pieces[1::2], strict=True):
        yield Item(DOT if mark == "-" else mark, spans(text))


def _rows(block: str) -> Iterator[Row]:
    lines = block.split("\n")
    for number, line in enumerate(lines):
        if number != 1:  # the line under the headings
            cells = _CELL_END.split(line.strip())[1:-1]
            yield Row(tuple(spans(cell.replace("\\|", "|")) for cell in cells), number == 0)
