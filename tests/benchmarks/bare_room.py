"""The least that our rules leave to do: what has come is on disk before anybody is sent it.

python -m tests.benchmarks.bare_room PORT COUNT FILE

One write and one sync for all that has come, then as few datagrams to each as hold it, by the
cheapest call there is. Nothing is sealed or understood, and nobody is looked after.
"""

import contextlib
import os
import socket
import sys

from chatroom.network import sending
from chatroom.protocol.outgoing import Cast, Outgoing
from tests.benchmarks import bare_loop

COUNT_SIZE = 8
"""Bytes at the beginning of each datagram: how many messages have come by it."""
BESIDE_TEXT = bytes(48)
"""An entry has a time, a name and an id, too; a row as much."""
ENTRIES_SIZE = 1150
TAG = bytes(16)


def main() -> None:
    """Serve until killed."""
    port, count = map(int, sys.argv[1:3])
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock,
        open(sys.argv[3], "ab", buffering=0) as file,
    ):
        members = bare_loop.let_in(sock, port, count)
        sender, tags, said = sending.Sender(sock), [TAG] * count, 0
        while True:
            entries = [entry + BESIDE_TEXT for entry in _receive(sock)]
            file.write(b"".join(entries))
            os.fsync(file.fileno())
            bodies = []
            at_once = max(ENTRIES_SIZE // len(entries[0]), 1)
            for first in range(0, len(entries), at_once):
                some = entries[first : first + at_once]
                said += len(some)
                bodies.append(said.to_bytes(COUNT_SIZE, "big") + b"".join(some))
            sender.send(Outgoing(Cast(bodies, [tags] * len(bodies), members)))


def _receive(sock: socket.socket) -> list[bytes]:
    """Wait for a datagram; return all that have come."""
    received = [sock.recv(65535)]
    with contextlib.suppress(BlockingIOError):
        while True:
            received.append(sock.recv(65535, socket.MSG_DONTWAIT))
    return received


if __name__ == "__main__":
    main()
