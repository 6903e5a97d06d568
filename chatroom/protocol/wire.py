"""The protocol on one page, and the datagrams of it.

A datagram has at most 1200 bytes; integers are big-endian; the first byte is the kind.

    kind    from    after the kind byte
    HELLO   client  version 1, client nonce 16, zeros up to 1200
    COOKIE  server  client nonce 16, cookie 24
    KNOCK   client  client nonce 16, cookie 24, Ya 32
    ANSWER  server  client nonce 16, session 8, Yb 32
    SEALED  both    session 8, packet number 8, ciphertext, tag 16
    CAST    server  room key number 1, cast number 8, ciphertext, tag 16
    GONE    server  session 8 (or the first half of the client nonce), reason 1

A client greets (HELLO), shows that it receives at its address (KNOCK with the COOKIE),
exchanges CPace shares, and proves the password with the first SEALED datagram, `Join`.
A KNOCK whose cookie is stale brings another COOKIE.
The server stores nothing before KNOCK and sends no keyed byte before the proof. GONE has
no key behind it: it is a hint, and a client that takes it looks for itself.

What is sealed is either a message in JSON, or entries of the log:

    request  fields                              answered by
    Join     name, device, last, last_id         Joined, Refused
    Say      counter, texts                      Stored, Refused
    Fetch    first, last, datagrams              that many datagrams of entries
    Who      start                               People
    Ping     token                               Pong
    Leave                                        Done

Each has a request number, which the answer repeats. A request may be sent again at any
time: the answer is the same. The server itself says two things, without a number: Bye (the
session is over, with the reason), and Probe with a token, which the next Ping repeats: to
ask whether somebody is still there, and whether it receives at the address that it now
sends from. Until then all is sent to the address before.

Entries, in a CAST or in the answer to Fetch:

    type 1, request number 4, part 2, parts 2, head 8, people version 4, first 8
    then for each entry, numbered upwards from `first`:
    sizes of time 1, name 1, id 1, text 2, and these four in UTF-8

A receiver checks, in this order: size and kind; the session; the tag; the replay window;
the form. Whatever fails is dropped and counted, and has changed nothing.
"""

import hashlib
import struct
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias

from chatroom.crypto.cpace import POINT_SIZE, lv_cat
from chatroom.crypto.sealing import NUMBER_SIZE, TAG_SIZE

VERSION = 1
CHANNEL = lv_cat(b"chatroom 1", b"client", b"server")
"""CPace's channel identifier: a key of this protocol opens no other."""

DATAGRAM_SIZE = 1200  # QUIC's minimum (RFC 9000, section 14); fits VPN tunnels
NONCE_SIZE = 16
COOKIE_SIZE = 24
SESSION_SIZE = 8
PAYLOAD_SIZE = DATAGRAM_SIZE - 1 - SESSION_SIZE - NUMBER_SIZE - TAG_SIZE

NAME_SIZE = 128  # 32 characters of 4 bytes
TIME_SIZE = 40
ID_SIZE = 40
TEXT_SIZE = 900
"""Bytes of text in one entry: with the largest name, time and id it fits a datagram."""

LIST_SIZE = PAYLOAD_SIZE - 120
"""Bytes of JSON for the texts of a Say or the names of People, beside their fields."""


class Kind(IntEnum):
    """The first byte of a datagram."""

    HELLO = 1
    COOKIE = 2
    KNOCK = 3
    ANSWER = 4
    SEALED = 5
    CAST = 6
    GONE = 7


class Hint(IntEnum):
    """The reason in GONE."""

    UNKNOWN_SESSION = 1
    WRONG_PASSWORD = 2
    SLOW_DOWN = 3
    NOT_ALLOWED = 4
    OTHER_VERSION = 5

    @classmethod
    def read(cls, value: int) -> "Hint | None":
        """Return the hint of this value, None for one we do not know."""
        return cls(value) if value in cls._value2member_map_ else None


class Hello(NamedTuple):
    version: int
    nonce: bytes


class Cookie(NamedTuple):
    nonce: bytes
    cookie: bytes


class Knock(NamedTuple):
    nonce: bytes
    cookie: bytes
    share: bytes


class Answer(NamedTuple):
    nonce: bytes
    session: bytes
    share: bytes


class Gone(NamedTuple):
    session: bytes
    hint: int


class Sealed(NamedTuple):
    session: bytes
    datagram: bytes


class Cast(NamedTuple):
    key_number: int
    datagram: bytes


Datagram: TypeAlias = Hello | Cookie | Knock | Answer | Gone | Sealed | Cast

_HELLO_ZEROS = bytes(DATAGRAM_SIZE - 2 - NONCE_SIZE)
_FIXED: dict[int, tuple[struct.Struct, type[Any]]] = {
    Kind.HELLO: (struct.Struct(f">xB{NONCE_SIZE}s{len(_HELLO_ZEROS)}x"), Hello),
    Kind.COOKIE: (struct.Struct(f">x{NONCE_SIZE}s{COOKIE_SIZE}s"), Cookie),
    Kind.KNOCK: (
        struct.Struct(f">x{NONCE_SIZE}s{COOKIE_SIZE}s{POINT_SIZE}s"),
        Knock,
    ),
    Kind.ANSWER: (
        struct.Struct(f">x{NONCE_SIZE}s{SESSION_SIZE}s{POINT_SIZE}s"),
        Answer,
    ),
    Kind.GONE: (struct.Struct(f">x{SESSION_SIZE}sB"), Gone),
}
_KINDS = {cls: kind for kind, (_, cls) in _FIXED.items()}
SEALED_PREFIX_SIZE = 1 + SESSION_SIZE
CAST_PREFIX_SIZE = 2
_SEALED_MINIMUM = SEALED_PREFIX_SIZE + NUMBER_SIZE + 1 + TAG_SIZE
_CAST_MINIMUM = CAST_PREFIX_SIZE + NUMBER_SIZE + 1 + TAG_SIZE


def encode_datagram(datagram: Hello | Cookie | Knock | Answer | Gone) -> bytes:
    """Return the bytes of a datagram that is not sealed."""
    kind = _KINDS[type(datagram)]
    packed = bytearray(_FIXED[kind][0].pack(*datagram))
    packed[0] = kind
    return bytes(packed)


def decode_datagram(data: bytes) -> Datagram | None:
    """Return what the bytes say, or None where they are not of this protocol."""
    if not data or len(data) > DATAGRAM_SIZE:
        return None
    kind = data[0]
    if kind == Kind.SEALED:
        if len(data) < _SEALED_MINIMUM:
            return None
        return Sealed(data[1:SEALED_PREFIX_SIZE], data)
    if kind == Kind.CAST:
        return Cast(data[1], data) if len(data) >= _CAST_MINIMUM else None
    if kind not in _FIXED:
        return None
    layout, cls = _FIXED[kind]
    if len(data) != layout.size:
        return None
    if kind == Kind.HELLO and not data.endswith(_HELLO_ZEROS):
        return None
    datagram: Datagram = cls._make(layout.unpack(data))
    return datagram


def exchange_id(nonce: bytes, cookie: bytes) -> bytes:
    """Return CPace's sid: both sides had a part in it, and it never comes again."""
    return hashlib.sha256(nonce + cookie).digest()


def sealed_prefix(session: bytes) -> bytes:
    """Return what stands before the packet number of a SEALED datagram."""
    return bytes((Kind.SEALED,)) + session


def cast_prefix(key_number: int) -> bytes:
    """Return what stands before the cast number of a CAST."""
    return bytes((Kind.CAST, key_number))
