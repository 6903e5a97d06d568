"""What the two sides say to each other inside the seals: requests and replies in JSON.

`wire` has the table of them. Decoding is strict: a message with a field missing, added or
not of its type is no message. The number of a request, which its reply repeats, is no part
of either: every transmission has another.
"""

import json
from collections.abc import Callable
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias

from chatroom.protocol import wire
from chatroom.records import Record

TOKEN_SIZE = 8
DEVICE_SIZE = 16
NO_TOKEN = bytes(TOKEN_SIZE)


class Refusal(IntEnum):
    """Why a request was refused, or a session ended."""

    NAME_TAKEN = 1
    NAME_BAD = 2
    ROOM_FULL = 3
    NOT_JOINED = 4
    TEXT_BAD = 5
    STORAGE = 6
    REMOVED = 7
    STOPPED = 8
    PASSWORD_CHANGED = 9
    MALFORMED = 10
    COUNTER_SKIPS = 11


class Join(Record):
    name: str
    device: bytes
    last: int
    last_mark: str


class Joined(Record):
    """`same`: the log still holds the entry that the member held last."""

    room: str
    head: int
    same: bool
    counter: int
    version: int
    key_number: int
    key: bytes


class Say(Record):
    """Texts numbered upwards from `counter`, a count of this device that starts at 1."""

    counter: int
    texts: tuple[str, ...]


class Stored(Record):
    """All up to `counter` is on disk; the next may be said after `wait_ms`."""

    counter: int
    head: int
    wait_ms: int


class Fetch(Record):
    """Entries `first` to `last`, in at most so many datagrams."""

    first: int
    last: int
    datagrams: int


class Who(Record):
    """What changed since this version of the list of people; 0 for the list, from page `part`."""

    version: int
    part: int
    datagrams: int


class Find(Record):
    """Entries before number `before` (0: the newest and all before it) that match."""

    words: str
    before: int


class Found(Record):
    """The numbers of matching entries, newest first, of all from `back_to` on.

    1 is the beginning: then the log has no others.
    """

    numbers: tuple[int, ...]
    back_to: int


class Ping(Record):
    """`token` repeats the one of the last Probe, if there was one."""

    token: bytes = NO_TOKEN


class Pong(Record):
    """`wait_ms`: how long to be silent before the next Ping."""

    head: int
    version: int
    key_number: int
    key: bytes
    wait_ms: int


class Leave(Record):
    pass


class Done(Record):
    pass


class Refused(Record):
    reason: Refusal


class Probe(Record):
    token: bytes = NO_TOKEN


class Bye(Record):
    reason: Refusal


class Key(Record):
    """The room has another key from now on."""

    key_number: int
    key: bytes


Request: TypeAlias = Join | Say | Fetch | Who | Find | Ping | Leave
Reply: TypeAlias = Joined | Stored | Found | Pong | Done | Refused
Notice: TypeAlias = Probe | Bye | Key

_NOTICES = (Probe, Bye, Key)
_MAY_LACK_NUMBER = (*_NOTICES, Refused)
NO_NUMBER = 0
"""What a notice has for a number, and the refusal of a request whose own cannot be read."""


def encode_request(number: int, request: Request) -> bytes:
    """Return the request as JSON, ready to seal; requests are numbered from 1."""
    return _encode(request, {"number": number})


def encode_reply(number: int, reply: Reply) -> bytes:
    """Return the reply to the request of this number as JSON, ready to seal."""
    return _encode(reply, {"number": number})


def encode_notice(notice: Notice) -> bytes:
    """Return what the server says unasked as JSON, ready to seal."""
    return _encode(notice, {})


def decode_request(payload: bytes) -> tuple[int, Request | None]:
    """Return number and request; None for a field missing, added or not of its type."""
    return _decode(payload, _REQUESTS)


def decode_reply(payload: bytes) -> tuple[int, Reply | Notice | None]:
    """Return the number of the request and the reply to it, or NO_NUMBER and a notice.

    None for one that is malformed.
    """
    return _decode(payload, _ANSWERS)


# --------------------------------------------------------------------------------------


