"""Every sentence that a person reads.

A language is a table: from an event's type, or a reason, to a sentence with fields in it.
Here the sentence is chosen and its fields are filled in. No message's text is among them.
"""

from enum import Enum

from chatroom.client import events as member
from chatroom.problems import Problem
from chatroom.protocol import addresses, texts
from chatroom.server import events as host
from chatroom.server.figures import Figures
from chatroom.words import english

NOT_BACK = english.NOT_BACK
FIND_WHAT = english.FIND_WHAT


def sentence(event: object) -> str | None:
    """Return what is to be read about an event; None where there is nothing to say."""
    template = english.SENTENCES.get(_key(event)) or english.SENTENCES.get(type(event))
    if template is None or _has_nothing_to_say(event):
        return None
    return _fill(template, _particulars(event))


def explain(problem: Problem) -> str:
    """Return what is wrong and what to do about it."""
    return _fill(english.SENTENCES[problem.reason], problem.details)


def show_text(text: str) -> str:
    """Return a text on one line, its control characters as harmless pictures."""
    return text.translate(texts.HARMLESS)


def no_answer(server: str) -> str:
    """Return what to check when nobody answers at a server (address and port)."""
    return english.NO_ANSWER.format(server=server)


def reconnecting(waiting: int, *, stopped: bool) -> str:
    """Return how it is while we try to come back, and what is to be sent then."""
    line = english.STOPPED if stopped else english.RECONNECTING
    waits = english.WAITING[min(waiting, 2)].format(count=waiting)
    return f"{line} {waits}".rstrip()


def found(count: int, older: int, *, is_all: bool) -> str:
    """Return how many messages a search found, `older` of which are not shown below."""
    if not is_all and count:
        return english.FOUND_TOO_MANY.format(count=count)
    if older:
        return english.FOUND_MORE.format(count=count, older=older)
    return english.FOUND.format(count=count) if count else english.FOUND_NOTHING


def invitation(host: str, port: int) -> str:
    """Return what a host sends to somebody who is to come in."""
    return english.INVITATION.format(host=host, port=port)


def log_failed(error: OSError) -> str:
    """Return that what a program prints cannot be written, and why."""
    return english.LOG_FAILED.format(error=_cause(error))


def status(figures: Figures) -> str:
    """Return how a room is: who is there, what is kept, what was dropped so far."""
    lines = [english.STATUS.format(figures=figures, sessions=len(figures.sessions))]
    dropped = sorted(figures.dropped.items(), key=lambda item: -item[1])
    lines += [f"{count} {english.SENTENCES[drop]}" for drop, count in dropped]
    return "\n".join(lines)


# --------------------------------------------------------------------------------------


def _key(event: object) -> english.Key:
    """Return under which key a language may have a sentence of its own for an event."""
    kind = type(event)
    match event:
        case host.PersonLeft(quiet=True):
            return kind, "quiet"
        case (
            host.PersonLeft(reason=cause)
            | host.JoinRefused(reason=cause)
            | member.NameRefused(reason=cause)
            | member.Expelled(reason=cause)
        ):
            return kind, cause
        case (
            member.Entered(back=again)
            | member.ServerLost(stopped=again)
            | member.PasswordRefused(changed=again)
        ):
            return kind, again
        case host.MessagesStored(entries=(_,)):
            return kind, "one"
    return kind


def _has_nothing_to_say(event: object) -> bool:
    match event:
        case member.Left(unsaid=0) | member.PeopleChanged(came=(), went=()):
            return True
    return False


def _particulars(event: object) -> dict[str, object]:
    match event:
        case host.MessagesStored(entries=entries):
            names = ", ".join(dict.fromkeys(entry.name for entry in entries))
            return {"first": entries[0].seq, "last": entries[-1].seq, "names": names}
        case member.PeopleChanged(came=came, went=went):
            said = _of_people(english.CAME, came), _of_people(english.WENT, went)
            return {"changes": " ".join(filter(None, said))}
    return vars(event)


def _of_people(templates: tuple[str, str, str], names: tuple[str, ...]) -> str:
    match names:
        case ():
            return ""
        case (name,):
            return templates[0].format(name=name)
        case (name, other):
            return templates[1].format(name=name, other=other)
    return templates[2].format(name=names[0], count=len(names) - 1)


def _fill(template: str, particulars: dict[str, object]) -> str:
    return template.format(**{key: _show(value) for key, value in particulars.items()})


def _show(value: object) -> object:
    """Return a particular as it stands in a sentence."""
    match value:
        case Problem():
            return explain(value)
        case Enum():
            return english.SENTENCES.get(value, value.name)
        case OSError():
            return _cause(value)
        case (Problem(), *_):
            return ", ".join(explain(one) for one in value if isinstance(one, Problem))
        case (str(), int(), *_):
            return addresses.show_address(value)  # type: ignore[arg-type]
    return value


def _cause(error: OSError) -> str:
    """Return why the system refused, and what to do where that is known."""
    words = error.strerror or str(error)
    advice = english.ADVICE.get(error.errno or 0)
    return f"{words}; {advice}" if advice else words
