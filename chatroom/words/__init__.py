"""Every sentence that a person reads, in the language that `languages.use` was told of.

A language is a table: from an event's type, or a reason, to a sentence with fields in it.
Here the sentence is chosen and its fields are filled in. No message's text is among them.
What stands in the program itself (labels, titles, questions) is in the enums beside, one for
each part of the program.
"""

import unicodedata
from enum import Enum

from chatroom.client import events as member, notices
from chatroom.crypto import host_key
from chatroom.problems import Problem
from chatroom.protocol import addresses, texts
from chatroom.server import events as host
from chatroom.server.figures import Figures
from chatroom.words import causes, english, indonesian, languages
from chatroom.words.languages import Language
from chatroom.words.phrases import Phrase
from chatroom.words.text import fill

TABLES = {Language.ENGLISH: english.SENTENCES, Language.INDONESIAN: indonesian.SENTENCES}


def sentence(event: object) -> str | None:
    """Return what is to be read about an event; None where there is nothing to say."""
    sentences = _sentences()
    template = sentences.get(_key(event)) or sentences.get(type(event))
    if template is None or _has_nothing_to_say(event):
        return None
    return _fill(template, _particulars(event))


def explain(problem: Problem) -> str:
    """Return what is wrong and what to do about it."""
    return _fill(_sentences()[problem.reason], problem.details)


def show_text(text: str) -> str:
    """Return a text on one line, its control characters as harmless pictures."""
    return text.translate(texts.HARMLESS)


def quoted(name: str) -> str:
    """Return a name as it stands in a sentence, so that none reads like a part of it.

    One plain word (letters of any script, digits, hyphens, apostrophes, underscores) stays as
    it is; any other is put in quotes, of which it then has none itself.
    """
    if name and all(map(_is_plain, name)):
        return name
    return f"\u201c{name.translate(_OTHER_QUOTES)}\u201d"


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


def status(figures: Figures) -> str:
    """Return how a room is: who is there, what is kept, what was dropped so far."""
    first = Phrase.STATUS(
        people=figures.people,
        sessions=len(figures.sessions),
        half_open=figures.door.half_open,
        guessing=figures.door.prefixes_guessing,
    )
    dropped = sorted(figures.dropped.items(), key=lambda item: -item[1])
    return "\n".join([first, *(f"{count} {_sentences()[drop]}" for drop, count in dropped)])


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
        case (
            host.GuessFailed(more=more)
            | host.GuessesSlowed(more=more)
            | host.AddressRefused(more=more)
        ) if more:
            return kind, "more"
    return kind


def _has_nothing_to_say(event: object) -> bool:
    match event:
        case member.Left(unsaid=0) | member.PeopleChanged(came=(), went=()):
            return True
    return False


def _particulars(event: object) -> dict[str, object]:
    match event:
        case host.MessagesStored(entries=entries):
            names = ", ".join(map(quoted, dict.fromkeys(entry.name for entry in entries)))
            return {"first": entries[0].seq, "last": entries[-1].seq, "names": names}
        case member.PeopleChanged(came=came, went=went):
            said = [_of_people(_CAME, came), _of_people(_WENT, went)]
            return {"changes": " ".join(filter(None, said))}
        case host.KeyTaken(key=key):
            return {"key": host_key.fingerprint(key)}
        case member.HostKeyChanged(known=known, met=met):
            return {"known": host_key.fingerprint(known), "met": host_key.fingerprint(met)}
        case notices.NameMoved(name=name):
            return {"name": quoted(name)}
    fields = vars(event)
    if isinstance(event, host.RoomEvent) and "name" in fields:
        return {**fields, "name": quoted(fields["name"])}
    return fields


_DOUBLE_QUOTES = '"\u02ba\u201c\u201d\u201e\u201f\u2033\u2036\u275d\u275e\u301d\u301e\u301f\uff02'
_OTHER_QUOTES = str.maketrans(dict.fromkeys(_DOUBLE_QUOTES, "'"))
"""Double quotes and what looks like them, made single."""


def _is_plain(character: str) -> bool:
    return unicodedata.category(character)[0] in "LMN" or character in "-'\u2019_"


_CAME = Phrase.ONE_CAME, Phrase.TWO_CAME, Phrase.MANY_CAME
_WENT = Phrase.ONE_WENT, Phrase.TWO_WENT, Phrase.MANY_WENT


def _of_people(phrases: tuple[Phrase, Phrase, Phrase], names: tuple[str, ...]) -> str:
    match names:
        case ():
            return ""
        case (name,):
            return phrases[0](name=quoted(name))
        case (name, other):
            return phrases[1](name=quoted(name), other=quoted(other))
    return phrases[2](name=quoted(names[0]), count=len(names) - 1)


def _sentences() -> dict[english.Key, str]:
    return TABLES[languages.current()]


def _fill(template: str, particulars: dict[str, object]) -> str:
    return fill(template, {key: _show(value) for key, value in particulars.items()})


def _show(value: object) -> object:
    """Return a particular as it stands in a sentence."""
    match value:
        case Problem():
            return explain(value)
        case Enum():
            return _sentences().get(value, value.name)
        case OSError():
            return causes.explain(value)
        case (Problem(), *_):
            return ", ".join(explain(one) for one in value if isinstance(one, Problem))
        case (str(), int(), *_):
            return addresses.show_address(value)  # type: ignore[arg-type]
    return value
