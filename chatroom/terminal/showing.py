"""How messages look in a pipe: as lines, or as JSON."""

import json
from collections.abc import Callable, Iterable

from chatroom import words
from chatroom.protocol.entries import Entry

Show = Callable[[Iterable[Entry]], str]
"""Returns entries as whole lines."""


def as_lines(some: Iterable[Entry]) -> str:
    """Return them as `name: text`."""
    return "".join(f"{words.show_text(f'{one.name}: {one.text}')}\n" for one in some)


def as_json(some: Iterable[Entry]) -> str:
    """Return them as objects with seq, time, name and text."""
    keys = "seq", "time", "name", "text"
    return "".join(f"{json.dumps({key: getattr(one, key) for key in keys})}\n" for one in some)
