"""What the two sides say to each other inside the seals: requests and replies in JSON.

`wire` has the table of them. Decoding is strict: a message with a field missing, added or
not of its type is no message.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import IntEnum
from typing import Any, TypeAlias

from chatroom.protocol import wire

TOKEN_SIZE = 4
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


@dataclass(frozen=True)
class Join:
    number: int
    name: str
    device: bytes
    last: int
    last_id: str


@dataclass(frozen=True)
class Joined:
    """`same`: the log still holds the entry that the member held last."""

    number: int
    room: str
    head: int
    same: bool
    counter: int
    version: int
    key_number: int
    key: bytes


@dataclass(frozen=True)
class Say:
    """Texts numbered upwards from `counter`, a count of this device that starts at 1."""

    number: int
    counter: int
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Stored:
    """All up to `counter` is on disk; the next may be said after `wait_ms`."""

    number: int
    counter: int
    head: int
    wait_ms: int


@dataclass(frozen=True)
class Fetch:
    """Entries `first` to `last`, in at most so many datagrams."""

    number: int
    first: int
    last: int
    datagrams: int


@dataclass(frozen=True)
class Who:
    number: int
    start: int


@dataclass(frozen=True)
class People:
    """Names from index `start` of `total` in the list with this version."""

    number: int
    version: int
    total: int
    start: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Ping:
    """`token` repeats the one of the last Probe, if there was one."""

    number: int
    token: bytes = NO_TOKEN


@dataclass(frozen=True)
class Pong:
    number: int
    head: int
    version: int
    key_number: int
    key: bytes


@dataclass(frozen=True)
class Leave:
    number: int


@dataclass(frozen=True)
class Done:
    number: int


@dataclass(frozen=True)
class Refused:
    number: int
    reason: Refusal


@dataclass(frozen=True)
class Probe:
    token: bytes = NO_TOKEN


@dataclass(frozen=True)
class Bye:
    reason: Refusal


Request: TypeAlias = Join | Say | Fetch | Who | Ping | Leave
Reply: TypeAlias = Joined | Stored | People | Pong | Done | Refused | Probe | Bye
Message: TypeAlias = Request | Reply

_REQUESTS: dict[str, type[Any]] = {
    cls.__name__: cls for cls in (Join, Say, Fetch, Who, Ping, Leave)
}
_REPLIES: dict[str, type[Any]] = {
    cls.__name__: cls for cls in (Joined, Stored, People, Pong, Done, Refused, Probe, Bye)
}


def encode_message(message: Message) -> bytes:
    """Return the message as JSON, ready to seal."""
    values = {
        key: value.hex() if isinstance(value, bytes) else value
        for key, value in vars(message).items()
    }
    return to_json({"do": type(message).__name__} | values)


def decode_request(payload: bytes) -> Request | None:
    """Return the request, or None where a field is missing, added or not of its type."""
    request: Request | None = _decode_message(payload, _REQUESTS)
    return request


def decode_reply(payload: bytes) -> Reply | None:
    """Return the server's message, or None where it is malformed."""
    reply: Reply | None = _decode_message(payload, _REPLIES)
    return reply


# --------------------------------------------------------------------------------------


def to_json(value: object) -> bytes:
    """Return compact JSON in UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _refuse_number(literal: str) -> Any:
    raise ValueError(f"{literal} is not a whole number")


def _refuse_double(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = dict(pairs)
    if len(keys) != len(pairs):
        raise ValueError("a key stands twice")
    return keys


_DECODER = json.JSONDecoder(
    parse_float=_refuse_number,
    parse_constant=_refuse_number,
    object_pairs_hook=_refuse_double,
)


def _decode_message(payload: bytes, classes: dict[str, type[Any]]) -> Any:
    try:
        values = _DECODER.decode(payload.decode())
    except (ValueError, RecursionError):  # also UnicodeDecodeError, and huge integers
        return None
    if not isinstance(values, dict):
        return None
    kind = values.pop("do", None)
    cls = classes.get(kind) if isinstance(kind, str) else None
    if cls is None or values.keys() != {field.name for field in fields(cls)}:
        return None
    try:
        return cls(**{key: _READERS[key](value) for key, value in values.items()})
    except (TypeError, ValueError):
        return None


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
        if len(data) != size or len(value) != 2 * size:
            raise ValueError
        return data

    return read


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(map(_text(wire.DATAGRAM_SIZE), value))


def _truth(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError
    return value


def _refusal(value: Any) -> Refusal:
    return Refusal(_whole(8)(value))


_READERS: dict[str, Callable[[Any], Any]] = {
    "number": _whole(32),
    "name": _text(wire.NAME_SIZE),
    "device": _hexadecimal(16),
    "last": _whole(53),
    "last_id": _text(wire.ID_SIZE),
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
    "start": _whole(32),
    "token": _hexadecimal(TOKEN_SIZE),
    "total": _whole(32),
    "names": _texts,
    "reason": _refusal,
}
