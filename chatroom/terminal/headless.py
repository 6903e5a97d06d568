"""The server without a window: a line of output for each event, commands as input."""

import getpass
import signal
import sys
import threading

from chatroom import words
from chatroom.network.driver import Driver
from chatroom.network.events import DriverFailed, DriverStopped
from chatroom.server import events
from chatroom.server.room import Room
from chatroom.terminal.commands import Commands
from chatroom.terminal.lines import input_lines

STATUS_STOPPED, STATUS_FAILED = 0, 1


class Headless:
    """Hosts until a signal or a fault ends the room."""

    def __init__(self, driver: Driver[Room]) -> None:
        self._driver = driver
        self._input = input_lines()
        self._status = STATUS_STOPPED

    def run(self) -> int:
        """Host the room; return the exit status."""
        if sys.stdout is not None and hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", errors="replace")
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._driver.call(Room.close))
        self._driver.start()
        threading.Thread(target=self._obey, daemon=True).start()
        while True:
            # Windows delivers signals only in between.
            event = self._driver.next_event(timeout_s=0.5)
            if event is not None:
                self._print(event)
            if isinstance(event, DriverStopped):
                return self._status

    def _obey(self) -> None:
        """Carry out the commands on standard input, in a thread of its own."""
        commands = Commands(self._driver, self._read_password)
        for line in self._input:
            if line.strip():
                _say(commands.run(line))

    def _read_password(self) -> str:
        """Return the next line, which a terminal does not show."""
        if sys.stdin.isatty():
            return getpass.getpass("New password: ")
        return next(self._input, "").rstrip("\r")

    def _print(self, event: object) -> None:
        if isinstance(event, events.ArchiveOpened):
            for notice in event.notices:
                _say(words.archive_sentence(notice))
        sentence = words.host_sentence(event)
        if isinstance(event, (DriverFailed, events.StorageBroken)):
            self._status = STATUS_FAILED
            print(f"server.py: {sentence}", file=sys.stderr, flush=True)
        elif sentence is not None:
            _say(sentence)


def _say(sentences: str) -> None:
    for line in sentences.split("\n"):
        print(words.show_text(line), flush=True)
