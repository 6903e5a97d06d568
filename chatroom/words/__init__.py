"""Every sentence that a person reads, in the language that `languages.use` was told of.

A sentence belongs to an event's type, or to a reason, and has fields in it; `about` has all of
them. Here it is chosen and its fields are filled in. No message's text is among them.
What stands in the program itself (labels, titles, questions) is in the enums beside, one for
each part of the program.
"""

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from chatroom.problems import Problem
from chatroom.protocol import addresses
from chatroom.words import causes
from chatroom.words.about import Pair, sentences_about
from chatroom.words.phrases import Phrase
from chatroom.words.quoting import quoted, show_text
from chatroom.words.text import fill, spoken

if TYPE_CHECKING:  # a client can do without
    from chatroom.server.figures import Figures

__all__ = [
    "explain",
    "found",
    "invitation",
    "log_failed",
    "no_answer",
    "quoted",
    "reconnecting",
    "sentence",
    "show_text",
    "status",
]


def sentence(event: object) -> str | None:
    """Return what is to be read about an event; None where there is nothing to say."""
    sentences = sentences_about(type(event))
    pair = sentences.of(event)
    particulars = None if pair is None else sentences.particulars(event)
    return None if pair is None or particulars is None else _fill(pair, particulars)


def explain(problem: Problem) -> str:
    """Return what is wrong and what to do about it."""
    return _fill(sentences_about(type(problem.reason)).table[problem.reason], problem.details)


def no_answer(server: str) -> str:
    """Return what to check when nobody answers at a server (address and port)."""
    return Phrase.NO_ANSWER(server=server)


def reconnecting(waiting: int, *, stopped: bool) -> str:
    """Return how it is while we try to come back, and what is to be sent then."""
    line = Phrase.STOPPED() if stopped else Phrase.RECONNECTING()
    return f"{line} {Phrase.WAITS(count=waiting)}" if waiting else line


def found(count: int, older: int, *, is_all: bool) -> str:
    """Return how many messages a search found, `older` of which are not shown below."""
    if not is_all and count:
        return Phrase.FOUND_TOO_MANY(count=count)
    if older:
        return Phrase.FOUND_MORE(count=count, older=older)
    return Phrase.FOUND(count=count) if count else Phrase.FOUND_NOTHING()


def invitation(host: str, port: int) -> str:
    """Return what a host sends to somebody who is to come in."""
    return Phrase.INVITATION(host=host, port=port)


def log_failed(error: OSError) -> str:
    """Return that what a program prints cannot be written, and why."""
    return Phrase.LOG_FAILED(error=causes.explain(error))


def status(figures: "Figures") -> str:
    """Return how a room is: who is there, what is kept, what was dropped so far."""
    first = Phrase.STATUS(
        people=figures.people,
        sessions=len(figures.sessions),
        half_open=figures.door.half_open,
        guessing=figures.door.prefixes_guessing,
    )
    dropped = sorted(figures.dropped.items(), key=lambda item: -item[1])
    return "\n".join([first, *(f"{count} {_name(drop)}" for drop, count in dropped)])


# --------------------------------------------------------------------------------------


def _fill(pair: Pair, particulars: Mapping[str, object]) -> str:
    return fill(spoken(pair), {key: _show(value) for key, value in particulars.items()})


def _show(value: object) -> object:
    """Return a particular as it stands in a sentence."""
    match value:
        case Problem():
            return explain(value)
        case Enum():
            return _name(value)
        case OSError():
            return causes.explain(value)
        case (Problem(), *_):
            return ", ".join(explain(one) for one in value if isinstance(one, Problem))
        case (str(), int(), *_):
            return addresses.show_address(value)  # type: ignore[arg-type]
    return value


def _name(reason: Enum) -> str:
    """Return what a reason is called in a sentence."""
    pair = sentences_about(type(reason)).table.get(reason)
    return reason.name if pair is None else spoken(pair)
