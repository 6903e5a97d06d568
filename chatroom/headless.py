"""The server without a window: a line of output for each event."""

import signal
import sys

from chatroom import words
from chatroom.driver import Driver, DriverFailed, DriverStopped
from chatroom.events import ArchiveOpened, StorageBroken
from chatroom.room import Room

STATUS_STOPPED, STATUS_FAILED = 0, 1


class Headless:
    """Hosts until a signal or a fault ends the room."""

    def __init__(self, driver: Driver[Room]) -> None:
        self._driver = driver
        self._status = STATUS_STOPPED

    def run(self) -> int:
        """Host the room; return the exit status."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: self._driver.call(Room.close))
        self._driver.start()
        while True:
            # Windows delivers signals only in between.
            event = self._driver.next_event(timeout_s=0.5)
            if event is not None:
                self._print(event)
            if isinstance(event, DriverStopped):
                return self._status

    def _print(self, event: object) -> None:
        if isinstance(event, ArchiveOpened):
            for notice in event.notices:
                _say(notice)
        sentence = words.host_sentence(event)
        if isinstance(event, (DriverFailed, StorageBroken)):
            self._status = STATUS_FAILED
            print(f"server.py: {sentence}", file=sys.stderr, flush=True)
        elif sentence is not None:
            _say(sentence)


def _say(line: str) -> None:
    print(words.show_text(line), flush=True)
