"""What is said of what the parts of the house tell: a module for each part, of the same name.

Of an event of `chatroom.server`, say, its module `server` knows the sentence. Nobody needs the
sentences of all parts: each module is imported, and with it what it is about, when something of
that part is told for the first time.
"""

import functools
import importlib
from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, NamedTuple

Key = type | Enum | tuple[type, object]
"""What has a sentence: an event's type, or that with a variant; a reason."""
Pair = tuple[str, str]
"""The sentence in English, and in Indonesian, with the same fields."""


class Sentences(NamedTuple):
    """All that is said of one part."""

    table: Mapping[Key, Pair]
    variant: Callable[[Any], object] = lambda event: None
    """What there is about an event that may have a sentence of its own."""
    particulars: Callable[[Any], dict[str, object] | None] = vars
    """The fields of an event's sentence; None where there is nothing to say."""

    def of(self, event: object) -> Pair | None:
        """Return the sentence of an event; None where it has none."""
        kind = type(event)
        return self.table.get((kind, self.variant(event))) or self.table.get(kind)


def sentences_about(kind: type) -> Sentences:
    """Return what is said of the part that this type is of."""
    return _of_part(kind.__module__.split(".")[1])


@functools.cache
def _of_part(part: str) -> Sentences:
    sentences: Sentences = importlib.import_module(f"{__name__}.{part}").SENTENCES
    return sentences
