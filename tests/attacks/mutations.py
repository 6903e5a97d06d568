"""Ways to damage bytes and messages, and a small search for damage that goes deep."""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from random import Random
from types import CodeType, FrameType
from typing import Any

from chatroom.protocol import wire

NUMBERS: tuple[Any, ...] = (
    *(-1, 0, 1, 2, 16, 17, 255, 256, 2**16, 2**31, 2**32 - 1, 2**32),
    *(2**53 - 2, 2**53 - 1, 2**53, 2**63, 2**64, 10**300, -(10**40), 0.5, 1e300, -0.0),
    *(float("nan"), float("inf"), float("-inf")),
)
PACKET_NUMBERS = (0, 2**64 - 1, 0, 1, 2**63, 2**64 - 2, 2**64 - 1024, 2**64 - 1025)
"""Packet numbers, in this order, from one end of their range to the other.

Not from the middle: a shift by 2**33, say, would take a gigabyte before it fails.
"""

TEXTS: tuple[Any, ...] = (
    *("", " ", "a", "Ana", "ANA", "\uff21na", "A\u200dna", "Eva", "System", "x" * 32),
    *("x" * 33, "y" * 128, "z" * 900, "z" * 901, "\u20ac" * 300, "\U0001f600" * 225),
    *("\x00", "\ud800", "ok\udfff", "\u202eevil", "\ufdfa" * 32, "a\nb\r\nc", "=1+1"),
    *("00" * 16, "ab" * 32, "zz" * 16, " 0" * 16, "\uff10" * 32, "u-1", "\u0661"),
)
OTHERS: tuple[Any, ...] = (None, True, False, [], {}, [[]], [None], {"do": "Say"})
LISTS: tuple[Any, ...] = (["a"] * 290, [""], ["a", 1], ["ok", "\ud800"], ["b" * 901])
WILD = (*NUMBERS, *TEXTS, *OTHERS, *LISTS)


def damage(random: Random, corpus: Sequence[bytes]) -> bytes:  # noqa: C901, PLR0912
    """Return one of the corpus, altered in one of many ways; sometimes as it was."""
    draw = random.random
    data = bytearray(corpus[int(draw() * len(corpus))])
    size = len(data)
    where = int(draw() * size)
    way = int(draw() * 11)
    if way == 0:
        data[where] ^= 1 << int(draw() * 8)
    elif way == 1:
        data[where] = int(draw() * 256)
    elif way == 2:
        del data[where:]
    elif way == 3:
        data += random.randbytes(int(draw() * 100) + 1)
    elif way == 4:
        other = corpus[int(draw() * len(corpus))]
        data[where:] = other[where:]
    elif way == 5:
        data = bytearray(random.randbytes(int(draw() * 80)))
        if data:
            data[0] = int(draw() * 9)
    elif way == 6:
        pass  # as it was: a replay, or a reflection, or at the wrong address
    elif way == 7:
        data[0] = int(draw() * 9)
    elif way == 8:
        other = corpus[int(draw() * len(corpus))]
        data[1 : wire.SEALED_PREFIX_SIZE] = other[1 : wire.SEALED_PREFIX_SIZE]  # another session
    elif way == 9:
        del data[where : where + 1 + int(draw() * 16)]
    else:
        data[where:where] = bytes(1 + int(draw() * 16))
        if draw() < 0.1:
            data += bytes(wire.DATAGRAM_SIZE)
    return bytes(data)


def damage_message(random: Random, message: dict[str, Any]) -> bytes:
    """Return JSON of a message, with a field or its form altered, mostly."""
    draw, fields = random.random, dict(message)
    key = random.choice(list(fields))
    way = int(draw() * 14)
    if way < 5:
        fields[key] = random.choice(WILD)
    elif way == 5:
        del fields[key]
    elif way == 6:
        fields[random.choice(["", "do", "extra", "number", "__class__"])] = 1
    elif way == 7:
        for key in fields.keys() - {"do"}:
            fields[key] = random.choice(NUMBERS[:16])
    elif way == 8:
        data = b"[" * int(draw() * wire.PAYLOAD_SIZE) or b"["
        return random.choice((data, data.replace(b"[", b'{"a":')[: wire.PAYLOAD_SIZE]))
    elif way == 9:
        return random.randbytes(1 + int(draw() * 200))
    text = json.dumps(fields, ensure_ascii=draw() < 0.5, separators=(",", ":"))
    if way == 10:
        text = text[:-1] + f',"{key}":1}}'
    data = text.encode("utf-8", "surrogatepass")
    if way == 11:
        data = damage(random, [data])
    return data[: wire.PAYLOAD_SIZE] or b"{"


def grow(
    corpus: list[bytes],
    feed: Callable[[bytes], object],
    alter: Callable[[bytes], bytes],
    modules: Iterable[str],
    tries: int,
) -> list[bytes]:
    """Return the corpus and what reached lines of the modules that nothing had reached.

    Slow, since it traces: a few thousand tries find what a million then vary.
    """
    files, seen, found = tuple(modules), set[tuple[CodeType, int]](), list(corpus)

    def trace(frame: FrameType, event: str, _: object) -> Any:
        if event == "call":
            return trace if frame.f_code.co_filename.endswith(files) else None
        seen.add((frame.f_code, frame.f_lineno))
        return trace

    before = sys.gettrace()
    for n in range(-len(corpus), tries):
        data = corpus[n] if n < 0 else alter(found[n % len(found)])
        reached = len(seen)
        sys.settrace(trace)
        try:
            feed(data)
        finally:
            sys.settrace(before)
        if n >= 0 and len(seen) > reached:
            found.append(data)
    return found
