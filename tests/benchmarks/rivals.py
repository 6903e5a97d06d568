"""What a room is measured against: a bare loop of Python, and an IRC server written in C.

Each has so many people of ours, who are told of whatever one of them says.
"""

import contextlib
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Protocol

from tests.benchmarks import bare_room, hosted
from tests.tools.processes import ROOT, free_port, wait_for

IRC_TEXT_MOST = 400
"""Bytes of text in a line of IRC, which has 512 in all; more takes several lines."""


class Rival(Protocol):
    """Somebody who tells all what one says, in a process of its own.

    `listeners` is how many are told of each message.
    """

    pid: int
    listeners: int

    def stay(self) -> None:
        """Have everybody do what those do who stay, though they say nothing for long."""

    def say(self, speaker: int, text: str) -> None:
        """Have one of the people say a text."""

    def wait_for(self, count: int) -> int:
        """Wait until so many messages in all have come to everybody; return how many have."""

    def close(self) -> None:
        """End it."""


class Room:
    """The chat room: sealed, in one order, on disk before it is shown."""

    def __init__(self, server: hosted.Server, count: int) -> None:
        self.pid = server.pid
        self.listeners = count
        self._crowd = hosted.Crowd(server.address, count)

    def stay(self) -> None:
        self._crowd.ping()

    def say(self, speaker: int, text: str) -> None:
        self._crowd.people[speaker].say(text)

    def wait_for(self, count: int) -> int:
        return self._crowd.wait_for(count)

    def close(self) -> None:
        self._crowd.close()


class BareLoop:
    """The least that Python can do, see `bare_loop`."""

    def __init__(self, count: int) -> None:
        self.listeners = count
        self._folder = tempfile.TemporaryDirectory()
        port = free_port()
        command = [sys.executable, "-m", *self._program(port, count)]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)
        assert self._process.stdout is not None
        self._process.stdout.readline()
        self.pid = self._process.pid
        self._heard = [0] * count
        self._sockets = []
        for _ in range(count):
            one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            one.connect(("127.0.0.1", port))
            one.settimeout(hosted.TIMEOUT_S)
            one.send(b"one of all")
            one.recv(hosted.DATAGRAM_MOST)
            self._sockets.append(one)

    def stay(self) -> None:
        pass

    def say(self, speaker: int, text: str) -> None:
        self._sockets[speaker].send(text.encode())

    def wait_for(self, count: int) -> int:
        for number in reversed(range(self.listeners)):  # see `hosted.Crowd.wait_for`
            while self._heard[number] < count:
                data = self._sockets[number].recv(hosted.DATAGRAM_MOST)
                self._heard[number] = self._count(data, self._heard[number])
        return min(self._heard)

    def close(self) -> None:
        for one in self._sockets:
            one.close()
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()
        self._folder.cleanup()

    def _program(self, port: int, count: int) -> list[str]:
        return ["tests.benchmarks.bare_loop", str(port), str(count)]

    def _count(self, data: bytes, before: int) -> int:
        """Return how many messages have come to somebody with this datagram."""
        return before + 1


class BareRoom(BareLoop):
    """The least that our rules leave to do, see `bare_room`."""

    def _program(self, port: int, count: int) -> list[str]:
        file = Path(self._folder.name) / "archive"
        return ["tests.benchmarks.bare_room", str(port), str(count), str(file)]

    def _count(self, data: bytes, before: int) -> int:
        return int.from_bytes(data[: bare_room.COUNT_SIZE], "big")


class Ngircd:
    """ngIRCd, which knows neither a tag nor a disk; no limit of its holds it back."""

    def __init__(self, count: int) -> None:
        """Start it in a folder of its own. Raises FileNotFoundError where it is not installed."""
        self.listeners = count - 1  # who says it is not told
        port = free_port()
        self._folder = tempfile.TemporaryDirectory()
        conf = Path(self._folder.name) / "ngircd.conf"
        conf.write_text(_NGIRCD_CONF.format(port=port))
        self._process = subprocess.Popen(
            ["ngircd", "-n", "-f", str(conf)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.pid = self._process.pid
        wait_for(lambda: _connects(port), 10, "ngircd")
        self._heard = [0.0] * count
        self._sockets = [_irc_member(port, number) for number in range(count)]
        time.sleep(1.0)  # until all were told of all
        for one in self._sockets:
            one.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                while one.recv(1 << 20):
                    pass
            one.settimeout(hosted.TIMEOUT_S)

    def stay(self) -> None:
        pass  # it asks nobody for an hour

    def say(self, speaker: int, text: str) -> None:
        step = IRC_TEXT_MOST
        parts = [text[at : at + step] for at in range(0, len(text), step)]
        self._heard[speaker] += 1
        self._sockets[speaker].sendall(
            b"".join(b"PRIVMSG #room :%s\r\n" % part.encode() for part in parts)
        )
        self._lines = len(parts)

    def wait_for(self, count: int) -> int:
        for number in range(len(self._sockets)):
            while self._heard[number] < count:
                data = self._sockets[number].recv(1 << 20)
                self._heard[number] += data.count(b"\n") / self._lines
        return int(min(self._heard))

    def close(self) -> None:
        for one in self._sockets:
            one.close()
        self._process.kill()
        self._process.wait()
        self._folder.cleanup()


_NGIRCD_CONF = """
[Global]
Name = irc.example.net
Listen = 127.0.0.1
Ports = {port}
[Limits]
MaxConnections = 0
MaxConnectionsIP = 0
MaxJoins = 0
MaxPenaltyTime = 0
PingTimeout = 3600
[Options]
DNS = no
Ident = no
PAM = no
"""


def _connects(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


def _irc_member(port: int, number: int) -> socket.socket:
    sock = socket.create_connection(("127.0.0.1", port))
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sock.settimeout(hosted.TIMEOUT_S)
    sock.sendall(b"NICK p%04d\r\nUSER p p p :p\r\n" % number)
    _read_until(sock, b" 422 ", b" 376 ")
    sock.sendall(b"JOIN #room\r\n")
    _read_until(sock, b" 366 ")
    return sock


def _read_until(sock: socket.socket, *ends: bytes) -> None:
    data = b""
    while not any(end in data for end in ends):
        more = sock.recv(65536)
        if not more:
            raise hosted.Lost
        data += more
