"""What a search looks for: both sides find the same.

    budi's keys                 messages in which this stands, in any case: one phrase
    from:budi                   messages of people with this in their names
    from:"Ana Lindqvist" keys   both; of several such names any will do

Upper and lower case are the same as `str.casefold` has it (Unicode, section 3.13), and so
are "ß" and "ss"; accents count. A query without anything to look for matches nothing.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from chatroom.records import Record

_FROM = r'(?i)(?<!\S)from:(?:"([^"]*)(?:"|$)|([^\s"]\S*))'


class Slice(NamedTuple):
    """One step of a search: the numbers of what matches, newest first, of all from `back_to` on.

    1 is the beginning: then there are no others.
    """

    numbers: tuple[int, ...]
    back_to: int


class Query(Record):
    """What is looked for, casefolded: "" and () where anything will do."""

    phrase: str
    names: tuple[str, ...]

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self.phrase or self.names)

    def matches(self, name: str, text: str) -> bool:
        """Tell whether a message of this person with this text is looked for."""
        if self.names:
            folded = name.casefold()
            if not any(one in folded for one in self.names):
                return False
        elif not self.phrase:
            return False
        return self.phrase in text.casefold()

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return start and end of each place where the phrase stands, from left to right.

        A character of which a part matches, as an "s" in "ß" does, is in it as a whole.
        """
        found: list[tuple[int, int]] = []
        folded = text.casefold()
        hit = folded.find(self.phrase) if self.phrase else -1
        if hit < 0:
            return found
        origins = _origins(text, len(folded))
        while hit >= 0:
            end = hit + len(self.phrase)
            last = origins[end - 1]
            found.append((origins[hit], last + 1))
            while end < len(folded) and origins[end] == last:
                end += 1
            hit = folded.find(self.phrase, end)
        return found


def parse(words: str) -> Query:
    """Return what these words ask for; no words are wrong."""
    rest = (part.strip() for part in re.split(_FROM, words)[::3])
    names = ((quoted or bare).strip() for quoted, bare in re.findall(_FROM, words))
    return Query(
        " ".join(part for part in rest if part).casefold(),
        tuple(dict.fromkeys(name.casefold() for name in names if name)),
    )


# --------------------------------------------------------------------------------------


def _origins(text: str, size: int) -> Sequence[int]:
    """Return for each character of the casefolded text, which has so many, whence it is."""
    if size == len(text):  # none becomes fewer than one
        return range(size)
    return [index for index, one in enumerate(text) for _ in one.casefold()]
