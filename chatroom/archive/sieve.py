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

import re
from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from chatroom.protocol.entries import Entry
from chatroom.protocol.search import Query

_CASED_BELOW = 0x20000
_FOLDED = {
    letter: folded
    for letter in map(chr, range(_CASED_BELOW))
    if (folded := letter.casefold()) != letter
}


def _keeps_its_size(letter: str) -> bool:
    folded = _FOLDED[letter]
    return len(folded) == 1 and len(folded.encode()) == len(letter.encode())


_UNEVEN_LETTER = re.compile(f"[{''.join(one for one in _FOLDED if not _keeps_its_size(one))}]")
_ESCAPE = "\u2425"
_ESCAPE_WITHIN = re.compile(b'[^"]' + _ESCAPE.encode())
_WRITTEN_OTHERWISE = re.compile('["\0-\x1f\x7f\u2400-\u2421\u2425]')
_FOLDING_TO: defaultdict[str, list[str]] = defaultdict(list)
for _letter in filter(_keeps_its_size, _FOLDED):
    _FOLDING_TO[_FOLDED[_letter]].append(_letter)


def is_even(entry: Entry, line: bytes) -> bool:
    """Tell whether a line that holds this entry can be told by its bytes."""
    return line.isascii() or not (
        _UNEVEN_LETTER.search(entry.text)
        or _UNEVEN_LETTER.search(entry.name)
        or (_ESCAPE.encode() in line and _ESCAPE_WITHIN.search(line))
    )


class Sifted(NamedTuple):
    """What came of a block: the lines that pass, and how many were looked at one by one."""

    passed: list[int]
    looked_at: int


class Sieve:
    """Passes every line that a query matches, and few others."""

    def __init__(self, query: Query) -> None:
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
        for other in _FOLDING_TO.get(letter, ()):
            for ours, theirs in zip(letter.encode(), other.encode(), strict=True):
                kept, lost = table[ours], table[theirs]
                if kept != lost:
                    table = [kept if value == lost else value for value in table]
    changed = bytes(table)
    return bytes if changed == bytes(range(256)) else lambda data: data.translate(changed)
