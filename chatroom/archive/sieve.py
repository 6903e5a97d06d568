"""Which lines of archive.csv a query may match, told without decoding them.

Where a decoded text holds a phrase, the phrase, or at least a run of it without such
characters as `rows` writes in another way, stands in the line too, but for upper and lower
case. A table for `bytes.translate` makes what differs in case the same: for each letter of
the run it gives the bytes of all that fold to it (in UTF-8 "П", D0 9F, and "п", D0 BF) one
value, place by place. It makes more the same than `str.casefold` does, so that a line that
passes is decoded and looked at; a line that does not pass cannot match.

That holds for *even* lines. The others, which are few, have a letter that folds to more than
one or to another number of bytes ("ß", "İ", the Kelvin sign, ligatures), or an escape of
`rows` in the middle of a cell. `is_even` tells it when a line is indexed; each of the others
is folded by itself, as a `str`.
"""

import functools
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from chatroom.protocol import search

_CASED = (
    *(range(0x600), range(0x1000, 0x3000), range(0xA600, 0xAC00), range(0xFB00, 0x12000)),
    *(range(0x16E00, 0x17000), range(0x1E900, 0x1EA00)),
)
"""Where letters are that fold: to look for them everywhere would take 40 ms."""

_ESCAPE = "\u2425"
_ESCAPE_WITHIN = re.compile(f'[^"]{_ESCAPE}')
_WRITTEN_OTHERWISE = re.compile('["\0-\x1f\x7f\u2400-\u2421\u2425]')


def is_even(line: bytes) -> bool:
    """Tell whether a line that holds a record can be told by its bytes.

    What stands before the first comma, the room in most lines, is not looked for.
    """
    if line.isascii():
        return True
    cells = line.partition(b",")[2].decode()
    if _uneven_letter().search(cells):
        return False
    return _ESCAPE not in cells or not _ESCAPE_WITHIN.search(cells)


def _folded() -> Iterator[tuple[str, str]]:
    """Yield each letter that `str.casefold` changes, and what it makes of it."""
    for letter in map(chr, itertools.chain(*_CASED)):
        folded = letter.casefold()
        if folded != letter:
            yield letter, folded


def _keeps_its_size(letter: str, folded: str) -> bool:
    return len(folded) == 1 and len(folded.encode()) == len(letter.encode())


@functools.cache
def _uneven_letter() -> re.Pattern[str]:
    letters = (letter for letter, folded in _folded() if not _keeps_its_size(letter, folded))
    return re.compile(f"[{''.join(letters)}]")


@functools.cache
def _folding_to() -> dict[str, list[str]]:
    """Return for each folded letter the others, as many bytes long, that fold to it."""
    letters: defaultdict[str, list[str]] = defaultdict(list)
    for letter, folded in _folded():
        if _keeps_its_size(letter, folded):
            letters[folded].append(letter)
    return letters


class Sifted(NamedTuple):
    """What came of a block: the lines that pass, and how many were looked at one by one."""

    passed: list[int]
    looked_at: int


class Sieve:
    """Passes every line that a query matches, and few others."""

    def __init__(self, query: search.Query) -> None:
        """Look for the longest runs of the query's phrase and names."""
        self._phrase = _longest_run(query.phrase)
        self._names = [_longest_run(name) for name in query.names]
        self._fold = _folding("".join((self._phrase, *self._names)))
        self._phrase_probe = self._fold(self._phrase.encode())
        self._name_probes = [self._fold(name.encode()) for name in self._names]
        by_phrase = self._phrase or not self._names  # b"" stands in every line
        self._probes = [self._phrase_probe] if by_phrase else self._name_probes

    def sift(self, block: bytes) -> Sifted:
        """Tell which lines of the block, numbered from 0, pass, if they are even."""
        folded = self._fold(block)
        probes = [probe for probe in self._probes if probe in folded]
        if not probes:
            return Sifted([], 0)
        lines = enumerate(folded.split(b"\n")[:-1])
        if len(probes) == 1:  # quicker said
            probe = probes[0]
            held = [(number, line) for number, line in lines if probe in line]
        else:
            held = [one for one in lines if any(probe in one[1] for probe in probes)]
        return Sifted([number for number, line in held if self._passes(line)], len(held))

    def sift_uneven(self, lines: list[tuple[int, bytes]]) -> list[int]:
        """Return the numbers of those lines that pass, of lines that are not even."""
        if not self._may_hold(b"".join(line for _, line in lines)):
            return []
        return [number for number, line in lines if self._may_hold(line)]

    def _may_hold(self, line: bytes) -> bool:
        folded = line.decode(errors="replace").replace(_ESCAPE, "").casefold()
        return self._phrase in folded and (
            not self._names or any(name in folded for name in self._names)
        )

    def _passes(self, line: bytes) -> bool:
        """Tell whether what is looked for stands in the right cells, where that is clear.

        It is where the first three are in quotes, and hold none.
        """
        cells = line.split(b'"', 6)
        if len(cells) < 7 or cells[0] or not cells[2] == cells[4] == cells[6][:1] == b",":
            return True
        if self._phrase_probe not in cells[5]:
            return False
        return not self._names or any(probe in cells[3] for probe in self._name_probes)


# --------------------------------------------------------------------------------------


def _longest_run(text: str) -> str:
    return max(_WRITTEN_OTHERWISE.split(text), key=len)


def _folding(letters: str) -> Callable[[bytes], bytes]:
    """Return what makes the same whatever folds to these letters, and is as long."""
    if letters.isascii():
        return bytes.lower  # quicker than a table
    table = list(range(256))
    for letter in dict.fromkeys(letters):
        for other in _folding_to().get(letter, ()):
            for ours, theirs in zip(letter.encode(), other.encode(), strict=True):
                kept, lost = table[ours], table[theirs]
                if kept != lost:
                    table = [kept if value == lost else value for value in table]
    changed = bytes(table)
    return bytes if changed == bytes(range(256)) else lambda data: data.translate(changed)
