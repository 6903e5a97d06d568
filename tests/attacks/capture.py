"""Real programs talk through a relay that records: is anything to be read in there?"""

import base64
import contextlib
import select
import shutil
import socket
import tempfile
import threading
import time
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

from tests.attacks.scene import Figure, Scene, Tape, at_most, cheap_curve, exactly
from tests.tools.processes import PASSWORD, Program, archived, free_port, wait_for

TEXTS = tuple(
    f"the {word} flies at {n} past midnight"
    for n, word in enumerate(
        ("heron", "f\u00eate", "\u0645\u0631\u062d\u0628\u0627", "\U0001f989 owl")
    )
)
ALPHABET_MOST = 0.2
PROC = Path("/proc/self/cmdline")


def run(full: bool) -> list[Figure]:
    """Talk, leave, guess wrong once; then search everything that others could see."""
    return [*_in_memory(), *_real(TEXTS * (10 if full else 1))]


def forms(secret: str) -> set[bytes]:
    """Return the ways in which a text could lie in bytes."""
    found = set[bytes]()
    for form in ("NFC", "NFD"):
        text = unicodedata.normalize(form, secret)
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le"):
            found.add(text.encode(encoding))
        plain = text.encode()
        found |= {plain.hex().encode(), plain.hex().upper().encode()}
        found.add(text.encode("unicode_escape"))
        found |= {
            # What base64 makes of it wherever it starts, without the uneven ends.
            base64.b64encode(bytes(shift) + plain)[4:-4]
            for shift in range(3)
        }
    return {form for form in found if len(form) > 3}


def leaks(data: bytes, secrets: Iterable[str]) -> int:
    """Return how many of the secrets are in there, in any form."""
    return sum(any(form in data for form in forms(secret)) for secret in secrets)


class Relay:
    """Passes datagrams on between clients and a server, and keeps a copy of each."""

    def __init__(self, server: tuple[str, int]) -> None:
        self.port = free_port()
        self.recorded: list[bytes] = []
        self._server = server
        self._front = self._open(self.port)
        self._backs: dict[socket.socket, tuple[str, int]] = {}
        self._stopped = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """End it and close its sockets."""
        self._stopped = True
        self._thread.join(5)
        for sock in (self._front, *self._backs):
            sock.close()

    def _open(self, port: int) -> socket.socket:
        sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        sock.bind(("127.0.0.1", port))
        return sock

    def _run(self) -> None:
        while not self._stopped:
            for sock in select.select([self._front, *self._backs], [], [], 0.1)[0]:
                with contextlib.suppress(OSError):
                    self._pass_on(sock)

    def _pass_on(self, sock: socket.socket) -> None:
        data, address = sock.recvfrom(65535)
        self.recorded.append(data)
        if sock is not self._front:
            self._front.sendto(data, self._backs[sock])
            return
        back = next((b for b, one in self._backs.items() if one == address), None)
        if back is None:
            back = self._open(0)
            self._backs[back] = address
        back.sendto(data, self._server)


class _Stage:
    """A folder with a server and clients in it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp())
        self.archive = self.folder / "archive.csv"
        self.port = free_port()
        self.relay = Relay(("127.0.0.1", self.port))
        self.programs: list[Program] = []
        options = ("--host", "127.0.0.1", "--port", self.port)
        self.server = self.start("server.py", "--headless", *options, "--archive", self.archive)
        self.server.wait_for_output("listening on 127.0.0.1")

    def start(self, script: str, *options: object, password: str = PASSWORD) -> Program:
        folder = self.folder
        program = Program(script, *options, folder=folder, password=password)
        self.programs.append(program)
        return program

    def console(self, name: str, *options: str, password: str = PASSWORD) -> Program:
        where = ("--host", "127.0.0.1", "--port", self.relay.port, "--name", name)
        return self.start("client.py", "--console", *where, *options, password=password)

    def command_lines(self) -> bytes:
        """Return how the processes were called, as anybody on the machine sees."""
        paths = (Path(f"/proc/{one.process.pid}/cmdline") for one in self.programs)
        return b"\n".join(path.read_bytes() for path in paths if path.exists())

    def close(self) -> None:
        for program in self.programs:
            program.kill()
        self.relay.stop()
        shutil.rmtree(self.folder, ignore_errors=True)


def _real(texts: tuple[str, ...]) -> list[Figure]:
    stage = _Stage()
    try:
        return _talk(stage, texts)
    finally:
        stage.close()


def _talk(stage: _Stage, texts: tuple[str, ...]) -> list[Figure]:
    wrong = "nobody's password"
    ana = stage.console("Ana", "--json", "--follow")
    ben = stage.console("Ben", "--json", "--follow")
    eve = stage.console("Eve", password=wrong)
    for n, text in enumerate(texts):
        (ana, ben)[n % 2].write(f"{text} ({n})\n")
    wait_for(lambda: len(ben.messages()) == len(ana.messages()) == len(texts), 20)
    cmdlines = stage.command_lines()
    eve.wait()
    for person in (ana, ben):
        person.end_input()
        person.stop()
    stage.server.stop()
    time.sleep(0.1)
    captured = b"\0".join(stage.relay.recorded)
    server_said = (stage.server.out + stage.server.err).encode()
    secrets = (PASSWORD, wrong)
    screens = {one.out_path for one in (ana, ben, eve)}
    files = {
        path: path.read_bytes()
        for path in stage.folder.rglob("*")
        if path.is_file() and path not in screens
    }
    others = b"\0".join(data for path, data in files.items() if path != stage.archive)
    errors = b"\0".join(one.err.encode() for one in (ana, ben, eve))
    stored = [row["Message"] for row in archived(stage.archive)]
    return [
        Figure("bytes captured", len(captured), "> 5000", len(captured) > 5000),
        exactly("passwords in them", leaks(captured, secrets), 0),
        exactly("texts in them", leaks(captured, texts), 0),
        at_most("most frequent byte of sealed ones", _bias(stage.relay), ALPHABET_MOST),
        exactly("secrets in command lines", leaks(cmdlines, (*secrets, *texts)), 0),
        exactly("command lines read", cmdlines.count(b"--port") >= 3, PROC.exists()),
        exactly("secrets the server prints", leaks(server_said, (*secrets, *texts)), 0),
        exactly("passwords on screens", leaks(errors, secrets), 0),
        exactly("passwords in the archive", leaks(files[stage.archive], secrets), 0),
        exactly("secrets in other files", leaks(others, (*secrets, *texts)), 0),
        exactly("texts in the archive", len(stored), len(texts)),
    ]


def _bias(relay: Relay) -> float:
    """Return the share of the most frequent byte in what is sealed."""
    sealed = b"".join(data[17:] for data in relay.recorded if data[0] == 5)
    return max(sealed.count(byte) for byte in range(256)) / len(sealed)


def _in_memory() -> list[Figure]:
    """The same search on the link of tests, which can be broken for a check."""
    with cheap_curve():
        scene = Scene()
        tape: Tape = []
        scene.tape = tape
        ana = scene.join("Ana")
        for text in TEXTS:
            ana.say(text)
        scene.run(5.0)
        captured = b"\0".join(data for data, _, _ in tape)
    return [exactly("texts on the link", leaks(captured, (*TEXTS, scene.password)), 0)]


@contextmanager
def _no_encryption() -> Iterator[None]:
    def same(key: bytes, number: bytes, data: bytes) -> bytes:
        return data

    with mock.patch("chatroom.crypto.sealing._apply_keystream", same):
        yield


SABOTAGES = {"nothing is encrypted": _no_encryption}
