"""Real processes for tests: servers, consoles and a display, each ended by its pid."""

import contextlib
import csv
import functools
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO, Any
from unittest import mock

from tests.tools.home import forget_in_wine, settings_in

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "pa\u00dfwort & 1000 frogs"
OTHER_PYTHON = os.environ.get("CHATROOM_TEST_PYTHON")


def free_port() -> int:
    """Return a UDP port of 127.0.0.1 that nobody uses just now."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        port: int = sock.getsockname()[1]
        return port


def is_free(port: int) -> bool:
    """Tell whether nobody uses this UDP port of 127.0.0.1: Wine gives one back after a while."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        try:
            sock.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def wait_for(condition: Callable[[], object], seconds: float, what: str = "") -> None:
    """Return once the condition holds; raise AssertionError where it never did."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise AssertionError(f"not within {seconds} s: {what or condition}")
        time.sleep(0.02)


def archived(path: Path) -> list[dict[str, str]]:
    """Return the rows of an archive as Python's csv module reads them."""
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


class Program:
    """A running program whose output is collected in files.

    CHATROOM_TEST_PYTHON names another Python to run it: one for Windows, under Wine.
    """

    def __init__(
        self,
        script: str,
        *options: object,
        folder: Path,
        password: str | None = PASSWORD,
        environment: dict[str, str] | None = None,
        prefix: tuple[str, ...] = (),
        python: str | None = None,
        **streams: int,
    ) -> None:
        """Start it in the folder; `prefix` is a command that runs it, strace say.

        `streams` are descriptors for stdin, stdout or stderr, instead of `write` and of
        output that is collected.
        """
        env = {key: value for key, value in os.environ.items() if key != "CHATROOM"}
        env.pop("CHATROOM_PASSWORD", None)
        env |= {
            "PYTHONUTF8": "0",
            "LANGUAGE": "en",
            **settings_in(folder / "settings"),
            **(environment or {}),
        }
        if password is not None:
            env["CHATROOM_PASSWORD"] = password
        python = python or OTHER_PYTHON or sys.executable
        self.is_for_windows = sys.platform == "win32" or python != sys.executable
        if script == "server.py":
            forget_in_wine()
        count = len(list(folder.glob("*.out")))
        self.out_path = folder / f"{count}.out"
        self.err_path = folder / f"{count}.err"
        # Pipes, and not the files themselves: Wine starts no Python on those.
        self.process = subprocess.Popen(
            [*prefix, python, str(ROOT / script), *map(str, options)],
            env=env,
            cwd=folder,
            stdin=streams.get("stdin", subprocess.PIPE),
            stdout=streams.get("stdout", subprocess.PIPE),
            stderr=streams.get("stderr", subprocess.PIPE),
        )
        self._collectors = [
            _collect(self.process.stdout, self.out_path),
            _collect(self.process.stderr, self.err_path),
        ]

    @property
    def out(self) -> str:
        """All of its standard output so far."""
        return self.out_path.read_text(encoding="utf-8", errors="replace")

    @property
    def err(self) -> str:
        """All of its standard error so far."""
        return self.err_path.read_text(encoding="utf-8", errors="replace")

    def write(self, data: str | bytes) -> None:
        """Write to its standard input."""
        assert self.process.stdin is not None
        self.process.stdin.write(data.encode() if isinstance(data, str) else data)
        self.process.stdin.flush()

    def end_input(self) -> None:
        """Close its standard input, where that is ours."""
        if self.process.stdin is not None:
            self.process.stdin.close()

    def messages(self) -> list[dict[str, Any]]:
        """Return what a console with --json printed."""
        whole, _, _ = self.out.rpartition("\n")
        return [json.loads(line) for line in whole.split("\n") if line]

    def wait_for_output(self, text: str, seconds: float = 20.0) -> None:
        """Wait until it has printed this."""
        wait_for(lambda: text in self.out or self.process.poll() is not None, seconds, text)
        assert text in self.out, f"ended without {text!r}: {self.out} {self.err}"

    def wait(self, seconds: float = 30.0) -> int:
        """Wait for its end; return the exit status."""
        status = self.process.wait(seconds)
        for collector in self._collectors:
            collector.join(10)
        return status

    def interrupt(self) -> None:
        """Press Ctrl-C, once it runs; in Windows itself no test can."""
        self.process.send_signal(signal.SIGINT)

    def stop(self) -> int:
        """End it as a service manager would; return the exit status."""
        if self.process.poll() is None:
            if self.is_for_windows:  # where SIGTERM ends a program without a word
                self.interrupt()
            else:
                self.process.terminate()
        status = self.wait()
        with contextlib.suppress(OSError):
            self.end_input()
        return status

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self.process.kill()
        self.wait(10)
        with contextlib.suppress(OSError):
            self.end_input()


