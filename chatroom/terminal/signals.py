"""What asks a program without a window to stop, on each system."""

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator

INSISTS_AFTER_S = 0.5
"""A second signal this long after the first ends the program; some senders send two."""
GOODBYE_S = 4.0  # Windows ends a program 5 s after its console was closed

_CLOSE, _LOGOFF, _SHUTDOWN = 2, 5, 6  # of HandlerRoutine, Windows' console


@contextlib.contextmanager
def stopped_by(
    stop: Callable[[], object], before_end: Callable[[], object] = lambda: None
) -> Iterator[None]:
    """Call `stop` when somebody asks the program to end, while the context lasts.

    Ctrl-C, SIGTERM, a closed terminal (SIGHUP, unless it was to be ignored), Ctrl-Break,
    and on Windows the closing of the console. Who asks again gets the end at once, after
    `before_end`.
    """
    asked_at: float | None = None

    def handle(number: int, _: object) -> None:
        nonlocal asked_at
        now = time.monotonic()
        if asked_at is None:
            asked_at = now
            stop()
        elif now - asked_at >= INSISTS_AFTER_S:
            before_end()
            os._exit(128 + number)

    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        if name == "SIGHUP" and signal.getsignal(number) is signal.SIG_IGN:
            continue  # nohup
        signal.signal(number, handle)
    with _closed_console_calls(stop):
        yield


@contextlib.contextmanager
def noted(*names: str) -> Iterator[Callable[[str], bool]]:
    """Note these signals, where the system has them, instead of what they would do.

    Gives what tells, and forgets, whether one came. To act is for the caller's own time: a
    signal comes while anything may be half done.
    """
    came: dict[int, bool] = {}
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = [(number, signal.getsignal(number)) for number in numbers]

    def note(number: int, _: object) -> None:
        came[number] = True

    for number in numbers:
        signal.signal(number, note)
    try:
        yield lambda name: came.pop(getattr(signal, name, -1), False)
    finally:
        for number, handler in before:
            signal.signal(number, handler)


def suspend() -> None:
    """Stop as Ctrl-Z has a program stop; return when it is continued."""
    if sys.platform != "win32":
        handler = signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        signal.signal(signal.SIGTSTP, handler)


@contextlib.contextmanager
def _closed_console_calls(stop: Callable[[], object]) -> Iterator[None]:
    """On Windows: when the console is closed, call `stop`, and wait for the context's end.

    The system ends the program as soon as the handler returns, so that the signal which
    the C runtime makes of it comes too late.
    """
    if sys.platform != "win32":
        yield
        return
    import ctypes

    over = threading.Event()

    def handle(event: int) -> bool:
        if event not in (_CLOSE, _LOGOFF, _SHUTDOWN):
            return False
        stop()
        over.wait(GOODBYE_S)
        return True

    routine = ctypes.WINFUNCTYPE(ctypes.c_int, ctypes.c_uint)(handle)  # BOOL of DWORD
    set_handler = ctypes.windll.kernel32.SetConsoleCtrlHandler
    set_handler(routine, True)
    try:
        yield
    finally:
        over.set()
        set_handler(routine, False)
