"""The client without a window: lines of standard input are messages."""

import json
import os
import signal
import sys
import threading
import time
from collections.abc import Iterable
from concurrent.futures import wait

from chatroom import words
from chatroom.client import events
from chatroom.client.member import Member
from chatroom.network.driver import Driver
from chatroom.network.events import DriverFailed, DriverStarted, DriverStopped
from chatroom.protocol.entries import Entry
from chatroom.terminal.lines import input_lines

STATUS_LEFT, STATUS_FAILED = 0, 1
STATUS_WRONG_PASSWORD, STATUS_NAME_REFUSED, STATUS_NO_ANSWER = 3, 4, 5
PATIENCE_S = 15.0
"""How long to wait for a first answer."""
LOST_PATIENCE_S = 60.0
"""How long to wait, after the input's end, for a lost server to take what was said."""


class Console:
    """The chat on standard input and output."""

    def __init__(self, driver: Driver[Member], server: str, *, as_json: bool, follow: bool) -> None:
        """Talk through a driver that was not started yet; `server` names its goal."""
        self._driver = driver
        self._server = server
        self._as_json = as_json
        self._follow = follow
        self._input_ended = threading.Event()
        self._status = STATUS_LEFT
        self._leaving = False
        self._lost_at: float | None = None

    def run(self) -> int:
        """Talk until the input ends or the room does; return the exit status."""
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(encoding="utf-8", errors="replace")
        signal.signal(signal.SIGINT, lambda *_: self._leave())
        signal.signal(signal.SIGTERM, lambda *_: self._leave())
        self._driver.start()
        threading.Thread(target=self._read_input, daemon=True).start()
        while True:
            event = self._driver.next_event(timeout_s=0.2)
            if isinstance(event, DriverStopped):
                return self._status
            if event is not None:
                self._handle(event)
            elif self._input_ended.is_set() and not self._leaving:
                self._leave_when_settled()

    # ----------------------------------------------------------------------------------

    def _read_input(self) -> None:
        """Say each line of the input, in a thread of its own."""
        for line in input_lines():
            text = line.rstrip("\r")
            if text == "exit":
                self._follow = False
                break
            if text.strip():
                self._say(text)
        if not self._follow:
            self._input_ended.set()

    def _say(self, text: str) -> None:
        self._driver.call(lambda member, now: member.say(text, now))

    def _leave_when_settled(self) -> None:
        """Leave once all that was said is stored and all that was stored is shown."""
        settled = self._driver.call(lambda member, now: member.is_settled)
        if wait([settled]) and not settled.cancelled() and settled.result():
            self._leave()
        elif self._lost_at and time.monotonic() - self._lost_at > LOST_PATIENCE_S:
            self._fail(STATUS_NO_ANSWER, "The server has not come back.")

    def _leave(self) -> None:
        self._leaving = True
        self._driver.call(lambda member, now: member.leave(now))

    def _fail(self, status: int, sentence: str | None) -> None:
        self._status = status
        _tell(sentence)
        self._leave()

    def _handle(self, event: object) -> None:
        sentence = words.sentence(event)
        match event:
            case events.NewEntries() | events.EarlierEntries():
                self._print(event.entries)
            case DriverStarted():
                pass  # has words for the host
            case events.PasswordRefused():
                self._fail(STATUS_WRONG_PASSWORD, sentence)
            case events.NameRefused():
                self._fail(STATUS_NAME_REFUSED, sentence)
            case events.AccessRefused() | events.Expelled() | DriverFailed():
                self._fail(STATUS_FAILED, sentence)
            case events.ServerSilent():
                if event.silent_s >= PATIENCE_S:
                    self._fail(STATUS_NO_ANSWER, words.no_answer(self._server))
            case events.Left():
                _tell(sentence)
                if event.unsaid:
                    self._status = self._status or STATUS_NO_ANSWER
            case _:
                self._note_connection(event)
                if sentence is not None:
                    _tell(f"* {sentence}")

    def _note_connection(self, event: object) -> None:
        match event:
            case events.ServerLost():
                self._lost_at = time.monotonic()
            case events.ServerFound() | events.Entered():
                self._lost_at = None

    def _print(self, entries: Iterable[Entry]) -> None:
        try:
            for entry in entries:
                print(self._format(entry))
            sys.stdout.flush()
        except BrokenPipeError:  # whoever read this has gone
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            self._leave()

    def _format(self, entry: Entry) -> str:
        if not self._as_json:
            return words.show_text(f"{entry.name}: {entry.text}")
        shown = {key: getattr(entry, key) for key in ("seq", "time", "name", "text")}
        return json.dumps(shown, ensure_ascii=False)


def _tell(sentence: str | None) -> None:
    if sentence is not None:
        print(words.show_text(sentence), file=sys.stderr, flush=True)
