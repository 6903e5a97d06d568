"""A bad network between real programs: a UDP relay on 127.0.0.1 that spoils things.

    python -m tests.tools.relay --listen 9000 --to 8080 --loss 0.3 --rebind 1

Clients talk to the port it listens on. It loses, repeats, reorders, delays and corrupts
datagrams both ways, and gives each client another address now and then, as a router
does that forgets. What it does is drawn from a seed; when, the programs decide.
"""

import argparse
import contextlib
import heapq
import itertools
import random
import selectors
import signal
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

Send = Callable[[bytes], object]
LOCALHOST = "127.0.0.1"
LATER_S = 0.05
"""How much later a reordered datagram goes than its successors, at most."""
LONGEST_WAIT_S = 0.1


@dataclass(frozen=True)
class Faults:
    """How often each thing happens to a datagram, from 0 to 1, each way."""

    loss: float = 0.0
    repeat: float = 0.0
    reorder: float = 0.0
    corrupt: float = 0.0
    delay_s: float = 0.0
    rebind_s: float = 0.0
    """Seconds until every client has another address; 0: never."""


class Relay:
    """Relays in a thread of its own; `counts` tells what it did."""

    def __init__(
        self, server_port: int, faults: Faults, seed: int = 1, listen_port: int = 0
    ) -> None:
        self.counts: Counter[str] = Counter()
        self._faults = faults
        self._random = random.Random(seed)
        self._server = (LOCALHOST, server_port)
        self._selector = selectors.DefaultSelector()
        self._upstream: dict[tuple[str, int], socket.socket] = {}
        self._held: list[tuple[float, int, bytes, Send]] = []
        self._serial = itertools.count()
        self._downstream = self._open(listen_port, None)
        self.port: int = self._downstream.getsockname()[1]
        self._rebind_at = time.monotonic() + faults.rebind_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="relay", daemon=True)

    def start(self) -> None:
        """Start to relay."""
        self._thread.start()

    def stop(self) -> None:
        """Relay no more."""
        self._stopping.set()
        self._thread.join(10)

    # In the thread --------------------------------------------------------------------

    def _run(self) -> None:
        while not self._stopping.is_set():
            now = time.monotonic()
            due = self._held[0][0] - now if self._held else LONGEST_WAIT_S
            for key, _ in self._selector.select(min(max(due, 0.0), LONGEST_WAIT_S)):
                self._receive(key.fileobj, key.data)  # type: ignore[arg-type]
            self._send_due()
            if self._faults.rebind_s and time.monotonic() >= self._rebind_at:
                self._rebind()
        for sock in (self._downstream, *self._upstream.values()):
            sock.close()
        self._selector.close()

    def _receive(self, sock: socket.socket, client: tuple[str, int] | None) -> None:
        """Take in what has come: from a client (None), or for this client."""
        with contextlib.suppress(OSError):  # nothing there, or nobody at the other end
            while True:
                data, address = sock.recvfrom(65535)
                if client is None:
                    self._spoil(data, self._to_server(address))
                else:
                    self._spoil(data, self._to_client(client))

    def _to_server(self, client: tuple[str, int]) -> Send:
        if client not in self._upstream:
            self._upstream[client] = self._open(0, client)
        # The address is the one the client has when the datagram goes out.
        return lambda data: self._upstream[client].sendto(data, self._server)

    def _to_client(self, client: tuple[str, int]) -> Send:
        return lambda data: self._downstream.sendto(data, client)

    def _spoil(self, data: bytes, send: Send) -> None:
        """Lose the datagram, or have it sent, perhaps not as and when it should be."""
        faults = self._faults
        if self._happens(faults.loss, "lost"):
            return
        for _ in range(2 if self._happens(faults.repeat, "repeated") else 1):
            copy = bytearray(data)
            if copy and self._happens(faults.corrupt, "corrupted"):
                copy[self._random.randrange(len(copy))] ^= 1 << self._random.randrange(8)
            wait_s = faults.delay_s
            if self._happens(faults.reorder, "reordered"):
                wait_s += LATER_S * self._random.random()
            at = time.monotonic() + wait_s
            heapq.heappush(self._held, (at, next(self._serial), bytes(copy), send))
        self.counts["passed on"] += 1

    def _happens(self, chance: float, what: str) -> bool:
        happens = self._random.random() < chance
        self.counts[what] += happens
        return happens

    def _send_due(self) -> None:
        while self._held and self._held[0][0] <= time.monotonic():
            _, _, data, send = heapq.heappop(self._held)
            with contextlib.suppress(OSError):
                send(data)

    def _rebind(self) -> None:
        """Give every client another address; what is sent to the old one is lost."""
        self._rebind_at = time.monotonic() + self._faults.rebind_s
        for client, old in self._upstream.items():
            self._upstream[client] = self._open(0, client)  # first, for another port
            self._selector.unregister(old)
            old.close()
            self.counts["address changes"] += 1

    def _open(self, port: int, client: tuple[str, int] | None) -> socket.socket:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind((LOCALHOST, port))
        sock.setblocking(False)
        self._selector.register(sock, selectors.EVENT_READ, client)
        return sock


def main(arguments: list[str] | None = None) -> None:
    """Relay until a signal comes, then print what was done."""
    parser = argparse.ArgumentParser(prog="python -m tests.tools.relay")
    parser.add_argument("--listen", type=int, required=True, metavar="PORT")
    parser.add_argument("--to", type=int, required=True, metavar="PORT")
    for what in ("loss", "repeat", "reorder", "corrupt"):
        parser.add_argument(f"--{what}", type=float, default=0.0, metavar="0..1")
    for what in ("delay", "rebind"):
        parser.add_argument(f"--{what}", type=float, default=0.0, metavar="SECONDS")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    faults = Faults(
        given.loss,
        given.repeat,
        given.reorder,
        given.corrupt,
        given.delay,
        given.rebind,
    )
    ended = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: ended.set())
    relay = Relay(given.to, faults, given.seed, given.listen)
    relay.start()
    print(f"relaying from port {relay.port} to port {given.to}", flush=True)
    while not ended.wait(0.2):  # Windows delivers signals only in between
        pass
    relay.stop()
    print(", ".join(f"{what}: {count}" for what, count in relay.counts.items()))


if __name__ == "__main__":
    main()
