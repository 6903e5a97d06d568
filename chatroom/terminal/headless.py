"""The server without a window: a line of output for each event, commands as input.

Who reads along at a terminal is told the times, too, and the line that is typed there stays whole
below them (`prompt`); scripts get the same lines as ever.
"""

import getpass
import logging
import threading
import time

from chatroom import words
from chatroom.network import driver, events as driver_events
from chatroom.protocol import addresses, entries
from chatroom.server import events, room
from chatroom.terminal import (
    commands,
    host_search,
    screen,
    showing,
    signals,
    streams,
    with_times,
)
from chatroom.words import headless as texts

STATUS_STOPPED, STATUS_FAILED = 0, 1
LISTENING = "listening on {address}"
"""What scripts wait for, whatever language a person reads."""

PATIENCE_S = 1.0
"""An archive that takes longer to be read is told of, again after twice the time and so on."""
GATHER_S = 0.05
"""Pause after each line about messages: those stored meanwhile share the next one. A thread
that is woken for each message would take as much time as the message itself."""
LAST_LINES_S = 1.0
"""How long the last lines may take: an unread pipe must not hold up the end."""


class Headless:
    """Hosts until a signal, a command or a fault ends the room."""

    def __init__(self, driver: driver.Driver[room.Room], name: str) -> None:
        """Host what the driver drives, and speak there under this name, which was checked."""
        self._driver = driver
        self._name = name
        self._streams = streams.Streams(self._tell_failure)
        self._input = self._streams.lines()
        self._commands = commands.Commands(driver, self._read_password, self._show_found)
        self._status = STATUS_STOPPED
        self._opening_since = time.monotonic()
        self._patience_s = PATIENCE_S

    def run(self) -> int:
        """Host the room; return the exit status."""
        logging.basicConfig(handlers=[_Handler(self._streams)])
        with signals.stopped_by(self._stop, self._streams.restore), self._streams.open():
            # Before anybody can come in, and take the name.
            self._driver.call(lambda room, now: room.reserve(self._name, now))
            self._driver.start()
            threading.Thread(target=self._obey, daemon=True).start()
            while self._print_events():
                if self._streams.prompt is not None:
                    self._streams.prompt.heed_signals()
        self._streams.messages.close(LAST_LINES_S)
        self._streams.words.close(LAST_LINES_S)
        return self._status

    def _stop(self) -> None:
        self._driver.call(room.Room.close)

    def _print_events(self) -> bool:
        """Print what happened lately; return whether more will come."""
        stored: list[entries.Entry] = []
        # Windows delivers signals only in between.
        event = self._driver.next_event(timeout_s=0.5)
        while isinstance(event, events.MessagesStored):
            stored += event.entries
            event = self._driver.next_event()
        if stored:
            self._print(events.MessagesStored(tuple(stored)))
        if event is not None:
            self._print(event)
        elif stored:
            time.sleep(GATHER_S)
        return not isinstance(event, driver_events.DriverStopped)

    def _obey(self) -> None:
        """Carry out the commands on standard input, in a thread of its own."""
        for line in self._input:
            if self._streams.prompt is not None:  # as a plain terminal leaves it by itself
                self._say(f"{screen.PROMPT}{line}")
            said = self._commands.run(line) if line.strip() else ""
            if said:
                self._say(said)
        if self._streams.prompt is not None:
            self._streams.prompt.end()

    def _read_password(self) -> str:
        """Return the next line, which a terminal does not show."""
        question = texts.Headless.NEW_PASSWORD()
        if self._streams.prompt is not None:
            with self._streams.prompt.hidden(question):
                return next(self._input, "")
        if self._streams.is_typed:
            return getpass.getpass(question)
        return next(self._input, "")

    def _print(self, event: object) -> None:
        if isinstance(event, events.ArchiveOpened):
            for notice in event.notices:
                self._tell(words.explain(notice))
        if isinstance(event, events.ArchiveRead):
            self._tell_read(event.percent)
        if isinstance(event, events.HitsFound):
            self._commands.hear(event)
        sentence = words.sentence(event)
        if isinstance(event, driver_events.DriverStarted):
            sentence = LISTENING.format(address=addresses.show_address(event.address))
        if isinstance(event, driver_events.DriverFailed | events.StorageBroken):
            self._status = STATUS_FAILED
            self._streams.tell(f"server.py: {sentence}\n")
        elif sentence is not None:
            self._tell(sentence)

    def _tell_read(self, percent: int) -> None:
        """Say how far the opening is, where somebody may wonder."""
        if time.monotonic() - self._opening_since >= self._patience_s:
            self._patience_s *= 2
            self._streams.tell(f"server.py: {texts.Headless.READING(percent=percent)}\n")

    def _tell(self, sentences: str) -> None:
        """Say what happened, and when."""
        clock = f"{time.strftime('%H:%M:%S')} " if self._streams.is_read else ""
        self._say("\n".join(f"{clock}{line}" for line in sentences.split("\n")))

    def _say(self, sentences: str) -> None:
        lines = (f"{words.show_text(line)}\n" for line in sentences.split("\n"))
        self._streams.print("".join(lines), screen.no_more)

    def _show_found(self) -> showing.Show:
        return with_times.WithTimes(colours=()) if self._streams.is_read else host_search.as_rows

    def _tell_failure(self, error: OSError) -> None:
        self._streams.tell(f"server.py: {words.log_failed(error)}\n")


class _Handler(logging.Handler):
    """Brings faults of the program to where somebody may read of them."""

    def __init__(self, to: streams.Streams) -> None:
        super().__init__()
        self._streams = to

    def emit(self, record: logging.LogRecord) -> None:
        self._streams.tell(f"{self.format(record)}\n")
