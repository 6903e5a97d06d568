"""The least that Python can do: whatever comes in is sent to all, as it is.

python -m tests.benchmarks.bare_loop PORT COUNT

The first so many that send something are all.
"""

import socket
import sys
from typing import Any


def main() -> None:
    """Serve until killed."""
    port, count = map(int, sys.argv[1:])
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        members = let_in(sock, port, count)
        while True:
            data, _ = sock.recvfrom(65535)
            for one in members:
                sock.sendto(data, one)


def let_in(sock: socket.socket, port: int, count: int) -> list[Any]:
    """Return the addresses of the first so many that send something, which they get back."""
    sock.bind(("127.0.0.1", port))
    print("ready", flush=True)
    members: list[Any] = []
    while len(members) < count:
        data, address = sock.recvfrom(65535)
        members.append(address)
        sock.sendto(data, address)
    return members


if __name__ == "__main__":
    main()
