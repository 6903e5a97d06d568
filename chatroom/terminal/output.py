"""Writing lines, whatever becomes of the other end.

The disk may be full, the reader gone, the terminal closed, the pipe unread: nothing of that
stops the room or holds up its end. A thread writes, past the buffers of `sys.stdout`, whose
lock it would hold when the program ends.
"""

import contextlib
import os
import queue
import sys
import threading
import time
from collections.abc import Callable
from typing import Any, TextIO

WAITING_MOST = 10_000
FULL_PAUSE_S = 0.02  # before a pipe that takes nothing just now is tried again


class Output:
    """Lines on their way to a stream.

    `error` is what the last failed write met, None while all went well; `lost` counts the
    writes that came to nothing.
    """

    def __init__(
        self, stream: TextIO | None, on_failure: Callable[[OSError], None] = lambda error: None
    ) -> None:
        """Write to the stream; None, of a program that was started without, takes all.

        `on_failure` is called at the first failure, in the thread that writes.
        """
        self.error: OSError | None = None
        self.lost = 0
        self._stream = stream
        self._on_failure = on_failure
        self._waiting: queue.Queue[str | threading.Event | None] = queue.Queue(WAITING_MOST)
        self._thread = threading.Thread(target=self._run, name="output", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many writes wait for their turn."""
        return self._waiting.qsize()

    def write(self, text: str, is_wanted: Callable[[], bool] = lambda: False) -> None:
        """Have whole lines written soon.

        Where too much waits already, wait as long as `is_wanted()`; then it is lost.
        """
        while True:
            try:
                self._waiting.put(text, timeout=0.1 if is_wanted() else 0)
                return
            except queue.Full:
                if not is_wanted():
                    self.lost += 1
                    return

    def flush(self, timeout_s: float) -> None:
        """Wait until all that waits now is written, for so long at most."""
        written = threading.Event()
        with contextlib.suppress(queue.Full):
            self._waiting.put(written, timeout=timeout_s)
            written.wait(timeout_s)

    def close(self, timeout_s: float) -> bool:
        """Wait until all is written, for so long at most; return whether it is."""
        until = time.monotonic() + timeout_s
        try:
            self._waiting.put(None, timeout=timeout_s)
        except queue.Full:
            return False
        self._thread.join(max(until - time.monotonic(), 0))
        return not self._thread.is_alive()

    # ----------------------------------------------------------------------------------

    def _run(self) -> None:
        while (text := self._waiting.get()) is not None:
            if isinstance(text, threading.Event):
                text.set()
                continue
            try:
                self._write(text)
            except OSError as error:
                self.lost += 1
                first, self.error = self.error is None, error
                if first:
                    self._on_failure(error)
            except ValueError:
                return  # whoever owns the stream has closed it

    def _write(self, text: str) -> None:
        if self._stream is None:
            return
        buffer: Any = self._stream.buffer
        raw = getattr(buffer, "raw", buffer)  # python -u has no buffer
        data = text.replace("\n", os.linesep).encode("utf-8", "replace")
        while data:
            written = raw.write(data)
            if written is None:  # somebody made the pipe one that does not wait
                time.sleep(FULL_PAUSE_S)
            else:
                data = data[written:]


def is_reader_gone(error: OSError) -> bool:
    """Tell whether whoever read our output has gone: Windows says EINVAL (22) for it."""
    return isinstance(error, BrokenPipeError) or (sys.platform == "win32" and error.errno == 22)
