"""Reading standard input in a thread that must not hold up the end of the program."""

import os
import sys
from collections.abc import Iterator


def input_lines() -> Iterator[str]:
    """Yield the lines of standard input, without their line feeds, until it ends.

    Unbuffered: a thread that waits inside sys.stdin would hold its lock, and with it
    the interpreter, when the program ends. A terminal has its own encoding, all else is
    UTF-8; bytes that are neither become U+FFFD.
    """
    if sys.stdin is None:  # a program that was started without a terminal
        return
    descriptor, rest = sys.stdin.fileno(), b""
    encoding = os.device_encoding(descriptor) or "utf-8"
    while chunk := _read(descriptor):
        *lines, rest = (rest + chunk).split(b"\n")
        for line in lines:
            yield line.decode(encoding, errors="replace")
    if rest:
        yield rest.decode(encoding, errors="replace")


def _read(descriptor: int) -> bytes:
    try:
        return os.read(descriptor, 65536)
    except OSError:
        return b""
