"""Reading standard input in a thread that must not hold up the end of the program."""

import os
import sys
import time
from collections.abc import Iterator
from typing import Any

CHUNK_SIZE = 1 << 16
EMPTY_PAUSE_S = 0.05  # where somebody made standard input one that does not wait
LINE_MOST = 1 << 20
"""Bytes of a line that is handed on whole; a longer one comes in pieces of that size."""


def input_lines() -> Iterator[str]:
    """Yield the lines of standard input, without their line ends, until it ends.

    Unbuffered: a thread that waits inside sys.stdin would hold its lock, and with it
    the interpreter, when the program ends. A terminal has its own encoding (Windows' gives
    what was typed as UTF-8), all else is UTF-8; bytes that are neither become lone
    surrogates, which no check of input lets pass and no message carries.
    """
    if sys.stdin is None:  # a program that was started without a terminal
        return
    for line in split_lines(input_chunks()):
        yield line.decode(input_encoding(), errors="surrogateescape")


def input_chunks() -> Iterator[bytes]:
    """Yield what standard input brings as it comes, until it ends."""
    buffer: Any = sys.stdin.buffer
    raw = getattr(buffer, "raw", buffer)
    yield from iter(lambda: _read(raw), b"")


def input_encoding() -> str:
    """Return how standard input is encoded."""
    if sys.platform == "win32":
        return "utf-8"
    return os.device_encoding(sys.stdin.fileno()) or "utf-8"


def split_lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Yield the lines that the chunks make together, without LF or CR LF.

    One longer than LINE_MOST is cut between two characters of UTF-8.
    """
    rest = bytearray()
    for chunk in chunks:
        start = len(rest)
        rest += chunk
        while (end := rest.find(b"\n", start)) >= 0:
            yield bytes(rest[:end].removesuffix(b"\r"))
            del rest[: end + 1]
            start = 0
        while len(rest) > LINE_MOST:
            cut = LINE_MOST
            while cut > LINE_MOST - 4 and rest[cut] & 0xC0 == 0x80:
                cut -= 1
            yield bytes(rest[:cut])
            del rest[:cut]
    if rest:
        yield bytes(rest)


def _read(raw: Any) -> bytes:
    """Return what comes next; nothing at the end, and where the terminal has gone."""
    chunk: bytes | None = None
    try:
        while chunk is None:
            chunk = raw.read(CHUNK_SIZE)
            if chunk is None:
                time.sleep(EMPTY_PAUSE_S)
    except OSError:
        return b""
    return chunk
