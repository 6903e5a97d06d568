"""What is said of a row."""

from chatroom import words
from chatroom.client.conversation import Kind, Row
from chatroom.windows.conversation import marks
from chatroom.words import moments
from chatroom.words.chat import Chat

MISSING = "[\u2026]"
"""Stands in what is copied for messages that are not at hand."""

STATES = {Kind.OURS: Chat.STORED, Kind.WAITING: Chat.WAITING}


def stamp(row: Row) -> str:
    """Return the time of day that stands beside a message."""
    return clock(row.time)


def clock(time: str) -> str:
    """Return the time of day of a time of the log; all of it where it cannot be read."""
    when = moments.read_time(time)
    return moments.clock(when) if when else words.show_text(time)


def name(row: Row) -> str:
    """Return who said it."""
    return words.show_text(row.name)


def day(row: Row) -> str:
    """Return the day that begins with a row, "" where none does."""
    return moments.day_name(row.when) if row.begins_day and row.when else ""


def where(row: Row) -> str:
    """Return the day of a row; which one it is while that is not known."""
    return moments.day_name(row.when) if row.when else Chat.MESSAGE(number=row.number)


def notices(row: Row) -> list[str]:
    """Return what happened after a row, in sentences."""
    said = (words.sentence(event) for event in row.notices)
    return [words.show_text(sentence) for sentence in said if sentence]


def as_lines(row: Row) -> list[str]:
    """Return all that is to be read of a row, from top to bottom."""
    lines = [day(row), Chat.UNREAD() if row.is_first_unread else ""]
    if row.kind not in (Kind.TOP, Kind.ABSENT):
        state = STATES[row.kind]() if row.kind in STATES else ""
        lines += [f"{name(row)}  {stamp(row)}  {state}".rstrip(), marks.shown(row.text)]
    return [line for line in (*lines, *notices(row)) if line]