def to_json(value: object) -> bytes:
    """Return compact JSON in UTF-8, bytes as hexadecimal digits."""
    return _ENCODER.encode(value).encode()


def _refuse_number(literal: str) -> Any:
    raise ValueError(f"{literal} is not a whole number")


def _refuse_double(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise ValueError("a key stands twice")
    return keys


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=bytes.hex)
_DECODER = json.JSONDecoder(
    parse_float=_refuse_number,
    parse_constant=_refuse_number,
    object_pairs_hook=_refuse_double,
)


def _encode(message: object, number: dict[str, int]) -> bytes:
    return to_json({"do": type(message).__name__} | number | vars(message))


def _decode(payload: bytes, forms: dict[str, "_Form"]) -> tuple[int, Any]:
    try:
        values = _DECODER.decode(payload.decode())
    except (ValueError, RecursionError):  # also UnicodeDecodeError, and huge integers
        return NO_NUMBER, None
    if not isinstance(values, dict):
        return NO_NUMBER, None
    is_numbered = "number" in values
    try:
        number = _READERS["number"](values.pop("number", NO_NUMBER))
    except (TypeError, ValueError):
        return NO_NUMBER, None
    kind = values.pop("do", None)
    form = forms.get(kind) if isinstance(kind, str) else None
    if (
        form is None
        or values.keys() != form.fields
        or is_numbered == (form.cls in _NOTICES)
        or (number == NO_NUMBER and form.cls not in _MAY_LACK_NUMBER)
    ):
        return number, None
    try:
        return number, form.cls(*[read(values[key]) for key, read in form.readers])
    except (TypeError, ValueError):
        return number, None


# A field of one name has one type wherever it stands.


def _whole(bits: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if type(value) is not int:
            raise TypeError
        if not 0 <= value < 1 << bits:
            raise ValueError
        return value

    return read


def _text(most: int) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if not isinstance(value, str):
            raise TypeError
        if len(value.encode()) > most:  # encode() itself refuses a lone surrogate
            raise ValueError
        return value

    return read


def _hexadecimal(size: int) -> Callable[[Any], bytes]:
    def read(value: Any) -> bytes:
        data = bytes.fromhex(value)  # refuses what is not a string, passes over spaces
        if len(data) != size or data.hex() != value:
            raise ValueError
        return data

    return read


_read_listed = _text(wire.DATAGRAM_SIZE)


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_read_listed, value))


def _numbers(value: Any) -> tuple[int, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_whole(53), value))


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _refusal(value: Any) -> Refusal:
    return Refusal(_whole(8)(value))


_READERS: dict[str, Callable[[Any], Any]] = {
    "number": _whole(32),
    "name": _text(wire.NAME_SIZE),
    "device": _hexadecimal(DEVICE_SIZE),
    "last": _whole(53),
    "last_mark": _text(wire.ID_SIZE),
    "room": _text(wire.NAME_SIZE),
    "head": _whole(53),
    "same": _truth,
    "counter": _whole(53),
    "version": _whole(32),
    "key_number": _whole(8),
    "key": _hexadecimal(32),
    "texts": _texts,
    "wait_ms": _whole(32),
    "first": _whole(53),
    "datagrams": _whole(8),
    "part": _whole(16),
    "token": _hexadecimal(TOKEN_SIZE),
    "words": _text(wire.WORDS_SIZE),
    "before": _whole(53),
    "numbers": _numbers,
    "back_to": _whole(53),
    "reason": _refusal,
}


class _Form(NamedTuple):
    """What a message of one kind has to look like."""

    cls: type[Any]
    fields: frozenset[str]
    readers: tuple[tuple[str, Callable[[Any], Any]], ...]


def _forms(*classes: type[Record]) -> dict[str, _Form]:
    """Return the forms by what stands in `do`."""
    return {
        cls.__name__: _Form(
            cls,
            frozenset(cls.__match_args__),
            tuple((key, _READERS[key]) for key in cls.__match_args__),
        )
        for cls in classes
    }


_REQUESTS = _forms(Join, Say, Fetch, Who, Find, Ping, Leave)
_ANSWERS = _forms(Joined, Stored, Found, Pong, Done, Refused, Probe, Bye, Key)
