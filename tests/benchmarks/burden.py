"""Somebody who keeps a server busy, in a process of its own, until killed.

python -m tests.benchmarks.burden fetch|search|flood PORT

fetch reads the whole log again and again, search looks for what is nowhere in it, and flood
greets from ever new addresses of this computer.
"""

import contextlib
import itertools
import secrets
import socket
import sys
import time

from chatroom.protocol import entries, messages, wire
from chatroom.protocol.addresses import Address
from chatroom.server import fetches
from tests.benchmarks import hosted

HELLOS_PER_S = 10_000
HELLOS_AT_ONCE = 50
AGAIN_AFTER_S = 0.3
LAST = (1 << 53) - 1
"""The highest number that an entry can have."""


def fetch(server: Address) -> None:
    """Read the log from the first entry on, as many datagrams at a time as there may be."""
    one = _joined(server, "127.0.9.1", "Newcomer")
    first = 1
    while True:
        one.ask(messages.Fetch(first, LAST, fetches.DATAGRAMS_MOST))
        with contextlib.suppress(hosted.Lost):  # the server is busy: it is asked again
            while True:
                page = one.hear()
                assert isinstance(page, entries.Entries), page
                first = page.entries[-1].seq + 1 if page.entries else 1
                if page.part + 1 == page.parts:
                    break


def search(server: Address) -> None:
    """Look for words that nobody said, back to the beginning."""
    one = _joined(server, "127.0.9.2", "Seeker")
    before = 0
    while True:
        one.ask(messages.Find("zanzibar", before))
        with contextlib.suppress(hosted.Lost):
            found = one.hear()
            assert isinstance(found, messages.Found), found
            before = 0 if found.back_to == 1 else found.back_to


def _joined(server: Address, host: str, name: str) -> hosted.Person:
    one = hosted.Person(server, host, name)
    one.socket.settimeout(AGAIN_AFTER_S)
    print("joined", flush=True)
    return one


def flood(server: Address) -> None:
    """Greet at a steady rate, and hear no answer."""
    sockets = []
    for number in range(250):
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind((f"127.1.0.{number + 1}", 0))
        sockets.append(sock)
    senders = itertools.cycle(sockets)
    print("greeting", flush=True)
    due = time.monotonic()
    while True:
        for sock in itertools.islice(senders, HELLOS_AT_ONCE):
            hello = wire.Hello(wire.VERSION, secrets.token_bytes(wire.NONCE_SIZE))
            sock.sendto(wire.encode_datagram(hello), server)
        due += HELLOS_AT_ONCE / HELLOS_PER_S
        time.sleep(max(due - time.monotonic(), 0))


if __name__ == "__main__":
    {"fetch": fetch, "search": search, "flood": flood}[sys.argv[1]](("127.0.0.1", int(sys.argv[2])))