def _collect(stream: IO[bytes] | None, path: Path) -> threading.Thread:
    """Copy a stream to a file in a thread; a line ends in LF there on every system."""
    path.touch()

    def copy() -> None:
        if stream is None:
            return
        with stream, open(path, "wb", buffering=0) as file:
            while data := os.read(stream.fileno(), 65536):
                file.write(data.replace(b"\r\n", b"\n"))

    thread = threading.Thread(target=copy, daemon=True)
    thread.start()
    return thread


class ProgramTest(unittest.TestCase):
    """A test with a folder of its own and processes that end with it."""

    def setUp(self) -> None:
        import tempfile

        self.folder = Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)
        self.archive = self.folder / "archive.csv"
        self.port = free_port()

    def program(self, script: str, *options: object, **more: Any) -> Program:
        program = Program(script, *options, folder=self.folder, **more)
        self.addCleanup(program.kill)
        return program

    def serve(self, *options: object, **more: Any) -> Program:
        """Start a headless server and wait until it listens."""
        server = self.program(
            "server.py",
            "--headless",
            *("--host", "127.0.0.1", "--port", self.port, "--archive", self.archive),
            *options,
            **more,
        )
        server.wait_for_output("listening on 127.0.0.1")
        return server

    def console(self, name: str, *options: object, **more: Any) -> Program:
        """Start a console client."""
        host = ("--host", "127.0.0.1", "--port", self.port, "--name", name)
        return self.program("client.py", "--console", *host, *options, **more)


@contextlib.contextmanager
def display() -> Iterator[str]:
    """Give a display: the one there is, or an Xvfb of our own.

    Raises SkipTest where there is neither.
    """
    if not os.environ.get("DISPLAY") and shutil.which("Xvfb") is None:
        raise unittest.SkipTest("no display, and no Xvfb to make one")
    name = os.environ.get("DISPLAY") or _lasting_display()
    with mock.patch.dict(os.environ, DISPLAY=name):
        yield name


@functools.cache
def _lasting_display() -> str:
    """Start an Xvfb that ends after this process.

    Tk keeps its connection, and takes the process along when the display goes first: so
    a shell waits for the end of our pipe, which is our end, and stops the Xvfb then.
    """
    reading, writing = os.pipe()
    script = 'Xvfb -displayfd "$1" -screen 0 1280x900x24 -noreset -nolisten tcp & read _; kill $!'
    shell = subprocess.Popen(
        ["sh", "-c", script, "sh", str(writing)],
        pass_fds=[writing],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with open(reading) as pipe:
        name = f":{pipe.readline().strip()}"
    # The end of the process closes the pipe, not the end of an object before it.
    _kept.append(shell)
    shell.returncode = 0  # nobody waits for it: it outlives us
    return name


_kept: list[subprocess.Popen[bytes]] = []


@contextlib.contextmanager
def private_display(size: str = "1280x900") -> Iterator[str]:
    """Run an Xvfb of our own for programs, and make it the display meanwhile.

    No key repeats itself there (-r): on a busy machine it is long between press and release.
    It does not begin anew (-noreset) when its only program ends, which would end those that
    are about to come.
    """
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", f"{size}x24"]
    server = subprocess.Popen(
        [*command, "-r", "-noreset", "-nolisten", "tcp"],
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with open(reading) as pipe:
            name = f":{pipe.readline().strip()}"
        with mock.patch.dict(os.environ, DISPLAY=name):
            yield name
    finally:
        server.terminate()
        server.wait(10)
