"""How long the programs take to start, beside an interpreter that does nothing.

The console: until its first datagram comes to a socket of ours. The headless server: until it
says that it listens. The window: until the X server maps its first question, and all of it is
drawn, so that it takes little processor time. Bytecode is cached, in a folder of our own: so is
a start from the second on, for whoever lets Python write it.
"""

import contextlib
import functools
import os
import platform
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from tests.benchmarks import measure
from tests.tools.home import settings_in
from tests.tools.processes import PASSWORD, ROOT, free_port, private_display

IDLE_S, IDLE_SHARE = 0.2, 0.05
GIVES_UP_S = 30.0
CONSOLE_MOST_S = 0.10
ALONE = ("-I", "-S")
"""Without what the machine's site-packages add to every start."""

_CHANGE_ATTRIBUTES, _MAP_NOTIFY = 2, 19
_TELL_OF_CHILDREN = 1 << 11, 1 << 19  # the event mask: SubstructureNotify

Program = subprocess.Popen[bytes]
Wait = Callable[[Program], float]
"""Waits until a program has started; returns when that was (`time.perf_counter`)."""


def show(*, short: bool = False) -> None:
    """Print what each start takes, in processor time and on the wall."""
    starts = Starts(1 if short else measure.TIMES)
    with private_display() as display, contextlib.closing(Screen(display)) as screen:
        for python in ((), ALONE):
            _show_all(starts, python, screen)
    print(f"  target: {CONSOLE_MOST_S:g} s of CPU for the console")


class Starts:
    """Starts programs, and prints a row of a table for each."""

    def __init__(self, times: int) -> None:
        title = f"Start, Python {platform.python_version()}, {platform.system()}"
        self._table = measure.Table(title, "", "CPU", "of bare", "wall", "of bare")
        self._times = times
        self._bare = 0.0, 0.0

    def show(
        self, name: str, options: tuple[str, ...], wait: Wait, *, is_bare: bool = False
    ) -> None:
        """Start it once for its bytecode, then so many times."""
        with tempfile.TemporaryDirectory() as folder:
            costs = [self._cost(options, wait, Path(folder)) for _ in range(1 + self._times)][1:]
        cpu_s, wall_s = median(cpu for cpu, _ in costs), median(wall for _, wall in costs)
        if is_bare:
            self._bare = cpu_s, wall_s
        of_cpu, of_wall = measure.ratio(cpu_s, self._bare[0]), measure.ratio(wall_s, self._bare[1])
        self._table.row(name, f"{cpu_s:.3f} s", of_cpu, f"{wall_s:.3f} s", of_wall)

    def _cost(self, options: tuple[str, ...], wait: Wait, folder: Path) -> tuple[float, float]:
        """Return the processor time of one start, and what it took on the wall, in seconds."""
        environment = os.environ.copy()
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        began = time.perf_counter()
        program = subprocess.Popen(
            [sys.executable, "-X", f"pycache_prefix={folder}", *options],
            cwd=ROOT,
            env=environment | settings_in(folder) | {"CHATROOM_PASSWORD": PASSWORD},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        with program:
            try:
                wall_s = wait(program) - began
            finally:
                os.kill(program.pid, signal.SIGKILL)
                used = os.wait4(program.pid, 0)[2]
                program.returncode = 0  # it was waited for
        return used.ru_utime + used.ru_stime, wall_s


class Screen:
    """A display of our own that is watched: it tells when a window is mapped.

    It speaks as much of X11 as that takes (X Window System Protocol, appendix B).
    """

    def __init__(self, display: str) -> None:
        self._sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._sock.settimeout(GIVES_UP_S)
        self._sock.connect(f"/tmp/.X11-unix/X{display.removeprefix(':')}")
        self._sock.sendall(struct.pack("<BxHHHHxx", ord("l"), 11, 0, 0, 0))  # let us in
        _, length = struct.unpack("<B5xH", self._read(8))
        screens = self._read(4 * length)
        vendor_size, formats = struct.unpack_from("<16xH3xB", screens)
        (root,) = struct.unpack_from("<I", screens, 32 + (vendor_size + 3) // 4 * 4 + 8 * formats)
        ask = struct.pack("<BxHIII", _CHANGE_ATTRIBUTES, 4, root, *_TELL_OF_CHILDREN)
        self._sock.sendall(ask)

    def wait(self, program: Program) -> float:
        """Wait until a program's first window is there, and drawn; return since when it is."""
        with contextlib.suppress(BlockingIOError):  # of the program before
            self._sock.recv(1 << 20, socket.MSG_DONTWAIT)
        while self._read(32)[0] & 127 != _MAP_NOTIFY:
            pass
        mapped_at, before = time.perf_counter(), -IDLE_S
        while (now := measure.cpu_s(program.pid)) > before + IDLE_SHARE * IDLE_S:
            before = now
            time.sleep(IDLE_S)
        return mapped_at

    def close(self) -> None:
        """Watch it no longer."""
        self._sock.close()

    def _read(self, size_bytes: int) -> bytes:
        return self._sock.recv(size_bytes, socket.MSG_WAITALL)


# --------------------------------------------------------------------------------------


def _show_all(starts: Starts, python: tuple[str, ...], screen: Screen) -> None:
    starts.show(" ".join(("python", *python)), (*python, "-c", "pass"), _ended, is_bare=True)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(GIVES_UP_S)
        there = ("--host", "127.0.0.1", "--port", str(sock.getsockname()[1]), "--name", "Ana")
        greeted = functools.partial(_greeted, sock)
        starts.show("client.py --console", (*python, "client.py", "--console", *there), greeted)
    starts.show("client.py, its first question", (*python, "client.py"), screen.wait)
    with tempfile.TemporaryDirectory() as folder:
        where = ("--host", "127.0.0.1", "--port", str(free_port()))
        hosts = ("server.py", "--headless", *where, "--archive", f"{folder}/archive.csv")
        starts.show("server.py --headless", (*python, *hosts), _listens)


def _ended(program: Program) -> float:
    os.waitid(os.P_PID, program.pid, os.WEXITED | os.WNOWAIT)
    return time.perf_counter()


def _listens(program: Program) -> float:
    assert program.stdout is not None
    assert any(b"listening on" in line for line in program.stdout), "it ended"
    return time.perf_counter()


def _greeted(sock: socket.socket, _: Program) -> float:
    sock.recv(65535)
    return time.perf_counter()
